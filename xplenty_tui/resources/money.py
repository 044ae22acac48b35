"""What the account pays: invoices, and the payment method."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api import billing as api
from xplenty_tui.api import wire
from xplenty_tui.api.billing import Invoice, PaymentMethod
from xplenty_tui.core.declare import Column, Context, Facts, Refresh, Resource, Row
from xplenty_tui.resources import calls, columns, parts
from xplenty_tui.resources.plans import price


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


INVOICES: Resource[Invoice] = Resource(
    name="invoices",
    title="Invoices",
    singular="invoice",
    about="What the account was billed, and whether it is paid.",
    model=Invoice,
    load=calls.paged(api.invoices),
    columns=(
        columns.status_column("invoices", lambda item: item.status or None, "Whether it is paid.", width=13),
        Column(
            "number",
            "NUMBER",
            lambda item, _: None if item.number is None else str(item.number),
            "The number on the invoice.",
            width=10,
        ),
        columns.money_column(
            "total", "TOTAL", lambda item: item.total_cents, "The sum, in hundredths of the currency.", width=11
        ),
        Column("currency", "CUR", lambda item, _: item.total_currency or None, "Of the sum.", width=4),
        columns.ago_column("issued", "ISSUED", lambda item: item.issued_at, "When it was written."),
        columns.id_column("The invoice's id.", rank=2),
    ),
    label=lambda item: f"invoice {item.id if item.number is None else item.number}",
    get=api.invoice,
    sort=("issued", "desc"),
    detail=(Facts("invoice", "Invoice", _invoice_facts),),
    status=lambda item: item.status or "",
    merge=wire.overlay,
    changes=calls.changed(api.invoices),
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
    load=calls.single(api.payment_method),
    columns=(
        Column("type", "CARD", lambda item, _: item.card_type or None, "Whose card it is.", width=12),
        Column("number", "NUMBER", lambda item, _: item.card_number or None, "Its last digits.", width=22, grow=1),
        Column("expires", "EXPIRES", lambda item, _: item.expiration_date or None, "Month and year.", width=8),
    ),
    label=lambda item: item.card_number or "payment method",
    key=calls.the_one,
    only=True,
    sort=("type", "asc"),
    detail=(Facts("card", "Payment method", _card_facts),),
    refresh=calls.SELDOM,
    web=lambda item: None,
    none="No payment method: the account has none, and it is set in the web console.",
    aliases=("payment method", "payment", "card"),
)
