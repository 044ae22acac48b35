"""Whatever a server sends that can be decoded at all is drawn: in the list, on its page, and judged by triage."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.test_api_models import documents
from tests.resources.samples import FULL, context
from xplenty_tui.api import body
from xplenty_tui.api.wire import Wire, many
from xplenty_tui.core import words
from xplenty_tui.core.assemble import blocks
from xplenty_tui.core.declare import Context, Resource
from xplenty_tui.core.view import View
from xplenty_tui.resources import ALL, BY_NAME
from xplenty_tui.triage.look import look
from xplenty_tui.triage.page import KINDS, Seen, headline, page

DECODED = [kind for kind in ALL if isinstance(kind.model, type) and issubclass(kind.model, Wire)]
quick = settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))


def replaced(kind: Resource[Any], data: st.DataObject) -> list[Any]:
    """Return items of a kind: good ones of which some fields are replaced by anything."""
    good = FULL.get(kind.name, {})
    made = documents(kind.model).map(lambda one: {**good, **one} if isinstance(one, dict) else one)
    sent = body.parse(json.dumps(data.draw(st.lists(made, min_size=1, max_size=3))).encode())
    items, _ = many(kind.model, sent)
    return list(items)


def draw(kind: Resource[Any], item: Any, ctx: Context) -> None:
    """Draw all that there is of an item."""
    assert kind.key(item)
    texts = [kind.label(item), kind.note(item, ctx) if kind.note else ""]
    for column in kind.columns:
        value = column.value(item, ctx)
        texts.append(column.show(value, ctx) if column.show and value is not None else words.plain(value, ctx))
        if column.tone is not None:
            column.tone(item, ctx)
    if kind.status is not None:
        words.status(kind.status(item))
    assert all(isinstance(text, str) for text in texts)
    blocks(kind, item, {}, ctx, resources=BY_NAME)
    for action in kind.actions:
        action.disabled(item, ctx)


@pytest.mark.parametrize("kind", DECODED, ids=lambda kind: kind.name)
@quick
@given(data=st.data())
def test_whatever_can_be_decoded_is_drawn_sorted_and_filtered(kind: Resource[Any], data: st.DataObject) -> None:
    items = replaced(kind, data)
    ctx = context(**{kind.name: items})
    for item in items:
        draw(kind, item, ctx)
    view: View[Any] = View(kind)
    for column in kind.columns:
        view.set_sort(column.name, "asc", ctx)
    view.set_filter("ab >3 status:failed", ctx)


@quick
@given(data=st.data())
def test_triage_judges_whatever_can_be_decoded(data: st.DataObject) -> None:
    ctx = context(**{name: replaced(BY_NAME[name], data) for name in KINDS})
    incidents = look(ctx)
    page(ctx, incidents, BY_NAME, Seen())
    headline(ctx, incidents)
