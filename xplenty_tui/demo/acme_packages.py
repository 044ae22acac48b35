"""The packages of the account ``acme``: what they write, how long they take, how they fail."""

from __future__ import annotations

from xplenty_tui.demo import failures as f
from xplenty_tui.demo.cast import PackageCast
from xplenty_tui.demo.records import Target

ANNA, MIGUEL, PRIYA = 12, 17, 24

REDSHIFT = "amazon_redshift_destination_component"
STORAGE = "cloud_storage_destination_component"
SALESFORCE = "salesforce_destination_component"
SNOWFLAKE = "snowflake_destination_component"

PACKAGES = (
    PackageCast(
        412, "orders_to_redshift", "Orders and their lines from S3 into redshift.orders", 720, ANNA,
        (Target("redshift.orders", REDSHIFT, ("order_id", "customer_id", "ordered_at", "total"), 184_210),),
        {
            "InputPath": "'/today'", "Schema": "'public'", "MaxErrors": "0", "Upsert": "true",
            "REDSHIFT_PASSWORD": "'correct-horse-battery'", "Region": "'us-east-1'",
        },
        (f.MISSING_PATH, f.TIMED_OUT), 0.01, broken=f.ACCESS_DENIED, updated_days=21,
    ),
    PackageCast(
        415, "clickstream_sessions", "Click events grouped into sessions", 2340, PRIYA,
        (
            Target("sessions", STORAGE, ("session_id", "visitor_id", "started_at", "pages"), 2_412_880),
            Target("redshift.sessions_daily", REDSHIFT, ("day", "channel", "sessions"), 1_284),
        ),
        {"SessionGap": "'30'", "InputPath": "'/today'", "Sample": "1.0"},
        (f.OUT_OF_MEMORY, f.MISSING_PATH), 0.02, updated_days=9,
    ),
    PackageCast(
        421, "invoices_export", "Invoices as files for the finance share", 780, MIGUEL,
        (Target("invoices", STORAGE, ("invoice_no", "issued_on", "amount", "currency"), 9_640),),
        {"Format": "'csv'", "Period": "'day'", "sftp_password": "'hunter2'"}, (f.TIMED_OUT,), 0.02,
    ),
    PackageCast(
        430, "marketing_workflow", "Loads spend, mails and contacts, then attributes", 1800, PRIYA,
        failures=(f.STEP_FAILED,), risk=0.0,
        steps=(
            "ads_spend_load", "email_events", "crm_contacts_sync", "campaign_attribution", "segments_to_salesforce",
        ),
    ),
    PackageCast(
        433, "dim_customers", "Customers as a slowly changing dimension", 540, ANNA,
        (
            Target("redshift.dim_customers", REDSHIFT, ("customer_id", "email", "valid_from", "valid_to"), 61_377),
            Target("rejected_customers", STORAGE, ("customer_id", "reason"), 14),
        ),
        {"Snapshot": "'full'"}, (f.CONNECTION_RESET,), 0.04,
    ),
    PackageCast(
        436, "hourly_inventory", "Stock levels of all shops", 360, MIGUEL,
        (Target("snowflake.stock", SNOWFLAKE, ("shop_id", "sku", "on_hand", "counted_at"), 48_300),),
        {"Shop": "'all'"}, (f.TIMED_OUT, f.CONNECTION_RESET), 0.02,
    ),
    PackageCast(
        440, "daily_finance", "Books of the day from ledger and bank", 2700, ANNA,
        (
            Target("redshift.ledger_day", REDSHIFT, ("entry_id", "account", "debit", "credit"), 33_051),
            Target("redshift.bank_match", REDSHIFT, ("entry_id", "transfer_id", "matched"), 4_207),
        ),
        {"Ledger": "'main'", "BookingDate": "'today'", "BANK_API_TOKEN": "'tok_7f31'"}, (f.TIMED_OUT,), 0.02,
    ),
    PackageCast(
        444, "orders_backfill", "Old orders again, one quarter a run", 25_900, ANNA,
        (Target("redshift.orders", REDSHIFT, ("order_id", "customer_id", "ordered_at", "total"), 16_902_114),),
        {"Quarter": "'2024Q1'", "Resume": "false"}, (f.OUT_OF_MEMORY,), 0.2, updated_days=3,
    ),
    PackageCast(
        451, "ads_spend_load", "Spend of the ad networks", 300, PRIYA,
        (Target("redshift.ad_spend", REDSHIFT, ("day", "network", "campaign", "cost"), 2_916),),
        failures=(f.SCHEMA_CHANGE,), risk=0.01,
    ),
    PackageCast(
        452, "email_events", "Opens, clicks and bounces of the mail service", 300, PRIYA,
        (Target("redshift.email_events", REDSHIFT, ("message_id", "event", "at"), 402_715),),
        failures=(f.MISSING_PATH, f.SCHEMA_CHANGE), risk=0.03,
    ),
    PackageCast(
        453, "crm_contacts_sync", "Contacts of the CRM into the warehouse", 420, PRIYA,
        (Target("redshift.crm_contacts", REDSHIFT, ("contact_id", "email", "owner"), 27_630),),
        {"Since": "'P1D'"}, (f.EXPIRED,), 0.02,
    ),
    PackageCast(
        454, "campaign_attribution", "Orders attributed to campaigns", 480, PRIYA,
        (Target("redshift.attribution", REDSHIFT, ("order_id", "campaign", "weight"), 71_048),),
        {"Window": "'P30D'"}, (f.OUT_OF_MEMORY,), 0.02,
    ),
    PackageCast(
        455, "segments_to_salesforce", "Customer segments into the CRM", 300, MIGUEL,
        (Target("Contact", SALESFORCE, ("Id", "Segment__c"), 8_122),),
        failures=(f.EXPIRED,), risk=0.02,
    ),
    PackageCast(
        388, "orders_to_redshift_v1", "Before the new order format", 700, ANNA,
        (Target("redshift.orders", REDSHIFT, ("order_id", "total"), 150_000),), archived=True, updated_days=210,
    ),
    PackageCast(397, "weekly_kpis", None, 400, MIGUEL, archived=True, updated_days=120),
)  # fmt: skip
