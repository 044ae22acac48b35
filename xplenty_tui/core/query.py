"""The filter language, which is the API's own search syntax: what is typed here can be sent to the server.

``status:failed package:"daily load" -cluster:adhoc runtime:>2h orders``

- ``name:value`` looks into a column: in text for a part of it (case and ``_`` do not matter), in numbers, times and
  flags for that value. ``name:>value`` is that or more, ``name:<value`` that or less. ``-`` before it negates.
- The same column and sign twice means either; different columns and signs (``>`` and ``<`` too) must all hold.
- Words without a name must all be found, in any column.
- Lengths: ``2h``, ``1h30m``, ``12m04``, ``90s``; a bare number is seconds. ``42%`` and ``184,210`` are numbers.
- Times: ``2026-11-20``, ``"2026-11-20 02:14"`` (the person's zone, else ``…Z``), ``2026-11``, ``"17 Nov"``, ``02:14``
  (the last or, for times ahead, the next), ``today``, ``yesterday``, ``tomorrow``, ``mon``, ``now``.
- A length where a time is asked for is a distance from now, backwards for times that passed: ``started:>2h`` is
  within the last two hours, ``started:<2h`` longer ago; forwards for times ahead: ``next:<2h`` is within the next two.
  ``-2h`` and ``+2h`` say the side.
- ``cluster:none`` and ``cluster:""`` find what has no value.

What is not finished yet (``status:``, ``runtime:>``) limits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Protocol

from xplenty_tui.core.declare import Column, Context
from xplenty_tui.core.literal import Meaning, read
from xplenty_tui.core.match import Verdict, tester
from xplenty_tui.core.server_query import rewrite


class Reader(Protocol):
    """Where the answers of columns about items are found, by the items' keys: see ``memo.Memo``."""

    @property
    def haystack(self) -> Mapping[str, str]:
        """All text of an item, folded."""

    def values(self, column: Column[Any]) -> Mapping[str, Any]:
        """Return the values of a column; of an odd item the item itself."""

    def texts(self, column: Column[Any]) -> Mapping[str, str]:
        """Return the texts of a column, folded."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition as it was typed."""

    typed: str
    """The whole of it."""
    meaning: Meaning
    name: str = ""
    """The attribute as typed; empty for a free word."""
    column: Column[Any] | None = None
    """None: a free word, or an attribute that no column has."""
    more: str = ""
    """``>``, ``<`` or nothing."""
    negative: bool = False
    open: bool = False
    """It is the last and may still be typed."""

    @property
    def attribute(self) -> str:
        """The column's name; empty without one."""
        return self.column.name if self.column else ""

    @property
    def group(self) -> tuple[str, ...]:
        """What it shares with the terms of which one is enough."""
        sign = "-" if self.negative else ""
        return (self.column.name, sign + self.more) if self.column else ("", sign, self.typed)

    def test(self, ctx: Context) -> Callable[[Any], Verdict]:
        """Return whether a value is meant, at the time of ``ctx``."""
        return tester(self.meaning, self.more, ctx, typing=self.open)


@dataclass(frozen=True)
class Query:
    """A filter, ready to be asked. Made by ``parse``."""

    text: str = ""
    terms: tuple[Term, ...] = ()
    problems: tuple[str, ...] = ()
    """What of it could not be understood, in words."""
    groups: tuple[tuple[Term, ...], ...] = field(init=False, repr=False, compare=False)
    """Terms of which one is enough; every group must hold."""

    def __post_init__(self) -> None:
        groups: dict[tuple[str, ...], list[Term]] = {}
        for term in self.terms:
            groups.setdefault(term.group, []).append(term)
        object.__setattr__(self, "groups", tuple(map(tuple, groups.values())))

    @classmethod
    def parse(cls, text: str, columns: Iterable[Column[Any]]) -> Query:
        """Return what ``text`` asks for; never raises, see ``problems``."""
        known: dict[str, Column[Any]] = {}
        for column in (columns := tuple(columns)):
            known.setdefault(_name(column.name), column)
        for column in columns:
            known.setdefault(_name(column.server or column.name), column)
        terms, problems = [], []
        for match in _TERM.finditer(text):
            term, problem = _term(match, known)
            terms += [term] if term else []
            problems += [problem] if problem else []
        return cls(text, tuple(terms), tuple(dict.fromkeys(problems)))

    @property
    def relative(self) -> bool:
        """Whether what is meant moves on with the time."""
        return any(term.column and term.meaning.moment and term.meaning.moment.relative for term in self.terms)

    @property
    def columns(self) -> tuple[Column[Any], ...]:
        """The columns that are asked about, without those that only free words look into."""
        return tuple({term.column.name: term.column for term in self.terms if term.column}.values())

    def select(self, keys: Sequence[str], reader: Reader, ctx: Context) -> list[str]:
        """Return the keys of the items that are meant, in the order given."""
        kept = list(keys)
        for group in self.groups:
            kept = _kept(kept, group, reader, ctx)
        return kept

    def for_server(self, columns: Iterable[Column[Any]], ctx: Context | None = None) -> tuple[str, tuple[str, ...]]:
        """Return the text for the server's search, and in words what of it the server cannot search for.

        Without ``ctx`` nothing that depends on the time or the person's zone can be sent.
        """
        return rewrite(self.terms, {column.name: column.server for column in columns}, ctx)


_TERM = re.compile(
    r"""(?P<minus>-?)
    (?:(?P<name>[^\W\d][\w-]*):(?P<more>[<>]?)=?)?
    (?:"(?P<quoted>[^"]*)(?P<closed>"?)|(?P<word>\S+)|(?<=:)|(?<=[<>=]))""",
    re.VERBOSE,
)


def _name(name: str) -> str:
    return name.casefold().replace("-", "_")


def _term(match: re.Match[str], known: Mapping[str, Column[Any]]) -> tuple[Term | None, str]:
    """Return the condition, None when it limits nothing (yet), and what is wrong with it."""
    typed, name, quoted = match[0], match["name"] or "", match["quoted"]
    value = (match["word"] or "") if quoted is None else quoted
    last = match.end() == len(match.string)
    unfinished = not value.strip("-") if quoted is None else not quoted.strip() and not match["closed"]
    column = known.get(_name(name))
    negative, more, problem = bool(match["minus"]), match["more"] or "", ""
    if name and column is None:
        if value.startswith("//"):  # an address such as s3://bucket
            return Term(typed, read(typed[negative:], quoted=True), negative=negative), ""
        near = get_close_matches(_name(name), known, n=1, cutoff=0.5)
        problem = f'no column "{name}"' + (f'; did you mean "{known[near[0]].name}"?' if near else "")
    elif unfinished and name and not last:
        problem = f'nothing after "{typed}"'
    if unfinished or (not name and not value.strip()):
        return None, problem
    if column is None:
        text = typed[negative:] if name else value
        return Term(typed, read(text, quoted=True), name=name, negative=negative), problem
    still = last and not match["closed"]
    meaning = read(value, quoted=quoted is not None)
    return Term(typed, meaning, name=name, column=column, more=more, negative=negative, open=still), problem


def _kept(keys: list[str], group: tuple[Term, ...], reader: Reader, ctx: Context) -> list[str]:
    term, column = group[0], group[0].column
    negative = term.negative
    if column is None:
        hay, needle = reader.haystack, term.meaning.text
        return [key for key in keys if (needle in hay[key]) is not negative]
    values, texts = reader.values(column), reader.texts(column)
    if all(each.meaning.only_text and not each.more for each in group):
        found = re.compile("|".join(re.escape(each.meaning.text) for each in group)).search
        return [key for key in keys if (found(texts[key]) is None) is negative]
    tests = [(each.test(ctx), each.meaning.text) for each in group]

    def meant(key: str) -> bool:
        value = values[key]
        for test, needle in tests:
            verdict = test(value)
            if verdict or (verdict is None and needle in texts[key]):
                return True
        return False

    return [key for key in keys if meant(key) is not negative]
