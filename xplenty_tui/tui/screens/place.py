"""A place in the program: what stands between the first line and the last two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from xplenty_tui.api.credits import Reason, because
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.store import Odd
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.tui.again import Again
from xplenty_tui.tui.chrome import age
from xplenty_tui.tui.commands import ACTS, ANYWHERE, Command
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.waiting import waiting_words
from xplenty_tui.tui.widgets.bar import Bar, Span
from xplenty_tui.tui.widgets.lines import Lines
from xplenty_tui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from xplenty_tui.core.declare import Resource
    from xplenty_tui.refresh.session import Session
    from xplenty_tui.tui.app import XplentyApp


LENT = Pace(300.0, gone=False)
"""For kinds that only lend names and states to what is seen."""


class Place(Widget):
    """What every place has: a path, the kinds it draws from, commands, a cursor."""

    DEFAULT_CSS = "Place { height: 1fr; width: 100%; layout: vertical; }"
    name_: str = "place"
    scopes: tuple[str, ...] = (ANYWHERE,)
    """Where keys are looked up, the nearest first."""
    around = False
    """Whether it shows what is asked beside the kinds: the end of the trial, the key's other accounts."""
    main: Lines
    """The widget that has the cursor."""

    def __init__(self) -> None:
        super().__init__()
        self.again = Again()
        """What was asked for in vain."""

    @property
    def program(self) -> XplentyApp:
        """The application, typed."""
        return cast("XplentyApp", self.app)

    @property
    def session(self) -> Session:
        """The session in force."""
        session = self.program.session
        assert session is not None  # noqa: S101  # places are made by a session
        return session

    def context(self) -> Context:
        """Return what drawing may look at."""
        return self.program.context()

    def path(self) -> tuple[str, ...]:
        """Return where this is: ``("Jobs", "90412 orders_to_redshift")``."""
        return (self.name_.capitalize(),)

    def spot(self) -> tuple[str, str] | None:
        """Return the kind and the item's key ("" for a list) by which it can be opened again; None: it cannot."""
        return None

    def wants(self) -> Mapping[str, Pace]:
        """Return the kinds drawn from, each with the pace that it is worth."""
        return {}

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds whose age and state the status line tells, the main one first."""
        return tuple(self.wants())

    def whole(self, resource: Resource[Any]) -> Mapping[str, Pace]:
        """Return a kind at its own pace, and those it takes names and states from at one that costs little."""
        own = Pace(float(resource.refresh.visible), resource.refresh.progress)
        return {**dict.fromkeys(resource.also, LENT), resource.name: own}

    def offers(self, command: Command) -> bool:
        """Tell whether a command has something to do here as things stand; if not it is not on the key line."""
        return True

    def worded(self, command: Command) -> Command:
        """Return a command as the key line says it where the cursor is: with a nearer title, or sooner."""
        return command

    def here(self) -> tuple[Resource[Any], Any] | None:
        """Return what the cursor is on: its kind and the item."""
        return None

    def marked(self, resource: Resource[Any]) -> list[Any]:
        """Return the marked items of a kind; a place without marks has none."""
        return []

    def odd(self, resource: Resource[Any]) -> list[Any]:
        """Return the marked items of a kind that could not be decoded."""
        return [item for item in self.marked(resource) if isinstance(item, Odd)]

    def unseen(self, resource: Resource[Any]) -> int:
        """Return how many marks are on rows that are not shown."""
        return 0

    def reach(self) -> tuple[str, ...]:
        """Return where keys are looked up as things stand: what can be done to the item under the cursor first."""
        here = self.here()
        return ((here[0].name + ACTS,) if here is not None else ()) + self.scopes

    def store_changed(self, kinds: frozenset[str]) -> None:
        """Draw again what these kinds changed."""

    def tick(self) -> None:
        """Draw again what the time changed."""

    def ask_again(self) -> None:
        """Ask again for what failed, once its pause is over and while the background may spend anything."""
        purse = self.session.loop.purse
        if purse.paused or purse.guard.blocked or purse.away:
            return
        with because(Reason.VISIBLE):
            for ask in self.again.due(purse.monotonic()):
                ask()

    def loaded_at(self) -> datetime | None:
        """Return when the main kind was last answered; when kinds are old, the oldest of those. None before any."""
        loaded = {kind: at for kind in self.kinds() if (at := self.session.store.of(kind).loaded_at) is not None}
        old = [at for kind, at in loaded.items() if self.session.loop.aged(kind)]
        return min(old, default=next(iter(loaded.values()), None))

    def problem(self) -> Exception | None:
        """Return why the newest request of this place failed, if it did."""
        errors = (self.session.store.of(kind).error for kind in self.kinds())
        return next((error for error in errors if error is not None), None)

    def trouble(self, error: Exception | None, loaded_at: datetime | None) -> tuple[str, str] | None:
        """Return why what is seen is as old as it is, and what comes next; None when all is well."""
        waits = waiting_words(self.session.loop.purse)
        if waits is not None or error is None:
            return waits
        told = explain(error)
        old = f"What is seen is {age(loaded_at, self.context().now)}. " if loaded_at is not None else ""
        return told.what, old + told.next

    def on_prompt_late(self, event: Prompt.Late) -> None:
        """Do what a key means that was pressed right behind the text: it came before the focus was back."""
        self.program.on_key(event.key)

    @property
    def prompt(self) -> Prompt | None:
        """The line that is being typed into, if one is open."""
        return None

    def escape(self) -> bool:
        """Take one step back inside the place; False when there is none."""
        return False

    def entered(self) -> None:
        """Take the keys: called when the place comes to the front."""
        self.main.focus()

    def do_refresh(self) -> None:
        """Fetch what is drawn."""
        self.session.loop.force(self.wants())

    def do_cursor_down(self) -> None:
        """One line down."""
        self.main.move(1)

    def do_cursor_up(self) -> None:
        """One line up."""
        self.main.move(-1)

    def do_cursor_page_down(self) -> None:
        """One page down."""
        self.main.page(1)

    def do_cursor_page_up(self) -> None:
        """One page up."""
        self.main.page(-1)

    def do_cursor_half_down(self) -> None:
        """Half a page down."""
        self.main.half(1)

    def do_cursor_half_up(self) -> None:
        """Half a page up."""
        self.main.half(-1)

    def do_cursor_home(self) -> None:
        """To the first line."""
        self.main.home()

    def do_cursor_end(self) -> None:
        """To the last line."""
        self.main.end()


def path_spans(path: tuple[str, ...]) -> list[Span]:
    """Return a path as the title line says it: ``Jobs › 90412 orders_to_redshift``."""
    spans: list[Span] = []
    for index, part in enumerate(path):
        if index:
            spans.append((" › ", Tone.DIM))
        spans.append((part, Tone.STRONG if index == len(path) - 1 else Tone.DIM))
    return spans


class Banner(Vertical):
    """Two lines above the rows: why they are old, and what happens next. Hidden when there is nothing to say."""

    DEFAULT_CSS = "Banner { display: none; height: 2; width: 100%; background: $surface; }"

    def __init__(self) -> None:
        super().__init__()
        self._what, self._next = Bar(), Bar()

    def compose(self) -> ComposeResult:
        """Make the lines."""
        yield self._what
        yield self._next

    @property
    def text(self) -> str:
        """What it says; empty when it is hidden."""
        return f"{self._what.text} {self._next.text}" if self.display else ""

    def tell(self, said: tuple[str, str] | None) -> None:
        """Say what happened and what comes next; nothing without a reason."""
        self.display = said is not None
        if said is not None:
            self._what.show([("┃ ", Tone.BAD), (said[0], Tone.BAD)])
            self._next.show([("┃ ", Tone.BAD), (said[1], Tone.PLAIN)])
