"""One call with a key, to see whether it opens the account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr

from xplenty_tui.api import accounts
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ApiError
from xplenty_tui.config.settings import is_slug


@dataclass(frozen=True, slots=True)
class Trial:
    """What the call showed."""

    ok: bool
    sentence: str
    account: str = ""
    """The account that the key opens: the one asked for, or the only one there is."""


async def trial(
    url: str, account: str, key: SecretStr, clock: Callable[[], datetime], monotonic: Callable[[], float]
) -> Trial:
    """List the accounts that the key sees (a credit for each hundred) and look for ``account``; empty: the only one."""
    client = Client(url, account, key, meter=Meter(clock, monotonic))
    try:
        names = await _names(client, account)
    except ApiError as error:
        return Trial(False, error.sentence)
    finally:
        await client.aclose()
    listed = ", ".join(names) or "none"
    if account and account not in names:
        return Trial(False, f"The key is accepted, but the account {account} is not among those it opens: {listed}.")
    if not account and len(names) != 1:
        return Trial(False, f"The key is accepted; say with --account which account is meant: {listed}.")
    return Trial(True, f"The key is accepted and opens the account {account or names[0]}.", account or names[0])


async def _names(client: Client, wanted: str) -> list[str]:
    """Return the ids of the accounts that could stand in an address, up to the page that holds ``wanted``."""
    names: list[str] = []
    offset: int | None = 0
    while offset is not None and wanted not in names:
        page = await accounts.list_(client, offset=offset)
        names += [found.account_id for found in page.items if is_slug(found.account_id)]
        offset = page.next_offset
    return names
