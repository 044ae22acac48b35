"""The plain triage page in every state: nothing yet, refused, quiet, a bad night."""

from __future__ import annotations

from typing import Any

from tests.resources.samples import NOW, at, context, one
from xplenty_tui.core import layout
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.page import Block, Heading, Listing
from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.summary import summary

EMPTY: dict[str, list[Any]] = {"jobs": [], "clusters": [], "schedules": []}


class RefusedError(Exception):
    """Stands for an error of the wire, which has a sentence for a person."""

    sentence = "The server does not know this key."


def page(ctx: Context) -> dict[str, list[Block]]:
    """Return the blocks of every part by its name; ``""`` holds what comes before the first heading."""
    parts: dict[str, list[Block]] = {"": []}
    name = ""
    for block in summary(ctx, BY_NAME):
        if isinstance(block, Heading):
            name = block.name
            parts[name] = []
        else:
            parts[name].append(block)
    return parts


def text(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Row))


def listed(blocks: list[Block]) -> list[int]:
    return [item.id for block in blocks if isinstance(block, Listing) for item in block.items]


def ended(number: int, status: str = "failed", minutes: float = 60) -> Any:
    return one("jobs", id=number, status=status, completed_at=at(minutes), created_at=at(minutes + 10))


def test_the_parts_are_in_their_order() -> None:
    titles = [block.title for block in summary(context(), BY_NAME) if isinstance(block, Heading)]
    assert titles == ["FAILED IN THE LAST DAY", "RUNNING NOW", "NEXT", "CLUSTERS"]


def test_nothing_loaded_says_loading_and_never_looks_empty() -> None:
    parts = page(context())
    assert text(parts[""]) == "…"
    for name, kind in (("failed", "jobs"), ("running", "jobs"), ("next", "schedules"), ("clusters", "clusters")):
        assert text(parts[name]) == f"Loading {kind} …"


def test_what_could_not_be_loaded_says_why_and_never_looks_empty() -> None:
    ctx = context(jobs=[ended(1)], clusters=[])
    ctx.store.fail("schedules", RefusedError())
    ctx.store.fail("jobs", RefusedError())
    parts = page(ctx)
    assert text(parts["next"]) == (
        "The schedules could not be loaded: The server does not know this key. R tries again."
    )
    assert isinstance(parts["next"][0], Row)
    assert parts["next"][0].tone is Tone.BAD
    assert listed(parts["failed"]) == [1], "what was known stays"
    hints = {block.name: block.hint for block in summary(ctx, BY_NAME) if isinstance(block, Heading)}
    assert hints == {"failed": "stale", "running": "stale", "next": "", "clusters": ""}


def test_a_quiet_night_has_one_helpful_line_in_every_part() -> None:
    parts = page(context(**EMPTY))
    assert text(parts[""]) == "▶ 0 running   ◷ 0 waiting   ✗ 0 failed in 24 h   ■ 0 stopped in 24 h"
    assert text(parts["failed"]) == "Nothing failed."
    assert text(parts["running"]) == "No job runs or waits."
    assert text(parts["next"]) == "No schedule is enabled: nothing runs by itself."
    assert text(parts["clusters"]) == "No cluster is up. A job needs one; a schedule creates its own."
    assert all(len(blocks) == 1 for blocks in parts.values())


def test_the_counts() -> None:
    jobs = [
        ended(1),
        ended(2, minutes=23 * 60),
        ended(3, minutes=25 * 60),
        ended(4, "stopped"),
        ended(5, "completed"),
        one("jobs", id=6, status="running", completed_at=None),
        one("jobs", id=7, status="stopping", completed_at=None),
        one("jobs", id=8, status="queued", completed_at=None, started_at=None),
        one("jobs", id=9, status="levitating", completed_at=None),
    ]
    ctx = context(**{**EMPTY, "jobs": jobs})
    assert text(page(ctx)[""]) == "▶ 2 running   ◷ 1 waiting   ✗ 2 failed in 24 h   ■ 1 stopped in 24 h"
    plain = context(ascii=True, **{**EMPTY, "jobs": jobs})
    assert text(page(plain)[""]) == "> 2 running   . 1 waiting   x 2 failed in 24 h   # 1 stopped in 24 h"


def test_failures_newest_first_ten_at_most() -> None:
    jobs = [ended(number, minutes=number) for number in range(1, 23)]
    failed = page(context(**{**EMPTY, "jobs": jobs[::-1]}))["failed"]
    assert listed(failed) == list(range(1, 11))
    assert text(failed) == "and 12 more: 2 then /status:failed"


def test_what_is_not_loaded_is_not_said_to_be_well() -> None:
    ctx = context(**{**EMPTY, "jobs": [ended(1)]})
    ctx.store.paged("jobs", more=True, next_offset=100)
    parts = page(ctx)
    assert "✗ 1+ failed in 24 h" in text(parts[""])
    assert "do not reach back a whole day" in text(parts["failed"])
    ctx.store.put("jobs", [("2", ended(2, "completed", minutes=30 * 60))], NOW)
    parts = page(ctx)
    assert "✗ 1 failed in 24 h" in text(parts[""])
    assert text(parts["failed"]) == ""


def test_a_failure_without_an_end_counts_by_its_last_change() -> None:
    job = one("jobs", completed_at=None, failed_at=None, updated_at=at(5))
    assert listed(page(context(**{**EMPTY, "jobs": [job]}))["failed"]) == [90412]


def test_what_runs_is_longest_first_then_what_waits() -> None:
    jobs = [
        one("jobs", id=1, status="queued", started_at=None, created_at=at(500)),
        one("jobs", id=2, status="running", started_at=at(5)),
        one("jobs", id=3, status="running", started_at=at(50)),
    ]
    running = page(context(**{**EMPTY, "jobs": jobs}))["running"]
    assert listed(running) == [3, 2, 1]


def test_the_next_runs_overdue_ones_first() -> None:
    schedules = [
        one("schedules", id=1, next_run_at=at(-60)),
        one("schedules", id=2, next_run_at=at(45)),
        one("schedules", id=3, next_run_at=at(-5)),
        one("schedules", id=4, next_run_at=at(90), status="disabled"),
        one("schedules", id=5, next_run_at=None),
    ]
    ctx = context(**{**EMPTY, "schedules": schedules})
    blocks = page(ctx)["next"]
    assert listed(blocks) == [2, 3, 1]
    (listing,) = blocks
    assert isinstance(listing, Listing)
    column = listing.resource.column(listing.columns[0])
    assert column and column.show and column.tone
    assert column.show(column.value(listing.items[0], ctx), ctx) == "45m00 late"
    assert column.tone(listing.items[0], ctx) is Tone.BAD


def test_many_schedules_are_cut_but_never_the_late_ones() -> None:
    schedules = [one("schedules", id=number, next_run_at=at(-number)) for number in range(1, 10)]
    schedules += [one("schedules", id=100 + number, next_run_at=at(100 + number)) for number in range(4)]
    blocks = page(context(**{**EMPTY, "schedules": schedules}))["next"]
    assert listed(blocks) == [103, 102, 101, 100, 1, 2, 3, 4, 5]
    assert text(blocks) == "and 4 more: 4 shows all"


def test_clusters_that_are_up_the_wasteful_one_first_with_a_warning() -> None:
    clusters = [
        one("clusters", id=1),
        one("clusters", id=2, status="terminated"),
        one("clusters", id=3, status="error"),
        one("clusters", id=6, status="idle", running_jobs_count=0, idle_since=at(20)),
        one("clusters", id=4, name="adhoc-1", status="idle", running_jobs_count=0, idle_since=at(353)),
        one("clusters", id=5, status="idle", running_jobs_count=0, idle_since=at(9), terminate_on_idle=True),
    ]
    blocks = page(context(**{**EMPTY, "clusters": clusters}))["clusters"]
    warning = blocks[0]
    assert isinstance(warning, Row)
    assert warning.text == ("cluster adhoc-1 idle for 5h53m, will not terminate: about 23.5 node hours")
    assert (warning.tone, warning.link, warning.bullet) == (Tone.WARN, Link("clusters", "4"), "▲")
    assert listed(blocks) == [4, 6, 3, 5, 1]


def test_columns_of_the_listings_exist_and_fit_80_cells() -> None:
    full = {
        "jobs": [ended(1), one("jobs", id=2, status="running")],
        "clusters": [one("clusters")],
        "schedules": [one("schedules")],
    }
    listings = [block for block in summary(context(**full), BY_NAME) if isinstance(block, Listing)]
    assert len(listings) == 4
    for listing in listings:
        columns = [column for name in listing.columns if (column := listing.resource.column(name))]
        assert len(columns) == len(listing.columns)
        shown = [column.name for column, _ in layout.fit(columns, 80)]
        assert set(listing.columns) - set(shown) <= {"by"}
