"""Seven items, and which of them each filter finds."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.core.things import NOW, THINGS, Place, Thing, context, put
from xplenty_tui.core.declare import Context
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.core.view import View


def ago(**length: float) -> datetime:
    """Return a time that has passed."""
    return NOW - timedelta(**length)


ITEMS: tuple[Thing | Odd, ...] = (
    Thing(1, "orders_to_redshift", "failed", 7, 4, 0.42, 724, ago(minutes=46), True),
    Thing(2, "Orders Backfill", "stopped", 8, 40, 0.5, 10861, ago(days=5), False),
    Thing(3, "invoices", "completed", 7, 2, 1.0, 240, ago(hours=3), None),
    Thing(4, "clickstream", "running", None, 8, 0.78, None, ago(hours=2, minutes=30), True),
    Thing(5, None, "pending_terminate", 9, None, None, None, None, None),
    Thing(6, "nonesuch", "queued", 8, 0, 0.0, 0, NOW + timedelta(minutes=90), False),
    Odd("x9", "status: expected text"),
)


def a_context() -> Context:
    """Return a context in which the items and their places are loaded."""
    store = Store()
    put(store, ITEMS)
    put(store, [Place(7, "nightly-4"), Place(8, "adhoc"), Place(9, "none")], kind="places")
    return context(store)


def found(text: str, ctx: Context | None = None) -> str:
    """Return the keys that a filter leaves, ascending."""
    ctx = ctx or a_context()
    view = View(THINGS)
    view.set_filter(text, ctx)
    return " ".join(sorted(view.keys))


ALL = "1 2 3 4 5 6 x9"

TEXT = [
    ("", ALL),
    ("  ", ALL),
    ("orders", "1 2"),
    ("ORDERS", "1 2"),
    ("orders redshift", "1"),
    ('"orders to"', "1"),
    ('"to orders"', ""),
    ("-orders", "3 4 5 6 x9"),
    ('-"orders backfill"', "1 3 4 5 6 x9"),
    ("orders -redshift", "2"),
    ("nightly", "1 3"),
    ("42%", "1"),
    ("12m04", "1"),
    ("2026-11-17", "2"),
    ("x9", "x9"),
    ("expected", "x9"),
    ("name:orders", "1 2"),
    ("Name:orders", "1 2"),
    ("name:orders_b", "2"),
    ('name:"orders to"', "1"),
    ("name:orders name:inv", "1 2 3"),
    ("name:orders status:failed", "1"),
    ("-name:orders", "3 4 5 6 x9"),
    ("-name:orders -name:inv", "4 5 6 x9"),
    ("name:orders -name:redshift", "2"),
    ("status:failed status:stopped", "1 2"),
    ("status:pending_terminate", "5"),
    ('status:"pending terminate"', "5"),
    ("status:pending", "5"),
    ("status:✗", "1"),
    ("-status:failed", "2 3 4 5 6 x9"),
    ("place:nightly", "1 3"),
    ("package:orders", "1 2"),
    ("name:none", "5"),
    ('name:""', "5"),
    ("-name:none", "1 2 3 4 6 x9"),
    ('name:"none"', "6"),
    ("name:nones", "6"),
    ("place:none", "4 5"),
    ("nodes:none", "5"),
    ("nodes:none nodes:4", "1 5"),
    ("name:>o", "1 2"),
    ("name:<d", "4"),
]
NUMBERS = [
    ("nodes:4", "1"),
    ("nodes:0", "6"),
    ("nodes:>8", "2 4"),
    ("nodes:>=8", "2 4"),
    ("nodes:<4", "1 3 6"),
    ("nodes:>4 nodes:<8", "1 4"),
    ("nodes:4 nodes:8", "1 4"),
    ("-nodes:4", "2 3 4 5 6 x9"),
    ("-nodes:>4", "3 5 6 x9"),
    ("id:2", "2"),
    ("id:>5", "5 6"),
    ("share:42%", "1"),
    ("share:>50%", "2 3 4"),
    ("share:>0.5", "2 3 4"),
    ("nodes:4x ", ""),
    ("nodes:>lots ", ""),
    ("overlap:yes", "1 4"),
    ("overlap:true", "1 4"),
    ("overlap:no", "2 6"),
    ("-overlap:yes", "2 3 5 6 x9"),
    ("overlap:none", "3 5"),
    ("overlap:maybe", ""),
    ("overlap:>yes ", ""),
]
TIMES = [
    ("runtime:12m", "1"),
    ("runtime:724", "1"),
    ("runtime:12m05", ""),
    ("runtime:>2h", "2 4"),
    ("runtime:>2h30m", "2 4"),
    ("runtime:>2h31m", "2"),
    ("runtime:<5m", "3 6"),
    ("runtime:>3m runtime:<20m", "1 3"),
    ("-runtime:>2h", "1 3 5 6 x9"),
    ("runtime:none", "5"),
    ("runtime:>yesterday ", ""),
    ("started:2026-11-22", "1 3 4 6"),
    ("started:2026-11", "1 2 3 4 6"),
    ("started:2025", ""),
    ("started:>2026-11-22", "1 3 4 6"),
    ("started:<2026-11-17", "2"),
    ("started:<2026-11-16", ""),
    ("started:today", "1 3 4 6"),
    ("started:<yesterday", "2"),
    ("started:tue", "2"),
    ("started:02:14", "1"),
    ("started:>02:14", "1"),
    ("started:>2h", "1"),
    ("started:<2h", "2 3 4 6"),
    ("started:>-2h", "1 6"),
    ("started:<-2h", "2 3 4"),
    ("started:>+1h", "6"),
    ("started:2h", "1 6"),
    ("started:<now", "1 2 3 4"),
    ('started:"2026-11-22 02:14"', "1"),
    ("started:2026-11-22T02:14:00Z", "1"),
    ('started:"17 nov"', "2"),
    ("started:11-17", "2"),
    ("-started:today", "2 5 x9"),
    ("started:none", "5"),
    ("started:>soon ", ""),
    ('started:>"soon"', ""),
]
TYPING = [
    ("status:", ALL),
    ("-status:", ALL),
    ("-", ALL),
    ('"', ALL),
    ('""', ALL),
    ('status:"', ALL),
    ("runtime:>", ALL),
    ("runtime:>=", ALL),
    ("started:>2026-1", "1 2 3 4 6"),
    ("started:>2026-11-", "1 2 3 4 6"),
    ("started:>yes", "1 2 3 4 6"),
    ("nodes:>x", "1 2 3 4 6"),
    ("status:failed runtime:>", "1"),
    ('name:"orders t', "1"),
    ("stat:", ALL),
    ("overlap:tr", "1 4"),
]
