"""The forms of connections: types to choose from, what stands in them, and what of them is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import SecretStr

from xplenty_tui.api.connection_drafts import TYPES, ConnectionDraft, draft_of
from xplenty_tui.api.connections import Connection
from xplenty_tui.core.action import Choice, Fill, Values
from xplenty_tui.core.declare import Context
from xplenty_tui.core.fields import write
from xplenty_tui.resources.questions import one_line

KINDS = ("connection_types",)
"""Kinds that the types are taken from."""


def label(connection: Connection | None) -> str:
    """Return what a connection is called."""
    return "the connection" if connection is None else one_line(connection.name) or connection.key


def types(ctx: Context) -> Sequence[Choice]:
    """Return the types that the service offers, else those that its documentation lists."""
    offered = ctx.store.good("connection_types")
    found = [
        Choice(each.type, each.name or each.type, "" if each.type in TYPES else "fields not documented", each.type)
        for each in sorted(offered, key=lambda each: (each.name or each.type).lower())
    ]
    return found or [Choice(type_, type_) for type_ in sorted(TYPES)]


def new(_item: Any, type_: str) -> type[ConnectionDraft]:
    """Return the model of a new connection of that type."""
    return draft_of(type_)


def change(connection: Connection | None, _chosen: str) -> type[ConnectionDraft]:
    """Return the model of a change."""
    return draft_of(connection.type if connection is not None else "", whole=False)


NEW: Fill[Connection] = Fill(ConnectionDraft, kinds=KINDS, sorts=types, of=new)
"""The form of a connection that does not exist yet."""


def present(connection: Connection | None, _ctx: Context) -> Values:
    """Return what stands in the form of a change: what is known, of secrets nothing."""
    if connection is None:
        return {}
    return {name: write(_held(connection, name)) for name in change(connection, "").model_fields if name != "password"}


def _held(connection: Connection, name: str) -> Any:
    value = getattr(connection, name, None)
    return None if isinstance(value, dict | list) else value


def different(connection: Connection | None, draft: ConnectionDraft) -> dict[str, Any]:
    """Return the fields of the draft that the connection has otherwise; a secret that was typed is always one."""
    found: dict[str, Any] = {}
    for name in draft.model_fields_set:
        value = getattr(draft, name)
        held = _held(connection, name) if connection is not None else None
        if value is not None and (isinstance(value, SecretStr) or str(value) != str("" if held is None else held)):
            found[name] = value
    return found


def shown(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return fields as a question says them: secrets masked."""
    return {
        name: "(a new one)" if isinstance(value, SecretStr) else one_line(write(value))
        for name, value in fields.items()
    }
