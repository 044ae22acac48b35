"""docs/api-coverage.md: every documented operation, and where in the program it is reached.

Nothing of it is written by hand: the calls of ``api/`` say which operation each is, and the declarations are walked
through, function by function, for the calls that they make.
"""

from __future__ import annotations

import dis
import functools
import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import xplenty_tui.api
from xplenty_tui.core.declare import Loaded, Related, Resource
from xplenty_tui.resources import ALL
from xplenty_tui.tui.commands import label

OPERATION = re.compile(r"`((?:GET|POST|PUT|DELETE) §?/[^`\s]*)`")
"""How a call's docstring names the operation that it is."""
FACTS = Path(__file__).with_name("operations.toml")
SOURCES = "scripts/operations.toml, the calls in xplenty_tui/api and the declarations in xplenty_tui/resources"
"""What the page is made from, for its reader."""
OURS = ("xplenty_tui.resources", "xplenty_tui.api")


@dataclass(frozen=True)
class Facts:
    """What is known beside the code."""

    operations: dict[str, str]
    """Section by operation, in the documentation's order."""
    left_out: dict[str, str]
    """Why an operation is not in the program."""
    elsewhere: dict[str, str]
    """Where an operation is reached that no kind declares."""


def facts(path: Path = FACTS) -> Facts:
    """Read the list of operations."""
    data = tomllib.loads(path.read_text("utf-8"))
    operations = {one: section for section, several in data["operations"].items() for one in several}
    return Facts(operations, data["left_out"], data["elsewhere"])


def calls() -> dict[Callable[..., Any], tuple[str, ...]]:
    """Return every public call of ``api/`` with the operations that its docstring names."""
    found: dict[Callable[..., Any], tuple[str, ...]] = {}
    for module in pkgutil.iter_modules(xplenty_tui.api.__path__, "xplenty_tui.api."):
        for name, value in vars(importlib.import_module(module.name)).items():
            own = inspect.iscoroutinefunction(value) and value.__module__ == module.name
            if own and not name.startswith("_") and (named := OPERATION.findall(value.__doc__ or "")):
                found[value] = tuple(named)
    return found


def reached(root: Any, known: Iterable[Callable[..., Any]]) -> set[Callable[..., Any]]:
    """Return the calls that a function can make, however deep in the declarations they lie."""
    wanted, seen, found = set(known), set[int](), set[Callable[..., Any]]()
    todo = [root]
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, functools.partial):
            todo += [one.func, *one.args, *one.keywords.values()]
        elif isinstance(one, FunctionType):
            if one in wanted:
                found.add(one)
            elif one.__module__.startswith(OURS):
                todo += used(one)
    return found


def used(function: FunctionType) -> Iterator[Any]:
    """Return what a function names: what it closes over, and globals or parts of modules that its code loads."""
    yield from (cell.cell_contents for cell in function.__closure__ or ())
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()
    for code in codes(function.__code__):
        before: Any = None
        for step in dis.get_instructions(code):
            if step.opname == "LOAD_GLOBAL":
                before = function.__globals__.get(str(step.argval))
                yield before
            elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and isinstance(before, ModuleType):
                before = getattr(before, str(step.argval), None)
                yield before
            else:
                before = None


def codes(code: CodeType) -> Iterator[CodeType]:
    """Return a function's code and that of the functions in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


def roots(resource: Resource[Any]) -> Iterator[tuple[str, Any]]:
    """Return the places of a kind in words, each with what it does; those that are reached most easily first."""
    name = f"`:{resource.name}`"
    yield f"{name}, the list", resource.load
    yield f"{name}, the list", resource.active
    yield f"{name}, a page", resource.get
    yield f"{name}, search `S`", resource.search
    for section in resource.detail:
        if isinstance(section, Loaded | Related) and section.load is not None:
            key = f" `{label(section.key)}`" if isinstance(section, Loaded) and section.key else ""
            yield f"{name}, a page: {section.title.lower()}{key}", section.load
    for action in resource.actions:
        keys = f" `{label(action.keys[0])}`" if action.keys else ""
        yield f"{name}, {action.title}{keys}", action.send
        yield f"{name}, after {action.title}{keys}", action.progress


def places() -> dict[Callable[..., Any], list[str]]:
    """Return where each call is reached."""
    known = calls()
    found: dict[Callable[..., Any], list[str]] = {}
    for resource in ALL:
        for place, root in roots(resource):
            for call in reached(root, known) if root is not None else ():
                if place not in (held := found.setdefault(call, [])):
                    held.append(place)
    return found


def by_operation() -> dict[str, list[str]]:
    """Return where each operation is reached, by the calls that are it."""
    known, where = calls(), places()
    found: dict[str, list[str]] = {}
    for call, operations in known.items():
        for operation in operations:
            held = found.setdefault(operation, [])
            held += [place for place in where.get(call, ()) if place not in held]
    for operation, place in facts().elsewhere.items():
        found.setdefault(operation, []).append(place)
    return {
        operation: sorted(held, key=lambda place: not place.endswith("the list")) for operation, held in found.items()
    }


SHOWN = 3
"""Places that are named; the rest is counted."""


def told(operation: str, where: list[str], known: Facts) -> str:
    """Return the second cell of an operation's line."""
    if where:
        more = f" and {len(where) - SHOWN} more" if len(where) > SHOWN else ""
        return "; ".join(where[:SHOWN]) + more
    return f"left out: {known.left_out[operation]}"


def blocks(table: Callable[[Iterable[str], Iterable[Iterable[str]]], str]) -> Iterator[str]:
    """Yield what the page says after its title; ``table`` draws a Markdown table."""
    known, where = facts(), by_operation()
    count = sum(1 for operation in known.operations if where.get(operation))
    yield (
        f"**{count} of {len(known.operations)}** documented operations are reached. `§` stands for "
        "`/{account_id}/api`. What is typed after `:` opens a list; keys count there or on the page of an item.\n"
        "Where the documentation's two sources put one call at two addresses, the second is tried when the server "
        "answers 404 at the first: such operations stand at the same places."
    )
    left = len(known.left_out)
    yield (
        f"Deliberately left to the web console: {left} operations, which are four things, two of them documented "
        "at two addresses: creating an account (2), deleting an account (1), changing the payment method (1), "
        "resetting and changing a password (2). Nothing else is left out."
    )
    for section in dict.fromkeys(known.operations.values()):
        yield f"## {section.capitalize()}"
        rows = (
            (f"`{one}`", told(one, where.get(one, []), known)) for one, of in known.operations.items() if of == section
        )
        yield table(("operation", "where"), rows)
