"""Every screen with one fault: opened while nothing is known, asked again while rows are there, and well again."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from tests.program.fault_rig import Rig, running
from xplenty_tui.core.declare import Link
from xplenty_tui.demo.faults import FAULTS
from xplenty_tui.resources import ALL, BY_NAME
from xplenty_tui.tui.screens.history import HistoryPlace
from xplenty_tui.tui.screens.list import ListPlace
from xplenty_tui.tui.screens.timeline import TimelinePlace
from xplenty_tui.tui.screens.usage import UsagePlace

SOFT = {
    "slow-body", "bad-item", "wrong-content-type", "gzip", "duplicates", "shifting", "loop-link", "clock",
    "unknown-status", "unknown-fields", "nulls",
}  # fmt: skip
"""Faults after which there is an answer all the same, whole or in part."""
SOFT.remove("slow-body")  # slower than the program waits
HARD = [word for word in FAULTS if word not in SOFT]
LONG_S, LATE_S, TRIES = 301.0, 400.0, 4
"""Seconds after which every wait of the background is over, and after which rows are old; how often one waits."""
TYPED = 11
"""One in as many screens is gone to by the palette, key by key; the others in the way that the palette does it."""
ANSWER_S = 0.15
"""Processor seconds, the server's among them, from a key to the box that it opens."""
CORE = (
    "triage", "jobs", "packages", "connections", "members", "plans", "account", "page of job", "page of package",
    "page of connection type", "page of service", "usage", "history", "timeline of a workflow",
)  # fmt: skip
"""Screens of every make: enough for a quick look."""
TELLS = re.compile(
    r"127\.0\.0\.1|could not be|[Tt]his API key|plan of this account|was not accepted|undecodable|is not among"
)
"""What a screen says of trouble that no banner tells."""

Open = Callable[[Rig], Awaitable[None]]


@dataclass(frozen=True)
class Sight:
    """What a person has before them."""

    state: str
    """The word of the state line."""
    says: str
    """What is said of the trouble; empty: nothing."""
    rows: int
    """Rows, or lines of a page."""
    asks: int
    """Requests that cost a credit."""


@dataclass(frozen=True)
class Cell:
    """One screen with one fault."""

    first: Sight
    """Opened with nothing known."""
    kept: Sight
    """Asked again by ``R``, late, with everything known."""
    lost: int
    """Rows that were there before and are not seen any more while the fault lasts."""
    after_s: tuple[int, int]
    """Seconds until all is well without a key, after the fault ended: from nothing, and from old rows."""


def _kind(name: str) -> Open:
    async def run(rig: Rig) -> None:
        await rig.app.places.root()
        rig.app.open_kind(name)
        await rig.until(lambda: rig.place.name_ == name, name)

    return run


def _page(name: str, key: str) -> Open:
    async def run(rig: Rig) -> None:
        await rig.app.places.root()
        rig.app.open_item(BY_NAME[name], key)
        await rig.until(lambda: getattr(rig.place, "key", "") == key, name)

    return run


def _push(make: Callable[[], object], kind: type) -> Open:
    async def run(rig: Rig) -> None:
        await rig.app.places.root()
        rig.app.push(make())
        await rig.until(lambda: isinstance(rig.place, kind), kind.__name__)

    return run


def _section(key: str, name: str) -> Open:
    async def run(rig: Rig) -> None:
        await rig.pilot.press(key)
        await rig.until(lambda: rig.app.places.section == name, name)
        if rig.app.places.depth > 1:
            await rig.pilot.press(key)
        await rig.until(lambda: rig.app.places.depth == 1, name)

    return run


KEYS = {
    "jobs": "90428", "clusters": "2212", "schedules": "101", "packages": "412", "accounts": "acme",
    "connections": "redshift/12", "connection_types": "s3", "deliveries": "2", "hooks": "1", "members": "12",
    "user": "31", "public_keys": "1", "invoices": "4700", "plans": "starter", "service_regions": "s3",
    "help_articles": "clusters",
}  # fmt: skip
"""Items with pages that ask for something."""


def screens() -> dict[str, Open]:
    """Return how each screen is opened, by name."""
    found: dict[str, Open] = {"triage": _section("1", "triage"), "account": _section("6", "account")}
    found |= {kind.name: _kind(kind.name) for kind in ALL}
    found |= {f"page of {BY_NAME[kind].singular}": _page(kind, key) for kind, key in KEYS.items()}
    found["usage"] = _push(UsagePlace, UsagePlace)
    found["history"] = _push(lambda: HistoryPlace(Link("packages", "412")), HistoryPlace)
    found["timeline of a cluster"] = _push(lambda: TimelinePlace(Link("clusters", "2212")), TimelinePlace)
    found["timeline of a workflow"] = _push(lambda: TimelinePlace(Link("jobs", "90432")), TimelinePlace)
    return found


SCREENS = screens()
SILENT = {"connection_groups", "instances", "watchers", "validations", "service_regions", "help_articles"}
"""Lists that ask for nothing: what is in them comes from elsewhere, or stands in the program."""


def plain(text: str) -> str:
    """Return words without what differs from run to run."""
    text = re.sub(r"127\.0\.0\.1:\d+", "the API", text)
    text = re.sub(r"within [\d.]+ s", "within N s", text)
    text = re.sub(r"What is seen is [^.]+ old\.", "What is seen is N min old.", text)
    text = re.sub(r"check in [\d ]+\w+(?: \d+ \w+)?", "check in N s", text)
    text = re.sub(r"\([\d,]+ of [\d,]+ left[^)]*\)", "(N of N left)", text)
    return " ".join(text.split())


def _lines(rig: Rig) -> Iterable[str]:
    """Yield the lines of a page, whole, those of which something can be read on the screen."""
    shown = " ".join(rig.text.split())
    for one in rig.place.page.blocks:
        text = " ".join(getattr(one, "text", "").split())
        if text and text[:30] in shown:
            yield text


def sight(rig: Rig, before: int) -> Sight:
    """Return what is seen now."""
    place = rig.place
    listed = isinstance(place, ListPlace)
    says = place._banner.text
    if listed and place.has_class("wordy"):
        words = place.empty_words()
        says = f"{says} {words.replace(place.resource.title, '…', 1)}" if words != place.resource.none else says
    elif not listed:
        told = dict.fromkeys(line for line in _lines(rig) if TELLS.search(line))
        says += "".join(f" / {line}" for line in told if plain(line) not in plain(says))
    rows = len(place.view.keys) if listed else place.page.count()
    return Sight(rig.app.state_word(place), plain(says), rows, rig.spent() - before)


async def well(rig: Rig) -> int:
    """Wait, touching no key, until nothing is wrong any more; returns the seconds, -1: never."""
    for tries in range(TRIES + 1):
        now = sight(rig, 0)
        if now.state in ("live", "still", "slowed") and not now.says:
            return int(tries * LONG_S)
        await rig.pass_time(LONG_S)
    return -1


async def walk(word: str, names: Iterable[str]) -> dict[str, Cell]:
    """Return what becomes of each screen with a fault; the screens without anything known first."""
    first, kept, lost, after = {}, {}, {}, {}
    names = list(names)
    async with running(fault=word) as rig:
        for place, name in enumerate(names):
            before = rig.spent()
            if place % TYPED == 0 and name in BY_NAME and name != "accounts":
                await rig.go(BY_NAME[name])
            else:
                await SCREENS[name](rig)
                await rig.settle()
            first[name] = sight(rig, before)
        rig.fault()
        for name in names:
            await SCREENS[name](rig)
            await rig.settle()
            begun = await well(rig)
            rows = sight(rig, 0).rows
            rig.fault(word)
            rig.now_s[0] += LATE_S
            before = rig.spent()
            await rig.keys("R")
            kept[name] = sight(rig, before)
            lost[name] = max(0, rows - kept[name].rows)
            rig.fault()
            after[name] = begun, await well(rig)
        assert not rig.answers_s or min(rig.answers_s) < ANSWER_S, rig.answers_s
    return {name: Cell(first[name], kept[name], lost[name], after[name]) for name in names}
