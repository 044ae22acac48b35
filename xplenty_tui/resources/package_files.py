"""Packages as files: an export is written whole or not at all and for its owner alone; a file is read to be imported.

Files block: what is here runs in a thread.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from xplenty_tui.api.errors import Unprocessable
from xplenty_tui.core import saving, words

LARGEST = 16 * 1024 * 1024
"""Bytes of a file that is read."""


def default_name(name: str, id_: int) -> str:
    """Return what an export of the package is called: ``orders-412.json``."""
    plain = saving.plain_name(name)
    return f"{plain}-{id_}.json" if plain else f"package-{id_}.json"


def refuse(field: str, sentence: str) -> Unprocessable:
    """Return the error that puts a sentence at a field of the form, as a refusal of the server would.

    Like one of those it counts as sent, for a form whose sending was never begun does not stay open.
    """
    return Unprocessable(sentence, body=json.dumps({field: [sentence]}))


def target(text: str, name: str, *, overwrite: bool) -> Path:
    """Return the file to write: ``~`` is the home, a folder gets ``name``; raises Unprocessable."""
    try:
        return saving.place(text, name, overwrite=overwrite)
    except saving.NotSaved as problem:
        raise refuse("path", str(problem)) from None


def write(path: Path, data: Any, *, overwrite: bool) -> None:
    """Write JSON, readable by its owner alone; raises Unprocessable with what was there before left as it was."""
    try:
        saving.save(path, json.dumps(data, ensure_ascii=False, indent=2) + "\n", overwrite=overwrite)
    except saving.NotSaved as problem:
        raise refuse("path", str(problem)) from None


def read(text: str) -> Any:
    """Return the JSON in a file; raises Unprocessable."""
    held = read_text(text, LARGEST)
    try:
        return json.loads(held)
    except (ValueError, RecursionError):
        raise refuse("path", "That file holds no JSON.") from None


def read_text(text: str, most: int) -> str:
    """Return the text in a file of at most so many bytes; raises Unprocessable."""
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise refuse("path", "There is no such home folder.") from None
    try:
        if not path.is_file():
            raise refuse("path", "There is no such file.")
        if path.stat().st_size > most:
            raise refuse("path", f"That file is too large: more than {words.number(most // 1024)} KiB.")
        return path.read_text("utf-8-sig", errors="replace")
    except OSError as problem:
        raise refuse("path", f"The file cannot be read: {saving.words(problem)}.") from None
