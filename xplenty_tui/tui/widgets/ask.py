"""The question before something is done: what happens, to what, in which account. Its default answer is Cancel.

A danger looks and reads like one, is never confirmed by a single letter, and may want the name of its subject typed.
While a name is typed neither button is chosen: enter then says whether it is the name, and answers nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from textual import events
from textual.message import Message

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cells, shorten
from xplenty_tui.tui.widgets.bar import Span
from xplenty_tui.tui.widgets.form_box import HEAVY, LIGHT, REVERSED, Box, Line, arrows, text_of, wrapped
from xplenty_tui.tui.widgets.form_line import Editor
from xplenty_tui.tui.widgets.spans import safe

CANCEL, CLOSE = "Cancel", "Close"
CHANGED: Line = [("▲ This has changed while you were asked. Read again:", Tone.WARN)]
"""Said above what replaced another text."""
NO_MATCH = " (name does not match)"
WRONG: Line = [("✗ That is not the name: nothing was done. esc cancels.", Tone.BAD)]
"""Said once enter was pressed on a name that is another one."""


class _At(Enum):
    """Where the next key goes."""

    CANCEL = "cancel"
    FIELD = "field"
    VERB = "verb"


def typeable(name: str) -> str:
    """Return what has to be typed for a name: what a person sees of it and can type, with single spaces."""
    return unicodedata.normalize("NFC", " ".join(safe(name).replace("\ufffd", " ").split()))


@dataclass(frozen=True)
class _Question:
    """What is asked."""

    lines: tuple[Line, ...]
    typed: str
    """What must be typed; "" for nothing."""


class Ask(Box):
    """The box. ``answer`` is called exactly once, with True only for the verb; without a verb it only tells."""

    widest = 66

    class Closed(Message):
        """It was answered and went away."""

        def __init__(self, confirmed: bool) -> None:
            super().__init__()
            self.confirmed = confirmed

    def __init__(
        self,
        title: str,
        where: str,
        lines: Sequence[Line],
        *,
        answer: Callable[[bool], object],
        verb: str = "",
        danger: bool = False,
        typed: str | None = None,
    ) -> None:
        super().__init__(title, where)
        self._verb, self._danger, self._answer = verb, danger, answer
        self._question = _Question(tuple(lines), self._needed(typed))
        self._editor = Editor()
        self._at = _At.CANCEL
        self._wrong = False
        self._top = 0
        self._confirmed = False
        self._laid: tuple[int, list[Line]] | None = None

    def _needed(self, typed: str | None) -> str:
        """Return what must be typed; for a name of which nothing can be typed the verb stands in."""
        return "" if typed is None else typeable(typed) or typeable(self._verb)

    def update(self, lines: Sequence[Line], changed: bool = True, *, typed: str | None = None) -> None:
        """Say this instead, with Cancel as the answer again and nothing typed, if the subject ``changed``.

        ``typed`` is the name that has to be typed from now on; None: as before.
        """
        needed = self._question.typed if typed is None else self._needed(typed)
        self._question = _Question((CHANGED, (), *lines) if changed else tuple(lines), needed)
        self._laid = None
        if changed:
            self._editor, self._top, self._at, self._wrong = Editor(), 0, _At.CANCEL, False
        elif self._on_verb and not self._matches:
            self._at = _At.CANCEL
        if self.is_mounted and not self.gone:
            self.place()

    @property
    def _matches(self) -> bool:
        return not self._question.typed or typeable(self._editor.text) == self._question.typed

    @property
    def _on_verb(self) -> bool:
        return self._at is _At.VERB

    # The frame.

    def edge(self) -> tuple[str, Tone]:
        """Return a heavy frame of its own colour for a danger."""
        return (HEAVY, Tone.BAD) if self._danger else (LIGHT, Tone.BUSY)

    def head(self) -> Line:
        """Return the title, and the word for a danger before it."""
        title = (self.title_, Tone.STRONG)
        return [("▲ DANGER ", Tone.BAD), title] if self._danger else [title]

    def tail(self) -> str:
        """Return what the keys do."""
        return "   ".join(f"{key} {what}" for key, what in self.keys())

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that work now."""
        if not self._verb:
            return (("enter", "closes"), ("esc", "closes"))
        pressed = {_At.CANCEL: "cancels", _At.VERB: "confirms", _At.FIELD: "compares the name"}[self._at]
        if self._at is _At.FIELD and self._matches:
            pressed = f"goes to {self._verb}"
        quick = (("y", "yes"), ("n", "no")) if not self._danger and not self._question.typed else ()
        return (("enter", pressed), ("tab", "next"), ("esc", "cancels"), *quick)

    # What is inside.

    def _body(self, width: int) -> list[Line]:
        if self._laid is None or self._laid[0] != width:
            self._laid = width, [one for line in self._question.lines for one in wrapped(line, width)]
        return self._laid[1]

    def _foot(self, width: int, tight: bool = False) -> list[Line]:
        """Return the lines that do not scroll: what to type, the buttons; without blank ones where it is ``tight``."""
        foot: list[Line] = [()]
        if wanted := self._question.typed:
            asked: Line = [("Type the name to confirm: ", Tone.PLAIN), (wanted, Tone.STRONG)]
            foot += wrapped(asked, width)[:3]
            before, under, after = self._editor.seen(width - 2)
            foot += [[("> ", Tone.DIM), (before, Tone.STRONG), (under, REVERSED), (after, Tone.STRONG)]]
            said = (WRONG,) if self._wrong else ((),)
            foot += said if self._wrong or not tight else ()
        return [*foot, self._buttons(width)]

    def _buttons(self, width: int) -> Line:
        if not self._verb:
            return [("  ", Tone.PLAIN), (f"[>{CLOSE}<]", REVERSED)]
        verb = shorten(safe(self._verb), max(width - 18, 4))
        on_cancel = self._at is _At.CANCEL
        cancel: Span = (f"[>{CANCEL}<]", REVERSED) if on_cancel else (f"[ {CANCEL} ]", Tone.PLAIN)
        tone = Tone.BAD if self._danger else Tone.STRONG
        if not self._matches:
            pieces: list[Span] = [(verb, Tone.DIM), (NO_MATCH, Tone.DIM)]
        elif self._on_verb:
            pieces = [(f"[>{verb}<]", REVERSED)]
        else:
            pieces = [(f"[ {verb} ]", tone)]
        gap = max(min(8, width - cells(cancel[0]) - cells(text_of(pieces)) - 2), 1)
        return [("  ", Tone.PLAIN), cancel, (" " * gap, Tone.PLAIN), *pieces]

    def wanted(self, width: int) -> int:
        """Return how many lines all of it fills, with one to breathe above."""
        return 1 + len(self._body(width)) + len(self._foot(width))

    def _window(self) -> tuple[list[Line], list[Line], int]:
        """Return the body, the lines below it, and how many lines of the body are seen at once."""
        width, height = self.room
        body, foot = self._body(width), self._foot(width)
        if len(body) + len(foot) > height:
            foot = self._foot(width, tight=True)
        room = height - len(foot)
        return body, foot, max(room - 1 if room > len(body) else room, 1)

    def inside(self, y: int, width: int) -> Line:
        """Return a line: the body, as far as it is scrolled, and the foot."""
        body, foot, window = self._window()
        self._top = min(self._top, max(len(body) - window, 0))
        start = self.room[1] - len(foot)
        if y >= start:
            left = len(body) - self._top - window
            if y == start and (left > 0 or self._top):
                return [(arrows(self._top, left), Tone.WARN)]
            return foot[y - start]
        place = self._top + y - (1 if start > len(body) else 0)
        return body[place] if 0 <= place < len(body) else ()

    # Keys.

    def on_typed(self, key: str, character: str | None) -> None:
        """Move, scroll, type or answer. ``y`` answers what is no danger, nothing else does but the chosen button."""
        scroll = {"up": -1, "down": 1, "pageup": -PAGE, "pagedown": PAGE}
        typing = bool(self._question.typed)
        if key == "escape":
            self.close()
        elif key == "enter":
            self._press()
        elif key in ("tab", "shift+tab") or (key in ("left", "right") and self._at is not _At.FIELD):
            self._next(-1 if key in ("shift+tab", "left") else 1)
        elif key in scroll:
            body, _, window = self._window()
            self._top = min(max(self._top + scroll[key], 0), max(len(body) - window, 0))
        elif typing:
            self._type(key, character)
        elif character in ("n", "N"):
            self.close()
        elif character in ("y", "Y") and not self._danger and self._verb:
            self._at = _At.VERB
            self._press()
        self.paint()

    def on_pasted(self, text: str) -> None:
        """Paste the name; the end of a line in it answers nothing."""
        if self._question.typed:
            self._type("", text.strip())
            self.paint()

    def _type(self, key: str, character: str | None) -> None:
        before = self._editor.text
        if character is not None:
            self._editor.type(character)
        else:
            self._editor.key(key)
        if self._editor.text != before:
            self._wrong = False
            self._at = _At.FIELD if self._editor.text else _At.CANCEL  # with nothing typed enter cancels, as at first

    def _next(self, steps: int) -> None:
        """Go to the next place: from the name to the verb once it matches, then to Cancel, then to the name again."""
        field = [_At.FIELD] if self._editor.text else []
        stops = [*field, *([_At.VERB] if self._matches and self._verb else []), _At.CANCEL]
        self._at = stops[(stops.index(self._at) + steps) % len(stops)]

    def _press(self) -> None:
        """Answer with the chosen button; on a name only say whether it is the one: what it confirms is not chosen."""
        if self._at is _At.FIELD:
            self._wrong = not self._matches
            self._at = _At.FIELD if self._wrong else _At.VERB
            return
        self._confirmed = self._on_verb and self._matches
        self.close()

    def on_click(self, event: events.Click) -> None:
        """Choose the button that was clicked; a second click on it presses it."""
        event.stop()
        offset = event.get_content_offset(self)
        if self.gone or offset is None or offset.y != self.size.height - 2:
            return
        on_verb = bool(self._verb) and self._matches and offset.x - 2 >= 2 + len(CANCEL) + 4
        chosen = _At.VERB if on_verb else _At.CANCEL
        if event.chain >= 2 and chosen is self._at:
            self._press()
        else:
            self._at = chosen
            self.paint()

    def closing(self) -> None:
        """Answer, once."""
        self.post_message(self.Closed(self._confirmed))
        self._answer(self._confirmed)


PAGE = 5
"""Lines that page up and page down scroll."""
