"""What the account pays: invoices, payment method, subscription."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import billing as api
from xplenty_tui.api import wire
from xplenty_tui.api.billing import Invoice, PaymentMethod, Subscription
from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, Facts, Refresh, Resource, Row
from xplenty_tui.resources import parts
from xplenty_tui.resources.account_detail import subscription_rows
from xplenty_tui.resources.plans import price
from xplenty_tui.resources.reference import SELDOM


def _safe(address: str) -> str | None:
    return address if address.startswith("https://") else None


def _total(invoice: Invoice) -> str | None:
    return price(invoice.total_cents, invoice.total_currency, None)


def _invoice_facts(invoice: Invoice, ctx: Context) -> Iterator[Row]:
    yield from parts.kept(
        parts.row("number", None if invoice.number is None else str(invoice.number)),
        parts.row("state", parts.look(invoice.status, ctx, "invoices") if invoice.status else None),
        parts.row("total", _total(invoice)),
        parts.row("issued", parts.stamp(invoice.issued_at, ctx)),
        parts.row("updated", parts.stamp(invoice.updated_at, ctx)),
        parts.row("see and print", _safe(invoice.view_url)),
    )
    yield from parts.lines(invoice.notes)


def _card_facts(card: PaymentMethod, _ctx: Context) -> Iterator[Row]:
    return parts.kept(
        parts.row("card", parts.joined(card.card_type, card.card_number)),
        parts.row("expires", card.expiration_date),
        parts.row("to change it", "web console: the card's data do not go through this program"),
    )


def _whole(_item: Any) -> str:
    """Return the key of the one item that there is."""
    return "account"


INVOICES: Resource[Invoice] = Resource(
    name="invoices",
    title="Invoices",
    singular="invoice",
    about="What the account was billed, and whether it is paid.",
    model=Invoice,
    load=parts.paged(api.invoices),
    columns=(
        parts.status_column("invoices", lambda item: item.status or None, "Whether it is paid.", width=13),
        Column(
            "number",
            "NUMBER",
            lambda item, _: None if item.number is None else str(item.number),
            "The number on the invoice.",
            width=10,
        ),
        Column(
            "total",
            "TOTAL",
            lambda item, _: item.total_cents,
            "The sum, in hundredths of the currency.",
            show=lambda value, _: words.NONE if value is None else f"{value / 100:,.2f}",
            width=11,
            right=True,
            first="desc",
        ),
        Column("currency", "CUR", lambda item, _: item.total_currency or None, "Of the sum.", width=4),
        parts.ago_column("issued", "ISSUED", lambda item: item.issued_at, "When it was written."),
        parts.id_column("The invoice's id.", rank=2),
    ),
    label=lambda item: f"invoice {item.id if item.number is None else item.number}",
    get=api.invoice,
    sort=("issued", "desc"),
    detail=(Facts("invoice", "Invoice", _invoice_facts),),
    status=lambda item: item.status or "",
    merge=wire.overlay,
    changes=parts.changed(api.invoices),
    refresh=Refresh(visible=1800),
    web=lambda item: _safe(item.view_url),
    none="No invoices.",
    aliases=("invoice", "billing"),
)

PAYMENT: Resource[PaymentMethod] = Resource(
    name="payment_method",
    title="Payment method",
    singular="payment method",
    about="The card that the account pays with; it is changed in the web console only.",
    model=PaymentMethod,
    load=parts.single(api.payment_method),
    columns=(
        Column("type", "CARD", lambda item, _: item.card_type or None, "Whose card it is.", width=12),
        Column("number", "NUMBER", lambda item, _: item.card_number or None, "Its last digits.", width=22, grow=1),
        Column("expires", "EXPIRES", lambda item, _: item.expiration_date or None, "Month and year.", width=8),
    ),
    label=lambda item: item.card_number or "payment method",
    key=_whole,
    only=True,
    sort=("type", "asc"),
    detail=(Facts("card", "Payment method", _card_facts),),
    refresh=SELDOM,
    web=lambda item: None,
    none="No payment method: the account has none, and it is set in the web console.",
    aliases=("payment method", "payment", "card"),
)

SUBSCRIPTION: Resource[Subscription] = Resource(
    name="subscription",
    title="Subscription",
    singular="subscription",
    about="The plan of the account, and its trial.",
    model=Subscription,
    load=parts.single(api.subscription),
    columns=(
        Column(
            "plan",
            "PLAN",
            lambda item, _: None if item.plan_id is None else str(item.plan_id),
            "The plan's id; not always that of the list of plans.",
            width=14,
            grow=1,
        ),
        Column("trial", "TRIAL", lambda item, _: item.trialling, "Whether it is a trial.", width=5),
        parts.ago_column("began", "BEGAN", lambda item: item.trial_start, "When the trial began."),
        parts.ago_column("ends", "ENDS", lambda item: item.trial_end, "When the trial ends, or ended."),
    ),
    label=lambda item: "subscription" if item.plan_id is None else f"plan {item.plan_id}",
    key=_whole,
    only=True,
    sort=("plan", "asc"),
    detail=(Facts("subscription", "Subscription", subscription_rows),),
    refresh=SELDOM,
    web=lambda item: None,
    none="No subscription is told.",
)
