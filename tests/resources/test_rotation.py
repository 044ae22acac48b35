"""Another API key: proved that it can be kept, got once, used, kept; and what is said when any of it fails."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr

from tests.resources.acting import Stage, asked, staged, text
from xplenty_tui.api import accounts
from xplenty_tui.api.errors import Misconfigured, Unauthorized, UndecodableAnswer
from xplenty_tui.config.errors import SecretError
from xplenty_tui.config.keep import ElsewherePlace
from xplenty_tui.core.action import Verdict
from xplenty_tui.core.journal import Outcome
from xplenty_tui.demo.start import KEY
from xplenty_tui.resources.rotation import ROTATE, STORE
from xplenty_tui.tui import sending


class Place:
    """A keyring in the hand: what fails is said before."""

    where, refusal, told = "the keyring (prod/acme)", "", "Others get it from there."

    def __init__(self) -> None:
        self.unkept = False
        self.ready_trouble = self.keep_trouble = ""
        self.held: SecretStr | None = None
        self.kept: SecretStr | None = None

    async def ready(self) -> None:
        if self.ready_trouble:
            raise SecretError(self.ready_trouble)

    def hold(self, key: SecretStr) -> None:
        self.held, self.unkept = key, True

    async def keep(self) -> None:
        if self.keep_trouble:
            raise SecretError(self.keep_trouble)
        self.kept, self.unkept = self.held, False


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        made.client.place = Place()
        await made.load("user")
        yield made


def place(stage: Stage) -> Place:
    found: Place = stage.client.place
    return found


def me(stage: Stage) -> Any:
    return stage.store.good("user")[0]


async def test_the_new_key_is_kept_used_and_told_to_nobody(stage: Stage) -> None:
    answer = await ROTATE.send(stage.client, me(stage), None)
    assert stage.wire.sent == [("POST", "/user/regenerate-tokens", None)]
    kept = place(stage).kept
    assert kept is not None and kept.get_secret_value() not in (KEY, "")
    assert await accounts.user(stage.client), "the client goes on with the new key"
    assert await stage.client.for_account("acme-staging").get("/jobs")
    said = ROTATE.said(answer, me(stage), stage.ctx)
    assert said == "The API key is a new one; it is in the keyring (prod/acme) and was read back."
    assert "Others get it from there." in ROTATE.warns(answer)
    for told in (repr(answer), said, ROTATE.warns(answer), repr(stage.client), repr(me(stage))):
        assert kept.get_secret_value() not in told
    assert STORE.disabled(me(stage), replace(stage.ctx, place=place(stage)))


async def test_nothing_is_sent_where_it_could_not_be_kept(stage: Stage) -> None:
    place(stage).ready_trouble = "The keyring is locked."
    with pytest.raises(Misconfigured, match=r"could not be kept: The keyring is locked\.") as caught:
        await ROTATE.send(stage.client, me(stage), None)
    assert not caught.value.sent and not stage.wire.sent
    assert await accounts.user(stage.client)


async def test_a_key_that_is_not_stored_is_in_use_and_is_stored_later(stage: Stage) -> None:
    place(stage).keep_trouble = "The keyring did not answer."
    answer = await ROTATE.send(stage.client, me(stage), None)
    assert "it is in" not in ROTATE.said(answer, None, stage.ctx)
    warning = ROTATE.warns(answer)
    assert "NOT stored: The keyring did not answer." in warning and "ctrl+k" in warning and "web console" in warning
    ctx = replace(stage.ctx, place=place(stage))
    assert "store it first" in (ROTATE.disabled(me(stage), ctx) or "")
    assert STORE.disabled(me(stage), ctx) is None
    again = await STORE.send(stage.client, me(stage), None)
    assert again.trouble and place(stage).unkept
    place(stage).keep_trouble = ""
    stored = await STORE.send(stage.client, me(stage), None)
    assert STORE.said(stored, None, ctx) == "The key is in the keyring (prod/acme)."
    assert place(stage).kept == place(stage).held and len(stage.wire.sent) == 1


async def test_a_lost_answer_is_told_as_what_it_is(stage: Stage) -> None:
    found = await stage.failing(ROTATE, me(stage), "after")
    assert found.verdict is Verdict.UNKNOWN
    assert "does not work any more" in found.check and "xplenty-tui login" in found.check
    with pytest.raises(Unauthorized):
        await accounts.user(stage.client)
    assert place(stage).kept is None and not place(stage).unkept


async def test_what_the_server_never_heard_of_is_not_done(stage: Stage) -> None:
    found = await stage.failing(ROTATE, me(stage), "before")
    assert found.verdict is Verdict.NOT_DONE
    assert await accounts.user(stage.client)


async def test_an_answer_without_a_key_is_no_key(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: Any, **__: Any) -> Any:
        return type("Bare", (), {"data": {"id": 1}, "undecodable": lambda self, why: UndecodableAnswer(why)})()

    monkeypatch.setattr(stage.client, "send", nothing)
    with pytest.raises(UndecodableAnswer, match="no new key"):
        await ROTATE.send(stage.client, me(stage), None)
    assert place(stage).held is None


async def test_a_lost_answer_ends_as_unknown_in_the_journal(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)
    stage.wire.fault = "after"
    ended = await sending.send(stage.client, ROTATE, stage.attempt(me(stage)), stage.ctx)
    assert ended.outcome is Outcome.UNKNOWN and "new one did not arrive" in ended.next


def test_where_no_new_key_can_be_kept_it_says_why_and_what_to_do() -> None:
    from tests.resources.samples import context

    ctx = context()
    assert "not known" in (ROTATE.disabled(None, ctx) or "")
    reason = ROTATE.disabled(None, replace(ctx, place=ElsewherePlace("XPLENTY_API_KEY"))) or ""
    assert "XPLENTY_API_KEY" in reason and "xplenty-tui login" in reason and "web console" in reason


async def test_the_question_says_who_else_loses_the_key(stage: Stage) -> None:
    question = asked(ROTATE, replace(stage.ctx, place=place(stage)), me(stage))
    told = text(question.lines)
    for part in ("stops working at once", "pipelines", "the keyring (prod/acme)", "never shown", "gets lost"):
        assert part in told
    assert question.typed == me(stage).email
