"""What the first and the last two lines say. Pure: spans out of what is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.style import Style

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cells, shorten
from xplenty_tui.tui.commands import SECTIONS, Command, label
from xplenty_tui.tui.widgets.bar import Span

NOWHERE = "connect"
"""The section of the screen that asks for a key."""
SHORTEST = 4
"""Cells of a profile's name that stay however narrow the screen is."""
STALE_S = 60.0
"""Older than a minute is said in minutes; younger is live, whatever the second."""


def nav(
    section: str,
    account: str,
    profile: str,
    *,
    production: bool,
    width: int,
    ascii: bool = False,
    look: Tone | Style = Tone.DIM,
) -> list[Span]:
    """Return the first line: who and where (the profile as ``look``), then the sections with the current one marked."""
    spans: list[Span] = [(account or "xplenty-tui", Tone.STRONG)]
    sections = sum(len(title) + 4 for _, _, title in SECTIONS) if section != NOWHERE else 0
    if profile:
        room = width - cells(account or "xplenty-tui") - 4 - sections  # the name gives way before the sections' do
        said = shorten(profile.upper() if production else profile, max(room, SHORTEST))
        spans += [(" ", Tone.PLAIN), (said, look)]
    if section == NOWHERE:
        return spans  # without an account there is nowhere to go
    spans.append(("   ", Tone.PLAIN))
    mark = ">" if ascii else "▸"
    short = width - sum(cells(text) for text, _ in spans) < sections
    for key, name, title in SECTIONS:
        here = name == section
        word = f"{key} {title}" if here or not short else key
        spans += [(f"{mark}{word}" if here else f" {word}", Tone.LINK if here else Tone.DIM), (" ", Tone.PLAIN)]
    return spans


def age(loaded_at: datetime | None, now: datetime) -> str:
    """Return the age of what is shown in words that do not change each second."""
    if loaded_at is None:
        return "nothing loaded yet"
    seconds = (now - loaded_at).total_seconds()
    if seconds < 20:
        return "<20 s old"
    if seconds < STALE_S:
        return "<1 min old"
    minutes = int(seconds // 60)
    return f"{minutes} min old" if minutes < 90 else f"{minutes // 60} h old"


def credits(remaining: int | None, limit: int | None, burn: int, *, lasts: Span, gauge: str, room: int) -> list[Span]:
    """Return gauge, what is left, our pace and for how long the rest lasts: as much of it as ``room`` cells take."""
    if remaining is None or limit is None:
        return [("credits unknown", Tone.DIM)]
    left: Span = (f"{remaining:,}/{limit:,} credits", Tone.BAD if remaining < limit * 0.1 else Tone.PLAIN)
    ours, short = (f", {burn:,}/h by us", Tone.DIM), (f", {burn:,}/h", Tone.DIM)
    end: Span = (f", {lasts[0]}", lasts[1])
    for spans in ([(f"{gauge} ", left[1]), left, ours, end], [left, ours, end], [left, short, end], [left, end]):
        if sum(len(text) for text, _ in spans) <= room:
            return spans
    return [left]


def state(word: str) -> Span:
    """Return the state of the connection: live, loading, paused, stale, offline, refused, waiting, trouble."""
    tones = {
        "live": Tone.GOOD,
        "loading": Tone.BUSY,
        "paused": Tone.WARN,
        "stale": Tone.WARN,
        "slowed": Tone.WARN,
        "still": Tone.DIM,
    }
    return (word, tones.get(word, Tone.BAD))


def key_line(commands: Sequence[Command], width: int) -> list[Span]:
    """Return the last line: the keys that work now, the most useful first, as many as fit whole."""
    shown = sorted((command for command in commands if command.weight and command.keys), key=lambda one: -one.weight)
    last = [command for command in shown if command.id in {"palette", "help"}]
    room = width - 2 - sum(_cells(command) for command in last)
    spans: list[Span] = []
    for command in [*(one for one in shown if one not in last), None, *last]:
        if command is None:
            room = width  # the last two were set aside
            continue
        if command not in last:
            if _cells(command) > room:
                continue
            room -= _cells(command)
        spans += [(label(command.keys[0]), Tone.LINK), (f" {command.title}  ", Tone.DIM)]
    return spans


def box_line(keys: Sequence[tuple[str, str]], width: int) -> list[Span]:
    """Return the last line while a box is open: the keys of the box, as many as fit whole."""
    room, spans = width - 2, list[Span]()
    for key, what in keys:
        room -= len(key) + len(what) + 3
        if room < 0:
            break
        spans += [(key, Tone.LINK), (f" {what}  ", Tone.DIM)]
    return spans


def _cells(command: Command) -> int:
    return len(label(command.keys[0])) + len(command.title) + 3
