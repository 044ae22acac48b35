"""A filter rewritten for the server's own search: its names, its times, and what it cannot do said in words.

Rules and attribute names as the API documentation's search pages have them (Search Jobs, Search Clusters and so on).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

from xplenty_tui.core.declare import Context
from xplenty_tui.core.literal import Meaning

_TIMES = frozenset({"started", "finished", "created", "terminated", "modified"})
_LENGTHS = frozenset({"duration"})
_NUMBERS = frozenset({"id", "nodes"})
_FREE = "the server looks for free words in ids and names only"
_FREE_MANY = _FREE + ", and one of them is enough"


class Condition(Protocol):
    """What of a ``query.Term`` is needed here."""

    @property
    def typed(self) -> str:
        """The whole of it as typed."""

    @property
    def meaning(self) -> Meaning:
        """What its value can mean."""

    @property
    def name(self) -> str:
        """The attribute as typed; empty for a free word."""

    @property
    def attribute(self) -> str:
        """The column's name; empty for a free word and for an attribute that no column has."""

    @property
    def more(self) -> str:
        """``>``, ``<`` or nothing."""

    @property
    def negative(self) -> bool:
        """Whether it is negated."""


class _CannotError(Exception):
    """The server has no such search; the text says why."""


def rewrite(
    terms: Iterable[Condition], names: Mapping[str, str | None], ctx: Context | None
) -> tuple[str, tuple[str, ...]]:
    """Return the text for the server (empty when nothing can be sent) and what it cannot search for.

    ``names`` gives the server's attribute of every column, None where it has none.
    """
    pieces: list[str] = []
    notes: list[str] = []
    free = 0
    for term in terms:
        try:
            pieces.append(_piece(term, names, ctx))
            free += not term.name
        except _CannotError as why:
            notes.append(str(why))
    if free:
        notes.append(_FREE_MANY if free > 1 else _FREE)
    return " ".join(pieces), tuple(dict.fromkeys(notes))


def _piece(term: Condition, names: Mapping[str, str | None], ctx: Context | None) -> str:
    if not term.name:
        if term.negative:
            raise _CannotError(f"the server cannot leave out a free word: {term.typed}")
        return _quoted(term.meaning.typed)
    if not term.attribute:
        return term.typed  # the server knows more attributes than there are columns: log, description, user
    server = names.get(term.attribute)
    if server is None:
        raise _CannotError(f'the server cannot search in "{term.attribute}"')
    if term.meaning.empty:
        raise _CannotError(f'the server cannot search for a missing "{term.attribute}"')
    if term.negative and (term.more or server in _TIMES | _LENGTHS | _NUMBERS):
        raise _CannotError(f"the server cannot negate a number or a time: {term.typed}")
    if server in _TIMES:
        return _time(term, server, ctx)
    value = term.meaning.typed
    if server in _LENGTHS:
        value = _seconds(term)
    elif server == "status":
        value = "_".join(value.split())
    return f"{'-' if term.negative else ''}{server}:{term.more}{_quoted(value)}"


def _quoted(text: str) -> str:
    flat = " ".join(text.replace('"', " ").split())
    told_apart = " " in flat or ":" in flat or flat[:1] in "-<>=" or flat.lower() == "none"
    return f'"{flat}"' if told_apart else flat


def _seconds(term: Condition) -> str:
    length, number = term.meaning.length, term.meaning.number
    seconds = length.value.total_seconds() if length else number
    if seconds is None:
        raise _CannotError(f"the server cannot search for this length: {term.typed}")
    return str(int(seconds))


def _time(term: Condition, server: str, ctx: Context | None) -> str:
    """Return one or two conditions on a time; the server's times are in UTC and lie in the past."""
    moment = term.meaning.moment
    if moment is None or ctx is None or (moment.clock and not term.more):
        raise _CannotError(f"the server cannot search for this time: {term.typed}")
    now = ctx.now.astimezone(ctx.zone)
    span = moment.around(now, False)
    if span is None:
        raise _CannotError(f"the server cannot search for this time: {term.typed}")
    start, end = span
    if moment.age and not term.more:
        start, end = min(start, ctx.now), max(start, ctx.now)
    last = end - timedelta(seconds=1) if end > start and not moment.age else end
    from_, to = f"{server}:>{_iso(start)}", f"{server}:<{_iso(last)}"
    return from_ if term.more == ">" else to if term.more == "<" else f"{from_} {to}"


def _iso(then: datetime) -> str:
    return f"{then.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
