"""The account's page, people, notifications as text, and what the service offers."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from tests.resources.samples import ACCOUNT, MEMBER, NOTIFICATION, PLAN, REGION, STACK, at, context, decode, one
from xplenty_tui.api.accounts import User
from xplenty_tui.api.billing import Subscription
from xplenty_tui.api.wire import Answer, Page, Undecodable
from xplenty_tui.core.declare import Link, Loaded, Row, Tone
from xplenty_tui.resources import BY_NAME
from xplenty_tui.resources.plain import text_of
from xplenty_tui.resources.reference import Variable

ACCOUNTS = BY_NAME["accounts"]


class Client:
    """Stands for the wire's client: notes whose stacks were asked for."""

    asked: ClassVar[list[str]] = []

    def __init__(self, account: str) -> None:
        self.account = account

    async def get(self, path: str, params: Any = None, *, account: bool = True) -> Answer:
        assert (path, account) == ("/stacks", True)
        self.asked.append(self.account)
        return Answer(200, {}, [])

    def for_account(self, account: str) -> Client:
        return Client(account)


def part(name: str) -> Any:
    return next(section for section in ACCOUNTS.detail if section.name == name)


def drawn(name: str, answer: Any) -> list[Row]:
    return list(part(name).rows(answer, one("accounts"), context()))


def test_the_account_goes_by_its_slug() -> None:
    assert ACCOUNTS.key(one("accounts")) == "acme"
    assert ACCOUNTS.key(decode("accounts", {"id": "12"})) == "12"


def test_the_account_itself() -> None:
    said = {row.label: row.text for row in part("account").rows(one("accounts"), context())}
    assert said["account"] == "Acme Data · acme"
    assert said["your role"] == "admin"
    assert said["permissions"] == "2"
    assert said["has"] == "12 packages · 14 schedules · 400 jobs · 2 connections · 5 members · 0 hooks"
    assert said["owner"] == "#1"
    known = {row.label: row.text for row in part("account").rows(one("accounts"), context(members=[one("members")]))}
    assert known["owner"] == "Ada Byron"
    mine = {row.label: row.text for row in part("account").rows(one("accounts", is_owner=True), context())}
    assert mine["your role"] == "admin · owner"
    assert "owner" not in mine


def test_the_page_has_all_its_parts_and_asks_for_two_of_them_at_once() -> None:
    parts = [section for section in ACCOUNTS.detail if isinstance(section, Loaded)]
    names = ["subscription", "user", "notifications", "members", "plans", "regions", "stacks", "variables"]
    assert [section.name for section in parts] == names
    assert [section.name for section in parts if section.eager(one("accounts"))] == names[:2]


async def test_a_part_asks_the_account_that_it_is_about() -> None:
    asked = part("stacks").load
    for client in (Client("acme"), Client("staging")):
        before = client.account
        await asked(client, one("accounts"))
        assert Client.asked == ["acme"]
        assert client.account == before
        Client.asked.clear()


def test_a_running_trial_is_warned_of() -> None:
    answer = Subscription(plan_id="pro", trialling=True, trial_period_days=14, trial_start=at(100), trial_end=at(-180))
    rows = {row.label: row for row in drawn("subscription", answer)}
    assert rows["plan"].text == "pro"
    assert (rows["trial"].text, rows["trial"].tone) == ("running · 3h00m left", Tone.WARN)
    over = {row.label: row for row in drawn("subscription", Subscription(plan_id=4, trialling=False))}
    assert (over["plan"].text, over["trial"].text, over["trial"].tone) == ("4", "over", Tone.PLAIN)
    assert drawn("subscription", Subscription()) == []


def test_the_user_without_the_key() -> None:
    user = User(
        id=1, name="Ada", email="ada@acme.example", confirmed=False, unread_notifications_count=1, api_key="k3y"
    )
    rows = drawn("user", user)
    assert [(row.label, row.text) for row in rows] == [
        ("name", "Ada"),
        ("e-mail", "ada@acme.example · not confirmed"),
        ("unread", "1 notification"),
    ]


def test_members_and_one_that_could_not_be_read() -> None:
    people = (
        decode("members", MEMBER),
        decode("members", {"id": 4, "email": "x@acme.example"}),
        decode("members", {"id": 5}),
    )
    rows = drawn("members", Page(people, (Undecodable("6", "role: wrong"),)))
    assert [row.text for row in rows] == [
        "Ada Byron · ada@acme.example · admin · owner",
        "x@acme.example",
        "user #5",
        "could not be read: role: wrong",
    ]
    assert rows[0].link == Link("members", "1")


def test_notifications_are_text_in_both_dialects() -> None:
    read = decode("notifications", {"id": 3, "title": "Hi", "body": "<b>All</b> well", "read": True})
    rows = drawn("notifications", Page((one("notifications"), read)))
    assert [(row.label, row.text, row.tone) for row in rows] == [
        ("Sat 23:40", "Cluster error · Something is wrong with acme/nightly-4. We look into it.", Tone.STRONG),
        ("–", "Hi · All well", Tone.DIM),
    ]
    detail: Any = BY_NAME["notifications"].detail[0]
    assert [row.text for row in detail.rows(one("notifications"), context())][:2] == [
        "Something is wrong with acme/nightly-4.",
        "We look into it.",
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (NOTIFICATION["message"], "Something is wrong with acme/nightly-4.\nWe look into it."),
        ("plain", "plain"),
        ("", ""),
        (None, ""),
        ("a &amp; b &lt;c&gt; &eacute;", "a & b <c> é"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p>one</p><p>two\nthree</p>", "one\ntwo three"),
        ("<script>alert(1)</script>seen<style>p{}</style>", "seen"),
        ("red &#27;[31m&#x9b;2Jalert &#x202e;txt", "red [31m›2Jalert txt"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("<a href='javascript:1'>go</a><img src=x onerror=1>", "go"),
    ],
)
def test_html_becomes_text_that_cannot_steer_a_terminal(html: str | None, text: str) -> None:
    assert text_of(html) == text


def test_what_the_service_offers() -> None:
    assert [(row.label, row.text) for row in drawn("plans", Page((decode("plans", PLAN),)))] == [
        ("Pro", "1,500.00 USD per month · 20 nodes · 1 member")
    ]
    assert [(row.label, row.text) for row in drawn("regions", Page((decode("regions", REGION),)))] == [
        ("Google Cloud", "gcloud::us-central1 · Google Cloud - Central US")
    ]
    assert [row.text for row in drawn("stacks", Page((decode("stacks", STACK),)))] == ["mint-everest · Mint Everest"]
    variables = {"_DEFAULT_PARALLELISM": 0, "_DEFAULT_TIMEZONE": "'+00:00'", "_AUTH_TOKEN": "x"}
    assert [(row.label, row.text) for row in drawn("variables", variables)] == [
        ("_AUTH_TOKEN", "••••••••"),
        ("_DEFAULT_PARALLELISM", "0"),
        ("_DEFAULT_TIMEZONE", "'+00:00'"),
    ]
    plan: Any = BY_NAME["plans"].detail[0]
    said = {row.label: row.text for row in plan.rows(decode("plans", PLAN), context())}
    assert (said["a node"], said["node hours"], said["clusters"]) == (
        "0.50 USD per hour",
        "any number of hours",
        "any number of clusters",
    )


def test_a_secret_system_variable_is_masked_in_the_list_too() -> None:
    value = BY_NAME["variables"].column("value")
    assert value
    assert value.value(Variable("_AUTH_TOKEN", "x"), context()) == "••••••••"
    assert value.value(Variable("_COPY_TARGET_SIZE", "64"), context()) == "64"


def test_permissions_are_all_there() -> None:
    assert [row.text for row in part("permissions").rows(decode("accounts", ACCOUNT), context())] == [
        "createJob, viewJob"
    ]
