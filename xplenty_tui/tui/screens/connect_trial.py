"""What is done with a typed key: one free call that shows whether it is accepted, and keeping it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from xplenty_tui.api import errors, limits
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.config.keep import ElsewherePlace, KeyringPlace, place_of
from xplenty_tui.config.launch import Prepared
from xplenty_tui.config.prepare import keyring_of
from xplenty_tui.config.read import load
from xplenty_tui.config.remember import remember
from xplenty_tui.config.settings import Settings
from xplenty_tui.config.target import Target
from xplenty_tui.core import words
from xplenty_tui.tui.explain import explain

_AGAIN = "What you typed is still here: enter in the key field tests again."
_NEXT: tuple[tuple[type[errors.ApiError], str], ...] = (
    (errors.Unauthorized, "Check the key: it may be mistyped, or replaced by a newer one."),
    (errors.Forbidden, "Check the account id: the key's user may not belong to that account."),
    (errors.NotFound, "Check the account id: it is the word in the web console's address."),
    (errors.RateLimited, "The key's credits of this hour are spent; it can be kept or used all the same."),
    (errors.TlsFailure, "Nothing was sent. Behind a company proxy, set SSL_CERT_FILE to its CA."),
    (errors.NoAnswer, _AGAIN),
    (errors.ServerTrouble, _AGAIN),
    (errors.UndecodableAnswer, _AGAIN),
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed, fit to be sent, and what it was typed for."""

    prepared: Prepared
    account: str
    key: SecretStr


async def ask(typed: Typed) -> str:
    """Ask for the credits, which costs none, and return in words that the key was accepted; raises ApiError."""
    prepared = typed.prepared
    meter = Meter(prepared.clock, prepared.monotonic)
    client = Client(prepared.url, typed.account, typed.key, meter=meter, transport=prepared.transport)
    try:
        found = await limits.rate_limit_status(client)
    finally:
        await client.aclose()
    accepted = f"The key is accepted for {typed.account}"
    if found.remaining is None or found.limit is None:
        return f"{accepted}."
    return f"{accepted}: {words.number(found.remaining)} of {words.number(found.limit)} credits are left this hour."


def keep(typed: Typed, file: Path) -> tuple[str, Settings]:
    """Keep key and profile; return what was done, and the settings with the profile in them. Blocks."""
    prepared = typed.prepared
    said = remember(
        typed.key,
        profile=prepared.profile,
        account=typed.account,
        url=prepared.url,
        file=file,
        settings=prepared.settings,
        keyring=keyring_of(prepared.settings),
    )
    return said, load(file)


def place(typed: Typed, settings: Settings, source: str) -> KeyringPlace | ElsewherePlace:
    """Return where the typed key is kept, for the day when there is another."""
    prepared = typed.prepared
    target = Target(prepared.profile, typed.account, prepared.url, settings.profiles.get(prepared.profile), False)
    return place_of(source, keyring_of(settings), target, typed.key)


def advice(error: errors.ApiError) -> str:
    """Return what a person does about ``error`` here."""
    return next((sentence for kind, sentence in _NEXT if isinstance(error, kind)), explain(error).next)
