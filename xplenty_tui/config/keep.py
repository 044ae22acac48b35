"""Putting a new API key where the old one was: in the keyring, or nowhere."""

from __future__ import annotations

from pydantic import SecretStr

from xplenty_tui.config.target import Target
from xplenty_tui.config.vault import SERVICE, Keyring

TRIAL = "trial of the keyring"
"""An entry that is written, read and removed to see whether a key would be kept."""
_TRIAL_TEXT = SecretStr("not a key")


class KeyringPlace:
    """The keyring's entry of a profile; see ``core.keeping``."""

    unkept = False
    refusal = ""

    def __init__(self, keyring: Keyring, target: Target, key: SecretStr) -> None:
        self._keyring, self._target, self._key = keyring, target, key
        self._new: SecretStr | None = None

    def __repr__(self) -> str:
        return f"<KeyringPlace {self._entry}>"

    @property
    def _entry(self) -> str:
        return f"{self._target.name}/{self._target.account}"

    @property
    def where(self) -> str:
        """The entry, in words."""
        return f"the keyring ({self._entry})"

    @property
    def told(self) -> str:
        """How others get it."""
        return f"Its other users get it with: keyring get {SERVICE} {self._entry}"

    async def ready(self) -> None:
        """Write, read and remove another entry."""
        await self._keyring.aset(self._target.name, TRIAL, _TRIAL_TEXT)
        await self._keyring.adelete(self._target.name, TRIAL)

    def hold(self, key: SecretStr) -> None:
        """Take the new key into memory."""
        self._new, self.unkept = key, True

    async def keep(self) -> None:
        """Store the new key in every entry of the profile that holds the old one; the account's own in any case."""
        if self._new is None:
            return
        for account in dict.fromkeys((self._target.owner, self._target.account)):
            own = account == self._target.account
            if own or await self._keyring.aget(self._target.name, account) == self._key:
                await self._keyring.aset(self._target.name, account, self._new)
        self._key, self._new, self.unkept = self._new, None, False


def place_of(source: str, keyring: Keyring, target: Target, key: SecretStr) -> KeyringPlace | ElsewherePlace:
    """Return the place that a key came from; ``source`` as ``secrets.Found`` has it."""
    return KeyringPlace(keyring, target, key) if source == "keyring" else ElsewherePlace(source)


class ElsewherePlace:
    """A place that this program cannot write to: a variable of the environment, a command's answer."""

    unkept = False
    told = ""

    def __init__(self, source: str) -> None:
        self.where = source

    @property
    def refusal(self) -> str:
        """Say what to do instead."""
        return (
            f"the key came from {self.where}, which takes no new one: xplenty-tui login stores it in the keyring, "
            "or change it in the web console"
        )

    async def ready(self) -> None:
        """Never asked: the action is refused before."""

    def hold(self, key: SecretStr) -> None:
        """Never asked."""

    async def keep(self) -> None:
        """Never asked."""


class DemoPlace:
    """The demo's keyring: this program's memory."""

    unkept = False
    refusal = told = ""
    where = "the demo's own keyring"

    async def ready(self) -> None:
        """Prove nothing: memory takes what it is given."""

    def hold(self, key: SecretStr) -> None:
        """Take the new key."""
        self.unkept = True

    async def keep(self) -> None:
        """Keep it."""
        self.unkept = False
