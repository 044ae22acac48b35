"""What can be done to connections: create, change, test, look at what is behind one, delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import SecretStr

from xplenty_tui.api import connections as api
from xplenty_tui.api.connection_drafts import ConnectionDraft, draft_of
from xplenty_tui.api.connections import Connection
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Fill, Line, Question
from xplenty_tui.core.declare import Context, Link, Tone
from xplenty_tui.resources import changes, deeds, verdicts
from xplenty_tui.resources import connection_forms as forms
from xplenty_tui.resources.connection_forms import label
from xplenty_tui.resources.connection_schema import CURL, FIELDS, SCHEMA
from xplenty_tui.resources.connection_tests import TEST, TRY, VALIDATE
from xplenty_tui.resources.questions import differences, gaps, line, one_line, some

_LOOK = "Look at the connection."


def _fits(attempt: Attempt[Connection], found: Connection) -> bool:
    return (found.name, found.type) == (attempt.draft.name, attempt.draft.of_type)


def _there(answer: Any) -> Link | None:
    return Link("connections", answer.key) if isinstance(answer, Connection) else None


CREATE: Action[Connection] = Action(
    "create",
    ("n",),
    "new",
    "Create a connection: choose its type, then fill in what the type needs.",
    deeds.make(api.create),
    lambda answer, item, ctx: f"{label(answer)} is made; t tests it.",
    verdicts.by_newest(api.list_, _fits, "Look at the newest connections before you create another."),
    on_item=False,
    permission="createConnection",
    fill=forms.NEW,
    lands=_there,
    weight=30,
)


async def _update(client: Any, connection: Connection, new: dict[str, Any]) -> Connection:
    return await api.update(client, connection.key, draft_of(connection.type, whole=False).model_validate(new))


def _changed(answer: Connection, item: Connection | None, _ctx: Context) -> str:
    return f"{label(answer if answer.name else item)} is changed; t tests it."


def _open(item: Connection | None, draft: ConnectionDraft) -> dict[str, Any]:
    """Return what is different and can be read back: no secrets."""
    return {name: value for name, value in forms.different(item, draft).items() if not isinstance(value, SecretStr)}


def _ask_change(items: Sequence[Connection], draft: ConnectionDraft, _ctx: Context) -> Question:
    connection, new = items[0], forms.different(items[0], draft)
    before = forms.shown({name: getattr(connection, name, None) for name in new})
    lines: list[Line] = list(differences(before, forms.shown(new)))
    if lines:
        lines.append(line("Every package and delivery that uses it does so from then on.", Tone.WARN))
    else:
        lines.append(changes.NOTHING)
    return Question(f"Change connection {label(connection)}", tuple(lines), "Change")


CHANGE: Action[Connection] = Action(
    "change",
    ("e",),
    "edit",
    "Change the connection; a password that is left blank stays as it is.",
    changes.send(forms.different, _update),
    changes.said(label, _changed),
    verdicts.by_item(api.get, changes.took(_open), _LOOK, key="key"),
    permission="updateConnection",
    ask=_ask_change,
    fill=Fill(ConnectionDraft, forms.present, of=forms.change, clears=True),
    state=lambda item: item.updated_at,
    weight=35,
)


def _ask_delete(items: Sequence[Connection], _draft: Any, ctx: Context) -> Question:
    connection = items[0]
    users = [each for each in ctx.store.good("deliveries") if connection.key in each.keys]
    lines: list[Line] = [line(f"{connection.key}{f' on {connection.host}' if connection.host else ''}.")]
    if users:
        lines.append(line(f"{words.count(len(users), 'delivery', 'deliveries')} that then cannot run:", Tone.BAD))
        lines += some((line(f"  {one_line(each.name) or each.id}", Tone.STRONG) for each in users), "delivery")
    elif ctx.store.of("deliveries").loaded_at is not None:
        lines.append(line("No loaded delivery uses it."))
    lines += gaps("deliveries", ctx)
    name = connection.unique_id or connection.key
    lines.append(line(f"Packages may use it as {name}. The API does not tell which: their jobs then fail.", Tone.WARN))
    lines.append(line("It is gone for good, with its login.", Tone.BAD))
    return Question(f"Delete connection {label(connection)}", tuple(lines), "Delete", label(connection))


DELETE: Action[Connection] = deeds.delete(
    "Delete the connection for good; whatever uses it fails from then on.",
    api.delete,
    api.get,
    _ask_delete,
    label=label,
    look=_LOOK,
    state=lambda item: (item.name, item.updated_at),
    permission="deleteConnection",
    key="key",
    needs=("deliveries",),
)

ACTIONS: tuple[Action[Connection], ...] = (CREATE, CHANGE, TEST, VALIDATE, SCHEMA, FIELDS, TRY, CURL, DELETE)
