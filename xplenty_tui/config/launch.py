"""What the command line hands to the screen. Light: nothing here loads a library before the first paint."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import SecretStr

    from xplenty_tui.config.settings import Settings


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """The world that ``--demo`` and ``demo-api`` make."""

    seed: int = 7
    """The same seed makes the same account."""
    jobs: int = 400
    """Jobs of the last two weeks."""
    speed: float = 1.0
    """Seconds of the world in one second; 0 freezes it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a session needs, found in a worker after the first paint."""

    settings: Settings
    profile: str
    """The profile's name, for the status bar and the keyring."""
    account: str
    """The account's slug; empty when nobody has named one yet."""
    url: str
    """The API's base address, without a slash at the end."""
    clock: Callable[[], datetime]
    """Aware, UTC: this host's clock or the demo world's."""
    monotonic: Callable[[], float] = time.monotonic
    """Seconds of a clock that never jumps."""
    jitter: Callable[[], float] = random.random
    """Numbers from 0 to 1."""
    key: SecretStr | None = None
    """None: ``problems`` says why, and the screen asks for one."""
    key_source: str = ""
    """In words, where the key came from."""
    place: Any = None
    """Where the key came from and a new one would be kept (``core.keeping.KeyPlace``); None: nobody knows."""
    problems: tuple[str, ...] = ()
    """Sentences: why there is no key, or what did not work on the way to the one that was found."""
    read_only: bool = False
    """From the command line or the profile."""
    production: bool = False
    """The profile says that a mistake here is expensive."""
    colour: str = "auto"
    """Of the profile's name on every screen: ``config.settings.Colour``."""
    state: Path | None = None
    """Where sessions leave word for each other; None: this one stays alone (the demo)."""
    transport: Any = None
    """An ``httpx.AsyncBaseTransport`` instead of the network: the demo's."""


Prepare = Callable[["Launch"], Prepared]
"""Blocks (disk, a command, the keyring): call it in a thread. Raises ``config.settings.SettingsError``."""


@dataclass(frozen=True, slots=True)
class Launch:
    """What a person asked for on the command line, and how to get it."""

    how: Prepare
    """Use ``prepare``."""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The variables of the process: may hold a key, so it is not in ``repr``."""
    profile: str | None = None
    """The profile asked for by name; None: the environment's or the default one."""
    account: str | None = None
    """The account asked for; None: the environment's or the profile's."""
    demo: DemoOptions | None = None
    read_only: bool = False
    screen: str | None = None
    """The kind or screen to open first: ``jobs``."""

    def prepare(self, profile: str | None = None, account: str | None = None) -> Prepared:
        """Load settings and find the key, for another profile or account when named.

        Blocks for as long as a key command and the keyring take (10 s and 4 s at most unless set otherwise):
        call it in a daemon thread. Raises ``SettingsError``, whose ``str`` is the sentence to leave with.
        """
        if profile is None and account is None:
            return self.how(self)
        chosen = Launch(
            self.how,
            self.environment,
            self.profile if profile is None else profile,
            account,
            self.demo,
            self.read_only,
            self.screen,
        )
        return self.how(chosen)
