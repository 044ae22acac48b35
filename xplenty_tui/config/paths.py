"""Where files lie: the XDG base directories, from an environment that is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

APP = "xplenty-tui"
"""The folder inside each base directory."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders of this program. None of them is made before something is written there."""

    config: Path
    """What a person sets: ``config.toml``. Never holds a key."""
    state: Path
    """What is worth keeping from one run to the next."""
    cache: Path
    """What can be thrown away."""

    @property
    def settings(self) -> Path:
        """The file of settings and profiles."""
        return self.config / "config.toml"


def find(environment: Mapping[str, str]) -> Paths:
    """Return the folders as the XDG base directory specification has them: relative values are ignored."""

    def base(variable: str, default: str) -> Path:
        named = Path(environment.get(variable, ""))
        return (named if named.is_absolute() else _home(environment) / default) / APP

    return Paths(
        config=base("XDG_CONFIG_HOME", ".config"),
        state=base("XDG_STATE_HOME", ".local/state"),
        cache=base("XDG_CACHE_HOME", ".cache"),
    )


def _home(environment: Mapping[str, str]) -> Path:
    """Return the home folder; a user without one (a container's numeric user) gets the root, where nothing is found."""
    named = environment.get("HOME", "")
    if named:
        return Path(named)
    try:
        return Path.home()
    except RuntimeError:
        return Path("/")
