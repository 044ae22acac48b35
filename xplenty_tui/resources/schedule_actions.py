"""What can be done to schedules: create, change, run now, enable and disable, clone, delete, watch."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api import schedules as api
from xplenty_tui.api import wire
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core.action import Action
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import deeds, timing, verdicts, watching
from xplenty_tui.resources import schedule_questions as questions
from xplenty_tui.resources import schedule_runs as runs
from xplenty_tui.resources.questions import sometimes
from xplenty_tui.resources.schedule_change import EDIT, update
from xplenty_tui.resources.schedule_forms import LOOK, label
from xplenty_tui.resources.schedule_new import CLONE, CREATE

_STATUSES = {"enabled": "disabled", "disabled": "enabled"}


def _empty(schedule: Schedule | None, _ctx: Context) -> str | None:
    none = schedule is not None and schedule.task is not None and not schedule.task.packages
    return "the schedule has no packages to run" if none else None


RUN: Action[Schedule] = Action(
    "run",
    ("r",),
    "run now",
    "Run the schedule's packages once, now, and go to the job that this starts.",
    runs.send,
    lambda answer, item, ctx: f"{label(item)} runs now; its job is looked for.",
    runs.check,
    disabled=_empty,
    ask=questions.ask_run,
    touches=("jobs", "clusters"),
    finds=runs.finds,
    credits=2,
    weight=45,
)


async def _turn(client: Any, item: Schedule | None, _draft: Any) -> Schedule | None:
    return None if item is None else await update(client, item, {"status": _STATUSES[item.status]})


def _turned(answer: Schedule | None, item: Schedule | None, ctx: Context) -> str:
    if item is None or answer is None:
        return "Nothing was changed."
    if item.status == "enabled":
        return f"{label(item)} is disabled: it does not run by itself any more."
    bare = "status" not in answer.model_fields_set  # an answer without words: it was enabled all the same
    now = item.model_copy(update={"status": "enabled", "next_run_at": None}) if bare else wire.overlay(item, answer)
    return f"{label(now)} is {timing.coming(now, ctx)}."


def _known(schedule: Schedule) -> str | None:
    return schedule.status if schedule.status in _STATUSES else None


def _unclear(schedule: Schedule | None, _ctx: Context) -> str | None:
    known = schedule is None or _known(schedule)
    return None if known else "it is not known whether the schedule is enabled"


TURN: Action[Schedule] = Action(
    "turn",
    ("t",),
    "on/off",
    "Enable the schedule, so that it runs by itself, or disable it.",
    _turn,
    _turned,
    verdicts.by_item(api.get, verdicts.turned(_known), LOOK),
    disabled=_unclear,
    permission="updateSchedule",
    ask=sometimes(questions.ask_turn),
    weight=40,
)


DELETE: Action[Schedule] = deeds.delete(
    "Delete the schedule for good; to pause it, disable it.",
    api.delete,
    api.get,
    questions.ask_delete,
    label=label,
    look=LOOK,
    state=lambda item: (item.status, item.name),
    permission="deleteSchedule",
)

WATCHING: tuple[Action[Schedule], Action[Schedule]] = watching.actions(
    "schedule",
    "is enabled or disabled",
    watch=api.watch,
    unwatch=api.unwatch,
    watchers=api.watchers,
    label=label,
)

ACTIONS: tuple[Action[Schedule], ...] = (CREATE, EDIT, RUN, TURN, CLONE, DELETE, *WATCHING)
