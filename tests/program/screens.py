"""Every screen of the program, and the steps that lead there: for the snapshots and for the pictures of the README."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.program.still import Step
from xplenty_tui.resources import BY_NAME
from xplenty_tui.tui.app import XplentyApp
from xplenty_tui.tui.screens.detail import DetailPlace
from xplenty_tui.tui.screens.list import ListPlace


class Screen(NamedTuple):
    """Where to begin, and what to do from there."""

    section: str
    steps: tuple[Step, ...] = ()


def item(kind: str, key: str) -> Callable[[XplentyApp], None]:
    """Open the page of an item."""
    return lambda app: app.open_item(BY_NAME[kind], key)


def part(name: str) -> Callable[[XplentyApp], None]:
    """Open a part of the page in front."""

    def run(app: XplentyApp) -> None:
        front = app.places.front
        assert isinstance(front, DetailPlace)
        front.open_part(name)

    return run


def scroll(name: str) -> Callable[[XplentyApp], None]:
    """Go to a part of the page in front."""

    def run(app: XplentyApp) -> None:
        front = app.places.front
        assert isinstance(front, DetailPlace)
        front.page.goto(name)

    return run


def kind(name: str) -> Callable[[XplentyApp], None]:
    """Open the list of a kind that has no digit."""
    return lambda app: app.open_kind(name)


def on(key: str) -> Callable[[XplentyApp], None]:
    """Put the cursor of the list in front on an item."""

    def run(app: XplentyApp) -> None:
        front = app.places.front
        assert isinstance(front, ListPlace)
        front.view.to(front.view.keys.index(key))
        front.table.reconcile()

    return run


FAILED, RUNNING, WORKFLOW = "90428", "90427", "90432"
"""Jobs of the demo account: orders_to_redshift, clickstream_sessions, marketing_workflow."""

SCREENS: dict[str, Screen] = {
    "triage": Screen("triage"),
    "jobs": Screen("jobs"),
    "jobs-end": Screen("jobs", ("G",)),
    "jobs-filter": Screen("jobs", ("slash", *"status:failed", "enter")),
    "jobs-filter-typing": Screen("jobs", ("slash", *"status:fail")),
    "jobs-filter-unknown-column": Screen("jobs", ("slash", *"stat:failed", "enter")),
    "jobs-no-match": Screen("jobs", ("slash", *"package:zebra", "enter")),
    "jobs-marked": Screen("jobs", ("space", "space", "space")),
    "jobs-sort": Screen("jobs", ("o",)),
    "jobs-help": Screen("jobs", ("question_mark",)),
    "jobs-raw": Screen("jobs", ("J",)),
    "jobs-older": Screen("jobs", ("M",)),
    "credits": Screen("jobs", ("dollar_sign",)),
    "usage": Screen("jobs", ("percent_sign",)),
    "usage-end": Screen("jobs", ("percent_sign", "G")),
    "watching": Screen("jobs", (on("90435"), "w", on("90432"), "w", "at")),
    "watching-nothing": Screen("jobs", ("at",)),
    "note": Screen("jobs", (on(FAILED), "I")),
    "palette": Screen("jobs", ("colon",)),
    "palette-typing": Screen("jobs", ("colon", *"mem")),
    "accounts-switch": Screen("jobs", ("a",)),
    "job-failed": Screen("jobs", (item("jobs", FAILED),)),
    "job-failed-log": Screen("jobs", (item("jobs", FAILED), "l")),
    "job-failed-variables": Screen("jobs", (item("jobs", FAILED), part("variables"), scroll("variables"))),
    "job-running": Screen("jobs", (item("jobs", RUNNING),)),
    "job-workflow": Screen("jobs", (item("jobs", WORKFLOW), part("children"), scroll("children"))),
    "clusters": Screen("clusters"),
    "cluster": Screen("clusters", (item("clusters", "2212"),)),
    "schedules": Screen("schedules"),
    "schedule": Screen("schedules", (item("schedules", "101"),)),
    "packages": Screen("packages"),
    "package": Screen("packages", (item("packages", "412"), part("jobs"), scroll("jobs"))),
    "account": Screen("account"),
    "members": Screen("account", (kind("members"),)),
    "plans": Screen("account", (kind("plans"),)),
    "connections": Screen("jobs", (kind("connections"),)),
    "connection": Screen("jobs", (kind("connections"), item("connections", "redshift/12"))),
    "connection-new": Screen("jobs", (kind("connections"), "n")),
    "connection-delete": Screen("jobs", (kind("connections"), on("redshift/12"), "D")),
    "connection_types": Screen("jobs", (kind("connection_types"),)),
    "connection_type": Screen("jobs", (kind("connection_types"), item("connection_types", "s3"))),
    "connection_groups": Screen("jobs", (kind("connection_groups"),)),
    "hooks": Screen("jobs", (kind("hooks"),)),
    "hook": Screen("jobs", (kind("hooks"), item("hooks", "1"))),
    "hook-edit": Screen("jobs", (kind("hooks"), on("1"), "e")),
    "hook-ping": Screen("jobs", (kind("hooks"), on("1"), "P")),
    "hook-salt": Screen("jobs", (kind("hooks"), on("1"), "X")),
    "hook_types": Screen("jobs", (kind("hook_types"),)),
    "hook_events": Screen("jobs", (kind("hook_events"),)),
    "deliveries": Screen("jobs", (kind("deliveries"),)),
    "delivery": Screen("jobs", (kind("deliveries"), item("deliveries", "2"))),
    "delivery-new": Screen("jobs", (kind("deliveries"), "n")),
    "job-stop": Screen("jobs", (on("90435"), "x")),
    "job-run": Screen("jobs", ("n",)),
    "job-run-again": Screen("jobs", (on(FAILED), "r")),
    "jobs-stop-several": Screen("jobs", (on("90435"), "space", on("90432"), "space", "x")),
    "cluster-new": Screen("clusters", ("n",)),
    "cluster-edit": Screen("clusters", (on("2212"), "e")),
    "cluster-terminate": Screen("clusters", (on("2212"), "T")),
    "cluster-terminate-idle": Screen("clusters", (on("2216"), "T")),
    "cluster-stays": Screen("clusters", (on("2212"), "t")),
    "schedule-new": Screen("schedules", ("n",)),
    "schedule-edit": Screen("schedules", (on("101"), "e")),
    "schedule-run": Screen("schedules", (on("101"), "r")),
    "schedule-disable": Screen("schedules", (on("101"), "t")),
    "schedule-clone": Screen("schedules", (on("101"), "c")),
    "schedule-delete": Screen("schedules", (on("101"), "D")),
    "package-run": Screen("packages", (on("412"), "r")),
    "package-validate": Screen("packages", (on("412"), "V")),
    "package-new": Screen("packages", ("n",)),
    "package-edit": Screen("packages", (on("412"), "e")),
    "package-export": Screen("packages", (on("412"), "X")),
    "package-archive": Screen("packages", (on("412"), "D")),
    "read-only-off": Screen("jobs", ("exclamation_mark", "exclamation_mark")),
    "journal": Screen("jobs", ("number_sign",)),
    "triage-help": Screen("triage", ("question_mark",)),
}
"""By name."""
