"""What is asked beside the kinds, seldom and quietly: when the trial ends, and how the key's other accounts fare.

Nothing here decides when: the plan does, within the share, while the screen that shows it is looked at by somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from xplenty_tui.api.credits import Reason, because
from xplenty_tui.api.errors import ApiError, NoAnswer, RateLimited, Refused
from xplenty_tui.core import words
from xplenty_tui.refresh.plan import Rank, Want
from xplenty_tui.refresh.purse import Purse
from xplenty_tui.refresh.wants import Strand

if TYPE_CHECKING:
    from xplenty_tui.api.jobs import Job

FIRST_S = 10.0
"""Nothing is asked before the screen was looked at for so long: what it is drawn from comes first."""
TRIAL_S, OTHERS_S = 3600.0, 900.0
"""Between two looks at the subscription, and at another account."""
MOST = 5
"""Other accounts that are looked at."""
FAILURES, SUCCESSES = 20, 100
"""Failed jobs of another account that are looked at, and completed ones that tell what recovered."""
KNOWN_S = 3600.0
"""How long what was seen of another account counts when it could not be seen again."""
TRIAL, ACCOUNTS, FAILED = "subscription.trial", "others.accounts", ".failed"
"""Names of the wants; the last is the end of those of an account: ``others.acme-staging.failed``."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another account of the key, as it was when it was last looked at."""

    account: str
    """Its slug."""
    failed: int
    """Packages whose newest end was a failure."""
    worst: str = ""
    """The newest of these failures in words, secrets masked: ``orders_load: Access Denied``."""
    since: datetime | None = None
    """When that one failed, aware."""


class Around:
    """The questions beside the kinds of one session, and what was answered."""

    def __init__(self, client: Any, purse: Purse, clock: Callable[[], datetime]) -> None:
        self._client, self._purse, self._clock = client, purse, clock
        self.others = False
        """Whether the other accounts of the key are looked at."""
        self.hours = 24.0
        """Hours for which a failure is news."""
        self.changed: Callable[[], None] = lambda: None
        """Called after every answer that told something."""
        self.trial_ends: datetime | None = None
        """When the subscription's trial ends, aware; None: there is none, or it is not known."""
        self._looked, self._first_s = False, float("inf")
        self._strands: dict[str, Strand] = {}
        self._busy: set[str] = set()
        self._refused: set[str] = set()
        self._accounts: tuple[str, ...] | None = None
        self._found: dict[str, Neighbour] = {}

    def look(self, looked: bool) -> None:
        """Note whether what is asked for here is on the screen."""
        self._looked = looked
        if looked:
            self._first_s = min(self._first_s, self._purse.monotonic() + FIRST_S)

    @property
    def neighbours(self) -> tuple[Neighbour, ...]:
        """What is known of the other accounts; what is too old is not."""
        oldest = self._purse.monotonic() - KNOWN_S
        known = ((self._strand(failed_of(slug)).good_s, one) for slug, one in self._found.items())
        return tuple(one for good_s, one in known if good_s is not None and good_s > oldest)

    # What the plan asks.

    def wants(self) -> Iterator[Want]:
        """Yield what may be worth a credit now; nobody waits for any of it."""
        if not self._looked or self.wake_s is not None:
            return
        for name, every_s, credits in self._questions():
            if name not in self._refused:
                strand = self._strand(name)
                yield Want(
                    name, every_s, strand.asked_s, name in self._busy,
                    failures=strand.failures, unreachable=strand.unreachable, rank=Rank.REST, credits=credits,
                )  # fmt: skip

    def _questions(self) -> Iterator[tuple[str, float, int]]:
        yield TRIAL, TRIAL_S, 1
        if self.others and self._accounts is None:
            yield ACCOUNTS, TRIAL_S, 1
        elif self.others:
            yield from ((failed_of(slug), OTHERS_S, 2) for slug in self._accounts or ())

    @property
    def wake_s(self) -> float | None:
        """The moment from which something is wanted, when that is still to come."""
        return self._first_s if self._looked and self._purse.monotonic() < self._first_s else None

    def __contains__(self, name: object) -> bool:
        """Tell whether a want is one of these."""
        return name in (TRIAL, ACCOUNTS) or (isinstance(name, str) and name.endswith(FAILED))

    def age_s(self, name: str) -> float | None:
        """Return the seconds since the last good answer; None before the first."""
        good_s = self._strand(name).good_s
        return None if good_s is None else self._purse.monotonic() - good_s

    def _strand(self, name: str) -> Strand:
        return self._strands.setdefault(name, Strand())

    # What is asked.

    def ask(self, name: str) -> Coroutine[Any, Any, None]:
        """Return the asking of what the plan chose; from now on it is under way."""
        self._strand(name).asked_s = self._purse.monotonic()
        self._busy.add(name)
        self._purse.starts(Reason.VISIBLE)
        return self._asking(name)

    async def _asking(self, name: str) -> None:
        strand, left_s = self._strand(name), self._purse.monotonic()
        try:
            with because(Reason.VISIBLE):
                await self._answer(name)
        except ApiError as error:
            strand.failures += 1
            strand.unreachable = isinstance(error, NoAnswer) and not error.sent
            if isinstance(error, Refused) and not isinstance(error, RateLimited):
                self._refused.add(name)  # it stays unknown: asking again would be refused again
                self._found.pop(account_of(name), None)
            self._purse.heard(error)
        else:
            strand.failures, strand.unreachable, strand.good_s = 0, False, self._purse.monotonic()
            self._purse.heard(None, left_s)
            self.changed()
        finally:
            self._busy.discard(name)

    async def _answer(self, name: str) -> None:
        if name == TRIAL:
            from xplenty_tui.api import billing

            told = await billing.subscription(self._client)
            self.trial_ends = told.trial_end if told.trialling else None
        elif name == ACCOUNTS:
            from xplenty_tui.api import accounts

            page = await accounts.list_(self._client)
            slugs = (one.account_id for one in page.items)
            self._accounts = tuple(slug for slug in slugs if slug and slug != self._client.account)[:MOST]
        else:
            slug = account_of(name)
            self._found[slug] = await self._neighbour(slug)

    async def _neighbour(self, slug: str) -> Neighbour:
        """Ask for the failures of another account, and for what completed since where there are some: a credit each."""
        from xplenty_tui.api import jobs

        client, since = self._client.for_account(slug), self._clock() - timedelta(hours=self.hours)
        page = await jobs.list_(client, status="failed", since=since, limit=FAILURES)
        failed = [job for job in page.items if job.ended_at is not None and job.ended_at >= since]
        if not failed:
            return Neighbour(slug, 0)
        first = min(job.ended_at for job in failed if job.ended_at is not None)
        return judged(slug, failed, (await jobs.list_(client, status="completed", since=first, limit=SUCCESSES)).items)


def failed_of(slug: str) -> str:
    """Return the name of the want for an account's failures."""
    return f"others.{slug}{FAILED}"


def account_of(name: str) -> str:
    """Return the account of such a want; empty for another."""
    return name.removeprefix("others.").removesuffix(FAILED) if name.endswith(FAILED) else ""


def label(name: str) -> str:
    """Return what a want is called on the page of the credits."""
    return {TRIAL: "end of the trial", ACCOUNTS: "other accounts"}.get(name) or account_of(name)


def judged(slug: str, failed: Iterable[Job], completed: Iterable[Job]) -> Neighbour:
    """Return how an account fares: a package whose run completed after its newest failure has recovered."""
    from xplenty_tui.resources.masks import masked

    newest: dict[str, Job] = {}
    for job in sorted(failed, key=_ended):
        newest[_package(job)] = job
    good: dict[str, float] = {}
    for job in completed:
        good[_package(job)] = max(_ended(job), good.get(_package(job), 0.0))
    broken = [job for package, job in newest.items() if good.get(package, 0.0) <= _ended(job)]
    if not broken:
        return Neighbour(slug, 0)
    worst = max(broken, key=_ended)
    name = worst.package.name if worst.package is not None and worst.package.name else f"job {worst.id}"
    why = masked(words.first_line(worst.errors), worst)
    return Neighbour(slug, len(broken), f"{name}: {why}" if why else name, worst.ended_at)


def _package(job: Job) -> str:
    from xplenty_tui.resources.history import package_key

    return package_key(job) or f"job {job.id}"


def _ended(job: Job) -> float:
    return job.ended_at.timestamp() if job.ended_at is not None else 0.0
