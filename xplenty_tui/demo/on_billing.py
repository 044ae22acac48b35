"""Calls on billing: invoices, payment method, plans, subscription; 403 for who may not see it."""

from __future__ import annotations

from typing import Any

from xplenty_tui.demo import reference
from xplenty_tui.demo.account import Account
from xplenty_tui.demo.call import Call
from xplenty_tui.demo.on_accounts import TIMES, by
from xplenty_tui.demo.replies import Answer, CallError, invalid, missing
from xplenty_tui.demo.stamps import DAY, stamp

MONTHS = 18
"""Invoices of an account."""


def _account(call: Call) -> Account:
    account = call.account
    if account.cast.role != "admin":
        raise CallError(403, "You are not allowed to view billing information of this account.")
    return account


def subscription(call: Call) -> Answer:
    """Get Subscription Info; 403 for who may not see billing."""
    account = _account(call)
    end = account.trial_end or account.begin - 866 * DAY
    return Answer(
        {
            "trial_period_days": 14,
            "plan_id": 4,
            "trial_start": stamp(end - 14 * DAY),
            "trial_end": stamp(end),
            "trialling": bool(account.trial_end) and not account.paid,
            "url": f"{call.host}/{account.slug}/api/subscription",
        }
    )


def _invoices(account: Account) -> list[dict[str, Any]]:
    """Make up the account's invoices, newest first: the newest is not paid yet, one payment failed at first."""
    made = []
    for back in range(MONTHS):
        issued = account.begin - (back * 30 + 2) * DAY
        status = "pending" if back == 0 else "failed" if back == 7 else "successful"
        made.append(
            {
                "created_at": stamp(issued + 120),
                "id": 4200 + 100 * account.cast.id - back,
                "issued_at": stamp(issued),
                "notes": "The card was declined; paid by transfer." if status == "failed" else None,
                "number": 312400 + 100 * account.cast.id - back,
                "status": status,
                "total_cents": 250000 + 7500 * (back % 4),
                "total_currency": "USD",
                "updated_at": stamp(issued + (120 if back == 0 else 3 * DAY)),
                "view_url": f"https://xplenty.freshbooks.example/view/{account.slug}-{MONTHS - back}",
            }
        )
    return made


def invoices(call: Call) -> Answer:
    """List Invoices."""
    rows = _invoices(_account(call))
    return call.page(by(call, rows, {**TIMES, "issued": "issued_at", "number": "number"}, "created"), dict)


def invoice(call: Call) -> Answer:
    """Get Invoice Information."""
    return Answer(call.find({row["id"]: row for row in _invoices(_account(call))}, "invoice"))


def payment_method(call: Call) -> Answer:
    """Get Payment Method; 404 for an account that was made in the demo, which has none."""
    account = _account(call)
    if not account.cast.people and not account.paid:
        raise missing()
    card = {"card_last_4": "4242", "card_number": "xxxx-xxxx-xxxx-4242", "expiration_date": "12/2029"}
    return Answer({**card, "card_type": "Visa", "url": f"{call.host}/{account.slug}/api/payment_method"})


def pay(call: Call) -> Answer:
    """Update Payment Method."""
    account = _account(call)
    if not call.params.text("billing_payment_token"):
        raise invalid("billing_payment_token can't be blank.")
    account.paid = True
    return payment_method(call)


def plans(call: Call) -> Answer:
    """List Plans."""
    return Answer(list(reference.PLANS) if call.account else None)


ROUTES = {
    "GET /{account}/api/subscription": subscription,
    "GET /{account}/api/plans": plans,
    "GET /{account}/api/invoices": invoices,
    "GET /{account}/api/invoices/{invoice}": invoice,
    "GET /{account}/api/payment_method": payment_method,
    "PUT /{account}/api/payment_method": pay,
}
