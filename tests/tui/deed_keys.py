"""From a row to a question and an answer with keys only, and what the journal says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.tui.acting import asked
from tests.tui.form_keys import over
from tests.tui.host import Host
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui import following, sending
from xplenty_tui.tui.widgets.ask import Ask

DONE = [Outcome.ASKED, Outcome.DONE]


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nothing be waited for; look once at what was set going, five times for what it started."""
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)
    monkeypatch.setattr(following, "PACES_S", (0.0,))
    monkeypatch.setattr(following, "LOOKS", 1)
    monkeypatch.setattr(following, "FINDS_S", (0.0,) * 5)
    yield


async def on(host: Host, key: str) -> None:
    """Go to a row, from the first one down."""
    await host.press("home", *["down"] * host.place.view.keys.index(key))
    assert str(host.place.here()[1].id) == key


async def question(host: Host, *said: str) -> Ask:
    """Wait for the question, and look whether it says all that; account and answers are always there."""
    box = await asked(host)
    text = " ".join(box.text.replace("│", " ").replace("┃", " ").split())
    for one in ("acme / demo", "[>Cancel<]", *said):
        assert one in text, text
    return box


async def yes(host: Host) -> None:
    """Confirm, and wait for the end of it."""
    await host.press("tab", "enter")
    await over(host)


def world(host: Host) -> Any:
    """Return the account as the server has it."""
    return host.line.api.world.accounts["acme"]


def told(host: Host) -> tuple[str, str, str]:
    """Return action, subject and sentence of the newest line of the journal."""
    entry = host.app.entries[-1]
    return entry.action, entry.label, entry.sentence
