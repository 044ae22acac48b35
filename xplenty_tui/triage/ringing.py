"""When new problems ring: each once, and in a storm one ring for all of them. Pure: keys and times in, words out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FORGET_S = 600.0
"""A problem that was gone for this long is new when it comes back; sooner it is the same one, which comes and goes."""
NAMED = 2
"""New problems that are named; the rest is counted."""


@dataclass
class Ringing:
    """What is known of the problems of one session, and when it rang last."""

    quiet_s: float = 60.0
    """Between two rings at least."""
    _known: dict[str, float] | None = None
    _waiting: list[str] = field(default_factory=list)
    _rang_s: float = float("-inf")

    @property
    def waiting(self) -> bool:
        """Whether something is new that has not rung because it rang just before."""
        return bool(self._waiting)

    def look(self, found: Mapping[str, str], now_s: float, *, wanted: bool = True, news: bool = True) -> str:
        """Take the problems there are now (key → words) and return what to ring for, in words; empty: do not ring.

        The first look only learns what there is. ``wanted``: somebody wants to hear of it now; what is new while
        nobody does is known from then on. Without ``news`` (older pages came) nothing counts as new. Words are read
        of the few problems that are named, and of no other.
        """
        before = self._known
        self._known = {key: at for key, at in (before or {}).items() if now_s - at <= FORGET_S}
        new = [key for key in found if before is not None and news and key not in self._known]
        self._known.update(dict.fromkeys(found, now_s))
        if not wanted:
            self._waiting.clear()
            return ""
        self._waiting = [key for key in (*self._waiting, *new) if key in found]
        if not self._waiting or now_s - self._rang_s < self.quiet_s:
            return ""
        self._rang_s = now_s
        count, texts = len(self._waiting), [found[key] for key in self._waiting[:NAMED]]
        self._waiting.clear()
        return sentence(count, texts)


def sentence(count: int, texts: Sequence[str]) -> str:
    """Return the words for so many new problems: those of the only one, or how many and the first of them."""
    if count == 1:
        return texts[0]
    rest = count - len(texts)
    return f"{count} new problems: {'; '.join(texts)}{f' and {rest} more' if rest > 0 else ''}"
