"""The triage page in every state: nothing yet, refused, stale, quiet, one failure, a storm."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.resources.samples import NOW, at, context, one
from tests.triage.nights import finding, hostile, idle, problem, recovered, storm
from tests.triage.situations import job
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.core.page import Block, Entry, Heading
from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.incidents import Incident
from xplenty_tui.triage.page import MORE, Seen, fold_of, headline, page, told
from xplenty_tui.triage.problem import Severity

EMPTY: dict[str, list[Any]] = {"jobs": [], "clusters": [], "schedules": [], "packages": []}
TALL = 36


class RefusedError(Exception):
    """Stands for an error of the wire, which has a sentence for a person."""

    sentence = "The server does not know this key."


def parts_of(ctx: Context, incidents: tuple[Incident, ...] = (), seen: Seen | None = None) -> dict[str, list[Block]]:
    """Return the blocks of every part by its name."""
    parts: dict[str, list[Block]] = {}
    for block in page(ctx, incidents, BY_NAME, seen or Seen(TALL)):
        if isinstance(block, Heading):
            parts[block.name] = []
        else:
            parts[list(parts)[-1]].append(block)
    return parts


def problems(ctx: Context, incidents: tuple[Incident, ...] = (), seen: Seen | None = None) -> list[Block]:
    return parts_of(ctx, incidents, seen)["problems"]


def entries(blocks: list[Block]) -> list[Entry]:
    return [block for block in blocks if isinstance(block, Entry)]


def text(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Row))


def said(ctx: Context, incidents: tuple[Incident, ...] = ()) -> tuple[str, str]:
    left, right = headline(ctx, incidents)
    return "".join(word for word, _ in left), "".join(word for word, _ in right)


def test_the_title_says_less_where_it_is_narrow_and_the_problems_stay_whole() -> None:
    ctx = context(jobs=[job(1, "running", 20), job(2, "queued", 10)])
    left, right = said(ctx)
    assert "1 running" in right and "1 queued" in right
    narrow = "".join(word for word, _ in headline(ctx, (), len(left) + len(right) + 2)[1])
    assert "running" not in narrow and "queued" not in narrow and "failed in 24 h" in narrow
    assert headline(ctx, (), len(left) + len(right) + 3) == headline(ctx, ())


def calm(ctx: Context) -> Entry:
    """Return the line that is said when there is no problem."""
    (entry,) = entries(problems(ctx))
    return entry


def many(count: int) -> Any:
    return finding(*(lambda now, nth=nth: problem(nth, now, nth) for nth in range(1, count + 1)))


def test_the_parts_are_in_their_order() -> None:
    assert list(parts_of(context())) == ["problems", "running", "upcoming", "clusters"]


def test_nothing_loaded_says_loading_and_never_looks_quiet() -> None:
    ctx = context()
    parts = parts_of(ctx)
    assert text(parts["problems"]) == "Loading jobs, clusters, schedules, packages …"
    for name, kind in (("running", "jobs"), ("upcoming", "schedules"), ("clusters", "clusters")):
        assert text(parts[name]) == f"Loading {kind} …"
    assert said(ctx) == ("Triage", "loading…")


def test_one_kind_that_loads_is_no_quiet_night() -> None:
    ctx = context(**{kind: items for kind, items in EMPTY.items() if kind != "schedules"})
    told_ = text(problems(ctx))
    assert calm(ctx).name == "No problem in what is known."
    assert calm(ctx).detail == "0 jobs, 0 clusters, 0 packages"
    assert "Loading schedules …" in told_
    assert said(ctx)[0] == "no problems known"


@pytest.mark.parametrize("kind", EMPTY)
def test_what_could_not_be_loaded_says_why_and_never_looks_quiet(kind: str) -> None:
    ctx = context(**{name: items for name, items in EMPTY.items() if name != kind})
    ctx.store.fail(kind, RefusedError())
    blocks = problems(ctx)
    assert calm(ctx).name == "No problem in what is known."
    why = f"The {kind} could not be loaded: The server does not know this key. R tries again."
    first = blocks[0]
    assert isinstance(first, Row)
    assert (first.text, first.tone) == (why, Tone.BAD)
    assert said(ctx)[0] != "no problems"


def test_what_failed_for_one_reason_is_said_once() -> None:
    ctx = context()
    for kind in EMPTY:
        ctx.store.fail(kind, RefusedError())
    why = "The server does not know this key. R tries again."
    parts = parts_of(ctx)
    assert text(parts["problems"]) == f"The jobs, clusters, schedules, packages could not be loaded: {why}"
    assert text(parts["running"]) == "Not known: the jobs could not be loaded."
    old = context(**EMPTY)
    for kind in EMPTY:
        old.store.fail(kind, RefusedError())
    assert "Jobs, clusters, schedules, packages: <1m old," in text(problems(old))


def test_what_is_stale_says_how_old_it_is_and_never_looks_quiet() -> None:
    ctx = context(**EMPTY)
    ctx.store.fail("jobs", RefusedError())
    later = replace(ctx, now=ctx.now.replace(minute=12))
    told_ = text(problems(later))
    assert calm(later).name == "No problem in what is known."
    assert "Jobs: 12m old, what happened since is not seen. R asks now." in told_
    hints = {block.name: block.hint for block in page(later, (), BY_NAME, Seen()) if isinstance(block, Heading)}
    assert hints == {"problems": "", "running": "stale", "upcoming": "", "clusters": ""}
    aged = replace(context(**EMPTY), aged=frozenset({"clusters"}))
    assert "Clusters: <1m old" in text(problems(aged))
    assert said(aged)[0] == "no problems known"


def test_a_quiet_night_says_what_was_looked_at_and_how_old_that_is() -> None:
    job = one("jobs", status="completed", created_at=at(500))
    ctx = context(**{**EMPTY, "jobs": [job], "clusters": [one("clusters")]})
    (entry,) = problems(ctx)
    assert isinstance(entry, Entry)
    assert (entry.name, entry.text) == ("Nothing needs you.", "Looked at less than a minute ago.")
    assert entry.sign == ("✓", Tone.GOOD)
    assert entry.detail == "1 job back to Sat 18:40, 1 cluster, 0 schedules, 0 packages"
    assert said(ctx) == ("no problems", "▶ 0 running  ◷ 0 queued  ✗ 0 failed in 24 h")
    assert calm(replace(ctx, now=ctx.now.replace(minute=7))).text == "Looked at 7m ago."


def test_what_recovered_leaves_the_night_quiet_and_comes_last() -> None:
    look = finding(lambda now: recovered(5, now))
    ctx = context(**EMPTY)
    blocks = problems(ctx, look(ctx))
    quiet, entry = entries(blocks)
    assert quiet.name == "Nothing needs you."
    assert entry.dim
    assert entry.sign == ("✓", Tone.DIM)
    assert blocks[-1] is entry
    assert said(ctx, look(ctx))[0] == "no problems, 1 recovered"


def test_a_problem_is_one_line_with_its_sign_since_when_and_a_second_line() -> None:
    ctx = context(**EMPTY)
    incidents = finding(lambda now: problem(90412, now), lambda now: idle("2214", now))(ctx)
    failed, burns = entries(problems(ctx, incidents))
    assert failed.sign == ("✗", Tone.BAD)
    assert (failed.name, failed.text) == ("orders_to_redshift", "failed 3 times in a row: Access Denied on s3")
    assert failed.ends == ("", "02:19", "41m")
    assert failed.detail == "job 90412 · last success 21 Nov 02:31"
    assert failed.link == Link("jobs", "90412")
    assert burns.sign == ("▲", Tone.WARN)
    assert burns.ends == ("", "Sat 21:07", "5h53m")
    plain = replace(ctx, ascii=True)
    assert [entry.sign[0] for entry in entries(problems(plain, incidents))] == ["x", "!"]


def test_the_title_counts_problems_causes_and_jobs() -> None:
    jobs = [
        one("jobs", id=1, completed_at=at(60), created_at=at(70)),
        one("jobs", id=2, completed_at=at(25 * 60), created_at=at(26 * 60)),
        one("jobs", id=3, status="running", completed_at=None),
        one("jobs", id=4, status="queued", completed_at=None, started_at=None),
    ]
    ctx = context(**{**EMPTY, "jobs": jobs})
    look = finding(lambda now: idle("7", now), lambda now: storm(now, 3), lambda now: recovered(90, now))
    incidents = look(ctx)
    assert said(ctx, incidents) == (
        "4 problems from 2 causes, 1 recovered",
        "▶ 1 running  ◷ 1 queued  ✗ 1 failed in 24 h",
    )
    assert headline(ctx, incidents)[0][0][1] is Tone.BAD
    only_idle = finding(lambda now: idle("7", now))(ctx)
    assert headline(ctx, only_idle)[0] == [("1 problem", Tone.WARN)]


def test_problems_that_are_known_before_the_jobs_are_counted() -> None:
    ctx = context(clusters=[])
    incidents = finding(lambda now: idle("7", now))(ctx)
    assert said(ctx, incidents) == ("1 problem", "loading…")
    ctx.store.fail("jobs", RefusedError())
    assert said(ctx, incidents) == ("1 problem", "jobs not loaded")


def test_what_is_not_loaded_is_not_said_to_be_well() -> None:
    ctx = context(**{**EMPTY, "jobs": [one("jobs", id=1, completed_at=at(60), created_at=at(70))]})
    ctx.store.paged("jobs", more=True, next_offset=100)
    assert "✗ 1+ failed in 24 h" in said(ctx)[1]
    assert "Jobs are loaded back to 01:50 only" in text(problems(ctx))
    ctx.store.put("jobs", [("2", one("jobs", id=2, completed_at=at(1800), created_at=at(1810)))], NOW)
    assert "✗ 1 failed in 24 h" in said(ctx)[1]
    assert "only" not in text(problems(ctx))


def test_a_storm_is_one_line_that_unfolds() -> None:
    ctx = context(**EMPTY)
    incidents = finding(storm)(ctx)
    (line,) = entries(problems(ctx, incidents))
    assert line.ends == ("×200", "02:39", "20m")
    assert line.open is False
    assert line.detail.startswith("one incident, 200 problems · first: load_000")
    assert len(line.holds) == 200, "a cursor on one of them stays here"
    key = fold_of(incidents[0])
    unfolded = entries(problems(ctx, incidents, Seen(TALL, frozenset({key}))))
    assert len(unfolded) == 201
    assert unfolded[0].open is True
    assert unfolded[0].key == line.key
    assert [entry.depth for entry in unfolded[:3]] == [0, 1, 1]
    assert told(incidents, key) == (incidents[0], incidents[0].problems[0])
    assert told(incidents, unfolded[5].key) == (incidents[0], incidents[0].problems[4])
    assert told(incidents, "nothing") is None
    (plain,) = entries(problems(replace(ctx, ascii=True), incidents))
    assert plain.ends[0] == "x200"


def test_many_problems_leave_room_for_the_other_parts_where_the_terminal_is_high_enough() -> None:
    ctx = context(**EMPTY)
    incidents = many(40)(ctx)
    shown = entries(problems(ctx, incidents, Seen(TALL)))
    assert len(shown) == 14
    last = shown[-1]
    assert (last.key, last.name, last.open) == (MORE, "27 more", False)
    assert len(last.holds) == 27
    unfolded = entries(problems(ctx, incidents, Seen(TALL, frozenset({MORE}))))
    assert len(unfolded) == 41
    assert (unfolded[-1].key, unfolded[-1].name) == (MORE, "show fewer")
    gone = Seen(TALL, frozenset({"incident that is over"}))
    assert len(entries(problems(ctx, incidents, gone))) == 14, "only what is unfolded now takes the room"
    low = entries(problems(ctx, incidents, Seen(20)))
    assert len(low) == 40, "in a low terminal problems come first, the rest is one key away"


def test_what_the_cursor_is_on_is_never_hidden() -> None:
    ctx = context(**EMPTY)
    incidents = many(40)(ctx)
    under = incidents[30].problems[0].key
    shown = entries(problems(ctx, incidents, Seen(TALL, under=under)))
    assert under in [entry.key for entry in shown]
    assert shown[-1].name == "9 more"


@pytest.mark.parametrize(
    ("count", "rows", "second"), [(7, TALL, True), (8, TALL, False), (3, 20, True), (4, 20, False)]
)
def test_second_lines_are_shown_where_there_is_room(count: int, rows: int, *, second: bool) -> None:
    ctx = context(**EMPTY)
    shown = entries(problems(ctx, many(count)(ctx), Seen(rows)))
    assert all(bool(entry.detail) is second for entry in shown)


def test_hostile_texts_stay_data() -> None:
    ctx = context(**EMPTY)
    shown = entries(problems(ctx, finding(hostile)(ctx)))
    assert len(shown) == 4
    assert {entry.sign for entry in shown} == {("✗", Tone.BAD)}
    assert shown[-1].ends == ("", "", ""), "since when is not known"


def test_a_note_is_neither_an_error_nor_over() -> None:
    ctx = context(**EMPTY)
    look = finding(lambda now: problem(1, now, severity=Severity.NOTE))
    (entry,) = entries(problems(ctx, look(ctx)))
    assert entry.sign == ("•", Tone.DIM)
    assert not entry.dim
