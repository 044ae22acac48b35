"""The heavy imports and the blocking preparation, for a thread after the first paint."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xplenty_tui.config.launch import Launch, Prepared
    from xplenty_tui.refresh.session import Session


def prepare(launch: Launch, profile: str | None, account: str | None) -> tuple[Prepared | None, str]:
    """Load everything that a session needs; the sentence says why when it cannot be had."""
    from xplenty_tui.config.errors import SettingsError

    try:
        prepared = launch.prepare(profile, account)
    except SettingsError as error:
        return None, str(error)
    import xplenty_tui.refresh.session
    import xplenty_tui.resources
    import xplenty_tui.triage.summary  # noqa: F401  # loaded here so that the loop does not wait for them

    return prepared, ""


def session_of(prepared: Prepared) -> Session:
    """Return a new session for what was prepared."""
    from xplenty_tui.api.client import Client
    from xplenty_tui.api.credits import Meter
    from xplenty_tui.refresh.session import begin
    from xplenty_tui.resources import BY_NAME

    assert prepared.key is not None  # noqa: S101  # without a key the connect place is shown
    meter = Meter(prepared.clock)
    client = Client(prepared.url, prepared.account, prepared.key, meter=meter, transport=prepared.transport)
    return begin(
        client,
        meter,
        BY_NAME,
        profile=prepared.profile,
        clock=prepared.clock,
        monotonic=time.monotonic,
        visible_s=prepared.settings.refresh.visible_seconds,
        read_only=prepared.read_only,
        production=prepared.production,
        key_source=prepared.key_source,
    )
