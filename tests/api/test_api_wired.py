"""Connections, hooks and deliveries on the wire, in both dialects of the documentation."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from pydantic import SecretStr, ValidationError

from xplenty_tui.api import connection_groups, connections, curl, deliveries, hooks, metadata
from xplenty_tui.api.client import Client
from xplenty_tui.api.connection_drafts import TYPES, CurlDraft, GroupChange, draft_of
from xplenty_tui.api.connections import Connection, Trial
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.delivery_drafts import NewDelivery
from xplenty_tui.api.errors import BadRequest, ReadOnly, UndecodableAnswer
from xplenty_tui.api.hook_drafts import SETTINGS, HookChange, change_of, new_of
from xplenty_tui.api.hooks import Hook
from xplenty_tui.api.wire import raw
from xplenty_tui.core.fields_model import fields_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)
S3 = {"id": 53, "name": "raw", "username": "johndoe", "unique_id": "S3_CONNECTION_53", "type": "s3"}
SECRET = "what-nobody-may-read"


class Server:
    """Answers as it is told to, and notes what it was asked."""

    def __init__(self, data: Any = None, status: int = 200) -> None:
        self.answers = [(data, status)]
        self.asked: list[tuple[str, str, Any]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode().removeprefix("/acme/api")
        self.asked.append((request.method, path, json.loads(request.content) if request.content else None))
        data, status = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return httpx.Response(status, content=b"" if data is ... else json.dumps(data).encode())

    def client(self, *, read_only: bool = False) -> Client:
        meter = Meter(lambda: NOW, lambda: 0.0)
        transport = httpx.MockTransport(self)
        return Client(
            "https://api.example", "acme", SecretStr("key"), meter=meter, transport=transport, read_only=read_only
        )


@pytest.mark.parametrize(
    ("data", "status", "good", "said"),
    [
        (True, 200, True, ""),
        (False, 200, False, ""),
        (..., 204, True, ""),
        ({"status": "success", "message": "Connection successful"}, 200, True, "Connection successful"),
        ({"status": "failure", "message": "no route"}, 200, False, "no route"),
        ({"error_message": "no such table"}, 400, False, "no such table"),
    ],
)
async def test_a_test_is_told_in_any_of_the_documented_ways(data: Any, status: int, good: bool, said: str) -> None:
    server = Server(data, status)
    client = server.client()
    assert await connections.test(client, "s3/53") == Trial(good, said)
    assert await connections.validate(client, "s3/53", {"bucket": "b"}) == Trial(good, said)
    draft = draft_of("s3")(name="new", username="me", password=SECRET)
    assert await connections.test_new(client, draft) == Trial(good, said)
    assert server.asked == [
        ("POST", "/connections/s3/53/test", None),
        ("POST", "/connections/s3/53/validate", {"bucket": "b"}),
        ("POST", "/connections/s3/test", {"name": "new", "username": "me", "password": SECRET}),
    ]


async def test_a_malformed_request_is_no_failed_test_and_neither_is_an_odd_answer() -> None:
    with pytest.raises(BadRequest):
        await connections.test(Server({"message": "Problems parsing JSON."}, 400).client(), "s3/53")
    with pytest.raises(UndecodableAnswer):
        await connections.test(Server([1]).client(), "s3/53")


@pytest.mark.parametrize(("data", "status"), [(S3, 200), (..., 204), ({}, 200)])
async def test_a_deleted_connection_is_answered_or_not(data: Any, status: int) -> None:
    server = Server(data, status)
    gone = await connections.delete(server.client(), "s3/53")
    assert gone.key == "s3/53"
    assert server.asked == [("DELETE", "/connections/s3/53", None)]


async def test_equal_numbers_of_two_types_are_two_connections() -> None:
    server = Server([{"id": 1, "type": "salesforce"}, {"id": 1, "type": "redshift"}])
    page = await connections.list_(server.client(), sort="created", direction="desc")
    assert [each.key for each in page.items] == ["salesforce/1", "redshift/1"]


@pytest.mark.parametrize("type_", TYPES)
def test_the_form_of_every_type_masks_its_secrets_and_sends_them(type_: str) -> None:
    for whole in (True, False):
        fields = {field.name: field for field in fields_of(draft_of(type_, whole=whole))}
        assert all(fields[name].secret for name in ("password", "refresh_token", "code") if name in fields)
        assert all(field.help for field in fields.values())
    change = draft_of(type_, whole=False)(name="x", **({"password": SECRET} if "password" in fields else {}))
    assert SECRET not in repr(change) + str(change)
    assert change.sent().get("password", SECRET) == SECRET


def test_what_belongs_together_is_asked_for_together() -> None:
    mysql, google, login = draft_of("mysql"), draft_of("adwords"), {"name": "x", "username": "u", "password": "p"}
    with pytest.raises(ValidationError, match="host is needed"):
        mysql(**login)
    assert mysql(**login, tunnel_type="reverse").sent()["tunnel_type"] == "reverse"
    with pytest.raises(ValidationError, match="a password"):
        google(name="x")
    with pytest.raises(ValidationError, match="redirect_uri"):
        google(name="x", code="c")
    assert draft_of("mysql", whole=False)(port=3307).sent() == {"port": 3307}


async def test_a_schema_is_asked_for_by_query_and_an_address_by_body() -> None:
    schema = {"data": [], "raw": ["{}"], "fields": [{"item": "string"}]}
    server = Server(schema)
    client = server.client()
    assert (await connections.schema(client, "mysql/7", {"table": "a b", "lines": 20})).fields == ({"item": "string"},)
    draft = CurlDraft(url="https://x.example", password=SECRET, mode="schema")
    await curl.schema(client, draft)
    assert server.asked == [
        ("GET", "/connections/mysql/7/schema?table=a+b&lines=20", None),
        ("GET", "/connections/curl/schema", {"url": "https://x.example", "password": SECRET}),
    ]


@pytest.mark.parametrize(
    ("call", "path"),
    [
        (metadata.adwords_customers, "adwords/4/customers"),
        (metadata.analytics_accounts, "analytics/4/accounts"),
        (metadata.bingads_accounts, "bingads/4/accounts"),
        (metadata.bingads_columns, "bingads/4/columns"),
        (metadata.facebook_accounts, "facebookadsinsights/4/accounts"),
        (metadata.facebook_fields, "facebookadsinsights/4/fields"),
        (metadata.salesforce_objects, "salesforce/4/objects"),
    ],
)
async def test_metadata_is_asked_for_where_it_is_documented(call: Callable[..., Any], path: str) -> None:
    server = Server([{"name": "a"}])
    assert await call(server.client(), 4) == [{"name": "a"}]
    assert server.asked == [("GET", f"/connections/metadata/{path}", None)]
    with pytest.raises(UndecodableAnswer):
        await call(Server("no").client(), 4)


async def test_fields_of_an_object_name_it() -> None:
    server = Server({"fields": []})
    await metadata.salesforce_fields(server.client(), 4, "Account")
    assert server.asked[0][1] == "/connections/metadata/salesforce/4/fields?object_name=Account"


async def test_articles_of_all_pages_come_once() -> None:
    one = {"title": "A", "type": "article", "url": "https://a"}
    page = await connections.help_type(Server({"edit": [one], "new": [one], "index": [{"title": "B"}]}).client(), "s3")
    assert [(each.title, each.page) for each in page.items] == [("A", "edit"), ("B", "index")]


async def test_a_group_is_searched_for_and_its_words_are_wrapped() -> None:
    server = Server([{"id": 1, "name": "a"}])
    client = server.client()
    assert (await connection_groups.search(client, "name:a")).items[0].name == "a"
    server.answers = [({"id": 1, "name": "b"}, 200)]
    await connection_groups.update(client, 1, GroupChange(name="b"))
    assert server.asked[1] == ("PUT", "/connection_groups/1", {"connection_group": {"name": "b"}})


OLD = {"id": 1, "salt": "s", "active": True, "type": "web", "settings": {"url": "http://a"}, "events": ["job"]}


@pytest.mark.parametrize("more", [{}, {"name": "a", "created_at": "2026-01-01T00:00:00Z", "url": "https://u"}])
async def test_hooks_decode_with_and_without_a_name(more: dict[str, Any]) -> None:
    hook = (await hooks.list_(Server([{**OLD, **more}]).client())).items[0]
    assert hook.name == more.get("name", "") and hook.events == ("job",)
    assert "**********" in repr(hook.salt) and raw(hook)["salt"] == "**********"


def test_secret_settings_are_never_shown() -> None:
    shown = {"auth_token": SECRET, "service_key": SECRET, "basic_auth_data": SECRET, "room": "r"}
    for type_, settings in (("web", shown), ("slack", {"url": SECRET})):
        hook = Hook.model_validate({"id": 1, "type": type_, "settings": settings, "salt": SECRET, "name": SECRET})
        assert SECRET not in repr(hook) + json.dumps(raw(hook))


async def test_a_ping_is_sent_once_its_events_are_objects_and_read_only_refuses_it() -> None:
    events = [{"id": 2, "name": "job.submitted", "last_response": {}, "last_trigger_status": "none"}]
    server = Server({**OLD, "events": events})
    assert (await hooks.ping(server.client(), 1)).events == ("job.submitted",)
    assert server.asked == [("GET", "/hooks/1/ping", None)]
    with pytest.raises(ReadOnly):
        await hooks.ping(server.client(read_only=True), 1)
    with pytest.raises(ValueError, match="acts"):
        await server.client().get("/hooks/1/ping")
    assert len(server.asked) == 1


async def test_another_salt_comes_alone_or_with_its_hook() -> None:
    for call, data, path in (
        (hooks.reset_salt, {"salt": "new"}, "/hooks/1/reset_salt"),
        (hooks.reset, {**OLD, "salt": "new"}, "/hooks/1/reset"),
    ):
        server = Server(data)
        hook = await call(server.client(), 1)
        assert hook.id == 1 and hook.salt is not None and hook.salt.get_secret_value() == "new"
        assert server.asked == [("PUT", path, None)]


@pytest.mark.parametrize("type_", SETTINGS)
def test_hooks_are_written_with_their_type_and_plain_events(type_: str) -> None:
    settings = {name: SECRET for name, (_, default, _) in SETTINGS[type_].items() if default is ...}
    draft = new_of(type_)(settings=settings, events=[{"event": "job"}, {"event": "job"}, {"event": "cluster.error"}])
    assert draft.sent() == {"type": type_, "events": ["job", "cluster.error"], "settings": settings}
    assert change_of(type_)(name="x", settings=settings).sent() == {"name": "x", "settings": settings}
    secret = {field.name for field in fields_of(new_of(type_)) if field.secret}
    assert secret == {f"settings.{name}" for name in SETTINGS[type_] if name in hooks.SECRETS} | (
        {"settings.url"} if type_ == "slack" else set()
    )


def test_a_hook_of_an_unknown_type_can_still_be_changed() -> None:
    assert change_of("pigeon") is HookChange


async def test_a_delivery_is_written_as_documented() -> None:
    server = Server({"id": 2, "status": "idle"}, 201)
    draft = NewDelivery(source="salesforce/1", destination="redshift/1", destination_properties={"schema_name": "s"})
    made = await deliveries.create(server.client(), draft)
    assert made.status == "idle" and made.keys == ()
    assert server.asked[0][2] == {
        "source": {"connection": {"type": "salesforce", "id": 1}, "properties": {}},
        "destination": {"connection": {"type": "redshift", "id": 1}, "properties": {"schema_name": "s"}},
    }
    with pytest.raises(ValidationError):
        NewDelivery(source="1", destination="redshift/1")


async def test_a_connection_that_is_made_has_its_type_though_the_answer_lacks_it() -> None:
    server = Server({"id": 9, "name": "new"}, 201)
    made = await connections.create(server.client(), draft_of("s3")(name="new", username="u", password="p"))
    assert made.key == "s3/9" and isinstance(made, Connection)
    with pytest.raises(ValueError, match="address"):
        await connections.get(server.client(), "s3/")
