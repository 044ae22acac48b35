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
from xplenty_tui.refresh.plan import Knobs
from xplenty_tui.refresh.purse import Aside, Purse
from xplenty_tui.refresh.together import Pool


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
    production: bool = False
    key_source: str = ""
    """In words, where the key came from."""

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed: the client refuses it."""
        return self.client.read_only

    def now(self) -> datetime:
        """Return the time as the server's clock has it."""
        skew: timedelta = self.client.skew
        return self.clock() + skew

    async def close(self) -> None:
        """Drop everything in flight and close the connections."""
        self.loop.close()
        await self.client.aclose()
        await self.loop.purse.leave()


def begin(
    client: Client,
    meter: Meter,
    resources: Mapping[str, Resource[Any]],
    *,
    profile: str,
    clock: Callable[[], datetime],
    knobs: Knobs,
    jitter: Callable[[], float],
    pool: Pool | None = None,
    aside: Aside | None = None,
    production: bool = False,
    key_source: str = "",
) -> Session:
    """Start a session for the account that ``client`` speaks for.

    ``jitter`` gives numbers from 0 to 1; ``pool`` holds the person's other sessions on this host, and ``aside`` runs in
    a thread what blocks on their files.
    """
    store = Store()
    loop = Loop(
        client,
        store,
        resources,
        clock=lambda: clock() + client.skew,
        purse=Purse(meter, knobs, jitter=jitter, pool=pool, aside=aside),
    )
    return Session(
        profile,
        client.account,
        client,
        meter,
        clock,
        loop,
        store,
        production=production,
        key_source=key_source,
    )
