"""What can be done to members, notifications, keys, news, the account and the user, done to the demo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from tests.resources.acting import Stage, asked, by_name, staged, text, typed
from xplenty_tui.api import accounts, keys
from xplenty_tui.api.account_drafts import AccountChange, Invitation, RoleChange, UserChange
from xplenty_tui.api.errors import NotFound, Unprocessable
from xplenty_tui.core.action import Action, Verdict
from xplenty_tui.core.declare import Link
from xplenty_tui.resources import BY_NAME, plain
from xplenty_tui.resources.notifications import _targets

LOST = [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
lost = pytest.mark.parametrize(("fault", "verdict"), LOST)


def action(kind: str, name: str) -> Action[Any]:
    return by_name(BY_NAME[kind].actions, name)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("members", "notifications", "user", "public_keys", "product_updates", "accounts")
        yield made


def member(stage: Stage) -> Any:
    """Return a member who is neither the owner nor the key's user."""
    mine = {str(user.id) for user in stage.store.good("user")}
    return next(one for one in stage.store.good("members") if not one.owner and str(one.id) not in mine)


# members


@lost
async def test_inviting_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    draft = Invitation(email="new@acme.example", role="viewer", name="New One")
    stage.pass_(60)
    found = await stage.failing(action("members", "invite"), None, fault, draft)
    assert found.verdict is verdict
    assert stage.wire.sent[-1] == (
        "POST", "/members", {"email": "new@acme.example", "role": "viewer", "name": "New One"}
    )  # fmt: skip


async def test_the_question_of_an_invitation_knows_who_is_there(stage: Stage) -> None:
    known = member(stage)
    told = text(asked(action("members", "invite"), stage.ctx, draft=Invitation(email=known.email)).lines)
    assert "is a member already" in told


@lost
async def test_a_role_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    one = member(stage)
    role = "member" if one.role == "admin" else "admin"
    found = await stage.failing(action("members", "role"), one, fault, RoleChange(role=role))
    assert found.verdict is verdict
    assert stage.wire.sent == [("PUT", f"/members/{one.id}", {"role": role})]


async def test_the_same_role_is_neither_asked_about_nor_sent(stage: Stage) -> None:
    one = next(item for item in stage.store.good("members") if item.role == "admin" and not item.owner)
    set_role = action("members", "role")
    draft = RoleChange(role="admin")
    assert set_role.ask is not None and set_role.ask([one], draft, stage.ctx) is None
    assert await set_role.send(stage.client, one, draft) is None and not stage.wire.sent
    owner = asked(set_role, stage.ctx, one, draft=RoleChange(role="owner"))
    assert owner.typed == one.name and "Only the new owner can give it back." in text(owner.lines)


@lost
async def test_removing_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    found = await stage.failing(action("members", "remove"), member(stage), fault)
    assert found.verdict is verdict


async def test_owner_and_oneself_are_not_removed(stage: Stage) -> None:
    remove = action("members", "remove")
    owner = next(one for one in stage.store.good("members") if one.owner)
    myself = stage.store.get("members", stage.store.good("user")[0].id)
    assert "owner" in (remove.disabled(owner, stage.ctx) or "")
    assert "this is you" in (remove.disabled(myself, stage.ctx) or "")
    assert remove.disabled(member(stage), stage.ctx) is None


async def test_the_question_says_when_it_is_not_known_who_one_is(stage: Stage) -> None:
    remove, one = action("members", "remove"), member(stage)
    assert "If this is you" not in text(asked(remove, stage.ctx, one).lines)
    for user in stage.store.good("user"):
        stage.store.remove("user", str(user.id))
    assert "If this is you" in text(asked(remove, stage.ctx, one).lines)


# notifications


@lost
async def test_one_notification_is_marked(stage: Stage, fault: str, verdict: Verdict) -> None:
    note = stage.store.good("notifications")[0]
    found = await stage.failing(action("notifications", "read"), note, fault)
    assert found.verdict is verdict
    assert stage.wire.sent == [("POST", "/notifications/mark", {"id": note.id})]


async def test_a_server_that_marks_only_all_says_so(stage: Stage) -> None:
    note = stage.store.good("notifications")[0].model_copy(update={"id": 1})
    with pytest.raises(NotFound, match="mark all"):
        await action("notifications", "read").send(stage.client, note, None)


async def test_all_notifications_are_marked_with_one_call(stage: Stage) -> None:
    mark = action("notifications", "read_all")
    assert "will count as read" in text(asked(mark, stage.ctx).lines)
    await mark.send(stage.client, None, None)
    assert stage.wire.sent == [("POST", "/user/notifications/mark", None)]
    assert (await accounts.notifications(stage.client)).items == ()
    assert (await mark.check(stage.client, stage.attempt(None))).verdict is Verdict.DONE
    await stage.load("notifications")
    ctx = replace(stage.ctx)
    for note in list(stage.store.good("notifications")):
        stage.store.remove("notifications", str(note.id))
    assert mark.disabled(None, ctx) == "nothing is unread"


def test_links_of_a_notification_are_places_of_the_program(stage: Stage) -> None:
    note = stage.store.good("notifications")[0].model_copy(
        update={"message": 'Job <a href="https://xplenty.com/acme/jobs/7">acme/x</a> and '
                '<a href="https://api.xplenty.com/other/clusters/2">other/c</a>, <a href="https://e.org/">e</a>'}
    )  # fmt: skip
    rows = list(_targets(note, stage.ctx))
    assert [row.link for row in rows] == [Link("jobs", "7"), None, None]
    assert "account other" in rows[1].text and "https://e.org/" in rows[2].text
    assert plain.target("https://api.xplenty.com/acme/api/members/3", stage.ctx) == (Link("members", "3"), "acme")
    assert plain.target("http://[bad", stage.ctx) == (None, "")


# public keys

LINE = "ssh-ed25519 AAAAC3Nz new@host"


@lost
async def test_adding_a_pasted_key_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    stage.pass_(60)
    draft = typed(action("public_keys", "add"), stage.ctx, pasted=LINE)
    found = await stage.failing(action("public_keys", "add"), None, fault, draft)
    assert found.verdict is verdict
    assert stage.wire.sent == [("POST", "/user/keys", {"public_key": LINE})]


async def test_a_key_is_added_from_a_file_and_no_private_one(stage: Stage, tmp_path: Path) -> None:
    add = action("public_keys", "add")
    good, bad = tmp_path / "id.pub", tmp_path / "id"
    good.write_text(LINE + "\n")
    bad.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n-----END OPENSSH PRIVATE KEY-----\n")
    made = await add.send(stage.client, None, typed(add, stage.ctx, path=str(good), name="host"))
    assert made.name == "host" and add.lands(made) == Link("public_keys", str(made.id))
    for path, why in ((bad, "private key"), (tmp_path / "none", "no such file")):
        with pytest.raises(Unprocessable, match=why):
            await add.send(stage.client, None, typed(add, stage.ctx, path=str(path)))
    assert len(stage.wire.sent) == 1
    assert "paste" in typed(add, stage.ctx)["pasted"]
    assert "either" in typed(add, stage.ctx, path="a", pasted=LINE)["pasted"].lower()
    assert "private key" in typed(add, stage.ctx, pasted=bad.read_text())["pasted"]


@lost
async def test_deleting_a_key_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    found = await stage.failing(action("public_keys", "delete"), stage.store.good("public_keys")[0], fault)
    assert found.verdict is verdict
    assert len((await keys.list_(stage.client)).items) == (2 if verdict is Verdict.NOT_DONE else 1)


# news, account, user


@lost
async def test_liking_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    found = await stage.failing(action("product_updates", "like"), stage.store.good("product_updates")[0], fault)
    assert found.verdict is verdict


@lost
async def test_an_account_is_changed_by_what_is_different(stage: Stage, fault: str, verdict: Verdict) -> None:
    account = stage.store.get("accounts", "acme")
    draft = AccountChange(name=account.name, billing_email="bills@acme.example")
    found = await stage.failing(action("accounts", "edit"), account, fault, draft)
    assert found.verdict is verdict
    assert stage.wire.sent == [("PUT", "/accounts/acme", {"billing_email": "bills@acme.example"})]
    assert "Invoices go to the new address" in text(
        asked(action("accounts", "edit"), stage.ctx, account, draft=draft).lines
    )


@lost
async def test_the_user_is_changed_with_the_password(stage: Stage, fault: str, verdict: Verdict) -> None:
    me = stage.store.good("user")[0]
    change = action("user", "change")
    draft = typed(change, stage.ctx, me, current_password="pass word ", location="Phoenix",
                  notification_settings__web="no")  # fmt: skip
    found = await stage.failing(change, me, fault, draft)
    assert found.verdict is verdict
    sent = {"current_password": "pass word ", "location": "Phoenix", "notification_settings": {"web": False}}
    assert stage.wire.sent == [("PUT", "/user", sent)]
    assert "pass word" not in repr(draft) + text(asked(change, stage.ctx, me, draft=draft).lines)


async def test_a_user_who_changed_nothing_sends_nothing(stage: Stage) -> None:
    me = stage.store.good("user")[0]
    draft = UserChange(current_password=SecretStr("x"), name=me.name)
    change = action("user", "change")
    assert change.ask is not None and change.ask([me], draft, stage.ctx) is None
    assert await change.send(stage.client, me, draft) is None and not stage.wire.sent
