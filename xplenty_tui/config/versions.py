"""Files carry the version of their form: an older one is brought up to date as it is read, a newer one is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]
"""Turns the content of one version into that of the next one."""


class NewerVersion(Exception):
    """The file was written for a newer version of the program; nothing in it may be guessed or overwritten."""


def upgrade(data: Mapping[str, Any], known: int, steps: Mapping[int, Step]) -> dict[str, Any]:
    """Return ``data`` in the form of version ``known``; ``steps`` has one for each version before it.

    A file without a version is of the first one. Raises NewerVersion, and ValueError when the version is none.
    """
    version = data.get("version", 1)
    if type(version) is not int or version < 1:  # TOML's and JSON's true is none
        raise ValueError("should be a whole number from 1")
    if version > known:
        raise NewerVersion(f"is of version {version}, and this program knows {known}: it needs a newer xplenty-tui")
    found = dict(data)
    for number in range(version, known):
        found = {**steps[number](found), "version": number + 1}
    return found
