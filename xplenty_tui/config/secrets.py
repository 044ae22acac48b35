"""Where the key comes from: the environment, the profile's command, the keyring, in this order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import SecretStr

from xplenty_tui.config.command import check_key, command_name, run_command
from xplenty_tui.config.errors import SecretError
from xplenty_tui.config.target import ACCOUNT, KEY, Target
from xplenty_tui.config.vault import Keyring

Run = Callable[[Sequence[str], Mapping[str, str]], SecretStr]


NO_ACCOUNT = f"No account is named: set {ACCOUNT}, or make a profile with `xplenty-tui login`."


@dataclass(frozen=True, slots=True)
class Found:
    """A key."""

    key: SecretStr
    source: str
    """In words: ``XPLENTY_API_KEY``, ``key_command (pass)``, ``keyring``."""
    notes: tuple[str, ...] = ()
    """What did not work on the way to it, in sentences."""


@dataclass(frozen=True, slots=True)
class NoKey:
    """No key anywhere: the first start, or something that a person has to see to."""

    reasons: tuple[str, ...]
    """One sentence for each source, with what to do."""


def expected_source(target: Target, environment: Mapping[str, str]) -> str:
    """Return which source would be asked first, without asking it."""
    if target.environment_applies and environment.get(KEY):
        return KEY
    if target.profile is not None and target.profile.key_command is not None:
        return command_name(target.profile.key_command)
    return "keyring"


def find_key(target: Target, environment: Mapping[str, str], keyring: Keyring, run: Run = run_command) -> Found | NoKey:
    """Return the first key that a source gives. Blocks for as long as the command and the keyring may take."""
    notes: list[str] = []
    for source in (_from_environment, _from_command, _from_keyring):
        try:
            found = source(target, environment, keyring, run)
        except SecretError as error:
            notes.append(error.sentence)
            continue
        if isinstance(found, Found):
            return Found(found.key, found.source, tuple(notes))
        if found:
            notes.append(found)
    return NoKey(tuple(notes))


def _from_environment(target: Target, environment: Mapping[str, str], keyring: Keyring, run: Run) -> Found | str:
    text = environment.get(KEY)
    if text is None:
        return ""
    if not target.environment_applies:
        return f"{KEY} is for another account ({ACCOUNT}), so it is not used for the profile {target.name}."
    return Found(check_key(text, KEY), KEY)


def _from_command(target: Target, environment: Mapping[str, str], keyring: Keyring, run: Run) -> Found | str:
    argv = target.profile.key_command if target.profile is not None else None
    if argv is None:
        return ""
    return Found(run(argv, environment), command_name(argv))


def _from_keyring(target: Target, environment: Mapping[str, str], keyring: Keyring, run: Run) -> Found | str:
    if not target.account:
        return NO_ACCOUNT
    for account in dict.fromkeys((target.account, target.owner)):
        key = keyring.get(target.name, account)
        if key is not None:
            return Found(check_key(key.get_secret_value(), "the keyring"), "keyring")
    where = f"{target.name}/{target.account}"
    return f"The keyring holds no key for {where}: store it with `xplenty-tui login`."
