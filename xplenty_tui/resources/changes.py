"""Editing what exists: what stands in the form, what of it is different and sent, and whether it arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xplenty_tui.api.drafts import Draft
from xplenty_tui.core.action import Attempt, Line, Verdict
from xplenty_tui.core.fields import write
from xplenty_tui.resources import verdicts
from xplenty_tui.resources.questions import differences


def present(item: Any, names: Iterable[str]) -> dict[str, str]:
    """Return the texts of an item's fields as a form has them; what lies in an object is named with a dot."""
    found = {}
    for name in names:
        outer, _, inner = name.partition(".")
        value = getattr(item, outer, None)
        found[name] = write((value or {}).get(inner) if inner else value)
    return found


def _plain(value: Any) -> Any:
    return None if value == "" else value


def different(item: Any, draft: Draft, *, apart: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the fields of the draft that the item has otherwise, as they are sent; ``apart`` are no fields of it."""
    found: dict[str, Any] = {}
    for name in sorted(draft.model_fields_set - apart, key=list(type(draft).model_fields).index):
        new, old = getattr(draft, name), getattr(item, name, None)
        if isinstance(new, Draft):
            inner = {key: value for key, value in new.sent().items() if (old or {}).get(key) != value}
            if inner:
                found[name] = inner
        elif _plain(new) != _plain(old):
            found[name] = new if new is not None else ""
    return found


def lines(item: Any, changed: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return one line for each thing that changes."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for name, new in changed.items():
        old = getattr(item, name, None)
        if isinstance(new, Mapping):
            for key, value in new.items():
                before[f"{name} {key}"], after[f"{name} {key}"] = write((old or {}).get(key)), write(value)
        else:
            before[name], after[name] = write(old), write(new)
    return tuple(differences(before, after))


def taken(attempt: Attempt[Any], now: Any, *, apart: frozenset[str] = frozenset()) -> Verdict:
    """Return whether an item has what a draft changed of it; some of it proves nothing."""
    sent = different(attempt.item, attempt.draft, apart=apart).keys()
    left = sent & different(now, attempt.draft, apart=apart).keys()
    return verdicts.verdict(not left) if not left or left == sent else Verdict.UNKNOWN
