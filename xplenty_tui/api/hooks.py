"""Hooks: who is told when jobs and clusters change, by mail, chat or a call of a web address."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field, SecretStr, field_validator, model_validator

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.articles import Article, articles
from xplenty_tui.api.calls import get_list, get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.connections import TypeDescriptor
from xplenty_tui.api.wire import MASK, MaybeTime, Page, Text, Texts, Variables, Wire, one

if TYPE_CHECKING:
    from xplenty_tui.api.hook_drafts import HookChange, NewHook

SECRETS = frozenset({"basic_auth_data", "auth_token", "service_key"})
"""Settings that let anybody act in the receiver's name. Of a Slack hook that is the address, too: a token is in it."""


class HookEvent(Wire):
    """Something that a hook can tell of (Hooks: list events): ``job.failed``, or ``job`` for all of jobs."""

    id: str
    group_name: Text = ""
    name: Text = ""


class Hook(Wire):
    """A hook (Hooks). Name, times and address come from the newer pages only."""

    secret_fields: ClassVar[frozenset[str]] = frozenset({"salt", "settings"})

    id: int
    name: Text = ""
    type: Text = ""
    """web, email, slack, pagerduty, hipchat."""
    active: bool | None = None
    settings: Variables = Field(default_factory=dict)
    """By name; secret ones are wrapped, so that nothing shows them unasked."""
    events: Texts = ()
    """Ids of events. Ping answers objects instead, of which the name is kept."""
    salt: SecretStr | None = None
    """With it a receiver checks that a call came from the service."""
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    url: Text = ""

    @model_validator(mode="before")
    @classmethod
    def _veil(cls, data: Any) -> Any:
        settings = data.get("settings") if isinstance(data, dict) else None
        if not isinstance(settings, dict):
            return data
        hidden = SECRETS | ({"url"} if data.get("type") == "slack" else set())
        veiled = {
            name: SecretStr(value) if name in hidden and isinstance(value, str) and value else value
            for name, value in settings.items()
        }
        secrets = [value.get_secret_value() for value in veiled.values() if isinstance(value, SecretStr)]
        name = data.get("name")
        if isinstance(name, str) and any(secret in name for secret in secrets):
            data = {**data, "name": MASK}  # a hook without a name is called by its settings, even by a secret one
        return {**data, "settings": veiled}

    @field_validator("events", mode="before")
    @classmethod
    def _names(cls, events: Any) -> Any:
        if not isinstance(events, list):
            return events
        return [each.get("name") if isinstance(each, dict) else each for each in events]


async def list_(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    type_: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Hook]:
    """Get one page of hooks, newest first: `GET §/hooks`."""
    params: dict[str, Any] = {"type": type_, "sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/hooks", Hook, offset=offset, limit=limit, **params)


async def get(client: Client, id_: int | str) -> Hook:
    """Get one hook: `GET §/hooks/{hook_id}`."""
    return await get_one(client, f"/hooks/{segment(id_)}", Hook)


async def search(client: Client, q: str, *, offset: int = 0, limit: int = 100) -> Page[Hook]:
    """Search on the server, free text or id, name, type: `GET §/hooks/search`."""
    return await get_page(client, "/hooks/search", Hook, offset=offset, limit=limit, q=q)


async def types(client: Client) -> Page[TypeDescriptor]:
    """Get the ways in which a hook can tell: `GET §/hooks/types`."""
    return await get_list(client, "/hooks/types", TypeDescriptor)


async def events(client: Client) -> Page[HookEvent]:
    """Get what a hook can tell of, the same for every account: `GET /hook_events`."""
    return await get_list(client, "/hook_events", HookEvent, account=False)


async def help_(client: Client) -> Page[Article]:
    """Get the articles about hooks: `GET §/hooks/help`."""
    return await articles(client, "/hooks/help")


async def create(client: Client, draft: NewHook) -> Hook:
    """Create a hook: `POST §/hooks`."""
    return await calls.make(client, "/hooks", Hook, draft.sent())


async def update(client: Client, id_: int | str, draft: HookChange) -> Hook:
    """Change a hook: `PUT §/hooks/{hook_id}`. Events and settings that are sent replace all that were there."""
    return await calls.act_on(client, "PUT", f"/hooks/{segment(id_)}", Hook, id_, body=draft.sent())


async def delete(client: Client, id_: int | str) -> Hook:
    """Delete a hook for good: `DELETE §/hooks/{hook_id}`."""
    return await calls.act_on(client, "DELETE", f"/hooks/{segment(id_)}", Hook, id_)


async def ping(client: Client, id_: int | str) -> Hook:
    """Send a test notification: `GET §/hooks/{hook_id}/ping`. It acts, so it is sent once and never got."""
    return await calls.act_on(client, "GET", f"/hooks/{segment(id_)}/ping", Hook, id_)


async def reset_salt(client: Client, id_: int | str) -> Hook:
    """Give a hook another salt: `PUT §/hooks/{hook_id}/reset_salt`. The answer is the salt alone."""
    answer = await client.send("PUT", f"/hooks/{segment(id_)}/reset_salt")
    await calls.ready(Hook)
    return one(Hook, answer, {**(answer.data if isinstance(answer.data, dict) else {}), "id": id_})


async def reset(client: Client, id_: int | str) -> Hook:
    """Do the same as the newer pages write it: `PUT §/hooks/{hook_id}/reset`. The answer is the hook."""
    return await calls.act_on(client, "PUT", f"/hooks/{segment(id_)}/reset", Hook, id_)
