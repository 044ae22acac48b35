"""Keeping a key for the next start: into the keyring, and its profile into ``config.toml``."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pydantic import SecretStr

from xplenty_tui.config import private
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.read import parse
from xplenty_tui.config.settings import DEFAULT_URL, VERSION, Profile, Settings
from xplenty_tui.config.vault import Keyring


def remember(  # everything that is kept goes through here
    key: SecretStr, *, profile: str, account: str, url: str, file: Path, settings: Settings, keyring: Keyring
) -> str:
    """Store the key, read it back, write the profile when it is new; return in words what was done.

    Raises KeyringTrouble (nothing was written then) and SettingsError (the key is stored, the profile is not).
    """
    known = settings.profiles.get(profile)
    if known is not None and known.account != account:
        raise SettingsError(
            f"the profile {profile} is for the account {known.account}; choose another name for {account}",
            file=str(file),
            key=f"profiles.{profile}",
        )
    keyring.set(profile, account, key)
    kept = f"The key is kept in the keyring as {profile}/{account}"
    if known is not None:
        return f"{kept}."
    add_profile(file, profile, Profile(account=account, url=url))
    return f"{kept}, and the profile {profile} stands in {file}."


def add_profile(file: Path, name: str, profile: Profile) -> None:
    """Append a profile to ``file``, which keeps all that is in it, or make the file. Raises SettingsError."""
    table = f"[profiles.{name}]\naccount = {json.dumps(profile.account)}\n"
    if profile.url != DEFAULT_URL:
        table += f"url = {json.dumps(profile.url)}\n"
    real = Path(os.path.realpath(file))  # a link, as people who keep their settings elsewhere have it, stays a link
    try:
        old = real.read_text(encoding="utf-8") if real.exists() else ""
        text = f"{old.rstrip()}\n\n{table}" if old.strip() else f"version = {VERSION}\n\n{table}"
        _still_good(text, name, file)
        private.replace(real, text)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
    else:
        return
    raise SettingsError(f"the profile {name} could not be written: {reason.lower()}", file=str(file))


def _still_good(text: str, name: str, file: Path) -> None:
    """Check before writing: tables that are written in one line cannot be added to."""
    try:
        parse(text, str(file))
    except SettingsError as error:
        reason = f"the profile {name} cannot be added to what stands there ({error.reason}); write it in by hand"
    else:
        return
    raise SettingsError(reason, file=str(file))
