"""Changing a schedule: what is said before, and the sending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xplenty_tui.api import schedules as api
from xplenty_tui.api import wire
from xplenty_tui.api.drafts import ScheduleDraft, TaskDraft
from xplenty_tui.api.schedules import Schedule
from xplenty_tui.core.action import Action, Fill, Line, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.fields import write
from xplenty_tui.resources import changes, timing, verdicts
from xplenty_tui.resources import schedule_forms as forms
from xplenty_tui.resources import schedule_questions as questions
from xplenty_tui.resources.questions import differences, line, one_line
from xplenty_tui.resources.schedule_forms import LOOK, different, label, names_of, told


def _ask(items: Sequence[Schedule], draft: ScheduleDraft, ctx: Context) -> Question:
    """Ask with the differences that will be sent."""
    schedule = items[0]
    new = different(schedule, draft)
    task = new.pop("task", None)
    lines = list(differences(*_texts(schedule, new, task, ctx)))
    if task is not None:
        lines += _variables(schedule, task, ctx)
    if "start_at" in new and schedule.execution_count:
        lines.append(
            line("It has run, so its start cannot change: the server will refuse. Clone it instead.", Tone.BAD)
        )
    if new.get("status") == "enabled":
        lines.append(line("It runs by itself from then on.", Tone.WARN))
    due = timing.next_run(schedule)
    if new.get("status") == "disabled" and due is not None:
        lines.append(questions.unrun(schedule, ctx))
    return Question(f"Change schedule {label(schedule)}", tuple(lines), "Change")


def _texts(
    schedule: Schedule, new: Mapping[str, Any], task: TaskDraft | None, ctx: Context
) -> tuple[dict[str, str], dict[str, str]]:
    """Return what is before and after, by the words of the fields; of packages their names."""
    before = {name: one_line(write(getattr(schedule, name), ctx.zone)) for name in new}
    after = {name: one_line(write(value, ctx.zone)) for name, value in new.items()}
    if task is None:
        return before, after
    old = schedule.task
    for name in ("nodes", "terminate_on_idle", "time_to_idle"):
        value, held = getattr(task, name), getattr(old, name, None)
        if value is not None and value != held:
            before[name], after[name] = write(held), write(value)
    keys = timing.package_keys(schedule), tuple(str(each.package_id) for each in task.packages)
    if keys[0] != keys[1]:
        before["packages"], after["packages"] = (questions.named(found, ctx) for found in keys)
    return before, after


def _variables(schedule: Schedule, task: TaskDraft, ctx: Context) -> Iterator[Line]:
    """Say which variables of which package differ: names, never values."""
    old = list(schedule.task.packages) if schedule.task else []
    for place, package in enumerate(task.packages):
        key = str(package.package_id)
        same = place < len(old) and old[place].key == key
        before = told(old[place].variables) if same else {}
        signs = {name: "+" for name in package.variables if name not in before}
        signs |= {name: "−" for name in before if name not in package.variables}
        signs |= {name: "≠" for name, value in package.variables.items() if before.get(name, value) != value}
        if signs:
            said = ", ".join(f"{sign} {one_line(name)}" for name, sign in signs.items())
            yield line(f"Variables of {questions.named([key], ctx)}: {said}")


async def update(client: Any, schedule: Schedule, new: dict[str, Any]) -> Schedule:
    """Send what is different."""
    return await api.update(client, schedule.id, ScheduleDraft.model_validate(new))


def _changed(answer: Schedule, item: Schedule | None, ctx: Context) -> str:
    now = answer if item is None else wire.overlay(item, answer)
    return f"{label(now)} is changed, and is {timing.coming(now, ctx)}."


EDIT: Action[Schedule] = Action(
    "edit",
    ("e",),
    "edit",
    "Change the schedule: its interval, packages, variables and clusters; its start only before the first run.",
    changes.send(forms.different, update),
    changes.said(label, _changed),
    verdicts.by_item(api.get, changes.took(forms.different), LOOK),
    permission="updateSchedule",
    ask=_ask,
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
    names=names_of,
    weight=35,
)
