"""The bell, the terminal's own notifications (OSC 9, OSC 777), and when new problems ring.

A notification is bytes that a terminal obeys, so what is in it is cleaned here once more, and cut.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import TYPE_CHECKING, cast

from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cut
from xplenty_tui.tui.passing import multiplexer, wrapped

if TYPE_CHECKING:
    from xplenty_tui.config.settings import NotifyGroup
    from xplenty_tui.core.store import Store
    from xplenty_tui.refresh.session import Session
    from xplenty_tui.triage.problem import Problem
    from xplenty_tui.triage.ringing import Ringing
    from xplenty_tui.tui.app import XplentyApp

LONGEST = 160
"""Cells of a notification: GNU screen passes 256 bytes through."""
LOOK_S = 10.0
"""Seconds after which it is looked again although nothing changed: some problems are made by the time alone."""
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


class _Told(Mapping[str, str]):
    """Problems by their key; words are made of those that are asked for."""

    def __init__(self, problems: Mapping[str, Problem], store: Store) -> None:
        self._problems, self._store = problems, store

    def __getitem__(self, key: str) -> str:
        return _words(self._problems[key], self._store)

    def __contains__(self, key: object) -> bool:
        return key in self._problems

    def __iter__(self) -> Iterator[str]:
        return iter(self._problems)

    def __len__(self) -> int:
        return len(self._problems)


class Alerting:
    """Mixed into the application."""

    _ringing: tuple[Session, Ringing, Hashable, float] | None = None
    """Whose it is, what is known, how far what was looked at reached, and when: older pages and what was not known
    before are no news."""

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

    def problems(self, *, recovered: bool = False) -> Mapping[str, str]:
        """Return the problems there are now, by ``triage.problem.Problem.key``, each with what is said of it.

        ``recovered``: those that are over, too.
        """
        app = self._alerted
        if app.session is None:
            return {}
        every = (problem for incident in app.incidents(app.context()) for problem in incident.problems)
        found = {problem.key: problem for problem in every if recovered or not problem.recovered}
        return _Told(found, app.session.store)

    def ring(self) -> None:
        """Ring for problems that are new since the last look, where that is wanted now; a storm rings once."""
        from xplenty_tui.triage.ringing import Ringing

        app, session = self._alerted, self._alerted.session
        if session is None or app.prepared is None or session.store.of("jobs").loaded_at is None:
            return
        if not app.keymap.all_taken:  # the rules come after the first rows
            return
        group, now_s = app.prepared.settings.notify, session.meter.monotonic()
        if group.problems == "never":
            return
        reach, held = _reach(session), self._ringing
        if held is None or held[0] is not session:
            held = (session, Ringing(group.quiet_seconds), reach, now_s)
        self._ringing = (session, held[1], reach, now_s)
        wanted = group.problems == "always" or session.loop.purse.away
        said = held[1].look(self.problems(), now_s, wanted=wanted, news=reach == held[2])
        if said:
            self.alert(said)
            app.say(said, Tone.WARN)

    def ring_again(self) -> None:
        """Ring for what was new while it had just rung, and for what the time alone made a problem."""
        if self._ringing is None or self._ringing[0] is not self._alerted.session:
            return
        session, ringing, _, looked_s = self._ringing
        if ringing.waiting or session.meter.monotonic() - looked_s >= LOOK_S:
            self.ring()


def _reach(session: Session) -> Hashable:
    """Return how far it can be seen: kinds that are loaded, pages of jobs, what was told of other accounts."""
    from xplenty_tui.triage.page import KINDS

    jobs, around = session.store.of("jobs"), session.loop.around
    loaded = tuple(kind for kind in KINDS if session.store.of(kind).loaded_at is not None)
    return loaded, jobs.more, jobs.next_offset, tuple(one.account for one in around.neighbours), around.trial_ends


def _words(problem: Problem, store: Store) -> str:
    """Return a problem in words, those of a job masked as in a note."""
    from xplenty_tui.core.scrub import scrub
    from xplenty_tui.resources.masks import masked

    said = f"{problem.name} {problem.sentence}"
    job = store.get("jobs", problem.subject.key) if problem.subject.kind == "jobs" else None
    return scrub(said) if job is None else masked(said, job)
