"""Whether a connection works: one that is there, or one that is not saved yet."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api import connections as api
from xplenty_tui.api.connection_queries import PlainQuery, query_of
from xplenty_tui.api.connections import Connection, Trial
from xplenty_tui.core.action import Action, Fill
from xplenty_tui.resources import connection_forms as forms
from xplenty_tui.resources import deeds, verdicts
from xplenty_tui.resources.connection_forms import label
from xplenty_tui.resources.questions import one_line

AGAIN = "It changes nothing in the account: try it again."


def trouble(answer: Any) -> str:
    """Return what to do when a test failed."""
    failed = isinstance(answer, Trial) and not answer.good
    return (
        "Nothing was changed. Check host, login and what the firewall lets through, then test it again."
        if failed
        else ""
    )


def outcome(answer: Trial, name: str, good: str, bad: str) -> str:
    """Return in a sentence how a test came out, with what the service says about it."""
    said = one_line(answer.message)
    return f"{name} {good if answer.good else bad}" + (f": {said.rstrip('.')}." if said else ".")


TRY: Action[Connection] = Action(
    "try",
    ("T",),
    "try out",
    "Test a connection that does not exist yet: the same form, and nothing is saved.",
    deeds.make(api.test_new),
    lambda answer, item, ctx: outcome(answer, "The connection", "works; nothing was saved", "does not work"),
    verdicts.nothing(AGAIN),
    on_item=False,
    permission="testConnection",
    fill=forms.NEW,
    trouble=trouble,
    weight=6,
)


def _validate(client: Any, item: Any, draft: Any) -> Any:
    return api.validate(client, item.key, draft.sent())


TEST: Action[Connection] = Action(
    "test",
    ("t",),
    "test",
    "Let the service connect, and say whether it could; takes as long as the other side.",
    deeds.on(api.test, key="key"),
    lambda answer, item, ctx: outcome(answer, label(item), "works", "does not work"),
    verdicts.nothing(AGAIN),
    permission="testConnection",
    trouble=trouble,
    weight=45,
)
VALIDATE: Action[Connection] = Action(
    "validate",
    ("V",),
    "validate",
    "Let the service check that a table, object or file is there to be read.",
    _validate,
    lambda answer, item, ctx: outcome(answer, label(item), "is valid", "is not valid"),
    verdicts.nothing(AGAIN),
    permission="testConnection",
    fill=Fill(PlainQuery, of=lambda item, _: query_of(item.type if item else "", check=True)),
    trouble=trouble,
    weight=20,
)
