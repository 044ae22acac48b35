"""Sessions of one host, each with its file, and what a session of another process would have written."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xplenty_tui.refresh.together import Pool

API = "api.xplenty.com"
BEGIN_S = 1_790_000_010.0
MINUTE = int(BEGIN_S // 60)
"""The minute in which the tests begin."""


@dataclass
class Host:
    """A folder, a wall clock held in the hand, and the sessions that were started."""

    folder: Path
    now: float = BEGIN_S
    pools: list[Pool] = field(default_factory=list)

    def start(self, host: str = API) -> Pool:
        number = len(self.pools)
        self.pools.append(Pool(self.folder, host, wall=lambda: self.now, pid=100 + number, token=f"t0k3n{number}"))
        return self.pools[-1]

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def put(self, content: Any, name: str = "other-1.json") -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path


def note(**changed: Any) -> dict[str, Any]:
    """Return what another session would have written."""
    usual = {"version": 1, "host": API, "pid": 1, "beat": BEGIN_S, "minutes": {str(MINUTE): 7}, "away": False}
    return {**usual, **changed}
