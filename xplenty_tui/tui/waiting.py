"""What is said while the background waits after a 429 or a 503, or for the reserve. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xplenty_tui.core import words
from xplenty_tui.refresh.guard import Block

if TYPE_CHECKING:
    from xplenty_tui.refresh.purse import Purse


def waiting_words(purse: Purse) -> tuple[str, str] | None:
    """Return what happened and what comes next, counting down; None when the background goes on."""
    guard, meter = purse.guard, purse.meter
    if not guard.blocked:
        return None
    left, limit = meter.remaining or 0, meter.limit or 0
    if guard.why is Block.DOWN:
        what = "The API is down or busy (503)."
    elif guard.why is Block.RESERVE:
        what = f"Only {left:,} of {limit:,} credits are left; the reserve of {purse.reserve:,} is kept for what you do."
    elif left > purse.reserve:
        what = f"The server refused for want of credits (429), though it told {left:,} of {limit:,} left."
    else:
        theirs = f"; {meter.others():,} of them not by us" if meter.others() else ""
        what = f"The hour's credits are used up ({left:,} of {limit:,} left{theirs})."
    if guard.trial:
        return what, "The check was good: one request is tried now."
    seconds = max(0, round(guard.check_s - purse.monotonic()))
    return what, f"Background waits; next free check in {words.duration(seconds)}. Your own requests are tried."
