"""What is wrong now: the one way to ``triage.look``, with a person's thresholds and what is known beside the store."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from xplenty_tui.config.settings import TriageGroup
    from xplenty_tui.core.declare import Context
    from xplenty_tui.refresh.session import Session
    from xplenty_tui.triage.beside import Beside, Credits
    from xplenty_tui.triage.incidents import Incident
    from xplenty_tui.triage.limits import Limits
    from xplenty_tui.tui.app import XplentyApp

HOLDS = timedelta(seconds=10)
"""How long a look holds while nothing changes: what the time alone makes can wait."""


def limits_of(group: TriageGroup) -> Limits:
    """Return the thresholds of the rules as a person has set them."""
    from xplenty_tui.triage.limits import Limits

    return Limits(**{field.name: getattr(group, field.name) for field in fields(Limits)})


def beside_of(session: Session) -> Beside:
    """Return what is known of a session beside its store."""
    from xplenty_tui.triage.beside import Beside, Other

    around = session.loop.around
    others = tuple(Other(one.account, one.failed, one.worst, one.since) for one in around.neighbours)
    return Beside(_credits(session), around.trial_ends, others)


def _credits(session: Session) -> Credits | None:
    from xplenty_tui.triage.beside import Credits

    meter = session.meter
    if meter.remaining is None or meter.limit is None:
        return None
    return Credits(meter.remaining, meter.limit, meter.burn(), meter.others())


@dataclass(frozen=True, slots=True)
class Judged:
    """A look, and what it was made from."""

    ctx: Context
    versions: tuple[int, ...]
    beside: Beside
    incidents: tuple[Incident, ...]


class Judging:
    """Mixed into the application."""

    _judged: Judged | None = None

    def incidents(self, ctx: Context) -> tuple[Incident, ...]:
        """Return what is wrong, the worst first; looked for again when something changed, and every ten seconds."""
        from xplenty_tui.triage.beside import NOTHING
        from xplenty_tui.triage.limits import LIMITS
        from xplenty_tui.triage.look import look
        from xplenty_tui.triage.page import KINDS

        app = cast("XplentyApp", self)
        versions = tuple(ctx.store.of(kind).version for kind in KINDS)
        beside = NOTHING if app.session is None else beside_of(app.session)
        known = self._judged
        if (
            known is None
            or known.ctx.store is not ctx.store
            or known.versions != versions
            or known.ctx.zone != ctx.zone
            or (known.beside.trial_ends, known.beside.others) != (beside.trial_ends, beside.others)
            or not timedelta(0) <= ctx.now - known.ctx.now < HOLDS
        ):
            limits = LIMITS if app.prepared is None else limits_of(app.prepared.settings.triage)
            known = Judged(ctx, versions, beside, look(ctx, limits=limits, beside=beside))
            self._judged = known
        return known.incidents
