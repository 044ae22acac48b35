"""What is watched, and what came of what was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.refresh.pace import Pace
from xplenty_tui.resources.watched import DRAWS
from xplenty_tui.tui.commands import Command
from xplenty_tui.tui.screens.page import PagePlace
from xplenty_tui.tui.screens.place import LENT
from xplenty_tui.tui.watching import Watches


class WatchingPlace(PagePlace):
    """What is watched. It asks for nothing by itself: what is watched is looked at wherever one is."""

    name_ = "watching"

    @property
    def watches(self) -> Watches:
        """What the application watches."""
        return self.program.watches

    def wants(self) -> Mapping[str, Pace]:
        """Return the kinds that tell of what is watched, at a pace that costs little beside that of watching."""
        kinds = {kind for link in self.watches.under_way for kind in DRAWS[link.kind]}
        return dict.fromkeys(sorted(kinds), LENT)

    def on_mount(self) -> None:
        """Draw, with the cursor on the first line that one can do something with."""
        super().on_mount()
        self.page.move(1)

    def offers(self, command: Command) -> bool:
        """Leave out what has nothing to do with lines of words."""
        return command.id not in {"raw", "reveal", "web"}

    def entered(self) -> None:
        """Take the keys; what settled is seen now."""
        self.watches.unseen = 0
        super().entered()

    def do_refresh(self) -> None:
        """Fetch what tells of what is watched, now."""
        self.session.loop.force(self.wants())

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return a line for each, the outcomes newest first."""
        blocks: list[Block] = [Heading("watched", "Watched", hint="each until it settles; w on a line: no longer")]
        for link, watched in self.watches.under_way.items():
            item = ctx.store.get(link.kind, link.key)
            look = words.status(getattr(item, "status", watched.status), link.kind)
            bullet = look.ascii if ctx.ascii else look.symbol
            begun = words.when(watched.since, ctx.now, ctx.zone)
            said = f"{watched.name} · {look.word} · watched since {begun}"
            blocks.append(Row(said, tone=look.tone, link=link, bullet=bullet))
        if len(blocks) == 1:
            blocks.append(
                Row("Nothing. w on a job, a cluster or a schedule follows it until it settles.", tone=Tone.DIM)
            )
        blocks.append(Heading("settled", "Settled in this session"))
        for one in reversed(self.watches.settled):
            good, bad = ("+", "x") if ctx.ascii else ("✓", "✗")
            blocks.append(
                Row(
                    one.sentence,
                    label=words.when(one.at, ctx.now, ctx.zone),
                    tone=Tone.PLAIN if one.good else Tone.BAD,
                    link=Link(one.watched.kind, one.watched.key),
                    bullet=good if one.good else bad,
                )
            )
        if not self.watches.settled:
            blocks.append(Row("Nothing yet.", tone=Tone.DIM))
        return blocks
