"""The page of who ran when: lanes, clipping, what goes on, what nobody told, and every width."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from tests.resources.samples import FAR_EAST, NOW, at, context, decode, one
from xplenty_tui.core import words
from xplenty_tui.core.declare import Link, Row
from xplenty_tui.core.page import Entry
from xplenty_tui.resources import timeline

HOUR = timedelta(hours=1)
BARE = {"created_at": None, "started_at": None, "completed_at": None, "failed_at": None}


def job(number, asked, begun=None, ended=None, **more):
    """Return a job of so many minutes ago; ``ended`` None: it goes on."""
    raw = {
        "id": number, "package": {"id": 7, "name": f"load_{number}"},
        "status": "running" if ended is None else "completed",
        "created_at": at(asked), "started_at": at(begun) if begun is not None else None,
        "completed_at": at(ended) if ended is not None else None, "runtime_in_seconds": 0,
    }  # fmt: skip
    return decode("jobs", {**raw, **more})


def drawn(jobs, width=80, window=None, **how):
    return timeline.page(jobs, context(jobs=jobs, **how), width, window, "more")


def lanes(jobs, width=80, window=None, **how):
    """Return the bar and runtime of each job, without the spaces at both ends."""
    return {block.key: block.text.strip() for block in drawn(jobs, width, window, **how) if isinstance(block, Entry)}


def test_each_job_is_a_lane_and_later_ones_begin_further_right():
    told = drawn([job(2, 30, 30, 0), job(1, 60, 60, 30)])
    entries = [block for block in told if isinstance(block, Entry)]
    assert [block.key for block in entries] == ["axis", "ruler", "job:2", "job:1"]
    assert entries[2].link == Link("jobs", "2") and entries[2].name.strip() == "load_2"
    late, early = entries[2].text, entries[3].text
    assert late.index("█") > early.index("█") and late.index("█") in (early.rindex("█"), early.rindex("█") + 1)
    assert late.count("█") - early.count("█") in (-1, 0, 1), "each took half of the time"
    assert early.rstrip().endswith("30m00")


def test_what_waits_what_goes_on_and_what_was_at_once_over_are_seen():
    told = lanes([job(3, 10), job(2, 60, 40), job(1, 60, 60, 60)])
    assert set(told["job:3"].split()[0]) == {"·"}
    assert told["job:2"].split()[0].strip("·█") == "▶" and "·█" in told["job:2"]
    assert told["job:1"].startswith("█ ")


def test_a_window_cuts_what_began_before_it_and_leaves_out_what_ended_before_it():
    jobs = [job(3, 20, 20), job(2, 600, 600, 30), job(1, 600, 600, 90)]
    told = drawn(jobs, window=HOUR)
    bars = {block.key: block.text for block in told if isinstance(block, Entry)}
    assert set(bars) == {"axis", "ruler", "job:3", "job:2"}
    assert bars["job:2"].startswith("█"), "its beginning lies before the axis"
    assert not bars["job:3"].startswith(("█", "·")) and len({len(bar) for bar in bars.values()}) == 1


def test_the_window_ends_with_the_newest_end_when_nothing_runs():
    jobs = [job(2, 1000, 1000, 950), job(1, 2000, 2000, 1900)]
    assert [each.id for each in timeline.within(jobs, context(), HOUR)] == [2]
    assert [each.id for each in timeline.within(jobs, context(), None)] == [2, 1]


@pytest.mark.parametrize("jobs", [[], [one("jobs", **BARE)], [one("jobs", **BARE, status="running")]])
def test_without_any_time_there_is_no_axis(jobs):
    told = drawn(jobs)
    assert [block.text for block in told] == ["No loaded job ran here.", "more"]
    assert all(isinstance(block, Row) for block in told)


def test_nulls_leave_a_lane_that_says_what_is_known():
    bare = {"package": None, "package_id": None, "component": None, "runtime_in_seconds": None}
    told = drawn([job(5, 30, None, 20, **bare), job(4, 60, 60, 10, status="levitating")])
    entries = {block.key: block for block in told if isinstance(block, Entry)}
    assert entries["job:5"].name.strip() == "#5" and set(entries["job:5"].text.split()[0]) == {"·"}
    assert "█" in entries["job:4"].text


def test_a_step_is_called_by_its_component_on_one_line():
    step = job(1, 30, 30, 0, component={"name": "run_orders\n[red]x[/]", "type": "run_package_component"})
    [entry] = [block for block in drawn([step], width=120) if isinstance(block, Entry) and block.key == "job:1"]
    assert entry.name.strip() == "run_orders [red]x[/]"


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("ascii_", [False, True])
def test_two_hundred_jobs_fit_every_width(width, ascii_):
    jobs = [
        job(1000 - nth, 10 * nth + 10, 10 * nth + 8, 10 * nth, package={"id": 7, "name": "n" * 90})
        for nth in range(230)
    ]
    told = [block for block in drawn(jobs, width, ascii=ascii_) if isinstance(block, Entry)]
    assert len(told) == 2 + timeline.ROWS and told[2].key == "job:1000"
    assert {3 + words.cells(block.name) + 1 + words.cells(block.text) for block in told} == {width}
    if ascii_:
        assert all((block.name + block.text + block.sign[0]).isascii() for block in told)


def test_without_colour_how_it_came_out_is_a_sign():
    jobs = [job(3, 5, 5), job(2, 20, 20, 10, status="failed"), job(1, 40, 40, 30)]
    for ascii_ in (False, True):
        told = [block.sign[0] for block in drawn(jobs, ascii=ascii_) if isinstance(block, Entry)][2:]
        assert len(set(told)) == 3 and all(sign.strip() for sign in told)


def test_hours_are_those_of_the_person():
    jobs = [job(1, 150, 150, 0)]
    here, there = (lanes(jobs, width=200, zone=zone)["axis"] for zone in (UTC, FAR_EAST))
    assert here != there and f"{NOW - HOUR:%H}:" in here


def test_whose_timeline_it_is():
    flow = one("jobs", id=1, package={"id": 8, "name": "flow", "flow_type": "workflow"})
    lost = one("jobs", id=2, cluster_id=None, cluster=None)
    ctx = context(jobs=[flow, lost, one("jobs", id=3)])
    assert timeline.subject(Link("jobs", "1"), ctx) == Link("jobs", "1")
    assert timeline.subject(Link("jobs", "2"), ctx) is None
    assert timeline.subject(Link("jobs", "3"), ctx) == Link("clusters", "2214")
    assert timeline.subject(Link("jobs", "4"), ctx) is None
    assert timeline.subject(Link("clusters", "9"), ctx) == Link("clusters", "9")
    assert timeline.named(Link("jobs", "1"), ctx) == "1 flow" and timeline.named(Link("clusters", "9"), ctx) == "#9"
