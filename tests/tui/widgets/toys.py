"""A kind that only these tests know, an account of it, and the smallest program that shows a widget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from xplenty_tui.core import words
from xplenty_tui.core.declare import Column, Context, PageLike, Resource, Tone
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.core.view import View
from xplenty_tui.tui import theme
from xplenty_tui.tui.widgets.lines import Lines
from xplenty_tui.tui.widgets.page import Page
from xplenty_tui.tui.widgets.table import Table

NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
STATUSES = ("completed", "failed", "running", "stopped", "queued", "completed")


@dataclass(frozen=True)
class Toy:
    """Something that runs."""

    id: int
    name: str = "toy"
    status: str = "completed"
    size: int | None = None
    ended: datetime | None = None


def show_status(value: str, ctx: Context) -> str:
    look = words.status(value)
    return f"{look.ascii if ctx.ascii else look.symbol} {look.word}"


def status_tone(toy: Toy, ctx: Context) -> Tone:
    return words.status(toy.status).tone


async def load(client: Any, offset: int) -> PageLike[Toy]:
    raise AssertionError("nothing here loads")


COLUMNS: tuple[Column[Toy], ...] = (
    Column("status", "Status", lambda toy, ctx: toy.status, "How it ended.", show_status, status_tone, width=11),
    Column("id", "Id", lambda toy, ctx: toy.id, "Its number.", width=4, right=True),
    Column("name", "Name", lambda toy, ctx: toy.name, "Its name.", width=12, grow=1),
    Column("size", "Size", lambda toy, ctx: toy.size, "How big.", width=7, right=True, first="desc"),
    Column(
        "ended",
        "Ended",
        lambda toy, ctx: toy.ended,
        "When it ended.",
        lambda value, ctx: words.ago(value, ctx.now),
        width=5,
        rank=2,
        right=True,
        moves=True,
    ),
)
TOYS: Resource[Toy] = Resource(
    name="toys",
    title="Toys",
    singular="toy",
    about="Something that runs.",
    model=Toy,
    load=load,
    columns=COLUMNS,
    label=lambda toy: toy.name,
)


def toy(number: int, **other: Any) -> Toy:
    """Make one toy, each a little different."""
    ended = NOW - timedelta(minutes=7 * (500 - number % 1000) + 5)
    known: dict[str, Any] = {"name": f"toy number {number}", "status": STATUSES[number % 6], "size": number * 11}
    return Toy(number, **{**known, "ended": ended, **other})


class Host(App[None]):
    """Shows one widget and writes down what it repaints and says."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, widget: Lines, *, look: str = theme.NIGHT.name) -> None:
        super().__init__()
        theme.register(self)
        self.theme = look
        self.store = Store()
        self.now = NOW
        self.ascii = False
        self.widget = widget
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    def on_mount(self) -> None:
        self.widget.focus()

    def context(self) -> Context:
        return Context(self.now, self.store, UTC, ascii=self.ascii)

    def put(self, toys: Iterable[Toy | Odd], **how: Any) -> None:
        """Put toys into the account, as an answer does."""
        items = [(one.key if isinstance(one, Odd) else str(one.id), one) for one in toys]
        self.store.put("toys", items, self.now, **how)

    def on_table_moved(self, message: Table.Moved) -> None:
        self.heard.append(message)

    def on_table_opened(self, message: Table.Opened) -> None:
        self.heard.append(message)

    def on_table_near_end(self, message: Table.NearEnd) -> None:
        self.heard.append(message)

    def on_page_moved(self, message: Page.Moved) -> None:
        self.heard.append(message)

    def on_page_opened(self, message: Page.Opened) -> None:
        self.heard.append(message)

    def said(self, kind: type[Message]) -> int:
        """Return how many messages of a kind arrived."""
        return sum(isinstance(message, kind) for message in self.heard)


class ListHost(Host):
    """Shows a table of toys."""

    def __init__(self, count: int = 100, **other: Any) -> None:
        self.table = Table()
        super().__init__(self.table, **other)
        self.view: View[Toy] = View(TOYS)
        self.put(toy(number) for number in range(1, count + 1))

    def on_mount(self) -> None:
        super().on_mount()
        self.table.show(self.view, self.context)

    @property
    def under(self) -> str | None:
        """The key under the cursor."""
        return self.view.cursor

    @property
    def row(self) -> int:
        """The row of the screen that the cursor is drawn on."""
        return self.table.cursor - self.table.top


def drawn(widget: Widget) -> list[str]:
    """Return what a widget draws, line by line, without the spaces at the end."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


def on_screen(app: App[Any]) -> list[str]:
    """Return what the compositor has put together, which keeps every line that nobody said to be dirty."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


@contextmanager
def repaints(widget: Widget) -> Iterator[list[int]]:
    """Collect the lines of the screen that a widget asks to be repainted; -1 stands for all of them."""
    lines: list[int] = []
    refresh = widget.refresh

    def watched(*regions: Region, **how: Any) -> Widget:
        lines.extend(y for region in regions for y in range(region.y, region.bottom))
        if not regions and how.get("repaint", True):
            lines.append(-1)
        return refresh(*regions, **how)

    widget.refresh = watched  # type: ignore[assignment, method-assign]
    try:
        yield lines
    finally:
        widget.refresh = refresh  # type: ignore[method-assign]


def cost(widget: Widget, lines: Iterable[int]) -> int:
    """Return how many bytes the repaint of these lines sends to the terminal, moving the cursor there included."""
    console = widget.app.console
    return sum(len(widget.render_line(y).render(console).encode()) + len(f"\x1b[{y + 1};1H") for y in lines)
