"""The bell, the terminal's own notifications (OSC 9, OSC 777), and when new problems ring.

A notification is bytes that a terminal obeys, so what is in it is cleaned here once more, and cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from xplenty_tui.core import words
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cut
from xplenty_tui.tui.passing import multiplexer, wrapped

if TYPE_CHECKING:
    from xplenty_tui.config.settings import NotifyGroup
    from xplenty_tui.refresh.session import Session
    from xplenty_tui.triage.ringing import Ringing
    from xplenty_tui.tui.app import XplentyApp

LONGEST = 160
"""Cells of a notification: GNU screen passes 256 bytes through."""
NOWHERE = ("linux", "dumb", "vt")
"""Starts of TERM for terminals that have no notifications, and may draw the sequence."""
BY_777 = ("rxvt", "foot")
"""Starts of TERM for terminals that know OSC 777 best; the others know OSC 9."""


def way(group: NotifyGroup, environment: Mapping[str, str]) -> str:
    """Return how to notify: ``osc9``, ``osc777``, or nothing where it is off or would not arrive."""
    term, inside = environment.get("TERM", ""), multiplexer(environment)
    if group.terminal == "off" or (inside and not group.passthrough):
        return ""
    if group.terminal != "auto":
        return group.terminal
    if term.startswith(NOWHERE) and not inside:
        return ""
    return "osc777" if term.startswith(BY_777) or environment.get("VTE_VERSION") else "osc9"


def sequence(how: str, title: str, text: str, environment: Mapping[str, str]) -> str:
    """Return what is written to the terminal for a notification, wrapped for what lies between; empty for no way."""
    if not how:
        return ""
    head, body = _harmless(title).replace(";", ","), _harmless(text)
    plain = f"\x1b]777;notify;{head};{body}\x07" if how == "osc777" else f"\x1b]9;{head}: {body}\x07"
    return wrapped(plain, environment)


def _harmless(text: str) -> str:
    """Return a text as one line of signs that no terminal obeys."""
    from xplenty_tui.api.text import clean

    return cut(" ".join("".join(sign if sign.isprintable() else " " for sign in clean(text)).split()), LONGEST)


class _Failed(Mapping[str, str]):
    """The failed jobs by the key of their problem; words are made of those that are asked for."""

    def __init__(self, jobs: Mapping[str, Any]) -> None:
        self._jobs = jobs

    def __getitem__(self, key: str) -> str:
        return _failed(self._jobs[key])

    def __contains__(self, key: object) -> bool:
        return key in self._jobs

    def __iter__(self) -> Iterator[str]:
        return iter(self._jobs)

    def __len__(self) -> int:
        return len(self._jobs)


class Alerting:
    """Mixed into the application."""

    _ringing: tuple[Session, Ringing, tuple[bool, int]] | None = None
    """Whose it is, what is known, and how far the loaded jobs reached at the last look: older pages are no news."""

    @property
    def _alerted(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def alert(self, text: str) -> None:
        """Ring the bell and let the terminal notify, as far as both are wanted."""
        app = self._alerted
        if app.prepared is None or app.session is None:
            return
        group, environment = app.prepared.settings.notify, app.launch.environment
        if group.bell:
            app.bell()
        said = sequence(way(group, environment), f"xplenty {app.session.account}", text, environment)
        if said and app._driver is not None and not app.is_headless:
            app._driver.write(said)

    def problems(self) -> Mapping[str, str]:
        """Return the problems there are now, by ``triage.problem.Problem.key``, each with what is said of it."""
        session = self._alerted.session
        if session is None:
            return {}
        return session.store.derive(
            "jobs",
            "failed, by problem",
            lambda jobs: _Failed({f"job_failed:jobs:{job.id}": job for job in jobs if job.status == "failed"}),
        )

    def ring(self) -> None:
        """Ring for problems that are new since the last look, where that is wanted now; a storm rings once."""
        from xplenty_tui.triage.ringing import Ringing

        app, session = self._alerted, self._alerted.session
        if session is None or app.prepared is None or session.store.of("jobs").loaded_at is None:
            return
        group, jobs = app.prepared.settings.notify, session.store.of("jobs")
        reach = (jobs.more, jobs.next_offset)
        held = self._ringing
        if held is None or held[0] is not session:
            held = (session, Ringing(group.quiet_seconds), reach)
        self._ringing = (session, held[1], reach)
        wanted = group.problems == "always" or (group.problems == "away" and session.loop.purse.away)
        said = held[1].look(self.problems(), session.meter.monotonic(), wanted=wanted, news=reach == held[2])
        if said:
            self.alert(said)
            app.say(said, Tone.WARN)

    def ring_again(self) -> None:
        """Ring for what was new while it had just rung."""
        if self._ringing is not None and self._ringing[1].waiting:
            self.ring()


def _failed(job: Any) -> str:
    """Return a failed job in words, its error masked as in a note."""
    from xplenty_tui.resources.settling import masked

    package = job.package.name if job.package is not None and job.package.name else f"job {job.id}"
    why = masked(words.first_line(job.errors), job)
    return f"{package} failed{f': {why}' if why else ''}"
