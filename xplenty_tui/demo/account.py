"""One account's state: its things by id, and the queue of what happens next."""

from __future__ import annotations

import heapq
from random import Random
from typing import Any

from xplenty_tui.demo import wiring
from xplenty_tui.demo.cast import Cast
from xplenty_tui.demo.records import Cluster, Creator, Job, Notification, Package, Schedule, User, Validation


class Account:
    """What is known of an account. Things are kept in the order in which they were made, which is that of their ids."""

    def __init__(self, cast: Cast, seed: int, now: int) -> None:
        self.cast = cast
        self.slug = cast.slug
        self.seed = seed
        self.now = now
        """Seconds since 1970: the time of the event that is happening."""
        self.begin = now
        self.chance = Random(f"{seed}/{cast.slug}/life")
        self.users: dict[int, User] = {}
        self.packages: dict[int, Package] = {}
        self.schedules: dict[int, Schedule] = {}
        self.clusters: dict[int, Cluster] = {}
        self.jobs: dict[int, Job] = {}
        self.validations: dict[int, list[Validation]] = {}
        """By package; made up when first asked for."""
        self.notifications: list[Notification] = []
        self.connections = wiring.connections(cast.slug, cast.owner, now)
        """By type and number: numbers are counted for each type."""
        self.groups = wiring.groups(cast.slug, cast.owner, now)
        self.hooks = wiring.hooks(cast.slug, cast.owner, now)
        self.deliveries = wiring.deliveries(cast.slug, cast.owner, now)
        self.watchers: dict[tuple[str, int], set[int]] = {}
        """By kind and id, where somebody changed them: else the owner watches."""
        self.words: dict[str, Any] = {}
        """What of the account's own words somebody changed."""
        self.trial_end = 0
        """When its trial ends, unless a card is given before; 0: it has had a plan for long."""
        self.paid = False
        """Whether somebody gave it a card."""
        self.numbers: dict[str, int] = {}
        """The last number given to a cluster of that name."""
        self._events: list[tuple[int, int, str, Any, int]] = []
        self._told = 0

    @property
    def me(self) -> User:
        """The key's user, as a member of this account."""
        return self.users[self.cast.me]

    def at(self, time: int, event: str, subject: object, stamp: int = 0) -> None:
        """Let something happen at a time; ``stamp`` tells the event whether it is still meant when it comes."""
        self._told += 1
        heapq.heappush(self._events, (max(time, self.now), self._told, event, subject, stamp))

    def soon(self, low: int, high: int, event: str, subject: object, stamp: int = 0) -> None:
        """Let something happen in ``low`` to ``high`` seconds."""
        self.at(self.now + self.chance.randint(low, high), event, subject, stamp)

    def due(self, until: int) -> tuple[str, Any, int] | None:
        """Take the next event up to a time and move to it; None when there is none."""
        if not self._events or self._events[0][0] > until:
            return None
        time, _, event, subject, stamp = heapq.heappop(self._events)
        self.now = time
        return event, subject, stamp

    def tell(self, title: str, message: str) -> None:
        """Add a notification."""
        last = self.notifications[-1].id if self.notifications else self.cast.last_notification
        self.notifications.append(Notification(last + 1, title, message, self.now))

    def link(self, thing: Cluster | Job | Schedule) -> str:
        """Write a link as notifications carry it: HTML, to the page of the thing."""
        kind = type(thing).__name__.lower() + "s"
        name = thing.package.name if isinstance(thing, Job) else thing.name
        return f'<a href="https://xplenty.com/{self.slug}/{kind}/{thing.id}">{self.slug}/{name}</a>'

    def by(self, id_: int) -> Creator:
        """Find the schedule or person with that id."""
        return self.schedules.get(id_) or self.users[id_]
