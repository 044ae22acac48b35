"""Packages as files: an export is written whole or not at all and for its owner alone; a file is read to be imported.

Files block: what is here runs in a thread.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from xplenty_tui.api.errors import Unprocessable
from xplenty_tui.core.private_file import FILE_MODE

LARGEST = 16 * 1024 * 1024
"""Bytes of a file that is read."""
_ODD = re.compile(r"[^\w.-]+")


def default_name(name: str, id_: int) -> str:
    """Return what an export of the package is called: ``orders-412.json``."""
    plain = _ODD.sub("-", name).strip(".-")[:80]
    return f"{plain}-{id_}.json" if plain else f"package-{id_}.json"


def refuse(field: str, sentence: str) -> Unprocessable:
    """Return the error that puts a sentence at a field of the form, as a refusal of the server would.

    Like one of those it counts as sent, for a form whose sending was never begun does not stay open.
    """
    return Unprocessable(sentence, body=json.dumps({field: [sentence]}))


def target(text: str, name: str, *, overwrite: bool) -> Path:
    """Return the file to write: ``~`` is the home, a folder gets ``name``; raises Unprocessable."""
    path = expanded(text)
    if path.is_dir():
        path /= name
    if not path.parent.is_dir():
        raise refuse("path", "There is no such folder.")
    if path.exists() and not path.is_file():
        raise refuse("path", "That is no file.")
    if not overwrite and (path.exists() or path.is_symlink()):
        raise refuse("path", "That file exists already: say below whether it is overwritten, or take another name.")
    return path


def expanded(text: str) -> Path:
    """Return the path that was typed; raises Unprocessable for the home of nobody."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise refuse("path", "There is no such home folder.") from None


def write(path: Path, data: Any, *, overwrite: bool) -> None:
    """Write JSON, readable by its owner alone; raises Unprocessable with what was there before left as it was."""
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
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
        raise refuse("path", "That file exists already.") from None
    except OSError as problem:
        raise refuse("path", f"The file cannot be written: {_why(problem)}.") from None
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def read(text: str) -> Any:
    """Return the JSON in a file; raises Unprocessable."""
    held = read_text(text, LARGEST)
    try:
        return json.loads(held)
    except (ValueError, RecursionError):
        raise refuse("path", "That file holds no JSON.") from None


def read_text(text: str, most: int) -> str:
    """Return the text in a file of at most so many bytes; raises Unprocessable."""
    path = expanded(text)
    try:
        if not path.is_file():
            raise refuse("path", "There is no such file.")
        if path.stat().st_size > most:
            raise refuse("path", "That file is too large to be one.")
        return path.read_text("utf-8-sig")
    except OSError as problem:
        raise refuse("path", f"The file cannot be read: {_why(problem)}.") from None
    except ValueError:
        raise refuse("path", "That file holds no text.") from None


def _why(problem: OSError) -> str:
    return (problem.strerror or "for an unknown reason").lower()
