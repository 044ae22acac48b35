"""What a list says around its rows: title, how much of it is here, and why there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.chrome import age
from xplenty_tui.tui.explain import explain
from xplenty_tui.tui.screens.place import path_spans
from xplenty_tui.tui.widgets.bar import Span

if TYPE_CHECKING:
    from xplenty_tui.tui.screens.list import ListPlace


class ListWords:
    """Mixed into the list place."""

    @property
    def _said(self) -> ListPlace:
        return cast("ListPlace", self)

    def title_spans(self) -> list[Span]:
        """Return the title line: the path, the filter, what is wrong with it, the marks."""
        place = self._said
        spans = path_spans(place.path_)
        if place.view.text:
            spans += [("  / ", Tone.DIM), (place.view.text, Tone.STRONG)]
        spans += [(f"   {problem}", Tone.WARN) for problem in place.view.query.problems[:1]]
        if place.view.marks:
            spans.append((f"   {len(place.view.marks)} marked", Tone.WARN))
        return spans

    def count_words(self) -> str:
        """Return how much of the collection is here."""
        place = self._said
        held, shown = place.session.store.of(place.resource.name), len(place.view.keys)
        if place.load_ is not None:
            return "asking…" if place.busy else f"{shown} found" + (", m loads more" if place.next_page else "")
        if held.loaded_at is None:
            return ""
        known = place.view.known
        loop, kind = place.session.loop, place.resource.name
        old = f", {age(held.loaded_at, place.context().now)}" if kind in place.context().aged else ""
        if loop.behind(kind):
            old = ", more changed than was fetched yet" + old
        if pages := loop.loading(kind):
            return f"{known} loaded, up to {pages * 100:,} more coming (M stops)" + old
        if place.view.text:
            return f"{shown} of {known} loaded" + (", older not searched" if held.more else "") + old
        odd = len(held.items) - place.session.store.derive(place.resource.name, "decoded", len)
        broken = f", {odd} undecodable at the end" if odd else ""
        return (f"newest {known} loaded, m: 100 older, 1 credit" if held.more else f"{known} in all") + broken + old

    def empty_words(self) -> str:
        """Return what stands where no rows are: loading, an error, no match, or nothing at all."""
        place = self._said
        held, name = place.session.store.of(place.resource.name), place.resource.title.lower()
        problem = place.failed or (held.error if held.loaded_at is None or not held.items else None)
        if problem is not None:
            told = explain(problem)
            return f"{place.resource.title} could not be loaded.\n\n{told.what}\n{told.next}"
        if place.busy or (held.loaded_at is None and place.load_ is None):
            return f"Loading {name}…"
        if place.view.text and place.view.known:
            older = "\nOlder ones are not loaded: S asks the server, m loads more." if held.more else ""
            wrong = "".join(f"\n{problem}" for problem in place.view.query.problems)
            return f"No {name} match  {place.view.text}{wrong}\nesc clears the filter.{older}"
        return place.resource.none if place.load_ is None else f"The server found no {name}."
