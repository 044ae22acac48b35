"""What reading back proves after an answer that never came: done, not done, or what a person has to look at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Protocol, TypeVar

from xplenty_tui.api.client import SKEW
from xplenty_tui.api.errors import ApiError, NotFound
from xplenty_tui.api.wire import Page
from xplenty_tui.core.action import Attempt, ReadBack, Verdict

T = TypeVar("T")
Check = Callable[[Any, Attempt[T]], Awaitable[ReadBack]]
"""(client, attempt) → what reading back shows; GETs only."""
Judge = Callable[[Attempt[T], T], Verdict]
"""(attempt, the subject as it is now) → what that proves."""


class Made(Protocol):
    """What knows when it was made."""

    @property
    def created_at(self) -> datetime | None:
        """When it was made, aware."""


M = TypeVar("M", bound=Made)


def second(attempt: Attempt[Any]) -> datetime:
    """Return when the attempt began, as finely as the API writes its times."""
    began: datetime = attempt.began
    return began.replace(microsecond=0)


def earliest(attempt: Attempt[Any]) -> datetime:
    """Return the earliest time that the server's clock may have shown: smaller differences are not corrected."""
    return second(attempt) - SKEW


def unknown(look: str, item: Any = None, why: str = "") -> ReadBack:
    """Return the verdict that leaves it to the person; ``look`` says where, ``why`` what is known."""
    return ReadBack(Verdict.UNKNOWN, item, f"{why} {look}".strip())


def verdict(done: bool) -> Verdict:
    """Return the verdict of a plain yes or no."""
    return Verdict.DONE if done else Verdict.NOT_DONE


def taken(sent: Mapping[str, Any], now: Any) -> Verdict:
    """Return whether an item has all of the fields that were sent; some of them prove nothing."""
    same = [getattr(now, name, None) == value for name, value in sent.items()]
    return verdict(all(same)) if all(same) or not any(same) else Verdict.UNKNOWN


def turned(value: Callable[[T], Any]) -> Judge[T]:
    """Return the judge of what was made otherwise: a ``value`` that is None, before or now, proves nothing."""

    def judge(attempt: Attempt[T], now: T) -> Verdict:
        before, after = value(attempt.item) if attempt.item is not None else None, value(now)
        return Verdict.UNKNOWN if before is None or after is None else verdict(before != after)

    return judge


def careful(check: Check[T], look: str) -> Check[T]:
    """Return a check that says where to look when reading back fails, too."""

    async def tried(client: Any, attempt: Attempt[T]) -> ReadBack:
        try:
            return await check(client, attempt)
        except ApiError as problem:
            return unknown(look, why=f"Reading it back failed: {problem.sentence}")

    return tried


def by_item(
    get: Callable[[Any, Any], Awaitable[T]],
    judge: Judge[T],
    look: str,
    *,
    gone: Verdict = Verdict.UNKNOWN,
    key: str = "id",
) -> Check[T]:
    """Return the check that reads the subject and judges it; ``gone`` is the verdict where there is none any more.

    ``key`` is what the subject is read by.
    """

    async def check(client: Any, attempt: Attempt[T]) -> ReadBack:
        try:
            now = await get(client, getattr(attempt.item, key, ""))
        except NotFound:
            return ReadBack(gone, check=f"It is not there any more. {look}" if gone is Verdict.UNKNOWN else "")
        found = judge(attempt, now)
        return ReadBack(found, now, look if found is Verdict.UNKNOWN else "")

    return careful(check, look)


def removed(get: Callable[[Any, Any], Awaitable[T]], look: str, *, key: str = "id") -> Check[T]:
    """Return the check of a deletion: it is not done as long as the subject can be read."""
    return by_item(get, lambda attempt, now: Verdict.NOT_DONE, look, gone=Verdict.DONE, key=key)


def by_newest(list_: Callable[..., Awaitable[Page[M]]], fits: Callable[[Attempt[T], M], bool], look: str) -> Check[T]:
    """Return the check that looks for what was made among the newest.

    One that fits and was made since is the one. Two that fit, one that may be older, and one that could not be
    decoded prove nothing.
    """

    async def check(client: Any, attempt: Attempt[T]) -> ReadBack:
        page = await list_(client, sort="created", direction="desc")
        newer = [item for item in page.items if item.created_at is None or item.created_at >= earliest(attempt)]
        near = [item for item in newer if fits(attempt, item)]
        sure = [item for item in near if item.created_at is not None and item.created_at >= second(attempt)]
        if len(sure) == 1 and len(near) == 1:
            return ReadBack(Verdict.DONE, sure[0])
        if len(near) > 1:
            return unknown(look, why=f"{len(near)} that were made just now fit.")
        if near:
            return unknown(look, near[0], "One that fits was made at about that time.")
        if page.undecodable or (newer and len(newer) == len(page.items) and page.next_offset is not None):
            return unknown(look, why="Not all that was made since could be read.")
        return ReadBack(Verdict.NOT_DONE)

    return careful(check, look)


def nothing(look: str) -> Check[Any]:
    """Return the check of what leaves no trace; ``look`` says what the person can do."""

    async def check(_client: Any, _attempt: Attempt[Any]) -> ReadBack:
        return unknown(look)

    return check


async def harmless(_client: Any, _attempt: Attempt[Any]) -> ReadBack:
    """Return the verdict of what changes nothing in the account: without an answer it was not done."""
    return ReadBack(Verdict.NOT_DONE)
