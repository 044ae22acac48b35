"""Where the API key is kept, and where a new one would be: known to whoever draws and to whoever changes it."""

from __future__ import annotations

from typing import Any, Protocol


class KeyPlace(Protocol):
    """The place that the key came from, and that can take another in its stead."""

    @property
    def where(self) -> str:
        """In words, after "in": ``the keyring (prod/acme)``."""

    @property
    def refusal(self) -> str:
        """Why a new key cannot be kept there, as a greyed reason; "" when it can."""

    @property
    def told(self) -> str:
        """How its other users get the new key from there, in a sentence; "" when there is nothing to tell."""

    @property
    def unkept(self) -> bool:
        """Whether a new key is in use that could not be stored yet: it is lost when the program ends."""

    async def ready(self) -> None:
        """Prove that the place takes a key and gives it back, before the one in use dies; raises SecretError."""

    def hold(self, key: Any) -> None:
        """Take a new key (a ``SecretStr``) into memory: it is not kept yet."""

    async def keep(self) -> None:
        """Store the key that is held and read it back; raises SecretError, and then it is held still."""
