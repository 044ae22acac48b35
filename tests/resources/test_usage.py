"""Node hours: what is counted, to which day and package they go, and what the price is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.resources.samples import NOW, at, context, decode, items_of, one
from xplenty_tui.api.billing import Subscription
from xplenty_tui.core.declare import Context, Row
from xplenty_tui.core.widths import cells
from xplenty_tui.resources import BY_NAME
from xplenty_tui.resources.node_price import price_of
from xplenty_tui.resources.usage import limiting, usage
from xplenty_tui.resources.usage_lines import BAR, NAME, bar
from xplenty_tui.resources.usage_page import page
from xplenty_tui.resources.usage_spans import by_day, span_of


def cluster(id_: int = 1, begin: float = 240, end: float | None = None, **more: Any) -> Any:
    """Return a cluster of 4 nodes that was available from and to so many minutes before NOW."""
    times = {"available_since": at(begin), "created_at": at(begin + 10)}
    over = {"terminated_at": at(end), "status": "terminated"} if end is not None else {}
    return one("clusters", **{"id": id_, "name": f"c{id_}", **times, **over, **more})


def job(id_: int, begin: float, end: float | None, package: int = 7, on: int = 1, **more: Any) -> Any:
    times = {"created_at": at(begin), "started_at": at(begin), "completed_at": None if end is None else at(end)}
    how = {"id": id_, "status": "running" if end is None else "completed", "cluster_id": on, "package_id": package}
    return one("jobs", **{**how, **times, "package": {"id": package, "name": f"p{package}"}, **more})


def reaching(ctx: Context, *kinds: str) -> Context:
    """Let the server have older ones than those that are loaded."""
    for kind in kinds:
        ctx.store.paged(kind, more=True, next_offset=100)
    return ctx


def shares(ctx: Context) -> dict[str, float]:
    found = usage(ctx)
    total = {key: round(share.hours, 6) for key, share in found.packages}
    assert sum(total.values()) + found.idle + found.unknown == pytest.approx(found.hours), "nothing is lost or doubled"
    return {**total, "idle": round(found.idle, 6), "unknown": round(found.unknown, 6)}


# Clusters.


def test_a_cluster_that_is_up_costs_until_now_and_one_that_ended_until_then() -> None:
    found = usage(context(clusters=[cluster(1, 240), cluster(2, 240, 120)], jobs=[]))
    assert [(span.cluster.id, span.hours) for span in found.spans] == [(1, 16.0), (2, 8.0)]
    assert found.hours == 24.0 and found.whole and found.begin == NOW - timedelta(hours=4)


@pytest.mark.parametrize(
    ("changes", "untimed"),
    [
        ({"available_since": None, "status": "creating"}, False),
        ({"available_since": None, "status": "terminated", "terminated_at": at(5)}, False),
        ({"available_since": None, "status": "available"}, True),
        ({"status": "terminated"}, True),
        ({"status": "error"}, True),
        ({"status": "flying"}, True),
        ({"nodes": None}, True),
        ({"nodes": 0, "status": "terminated", "terminated_at": at(5)}, False),
        ({"available_since": "0001-01-01T00:00:00Z"}, True),
        ({"available_since": "9999-12-31T23:59:59Z"}, True),
    ],
)
def test_what_cannot_be_counted_is_said_unless_it_never_came_up(changes: dict[str, Any], untimed: bool) -> None:
    found = usage(context(clusters=[cluster(**changes)], jobs=[]))
    assert not found.spans and found.hours == 0 and found.begin is None
    assert [one.id for one in found.untimed] == ([1] if untimed else [])


def test_a_cluster_in_error_that_was_terminated_has_its_hours() -> None:
    assert span_of(cluster(status="error", terminated_at=at(60)), NOW) is not None
    assert span_of(cluster(status="terminating"), NOW) is not None


def test_the_latest_number_of_nodes_counts_for_the_whole_time() -> None:
    """Earlier numbers are not told: after a change from 4 to 8 the estimate is that of 8."""
    ctx = context(clusters=[cluster()], jobs=[])
    assert usage(ctx).hours == 16.0
    ctx.store.put("clusters", [("1", cluster(nodes=8))], NOW)
    assert usage(ctx).hours == 32.0


def test_nothing_is_counted_from_before_what_is_loaded() -> None:
    """A cluster that was up before may have had company that is not loaded: sums over such a time would be wrong."""
    old = cluster(1, 600, created_at=at(120))
    ctx = reaching(context(clusters=[old, cluster(2, 60)], jobs=[]), "clusters")
    found = usage(ctx)
    assert not found.whole and found.begin == NOW - timedelta(minutes=120)
    assert {span.cluster.id: span.hours for span in found.spans} == {1: 8.0, 2: 4.0}


def test_a_sandbox_counts_but_has_no_price() -> None:
    found = usage(context(clusters=[cluster(1), cluster(2, type="sandbox", nodes=1)], jobs=[]))
    assert (found.hours, found.production) == (20.0, 16.0)


# Days.


def test_hours_go_to_the_days_of_the_persons_zone() -> None:
    span = span_of(cluster(begin=240, end=0), NOW)  # 23:00 to 03:00 UTC
    assert span is not None
    assert list(by_day([span], UTC)) == [(date(2026, 3, 1), 12.0), (date(2026, 2, 28), 4.0)]
    assert list(by_day([span], ZoneInfo("Asia/Tokyo"))) == [(date(2026, 3, 1), 16.0)]


def test_days_between_have_none_and_long_days_have_25_hours() -> None:
    zone = ZoneInfo("Europe/Berlin")
    begin, end = (datetime(2026, 10, day, 12, tzinfo=UTC) for day in (24, 26))
    times = {"available_since": begin.isoformat(), "terminated_at": end.isoformat(), "status": "terminated"}
    long = span_of(cluster(nodes=1, **times), end)
    assert long is not None
    assert dict(by_day([long], zone)) == {date(2026, 10, 26): 13.0, date(2026, 10, 25): 25.0, date(2026, 10, 24): 10.0}
    spans = [span_of(cluster(1, 6000, 5940), NOW), span_of(cluster(2, 60), NOW)]
    days = list(by_day([span for span in spans if span], UTC))
    assert [day for day, _ in days] == sorted((day for day, _ in days), reverse=True)
    assert [hours for _, hours in days] == [4.0, 0.0, 0.0, 0.0, 0.0, 4.0]


def test_no_clusters_have_no_days() -> None:
    assert list(by_day([], UTC)) == []


# Packages.


def test_a_job_alone_has_all_nodes_and_the_rest_is_idle() -> None:
    assert shares(context(clusters=[cluster()], jobs=[job(1, 120, 60)])) == {"7": 4.0, "idle": 12.0, "unknown": 0.0}


def test_jobs_that_share_a_cluster_share_the_time_in_which_both_ran() -> None:
    jobs = [job(1, 180, 60, 7), job(2, 120, 0, 8)]
    # 4 nodes: 1 h of 7 alone, 1 h of both, 1 h of 8 alone, 1 h of nobody
    assert shares(context(clusters=[cluster()], jobs=jobs)) == {"7": 6.0, "8": 6.0, "idle": 4.0, "unknown": 0.0}


def test_two_runs_of_one_package_at_the_same_time_are_not_counted_twice() -> None:
    ctx = context(clusters=[cluster()], jobs=[job(1, 120, 60), job(2, 120, 60)])
    assert shares(ctx) == {"7": 4.0, "idle": 12.0, "unknown": 0.0}
    assert usage(ctx).packages[0][1].runs == {1, 2}


def test_one_that_still_runs_counts_until_now_and_what_waits_has_none() -> None:
    waits = job(2, 30, None, 8, status="queued", started_at=None)
    assert shares(context(clusters=[cluster()], jobs=[job(1, 60, None), waits])) == {
        "7": 4.0,
        "idle": 12.0,
        "unknown": 0.0,
    }


def test_a_job_of_another_cluster_or_outside_its_time_has_none() -> None:
    jobs = [job(1, 60, 0, on=2), job(2, 900, 800), job(3, 300, 180, 8)]
    assert shares(context(clusters=[cluster()], jobs=jobs)) == {"8": 4.0, "idle": 12.0, "unknown": 0.0}


def test_failed_runs_are_told_apart() -> None:
    jobs = [job(1, 120, 60), job(2, 60, 30, status="failed")]
    share = dict(usage(context(clusters=[cluster()], jobs=jobs)).packages)["7"]
    assert (share.hours, share.failed) == (6.0, 2.0)


def test_before_the_loaded_jobs_nothing_is_called_idle() -> None:
    ctx = reaching(context(clusters=[cluster()], jobs=[job(1, 60, 30)]), "jobs")
    assert shares(ctx) == {"7": 2.0, "idle": 2.0, "unknown": 12.0}
    assert usage(ctx).jobs_begin == NOW - timedelta(hours=1)


def test_packages_and_clusters_are_sorted_by_hours() -> None:
    jobs = [job(1, 200, 190, 7), job(2, 180, 60, 8), job(3, 50, 20, 9)]
    found = usage(context(clusters=[cluster(1), cluster(2, 400)], jobs=jobs))
    assert [key for key, _ in found.packages] == ["8", "9", "7"]
    assert [span.cluster.id for span in found.spans] == [2, 1]


def test_a_job_of_a_package_that_nobody_tells_is_not_known() -> None:
    bare = decode(
        "jobs", {"id": 5, "status": "completed", "started_at": at(60), "completed_at": at(0), "cluster_id": 1}
    )
    assert shares(context(clusters=[cluster()], jobs=[bare])) == {"idle": 12.0, "unknown": 4.0}


def test_nothing_that_a_server_may_send_breaks_it() -> None:
    ctx = context(**{kind: items_of(BY_NAME[kind]) for kind in ("clusters", "jobs")})
    usage(ctx)
    for item in items_of(BY_NAME["jobs"]):
        usage(context(clusters=[cluster(2214)], jobs=[item]))


# What is loaded, and the price.


def test_what_reaches_back_less_limits() -> None:
    ctx = context(clusters=[cluster(1, 600)], jobs=[job(1, 60, 30)])
    assert limiting(ctx) is None
    assert limiting(reaching(ctx, "clusters")) == "clusters"
    assert limiting(reaching(ctx, "jobs")) == "jobs"


def plan(id_: Any = "pro", **changes: Any) -> Any:
    return one("plans", id=id_, **changes)


def test_the_price_is_that_of_the_accounts_plan() -> None:
    price, why = price_of(Subscription(plan_id="pro"), [plan("free", cluster_node_price_cents=0), plan()])
    assert price is not None and not why
    assert (price.cents, price.currency, price.included, price.told_by) == (50.0, "USD", 100.0, "plan Pro")
    assert price.of(10) == 5.0


def test_a_plan_that_is_not_told_has_the_price_that_all_plans_have() -> None:
    price, _ = price_of(Subscription(plan_id=4), [plan("a"), plan("b", cluster_node_hours_included=7)])
    assert price is not None and (price.cents, price.included, price.told_by) == (50.0, 0.0, "every plan")
    price, why = price_of(Subscription(plan_id=4), [plan("a"), plan("b", cluster_node_price_cents=60)])
    assert price is None and why == "plan 4 is not among the plans that are told"


@pytest.mark.parametrize(
    ("plan_id", "changes", "why"),
    [
        (None, {}, "the subscription names no plan"),
        ("pro", {"cluster_node_price_cents": 0}, "plan Pro names no price for a node hour"),
        ("pro", {"cluster_node_price_cents": None}, "plan Pro names no price for a node hour"),
        ("pro", {"cluster_node_price_cents": float("nan")}, "plan Pro names no price for a node hour"),
        ("pro", {"cluster_node_price_unit": "month"}, "plan Pro names no price for a node hour"),
    ],
)
def test_where_no_price_is_told_it_is_said_why(plan_id: Any, changes: dict[str, Any], why: str) -> None:
    assert price_of(Subscription(plan_id=plan_id), [plan(**changes)]) == (None, why)
    assert price_of(None, []) == (None, "the subscription names no plan")


# The page.


def lines(ctx: Context, price: Any = None, why: str = "") -> list[str]:
    return [f"{one.label} {one.text}".strip() for one in page(ctx, price, why) if isinstance(one, Row)]


def test_bars_are_as_long_as_their_part_and_what_is_not_nothing_is_seen() -> None:
    assert [len(bar(part, ascii_)) for part in (0, 0.001, 0.5, 1, 7) for ascii_ in (True, False)] == [BAR] * 10
    assert (bar(0, False).strip(), bar(0.001, False).strip(), bar(1, False)) == ("", "▏", "█" * BAR)
    assert (bar(0, True).strip(), bar(0.001, True).strip(), bar(1, True), bar(0.5, True).strip()) == (
        "",
        "#",
        "#" * BAR,
        "#" * (BAR // 2),
    )


def test_the_rest_of_each_part_is_added_up() -> None:
    clusters = [cluster(number, 120, 60) for number in range(1, 12)]
    jobs = [job(number, 120, 120 - number, number, on=1) for number in range(1, 16)]
    said = lines(context(clusters=clusters, jobs=jobs))
    assert any(line.startswith("3 clusters more") and line.split()[-2:] == ["12", "27%"] for line in said), said
    assert any(line.startswith("3 packages more") for line in said)
    total = sum(share.hours for _, share in usage(context(clusters=clusters, jobs=jobs)).packages)
    assert total == pytest.approx(1.0)


def test_the_page_says_what_is_not_counted_and_what_is_still_coming() -> None:
    ctx = context(clusters=[cluster(nodes=None), cluster(2, 60)], jobs=[])
    assert "Not counted, because their times or nodes are not told: c1." in lines(ctx)
    assert "Asking for the price (2 credits) …" in lines(ctx)
    assert "No price: the subscription names no plan." in lines(ctx, None, "the subscription names no plan")
    assert lines(context(jobs=[])) == ["Loading clusters …"]


def test_sandboxes_have_no_price_in_their_line() -> None:
    price, _ = price_of(Subscription(plan_id="pro"), [plan()])
    both = [cluster(1), cluster(2, type="sandbox", nodes=1)]
    said = lines(context(clusters=both, jobs=[]), price)
    assert any(line.startswith("c1 ") and " 8.00 4 × 4h00m, up" in line for line in said), said
    assert any(line.startswith("c2 ") and " sandbox 1 × 4h00m, up" in line for line in said), said
    assert any(line.startswith("About 8.00 USD at 0.50 a node hour by plan Pro, without sandboxes") for line in said)
    assert any(
        line.startswith("c2 ") and "1 × 4h00m, sandbox, up" in line for line in lines(context(clusters=both, jobs=[]))
    )


def test_every_line_of_figures_fits_80_cells() -> None:
    """Beside label and link sign: three cells before, two between, two behind, and the bar of the scroll."""
    price, _ = price_of(Subscription(plan_id="pro"), [plan()])
    many = [job(number, 240, 230, number % 3) for number in range(300)]
    many += [job(900 + number, 230, 1, 9, status="failed") for number in range(100)]
    ctx = context(clusters=[cluster(name="cluster-with-a-long-name-12", begin=9000, nodes=20)], jobs=many)
    figures = [one for one in page(ctx, price, "") if isinstance(one, Row) and one.label]
    assert len(figures) > 8
    assert max(NAME + cells(one.text) for one in figures) + 3 + 2 + 2 + 1 <= 80
