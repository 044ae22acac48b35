"""Following a log: what it asks for and when, where the cursor stays, and when it ends."""

from __future__ import annotations

from tests.tui.host import Host, running
from xplenty_tui.resources import BY_NAME
from xplenty_tui.tui.screens.tailing import PACE_S

JOB, ENDED = "90427", "90428"
"""A job that runs and runs, and one that failed."""


async def opened(host: Host, key: str) -> None:
    host.app.open_item(BY_NAME["jobs"], key)
    await host.until(lambda: host.depth == 2)
    await host.settle()


def logs(host: Host) -> int:
    return sum(one == f"/jobs/{JOB}/log" for one in host.line.asked)


def answer(host: Host, lines: int) -> None:
    body = "\\n".join(f"INFO line {number}" for number in range(1, lines + 1))
    host.line.spoilt[rf"/jobs/{JOB}/log$"] = f'{{"body": "{body}"}}'.encode()


async def later(host: Host, lines: int, seconds: float = PACE_S) -> None:
    """Let time pass with a longer log on the server, and wait for it."""
    answer(host, lines)
    before = logs(host)
    host.now_s[0] += seconds
    host.app.tick()
    await host.until(lambda: logs(host) == before + 1)
    await host.settle()


def line(host: Host) -> str:
    return host.place.page.current_text()


async def test_a_log_is_followed_at_its_end_for_a_credit_each_time():
    async with running(screen="jobs") as host:
        await opened(host, JOB)
        answer(host, 30)
        await host.press("F")
        await host.until(lambda: line(host) == "INFO line 30")
        assert "followed: asked for every 15 s, 1 credit each" in host.text
        assert logs(host) == 1
        host.now_s[0] += PACE_S - 1
        host.app.tick()
        await host.settle()
        assert logs(host) == 1, "not before its time"
        await later(host, 40, 1)
        assert line(host) == "INFO line 40"
        await host.press("F")
        await host.until(lambda: "followed: asked" not in host.text)
        host.now_s[0] += 100
        host.app.tick()
        await host.settle()
        assert logs(host) == 2


async def test_who_moved_up_reads_on_and_at_the_end_it_sticks_again():
    async with running(screen="jobs") as host:
        await opened(host, JOB)
        answer(host, 30)
        await host.press("F")
        await host.until(lambda: line(host) == "INFO line 30")
        await host.press("up", "up")
        await later(host, 40)
        assert line(host) == "INFO line 28"
        host.place.page.go(host.place.page.end_of("log"))
        await later(host, 50)
        assert line(host) == "INFO line 50"


async def test_nothing_is_asked_while_the_page_is_not_seen_or_the_refresh_is_paused():
    async with running(screen="jobs") as host:
        await opened(host, JOB)
        answer(host, 3)
        await host.press("F")
        await host.until(lambda: line(host) == "INFO line 3")
        await host.press("p")
        host.now_s[0] += PACE_S
        host.app.tick()
        await host.settle()
        await host.press("1")
        await host.until(lambda: host.place.name_ == "triage")
        await host.press("p")
        host.app.tick()
        await host.settle()
        assert logs(host) == 1
        answer(host, 5)
        await host.press("2")
        await host.until(lambda: host.depth == 2)
        host.app.tick()  # or the program's own tick, whichever is first
        await host.until(lambda: logs(host) == 2)
        await host.settle()


async def test_the_last_of_it_is_asked_for_when_the_job_has_ended():
    async with running(screen="jobs") as host:
        await opened(host, JOB)
        answer(host, 3)
        await host.press("F")
        await host.until(lambda: line(host) == "INFO line 3")
        store = host.app.session.store
        over = store.get("jobs", JOB).model_copy(update={"status": "completed"})
        store.learn("jobs", [(JOB, over)], merge=lambda old, new: new)
        await later(host, 9, 0)
        await host.see("It has ended: this is all of the log")
        assert line(host) == "INFO line 9"
        assert "followed: asked" not in host.text


async def test_a_failing_answer_is_said_and_it_is_asked_for_again():
    async with running(screen="jobs") as host:
        await opened(host, JOB)
        host.line.spoilt[rf"/jobs/{JOB}/log$"] = 503
        await host.press("F")
        await host.settle()
        assert host.place._parts["log"].error is not None
        host.app.session.loop.heard(None)  # something else was answered since
        await later(host, 4)
        assert host.place._parts["log"].error is None
        assert "INFO line 4" in host.text


async def test_a_log_that_does_not_grow_is_not_followed():
    async with running(screen="jobs") as host:
        await opened(host, ENDED)
        before = len(host.line.asked)
        await host.press("F")
        await host.see("only the log of a running job can be followed")
        assert len(host.line.asked) == before
        assert "F follow" not in host.bar("keys")
