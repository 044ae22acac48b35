"""The item under the cursor beside its list, where the terminal is wide: what is known of it, for no credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events

from xplenty_tui.core.declare import Context, Facts, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.widgets.page import Page

if TYPE_CHECKING:
    from xplenty_tui.tui.screens.list import ListPlace

WIDE = 160
"""Columns from which there is room for both."""


class Beside:
    """Mixed into the list place."""

    pane: Page | None = None
    """The page of the item; None where there is no room."""

    @property
    def _wide(self) -> ListPlace:
        return cast("ListPlace", self)

    def on_resize(self, event: events.Resize) -> None:
        """Open the pane when there is room, close it when there is none."""
        place = self._wide
        if event.size.width >= WIDE and self.pane is None:
            self.pane = Page(classes="pane")
            self.pane.can_focus = False
            place.mount(self.pane)
            place.call_after_refresh(lambda: self.draw_pane(place.context()))
        elif event.size.width < WIDE and self.pane is not None:
            self.pane.remove()
            self.pane = None

    def draw_pane(self, ctx: Context) -> None:
        """Draw what is known of the item under the cursor."""
        if self.pane is not None and self.pane.is_mounted:
            self.pane.show(self._facts(ctx), ctx)

    def _facts(self, ctx: Context) -> list[Block]:
        here = self._wide.here()
        if here is None or here[1] is None:
            return []
        resource, item = here
        if isinstance(item, Odd):
            return [Row(f"It could not be decoded: {item.reason}. J shows it raw.", tone=Tone.BAD)]
        page: list[Block] = [Row(f"{resource.singular} {resource.label(item)}", tone=Tone.STRONG)]
        for section in resource.detail:
            if isinstance(section, Facts) and (rows := list(section.rows(item, ctx))):
                page += [Heading(section.name, section.title), *rows]
        return page
