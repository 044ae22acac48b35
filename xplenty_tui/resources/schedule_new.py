"""Making a schedule: a new one, or a copy of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api import schedules as api
from xplenty_tui.api.drafts import NewSchedule, ScheduleDraft
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core.action import Action, Attempt, Fill, Line, Offer, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, parts, timing, verdicts
from xplenty_tui.resources import schedule_forms as forms
from xplenty_tui.resources import schedule_questions as questions
from xplenty_tui.resources.questions import line, one_line, promised, sometimes
from xplenty_tui.resources.schedule_forms import label, names_of


def _every(draft: ScheduleDraft) -> str:
    """Return an interval in words: ``every 2 hours``."""
    amount, unit = draft.interval_amount, draft.interval_unit
    return f"every {unit.removesuffix('s')}" if amount == 1 else f"every {amount} {unit}"


def _promise(draft: NewSchedule, ctx: Context) -> Iterator[Line]:
    """Say what a new schedule runs, how often and on what."""
    names = ", ".join(parts.name_of(ctx, "packages", each.package_id) or "" for each in draft.task.packages)
    yield line(f"{_every(draft).capitalize()}: {names}", Tone.STRONG)
    given = list(names_of(draft))
    if given:
        yield line(f"With {', '.join(given)}.", Tone.DIM)
    yield line(questions.where(draft.reuse_cluster_strategy, draft.task.nodes))
    if not draft.task.terminate_on_idle and draft.reuse_cluster_strategy != "self":
        yield line("A cluster that it creates stays up until somebody terminates it.", Tone.WARN)
    if draft.status == "enabled":
        yield line("It is enabled: it runs by itself from then on.", Tone.WARN)
    else:
        yield line("It is disabled: it runs by itself once it is enabled.", Tone.DIM)


def _ask(_items: Sequence[Schedule], draft: NewSchedule, ctx: Context) -> Question | None:
    """Ask before a schedule that runs by itself is made; a disabled one does nothing."""
    if draft.status != "enabled":
        return None
    return Question(f"Create schedule {draft.name}, enabled", tuple(_promise(draft, ctx)), "Create")


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
    lambda answer, item, ctx: f"{label(answer)} is made, and is {timing.coming(answer, ctx)}.",
    verdicts.by_newest(api.list_, _fits, "Look at the newest schedules before you create another."),
    on_item=False,
    permission="createSchedule",
    ask=sometimes(_ask),
    fill=Fill(
        NewSchedule,
        forms.new,
        kinds=forms.KINDS,
        choices=forms.choices,
        preview=promised(NewSchedule, _promise),
        presets=forms.PRESETS,
    ),
    lands=deeds.to("schedules"),
    names=names_of,
    weight=30,
)


def _ask_clone(items: Sequence[Schedule], _draft: Any, ctx: Context) -> Question:
    """Ask before a schedule is copied: the copy may run by itself at once."""
    schedule = items[0]
    keys = timing.package_keys(schedule)
    lines = [line(f"Makes a copy that runs {questions.named(keys, ctx)}, too." if keys else "Makes a copy.")]
    lines.append(line("The copy may be enabled, and then runs by itself: t disables it.", Tone.WARN))
    return Question(f"Clone schedule {label(schedule)}", tuple(lines), "Clone")


def _cloned(answer: Schedule | None, item: Schedule | None, ctx: Context) -> str:
    if answer is None:
        return "Nothing was copied."
    if answer.status == "disabled":
        return f"{label(item)} is copied: {label(answer)} is disabled; t enables it."
    if answer.status == "enabled":
        return f"{label(item)} is copied: {label(answer)} is {timing.coming(answer, ctx)}; t disables it."
    return f"{label(item)} is copied to {label(answer)}: look whether it is enabled; t disables it."


def _runs_by_itself(answer: Schedule | None, ctx: Context) -> Offer | None:
    """Offer to disable a copy that came back enabled: nobody asked for a second one that runs."""
    if answer is None or answer.status != "enabled":
        return None
    said = line(f"The copy is made, and is {timing.coming(answer, ctx)}.", Tone.WARN)
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
    ask=_ask_clone,
    lands=deeds.to("schedules"),
    offers=_runs_by_itself,
    weight=12,
)
