"""Files that steer the program: read only when nobody else can have written them, written for their owner alone."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

OTHERS_WRITE = stat.S_IWOTH
"""What makes a file or folder everybody's. The group's is not refused: on many systems each user is a group."""


class NotPrivate(OSError):
    """Somebody else can have written the file; ``strerror`` says what is wrong with it."""

    def __init__(self, what: str) -> None:
        super().__init__(0, what)


def read(path: Path, *, links: bool) -> bytes:
    """Return the content of a file; raises OSError, and NotPrivate when it is not this user's (or root's) alone.

    With ``links`` it may be a link, as people have it who keep their settings elsewhere: then the file that it leads
    to, and the folder of that, are judged.
    """
    if not links and path.is_symlink():
        raise NotPrivate("is a link to another file")
    check_folder(path.resolve().parent)
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NotPrivate("is not a file")
        _check(found, "")
        return file.read()


def check_folder(folder: Path) -> None:
    """Raise NotPrivate when somebody else can put files into a folder."""
    found = folder.stat()
    if not found.st_mode & stat.S_ISVTX:  # in one such as /tmp nobody can replace the files of others
        _check(found, "its folder ")


def _check(found: os.stat_result, what: str) -> None:
    if found.st_uid not in (os.geteuid(), 0):
        raise NotPrivate(f"{what}belongs to another user")
    if found.st_mode & OTHERS_WRITE:
        raise NotPrivate(f"{what}can be written by everybody; take that away with chmod o-w")


def replace(path: Path, text: str) -> None:
    """Write a file whole or not at all, mode 0600, in a folder that is made 0700; raises OSError and NotPrivate.

    What stands there is replaced, not written into: a link in its place goes, and what it leads to stays as it is.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
