"""Who comes in, in which version, for how many credits; and what is said to the others."""

from __future__ import annotations

import math
from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest

from tests.demo.asking import ACCEPT, Asker, asker, basic
from xplenty_tui.demo.credits import Credits
from xplenty_tui.demo.start import KEY


def with_headers(demo: Asker, **headers: str | None) -> Asker:
    merged = {**demo.headers, **{name.title(): value for name, value in headers.items()}}
    return replace(demo, headers={name: value for name, value in merged.items() if value is not None})


@pytest.mark.parametrize("text", [f"{KEY}:", KEY])
def test_the_key_is_taken_with_and_without_colon(text: str, demo: Asker) -> None:
    assert with_headers(demo, authorization=basic(text)).ask("GET", "jobs").status == 200


@pytest.mark.parametrize("header", [None, "", basic("wrong:"), basic(":" + KEY), f"Bearer {KEY}", "Basic", "Basic é%"])
def test_no_key_or_a_wrong_one_is_401(header: str | None, demo: Asker) -> None:
    reply = with_headers(demo, authorization=header).ask("GET", "jobs")
    assert reply.status == 401
    assert list(reply.data) == ["message"]
    assert KEY not in reply.body.decode()
    assert reply.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    "accept",
    [
        ACCEPT,
        "application/vnd.xplenty+json, version=2",
        "application/vnd.xplenty+json version=2",
        "application/vnd.xplenty+json",
        "*/*",
        None,
    ],
)
def test_version_2_is_named_in_any_of_the_documented_ways_or_not_at_all(accept: str | None, demo: Asker) -> None:
    assert with_headers(demo, accept=accept).ask("GET", "jobs").status == 200


@pytest.mark.parametrize("accept", ["application/vnd.xplenty+json; version=1", "text/html"])
def test_another_version_or_type_is_406(accept: str, demo: Asker) -> None:
    assert with_headers(demo, accept=accept).refused("GET", "jobs") == 406


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/other/api/jobs"),
        ("GET", "/accounts/other"),
        ("GET", "/acme/jobs"),
        ("GET", "/"),
        ("GET", "jobs/1"),
        ("GET", "jobs/²"),
        ("GET", "jobs/none"),
        ("GET", "jobs/90440/outputs/1/preview"),
        ("GET", "clusters/1/instances"),
        ("GET", "packages/412/validations/1"),
        ("GET", "/regions/mars"),
        ("GET", "nothing"),
        ("DELETE", "jobs"),
        ("PATCH", "jobs/90440"),
    ],
)
def test_what_is_not_there_is_404(method: str, path: str, demo: Asker) -> None:
    assert demo.refused(method, path) == 404


def test_bodies_are_json_or_refused(demo: Asker) -> None:
    headers = {**demo.headers, "Content-Type": "application/json"}
    assert demo.api.handle("POST", "/acme/api/jobs", {}, headers, b"{").status == 400
    assert demo.api.handle("POST", "/acme/api/jobs", {}, headers, b"[]").status == 400
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    assert demo.api.handle("POST", "/acme/api/jobs", {}, headers, b"job[cluster_id]=1").status == 415


def test_every_reply_tells_the_credits_and_the_worlds_time(demo: Asker) -> None:
    for reply in (demo.ask("GET", "jobs"), demo.ask("GET", "jobs/1"), with_headers(demo, accept="a/b").ask("GET", "/")):
        assert reply.headers["X-RateLimit-Limit"] == "5000"
        assert 4000 < int(reply.headers["X-RateLimit-Remaining"]) < 5000
        assert parsedate_to_datetime(reply.headers["Date"]) == demo.clock.now.replace(microsecond=0)
        assert reply.headers["Content-Type"].startswith("application/json")


def remaining(demo: Asker, path: str = "/rate_limit_status") -> int:
    return int(demo.get(path)["limits"]["remaining"])


def test_a_call_costs_a_credit_and_asking_for_them_none(demo: Asker) -> None:
    before = remaining(demo)
    assert remaining(demo, "rate_limit_status") == before
    demo.get("jobs")
    assert demo.refused("GET", "jobs/1") == 404
    assert remaining(demo) == before - 2


def test_others_spend_credits_of_the_same_key(demo: Asker) -> None:
    seen = set()
    for _ in range(12):
        demo.clock.turn(minutes=20)
        seen.add(remaining(demo))
    assert len(seen) > 3
    assert all(5000 * 0.9 < number < 5000 * 0.95 for number in seen)


@pytest.mark.parametrize("limit", [1, 7, 12, 50, 100, 999, 5000, 1_000_000])
def test_others_take_no_more_than_their_part_of_any_limit(limit: int) -> None:
    credits = Credits(limit)
    taken = [credits.others(minute * 60) for minute in range(5 * 60)]
    assert math.floor(limit * 0.06) <= min(taken) <= max(taken) <= limit * 0.09 + 1e-6
    assert max(taken) - min(taken) >= math.floor(limit * 0.03)
    assert credits.remaining(0) == limit - credits.others(0) > 0


def test_used_up_credits_are_429_until_the_hour_has_rolled_on() -> None:
    demo = asker(limit=3)
    demo.get("jobs")
    demo.clock.turn(minutes=10)
    demo.get("jobs")
    demo.get("jobs")
    reply = demo.ask("GET", "jobs")
    assert (reply.status, reply.data) == (429, {"message": "Rate Limit Exceeded"})
    assert reply.headers["X-RateLimit-Remaining"] == "0"
    assert "Retry-After" not in reply.headers
    assert demo.refused("GET", "/user") == 429
    assert remaining(demo) == 0
    demo.clock.turn(minutes=50)
    demo.get("jobs")
    assert demo.refused("GET", "jobs") == 429
    demo.clock.turn(minutes=10)
    demo.get("jobs")


def test_refused_credentials_cost_nothing(demo: Asker) -> None:
    before = remaining(demo)
    with_headers(demo, authorization=None).ask("GET", "jobs")
    assert remaining(demo) == before


def test_urls_name_the_loopback_host_that_was_asked_and_no_other(demo: Asker) -> None:
    here = with_headers(demo, host="127.0.0.1:8080")
    assert here.get("jobs")[0]["url"].startswith("http://127.0.0.1:8080/acme/api/jobs/")
    assert here.ask("GET", "jobs").headers["Link"].startswith("<http://127.0.0.1:8080/acme/api/jobs?")
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost:1@evil.example"):
        assert with_headers(demo, host=host).get("jobs")[0]["url"].startswith("https://api.xplenty.com/acme/api/")
