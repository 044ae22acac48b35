"""The account ``acme``: a shop's nightly pipelines, on a night that did not go well."""

from __future__ import annotations

from xplenty_tui.demo import failures as f
from xplenty_tui.demo.acme_packages import PACKAGES
from xplenty_tui.demo.cast import Cast, Extra, Line, Person, ScheduleCast, Script

DANA, ANNA, MIGUEL, PRIYA, JONAS = 31, 12, 17, 24, 28

PEOPLE = (
    Person(ANNA, "Anna Kovacs", "anna.kovacs@acme.example", "admin"),
    Person(MIGUEL, "Miguel Torres", "miguel.torres@acme.example", "member"),
    Person(PRIYA, "Priya Raman", "priya.raman@acme.example", "member"),
    Person(JONAS, "Jonas Lindqvist", "jonas.lindqvist@acme.example", "viewer"),
    Person(DANA, "Dana Whitfield", "dana.whitfield@acme.example", "admin"),
)

DATE = "ToString(SubtractDuration(CurrentTime(),'P1D'),'yyyy-MM-dd')"

SCHEDULES = (
    ScheduleCast(
        101, "nightly_orders", "Yesterday's orders into the warehouse", ("orders_to_redshift",), 1, "days", 53,
        "nightly", 4, ANNA,
        variables={"InputPath": f"'/' + {DATE}"},
        scripts={k: Script("fail", f.ACCESS_DENIED, 724 - 13 * k, 0.22) for k in range(3)},
    ),
    ScheduleCast(
        102, "nightly_clickstream", "Sessions from the clicks of the day before", ("clickstream_sessions",), 1, "days",
        102, "clickstream", 6, PRIYA, reuse="self", overlap=False,
        variables={"SessionGap": "'30'", "InputPath": f"'/' + {DATE}"},
        scripts={0: Script("hang", progress=0.78), 5: Script("fail", f.OUT_OF_MEMORY, 1100, 0.47)},
    ),
    ScheduleCast(
        103, "invoices_every_6h", "Invoices for the finance share", ("invoices_export",), 6, "hours", 4, "nightly", 4,
        MIGUEL, variables={"Format": "'csv'"}, scripts={0: Script("ok", runtime=780), 9: Script("fail", f.TIMED_OUT)},
    ),
    ScheduleCast(
        104, "marketing_daily", "Spend, mails and leads, then the attribution", ("marketing_workflow",), 1, "days", 11,
        "nightly", 4, PRIYA, overlap=False, scripts={0: Script("ok"), 4: Script("fail", f.SCHEMA_CHANGE)},
    ),
    ScheduleCast(
        105, "nightly_dimensions", "Customers as slowly changing dimension", ("dim_customers",), 1, "days", 34,
        "nightly", 4, ANNA, retry=3,
        scripts={
            0: Script("fail", f.CONNECTION_RESET, 405, 0.6),
            6: Script("fail", f.CONNECTION_RESET, 388, 0.6),
        },
    ),
    ScheduleCast(
        106, "hourly_inventory", "Stock of all shops", ("hourly_inventory",), 1, "hours", 48, "inventory", 4, MIGUEL,
        reuse="any", overlap=False, terminate_on_idle=False, age_days=3.7,
        variables={"Shop": "'all'"}, scripts={9: Script("fail", f.TIMED_OUT, 640, 0.9), 0: Script("ok")},
    ),
    ScheduleCast(
        107, "daily_finance", "The day's books", ("daily_finance",), 1, "days", 1375, "finance", 6, ANNA,
        reuse="self", retry=2, time_to_idle=900, variables={"Ledger": "'main'", "BookingDate": DATE},
        scripts={0: Script("ok"), 3: Script("fail", f.TIMED_OUT, 2105, 0.8, lost=True)},
    ),
    ScheduleCast(
        108, "crm_sync", "Contacts between CRM and warehouse", ("crm_contacts_sync",), 12, "hours", 2, "nightly", 4,
        PRIYA, overlap=False, variables={"Since": "'P1D'"},
        scripts={
            0: Script("queued"),
            1: Script("fail", f.EXPIRED, 95, 0.05, given={"Since": "'P3D'", "sf_refresh_token": "'5Aep861TSES'"}),
            2: Script("ok"),
        },
    ),
    ScheduleCast(
        109, "weekly_attribution", "Attribution over the whole quarter", ("campaign_attribution",), 1, "weeks", 4620,
        "attribution", 8, PRIYA, reuse="none", variables={"Window": "'P90D'"},
    ),
    ScheduleCast(
        110, "monthly_invoices", "The month's invoices for the auditors", ("invoices_export",), 1, "months", 15870,
        "nightly", 4, MIGUEL, variables={"Format": "'parquet'", "Period": "'month'"},
    ),
    ScheduleCast(
        111, "email_events_daily", "Opens, clicks and bounces", ("email_events",), 1, "days", 1630, "nightly", 4,
        PRIYA, scripts={0: Script("ok", wrote=0.02), 5: Script("fail", f.MISSING_PATH)}, missed=True,
    ),
    ScheduleCast(
        112, "nightly_exports", "Segments to the CRM and spend to the warehouse",
        ("segments_to_salesforce", "ads_spend_load"), 1, "days", 3, "exports", 3, MIGUEL, reuse="none",
        retry=1, time_to_idle=600, scripts={0: Script("pending")},
    ),
    ScheduleCast(
        113, "orders_backfill_weekend", "Old orders, a quarter each weekend", ("orders_backfill",), 1, "weeks", 13100,
        "nightly", 4, ANNA, status="disabled", variables={"Quarter": "'2024Q1'"},
    ),
    ScheduleCast(
        114, "ads_spend_legacy", "Replaced by nightly_exports", ("ads_spend_load",), 30, "minutes", None, "nightly", 2,
        JONAS, status="disabled", reuse="any",
    ),
)  # fmt: skip

LINES = (
    Line("nightly", 4, 4, 101, life=6480, edge=1860, terminate_on_idle=False,
         description="Shared by the nightly loads"),
    Line("clickstream", 86, 6, 102, life=0, time_to_idle=3600),
    Line("attribution", 20, 8, 109, life=0, living=False),
    Line("inventory", 1, 4, 106, life=7500, edge=6600, status="idle", idle=42, terminate_on_idle=False),
    Line("finance", 57, 6, 107, life=0, living=False, time_to_idle=900),
    Line("exports", 31, 3, 112, life=0, status="creating", time_to_idle=600),
    Line("sandbox", 9, 1, PRIYA, life=4320, edge=900, living=False, type="sandbox"),
    Line("adhoc", 1, 8, ANNA, life=580, edge=580, status="idle", idle=353, terminate_on_idle=False, time_to_idle=3600,
         description="Backfill of 2024, please leave running"),
    Line("backfill", 2, 4, MIGUEL, life=215, edge=215, status="error"),
)  # fmt: skip

EXTRAS = (
    Extra(
        534, "orders_backfill", ANNA, "adhoc", Script("stopped", runtime=10870, progress=0.42), {"Quarter": "2024Q2"}
    ),
    Extra(201, "orders_backfill", MIGUEL, "backfill", Script("dead", f.DEAD_CLUSTER), {"Quarter": "2024Q3"}),
    Extra(1, "orders_backfill", ANNA, "nightly", Script("queued"), {"Quarter": "2024Q2", "Resume": "true"}),
)

ACME = Cast(
    slug="acme",
    id=5,
    name="Acme Retail",
    role="admin",
    owner=ANNA,
    me=DANA,
    share=1.0,
    people=PEOPLE,
    packages=PACKAGES,
    schedules=SCHEDULES,
    lines=LINES,
    extras=EXTRAS,
    casual=("campaign_attribution", "daily_finance", "orders_backfill", "email_events"),
    last_job=90440,
    last_cluster=2219,
    last_notification=48120,
)
