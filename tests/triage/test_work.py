"""What runs, what comes next and what it runs on, as the triage page has it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.resources.samples import at, context, one
from tests.triage.test_page import EMPTY, parts_of, text
from xplenty_tui.core import layout
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.page import Block, Listing
from xplenty_tui.triage.page import Seen
from xplenty_tui.triage.work import Most, age, bar
from xplenty_tui.tui.widgets.cells import cell


def part(ctx: Context, name: str) -> list[Block]:
    return parts_of(ctx)[name]


def listing(blocks: list[Block]) -> Listing:
    (found,) = [block for block in blocks if isinstance(block, Listing)]
    return found


def listed(blocks: list[Block]) -> list[int]:
    return [item.id for block in blocks if isinstance(block, Listing) for item in block.items]


def said(ctx: Context, name: str, *columns: str, row: int = 0) -> list[str]:
    found = listing(part(ctx, name))
    named = [found.resource.column(column) for column in columns]
    return [cell(column, found.items[row], ctx) for column in named if column is not None]


def past(number: int, minutes: float, seconds: float) -> Any:
    """Return a completed run of the package."""
    return one(
        "jobs",
        id=number,
        status="completed",
        errors="",
        created_at=at(minutes),
        started_at=at(minutes),
        completed_at=at(minutes - seconds / 60),
        runtime_in_seconds=seconds,
    )


HISTORY = [past(number, 3000 + number, 600) for number in range(1, 6)]


def running(minutes: float, **more: Any) -> Any:
    fields = {"id": 500, "status": "running", "completed_at": None, "created_at": at(minutes), "progress": 0.784}
    return one("jobs", **{**fields, "started_at": at(minutes), **more})


def with_jobs(*jobs: Any) -> Context:
    return context(**{**EMPTY, "jobs": list(jobs)})


def test_lengths_change_once_a_minute() -> None:
    lengths = [age(timedelta(seconds=length)) for length in (0, 59, 61, 3599, 6120, 90_000)]
    assert lengths == ["<1m", "<1m", "1m", "59m", "1h42m", "1d1h"]
    assert age(None) == "–"


def test_a_bar_of_ten_cells_also_in_ascii() -> None:
    bars = [bar(share, context()) for share in (0, 9, 78, 100)]
    assert bars == ["░░░░░░░░░░   0%", "░░░░░░░░░░   9%", "███████░░░  78%", "██████████ 100%"]
    assert bar(78, context(ascii=True)) == "#######---  78%"


def test_what_runs_has_progress_runtime_usual_and_the_time_left() -> None:
    told = said(with_jobs(running(4), *HISTORY), "running", "name", "progress", "runtime", "usual", "left")
    assert told == ["orders_to_redshift", "███████░░░  78%", "4m", "10m", "6m"]


def test_the_time_left_is_not_made_up() -> None:
    assert said(with_jobs(running(11), *HISTORY), "running", "left") == ["?"], "it is over its usual time"
    assert said(with_jobs(running(4), *HISTORY[:2]), "running", "left") == ["?"], "two runs say little"
    assert said(with_jobs(running(4)), "running", "usual") == ["–"]
    waits = running(4, status="queued", started_at=None)
    assert said(with_jobs(waits, *HISTORY), "running", "left", "progress") == ["–", "queued"]
    assert said(with_jobs(running(4, progress=None)), "running", "progress") == ["running"]


def test_what_is_slower_than_ever_is_marked() -> None:
    for minutes, tone in ((9, Tone.PLAIN), (11, Tone.WARN)):
        ctx = with_jobs(running(minutes), *HISTORY)
        found = listing(part(ctx, "running"))
        column = found.resource.column("runtime")
        assert column
        assert column.tone
        assert column.tone(found.items[0], ctx) is tone


def test_what_runs_is_longest_first_then_what_waits_each_with_its_sign() -> None:
    ctx = with_jobs(running(500, id=1, status="queued", started_at=None), running(5, id=2), running(50, id=3))
    blocks = part(ctx, "running")
    assert listed(blocks) == [3, 2, 1]
    found = listing(blocks)
    assert found.sign is not None
    assert [found.sign(item, ctx)[0] for item in found.items] == ["▶", "▶", "◷"]


def test_more_than_there_is_room_for_is_counted() -> None:
    jobs = [running(number, id=number) for number in range(1, 13)]
    blocks = part(with_jobs(*jobs), "running")
    assert listed(blocks) == [12, 11, 10, 9]
    assert text(blocks) == "and 8 more: 2 shows all"
    assert len(listed(part(with_jobs(*jobs[:5]), "running"))) == 5, "one more takes the line that would count it"
    high = parts_of(with_jobs(*jobs), seen=Seen(72))["running"]
    assert len(listed(high)) == 12, "a higher terminal shows more"
    assert Most.of(10_000) == Most(20, 20, 20)


def test_the_next_runs_overdue_ones_first_and_only_of_the_next_hours() -> None:
    schedules = [
        one("schedules", id=1, next_run_at=at(-60)),
        one("schedules", id=2, next_run_at=at(45)),
        one("schedules", id=3, next_run_at=at(-5)),
        one("schedules", id=4, next_run_at=at(90), status="disabled"),
        one("schedules", id=5, next_run_at=None),
        one("schedules", id=6, next_run_at=at(-13 * 60)),
    ]
    ctx = context(**{**EMPTY, "schedules": schedules})
    blocks = part(ctx, "upcoming")
    assert listed(blocks) == [2, 3, 1]
    assert said(ctx, "upcoming", "next", "every", "nodes", "reuse") == ["45m00 late", "2 hours", "4", "self"]
    found = listing(blocks)
    assert found.sign is not None
    assert [found.sign(item, ctx) for item in found.items] == [("◷", Tone.BAD), ("◷", Tone.WAIT), ("◷", Tone.WAIT)]
    far = context(**{**EMPTY, "schedules": schedules[-1:]})
    assert text(part(far, "upcoming")) == "Nothing in the next 12 hours; nightly_orders at 16:00."


def test_clusters_that_are_up_the_wasteful_one_first_and_what_they_burn() -> None:
    clusters = [
        one("clusters", id=1),
        one("clusters", id=2, status="terminated"),
        one("clusters", id=3, status="error"),
        one("clusters", id=4, name="adhoc-1", status="idle", running_jobs_count=0, idle_since=at(353)),
    ]
    ctx = context(**{**EMPTY, "clusters": clusters})
    blocks = part(ctx, "clusters")
    assert listed(blocks) == [4, 3, 1]
    assert said(ctx, "clusters", "name", "status", "burn", "idle") == ["adhoc-1", "idle", "4/h", "5h53m"]
    assert said(ctx, "clusters", "burn", row=1) == ["–"], "one in error burns nothing"
    assert text(blocks) == "8 node hours an hour, 4 of them idle and not ending"


def test_an_empty_part_has_one_helpful_line() -> None:
    parts = parts_of(context(**EMPTY))
    assert text(parts["running"]) == "No job runs or waits."
    assert text(parts["upcoming"]) == "No schedule is enabled: nothing runs by itself."
    assert text(parts["clusters"]) == "No cluster is up. A job needs one; a schedule creates its own."


def test_the_columns_of_the_parts_fit_80_cells() -> None:
    full = {**EMPTY, "jobs": [running(4)], "clusters": [one("clusters")], "schedules": [one("schedules")]}
    parts = parts_of(context(**full))
    for name, wanted in (
        ("running", {"name", "progress", "runtime", "usual", "left", "id"}),
        ("upcoming", {"name", "every", "nodes", "reuse", "next", "next_at"}),
        ("clusters", {"name", "status", "running", "queued", "burn", "up", "idle"}),
    ):
        found = listing(parts[name])
        assert wanted <= {column.name for column, _ in layout.fit(found.resource.columns, 76, gutter=0)}
