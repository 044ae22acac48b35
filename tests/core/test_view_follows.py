"""Whatever happens, in whatever order: the list is what a plain filter and sort would give, the cursor on its item."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.core.things import NOW, THINGS, Place, Thing, context, later, place, put, runtime
from xplenty_tui.core.store import Odd, Store
from xplenty_tui.core.view import View

KEYS = st.integers(1, 30)
STATUSES = st.sampled_from(["completed", "failed", "running"])
THING = st.builds(
    Thing,
    id=KEYS,
    name=st.sampled_from(["orders", "Invoices", None]),
    status=STATUSES,
    place_id=st.sampled_from([None, 7, 8]),
    nodes=st.sampled_from([None, 2, 4]),
    seconds=st.sampled_from([None, 60, 7200]),
    started=st.sampled_from([None, NOW, NOW - timedelta(hours=3)]),
)
ODD = st.builds(Odd, key=KEYS.map(str), reason=st.just("orders: odd"))

FILTERS: dict[str, Any] = {
    "": lambda thing, ctx: True,
    "status:": lambda thing, ctx: True,
    "status:failed": lambda thing, ctx: thing.status == "failed",
    "-status:failed": lambda thing, ctx: thing.status != "failed",
    "status:failed status:running": lambda thing, ctx: thing.status in {"failed", "running"},
    "name:none": lambda thing, ctx: thing.name is None,
    "nodes:>3": lambda thing, ctx: thing.nodes is not None and thing.nodes >= 3,
    "place:nightly": lambda thing, ctx: "nightly" in (place(thing, ctx) or ""),
    "runtime:>1h": lambda thing, ctx: (runtime(thing, ctx.now) or timedelta()) >= timedelta(hours=1),
    "started:<4h": lambda thing, ctx: thing.started is not None and thing.started <= ctx.now - timedelta(hours=4),
    "orders": lambda thing, ctx: thing.name == "orders",
    "nightly -orders": lambda thing, ctx: "nightly" in (place(thing, ctx) or "") and thing.name != "orders",
}
ODD_SHOWN = {"", "status:", "-status:failed", "orders"}
"""Filters that leave the odd ones of these tests."""
SORTS: dict[str, Any] = {
    "id": lambda thing, ctx: thing.id,
    "name": lambda thing, ctx: thing.name and thing.name.casefold(),
    "nodes": lambda thing, ctx: thing.nodes,
    "place": place,
    "runtime": lambda thing, ctx: runtime(thing, ctx.now),
}


class Listing(RuleBasedStateMachine):
    """A person and an account at the same list."""

    @initialize(things=st.lists(THING, max_size=12))
    def begin(self, things: list[Thing]) -> None:
        self.store = Store()
        self.ctx = context(self.store)
        self.view = View(THINGS)
        self.filter, self.sort, self.moved = "", ("id", "desc"), False
        self.hidden: str | None = None  # what the cursor was on when a filter hid it
        put(self.store, things)
        self.view.update(self.ctx)

    def followed(self, change: Any, *, filtered: bool = False) -> None:
        """Do what is no move of the cursor, and see that it is where it belongs."""
        before, row = self.view.cursor, self.view.index
        change()
        keys, now = self.view.keys, self.view.cursor
        if filtered and self.hidden in keys:
            assert now == self.hidden
            self.hidden = None
        elif not self.moved:
            assert self.view.index == 0
        elif before in keys:
            assert now == before
        else:
            assert self.view.index == max(0, min(row, len(keys) - 1))
            if filtered and before is not None:
                self.hidden = self.hidden or before

    @rule(things=st.lists(st.one_of(THING, ODD), max_size=5), whole=st.booleans())
    def put(self, things: list[Any], whole: bool) -> None:
        put(self.store, things, whole=whole and bool(things))
        self.followed(lambda: self.view.update(self.ctx))

    @rule(key=KEYS)
    def remove(self, key: int) -> None:
        self.store.remove("things", str(key))
        self.followed(lambda: self.view.update(self.ctx))

    @rule(name=st.sampled_from(["nightly-4", "adhoc"]), key=st.sampled_from([7, 8]))
    def rename_a_place(self, name: str, key: int) -> None:
        put(self.store, [Place(key, name)], kind="places")
        self.followed(lambda: self.view.update(self.ctx))

    @rule(seconds=st.sampled_from([1, 600, 3600]))
    def wait(self, seconds: int) -> None:
        self.ctx = later(self.ctx, seconds)
        self.followed(lambda: self.view.update(self.ctx))

    @rule(text=st.sampled_from(sorted(FILTERS)))
    def type_a_filter(self, text: str) -> None:
        self.filter = text
        self.followed(lambda: self.view.set_filter(text, self.ctx), filtered=True)

    @rule(name=st.sampled_from(sorted(SORTS)), direction=st.sampled_from(["asc", "desc"]))
    def choose_an_order(self, name: str, direction: Any) -> None:
        self.sort = (name, direction)
        self.followed(lambda: self.view.set_sort(name, direction, self.ctx))

    @rule(by=st.integers(-5, 5))
    def move(self, by: int) -> None:
        row = self.view.index
        self.view.move(by)
        self.moved, self.hidden = self.moved or bool(self.view.keys), None
        assert self.view.index == max(0, min(row + by, len(self.view.keys) - 1))

    @rule()
    def mark(self) -> None:
        before = set(self.view.marks)
        self.view.toggle_mark()
        key = self.view.cursor
        if key is not None and not isinstance(self.view.item(key), Odd):
            self.moved, self.hidden = True, None
            assert self.view.marks ^ before == {key}

    @invariant()
    def the_list_is_what_a_plain_filter_and_sort_give(self) -> None:
        items = self.store.of("things").items
        newest = sorted(items, key=int, reverse=True)
        meant = FILTERS[self.filter]
        kept = [key for key in newest if not isinstance(items[key], Odd) and meant(items[key], self.ctx)]
        name, direction = self.sort
        values = {key: SORTS[name](items[key], self.ctx) for key in kept}
        some = [key for key in kept if values[key] is not None]
        order = sorted(some, key=lambda key: values[key], reverse=direction == "desc")
        order += [key for key in kept if values[key] is None]
        if self.filter in ODD_SHOWN:
            order += [key for key in newest if isinstance(items[key], Odd)]
        assert self.view.keys == order
        assert self.view.known == len(items)
        assert self.view.marks <= items.keys()
        assert 0 <= self.view.index < max(len(order), 1)

    @invariant()
    def a_view_made_now_is_the_same(self) -> None:
        fresh = View(THINGS)
        fresh.set_filter(self.filter, self.ctx)
        fresh.set_sort(*self.sort, self.ctx)  # type: ignore[arg-type]
        assert fresh.keys == self.view.keys


TestListing = Listing.TestCase
TestListing.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
