"""Loading many older pages: how many, what it costs, and above a sum of credits whether that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xplenty_tui.core import words
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.widgets.ask import Ask
from xplenty_tui.tui.widgets.chooser import Chooser, Option
from xplenty_tui.tui.widgets.form_box import Line

if TYPE_CHECKING:
    from xplenty_tui.tui.screens.list import ListPlace

PAGE = 100
"""Items of a page."""
AMOUNTS = (1, 5, 20, 100, 1000)
"""Pages that are offered."""
STOP = "stop"


def older(place: ListPlace) -> None:
    """Offer how many older items to load; while some are loading, offer to stop that."""
    session, name = place.session, place.resource.title.lower()
    kind = place.resource.name
    if not place.has_more:
        place.program.say(f"All {name} are loaded: there are no older ones.")
        return
    if (pages := session.loop.loading(kind)) > 0:
        options = [Option(STOP, "Stop loading", f"{words.count(pages, 'page')} to come")]
        place.program.box(Chooser(f"Older {name}", options, lambda _: session.loop.enough(kind)))
        return
    left = session.meter.remaining
    told = "" if left is None else f", {left:,} left"
    options = [
        Option(str(pages), f"{pages * PAGE:,} older {name}", _cost(pages) + told, "fewer if there are no more")
        for pages in AMOUNTS
        if left is None or pages <= max(left, 1)
    ]
    place.program.box(Chooser(f"Load older {name}", options, lambda chosen: _load(place, int(chosen))))


def _cost(pages: int) -> str:
    return words.count(pages, "credit")


def _load(place: ListPlace, pages: int) -> None:
    prepared = place.program.prepared
    most = prepared.settings.refresh.ask_above if prepared is not None else 0
    if pages <= most:
        place.session.loop.more(place.resource.name, pages)
        return
    left, name = place.session.meter.remaining, place.resource.title.lower()
    told = "of the hour's credits" if left is None else f"of the {left:,} that are left for everybody"
    lines: list[Line] = [
        [("This takes up to ", Tone.PLAIN), (_cost(pages), Tone.WARN), (f" {told}.", Tone.PLAIN)],
        [("A page of 100 costs one; it stops at the end of the list, and M stops it before.", Tone.DIM)],
    ]

    def answer(yes: bool) -> None:
        if yes:
            place.session.loop.more(place.resource.name, pages)

    title = f"Load up to {pages * PAGE:,} older {name}?"
    place.program.box(Ask(title, place.session.account, lines, verb="Load", answer=answer))
