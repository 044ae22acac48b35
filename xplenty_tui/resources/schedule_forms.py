"""The forms of a schedule: what stands in them, what is chosen from, and what of them is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xplenty_tui.api.drafts import LEAST_NODES, ScheduleDraft, TaskDraft
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core.action import Choice, Preset, Values
from xplenty_tui.core.declare import Context
from xplenty_tui.core.fields import YES, pairs_of, pairs_text, write
from xplenty_tui.core.fields_check import count
from xplenty_tui.resources.questions import one_line

LOOK = "Look at the schedule."
KINDS = ("packages",)
"""Kinds that the forms are made from."""
_PACKAGES = "task.packages"
_PLAIN = (
    "name",
    "description",
    "status",
    "interval_amount",
    "interval_unit",
    "overlap",
    "reuse_cluster_strategy",
    "auto_retry",
    "auto_retry_attempts",
)
_TASK = ("nodes", "terminate_on_idle", "time_to_idle")


def label(schedule: Schedule | None) -> str:
    """Return the name by which the schedule is called."""
    if schedule is None:
        return "the schedule"
    return one_line(schedule.name) or f"schedule {schedule.id}"


def new(_item: Schedule | None, _ctx: Context) -> Values:
    """Return what stands in the form of a new schedule: disabled, one package to choose, clusters that end."""
    return {
        "name": "",
        "status": "disabled",
        "task.nodes": str(LEAST_NODES),
        "task.terminate_on_idle": YES,
        f"{_PACKAGES}.0.package_id": "",
    }


def present(schedule: Schedule | None, ctx: Context) -> Values:
    """Return what stands in the form of a schedule: what it is now; blank where the answers did not say."""
    if schedule is None:
        return {}
    found = {name: write(getattr(schedule, name)) for name in _PLAIN}
    found["start_at"] = write(schedule.start_at, ctx.zone)
    task = schedule.task
    for name in _TASK:
        found[f"task.{name}"] = write(getattr(task, name)) if task else ""
    for place, package in enumerate(task.packages if task else ()):
        found[f"{_PACKAGES}.{place}.package_id"] = package.key
        found[f"{_PACKAGES}.{place}.variables"] = pairs_text(package.variables)
    return found


def choices(ctx: Context, _item: Schedule | None) -> Mapping[str, Sequence[Choice]]:
    """Return the loaded packages that are not archived, by name."""
    packages = [item for item in ctx.store.good("packages") if item.status != "archived"]
    packages.sort(key=lambda item: (item.name.lower(), item.id))
    found = [Choice(str(item.id), item.name or f"#{item.id}", item.flow_type, item.description) for item in packages]
    return {f"{_PACKAGES}.*.package_id": found}


async def _defaults(_client: Any, values: Values, ctx: Context) -> Values | None:
    """Return the chosen packages' own variables, laid under what stands in the form; they are expressions as well."""
    found: dict[str, str] = {}
    for place in range(count(values, _PACKAGES)):
        name = f"{_PACKAGES}.{place}.variables"
        package = ctx.store.get("packages", values.get(f"{_PACKAGES}.{place}.package_id", "").strip())
        if package is None or not package.variables:
            continue
        try:
            typed = dict(pairs_of(values.get(name, "")))
        except ValueError:
            continue
        found[name] = pairs_text({**package.variables, **typed})
    return found or None


PRESETS = (Preset("ctrl+l", "the packages' own variables", _defaults),)


def names_of(draft: Any) -> Sequence[str]:
    """Return the names of the variables of a draft, never values."""
    task: TaskDraft | None = getattr(draft, "task", None)
    return tuple(dict.fromkeys(name for each in (task.packages if task else ()) for name in each.variables))


def told(variables: Mapping[str, Any]) -> dict[str, str]:
    """Return variables as a form holds them: every value a text."""
    return dict(pairs_of(pairs_text(variables)))


def different(schedule: Schedule | None, draft: ScheduleDraft) -> dict[str, Any]:
    """Return the fields of the draft that the schedule has otherwise; of a task all, for it may replace the old one."""
    found: dict[str, Any] = {}
    for name in (*_PLAIN, "start_at"):
        value = getattr(draft, name)
        if name in draft.model_fields_set and value is not None and value != _held(schedule, name):
            found[name] = value
    if draft.task is not None and _task_differs(schedule, draft.task):
        found["task"] = draft.task
    return found


def _held(schedule: Schedule | None, name: str) -> Any:
    return getattr(schedule, name, None)


def _task_differs(schedule: Schedule | None, draft: TaskDraft) -> bool:
    task = schedule.task if schedule is not None else None
    if task is None:
        return True
    given = [name for name in _TASK if name in draft.model_fields_set and getattr(draft, name) is not None]
    if any(getattr(draft, name) != getattr(task, name) for name in given):
        return True
    before = [(package.key, told(package.variables)) for package in task.packages]
    return before != [(str(package.package_id), dict(package.variables)) for package in draft.packages]
