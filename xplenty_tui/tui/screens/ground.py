"""The one screen, on which everything lies."""

from __future__ import annotations

from typing import Self

from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget


class Ground(Screen[None]):
    """A screen that is not drawn anew because something was laid on it or taken away.

    Textual repaints all of a widget whose children change. What they covered or uncover is found by the layout itself.
    """

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Repaint what is asked for, and for a new layout only what it moves."""
        return super().refresh(*regions, repaint=repaint and not layout, layout=layout, recompose=recompose)
