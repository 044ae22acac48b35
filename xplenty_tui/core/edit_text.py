"""Anything writable as a TOML text for a person's editor, and back: ``to_toml``, ``from_toml``, ``noted``.

What is handed in is a model of the writable fields and nothing else. A field that is not in the text gets its default,
so a field that may be None has the default None: TOML has no null. Secrets are not in the text, see ``Secrets``.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from xplenty_tui.core.edit_plain import Change, Secrets, diff, path_text, plain
from xplenty_tui.core.edit_write import fields_at, one_line, to_toml
from xplenty_tui.core.toml_lines import Path, place_of, syntax_problem

__all__ = ["Change", "EditProblem", "diff", "from_toml", "noted", "to_toml"]

M = TypeVar("M", bound=BaseModel)

_MISSING = "is needed and missing"
_NOTE = "#! "
"""Begins the lines at the top that say what is wrong."""


@dataclass(frozen=True, slots=True)
class EditProblem:
    """Why a text cannot be used."""

    sentence: str
    """It names the line. It holds no value."""
    line: int
    """From 1: where the editor opens again."""


def from_toml(text: str, model: type[M], before: M | None = None) -> M | EditProblem:
    """Return what a text says as a ``model``, or what is wrong with it.

    ``before`` is what ``to_toml`` made the text from: secrets that were left out come from there. Never raises for
    anything that a person can write.
    """
    secrets = Secrets()
    if before is not None:
        plain(before, secrets)
    try:
        found = tomllib.loads(text)
    except RecursionError:
        return EditProblem("The text is nested too deeply.", 1)
    except ValueError as error:
        reason, line = syntax_problem(text, error)
        return EditProblem(f"Line {line} is not TOML: {reason}.", line)
    stranger = next(secrets.strangers(found), None)
    if stranger is not None:
        return _problem(text, stranger, "holds a mark that stands for no secret; write the value in its place")
    try:
        return model.model_validate(secrets.restore(found), extra="forbid")
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
    first = min(errors, key=lambda item: place_of(text, item["loc"])[1])
    return _problem(text, first["loc"], _reason(first, model), len(errors) - 1)


def _problem(text: str, path: Path, reason: str, more: int = 0) -> EditProblem:
    there, line = place_of(text, path)
    missing = reason == _MISSING
    while len(there) < len(path) and (missing or isinstance(path[len(there)], int)):
        there = path[: len(there) + 1]
    others = f" (and {more} more)" if more else ""
    return EditProblem(f"Line {line}: {path_text(there) or 'this'} {reason}{others}.", line)


def _reason(item: Mapping[str, Any], model: type[BaseModel]) -> str:
    """Return what is wrong with a field, as the end of a sentence; never its value."""
    kind, path = item["type"], item["loc"]
    if kind == "missing":
        return _MISSING
    if kind == "extra_forbidden":
        known = list(fields_at(model, path[:-1]))
        near = difflib.get_close_matches(str(path[-1]), known, n=1)
        return "is not known here; " + (f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}")
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return "should be a table"
    text = str(item["ctx"]["error"]) if kind in ("value_error", "assertion_error") else str(item["msg"])
    text = text.replace("valid integer", "whole number").partition(", unable to parse")[0]
    return one_line(text.replace("Input should be a valid ", "should be a ").replace("Input should", "should"))


def noted(text: str, problem: EditProblem) -> tuple[str, int]:
    """Return the text with the problem as a comment at its top, in the place of an earlier one, and the problem's line.

    What is the person's own text is not touched.
    """
    rows = text.split("\n")
    old = next((at for at, row in enumerate(rows) if not row.startswith(_NOTE.rstrip())), len(rows))
    moved = 1 - old
    sentence = re.sub(r"^Line \d+", f"Line {problem.line + moved}", problem.sentence)
    return "\n".join([_NOTE + one_line(sentence), *rows[old:]]), max(problem.line + moved, 1)
