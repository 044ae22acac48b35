"""A cluster: its load, how long it is up and idle, what that costs, its machines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.resources.samples import NOW, at, context, decode, one
from xplenty_tui.api.clusters import Instance
from xplenty_tui.api.wire import Page, Undecodable
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import BY_NAME, load

CLUSTERS = BY_NAME["clusters"]


def cell(item: Any, name: str, ctx: Context | None = None) -> str:
    ctx = ctx or context()
    column = CLUSTERS.column(name)
    assert column
    value = column.value(item, ctx)
    return column.show(value, ctx) if column.show and value is not None else words.plain(value, ctx)


def facts(item: Any, name: str, ctx: Context | None = None) -> dict[str, Row]:
    section: Any = next(section for section in CLUSTERS.detail if section.name == name)
    return {row.label: row for row in section.rows(item, ctx or context())}


def idling(**changes: Any) -> Any:
    return one("clusters", **{"status": "idle", "running_jobs_count": 0, "idle_since": at(90), **changes})


def test_a_cluster_in_the_list() -> None:
    names = ("status", "id", "name", "type", "nodes", "running", "queued", "up", "idle", "auto")
    assert [cell(one("clusters"), name) for name in names] == [
        "✓ available",
        "2214",
        "nightly-4",
        "production",
        "4",
        "2",
        "0",
        "4h00m",
        "–",
        "no",
    ]


def test_jobs_are_counted_from_the_loaded_ones_where_the_answer_has_no_count() -> None:
    jobs = [one("jobs", id=n, status=s) for n, s in enumerate(["running", "queued", "queued"])]
    lean = one("clusters", running_jobs_count=None)
    assert (cell(lean, "running", context(jobs=jobs)), cell(lean, "queued", context(jobs=jobs))) == ("1", "2")
    told = one("clusters", queued_jobs_count=5)
    assert (cell(told, "running", context(jobs=jobs)), cell(told, "queued", context(jobs=jobs))) == ("2", "5")


def test_up_ends_when_it_is_terminated() -> None:
    ended = one("clusters", status="terminated", terminated_at=at(60))
    assert load.up(ended, context(NOW + timedelta(days=3))) == timedelta(hours=3)
    assert load.up(one("clusters", status="terminated"), context()) is None, "when it ended is not known"
    assert load.up(one("clusters", available_since=None), context()) is None
    assert load.up(one("clusters", available_since=at(-5)), context()) == timedelta()


@pytest.mark.parametrize(
    ("changes", "idle"),
    [
        ({}, timedelta(minutes=90)),
        ({"status": "available"}, timedelta(minutes=90)),
        ({"status": "available", "running_jobs_count": 1}, None),
        ({"status": "terminated"}, None),
        ({"status": "error"}, None),
        ({"idle_since": None}, None),
    ],
)
def test_idle(changes: dict[str, Any], idle: timedelta | None) -> None:
    assert load.idle(idling(**changes), context()) == idle


def test_an_idle_cluster_that_stays_is_a_waste_and_warned_of() -> None:
    auto = CLUSTERS.column("auto")
    assert auto and auto.tone
    assert load.wasteful(idling(), context())
    assert auto.tone(idling(), context()) is Tone.WARN
    for harmless in (idling(terminate_on_idle=True), idling(terminate_on_idle=None), one("clusters")):
        assert not load.wasteful(harmless, context())
        assert auto.tone(harmless, context()) is Tone.PLAIN


def test_node_hours_are_nodes_times_hours_and_called_an_estimate() -> None:
    rows = facts(idling(), "cost")
    assert rows["node hours"].text == "about 16 (estimate: 4 nodes × 4h00m available)"
    assert rows["of them idle"].text == "about 6, idle for 1h30m now"
    assert rows["terminates"].text == "not by itself: somebody has to"
    assert rows["terminates"].tone is Tone.WARN
    assert load.node_hours(idling(nodes=0), timedelta(hours=1)) is None
    assert load.node_hours(idling(nodes=1), timedelta(minutes=20)) == 0.3
    assert load.node_hours(idling(nodes=30), timedelta(minutes=207)) == 104


def test_how_it_ends() -> None:
    assert facts(idling(terminate_on_idle=True), "cost")["terminates"].text == "by itself, once idle for 1h00m"
    assert "terminates" not in facts(one("clusters", status="terminated", terminated_at=at(1)), "cost")
    assert facts(decode("clusters", {"id": 1}), "cost") == {}


def test_its_creator_can_be_followed() -> None:
    row = facts(one("clusters"), "cluster")["created by"]
    assert (row.text, row.link) == ("schedule · nightly_orders", Link("schedules", "3"))


def test_its_jobs_are_the_loaded_ones_that_ran_there() -> None:
    related: Any = next(section for section in CLUSTERS.detail if section.name == "jobs")
    assert related.where(one("clusters"), one("jobs"))
    assert related.where(one("clusters"), one("jobs", cluster_id=None)), "the nested cluster counts too"
    assert not related.where(one("clusters"), one("jobs", cluster_id=1))


def test_instances_and_the_one_that_could_not_be_read() -> None:
    section: Any = next(section for section in CLUSTERS.detail if section.name == "instances")
    machines = (
        Instance(instance_id="i-1", status="available", master=True, public_dns="ec2-1.example"),
        Instance(instance_id="i-2", status="available", master=False, spot=True, private_dns="ip-2"),
    )
    answer = Page(machines, (Undecodable("#2", "instance_id: Field required"),), None, 3)
    rows = list(section.rows(answer, one("clusters"), context()))
    assert [(row.label, row.text) for row in rows] == [
        ("master", "✓ available · i-1 · ec2-1.example"),
        ("worker", "✓ available · spot · i-2 · ip-2"),
        ("#2", "could not be read: instance_id: Field required"),
    ]
    assert rows[2].tone is Tone.WARN
