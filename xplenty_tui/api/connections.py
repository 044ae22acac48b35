"""Connections: where packages read and write. Numbers are counted for each type, so the type belongs to the key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.articles import Article, articles
from xplenty_tui.api.calls import get_list, get_one, get_page
from xplenty_tui.api.client import Answer, Client
from xplenty_tui.api.errors import BadRequest
from xplenty_tui.api.wire import Items, MaybeTime, Page, Text, Wire, one

if TYPE_CHECKING:
    from xplenty_tui.api.connection_drafts import ConnectionDraft

WAIT_S = 120.0
"""Seconds that a test, a check or a schema may take: they last as long as the other side needs (QUIRKS §1)."""


class Connection(Wire):
    """A connection (Connections). Which fields there are depends on its type; no answer holds its password."""

    secret_fields: ClassVar[frozenset[str]] = frozenset({"password", "refresh_token", "code"})

    id: int | str
    """Unique among the connections of its type only."""
    type: Text = ""
    """``s3``, ``redshift`` … (Connections: list types)."""
    name: Text = ""
    username: Text = ""
    """Of a storage: the id of the access key."""
    unique_id: Text = ""
    """``S3_CONNECTION_53``: how packages name it."""
    owner_id: int | None = None
    host: Text = ""
    port: int | str | None = None
    database: Text = ""
    region: Text = ""
    auth_method: Text = ""
    """``password`` or ``key``."""
    tunnel_type: Text = ""
    """``direct`` or ``reverse``."""
    local_port: int | str | None = None
    ssl: bool | None = None
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    url: Text = ""

    @property
    def key(self) -> str:
        """Type and number, which together are unique: ``s3/53``."""
        return key_of(self.type, self.id)


class TypeGroup(Wire):
    """What sort of system a type is."""

    group_type: Text = ""
    group_name: Text = ""


class TypeDescriptor(Wire):
    """A type that a connection or a hook may have (Connections: list types; Hooks: list types)."""

    type: str
    name: Text = ""
    description: Text = ""
    icon_url: Text = ""
    groups: Items[TypeGroup] = ()


class Schema(Wire):
    """What is behind a connection (Connections: import schema): its fields, and some of the data."""

    fields: Items[dict[str, Any]] = ()
    """One object a field: name and type."""
    data: Items[Any] = ()
    raw: Items[Any] = ()
    """The same as the other side wrote it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a test or a check of a connection came out."""

    good: bool
    message: str = ""
    """What the service says about it."""


def key_of(type_: str, id_: int | str) -> str:
    """Return type and number as one key."""
    return f"{type_ or '?'}/{id_}"


def path_of(key: str) -> str:
    """Return the address of the connection with that key; raises ValueError for what is no key."""
    type_, _, id_ = key.partition("/")
    return f"/connections/{segment(type_)}/{segment(id_)}"


async def list_(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    type_: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Connection]:
    """Get one page of connections, by name from z to a unless told otherwise: `GET §/connections`."""
    params: dict[str, Any] = {"type": type_, "sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/connections", Connection, offset=offset, limit=limit, **params)


async def get(client: Client, key: str) -> Connection:
    """Get one connection: `GET §/connections/{connection_type}/{connection_id}`."""
    return await get_one(client, path_of(key), Connection)


async def types(client: Client) -> Page[TypeDescriptor]:
    """Get what a connection can be made to: `GET §/connections/types`."""
    return await get_list(client, "/connections/types", TypeDescriptor)


async def help_all(client: Client) -> Page[Article]:
    """Get the articles about connections: `GET §/connections/help`."""
    return await articles(client, "/connections/help")


async def help_type(client: Client, type_: str) -> Page[Article]:
    """Get the articles about a type of connection: `GET §/connections/{connection_type}/help`."""
    return await articles(client, f"/connections/{segment(type_)}/help")


async def schema(client: Client, key: str, params: Mapping[str, Any]) -> Schema:
    """Get the fields of a table, query or file: `GET §/connections/{connection_type}/{connection_id}/schema`.

    The documentation sends the parameters as the body of the GET, which many proxies drop: they go as a query.
    """
    answer = await client.get(f"{path_of(key)}/schema", dict(params), wait_s=WAIT_S)
    await calls.ready(Schema)
    return one(Schema, answer)


async def create(client: Client, draft: ConnectionDraft) -> Connection:
    """Create a connection: `POST §/connections/{connection_type}`."""
    made = await calls.make(client, f"/connections/{segment(draft.of_type)}", Connection, draft.sent())
    return _typed(made, draft.of_type)


async def update(client: Client, key: str, draft: ConnectionDraft) -> Connection:
    """Change the fields that the draft was given: `PUT §/connections/{connection_type}/{connection_id}`."""
    return await _act("PUT", client, key, draft.sent())


async def delete(client: Client, key: str) -> Connection:
    """Delete a connection: `DELETE §/connections/{connection_type}/{connection_id}`; answers it, or 204 and nothing."""
    return await _act("DELETE", client, key)


async def test(client: Client, key: str) -> Trial:
    """Try to connect: `POST §/connections/{connection_type}/{connection_id}/test`."""
    return await trial(client, f"{path_of(key)}/test")


async def test_new(client: Client, draft: ConnectionDraft) -> Trial:
    """Try to connect without saving anything: `POST §/connections/{connection_type}/test`."""
    return await trial(client, f"/connections/{segment(draft.of_type)}/test", draft.sent())


async def validate(client: Client, key: str, body: Mapping[str, Any]) -> Trial:
    """Check that something is there to read: `POST §/connections/{connection_type}/{connection_id}/validate`."""
    return await trial(client, f"{path_of(key)}/validate", body or None)


async def trial(client: Client, path: str, body: Mapping[str, Any] | None = None) -> Trial:
    """Send a test and return how it came out: ``true``, ``{status, message}``, or 400 with an ``error_message``."""
    try:
        answer = await client.send("POST", path, body, wait_s=WAIT_S)
    except BadRequest as refusal:
        if "error_message" not in refusal.body:
            raise  # the request itself was malformed
        return Trial(good=False, message=refusal.server_text)
    return _judged(answer)


def _judged(answer: Answer) -> Trial:
    said = answer.data
    if said is None or isinstance(said, bool):
        return Trial(good=said is not False)
    if isinstance(said, dict) and isinstance(said.get("status"), str):
        return Trial(said["status"].lower() in ("success", "ok", "true"), str(said.get("message") or ""))
    raise answer.undecodable("it says neither that the test succeeded nor that it failed")


async def _act(method: Any, client: Client, key: str, body: Mapping[str, Any] | None = None) -> Connection:
    type_, _, id_ = key.partition("/")
    return _typed(await calls.act_on(client, method, path_of(key), Connection, id_, body=body), type_)


def _typed(connection: Connection, type_: str) -> Connection:
    """Return the connection with its type, where the answer did not say it."""
    return connection if connection.type else connection.model_copy(update={"type": type_})
