"""The page of one item: any kind, from its declaration. Parts that cost a credit are asked for when opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xplenty_tui.core import words
from xplenty_tui.core.assemble import Part, blocks, has
from xplenty_tui.core.declare import Context, Facts, Loaded, Related, Resource, Row, Tone
from xplenty_tui.core.page import Block
from xplenty_tui.core.store import Odd
from xplenty_tui.refresh.loop import pairs
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.tui.commands import ANYWHERE, DETAIL, PAGE, Command
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.screens.tailing import Followed, Tail
from xplenty_tui.tui.widgets.bar import Span


class DetailPlace(Followed):
    """One item. Opening it costs one credit for the item and one for each part that declares itself eager."""

    def __init__(
        self,
        resource: Resource[Any],
        key: str,
        resources: Mapping[str, Resource[Any]],
        *,
        path: tuple[str, ...] = (),
        more: Callable[[Context], Sequence[Block]] = lambda _ctx: (),
    ) -> None:
        super().__init__()
        self.resource, self.key = resource, key
        self.name_ = resource.name
        self.scopes: tuple[str, ...] = (resource.name, DETAIL, PAGE, ANYWHERE)
        self._resources, self._parts, self._path, self._more = resources, dict[str, Part](), path, more
        self._error: Exception | None = None
        self._tail = Tail(self)
        self._asked = self._greeted = False

    @property
    def item(self) -> Any | None:
        """The item as far as it is known."""
        return self.session.store.get(self.resource.name, self.key)

    def path(self) -> tuple[str, ...]:
        """Return where this is: the kind, the id and the name."""
        item = self.item
        own = self.resource.called(item) if item is not None else self.key
        return (*(self._path or (self.resource.title,)), own)

    def spot(self) -> tuple[str, str] | None:
        """Return the item."""
        return self.resource.name, self.key

    def aside(self) -> list[Span]:
        """Return the status as symbol and word."""
        item = self.item
        if item is None or self.resource.status is None:
            return []
        look = words.status(self.resource.status(item))
        symbol = look.ascii if self.context().ascii else look.symbol
        return [(f"{symbol} {look.word}", look.tone)]

    def on_mount(self) -> None:
        """Draw what the list knew, and ask for the rest."""
        super().on_mount()
        self._fetch()
        self._greet()

    def wants(self) -> Mapping[str, Pace]:
        """Return the item's kind: its list tells what changed."""
        return self.whole(self.resource)

    def kinds(self) -> tuple[str, ...]:
        """Return the kind whose age counts."""
        return (self.resource.name,)

    def store_changed(self, kinds: frozenset[str]) -> None:
        """Draw again; what the item's parts are is known as soon as its list brings it."""
        self._greet()
        super().store_changed(kinds)

    def offers(self, command: Command) -> bool:
        """Leave out the keys of parts that this item does not have."""
        item, name = self.item, command.id.rsplit(".", 1)[-1]
        if command.id == "follow":
            return bool(self._tail.name) or self._tail.followable() is not None
        if not command.id.startswith("part.") or command.id.count(".") < 2 or item is None:
            return True
        return any(one.name == name and has(one, item, self.context()) for one in self.resource.detail)

    def here(self) -> tuple[Resource[Any], Any] | None:
        """Return the related item under the cursor, else the item of the page."""
        item = self.item
        return self.page.current_item() or (None if item is None else (self.resource, item))

    def problem(self) -> Exception | None:
        """Return why the item could not be fetched, else what its list says."""
        return self._error or super().problem()

    def _fetch(self) -> None:
        get = self.resource.get
        if get is None:
            self._asked = True
            return
        self.program.ask(self, lambda client: get(client, self.key), self._take, self._fail, ("item", self._fetch))

    def _take(self, item: Any) -> None:
        self._error, self._asked = None, True
        self.session.store.learn(self.resource.name, [(self.key, item)], merge=self.resource.merge)
        self._greet()
        self.draw()

    def _fail(self, error: Exception) -> None:
        self._error, self._asked = error, True
        self.draw()

    def _greet(self) -> None:
        """Ask for what the declaration wants at once, as soon as the item is known."""
        item = self.item
        if item is None or self._greeted:
            return
        self._greeted = True
        ctx = self.context()
        for section in self.resource.detail:
            if isinstance(section, Facts) or not has(section, item, ctx):
                continue
            if isinstance(section, Loaded) and section.eager(item):
                self._parts[section.name] = Part(open=True)
                self.load_part(section)
            elif isinstance(section, Related) and section.eager(item, ctx):
                self._load_related(section, self._parts.setdefault(section.name, Part()))
        self.draw()

    def do_refresh(self) -> None:
        """Ask for the item and its open parts again."""
        self._fetch()
        if self.resource.get is None:
            super().do_refresh()
        for section in self.resource.detail:
            part = self._parts.get(section.name)
            if part is not None and part.open and isinstance(section, Loaded):
                self.load_part(section)

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return the page as it stands."""
        item = self.item
        if item is None:
            return self._unknown(ctx)
        page = blocks(
            self.resource,
            item,
            self._parts,
            ctx,
            resources=self._resources,
            explain=lambda error: " ".join((explain(error).what, explain(error).next)),
        )
        said = [self.program.worded_row(one, self.resource, item) if isinstance(one, Row) else one for one in page]
        return [*said, *self._more(ctx)]

    def _unknown(self, ctx: Context) -> Sequence[Block]:
        held = ctx.store.of(self.resource.name)
        if isinstance(raw := held.items.get(self.key), Odd):
            return [Row(f"It could not be decoded: {raw.reason}. J shows it raw.", tone=Tone.BAD)]
        if (error := self._error or (held.error if held.loaded_at is None else None)) is not None:
            told = explain(error)
            return [Row(told.what, tone=Tone.BAD, bullet="✗"), Row(told.next)]
        if self._asked:
            return [Row(f"This {self.resource.singular} is not among what is loaded.", tone=Tone.WARN)]
        return [Row(f"Loading {self.resource.singular} {self.key}…", tone=Tone.DIM)]

    def open_part(self, name: str) -> None:
        """Open, fold or list a part."""
        section = next((one for one in self.resource.detail if one.name == name), None)
        item = self.item
        if item is None or section is None:
            return
        if isinstance(section, Loaded):
            self._toggle(section)
        elif isinstance(section, Related):
            self._open_related(section)

    def go_part(self, name: str) -> None:
        """Go to a part by its key, opening it when it is folded."""
        section = next((one for one in self.resource.detail if one.name == name), None)
        item = self.item
        if not isinstance(section, Loaded) or item is None:
            return
        if not has(section, item, self.context()):
            self.program.say(f"This {self.resource.singular} has no {section.title.lower()}.", Tone.WARN)
            return
        part = self._parts.get(name)
        if part is None or not part.open:
            self._toggle(section)
        self.page.goto(name)

    def _toggle(self, section: Loaded[Any, Any]) -> None:
        part = self._parts.setdefault(section.name, Part())
        part.open = not part.open
        if part.open and not part.loading and (not part.had or not section.keeps):
            self.load_part(section)
        self.draw()

    def load_part(self, section: Loaded[Any, Any]) -> None:
        """Ask for a part; what comes is drawn."""
        part, item = self._parts[section.name], self.item
        if part.loading or item is None:
            return
        given = item if section.given is None else section.given(item, self.context())
        if given is None:
            return
        part.loading = True

        def take(value: Any) -> None:
            part.value, part.had, part.loading, part.error = value, True, False, None
            if section.kind:
                other = self._resources[section.kind]
                self.session.store.learn(other.name, pairs(other, value), merge=other.merge)
            drawn()

        def fail(error: Exception) -> None:
            part.error, part.loading = error, False
            drawn()

        def drawn() -> None:
            stick = self._tail.sticks(section.name)
            self.draw()
            self._tail.answered(section.name, stick=stick)

        again = (f"part {section.name}", lambda: self.load_part(section) if part.open else None)
        self.program.ask(self, lambda client: section.load(client, given), take, fail, again)

    def _open_related(self, section: Related[Any]) -> None:
        part = self._parts.setdefault(section.name, Part())
        load = section.load
        if load is not None and not part.had:
            self._load_related(section, part)
            return
        item, named = self.item, set(part.keys)
        other = self._resources[section.kind]
        self.program.open_list(
            other,
            path=(*self.path(), section.title),
            scope=lambda one: other.key(one) in named or section.where(item, one),
        )

    def _load_related(self, section: Related[Any], part: Part) -> None:
        load, item = section.load, self.item
        if load is None or part.loading:
            return
        part.loading = True
        other = self._resources[section.kind]

        def take(page: Any) -> None:
            found, store = pairs(other, page), self.session.store
            part.keys, part.more = tuple(key for key, _ in found), page.next_offset
            part.had, part.loading, part.error = True, False, None
            store.learn(other.name, found, merge=other.merge)
            self.draw()

        def fail(error: Exception) -> None:
            part.error, part.loading = error, False
            self.draw()

        again = f"part {section.name}", lambda: self._load_related(section, part)
        self.program.ask(self, lambda client: load(client, item, 0), take, fail, again)
        self.draw()
