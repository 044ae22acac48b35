"""Pages: a place drawn from blocks. Triage, help and raw JSON are pages; a detail is one that also fetches."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Resource, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.tui.commands import ANYWHERE, PAGE, Command
from xplenty_tui.tui.screens.place import Banner, Place, path_spans
from xplenty_tui.tui.widgets.bar import Bar, Span
from xplenty_tui.tui.widgets.page import Page
from xplenty_tui.tui.widgets.prompt import Prompt

MASK = "••••••••"
"""Stands for a secret in raw JSON, which is copied whole; a detail shows the value with ``M``."""


class PagePlace(Place):
    """A page with a cursor, a search, and a title line."""

    DEFAULT_CSS = """
    PagePlace .head { height: 1; width: 100%; }
    PagePlace Prompt { display: none; }
    PagePlace.typing Prompt { display: block; }
    PagePlace.typing .title { display: none; }
    PagePlace .slash { width: 3; display: none; }
    PagePlace.typing .slash { display: block; }
    PagePlace Page { height: 1fr; }
    """
    scopes: tuple[str, ...] = (PAGE, ANYWHERE)

    def __init__(self, page: Page | None = None) -> None:
        super().__init__()
        self.page = self.main = page or Page()
        self._title, self._banner, self._slash = Bar(classes="title"), Banner(), Bar(classes="slash")
        self._prompt = Prompt(placeholder="find on this page")
        self._found, self._sought_from = "", 0

    def compose(self) -> ComposeResult:
        """Title or search, banner, page."""
        with Horizontal(classes="head"):
            yield self._title
            yield self._slash
            yield self._prompt
        yield self._banner
        yield self.page

    def on_mount(self) -> None:
        """Draw what is known."""
        self._slash.show([("/", Tone.STRONG)])
        self.draw()

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return what the page shows."""
        raise AssertionError("a page says what it shows")

    def aside(self) -> list[Span]:
        """Return what the title line says at its right end."""
        return []

    def draw(self) -> None:
        """Draw all of it; what is the same is not painted again."""
        ctx = self.context()
        self.page.show(self.blocks(ctx), ctx)
        self.title()
        self._draw_banner()

    def title(self) -> None:
        """Say where this is."""
        self._title.show(path_spans(self.path()), self.aside())

    def _draw_banner(self) -> None:
        at = self.loaded_at()
        self._banner.tell(self.trouble(self.problem() if at is not None else None, at))

    def store_changed(self, kinds: frozenset[str]) -> None:
        """Draw again."""
        self.draw()

    def tick(self) -> None:
        """Draw again: ages move, and only lines whose words changed are painted."""
        self.draw()

    def here(self) -> tuple[Resource[Any], Any] | None:
        """Return the item of a short list that the cursor is on."""
        return self.page.current_item()

    def on_page_moved(self) -> None:
        """Show the keys that work here."""
        self.program.draw_keys()

    def on_page_opened(self) -> None:
        """Open (a double click)."""
        self.do_open()

    def do_open(self) -> None:
        """Open the item or the link under the cursor."""
        here, block = self.page.current_item(), self.page.current()
        if here is not None:
            self.program.open_item(here[0], here[0].key(here[1]))
        elif isinstance(block, Row) and block.act is not None:
            self.program.act_on(block.act, self)
        elif isinstance(block, Row) and block.link is not None:
            self.program.open_link(block.link)
        elif isinstance(block, Heading):
            self.open_part(block.name)

    def open_part(self, name: str) -> None:
        """Open a part by its name; plain pages have none that open."""

    def do_part_next(self) -> None:
        """To the next part."""
        self.page.part(1)

    def do_part_previous(self) -> None:
        """To the part before."""
        self.page.part(-1)

    def do_reveal(self) -> None:
        """Show or mask the value under the cursor."""
        if not self.page.reveal():
            self.program.say("Nothing is masked on this line.")

    def do_find(self) -> None:
        """Type what to find."""
        self.add_class("typing")
        self._sought_from = self.page.cursor
        self._prompt.value = self._found
        self._prompt.begin()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find while typing."""
        event.stop()
        self._found = event.value
        self.page.go(self._sought_from)  # each letter narrows the same search; it is no further one
        self.page.find(event.value)

    def on_prompt_kept(self) -> None:
        """Back to the page, the matches stay marked."""
        self.remove_class("typing")
        self.page.focus()

    def on_prompt_left(self) -> None:
        """Back to the page, nothing marked."""
        self._forget()
        self.on_prompt_kept()

    def on_prompt_move(self, event: Prompt.Move) -> None:
        """Move on the page while typing."""
        self.program.act(event.command, self)

    def do_find_next(self) -> None:
        """To the next match."""
        self._again(True)

    def do_find_previous(self) -> None:
        """To the match before."""
        self._again(False)

    def _again(self, forward: bool) -> None:
        if not self._found:
            self.do_find()
        elif not self.page.find(self._found, forward):
            self.program.say(f"{self._found} is not on this page.", Tone.WARN)

    def _forget(self) -> None:
        self._found = ""
        self.page.find("")

    @property
    def prompt(self) -> Prompt | None:
        """The line that is being typed into."""
        return self._prompt if self.has_class("typing") else None

    def escape(self) -> bool:
        """Take the marks of the search off."""
        if not self._found:
            return False
        self._forget()
        return True


class TextPlace(PagePlace):
    """Blocks that do not change: help, raw JSON."""

    def __init__(self, path: tuple[str, ...], said: Sequence[Block], hint: str = "") -> None:
        super().__init__()
        self._path, self._said, self._hint = path, said, hint

    def path(self) -> tuple[str, ...]:
        """Return where this is."""
        return self._path

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do with text."""
        return command.id not in {"open", "raw", "refresh", "reveal", "web", "part.next"}

    def aside(self) -> list[Span]:
        """Return the hint."""
        return [(self._hint, Tone.DIM)]

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return what it was made with."""
        return self._said

    def tick(self) -> None:
        """Nothing here moves with the time."""

    def text(self) -> str:
        """Return the page as text."""
        return "\n".join(one.text for one in self._said if isinstance(one, Row))


def as_json(data: Any) -> str:
    """Return an item as a person reads JSON; what looks like a secret by its name is masked as everywhere else."""
    return json.dumps(_masked(data), indent=2, ensure_ascii=False, default=str)


def _masked(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {
            name: MASK if isinstance(value, str) and value and words.secret_looking(str(name)) else _masked(value)
            for name, value in data.items()
        }
    return [_masked(one) for one in data] if isinstance(data, list | tuple) else data
