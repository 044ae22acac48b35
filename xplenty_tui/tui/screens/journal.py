"""The journal on the screen: what was done, to what, by which profile, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.journal import Entry, Outcome
from xplenty_tui.core.journal_deeds import by_deed
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.tui.background import in_daemon
from xplenty_tui.tui.commands import Command
from xplenty_tui.tui.screens.page import PagePlace

SHOWN = 500
"""Deeds that are shown."""
LOOKS = {
    Outcome.ASKED: ("…", "-", Tone.BUSY),
    Outcome.DONE: ("✓", "+", Tone.GOOD),
    Outcome.UNKNOWN: ("?", "?", Tone.WARN),
    Outcome.CANCELLED: ("■", "#", Tone.DIM),
}
_BAD = ("✗", "x", Tone.BAD)


class JournalPlace(PagePlace):
    """A line a deed, the newest first."""

    name_ = "journal"

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[Entry, ...] = ()

    def on_mount(self) -> None:
        """Read the file in a thread."""
        super().on_mount()
        self.do_refresh()

    def do_refresh(self) -> None:
        """Read it again."""
        self.program.start_task(self._read())

    async def _read(self) -> None:
        journal = self.program.journal
        if journal is None:
            entries: Sequence[Entry] = tuple(reversed(self.program.entries))
        else:
            entries = await in_daemon(lambda: journal.newest(2 * SHOWN))  # two lines a deed
        self._entries = tuple(by_deed(entries, self.program.under_way)[:SHOWN])
        if self.is_mounted:
            self.draw()

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do with the past."""
        return command.id not in {"raw", "reveal", "web"}

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return a line for each, the days apart."""
        journal = self.program.journal
        blocks: list[Block] = []
        if journal is not None and journal.problem:
            blocks.append(Row(journal.problem, tone=Tone.WARN))
        if not self._entries:
            return [*blocks, Row("Nothing was done yet with this program on this host.", tone=Tone.DIM)]
        day = ""
        for entry in self._entries:
            local = entry.at.astimezone(ctx.zone)
            if (this := f"{local:%Y-%m-%d} {local.tzname() or ''}".rstrip()) != day:
                blocks.append(Heading(f"day {this}", this))
                day = this
            blocks.append(_row(entry, f"{local:%H:%M:%S}", ctx))
        return blocks


def _row(entry: Entry, time: str, ctx: Context) -> Row:
    symbol, plain, tone = LOOKS.get(entry.outcome, _BAD)
    named = entry.label if entry.label.startswith(entry.key) else f"{entry.key} {entry.label}"
    subject = f" {named}" if named.strip() else ""
    names = f" · variables {', '.join(entry.variables)}" if entry.variables else ""
    cost = f" · {words.count(entry.credits, 'credit')}" if entry.credits is not None else ""
    request = f" · request {entry.request_id}" if entry.request_id else ""
    where = "/".join(part for part in (entry.account, entry.profile) if part)
    said = f"{entry.outcome.value}  {entry.action}{subject} · {where} · {entry.sentence}{names}{cost}{request}"
    link = Link(entry.kind, entry.key) if entry.kind and entry.key and entry.account == ctx.account else None
    return Row(said, time, tone if tone is not Tone.GOOD else Tone.PLAIN, link, bullet=plain if ctx.ascii else symbol)
