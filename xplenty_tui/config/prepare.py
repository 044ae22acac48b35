"""From what a person asked for to what a session needs: the slow half of the start, run after the first paint."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from xplenty_tui.config.keep import place_of
from xplenty_tui.config.launch import Launch, Prepared
from xplenty_tui.config.paths import find
from xplenty_tui.config.read import load
from xplenty_tui.config.secrets import NO_ACCOUNT, Found, find_key
from xplenty_tui.config.settings import Settings
from xplenty_tui.config.target import find_target
from xplenty_tui.config.vault import Keyring


def utc_now() -> datetime:
    """Return this host's time, aware, UTC."""
    return datetime.now(UTC)


def keyring_of(settings: Settings) -> Keyring:
    """Return the keyring as the settings have it."""
    return Keyring(settings.keyring.timeout_seconds, settings.keyring.allow)


def prepare(launch: Launch, clock: Callable[[], datetime] = utc_now) -> Prepared:
    """Load settings, choose profile and account, find the key. Blocks; raises SettingsError."""
    paths = find(launch.environment)
    settings = load(paths.settings)
    target = find_target(settings, launch.environment, launch.profile, launch.account)
    keyring = keyring_of(settings)
    answer = find_key(target, launch.environment, keyring)
    found = answer if isinstance(answer, Found) else None
    problems = answer.notes if isinstance(answer, Found) else answer.reasons
    if found is not None and not target.account:
        problems = (*problems, NO_ACCOUNT)
    return Prepared(
        settings=settings,
        profile=target.name,
        account=target.account,
        url=target.url,
        clock=clock,
        key=found.key if found is not None and target.account else None,
        key_source=found.source if found is not None else "",
        place=place_of(found.source, keyring, target, found.key) if found is not None else None,
        problems=problems,
        read_only=launch.read_only or (target.profile is not None and target.profile.read_only),
        production=target.profile is not None and target.profile.production,
        colour=target.profile.colour if target.profile is not None else "auto",
        state=paths.state,
    )
