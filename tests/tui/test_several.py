"""Several at once: what is left out and why, where a row of writes stops, and what is tried again."""

from __future__ import annotations

import asyncio

import pytest

from tests.tui.acting import asked, at, halt, halting, outcomes, writes
from tests.tui.host import Host, running
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.screens.results import ResultsPlace

__all__ = ["halting"]

pytestmark = pytest.mark.usefixtures("halting")


def of_status(host: Host, *statuses: str) -> list[str]:
    get = host.app.session.store.get
    return [key for key in host.place.view.keys if get("jobs", key).status in statuses]


async def mark(host: Host, keys: list[str]) -> None:
    for key in keys:
        await at(host, key)
        await host.press("space")


async def test_the_question_says_what_is_left_out_and_why():
    async with running(screen="jobs") as host:
        going, over = of_status(host, "running")[:2], of_status(host, "completed")[0]
        await mark(host, [*going, over])
        await host.press("X")
        box = await asked(host)
        text = " ".join(box.text.replace("┃", " ").split())
        assert "This halts 2." in text and "Costs 4 credits." in text
        assert f"Left out: {over}" in text and ": the job has ended." in text
        await host.press("tab", "enter")
        await host.until(lambda: isinstance(host.place, ResultsPlace))
        await host.see("2 OF 2 DONE")
        await host.see("left out: the job has ended")
        assert writes(host) == [f"DELETE /jobs/{key}" for key in going]


async def test_marks_on_rows_that_the_filter_hides_are_left_out_and_said():
    async with running(screen="jobs") as host:
        going = of_status(host, "running")[:2]
        await mark(host, [*going, of_status(host, "completed")[0]])
        await host.press("slash")
        host.type("status:running")
        await host.press("enter")
        await host.settle()
        await host.press("X")
        box = await asked(host)
        assert "1 mark is on a row that the filter hides" in " ".join(box.text.replace("┃", " ").split())
        await host.press("tab", "enter")
        await host.until(lambda: len(writes(host)) == 2)
        assert sorted(writes(host)) == sorted(f"DELETE /jobs/{key}" for key in going)


@pytest.mark.parametrize("status", [401, 402, 429])
async def test_a_row_of_writes_stops_at_the_first_that_all_would_meet_and_names_the_rest(status: int):
    async with running(screen="jobs") as host:
        keys = of_status(host, "running")[:3]
        await mark(host, keys)
        host.line.spoilt[f"DELETE /jobs/{keys[1]}"] = status
        await halt(host)
        await host.until(lambda: isinstance(host.place, ResultsPlace))
        await host.see("1 OF 3 DONE")
        assert writes(host) == [f"DELETE /jobs/{key}" for key in keys[:2]]
        assert "not tried" in host.text and "all further ones would be refused" in host.text
        host.line.spoilt.clear()
        await host.press("r")
        await asked(host)
        assert "This halts 2." in host.text, "what was refused and what was not tried"
        await host.press("tab", "enter")
        await host.until(lambda: len(writes(host)) == 4)
        assert writes(host)[2:] == [f"DELETE /jobs/{key}" for key in keys[1:]]


async def test_a_no_to_several_is_one_line_of_the_journal_that_says_how_many():
    async with running(screen="jobs") as host:
        await mark(host, of_status(host, "running")[:2])
        await host.press("X")
        await asked(host)
        await host.press("enter")
        await host.until(lambda: outcomes(host) == [Outcome.CANCELLED])
        assert host.app.entries[0].label == "2 jobs"


async def test_leaving_waits_for_all_of_a_row():
    async with running(screen="jobs") as host:
        keys = of_status(host, "running")[:3]
        await mark(host, keys)
        gate = host.line.held["DELETE /jobs"] = asyncio.Event()
        await halt(host)
        await host.until(lambda: writes(host))
        await host.see("halt 1 of 3")
        await host.press("q")
        await host.see("leaving once it has ended")
        gate.set()
        await host.until(lambda: host.app._exit)
        assert len(writes(host)) == 3 and outcomes(host).count(Outcome.DONE) == 3


async def test_leaving_is_put_off_where_not_all_of_it_was_done():
    async with running(screen="jobs") as host:
        await at(host, of_status(host, "running")[0])
        gate = host.line.held["DELETE /jobs"] = asyncio.Event()
        host.line.spoilt["DELETE /jobs"] = 403
        await halt(host)
        await host.until(lambda: writes(host))
        await host.press("q")
        await host.see("leaving once it has ended")
        gate.set()
        await host.see("Nothing was done")
        assert not host.app._exit
        await host.press("enter")
        await host.until(lambda: not host.app.boxes())
        await host.press("q")
        await host.until(lambda: host.app._exit)
