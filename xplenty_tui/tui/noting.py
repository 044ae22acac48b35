"""The incident note: written, shown, copied to the terminal's clipboard, and kept in a file of its owner alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.private_file import open_private, why
from xplenty_tui.tui.background import in_daemon
from xplenty_tui.tui.watching import subjects

if TYPE_CHECKING:
    from xplenty_tui.core.declare import Link
    from xplenty_tui.core.journal import Entry
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.place import Place

KINDS = ("jobs", "clusters", "schedules", "packages")
"""What a note can be written on."""
FOLDER = "notes"
"""Where they lie, in the folder of states (XDG_STATE_HOME)."""
READ = 1000
"""Journal entries that are looked through."""
TRIES = 100
"""Names that are tried before it is given up: nothing is ever written over."""


def save(folder: Path, name: str, text: str) -> Path:
    """Write a note into a new file (0600) and return where; raises OSError. Blocks: call it in a thread."""
    for number in range(1, TRIES + 1):
        path = folder / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
        try:
            descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as writer:
            writer.write(text)
        return path
    raise FileExistsError(17, "there are too many of this name")


class Noting:
    """Mixed into the application."""

    @property
    def _noter(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def unnotable(self, place: Place | None) -> str | None:
        """Return why no note can be written on what is under the cursor, in words; None when one can."""
        session = self._noter.session
        if session is None or place is None:
            return "nothing is loaded yet"
        links = [link for link in subjects(place) if link.kind in KINDS]
        if not links:
            return "there is no job, cluster, schedule or package under the cursor"
        if len(links) > 1:
            return "it works on one at a time: esc takes the marks off"
        return None if session.store.get(links[0].kind, links[0].key) else "it is not loaded: enter opens it"

    def do_note(self) -> None:
        """Write a note on what is under the cursor."""
        app, front = self._noter, self._noter.places.front
        if front is None or (reason := self.unnotable(front)) is not None:
            app.say(f"note: {reason if front is not None else 'nothing is loaded yet'}", Tone.WARN)
            return
        app.start_task(self._write_note(next(link for link in subjects(front) if link.kind in KINDS)))

    async def _write_note(self, link: Link) -> None:
        from xplenty_tui.resources.note import file_name, note
        from xplenty_tui.resources.note_facts import Extra

        app, session = self._noter, self._noter.session
        item = session.store.get(link.kind, link.key) if session is not None else None
        if session is None or app.prepared is None or item is None:
            return
        about, found = f":{link.kind}:{link.key}", app.problems(recovered=True)
        problems = [found[key] for key in found if key.endswith(about)]
        extra = Extra(problems=problems, entries=await self._entries(), profile=session.profile)
        text = note(link.kind, item, app.context(), extra)
        saved = await self._keep(file_name(link.kind, item, session.now()), text)
        app.copy_to_clipboard(text)
        self._show(link, text, saved)

    async def _entries(self) -> tuple[Entry, ...]:
        journal = self._noter.journal
        if journal is None:
            return tuple(self._noter.entries)
        return await in_daemon(lambda: journal.newest(READ))

    async def _keep(self, name: str, text: str) -> str:
        """Save the note; return what to say of it."""
        prepared = self._noter.prepared
        state = prepared.state if prepared is not None else None
        if state is None:
            return "Not saved: the demo leaves nothing on the disk."
        folder = state / FOLDER
        try:
            path = await in_daemon(lambda: save(folder, name, text))
        except OSError as error:
            return f"Not saved: {folder} {why(error)}. The clipboard has it."
        return f"Saved to {path}, which only you can read."

    def _show(self, link: Link, text: str, saved: str) -> None:
        from xplenty_tui.tui.copying import CLIPBOARD
        from xplenty_tui.tui.screens.note import NotePlace

        self._noter.push(NotePlace((link.kind.capitalize(), link.key, "Incident note"), text, saved))
        self._noter.say(f"The note was {CLIPBOARD}")
