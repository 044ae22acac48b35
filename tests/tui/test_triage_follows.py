"""The triage screen while the night goes on: the cursor stays on its problem, and only what changed is painted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.triage.nights import finding, idle, problem, recovered, storm
from tests.tui.triage_host import again, changing, night, under
from xplenty_tui.core.declare import Context
from xplenty_tui.triage.problem import Severity


async def test_the_cursor_stays_on_its_problem_while_the_list_changes(monkeypatch):
    numbers = range(1, 9)
    look, become = changing(finding(*(lambda now, nth=nth: problem(nth, now, nth) for nth in numbers)))
    async with night(monkeypatch, look, size=(80, 24)) as host:
        await host.press("j", "j", "j")
        await host.until(lambda: under(host).endswith(":4"))
        row = host.place.page.cursor - host.place.page.top
        become(
            finding(
                *(lambda now, nth=nth: problem(nth, now, nth) for nth in numbers if nth != 3),
                lambda now: problem(99, now, 0),
                lambda now: problem(98, now, 0),
            )
        )
        again(host)
        await host.pilot.pause()
        assert under(host).endswith(":4")
        assert host.place.page.cursor - host.place.page.top == row, "nor does the list move under a finger"
        become(finding(lambda now: problem(4, now, recovered=True, severity=Severity.NOTE), lambda now: idle("1", now)))
        again(host)
        assert under(host).endswith(":4"), "it recovered, and is the last now"
        become(finding(lambda now: storm(now, 5)))
        again(host)
        assert host.place.page.current().open is False, "it is one of an incident now"


async def test_a_refresh_before_a_key_does_not_move_the_first_problem_away(monkeypatch):
    look, become = changing(finding(lambda now: problem(90428, now)))
    async with night(monkeypatch, look) as host:
        assert under(host).endswith(":90428")
        become(finding(lambda now: problem(90428, now), lambda now: problem(1, now, 0)))
        again(host)
        assert under(host).endswith(":90428")
        assert host.place.page.top == 0, "and the new one is in view"


async def test_the_screen_looks_once_for_a_version_of_the_store(monkeypatch):
    looks = []

    def look(ctx, **_):
        looks.append(ctx.now)
        return finding(lambda now: problem(90428, now))(ctx)

    async with night(monkeypatch, look) as host:
        seen = len(looks)
        for _ in range(5):
            host.app.tick()
        await host.press("j", "k", "tab")
        await host.pilot.pause()
        assert len(looks) == seen
        again(host)
        assert len(looks) == seen + 1
        later = host.app.context
        monkeypatch.setattr(host.app, "context", lambda: _later(later(), 11))
        host.app.tick()
        assert len(looks) == seen + 2, "time alone makes problems"


def _later(ctx: Context, seconds: float) -> Context:
    return replace(ctx, now=ctx.now + timedelta(seconds=seconds))


async def test_a_second_that_changes_nothing_paints_nothing(monkeypatch):
    async with night(monkeypatch, finding(lambda now: problem(90428, now))) as host:
        painted = []
        refresh = host.place.page.refresh
        monkeypatch.setattr(host.place.page, "refresh", lambda *regions, **how: painted.extend(regions) or refresh())
        for _ in range(3):
            host.app.tick()
        assert painted == []


async def test_a_second_line_or_the_last_line_says_more_about_a_problem(monkeypatch):
    look, become = changing(finding(lambda now: problem(90428, now), lambda now: recovered(7, now)))
    async with night(monkeypatch, look) as host:
        assert "job 90428 · last success" in host.text
        await host.press("j")
        await host.see("job 7 · last success")
        become(finding(*(lambda now, nth=nth: problem(nth, now, nth) for nth in range(1, 20))))
        again(host)
        await host.press("g")
        await host.see("job 1 · last success")
        assert "job 2 ·" not in host.text
