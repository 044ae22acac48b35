"""The bytes of a notification, where none is sent, and when new problems ring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from textual import events

from tests.triage.nights import finding, problem, recovered
from tests.tui.host import BEGIN, Host, running
from xplenty_tui.config.settings import NotifyGroup, Settings
from xplenty_tui.core.declare import Context
from xplenty_tui.demo.start import OTHER_ACCOUNT
from xplenty_tui.triage import look as rules
from xplenty_tui.triage.incidents import Incident, grouped
from xplenty_tui.triage.ringing import NAMED
from xplenty_tui.tui.passing import multiplexer
from xplenty_tui.tui.ringing import LONGEST, sequence, way

XTERM, TMUX, SCREEN = {"TERM": "xterm-256color"}, {"TERM": "tmux-256color"}, {"TERM": "screen.xterm-256color"}


@pytest.mark.parametrize(
    ("environment", "inside"),
    [
        (XTERM, ""),
        ({}, ""),
        (TMUX, "tmux"),
        ({**XTERM, "TMUX": "/run/tmux/default,1,0"}, "tmux"),
        ({"TERM": "screen-256color", "TMUX": "x"}, "tmux"),
        (SCREEN, "screen"),
        ({**XTERM, "STY": "1.pts"}, "screen"),
    ],
)
def test_what_lies_between_is_told_by_the_environment(environment: Mapping[str, str], inside: str) -> None:
    assert multiplexer(environment) == inside


@pytest.mark.parametrize(
    ("group", "environment", "how"),
    [
        ({}, XTERM, "osc9"),
        ({}, {}, "osc9"),
        ({}, {"TERM": "xterm-kitty"}, "osc9"),
        ({}, {"TERM": "foot"}, "osc777"),
        ({}, {"TERM": "rxvt-unicode-256color"}, "osc777"),
        ({}, {**XTERM, "VTE_VERSION": "7600"}, "osc777"),
        ({}, {"TERM": "linux"}, ""),
        ({}, {"TERM": "vt100"}, ""),
        ({}, TMUX, ""),
        ({}, SCREEN, ""),
        ({"passthrough": True}, TMUX, "osc9"),
        ({"passthrough": True}, SCREEN, "osc9"),
        ({"passthrough": True, "terminal": "off"}, TMUX, ""),
        ({"terminal": "osc777"}, XTERM, "osc777"),
        ({"terminal": "osc9"}, {"TERM": "foot"}, "osc9"),
        ({"terminal": "osc9"}, TMUX, ""),
        ({"terminal": "osc777", "passthrough": True}, TMUX, "osc777"),
        ({"terminal": "off"}, XTERM, ""),
    ],
)
def test_the_way_is_chosen_and_none_leads_through_a_multiplexer_that_was_not_opened(
    group: dict[str, Any], environment: Mapping[str, str], how: str
) -> None:
    assert way(NotifyGroup(**group), environment) == how


def test_the_bytes_plain_and_wrapped() -> None:
    assert sequence("osc9", "xplenty acme", "job 1 failed", XTERM) == "\x1b]9;xplenty acme: job 1 failed\x07"
    assert sequence("osc777", "xplenty acme", "a; b", XTERM) == "\x1b]777;notify;xplenty acme;a; b\x07"
    assert sequence("osc777", "a;b", "c", XTERM) == "\x1b]777;notify;a,b;c\x07", "the title ends where it should"
    assert sequence("osc9", "x", "y", TMUX) == "\x1bPtmux;\x1b\x1b]9;x: y\x07\x1b\\"
    assert sequence("osc9", "x", "y", SCREEN) == "\x1bP\x1b]9;x: y\x07\x1b\\"
    assert sequence("", "x", "y", XTERM) == ""


@pytest.mark.parametrize(
    "text",
    [
        "a\x07b",
        "a\x1b\\b",
        "a\x1b]52;c;ZXZpbA==\x07b",
        "a\x9cb\x9d0;x\x9c",
        "a\nb\r\nc\td\x00",
        "a\u202eb\u2028c\u200bd",
        "a\udc80b",
        "\x1bPtmux;\x1b\x1b]0;x\x07\x1b\\",
    ],
)
@pytest.mark.parametrize("environment", [XTERM, TMUX, SCREEN])
@pytest.mark.parametrize("how", ["osc9", "osc777"])
def test_no_text_ends_or_begins_a_sequence(text: str, environment: Mapping[str, str], how: str) -> None:
    plain, hostile = (sequence(how, "t", said, environment) for said in ("ab", text))
    assert hostile.isprintable() is False and hostile.encode()
    steers = [sign for sign in hostile if not sign.isprintable()]
    assert steers == [sign for sign in plain if not sign.isprintable()], "the same as around a harmless text"


def test_a_long_text_is_cut() -> None:
    assert len(sequence("osc9", "t", "x" * 5000, XTERM)) < LONGEST + 20


# New problems.


def fail(host: Host, *numbers: int) -> list[str]:
    """Let completed jobs come back as failed; returns their names."""
    session = host.app.session
    assert session is not None
    good = [job for job in session.store.good("jobs") if job.status == "completed"]
    changed = [good[number].model_copy(update={"status": "failed", "errors": "Oh, token=abcdef"}) for number in numbers]
    session.store.put("jobs", [(str(job.id), job) for job in changed], session.now())
    return [job.package.name for job in changed]


async def heard(host: Host) -> list[str]:
    """Return the list that everything that is told goes into from now on."""
    said: list[str] = []
    host.app.alert = said.append  # type: ignore[method-assign]
    await host.pilot.pause()
    return said


async def drawn(host: Host) -> None:
    """Wait until what changed was looked at."""
    await host.pilot.pause()
    await host.until(lambda: not host.app._changed)


async def blur(host: Host) -> None:
    host.app.post_message(events.AppBlur())
    await host.until(lambda: host.app.session.loop.purse.away)


async def test_new_problems_ring_while_nobody_looks_and_say_what_they_are():
    async with running(screen="jobs") as host:
        said = await heard(host)
        await blur(host)
        before = len(host.app.problems())
        names = fail(host, 0, 1, 2)
        await host.until(lambda: said)
        count = len(host.app.problems()) - before
        assert count >= len(names)
        assert said[0].startswith(f"{count} new problems: ") and said[0].endswith(f" and {count - NAMED} more")
        assert sum(f"{name} failed" in said[0] for name in names) == NAMED
        assert "Oh, token=********" in said[0] and "abcdef" not in said[0]


async def test_what_waited_rings_by_itself_when_the_quiet_time_is_over():
    async with running(screen="jobs") as host:
        said = await heard(host)
        await blur(host)
        fail(host, 0)
        await host.until(lambda: said)
        host.now_s[0] += 30
        fail(host, 1)
        await drawn(host)
        host.app.tick()
        assert len(said) == 1
        host.now_s[0] += 31
        host.app.tick()
        assert len(said) == 2


def all_failed(ctx: Context, **_: Any) -> tuple[Incident, ...]:
    """Find every failed job that is loaded, whenever that was."""
    return grouped(problem(job.id, ctx.now) for job in ctx.store.good("jobs") if job.status == "failed")


async def test_older_pages_ring_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rules, "look", all_failed)
    async with running(screen="jobs", jobs=900) as host:
        said = await heard(host)
        await blur(host)
        before = len(host.app.problems())
        await host.press("m")
        await blur(host)
        host.app.session.loop.more("jobs")
        await host.settle()
        assert len(host.app.problems()) > before
        assert not said


@pytest.mark.parametrize(("problems", "rings"), [("always", True), ("away", False), ("never", False)])
async def test_who_looks_is_told_only_where_that_is_wanted(problems: Any, rings: bool):
    async with running(screen="jobs", settings=Settings(notify=NotifyGroup(problems=problems))) as host:
        said = await heard(host)
        fail(host, 0)
        await drawn(host)
        assert bool(said) is rings
        await blur(host)
        fail(host, 1)
        await drawn(host)
        host.now_s[0] += 61
        host.app.tick()
        assert bool(said) is (problems != "never")


async def test_what_is_seen_for_the_first_time_on_another_screen_rings_nothing(monkeypatch: pytest.MonkeyPatch):
    kinds = ("jobs", "clusters")

    def look(ctx: Context, **_: Any) -> tuple[Incident, ...]:
        return grouped(problem(kind, ctx.now) for kind in kinds if ctx.store.of(kind).loaded_at)

    monkeypatch.setattr(rules, "look", look)
    async with running(screen="jobs") as host:
        said = await heard(host)
        assert len(host.app.problems()) == 1
        await host.press("3")
        await blur(host)
        await host.until(lambda: len(host.app.problems()) == 2)
        await host.settle()
        assert not said


async def test_what_recovered_rings_nothing_and_is_in_a_note(monkeypatch: pytest.MonkeyPatch):
    found = [lambda now: recovered(7, now)]
    monkeypatch.setattr(rules, "look", lambda ctx, **_: finding(*found)(ctx))
    async with running(screen="jobs") as host:
        said = await heard(host)
        await blur(host)
        found.append(lambda now: recovered(8, now))
        host.held("jobs").version += 1
        host.app.ring()
        assert not said and not host.app.problems()
        assert (
            list(host.app.problems(recovered=True).values()) == ["dim_customers failed, recovered on retry 1 of 3"] * 2
        )


async def test_a_problem_that_the_time_alone_made_rings_within_ten_seconds(monkeypatch: pytest.MonkeyPatch):
    due = BEGIN + timedelta(seconds=15)
    looks: list[datetime] = []

    def look(ctx: Context, **_: Any) -> tuple[Incident, ...]:
        looks.append(ctx.now)
        return grouped([problem(1, ctx.now, name="nightly", sentence="is overdue")] if ctx.now >= due else [])

    monkeypatch.setattr(rules, "look", look)
    async with running(screen="jobs") as host:
        said, context, began_s = await heard(host), host.app.context, host.now_s[0]
        await blur(host)
        monkeypatch.setattr(
            host.app, "context", lambda: replace(context(), now=BEGIN + timedelta(seconds=host.now_s[0] - began_s))
        )
        seen = len(looks)
        for _ in range(30):
            host.now_s[0] += 1
            host.app.tick()
        assert said == ["nightly is overdue"]
        assert len(looks) - seen <= 3, "a look in ten seconds is enough"


async def test_who_wants_no_rings_pays_for_no_looks(monkeypatch: pytest.MonkeyPatch):
    looks: list[Context] = []
    monkeypatch.setattr(rules, "look", lambda ctx, **_: looks.append(ctx) or ())
    async with running(screen="jobs", settings=Settings(notify=NotifyGroup(problems="never"))) as host:
        await blur(host)
        fail(host, 0)
        await drawn(host)
        host.now_s[0] += 61
        host.app.tick()
        assert not looks


async def test_another_account_begins_anew():
    async with running(screen="jobs") as host:
        said = await heard(host)
        await blur(host)
        await host.app.begin(account=OTHER_ACCOUNT)
        await blur(host)
        await host.settle()
        assert not said, "what was wrong before one came is not new"


async def test_the_bell_and_the_sequence_are_written_once_each(monkeypatch: pytest.MonkeyPatch):
    async with running(screen="jobs") as host:
        written: list[str] = []
        rang: list[None] = []
        monkeypatch.setattr(type(host.app), "is_headless", False)
        monkeypatch.setattr(host.app._driver, "write", written.append)
        monkeypatch.setattr(host.app, "bell", lambda: rang.append(None))
        host.app.alert("job 1 failed")
        assert (written, len(rang)) == (["\x1b]9;xplenty acme: job 1 failed\x07"], 1)
