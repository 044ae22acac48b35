"""Schedules: what starts jobs by itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import Field

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.people import Watch, Watcher
from xplenty_tui.api.wire import Items, MaybeTime, Number, Page, Text, Variables, Wire

if TYPE_CHECKING:
    from xplenty_tui.api.drafts import NewSchedule, ScheduleDraft

__all__ = [
    "Schedule",
    "Task",
    "TaskPackage",
    "Watch",
    "Watcher",
    "clone",
    "create",
    "delete",
    "get",
    "list_",
    "run",
    "search",
    "unwatch",
    "update",
    "watch",
    "watchers",
]


class TaskPackage(Wire):
    """A package that a schedule runs."""

    package_id: int | str | None = None
    """A text in the documentation's examples, a number on the newer pages."""
    variables: Variables = Field(default_factory=dict)
    """Expressions, so a literal text carries its own quotes; shown as they are."""

    @property
    def key(self) -> str:
        """The package's id as text, whatever it came as; "" when there is none."""
        return "" if self.package_id is None else str(self.package_id)


class Task(Wire):
    """What a schedule does when it fires."""

    nodes: int | None = None
    packages: Items[TaskPackage] = ()
    terminate_on_idle: bool | None = None
    time_to_idle: Number | None = None
    """The documentation does not state the unit (60 in its examples, where clusters have 3600 seconds)."""


class Schedule(Wire):
    """A schedule (Schedules). Retry fields come with list, create and update only."""

    id: int
    name: Text = ""
    description: Text = ""
    status: Text = ""
    """``enabled`` or ``disabled``."""
    owner_id: int | None = None
    interval_amount: Number | None = None
    interval_unit: Text = ""
    """minutes, hours, days, weeks, months."""
    start_at: MaybeTime = None
    next_run_at: MaybeTime = None
    last_run_at: MaybeTime = None
    last_run_status: Text = ""
    execution_count: int | None = None
    overlap: bool | None = None
    """Whether it may run on top of itself."""
    reuse_cluster_strategy: Text = ""
    """any, self, none."""
    reuse_cluster: bool | None = None
    """The newer pages' word for the same, true or false."""
    auto_retry: bool | None = None
    auto_retry_attempts: int | None = None
    task: Task | None = None
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    url: Text = ""
    html_url: Text = ""


async def list_(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    status: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Schedule]:
    """Get one page of schedules, newest first unless ``sort`` (updated, created) and ``direction`` say otherwise.

    ``GET §/schedules``.
    """
    params: dict[str, Any] = {"status": status, "sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/schedules", Schedule, offset=offset, limit=limit, **params)


async def get(client: Client, id_: int | str) -> Schedule:
    """Get one schedule. ``GET §/schedules/{schedule_id}``."""
    return await get_one(client, f"/schedules/{segment(id_)}", Schedule)


async def watchers(client: Client, id_: int | str) -> Page[Watcher]:
    """Get who watches a schedule. ``GET §/schedules/{schedule_id}/watchers``."""
    return await calls.watchers(client, f"/schedules/{segment(id_)}")


async def search(client: Client, q: str, *, offset: int = 0, limit: int = 100) -> Page[Schedule]:
    """Search on the server: free text or id, name, description, status, package. ``GET §/schedules/search``."""
    return await get_page(client, "/schedules/search", Schedule, offset=offset, limit=limit, q=q)


async def create(client: Client, draft: NewSchedule) -> Schedule:
    """Create a schedule (Schedules: create); disabled unless the draft says otherwise. ``POST §/schedules``."""
    return await calls.make(client, "/schedules", Schedule, draft.sent())


async def update(client: Client, id_: int | str, draft: ScheduleDraft) -> Schedule:
    """Change the fields of a schedule that the draft was given (Schedules: update).

    ``PUT §/schedules/{schedule_id}``.
    """
    return await calls.act_on(client, "PUT", f"/schedules/{segment(id_)}", Schedule, id_, body=draft.sent())


async def run(client: Client, id_: int | str) -> Schedule:
    """Run a schedule now (Schedules: run); the answer is the schedule: its jobs have it as ``creator``.

    ``POST §/schedules/{schedule_id}/run``.
    """
    return await calls.act_on(client, "POST", f"/schedules/{segment(id_)}/run", Schedule, id_)


async def clone(client: Client, id_: int | str) -> Schedule:
    """Copy a schedule (Schedules: clone); the copy may come back enabled. ``POST §/schedules/{schedule_id}/clone``."""
    return await calls.make(client, f"/schedules/{segment(id_)}/clone", Schedule)


async def delete(client: Client, id_: int | str) -> Schedule:
    """Delete a schedule for good (Schedules: delete), and return it as it last was.

    ``DELETE §/schedules/{schedule_id}``.
    """
    return await calls.act_on(client, "DELETE", f"/schedules/{segment(id_)}", Schedule, id_)


async def watch(client: Client, id_: int | str) -> Watch:
    """Begin to watch a schedule (Watchers: add): whoever owns the key is told when it is enabled or disabled.

    ``POST §/schedules/{schedule_id}/watchers``.
    """
    return await calls.watch(client, f"/schedules/{segment(id_)}")


async def unwatch(client: Client, id_: int | str) -> None:
    """Stop watching a schedule (Watchers: remove). ``DELETE §/schedules/{schedule_id}/watchers``."""
    await calls.unwatch(client, f"/schedules/{segment(id_)}")
