"""The heavy imports and the blocking preparation, for a thread after the first paint."""

from __future__ import annotations

import os
import secrets
import time
from typing import TYPE_CHECKING

from xplenty_tui.tui.background import in_daemon

if TYPE_CHECKING:
    from xplenty_tui.config.launch import Launch, Prepared
    from xplenty_tui.config.settings import RefreshGroup
    from xplenty_tui.core.journal import Journal
    from xplenty_tui.refresh.plan import Knobs
    from xplenty_tui.refresh.session import Session
    from xplenty_tui.refresh.together import Pool


def prepare(launch: Launch, profile: str | None, account: str | None) -> tuple[Prepared | None, str]:
    """Load everything that a session needs; the sentence says why when it cannot be had."""
    from xplenty_tui.config.errors import SettingsError

    try:
        prepared = launch.prepare(profile, account)
    except SettingsError as error:
        return None, str(error)
    from xplenty_tui.resources import BY_NAME

    if launch.screen is not None and launch.screen in BY_NAME:
        _ = BY_NAME[launch.screen]  # loaded here so that the loop does not wait for it
    else:
        from xplenty_tui.triage.page import KINDS

        _ = [BY_NAME[kind] for kind in KINDS]

    return prepared, ""


def load_all() -> None:
    """Load every kind and all that can be done to it; in a thread, after the first rows."""
    from xplenty_tui.resources import BY_NAME

    for resource in BY_NAME.values():
        list(resource.actions)


def knobs_of(group: RefreshGroup) -> Knobs:
    """Return the plan's knobs as a person has set them."""
    from xplenty_tui.refresh.plan import Knobs

    return Knobs(
        share=group.share_percent / 100,
        reserve=group.reserve,
        fastest_s=group.fastest_seconds,
        progress_s=group.progress_seconds,
        idle_s=group.idle_minutes * 60,
        away_share=group.away_percent / 100,
    )


def _pool(prepared: Prepared, host: str) -> Pool | None:
    """Return the person's other sessions on this host; None where nothing is to be left on a disk."""
    from xplenty_tui.refresh.together import Pool

    if prepared.state is None:
        return None
    return Pool(prepared.state / "sessions", host, wall=time.time, pid=os.getpid(), token=secrets.token_hex(8))


def journal_of(prepared: Prepared) -> Journal | None:
    """Return the journal of this person; None where nothing is to be left on a disk."""
    from xplenty_tui.core.journal import NAME, Journal

    return Journal(prepared.state / NAME) if prepared.state is not None else None


def session_of(prepared: Prepared) -> Session:
    """Return a new session for what was prepared."""
    from xplenty_tui.api.client import Client
    from xplenty_tui.api.credits import Meter
    from xplenty_tui.refresh.session import begin
    from xplenty_tui.resources import BY_NAME

    assert prepared.key is not None  # noqa: S101  # without a key the connect place is shown
    meter = Meter(prepared.clock, prepared.monotonic)
    client = Client(
        prepared.url,
        prepared.account,
        prepared.key,
        meter=meter,
        transport=prepared.transport,
        read_only=prepared.read_only,
    )
    client.place = prepared.place
    return begin(
        client,
        meter,
        BY_NAME,
        profile=prepared.profile,
        clock=prepared.clock,
        knobs=knobs_of(prepared.settings.refresh),
        jitter=prepared.jitter,
        pool=_pool(prepared, client.host),
        aside=in_daemon,
        production=prepared.production,
        key_source=prepared.key_source,
    )
