"""Items of the account's own kinds, written by hand as the API's documentation says they look; see ``samples``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from xplenty_tui.api.topics import topics
from xplenty_tui.resources.reference import Variable
from xplenty_tui.resources.regions import Service

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


def at(minutes: float) -> str:
    """Return the time that was ``minutes`` before NOW, as the API writes it."""
    return (NOW - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


USER: dict[str, Any] = {
    "id": 7,
    "name": "Dana Whitfield",
    "email": "dana@acme.example",
    "confirmed": False,
    "time_zone": "Arizona",
    "location": "Tucson",
    "notification_settings": {"email": True, "web": False},
    "receive_newsletter": False,
    "notifications_count": 12,
    "unread_notifications_count": 3,
    "last_login": at(300),
    "created_at": at(900_000),
    "updated_at": at(4000),
}
PUBLIC_KEY: dict[str, Any] = {
    "id": 3,
    "name": "laptop",
    "comment": "dana@laptop",
    "fingerprint": "10:37:49:10:f2:d5:f2:e2:48:e5:66:9f:1d:2f:87:96",
    "created_at": at(90_000),
    "updated_at": at(90_000),
}
INVOICE: dict[str, Any] = {
    "id": 4198,
    "number": 312382,
    "status": "pending",
    "total_cents": 10_000,
    "total_currency": "USD",
    "issued_at": at(4000),
    "notes": "Net 30.\nThank you.",
    "view_url": "https://books.example/view/a",
    "created_at": at(4000),
    "updated_at": at(3000),
}
PAYMENT: dict[str, Any] = {
    "card_last_4": "1234",
    "card_number": "xxxx-xxxx-xxxx-1234",
    "expiration_date": "12/2029",
    "card_type": "Visa",
}
SUBSCRIPTION: dict[str, Any] = {
    "plan_id": "pro",
    "trial_period_days": 14,
    "trial_start": at(9000),
    "trial_end": at(-9000),
    "trialling": True,
}
VALIDATION: dict[str, Any] = {
    "id": 5,
    "package_id": 7,
    "status": "failed",
    "status_message": None,
    "runtime": 3210,
    "errors": [{"message": "line 4: no such field\n  at load1"}, {"message": "line 9: no key"}],
    "owner_id": 1,
    "created_at": at(200),
    "updated_at": at(199),
}
TIME_ZONE: dict[str, Any] = {"id": "Arizona", "name": "(GMT-07:00) Arizona"}
PRODUCT_UPDATE: dict[str, Any] = {
    "id": 12,
    "title": "Cross joins",
    "body": "## Cross joins\nCompare anything.",
    "body_html": '<p>Compare <a href="https://www.example/x">anything</a>.</p>',
    "body_text": "Cross joins\nCompare anything.",
    "likes": 4,
    "liked_by_user": False,
    "created_at": at(90_000),
}

FULL: Mapping[str, dict[str, Any]] = {
    "user": USER,
    "public_keys": PUBLIC_KEY,
    "invoices": INVOICE,
    "payment_method": PAYMENT,
    "subscription": SUBSCRIPTION,
    "validations": VALIDATION,
    "time_zones": TIME_ZONE,
    "product_updates": PRODUCT_UPDATE,
}
HOSTILE: Mapping[str, dict[str, Any]] = {
    "user": {"id": "x", "notification_settings": {"": None}, "time_zone": "a\nb", "last_login": "9999-12-31T23:59:59Z"},
    "public_keys": {"id": "x", "name": "\n\t", "fingerprint": "f" * 400},
    "invoices": {"number": "A-1", "total_cents": float("nan"), "view_url": "javascript:alert(1)", "status": "eaten"},
    "payment_method": {"card_type": "\n", "expiration_date": "yesterday"},
    "subscription": {"plan_id": 4, "trial_start": "0001-01-01T00:00:00Z", "trial_end": "9999-12-31T23:59:59Z"},
    "validations": {"package_id": "no number", "errors": [{}, {"message": "\n"}], "runtime": float("nan")},
    "time_zones": {},
    "product_updates": {"body_html": "<<<a href=x", "likes": -1, "created_at": "0001-01-01T00:00:00Z"},
}
KNOWN: Mapping[str, tuple[Any, ...]] = {
    "variables": (Variable("_COPY_TARGET_SIZE", "64"), Variable("_X", "")),
    "service_regions": (Service("redshift"),),
    "help_articles": topics(),
}
"""Items of the kinds that are no answers of the API."""
