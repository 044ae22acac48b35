"""What holds for every action below the screen: a read-only client lets none out, and of two sessions one acts."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import SecretStr

from tests.resources.samples import context
from tests.tui.acting import RUNNING, asked, at, outcomes, writes
from tests.tui.filled import SEARCHED
from tests.tui.host import BEGIN, Line, running
from tests.tui.test_every_action import cases, drafted, say_yes
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ReadOnly
from xplenty_tui.config.keep import DemoPlace
from xplenty_tui.core.action import Action, Attempt
from xplenty_tui.core.declare import Resource
from xplenty_tui.core.journal import Outcome
from xplenty_tui.demo.start import ACCOUNT, KEY, start
from xplenty_tui.demo.transport import DemoTransport
from xplenty_tui.tui import sending
from xplenty_tui.tui.widgets.ask import Ask


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)


@cases()
async def test_a_read_only_client_lets_nothing_out_that_acts(resource: Resource[Any], action: Action[Any]) -> None:
    api, clock = start(7, 150, 0, lambda: 0.0, BEGIN)
    line = Line(api)
    client = Client("https://demo.invalid", ACCOUNT, SecretStr(KEY), meter=Meter(clock, lambda: 0.0), transport=line)
    item: Any = None
    if action.on_item:
        found = SEARCHED.get(resource.name)
        page: Any = await (resource.search(client, found, 0) if found and resource.search else resource.load(client, 0))
        item = next(each for each in page.items if action.disabled(each, context()) is None)
    line.asked.clear()
    client.read_only, client.place = True, DemoPlace()
    attempt = Attempt(item, drafted(resource, action), clock())
    if action.writes:
        with pytest.raises(ReadOnly) as caught:
            await action.send(client, item, attempt.draft)
        assert not caught.value.sent
        with pytest.raises(ReadOnly):
            await client.for_account("acme-staging").send("GET", "/packages/421/validate")
        assert (await sending.send(client, action, attempt, context())).outcome is Outcome.REFUSED
        assert not line.asked and not line.free
    else:
        await action.send(client, item, attempt.draft)
        assert line.asked and all(path.startswith("/") for path in line.asked), "it only reads"
    await client.aclose()


async def test_the_second_of_two_sessions_that_stop_a_job_is_told_that_it_is_stopping() -> None:
    async with running(screen="jobs") as first, running(screen="jobs") as second:
        second.line.api, second.line.world = first.line.api, DemoTransport(first.line.api)
        for host in (first, second):
            await at(host, RUNNING)
            await host.press("x")
            await asked(host)
        await say_yes(first)
        await first.until(lambda: Outcome.DONE in outcomes(first))
        await say_yes(second)
        await second.see("Nothing is left to stop")
        assert "is being stopped already" in second.text
        assert writes(first) == [f"DELETE /jobs/{RUNNING}"] and not writes(second)
        await second.press("escape")
        await second.until(lambda: not second.app.boxes())
        await second.press("x")
        await second.see("stop: the job is being stopped already")
        assert not any(isinstance(box, Ask) for box in second.app.boxes()) and not writes(second)
        assert Outcome.ASKED not in outcomes(second)
