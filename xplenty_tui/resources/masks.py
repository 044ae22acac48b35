"""Variables as lines, and what of them is secret: shown as dots, masked in texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Row, Tone
from xplenty_tui.resources import parts

HIDDEN = "••••••••"
"""Stands for a secret whatever its length."""
HIDDEN_ASCII = "********"


def dots(ctx: Context) -> str:
    """Return what stands for a secret on this terminal."""
    return HIDDEN_ASCII if ctx.ascii else HIDDEN


def secret(name: str, value: Any) -> bool:
    """Tell whether a variable is shown masked: by its name, or by a name inside its value."""
    if words.secret_looking(name):
        return True
    if isinstance(value, Mapping):
        return any(secret(str(inner), deeper) for inner, deeper in value.items())
    return isinstance(value, list | tuple) and any(secret("", deeper) for deeper in value)


def variable_rows(variables: Mapping[str, Any] | None, ctx: Context) -> Iterator[Row]:
    """Return one line a variable by name; the value is masked where the name looks like a secret's."""
    for name, value in sorted((variables or {}).items(), key=lambda pair: pair[0].lower()):
        text, label = parts.as_text(value), parts.on_one_line(name)
        if text and secret(name, value):
            yield Row(dots(ctx), label=label, tone=Tone.DIM, secret=text)
        else:
            yield Row(text or "(empty)", label=label, tone=Tone.PLAIN if text else Tone.DIM)


def masked(text: str, job: Job) -> str:
    """Return a text about a job with secrets masked: those of its variables, and what looks like one."""
    from xplenty_tui.core.scrub import scrub

    return scrub(text, (parts.as_text(value) for name, value in job.variables.items() if secret(name, value)))


def known(item: Any, ctx: Context) -> frozenset[str]:
    """Return the values that are masked wherever they stand: of all known variables whose names look secret."""
    maps: list[Mapping[str, Any]] = []
    for one in (item, *ctx.store.good("jobs"), *ctx.store.good("packages"), *ctx.store.good("schedules")):
        maps += [getattr(one, name, None) or {} for name in ("variables", "dynamic_variables")]
        task = getattr(one, "task", None)
        maps += [each.variables for each in task.packages] if task is not None else []
    values = (value for each in maps for name, value in each.items() if secret(name, value))
    return frozenset(text for value in values for text in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, and without its own quotes, as an expression has them."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
        yield str(value).strip("'\"")
