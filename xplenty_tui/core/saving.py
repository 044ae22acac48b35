"""Files that a person asks for: written whole or not at all, for their owner alone, over nothing that was not meant.

Files block: what is here runs in a thread.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from xplenty_tui.core.private_file import FILE_MODE

_ODD = re.compile(r"[^\w.-]+")


class NotSaved(Exception):
    """It could not be written; the text says why, as a sentence. What was there before is as it was."""


def plain_name(text: str, longest: int = 80) -> str:
    """Return a text as part of a file's name: letters, digits, ``-``, ``_`` and ``.``; may be empty."""
    return _ODD.sub("-", text).strip(".-")[:longest]


def place(text: str, name: str, *, overwrite: bool) -> Path:
    """Return the file to write: ``~`` is the home, a folder gets ``name``; raises NotSaved."""
    try:
        path = Path(text).expanduser()
    except RuntimeError:
        raise NotSaved("There is no such home folder.") from None
    if path.is_dir():
        path /= name
    if not path.parent.is_dir():
        raise NotSaved("There is no such folder.")
    if path.exists() and not path.is_file():
        raise NotSaved("That is no file.")
    if not overwrite and (path.exists() or path.is_symlink()):
        raise NotSaved("That file exists already: say below whether it is overwritten, or take another name.")
    return path


def save(path: Path, text: str, *, overwrite: bool) -> None:
    """Write a text, readable by its owner alone; raises NotSaved."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE), "wb") as file:
            file.write(text.encode("utf-8", "surrogatepass"))
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            fresh.replace(path)
        else:
            os.link(fresh, path)  # unlike a rename it fails when the file has come to be meanwhile
    except FileExistsError:
        raise NotSaved("That file exists already.") from None
    except OSError as problem:
        raise NotSaved(f"The file cannot be written: {words(problem)}.") from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def words(problem: OSError) -> str:
    """Return in words what the system said."""
    return (problem.strerror or "for an unknown reason").lower()
