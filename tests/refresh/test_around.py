"""The end of the trial and the key's other accounts: asked seldom, within the share, and never when nobody looks."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from tests.demo.asking import BEGIN, asker
from tests.resources.samples import JOB, NOW, at, decode
from tests.tui.host import Line
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter, Reason
from xplenty_tui.demo.start import ACCOUNT, KEY, OTHER_ACCOUNT
from xplenty_tui.refresh.around import FIRST_S, KNOWN_S, MOST, OTHERS_S, TRIAL_S, Neighbour, judged, label
from xplenty_tui.refresh.plan import Knobs
from xplenty_tui.refresh.session import Session, begin
from xplenty_tui.resources import BY_NAME

TRIAL, ACCOUNTS = "acme /subscription", " /accounts"
FAILED, COMPLETED = f"{OTHER_ACCOUNT} /jobs failed", f"{OTHER_ACCOUNT} /jobs completed"


class Wire(Line):
    """Notes whose account was asked for what, and says other things than the world where a test wants that."""

    def __init__(self, api: Any) -> None:
        super().__init__(api)
        self.log: list[str] = []
        self.says: dict[str, Any] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        answer = await super().handle_async_request(request)
        path = request.url.path
        found = re.fullmatch(r"/(?P<account>[^/]+)/api(?P<path>/.*)", path)
        if not path.endswith("/rate_limit_status"):
            what = f" {request.url.params['status']}" if "status" in request.url.params else ""
            self.log.append(f"{found['account']} {found['path']}{what}" if found else f" {path}{what}")
            if self.log[-1] in self.says:
                return httpx.Response(200, headers=answer.headers, content=json.dumps(self.says[self.log[-1]]))
        return answer


@dataclass
class Night:
    """A session whose clock is in the hand, at a world that stands still."""

    session: Session
    line: Wire
    now_s: list[float]

    async def wait(self, seconds: float, *, alone: bool = False) -> list[str]:
        """Let time pass and what is due be answered; return what was asked. ``alone``: no key is pressed."""
        before = len(self.line.log)
        self.now_s[0] += seconds
        if not alone:
            self.session.loop.touched()
        self.session.loop.force(())
        still = 0
        async with asyncio.timeout(20):
            while still < 20:
                still = 0 if self.session.loop._tasks else still + 1
                await asyncio.sleep(0)
        return self.line.log[before:]

    def hold(self, still: bool) -> None:
        """Stop or resume the background."""
        switch = self.session.loop.pause  # the loop's; no wait
        switch(still)

    @property
    def around(self) -> Any:
        return self.session.loop.around


@asynccontextmanager
async def night(*, others: bool = True, limit: int = 5000, knobs: Knobs | None = None) -> AsyncIterator[Night]:
    """Run a session of which nothing is looked at but what is beside the kinds, from ten seconds ago on."""
    wire, now_s = Wire(asker(jobs=250, limit=limit).api), [1000.0]
    meter = Meter(lambda: BEGIN, lambda: now_s[0])
    client = Client("https://demo.invalid", ACCOUNT, SecretStr(KEY), meter=meter, transport=wire)
    session = begin(
        client, meter, BY_NAME, profile="demo", clock=lambda: BEGIN, knobs=knobs or Knobs(), jitter=lambda: 0.5
    )
    session.loop.around.others = others
    task = asyncio.create_task(session.loop.run())
    one = Night(session, wire, now_s)
    try:
        session.loop.look({}, around=True)
        assert await one.wait(FIRST_S - 0.1) == [], "what the screen itself is drawn from comes first"
        one.now_s[0] += 0.1
        yield one
    finally:
        await session.close()
        with suppress(asyncio.CancelledError):
            await task


async def test_the_other_account_is_named_with_its_newest_failure_for_four_credits_at_first_and_eight_an_hour():
    async with night() as one:
        told: list[None] = []
        one.around.changed = lambda: told.append(None)
        assert sorted(await one.wait(0)) == sorted([TRIAL, ACCOUNTS, FAILED, COMPLETED])
        [other] = one.around.neighbours
        assert (other.account, other.failed) == (OTHER_ACCOUNT, 1)
        assert other.worst.startswith("staging_smoke: Read timed out after 600 s")
        assert other.since is not None and timedelta(0) < BEGIN - other.since < timedelta(hours=2)
        assert one.around.trial_ends is None, "its trial was over long ago"
        assert len(told) == 3
        assert await one.wait(OTHERS_S - 1) == []
        assert await one.wait(1) == [FAILED, COMPLETED]
        hour = [asked for _ in range(12) for asked in await one.wait(300)]
        assert sorted(hour) == sorted([TRIAL, *[FAILED, COMPLETED] * 4])
        reasons = {call.reason for call in one.session.meter.calls()}
        assert reasons == {Reason.VISIBLE}, "it counts against the share"


async def test_an_account_without_failures_costs_one_credit():
    async with night() as one:
        one.line.says[FAILED] = []
        assert sorted(await one.wait(0)) == sorted([TRIAL, ACCOUNTS, FAILED])
        assert one.around.neighbours == (Neighbour(OTHER_ACCOUNT, 0),)


async def test_nothing_is_asked_while_something_else_is_on_the_screen():
    async with night() as one:
        await one.wait(0)
        one.session.loop.look({})
        assert await one.wait(2 * TRIAL_S) == []
        one.session.loop.look({}, around=True)
        assert sorted(await one.wait(0)) == sorted([TRIAL, FAILED, COMPLETED])


async def test_nothing_is_asked_while_nobody_looks_or_the_refresh_is_paused():
    async with night() as one:
        await one.wait(0)
        assert await one.wait(2 * TRIAL_S, alone=True) == []
        one.hold(True)
        assert await one.wait(0) == []
        one.hold(False)
        one.session.loop.focus(False)
        assert await one.wait(0) == []
        one.session.loop.focus(True)
        assert await one.wait(0) != []


async def test_the_reserve_is_left_alone():
    async with night(knobs=Knobs(reserve=2500), limit=2000) as one:
        one.session.meter.seen(2000, 400)
        assert await one.wait(0) == [], "a quarter of the limit is the person's"
        assert one.session.loop.purse.guard.blocked


async def test_the_share_is_kept():
    async with night(knobs=Knobs(share=0.01), limit=200) as one:
        asked = [what for _ in range(12) for what in await one.wait(300)]
        assert 0 < len(asked) <= 2


async def test_the_other_accounts_can_be_left_alone():
    async with night(others=False) as one:
        assert await one.wait(0) == [TRIAL]
        assert await one.wait(TRIAL_S) == [TRIAL]
        assert one.around.neighbours == ()


async def test_a_trial_is_known_by_its_end():
    async with night(others=False) as one:
        one.line.says[TRIAL] = {"trialling": True, "trial_end": "2026-03-09T00:00:00Z"}
        await one.wait(0)
        assert one.around.trial_ends.isoformat() == "2026-03-09T00:00:00+00:00"
        one.line.says[TRIAL] = {"trialling": False, "trial_end": "2026-03-09T00:00:00Z"}
        await one.wait(TRIAL_S)
        assert one.around.trial_ends is None


@pytest.mark.parametrize("status", [401, 402, 403, 404])
async def test_what_is_refused_stays_unknown_and_is_not_asked_again(status: int):
    async with night() as one:
        one.line.spoilt = {r"/subscription": status, r"/jobs\?": status}
        assert sorted(await one.wait(0)) == sorted([TRIAL, ACCOUNTS, FAILED])
        assert one.around.neighbours == ()
        assert [what for _ in range(8) for what in await one.wait(900)] == []


async def test_a_list_of_accounts_that_is_refused_is_the_end_of_it():
    async with night() as one:
        one.line.spoilt = {r"/accounts": 403}
        assert sorted(await one.wait(0)) == sorted([TRIAL, ACCOUNTS])
        assert await one.wait(TRIAL_S) == [TRIAL]


async def test_what_fails_otherwise_is_known_for_an_hour_and_asked_again():
    async with night() as one:
        await one.wait(0)
        one.line.spoilt = {r"/jobs\?": 500}
        assert await one.wait(OTHERS_S) == [FAILED]
        assert [other.failed for other in one.around.neighbours] == [1]
        assert FAILED in await one.wait(KNOWN_S - OTHERS_S)
        assert one.around.neighbours == (), "it is too long ago"
        one.line.spoilt = {}
        assert await one.wait(OTHERS_S) == [FAILED, COMPLETED]
        assert [other.failed for other in one.around.neighbours] == [1]


async def test_a_refusal_for_want_of_credits_blocks_the_background():
    async with night() as one:
        one.line.spoilt = {r"/jobs\?": 429}
        await one.wait(0)
        assert one.session.loop.purse.guard.blocked
        one.line.spoilt = {}
        seen = [what for _ in range(12) for what in await one.wait(300)]
        assert FAILED in seen, "that is no refusal of the account"


async def test_five_accounts_are_looked_at_at_most():
    async with night() as one:
        one.line.says[ACCOUNTS] = [{"id": n, "account_id": slug} for n, slug in enumerate(["acme", "", *"abcdefg"])]
        one.line.says |= {f"{slug} /jobs failed": [] for slug in "abcdefg"}
        one.line.spoilt = {r"/jobs\?": b"[]"}
        asked = await one.wait(0)
        assert sorted(asked) == sorted([TRIAL, ACCOUNTS, *(f"{slug} /jobs failed" for slug in "abcdefg"[:MOST])])
        assert [other.account for other in one.around.neighbours] == list("abcdefg"[:MOST])


def job(number: int, package: int, minutes: float, status: str = "failed", **more: Any) -> Any:
    """Return a job of a package that ended so many minutes ago."""
    raw = {**JOB, "id": number, "status": status, "package_id": package, "completed_at": at(minutes)}
    return decode("jobs", {**raw, "package": {"id": package, "name": f"load_{package}"}, **more})


def test_a_package_that_completed_since_has_recovered():
    failed = [job(5, 1, 10, errors="Oh no\nmore"), job(4, 2, 20), job(3, 1, 30)]
    worst = Neighbour("b", 2, "load_1: Oh no", failed[0].ended_at)
    assert judged("b", failed, []) == worst
    assert judged("b", failed, [job(2, 1, 15, "completed")]) == worst, "before its newest failure"
    assert judged("b", failed, [job(6, 2, 5, "completed")]) == Neighbour("b", 1, "load_1: Oh no", failed[0].ended_at)
    assert judged("b", failed, [job(6, 2, 5, "completed"), job(7, 1, 1, "completed")]) == Neighbour("b", 0)


def test_a_failure_without_a_package_or_an_error_is_named_by_its_job():
    one = job(5, 1, 10, errors=None).model_copy(update={"package": None, "package_id": None})
    assert judged("b", [one], [job(6, 2, 1, "completed")]) == Neighbour("b", 1, "job 5", one.ended_at)


def test_secrets_are_masked():
    one = job(5, 1, 10, errors="login failed with hunter2", variables={"db_password": "hunter2"})
    assert "hunter2" not in judged("b", [one], []).worst and one.ended_at < NOW


def test_the_page_of_the_credits_says_what_it_was_for():
    assert [label(name) for name in ("subscription.trial", "others.accounts", "others.acme-staging.failed")] == [
        "end of the trial",
        "other accounts",
        "acme-staging",
    ]
