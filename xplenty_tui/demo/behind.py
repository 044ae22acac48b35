"""What lies behind connections: types, help, schemas, and what advertising and CRM services tell."""

from __future__ import annotations

from typing import Any

from xplenty_tui.demo.call import Call
from xplenty_tui.demo.replies import invalid, missing
from xplenty_tui.demo.wiring import Wired

_GROUPS = {"s": "Services", "d": "Databases", "a": "Analytical Databases", "f": "File Storages"}


def _type(type_: str, name: str, group: str, what: str) -> dict[str, Any]:
    word = {"s": "services", "d": "databases", "a": "analytical", "f": "storage"}[group]
    return {
        "type": type_,
        "name": name,
        "description": what,
        "icon_url": f"https://xplenty.com/assets/vendor/{type_}.png",
        "groups": [{"group_type": word, "group_name": _GROUPS[group]}],
    }


TYPES = (
    _type("adwords", "Google AdWords", "s", "Google (PPC) Pay-Per-Click online advertising service"),
    _type("analytics", "Google Analytics", "s", "Google web analytics & reporting service"),
    _type("bigquery", "Google BigQuery", "a", "Real time Big Data analytics in the cloud provided by Google"),
    _type("bingads", "Bing Ads", "s", "Pay per click advertising on Bing and Yahoo"),
    _type("facebookadsinsights", "Facebook Ads Insights", "s", "Statistics of advertising on Facebook"),
    _type("gs", "Google Cloud Storage", "f", "Object storage by Google"),
    _type("mongo", "MongoDB", "d", "Document database"),
    _type("mysql", "MySQL", "d", "Open source relational database"),
    _type("oracle", "Oracle", "d", "Relational database by Oracle"),
    _type("postgres", "PostgreSQL", "d", "Open source object-relational database"),
    _type("redshift", "Amazon Redshift", "a", "Data warehouse in the cloud by Amazon"),
    _type("s3", "Amazon S3", "f", "Object storage by Amazon"),
    _type("salesforce", "Salesforce", "s", "Customer relationship management"),
    _type("sftp", "SFTP", "f", "Files over SSH"),
    _type("snowflake", "Snowflake", "a", "Data warehouse in the cloud"),
    _type("sqlserver", "Microsoft SQL Server", "d", "Relational database by Microsoft"),
)


def article(title: str, place: str) -> dict[str, str]:
    """Give an article of the help."""
    return {"title": title, "type": "article", "url": f"https://xplenty.com/docs/{place}/"}


def help_(type_: str) -> dict[str, Any]:
    """Give the articles about connections, or about a type of them."""
    if not type_:
        return {"index": [article("Defining connections", "defining-connections")], "new": []}
    name = next((each["name"] for each in TYPES if each["type"] == type_), None)
    if name is None:
        raise missing()
    own = article(f"Allow Xplenty access to your {name}", f"allowing-xplenty-access-to-{type_}")
    return {"edit": [own], "index": [article("Defining connections", "defining-connections")], "new": [own]}


def schema(type_: str) -> dict[str, Any]:
    """Give the fields of whatever was asked for."""
    if type_ in ("s3", "gs", "sftp"):
        fields = [{"order_id": "string"}, {"ordered_at": "datetime"}, {"total": "double"}]
        return {
            "data": [["1001", "2026-02-28T21:14:05Z", 81.5], ["1002", "2026-02-28T21:15:40Z", 12.0]],
            "fields": fields,
        }
    raw = '{ "_id" : { "$oid" : "5721f8e5d6bfd23191717153"} , "item" : "card" , "qty" : 15.0}'
    return {"data": [], "raw": [raw], "fields": [{"item": "string"}, {"qty": "double"}, {"_id": "string"}]}


CURL: dict[str, Any] = {
    "data": [[200, '[{"id":123,"name":"name"}]', {"content-type": "application/json; charset=utf-8"}]],
    "fields": [{"status": "int"}, {"body": "string"}, {"headers": "json"}],
}
_CAMPAIGNS = [{"campaign_id": "432", "campaign_status": "Paused", "campaign_name": "Spring sale"}]
_VIEWS = [{"name": "All Web Sites", "id": "5123412"}]
_TOLD: dict[tuple[str, str], Any] = {
    ("adwords", "customers"): [{"can_manage_clients": False, "name": "Acme Retail", "customer_id": "123456789"}],
    ("analytics", "accounts"): [
        {"name": "Acme", "id": "12345678", "properties": [{"name": "Shop", "id": "UA-12345678-1", "views": _VIEWS}]}
    ],
    ("bingads", "accounts"): [
        {"account_id": "123", "account_name": "Acme", "campaigns": _CAMPAIGNS},
        {"account_id": "456", "account_name": "Acme Outlet", "campaigns": []},
    ],
    ("bingads", "columns"): {"data": [], "fields": [{"ACCOUNT_NAME": "string"}, {"CLICKS": "string"}]},
    ("facebookadsinsights", "accounts"): [{"account_id": "111", "id": "act_111", "name": "Acme"}],
    ("facebookadsinsights", "fields"): [
        {"category": "Metric", "data_type": "float", "friendly_name": "Clicks", "id": "clicks", "is_mandatory": ""}
    ],
    ("salesforce", "objects"): {"entities": ["Account", "Contact", "Lead", "Opportunity"]},
    ("salesforce", "fields"): {
        "fields": [{"name": "Id", "length": 18, "type": "id"}, {"name": "Website", "length": 255, "type": "url"}]
    },
}


def metadata(call: Call, item: Wired) -> Any:
    """Give what a service tells; 422 for fields of no object."""
    told = _TOLD.get((item.type, call.names["what"]))
    if told is None:
        raise missing()
    if (item.type, call.names["what"]) == ("salesforce", "fields") and not call.params.text("object_name"):
        raise invalid("object_name can't be blank.")
    return told
