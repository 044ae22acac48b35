"""One person at one account with one key: made anew on every switch, so that nothing of the old one can land here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.core.declare import Resource
from xplenty_tui.core.store import Store
from xplenty_tui.refresh.loop import Loop


@dataclass
class Session:
    """What is known and under way for one account."""

    profile: str
    account: str
    client: Client
    meter: Meter
    clock: Callable[[], datetime]
    """This host's or the demo world's clock, aware, UTC."""
    loop: Loop
    store: Store
    read_only: bool = False
    production: bool = False
    key_source: str = ""
    """In words, where the key came from."""

    def now(self) -> datetime:
        """Return the time as the server's clock has it."""
        skew: timedelta = self.client.skew
        return self.clock() + skew

    async def close(self) -> None:
        """Drop everything in flight and close the connections."""
        self.loop.close()
        await self.client.aclose()


def begin(
    client: Client,
    meter: Meter,
    resources: Mapping[str, Resource[Any]],
    *,
    profile: str,
    clock: Callable[[], datetime],
    monotonic: Callable[[], float],
    visible_s: float,
    read_only: bool = False,
    production: bool = False,
    key_source: str = "",
) -> Session:
    """Start a session for the account that ``client`` speaks for."""
    store = Store()
    loop = Loop(
        client,
        store,
        resources,
        clock=lambda: clock() + client.skew,
        monotonic=monotonic,
        visible_s=visible_s,
    )
    return Session(
        profile,
        client.account,
        client,
        meter,
        clock,
        loop,
        store,
        read_only=read_only,
        production=production,
        key_source=key_source,
    )
