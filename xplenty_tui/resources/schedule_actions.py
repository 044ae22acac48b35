"""What can be done to schedules: create, change, run now, enable and disable, clone, delete, watch."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api import schedules as api
from xplenty_tui.api import wire
from xplenty_tui.api.drafts import NewSchedule, ScheduleDraft
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Fill, Offer
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import changes, deeds, timing, verdicts, watching
from xplenty_tui.resources import schedule_forms as forms
from xplenty_tui.resources import schedule_questions as questions
from xplenty_tui.resources import schedule_runs as runs
from xplenty_tui.resources.questions import line, one_line, sometimes
from xplenty_tui.resources.schedule_forms import label

_LOOK = "Look at the schedule."
_STATUSES = {"enabled": "disabled", "disabled": "enabled"}


def _next(schedule: Schedule, ctx: Context) -> str:
    """Return in words when it runs by itself, after its name and "is"."""
    if schedule.status != "enabled":
        return words.status(schedule.status).word
    due = timing.next_run(schedule)
    if due is None:
        return "enabled; when it runs next is not told yet"
    return f"enabled and runs next {timing.countdown(due, ctx)} ({words.when(due, ctx.now, ctx.zone)})"


# create


def _fits(attempt: Attempt[Schedule], schedule: Schedule) -> bool:
    asked: NewSchedule = attempt.draft
    same = (schedule.name, schedule.interval_amount, schedule.interval_unit)
    packages = tuple(str(each.package_id) for each in asked.task.packages)
    wanted = (asked.name, asked.interval_amount, asked.interval_unit)
    return same == wanted and timing.package_keys(schedule) == packages


CREATE: Action[Schedule] = Action(
    "create",
    ("n",),
    "new",
    "Create a schedule: packages that run by themselves, at an interval.",
    deeds.make(api.create),
    lambda answer, item, ctx: f"{label(answer)} is made, and is {_next(answer, ctx)}.",
    verdicts.by_newest(api.list_, _fits, "Look at the newest schedules before you create another."),
    on_item=False,
    permission="createSchedule",
    ask=sometimes(questions.ask_new),
    fill=Fill(
        NewSchedule,
        forms.new,
        kinds=forms.KINDS,
        choices=forms.choices,
        preview=forms.preview,
        presets=forms.PRESETS,
    ),
    lands=deeds.to("schedules"),
    names=forms.names_of,
    weight=30,
)


# edit


async def _update(client: Any, schedule: Schedule, new: dict[str, Any]) -> Schedule:
    return await api.update(client, schedule.id, ScheduleDraft.model_validate(new))


def _changed(answer: Schedule, item: Schedule | None, ctx: Context) -> str:
    now = answer if item is None else wire.overlay(item, answer)
    return f"{label(now)} is changed, and is {_next(now, ctx)}."


EDIT: Action[Schedule] = Action(
    "edit",
    ("e",),
    "edit",
    "Change the schedule: its interval, packages, variables and clusters; its start only before the first run.",
    changes.send(forms.different, _update),
    changes.said(label, _changed),
    verdicts.by_item(api.get, changes.took(forms.different), _LOOK),
    permission="updateSchedule",
    ask=questions.ask_change,
    fill=Fill(
        ScheduleDraft,
        forms.present,
        kinds=forms.KINDS,
        choices=forms.choices,
        presets=forms.PRESETS,
        clears=True,
    ),
    same=lambda item, draft: not forms.different(item, draft),
    state=lambda item: (item.status, item.updated_at),
    names=forms.names_of,
    weight=35,
)


# run now


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


# enable, disable


async def _turn(client: Any, item: Schedule | None, _draft: Any) -> Schedule | None:
    return None if item is None else await _update(client, item, {"status": _STATUSES[item.status]})


def _turned(answer: Schedule | None, item: Schedule | None, ctx: Context) -> str:
    if item is None or answer is None:
        return "Nothing was changed."
    if item.status == "enabled":
        return f"{label(item)} is disabled: it does not run by itself any more."
    bare = "status" not in answer.model_fields_set  # an answer without words: it was enabled all the same
    now = item.model_copy(update={"status": "enabled", "next_run_at": None}) if bare else wire.overlay(item, answer)
    return f"{label(now)} is {_next(now, ctx)}."


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
    verdicts.by_item(api.get, verdicts.turned(_known), _LOOK),
    disabled=_unclear,
    permission="updateSchedule",
    ask=sometimes(questions.ask_turn),
    weight=40,
)


# clone


def _cloned(answer: Schedule | None, item: Schedule | None, ctx: Context) -> str:
    if answer is None:
        return "Nothing was copied."
    if answer.status == "disabled":
        return f"{label(item)} is copied: {label(answer)} is disabled; t enables it."
    if answer.status == "enabled":
        return f"{label(item)} is copied: {label(answer)} is {_next(answer, ctx)}; t disables it."
    return f"{label(item)} is copied to {label(answer)}: look whether it is enabled; t disables it."


def _runs_by_itself(answer: Schedule | None, ctx: Context) -> Offer | None:
    """Offer to disable a copy that came back enabled: nobody asked for a second one that runs."""
    if answer is None or answer.status != "enabled":
        return None
    said = line(f"The copy is made, and is {_next(answer, ctx)}.", Tone.WARN)
    return Offer("turn", (said, line("Cancel leaves it enabled."), ()))


def _is_copy(attempt: Attempt[Schedule], schedule: Schedule) -> bool:
    name = one_line(attempt.item.name) if attempt.item else ""
    own = attempt.item is not None and schedule.id == attempt.item.id
    return not own and schedule.name.lower().startswith("copy of") and name in one_line(schedule.name)


CLONE: Action[Schedule] = Action(
    "clone",
    ("c",),
    "clone",
    "Copy the schedule; the copy may come back enabled, and then runs by itself.",
    deeds.on(api.clone),
    _cloned,
    verdicts.by_newest(api.list_, _is_copy, "Look for a copy among the newest schedules before you clone again."),
    permission="createSchedule",
    ask=questions.ask_clone,
    lands=deeds.to("schedules"),
    offers=_runs_by_itself,
    weight=12,
)


# delete


DELETE: Action[Schedule] = deeds.delete(
    "Delete the schedule for good; to pause it, disable it.",
    api.delete,
    api.get,
    questions.ask_delete,
    label=label,
    look=_LOOK,
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
