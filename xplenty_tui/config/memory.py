"""What a person chose on the screen and finds again at the next start: by profile, in a file of their own.

The file holds no secrets and nothing of the account but what was typed into filters. It carries a version; one that is
newer or damaged is left as it is, and the program starts as if there were none.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from xplenty_tui.config import private
from xplenty_tui.config.versions import NewerVersion, Step, upgrade

NAME = "screen.json"
"""The file, in the folder of the state."""
VERSION = 1
STEPS: dict[int, Step] = {}
"""How each version before this one becomes the next."""
LARGEST = 1_000_000
"""Bytes; a file that is larger was not written by us."""


@dataclass(slots=True)
class ListMemory:
    """How a list was left."""

    filter: str = ""
    """As it was typed."""
    sort: list[str] = field(default_factory=list)
    """Column and direction; empty: as declared."""
    columns: list[str] = field(default_factory=list)
    """Names of the chosen columns in their order; empty: as many as fit."""


@dataclass(slots=True)
class Memory:
    """What is kept for one profile."""

    section: str = ""
    """The section that was seen last."""
    theme: str = ""
    zone: str = ""
    """``local``, ``UTC`` or ``account``."""
    lists: dict[str, ListMemory] = field(default_factory=dict)
    """By kind."""
    account_zone: str = ""
    """The account's zone as it was told last: a start shows times in it without asking for it."""

    def of(self, kind: str) -> ListMemory:
        """Return what is kept of a list, to be changed."""
        return self.lists.setdefault(kind, ListMemory())


class MemoryFile:
    """The file. Its methods block: call them in a thread."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.problem = ""
        """Why nothing is kept, as a sentence; empty when all is well."""

    def load(self, profile: str) -> Memory:
        """Return what is kept for a profile; nothing is kept of what cannot be read."""
        return _memory(self._read().get("profiles", {}).get(profile))

    def save(self, profile: str, memory: Memory) -> None:
        """Write what is kept for a profile, and leave the other profiles as another session may have left them."""
        known = self._read()
        if self.problem:
            return
        profiles = {name: one for name, one in known.get("profiles", {}).items() if isinstance(one, dict)}
        text = json.dumps({"version": VERSION, "profiles": {**profiles, profile: asdict(memory)}}, indent=1)
        try:
            private.replace(self.path, text)
        except OSError as error:
            self.problem = f"What you chose here is not kept: {(error.strerror or 'the disk failed').lower()}."

    def _read(self) -> dict[str, Any]:
        try:
            if self.path.stat().st_size > LARGEST:
                return {}
            known = json.loads(private.read(self.path, links=False).decode("utf-8"))
            if isinstance(known, dict) and isinstance(known.get("profiles"), dict):
                return upgrade(known, VERSION, STEPS)
        except private.NotPrivate as error:
            self.problem = f"What you chose here is not kept: {self.path} {error.strerror}."
        except NewerVersion:
            self.problem = (
                f"What you chose here is not kept: {self.path} was written by a newer version of the program."
            )
        except (OSError, ValueError, RecursionError):
            return {}
        return {}


def _memory(raw: Any) -> Memory:
    """Return what was written by an earlier run; whatever has another type than it should is left out."""
    memory = Memory()
    if not isinstance(raw, dict):
        return memory
    for one in ("section", "theme", "zone", "account_zone"):
        setattr(memory, one, _text(raw.get(one)))
    lists = raw.get("lists")
    for kind, left in (lists if isinstance(lists, dict) else {}).items():
        if isinstance(left, dict):
            memory.lists[str(kind)] = ListMemory(
                _text(left.get("filter")), _texts(left.get("sort")), _texts(left.get("columns"))
            )
    return memory


def _text(value: Any) -> str:
    return value[:1000] if isinstance(value, str) and value.isprintable() else ""


def _texts(value: Any) -> list[str]:
    return [one for one in value[:100] if isinstance(one, str)] if isinstance(value, list) else []
