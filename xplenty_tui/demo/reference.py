"""What is the same for everybody: regions, stacks, plans, time zones, system variables, templates."""

from __future__ import annotations

from typing import Any

AWS, GOOGLE = "Amazon Web Services", "Google Cloud"


def _region(group: str, id_: str, name: str) -> dict[str, str]:
    short = "AWS" if group == AWS else "Google Cloud"
    return {"id": id_, "name": f"{short} - {name}", "group_name": group, "short_name": name}


REGIONS = (
    _region(AWS, "amazon-web-services::us-east-1", "US East (N. Virginia)"),
    _region(AWS, "amazon-web-services::us-west-2", "US West (Oregon)"),
    _region(AWS, "amazon-web-services::eu-west-1", "EU (Ireland)"),
    _region(AWS, "amazon-web-services::ap-southeast-2", "Asia Pacific (Sydney)"),
    _region(GOOGLE, "gcloud::europe-west1", "Western Europe"),
    _region(GOOGLE, "gcloud::us-central1", "Central US"),
)

REGION_TYPES = ("redshift", "bigquery", "s3", "snowflake", "athena")

STACKS = tuple({"id": f"{colour}-everest", "name": f"{colour.title()} Everest"} for colour in ("white", "mint", "lime"))


def _plan(position: int, id_: str, name: str, *, price: int, nodes: int, members: int) -> dict[str, Any]:
    made = "2015-03-17T14:40:26Z"
    return {
        "id": id_,
        "name": name,
        "description": f"{name} plan",
        "price_cents": price * 100,
        "price_currency": "USD",
        "price_unit": "month",
        "cluster_node_hours_included": nodes * 100,
        "cluster_node_hours_limit": -1,
        "cluster_node_price_cents": 75,
        "cluster_node_price_currency": "USD",
        "cluster_node_price_unit": "hour",
        "cluster_nodes_limit": nodes,
        "cluster_size_limit": nodes,
        "clusters_limit": max(1, nodes // 2),
        "sandbox_clusters_limit": 1,
        "sandbox_node_hours_included": 0,
        "sandbox_node_hours_limit": -1,
        "members_limit": members,
        "position": position,
        "created_at": made,
        "updated_at": made,
    }


PLANS = (
    _plan(0, "starter", "Starter", price=1250, nodes=4, members=3),
    _plan(1, "professional", "Professional", price=2500, nodes=12, members=10),
    _plan(2, "enterprise", "Enterprise", price=6000, nodes=40, members=50),
)

MOST_NODES = 40
"""The plan's largest cluster."""

SYSTEM_VARIABLES: dict[str, Any] = {
    "_BYTES_PER_REDUCER": 209715200,
    "_COPY_PARALLELISM": "(int)$_CLUSTER_NODES_COUNT * 3",
    "_COPY_TARGET_SIZE": "64",
    "_DEFAULT_PARALLELISM": 0,
    "_DEFAULT_TIMEZONE": "'+00:00'",
    "_MAX_COMBINED_SPLIT_SIZE": 67108864,
    "_PARQUET_COMPRESSION": "'UNCOMPRESSED'",
    "_SHUFFLE_INPUT_BUFFER_PERCENT": 0.7,
}

_ZONES = (
    ("-10:00", "Hawaii"),
    ("-08:00", "Pacific Time (US & Canada)"),
    ("-07:00", "Arizona"),
    ("-06:00", "Central Time (US & Canada)"),
    ("-05:00", "Eastern Time (US & Canada)"),
    ("-03:00", "Buenos Aires"),
    ("+00:00", "London"),
    ("+00:00", "UTC"),
    ("+01:00", "Berlin"),
    ("+02:00", "Helsinki"),
    ("+05:30", "Mumbai"),
    ("+05:45", "Kathmandu"),
    ("+09:00", "Tokyo"),
    ("+10:00", "Sydney"),
)

TIME_ZONES = tuple({"id": name, "name": f"(GMT{offset}) {name}"} for offset, name in _ZONES)

TEMPLATES = tuple(
    {
        "id": id_,
        "name": name,
        "description": description,
        "position": position,
        "author": {"id": 1, "name": "Xplenty", "avatar_url": "https://gravatar.com/avatar/0?d=retro&s=140"},
    }
    for position, (id_, name, description) in enumerate(
        (
            (3, "S3 to Redshift", "Loads files of a bucket into a table"),
            (7, "Salesforce contacts", "Copies contacts into a warehouse"),
            (8, "Sessions from clicks", "Groups click events into sessions"),
        )
    )
)

PERMISSIONS = tuple(
    [f"{verb}{thing}" for thing in ("Package", "Schedule", "Cluster", "Connection", "Hook") for verb in (
        "view", "create", "update", "delete",
    )]
    + ["listPackages", "listSchedules", "listClusters", "listConnections", "listHooks"]
    + ["viewAccountInfo", "viewAccountUsage", "listMembers", "viewAccountMember", "listJobs", "viewJob", "createJob",
       "validatePackage", "listPackageTemplates", "testConnection", "importConnection"]
)  # fmt: skip
"""What a member may do."""

ADMIN_PERMISSIONS = (
    *PERMISSIONS,
    "updateAccountInfo",
    "viewAccountBillingInfo",
    "updateAccountBillingInfo",
    "inviteMember",
    "deleteMember",
    "updateMemberRole",
)
"""What an administrator may do."""
