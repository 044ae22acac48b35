"""Every rule, declared: what it is called, what it means, what it is measured by. Documentation is drawn from here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """What a person has to know of a rule."""

    name: str
    """The word that a problem carries."""
    kind: str
    """What it is about: ``jobs``, ``clusters``."""
    means: str
    """One sentence: when it says something."""
    over: str
    """One sentence: when it says nothing any more."""
    limits: tuple[str, ...] = ()
    """Names of the settings in ``[triage]`` that it depends on."""


RULES: tuple[Rule, ...] = (
    Rule(
        "job_failed",
        "jobs",
        "The newest finished run of a package failed. Runs that a person stopped do not count.",
        "A later run completes: it stays as recovered for as long as it is news.",
        ("failed_hours",),
    ),
    Rule(
        "job_failed_again",
        "jobs",
        "The newest finished runs of a package failed, two or more in a row; each can be unfolded.",
        "A later run completes.",
        ("failed_hours",),
    ),
    Rule(
        "retries_out",
        "jobs",
        "A job runs or waits on the last try that its schedule allows.",
        "The job ends.",
    ),
    Rule(
        "job_long",
        "jobs",
        "A job runs longer than its package's usual (median) runtime by a factor, and longer than 95 of 100 runs.",
        "The job ends.",
        ("longer_than_usual", "usual_runs"),
    ),
    Rule("job_waiting", "jobs", "A job waits too long to begin.", "It begins, or ends.", ("waiting_minutes",)),
    Rule("job_stopping", "jobs", "A job that was asked to stop has not.", "It ends.", ("stopping_minutes",)),
    Rule("cluster_error", "clusters", "A cluster is in error.", "It is terminated.", ("failed_hours",)),
    Rule(
        "cluster_starting",
        "clusters",
        "A cluster takes too long to become available.",
        "It is available, in error or terminated.",
        ("starting_minutes",),
    ),
    Rule(
        "cluster_ending",
        "clusters",
        "A cluster takes too long to terminate.",
        "It is terminated.",
        ("ending_minutes",),
    ),
    Rule(
        "cluster_idle",
        "clusters",
        "A cluster is idle and will not terminate by itself; says the node hours burnt so far and each hour.",
        "It has work, terminates, or will terminate by itself.",
        ("idle_minutes",),
    ),
    Rule(
        "schedule_overdue",
        "schedules",
        "The time of an enabled schedule's next run has passed.",
        "It runs, or is disabled.",
        ("overdue_minutes",),
    ),
    Rule(
        "schedule_failed",
        "schedules",
        "A schedule's last run failed, and no failed job of it is told already.",
        "Its next run does not fail.",
        ("failed_hours",),
    ),
    Rule(
        "schedule_disabled",
        "schedules",
        "A schedule whose last run succeeded was disabled a short while ago.",
        "It is enabled, or some days have gone by.",
        ("disabled_days",),
    ),
    Rule(
        "schedule_overlap",
        "schedules",
        "Runs of one package by one schedule run on top of each other.",
        "Fewer of them run.",
        ("overlapping_runs",),
    ),
    Rule(
        "package_missed",
        "packages",
        "A package that ran by a time of the day on each of the last days has not run today.",
        "It runs, or the day is over.",
        ("daily_days",),
    ),
    Rule(
        "trial_ends",
        "accounts",
        "The subscription's trial ends soon, or has ended.",
        "A plan is bought.",
        ("trial_days",),
    ),
    Rule(
        "credits_low", "accounts", "Few of the hour's credits are left.", "There are more again.", ("credits_percent",)
    ),
    Rule(
        "other_account",
        "accounts",
        "Another account that the key sees has failures; enter switches to it.",
        "It has none.",
    ),
)
"""In the order in which the documentation tells them."""
BY_RULE: dict[str, Rule] = {rule.name: rule for rule in RULES}
"""By name."""
