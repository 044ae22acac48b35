"""The rules: thirty situations word for word, each threshold from both sides, nulls and hell, cost."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from tests.resources.samples import NOW, context
from tests.triage import situations
from tests.triage.situations import SITUATIONS, Situation, at, cluster, job, package, schedule, usual
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.beside import Beside, Credits, Other
from xplenty_tui.triage.incidents import Incident
from xplenty_tui.triage.limits import LIMITS, Limits
from xplenty_tui.triage.look import look, problems
from xplenty_tui.triage.problem import Severity
from xplenty_tui.triage.rules import BY_RULE, RULES

SIGNS = {Severity.ERROR: "✗", Severity.WARNING: "▲", Severity.NOTE: "•"}


def line(incident: Incident, ctx: Context) -> str:
    """Return an incident as the situations write it."""
    sign = "✓" if incident.recovered else SIGNS[incident.severity]
    count = f" (×{len(incident.problems)})" if len(incident.problems) > 1 else ""
    since = words.when(incident.since, ctx.now, ctx.zone)
    detail = incident.problems[0].detail
    return f"{sign} {incident.name} {incident.sentence}{count}, {since}" + (f" | {detail}" if detail else "")


def lines(one: Situation) -> list[str]:
    """Return what the rules make of a situation."""
    ctx = context(**one.known)
    return [line(incident, ctx) for incident in look(ctx, beside=one.beside)]


def expected() -> dict[str, list[str]]:
    """Return what ``situations.md`` says, by the title of the situation."""
    text = Path(__file__).with_name("situations.md").read_text("utf-8")
    sections = (section.splitlines() for section in text.split("\n## ")[1:])
    return {title: [line[4:] for line in lines if line.startswith("    ")] for title, *lines in sections}


EXPECTED = expected()


@pytest.mark.parametrize("one", SITUATIONS, ids=lambda one: one.title)
def test_a_situation(one: Situation) -> None:
    assert lines(one) == EXPECTED[one.title]


def test_no_situation_is_left_out() -> None:
    assert list(EXPECTED) == [one.title for one in SITUATIONS]
    assert len(SITUATIONS) >= 30


def found(limits: Limits = LIMITS, beside: Beside = situations.NOTHING, **known: Any) -> set[str]:
    """Return the names of the rules that say something."""
    return {one.rule for one in problems(context(**known), limits, beside)}


FALLBACK = situations.NOTHING
THRESHOLDS: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("job_failed", "failed_hours", {"jobs": [job(1, "failed", 23 * 60)]}, {"jobs": [job(1, "failed", 25 * 60)]}),
    ("job_waiting", "waiting_minutes", {"jobs": [job(1, "queued", 16)]}, {"jobs": [job(1, "queued", 14)]}),
    ("job_stopping", "stopping_minutes", {"jobs": [job(1, "stopping", 11)]}, {"jobs": [job(1, "stopping", 9)]}),
    (
        "job_long",
        "longer_than_usual",
        {"jobs": [job(1, "running", 61), *usual()]},
        {"jobs": [job(1, "running", 59), *usual()]},
    ),
    (
        "job_long",
        "usual_runs",
        {"jobs": [job(1, "running", 99), *usual(5)]},
        {"jobs": [job(1, "running", 99), *usual(4)]},
    ),
    (
        "cluster_starting",
        "starting_minutes",
        {"clusters": [cluster(1, "pending", created_at=at(21))]},
        {"clusters": [cluster(1, "pending", created_at=at(19))]},
    ),
    (
        "cluster_ending",
        "ending_minutes",
        {"clusters": [cluster(1, "pending_terminate", updated_at=at(21))]},
        {"clusters": [cluster(1, "pending_terminate", updated_at=at(19))]},
    ),
    (
        "cluster_idle",
        "idle_minutes",
        {"clusters": [cluster(1, "idle", terminate_on_idle=False, idle_since=at(31))]},
        {"clusters": [cluster(1, "idle", terminate_on_idle=False, idle_since=at(29))]},
    ),
    (
        "schedule_overdue",
        "overdue_minutes",
        {"schedules": [schedule(1, next_run_at=at(6))]},
        {"schedules": [schedule(1, next_run_at=at(4))]},
    ),
    (
        "schedule_disabled",
        "disabled_days",
        {"schedules": [schedule(1, status="disabled", updated_at=at(71 * 60), last_run_at=at(99 * 60))]},
        {"schedules": [schedule(1, status="disabled", updated_at=at(73 * 60), last_run_at=at(99 * 60))]},
    ),
)


@pytest.mark.parametrize(
    ("rule", "limit", "over", "under"), THRESHOLDS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_threshold_from_both_sides(rule: str, limit: str, over: dict[str, Any], under: dict[str, Any]) -> None:
    assert rule in found(**over)
    assert rule not in found(**under)
    assert limit in BY_RULE[rule].limits
    looser = replace(LIMITS, **{limit: getattr(LIMITS, limit) * (1 if limit == "usual_runs" else 100) or 1})
    if limit not in ("failed_hours", "disabled_days", "usual_runs"):
        assert rule not in found(looser, **over), "a person can set it"


OVER: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("job_failed", {"jobs": [job(1, "failed", 9)]}, {"jobs": [job(2, "completed", 2, took=2), job(1, "failed", 9)]}),
    (
        "retries_out",
        {"jobs": [job(1, "running", 9, attempts=3, master_auto_retry_attempts=3)]},
        {"jobs": [job(1, "completed", 9, attempts=3, master_auto_retry_attempts=3)]},
    ),
    ("job_long", {"jobs": [job(1, "running", 99), *usual()]}, {"jobs": [job(1, "completed", 1, took=99), *usual()]}),
    ("job_waiting", {"jobs": [job(1, "pending", 99)]}, {"jobs": [job(1, "running", 99)]}),
    ("job_stopping", {"jobs": [job(1, "pending_stoppage", 99)]}, {"jobs": [job(1, "stopped", 99)]}),
    ("cluster_error", {"clusters": [cluster(1, "error")]}, {"clusters": [cluster(1, "terminated")]}),
    ("cluster_starting", {"clusters": [cluster(1, "creating")]}, {"clusters": [cluster(1, "available")]}),
    ("cluster_ending", {"clusters": [cluster(1, "terminating")]}, {"clusters": [cluster(1, "terminated")]}),
    (
        "cluster_idle",
        {"clusters": [cluster(1, "idle", terminate_on_idle=False, idle_since=at(99))]},
        {"clusters": [cluster(1, "available", terminate_on_idle=False, running_jobs_count=1)]},
    ),
    (
        "schedule_overdue",
        {"schedules": [schedule(1, next_run_at=at(99))]},
        {"schedules": [schedule(1, next_run_at=at(99), status="disabled")]},
    ),
    (
        "schedule_failed",
        {"schedules": [schedule(1, last_run_status="failed", last_run_at=at(99))]},
        {"schedules": [schedule(1, last_run_status="completed", last_run_at=at(9))]},
    ),
    (
        "schedule_disabled",
        {"schedules": [schedule(1, status="disabled", updated_at=at(9))]},
        {"schedules": [schedule(1)]},
    ),
)


@pytest.mark.parametrize(("rule", "wrong", "right"), OVER, ids=lambda one: one if isinstance(one, str) else "")
def test_it_is_over_when_the_rule_says_so(rule: str, wrong: dict[str, Any], right: dict[str, Any]) -> None:
    assert rule in found(**wrong)
    unrecovered = {one.rule for one in problems(context(**right)) if not one.recovered}
    assert rule not in unrecovered


def test_a_missed_package_and_when_nothing_is_said_of_one() -> None:
    daily = [job(100 + nth, "completed", 60 * 24 * (nth + 1) + 60) for nth in range(8)]
    assert "package_missed" in found(jobs=daily, packages=[package()])
    assert "package_missed" not in found(jobs=[job(900, "running", 5), *daily], packages=[package()]), "it runs now"
    assert "package_missed" not in found(jobs=daily[:5], packages=[package()]), "the jobs do not reach back"
    assert "package_missed" not in found(jobs=[*daily[:3], *daily[4:]], packages=[package()]), "not on each day"
    late = [schedule(3, next_run_at=at(99))]
    assert "package_missed" not in found(jobs=daily, packages=[package()], schedules=late), "its schedule is told"
    assert "package_missed" not in found(jobs=daily, packages=[package(status="archived")])
    assert "package_missed" not in found(Limits(daily_days=9), jobs=daily, packages=[package()])


def test_a_schedule_with_two_piles_is_one_problem() -> None:
    runs = [(1, 5), (2, 5), (3, 5), (4, 6), (5, 6)]
    jobs = [job(nth, "running", 20 + nth, **(situations.SCHEDULED | {"package_id": package})) for nth, package in runs]
    ctx = context(jobs=jobs, schedules=[schedule(3)])
    [told] = [one for one in problems(ctx, replace(LIMITS, overlapping_runs=2)) if one.rule == "schedule_overlap"]
    assert told.sentence.startswith("has 3 runs of ") and told.sentence.endswith(", and so has 1 other package")


def test_what_stands_beside_the_store() -> None:
    few, many = Credits(499, 5000, 1, 1), Credits(501, 5000, 1, 1)
    assert found(beside=Beside(few)) == {"credits_low"}
    assert found(beside=Beside(many)) == set()
    assert found(beside=Beside(trial_ends=NOW)) == {"trial_ends"}
    assert found(Limits(trial_days=1), beside=Beside(trial_ends=NOW.replace(day=3))) == set()
    assert found(beside=Beside(others=(Other("x", 0),))) == set()


def test_every_rule_is_declared_and_every_declared_rule_says_something() -> None:
    told = {one.rule for each in SITUATIONS for one in problems(context(**each.known), beside=each.beside)}
    assert told == set(BY_RULE)
    names = {one.name for one in fields(Limits)}
    assert {limit for rule in RULES for limit in rule.limits} == names - {""}


def test_what_helps_is_a_command_that_works_on_the_subject() -> None:
    from xplenty_tui.tui.commands import ANYWHERE, COMMANDS, PAGE, TRIAGE, Keymap
    from xplenty_tui.tui.helping import commands_of

    keymap = Keymap((*COMMANDS, *(one for kind in BY_NAME.values() for one in commands_of(kind))))
    for each in SITUATIONS:
        for problem in problems(context(**each.known), beside=each.beside):
            scopes = (f"{problem.subject.kind}!", TRIAGE, PAGE, ANYWHERE)
            assert set(problem.acts) <= {one.id for one in keymap.within(scopes)}, problem
