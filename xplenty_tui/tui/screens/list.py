"""The list of a kind: any kind, from its declaration."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from xplenty_tui.core.declare import Context, Resource, Tone
from xplenty_tui.core.store import Odd
from xplenty_tui.core.view import View
from xplenty_tui.refresh.loop import pairs
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.tui.commands import ACTS, ANYWHERE, LIST, MAKES
from xplenty_tui.tui.screens.beside import Beside
from xplenty_tui.tui.screens.choosing import Choosing
from xplenty_tui.tui.screens.list_words import ListWords
from xplenty_tui.tui.screens.older import older
from xplenty_tui.tui.screens.place import Banner, Place
from xplenty_tui.tui.widgets.bar import Bar
from xplenty_tui.tui.widgets.prompt import Prompt
from xplenty_tui.tui.widgets.table import Table

Load = Callable[[Any, int], Awaitable[Any]]


class ListPlace(Beside, Choosing, ListWords, Place):
    """A list that is filtered, sorted, marked and opened; of all loaded items of a kind, or of some."""

    DEFAULT_CSS = """
    ListPlace .head { height: 1; width: 100%; }
    ListPlace Prompt { display: none; }
    ListPlace.typing Prompt { display: block; }
    ListPlace.typing .title { width: auto; display: none; }
    ListPlace .slash { width: 3; display: none; }
    ListPlace.typing .slash { display: block; }
    ListPlace Table { height: 1fr; }
    ListPlace .pane { dock: right; width: 42%; height: 100%; background: $surface; }
    ListPlace .words { height: 1fr; width: 100%; content-align: center middle; text-align: center; display: none; }
    ListPlace.wordy Table { display: none; }
    ListPlace.wordy .words { display: block; }
    """
    scopes = (LIST, ANYWHERE)

    def __init__(
        self,
        resource: Resource[Any],
        *,
        path: tuple[str, ...] = (),
        scope: Callable[[Any], bool] | None = None,
        load: Load | None = None,
    ) -> None:
        super().__init__()
        self.resource = resource
        self.name_ = resource.name
        self.found: set[str] = set()
        """Keys that the server named, for a list that is its answer to a search."""
        self.whole_kind = scope is None and load is None
        """All loaded items of the kind are in it, not some that belong to another item or to a search."""
        if load is not None:
            scope = self._was_found
        self.view: View[Any] = View(resource, scope)
        self.table = self.main = Table()
        self.path_ = path or (resource.title,)
        self.load_, self.next_page = load, 0 if load else None
        self.busy = False
        self.failed: Exception | None = None
        self._title, self._note, self._banner = Bar(classes="title"), Bar(), Banner()
        self._slash = Bar(classes="slash")
        self.typed = Prompt(placeholder="status:failed runtime:>2h  -package:test  free words")
        self._words = Static("", markup=False, classes="words")

    def _was_found(self, item: Any) -> bool:
        return self.resource.key(item) in self.found

    def compose(self) -> ComposeResult:
        """Title or filter, banner, rows or words, note."""
        with Horizontal(classes="head"):
            yield self._title
            yield self._slash
            yield self.typed
        yield self._banner
        yield self.table
        yield self._words
        yield self._note

    def on_mount(self) -> None:
        """Show what is known already, and ask for what is not."""
        self._slash.show([("/", Tone.STRONG)])
        self._note.display = self.resource.note is not None
        self.recall()
        self.table.show(self.view, self.context)
        self.draw()
        if self.load_ is not None:
            self.do_more()

    def path(self) -> tuple[str, ...]:
        """Return where this is."""
        return self.path_

    def spot(self) -> tuple[str, str] | None:
        """Return the kind, where all of it is listed."""
        return (self.resource.name, "") if self.whole_kind else None

    def wants(self) -> Mapping[str, Pace]:
        """Return the kind of the list."""
        return self.whole(self.resource)

    def kinds(self) -> tuple[str, ...]:
        """Return the kind whose age counts."""
        return (self.resource.name,)

    def here(self) -> tuple[Resource[Any], Any] | None:
        """Return the item under the cursor."""
        if not self.view.keys:
            return None
        return self.resource, self.session.store.of(self.resource.name).items.get(self.view.keys[self.view.index])

    def marked(self, resource: Resource[Any]) -> list[Any]:
        """Return what is marked here, in the order of the rows."""
        if resource.name != self.resource.name or not self.view.marks:
            return []
        items = self.session.store.of(self.resource.name).items
        return [items[key] for key in self.view.keys if key in self.view.marks]

    def unseen(self, resource: Resource[Any]) -> int:
        """Return how many marks are on rows that the filter hides."""
        return len(self.view.marks - set(self.view.keys)) if resource.name == self.resource.name else 0

    def reach(self) -> tuple[str, ...]:
        """Return where keys are looked up: new items can be made even where there are none."""
        return (self.resource.name + ACTS, self.resource.name + MAKES, *self.scopes)

    def store_changed(self, kinds: frozenset[str]) -> None:
        """Draw again; other kinds count too, because names come from them."""
        self.table.reconcile()
        self.draw()

    def tick(self) -> None:
        """Draw the ages whose words changed."""
        self.table.tick()
        self._draw_banner()

    def draw(self) -> None:
        """Draw everything around the rows."""
        ctx = self.context()
        empty = not self.view.keys
        self.set_class(empty, "wordy")
        if empty:
            self._words.update(self.empty_words())
        self._title.show(self.title_spans(), [(self.count_words(), Tone.DIM)])
        self._draw_note(ctx)
        self._draw_banner()
        self.draw_pane(ctx)

    def _draw_note(self, ctx: Context) -> None:
        here = self.here()
        if self.resource.note is None:
            return
        text = ""
        if here is not None and not isinstance(here[1], Odd) and here[1] is not None:
            text = self.resource.note(here[1], ctx)
        elif here is not None and isinstance(here[1], Odd):
            text = f"This {self.resource.singular} could not be decoded: {here[1].reason}. J shows it raw."
        self._note.show([(f"  {text}", Tone.BAD if text else Tone.DIM)])

    def _draw_banner(self) -> None:
        held = self.session.store.of(self.resource.name)
        error = self.failed or held.error
        self._banner.tell(self.trouble(error if self.view.keys else None, held.loaded_at))

    def on_table_moved(self) -> None:
        """Say what the new row has to say."""
        ctx = self.context()
        self._draw_note(ctx)
        self.draw_pane(ctx)
        self.program.draw_keys()

    def on_table_opened(self) -> None:
        """Open the item (a click)."""
        self.do_open()

    def on_table_near_end(self) -> None:
        """Load older ones as the cursor comes near the end."""
        if not self.view.text:
            self.do_more()

    @property
    def has_more(self) -> bool:
        """Whether the server has older ones than those that are loaded."""
        held = self.session.store.of(self.resource.name)
        return self.next_page is not None if self.load_ is not None else held.more

    def do_more(self) -> None:
        """Load the next page: of the kind, or of what the server was asked for."""
        if self.load_ is None:
            self.session.loop.more(self.resource.name)
        elif self.next_page is not None and not self.busy:
            load, offset = self.load_, self.next_page
            self.busy = True
            self.program.ask(self, lambda client: load(client, offset), self._take, self._fail, ("page", self.do_more))

    def do_older(self) -> None:
        """Load many older ones: how many, what that costs, and above a sum of credits whether it is meant."""
        if self.load_ is None:
            older(self)
        else:
            self.do_more()

    def _take(self, page: Any) -> None:
        self.busy, self.failed, self.next_page = False, None, page.next_offset
        store, kind = self.session.store, self.resource.name
        found = pairs(self.resource, page)
        self.found.update(key for key, _ in found)
        self.view.rescope()
        store.learn(kind, found, merge=self.resource.merge)
        self.store_changed(frozenset({kind}))

    def _fail(self, error: Exception) -> None:
        self.busy, self.failed = False, error
        self.draw()

    def do_open(self) -> None:
        """Open the item under the cursor."""
        here = self.here()
        if here is None:
            return
        if isinstance(here[1], Odd):
            self.program.do_raw()
        elif here[1] is not None:
            self.program.open_item(self.resource, self.resource.key(here[1]))

    def clear_filter(self) -> None:
        """Show everything again."""
        self.view.set_filter("", self.context())
        self.keep_view()
        self.table.reconcile()
        self.draw()
        self.program.draw_keys()

    @property
    def prompt(self) -> Prompt | None:
        """The line that is being typed into."""
        return self.typed if self.has_class("typing") else None

    def escape(self) -> bool:
        """Clear the marks, then the filter."""
        if self.view.marks:
            self.view.clear_marks()
        elif self.view.text:
            self.clear_filter()
            return True
        else:
            return False
        self.table.reconcile()
        self.draw()
        return True
