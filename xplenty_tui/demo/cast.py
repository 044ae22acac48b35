"""The words in which an account's people, packages, schedules, clusters and incidents are written down.

Times are minutes before the world begins, so that the story looks the same at any time of day.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from xplenty_tui.demo.records import Failure, Target

EMPTY: Mapping[str, Any] = MappingProxyType({})


class Person(NamedTuple):
    """A member of the account."""

    id: int
    name: str
    email: str
    role: str


class PackageCast(NamedTuple):
    """A package as it is written down."""

    id: int
    name: str
    description: str | None
    typical: int
    """Seconds a run usually takes."""
    owner: int
    targets: tuple[Target, ...] = ()
    variables: Mapping[str, str] = EMPTY
    failures: tuple[Failure, ...] = ()
    risk: float = 0.02
    steps: tuple[str, ...] = ()
    archived: bool = False
    broken: Failure | None = None
    updated_days: int = 40


class Script(NamedTuple):
    """What happened to one run instead of what chance would have given."""

    fate: Literal["ok", "fail", "hang", "stopped", "queued", "pending", "dead"]
    """``dead``: it never started because its cluster was in error."""
    failure: Failure | None = None
    runtime: int | None = None
    """Seconds; None: what is usual."""
    progress: float | None = None
    lost: bool = False
    """The retries fail as well."""
    given: Mapping[str, str] = EMPTY
    """Variables that it got instead of the schedule's, or beside them."""
    wrote: float = 1.0
    """Its part of the records that are usual."""


class ScheduleCast(NamedTuple):
    """A schedule as it is written down, with the story of its runs."""

    id: int
    name: str
    description: str
    packages: tuple[str, ...]
    amount: int
    unit: str
    last: int | None
    """Minutes since its last run; None: it never ran."""
    line: str
    """The clusters that it runs on."""
    nodes: int
    owner: int
    reuse: str = "any"
    overlap: bool = True
    retry: int | None = None
    """``auto_retry_attempts``; None: no auto retry."""
    status: str = "enabled"
    terminate_on_idle: bool = True
    time_to_idle: int = 1800
    variables: Mapping[str, str] = EMPTY
    scripts: Mapping[int, Script] = MappingProxyType({})
    """Runs counted back from the last one, 0."""
    age_days: float | None = None
    """Days since it was made, for a two weeks' world; None: before the world's past begins."""
    missed: bool = False


class Line(NamedTuple):
    """A succession of clusters of which each serves for a while."""

    name: str
    """Also how its clusters are called: ``nightly-3``, ``nightly-4``."""
    number: int
    """The number of the newest one."""
    nodes: int
    creator: int
    """Id of a schedule or a person."""
    life: int
    """Minutes until the next one takes over; 0: a new one for every run."""
    edge: int = 0
    """Minutes since the newest one took over."""
    living: bool = True
    """The newest one still stands when the world begins."""
    status: Literal["available", "idle", "creating", "error"] = "available"
    idle: int = 0
    """Minutes since it has been idle."""
    type: str = "production"
    terminate_on_idle: bool = True
    time_to_idle: int = 1800
    description: str = ""


class Extra(NamedTuple):
    """A run that a person started."""

    ago: int
    """Minutes before the beginning."""
    package: str
    person: int
    line: str
    script: Script
    variables: Mapping[str, str] = EMPTY


class Cast(NamedTuple):
    """Everything that is written down about an account."""

    slug: str
    id: int
    name: str
    role: str
    """The role that the key's user has here."""
    owner: int
    me: int
    """The key's user."""
    share: float
    """Its part of the jobs that were asked for."""
    people: tuple[Person, ...]
    packages: tuple[PackageCast, ...]
    schedules: tuple[ScheduleCast, ...]
    lines: tuple[Line, ...]
    extras: tuple[Extra, ...]
    casual: tuple[str, ...]
    """Packages that people run by hand now and then, on the line ``sandbox``."""
    last_job: int
    last_cluster: int
    last_notification: int
