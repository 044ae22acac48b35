"""What the world remembers of each thing: light records, drawn as JSON only when asked for.

Times are whole seconds since 1970; 0 stands for "not yet" or "never".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

ACTIVE_JOBS = frozenset({"idle", "pending", "queued", "running", "pending_stoppage", "stopping"})
JOB_STATUSES = (*sorted(ACTIVE_JOBS), "completed", "failed", "stopped")
USABLE_CLUSTERS = frozenset({"available", "idle"})
COMING_CLUSTERS = frozenset({"pending", "creating"})
CLUSTER_STATUSES = (
    *sorted(USABLE_CLUSTERS | COMING_CLUSTERS),
    "scaling",
    "error",
    "pending_terminate",
    "terminating",
    "terminated",
)


class Failure(NamedTuple):
    """A way to fail that a data engineer has seen before. Texts may name {date}, {request}, {cluster}, {step}."""

    name: str
    errors: str
    """The job's ``errors``."""
    log: tuple[str, ...]
    """The lines of the log in which it shows."""
    summary: str
    """``log_summary.error_summary``."""
    actions: tuple[str, ...]
    """``log_summary.action_items``."""


class Target(NamedTuple):
    """What a package writes: one output of each of its jobs."""

    name: str
    type: str
    """The component's type, for example ``amazon_redshift_destination_component``."""
    fields: tuple[str, ...]
    records: int
    """What a run usually writes."""


@dataclass(eq=False)
class User:
    """A person with a login, or rather a member of an account."""

    id: int
    name: str
    email: str
    role: str
    created: int


@dataclass(eq=False)
class Package:
    """A dataflow, or a workflow whose steps run other packages."""

    id: int
    name: str
    description: str | None
    status: str
    typical: int
    """Seconds a run usually takes."""
    targets: tuple[Target, ...]
    variables: Mapping[str, str]
    failures: tuple[Failure, ...]
    risk: float
    """The share of runs that fail by chance."""
    owner: User
    created: int
    updated: int
    steps: tuple[Package, ...] = ()
    broken: Failure | None = None
    """Why every run fails now; None when it works."""
    flow_type: str = "dataflow"
    """``workflow`` or ``dataflow``."""


@dataclass(eq=False)
class Schedule:
    """A schedule and its task."""

    id: int
    name: str
    description: str
    status: str
    amount: int
    unit: str
    start: int
    packages: tuple[tuple[Package, Mapping[str, str]], ...]
    nodes: int
    reuse: str
    overlap: bool
    retry: bool
    allowance: int
    terminate_on_idle: bool
    time_to_idle: int
    owner: User
    created: int
    updated: int
    next_run: int
    last_run: int = 0
    last_status: str | None = None
    runs: int = 0
    missed: bool = False
    """The scheduler has forgotten it: enabled, but it does not fire."""
    prefix: str = ""
    """How the clusters that it creates are called."""


Creator = Schedule | User


@dataclass(slots=True, eq=False)
class Cluster:
    """A cluster, living or gone."""

    id: int
    name: str
    description: str
    status: str
    nodes: int
    type: str
    owner: User
    creator: Creator
    created: int
    updated: int
    terminate_on_idle: bool
    time_to_idle: int
    zone: str
    available: int = 0
    terminated: int = 0
    idle: int = 0
    """``idle_since``."""
    free: int = 0
    """Since when nothing runs, also before it counts as idle."""
    terminated_on_idle: bool = False
    broken: bool = False
    """Its machines are not to be had: it comes up in error."""
    running: list[Job] = field(default_factory=list)
    """Jobs that take a slot."""
    queue: list[Job] = field(default_factory=list)
    """Jobs that wait for a slot, or for the cluster."""
    flows: list[Job] = field(default_factory=list)
    """Running workflows: they take no slot, their steps do."""

    @property
    def slots(self) -> int:
        """How many jobs run at once."""
        return max(1, self.nodes // 2)


@dataclass(slots=True, eq=False)
class Job:
    """One run of a package."""

    id: int
    package: Package
    cluster: Cluster
    creator: Creator
    status: str
    created: int
    started: int
    ended: int
    updated: int
    planned: int
    """Seconds that it runs, has run or will run."""
    failure: Failure | None = None
    """Why it failed or is going to."""
    attempts: int = 0
    allowance: int | None = None
    progress: float = 1.0
    """Where it ends or sticks."""
    hangs: bool = False
    variables: Mapping[str, str] = field(default_factory=dict)
    wrote: float = 1.0
    """Its part of the records that are usual."""
    parent: Job | None = None
    component: str = ""
    children: list[Job] | None = None


@dataclass(eq=False)
class Notification:
    """A line for the person: title and a message in HTML."""

    id: int
    title: str
    message: str
    created: int
    read: int = 0


@dataclass(eq=False)
class PublicKey:
    """A public key of the user."""

    id: int
    name: str
    comment: str
    fingerprint: str
    created: int
    updated: int


@dataclass(eq=False)
class Validation:
    """A check of a package."""

    id: int
    package: Package
    status: str
    status_message: str | None
    owner: User
    runtime: int | None
    errors: tuple[str, ...]
    created: int
    updated: int
