"""What is behind a connection or an address: fields, with some of the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import connections as api
from xplenty_tui.api import curl, metadata
from xplenty_tui.api.connection_drafts import CurlDraft
from xplenty_tui.api.connection_queries import ObjectFields, PlainQuery, query_of
from xplenty_tui.api.connections import Connection, Schema
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Fill
from xplenty_tui.core.declare import Context, Row
from xplenty_tui.resources import answers, verdicts
from xplenty_tui.resources.connection_forms import label
from xplenty_tui.resources.connection_tests import AGAIN, outcome, trouble


def _schema(client: Any, item: Any, draft: Any) -> Any:
    return api.schema(client, item.key, draft.sent())


def found(answer: Schema, name: str) -> str:
    """Return in a sentence what was seen behind a connection."""
    rows = len(answer.data) or len(answer.raw)
    return f"{name}: {words.count(len(answer.fields), 'field')}, {words.count(rows, 'row')} to look at."


SCHEMA: Action[Connection] = Action(
    "schema",
    ("s",),
    "schema",
    "Look at the fields of a table, query, object or file, with some of the data.",
    _schema,
    lambda answer, item, ctx: found(answer, label(item)),
    verdicts.nothing(AGAIN),
    permission="importConnection",
    fill=Fill(PlainQuery, of=lambda item, _: query_of(item.type if item else "")),
    writes=False,
    shows=answers.schema,
    weight=25,
)
FIELDS: Action[Connection] = Action(
    "fields",
    ("f",),
    "object fields",
    "Look at the fields of one Salesforce object.",
    lambda client, item, draft: metadata.salesforce_fields(client, item.id if item else "", draft.object_name),
    lambda answer, item, ctx: f"{label(item)}: the fields of the object.",
    verdicts.nothing(AGAIN),
    disabled=lambda item, ctx: None if item is None or item.type == "salesforce" else "only Salesforce has objects",
    permission="importConnection",
    fill=Fill(ObjectFields),
    writes=False,
    shows=answers.rows,
    weight=3,
)


async def _curl(client: Any, _item: Any, draft: CurlDraft) -> Any:
    calls: dict[str, Any] = {"schema": curl.schema, "test": curl.test, "validate": curl.validate}
    return await calls[draft.mode](client, draft)


def _read(answer: Any, _item: Any, _ctx: Context) -> str:
    if isinstance(answer, Schema):
        return found(answer, "The address")
    return outcome(answer, "The address", "answers as it should", "does not answer as it should")


def _rows(answer: Any, item: Any, ctx: Context) -> Iterator[Row]:
    return answers.schema(answer, item, ctx) if isinstance(answer, Schema) else iter(())


CURL: Action[Connection] = Action(
    "curl",
    ("c",),
    "read address",
    "Let the service read a web address, without a connection: its schema, a test or a check.",
    _curl,
    _read,
    verdicts.nothing("It is a call of somebody else's server: look there before you repeat one that acts."),
    on_item=False,
    permission="importConnection",
    fill=Fill(CurlDraft),
    trouble=trouble,
    shows=_rows,
    weight=4,
)
