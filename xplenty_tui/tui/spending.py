"""What the screen has to do with credits: the gauge and the page of the credits."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from xplenty_tui.core.declare import Context, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.tui import chrome
from xplenty_tui.tui.widgets.bar import Span

if TYPE_CHECKING:
    from xplenty_tui.refresh.session import Session
    from xplenty_tui.tui.app import XplentyApp

GAUGE = 8
"""Cells of the gauge."""
REST_S = 10.0
"""So long after the last key nobody waits to see what it cost."""
HOLD_S = 20.0
"""At rest the figures stand still for so long: each refresh changes them, and each change writes the state line."""


class Spending:
    """Mixed into the application."""

    _figures: tuple[float, Session, tuple[int | None, int | None, int, Span, str]] | None = None
    """When the figures of the state line were taken, of which session, and what they were."""

    @property
    def _spender(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def do_credits(self) -> None:
        """Show where the credits go."""
        from xplenty_tui.tui.screens.credits import CreditsPlace

        app = self._spender
        front = app.places.front
        if app.session is not None and front is not None and not isinstance(front, CreditsPlace):
            app.push(CreditsPlace(front.wants(), front.around))

    def do_usage(self) -> None:
        """Show where the node hours go."""
        from xplenty_tui.tui.screens.usage import UsagePlace

        app = self._spender
        if app.session is not None and not isinstance(app.places.front, UsagePlace):
            app.push(UsagePlace())

    def credit_blocks(self, ctx: Context) -> Sequence[Block]:
        """Return what the account page says of the credits."""
        session = self._spender.session
        if session is None:
            return ()
        meter = session.meter
        left = "not told yet" if meter.remaining is None else f"{meter.remaining:,} of {meter.limit or 0:,}"
        return (
            Heading("credits", "Credits", hint="$ shows more"),
            Row(left, "left this hour"),
            Row(f"{meter.burn():,}", "spent by us"),
            Row(session.key_source, "key from"),
        )

    def credit_spans(self, room: int) -> list[Span]:
        """Return what the state line says of the credits in ``room`` cells."""
        from xplenty_tui.refresh.report import gauge, lasts

        app, session = self._spender, self._spender.session
        if session is None:
            return []
        meter = session.meter
        said, tone = lasts(meter)
        end: Span = (said, Tone.DIM if tone is Tone.GOOD else tone)
        now, held = time.monotonic(), self._figures
        resting = now - app.touched_at >= REST_S
        if held is None or held[1] is not session or held[2][3][1] != end[1] or not resting or now - held[0] >= HOLD_S:
            drawn = gauge((meter.remaining or 0) / (meter.limit or 1), GAUGE, app.ascii)
            held = self._figures = (now, session, (meter.remaining, meter.limit, meter.burn(), end, drawn))
        remaining, limit, burn, end, drawn = held[2]
        return chrome.credits(remaining, limit, burn, lasts=end, gauge=drawn, room=room)
