"""The account ``acme-staging``: a small one, in which the key's user is only a member."""

from __future__ import annotations

from xplenty_tui.demo import failures as f
from xplenty_tui.demo.acme_packages import REDSHIFT, STORAGE
from xplenty_tui.demo.cast import Cast, Extra, Line, PackageCast, Person, ScheduleCast, Script
from xplenty_tui.demo.records import Target

DANA, ANNA, TESS = 31, 12, 40

STAGING = Cast(
    slug="acme-staging",
    id=9,
    name="Acme Staging",
    role="member",
    owner=ANNA,
    me=DANA,
    share=0.08,
    people=(
        Person(ANNA, "Anna Kovacs", "anna.kovacs@acme.example", "admin"),
        Person(DANA, "Dana Whitfield", "dana.whitfield@acme.example", "member"),
        Person(TESS, "Tess Okafor", "tess.okafor@acme.example", "member"),
    ),
    packages=(
        PackageCast(
            611, "staging_orders", "Orders of the test shop", 180, DANA,
            (Target("staging.orders", REDSHIFT, ("order_id", "total"), 1_200),), failures=(f.SCHEMA_CHANGE,), risk=0.1,
        ),
        PackageCast(
            612, "staging_customers", "Customers of the test shop", 120, DANA,
            (Target("staging.customers", REDSHIFT, ("customer_id", "email"), 340),), failures=(f.TIMED_OUT,),
        ),
        PackageCast(
            613, "staging_smoke", "Reads one file and writes it back", 45, TESS,
            (Target("smoke", STORAGE, ("line",), 1),), risk=0.0,
        ),
        PackageCast(608, "staging_scratch", None, 60, TESS, archived=True, updated_days=60),
    ),
    schedules=(
        ScheduleCast(
            201, "staging_nightly", "The night of the test shop", ("staging_orders", "staging_customers"), 1, "days",
            425, "staging", 2, DANA, scripts={0: Script("ok")},
        ),
        ScheduleCast(
            202, "staging_smoke", "Is anybody there", ("staging_smoke",), 12, "hours", 95, "staging", 2, TESS,
            scripts={0: Script("ok"), 1: Script("fail", f.TIMED_OUT, 41, 0.0)},
        ),
        ScheduleCast(
            203, "staging_load_test", "Only before releases", ("staging_orders",), 1, "hours", None, "staging", 4, TESS,
            status="disabled",
        ),
    ),
    lines=(
        Line("staging", 3, 2, 201, life=7200, edge=1500, status="idle", idle=14, time_to_idle=7200),
        Line("sandbox", 2, 1, TESS, life=4320, edge=400, status="available", type="sandbox"),
    ),
    extras=(Extra(1, "staging_orders", TESS, "sandbox", Script("ok", runtime=170)),),
    casual=("staging_smoke", "staging_customers"),
    last_job=31877,
    last_cluster=866,
    last_notification=9120,
)  # fmt: skip
