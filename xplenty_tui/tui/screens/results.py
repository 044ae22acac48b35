"""What became of each of several subjects, a line each, what failed can be tried again; and an answer as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.journal import Outcome
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.commands import ANYWHERE, PAGE, RESULTS, Command
from xplenty_tui.tui.screens.page import PagePlace

if TYPE_CHECKING:
    from xplenty_tui.tui.errand import Errand

LOOKS = {Outcome.DONE: ("✓", "+", Tone.GOOD), Outcome.UNKNOWN: ("?", "?", Tone.WARN)}


class ResultsPlace(PagePlace):
    """The results of a deed on several."""

    name_ = "results"
    scopes = (RESULTS, PAGE, ANYWHERE)

    def __init__(self, errand: Errand, draft: Any) -> None:
        super().__init__()
        self._errand, self._draft = errand, draft
        self._done = list(errand.results)
        self._left = errand.items[len(errand.results) :]

    def path(self) -> tuple[str, ...]:
        """Return where this is."""
        return (self._errand.resource.title, f"{self._errand.action.title}: results")

    def offers(self, command: Command) -> bool:
        """Offer a second try only of what was not done."""
        return bool(self.failed) if command.id == "retry" else command.id not in {"raw", "refresh", "reveal", "web"}

    @property
    def failed(self) -> list[Any]:
        """What was certainly not done; what nobody knows is not tried again."""
        again = (Outcome.REFUSED, Outcome.NOT_DONE)
        return [one.item for one in self._done if one.ended.outcome in again] + list(self._left)

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return a line for each."""
        good = sum(one.ended.outcome is Outcome.DONE for one in self._done)
        total = len(self._done) + len(self._left)
        blocks: list[Block] = [Heading("results", f"{good} of {total} done")]
        for one in self._done:
            symbol, plain, tone = LOOKS.get(one.ended.outcome, ("✗", "x", Tone.BAD))
            said = f"{one.ended.outcome.value}: {one.ended.sentence} {one.ended.next}".rstrip()
            blocks.append(self._row(one.item, said, plain if ctx.ascii else symbol, tone))
        if self._left:
            blocks.append(Row("Stopped here: all further ones would be refused as well.", tone=Tone.WARN))
            blocks += [self._row(item, "not tried", "-", Tone.DIM) for item in self._left]
        for item, reason in self._errand.left_out:
            blocks.append(self._row(item, f"left out: {reason}", "-", Tone.DIM))
        if self.failed:
            blocks.append(Row(f"r tries the {len(self.failed)} again that were not done.", tone=Tone.DIM))
        return blocks

    def _row(self, item: Any, said: str, symbol: str, tone: Tone) -> Row:
        resource = self._errand.resource
        link = None if isinstance(item, Odd) else Link(resource.name, resource.key(item))
        return Row(said, self._errand.label(item), tone, link, bullet=symbol)

    def do_retry(self) -> None:
        """Do it again to what was not done, with a question of its own."""
        from xplenty_tui.tui.errand import Errand

        if self.failed and self.program.session is self._errand.session:
            errand = self._errand
            again = Errand(self.program, errand.resource, errand.action, self.failed)
            again.begin()
            self.program.start_task(again.once(self._draft))


class AnswerPlace(PagePlace):
    """What an action answered, as its declaration draws it."""

    name_ = "answer"

    def __init__(self, errand: Errand, sentence: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._path = (errand.resource.title, errand.action.title)
        self._said: list[Block] = [Heading("answer", sentence), *rows]

    def path(self) -> tuple[str, ...]:
        """Return where this is."""
        return self._path

    def offers(self, command: Command) -> bool:
        """Offer what works on a page that is not fetched again."""
        return command.id not in {"raw", "refresh", "web"}

    def blocks(self, ctx: Context) -> Sequence[Block]:
        """Return the sentence, and the lines that the action made of its answer."""
        return self._said
