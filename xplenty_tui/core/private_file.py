"""Files that nobody else may read or put in our way: made 0600, never through a link, never another user's."""

from __future__ import annotations

import os
import stat
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700

_CAREFUL = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
"""A link is an error, an editor that is started does not get the file, and a pipe does not make us wait."""


class NotPrivate(OSError):
    """The file or its folder is not ours alone; the text says what it is."""


def open_private(path: Path, flags: int) -> int:
    """Open a file with ``flags`` (O_CREAT makes its folder too) and return its descriptor; raises OSError.

    A file that others could read is closed to them first. Blocks: call it in a thread.
    """
    if flags & os.O_CREAT:
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    folder = path.parent.stat()
    if folder.st_uid not in (os.geteuid(), 0):
        raise NotPrivate("its folder belongs to another user")
    if path.is_symlink():
        raise NotPrivate("it is a link to another file")
    descriptor = os.open(path, flags | _CAREFUL, FILE_MODE)
    try:
        _check(descriptor)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _check(descriptor: int) -> None:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise NotPrivate("it is not a file")
    if found.st_uid != os.geteuid():
        raise NotPrivate("it belongs to another user")
    if stat.S_IMODE(found.st_mode) & 0o077:
        os.fchmod(descriptor, FILE_MODE)


def why(error: OSError) -> str:
    """Return in words why a file could not be opened, read or written."""
    if isinstance(error, NotPrivate):
        return str(error)
    return (error.strerror or "for an unknown reason").lower()
