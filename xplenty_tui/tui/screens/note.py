"""An incident note as it was copied and saved."""

from __future__ import annotations

from xplenty_tui.core.declare import Row, Tone
from xplenty_tui.tui.screens.page import TextPlace


class NotePlace(TextPlace):
    """The note, with where it was saved above it. ``Y`` copies the note alone, again."""

    name_ = "note"

    def __init__(self, path: tuple[str, ...], text: str, saved: str) -> None:
        self._note = text
        tone = Tone.WARN if saved.startswith("Not") else Tone.GOOD
        lines = [Row(line, tone=Tone.STRONG if line.startswith("#") else Tone.PLAIN) for line in text.splitlines()]
        super().__init__(path, [Row(saved, tone=tone), Row(""), *lines], "Y copies it again  esc closes")

    def text(self) -> str:
        """Return the note without what stands above it."""
        return self._note
