"""An action for tests, to halt a job, and what is asked of a running program around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.tui.host import Host
from xplenty_tui.api import jobs as api
from xplenty_tui.core.action import Action, Question, ReadBack, Verdict
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.journal import Outcome
from xplenty_tui.resources import BY_NAME
from xplenty_tui.tui import following, sending
from xplenty_tui.tui.widgets.ask import Ask

ENDING = ("pending_stoppage", "stopping", "stopped")
RUNNING = "90435"


async def _check(client, attempt):
    job = await api.get(client, attempt.item.id)
    done = job.status in ENDING
    return ReadBack(Verdict.DONE if done else Verdict.NOT_DONE, job)


def _ask(items, _draft, _ctx):
    return Question("Halt jobs", (((f"This halts {len(items)}.", Tone.PLAIN),),), "Halt")


HALT = Action(
    "halt",
    ("X",),
    "halt",
    "Halt the job.",
    send=lambda client, job, _: api.stop(client, job.id),
    said=lambda _answer, job, _ctx: f"{job.id} is asked to stop.",
    check=_check,
    disabled=lambda job, _: None if job is None or job.active else "the job has ended",
    permission="",
    ask=_ask,
    danger=True,
    bulk=True,
    settled=lambda job: job.ended,
    outcome=lambda job: f"{job.id} is {job.status}.",
    touches=("clusters",),
    weight=40,
)


@pytest.fixture
def halting(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let jobs be halted, and let nothing be waited for."""
    monkeypatch.setitem(BY_NAME, "jobs", replace(BY_NAME["jobs"], actions=(HALT,)))
    monkeypatch.setattr("xplenty_tui.resources.ALL", tuple(BY_NAME.values()))
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)
    monkeypatch.setattr(following, "PACES_S", (0.0,))
    monkeypatch.setattr(following, "LOOKS", 1)
    yield


async def at(host: Host, key: str = RUNNING) -> None:
    """Put the cursor on a job."""
    place = host.place
    place.view.to(place.view.keys.index(key))
    place.table.reconcile()
    await host.pilot.pause()


async def asked(host: Host) -> Ask:
    """Wait for the question."""
    await host.until(lambda: [box for box in host.app.boxes() if isinstance(box, Ask) and box.ready])
    return host.app.boxes()[-1]


async def halt(host: Host) -> None:
    """Halt what the cursor is on, or what is marked: its key, the question, yes."""
    await host.press("X")
    await asked(host)
    await host.press("tab", "enter")


def outcomes(host: Host) -> list[Outcome]:
    return [entry.outcome for entry in host.app.entries]


GETS = ("/connections/curl/schema",)
"""GETs that act: they make the service call somebody; pings are the others."""


def writes(host: Host) -> list[str]:
    return [path for path in host.line.asked if not path.startswith("/") or path in GETS or path.endswith("/ping")]
