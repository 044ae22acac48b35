"""What can be done now about a job: which deeds fit it, to what they are done, and which connection is named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.resources.samples import at, context, one
from xplenty_tui.api.jobs import LogSummary
from xplenty_tui.core.declare import Act, Link, Row
from xplenty_tui.resources import BY_NAME
from xplenty_tui.resources.job_next import connections, known, rows


def deeds(job: Any, **kinds: Any) -> dict[str, str]:
    """Return the texts by what enter does: a command, or the kind to which it leads."""
    found: dict[str, str] = {}
    for row in rows(job, context(jobs=[job, *kinds.pop("others", ())], **kinds)):
        does = row.act.command if row.act is not None else row.link.kind if row.link is not None else ""
        found[does] = row.text
    return found


def test_of_a_failed_job() -> None:
    found = deeds(one("jobs"), clusters=[one("clusters")], schedules=[one("schedules")])
    assert found == {
        "jobs.again": "run again with the same variables, on nightly-4",
        "jobs.elsewhere": "run again on another cluster",
        "packages.validate": "validate package orders_to_redshift",
        "schedules": "open schedule nightly_orders · runs next in 1h05m",
    }
    assert deeds(one("jobs"))["jobs.again"] == "run again with the same variables", "its cluster is not up"


def test_what_is_done_to_another_item_names_it() -> None:
    acts = {row.act.command: row.act for row in rows(one("jobs"), context()) if row.act is not None}
    assert acts["packages.validate"] == Act("packages.validate", Link("packages", "7"))
    assert acts["jobs.again"].on is None


def test_of_a_running_job_and_of_one_that_completed() -> None:
    running = one("jobs", status="running", completed_at=None, creator=None)
    assert list(deeds(running)) == ["jobs.stop", "watch"]
    assert list(deeds(one("jobs", status="completed"))) == ["jobs.again", "jobs.elsewhere", "schedules"]
    assert deeds(one("jobs", status="levitating", creator=None)) == {}


@pytest.mark.parametrize(
    ("job", "cluster", "said"),
    [
        ({}, {"status": "idle", "idle_since": at(200), "running_jobs_count": 0}, "idle for 3h20m, will not end by"),
        ({}, {"status": "idle", "idle_since": at(200), "running_jobs_count": 0, "terminate_on_idle": True}, None),
        ({}, {"running_jobs_count": 2}, None),
        ({}, {"status": "terminated"}, None),
        ({"status": "running"}, {"running_jobs_count": 1}, "only this job is on it"),
        ({"status": "running"}, {"running_jobs_count": 2}, None),
    ],
)
def test_the_cluster_is_offered_where_it_burns_for_nothing_or_for_this_job_alone(
    job: dict[str, Any], cluster: dict[str, Any], said: str | None
) -> None:
    found = deeds(one("jobs", **job), clusters=[one("clusters", **cluster)])
    text = found.get("clusters.terminate")
    assert said in text if text is not None and said is not None else text is said, text


def test_a_cluster_that_another_job_waits_for_is_not_offered() -> None:
    idle = one("clusters", status="idle", idle_since=at(200), running_jobs_count=0)
    waiting = one("jobs", id=5, status="queued", completed_at=None)
    assert "clusters.terminate" in deeds(one("jobs"), clusters=[idle])
    assert "clusters.terminate" not in deeds(one("jobs"), clusters=[idle], others=[waiting])


def test_tries_that_are_left_are_said_before_somebody_runs_it_again() -> None:
    job = one("jobs", attempts=1)
    first = next(rows(job, context(jobs=[job])))
    assert first == Row("automatic retry has 2 tries left: it may run again by itself")
    later = one("jobs", id=90413, attempts=2, created_at=at(10))
    assert "tries left" not in next(rows(job, context(jobs=[job, later]))).text, "the next one has begun"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The IAM key of connection acme-raw bucket (id 53) no longer", {"53": "acme-raw bucket"}),
        ("invalid (connection CRM, id 7)", {"7": "CRM"}),
        ("Connection #44 timed out", {"44": ""}),
        ("connection id: 9 refused", {"9": ""}),
        ("connection reset by peer", {}),
        ("connection reset for user id 9", {}),
        ("lost the connection after 12 seconds", {}),
    ],
)
def test_connections_that_an_error_names(text: str, found: dict[str, str]) -> None:
    assert connections([text]) == found


def connection(type_: str, id_: int, name: str) -> Any:
    return BY_NAME["connections"].model.model_validate({"id": id_, "type": type_, "name": name})


def test_the_connection_comes_from_the_error_and_from_the_reading_of_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    job = one("jobs", errors="refused (connection CRM, id 7)")
    answers = {"summary": LogSummary(error_summary="Connection acme raw (id 53) no longer allows it.")}
    assert [(row.text, row.act) for row in known(job, answers, context())] == [
        ("list the connections: the error names CRM (7)", Act("section.connections")),
        ("list the connections: the error names acme raw (53)", Act("section.connections")),
    ], "they are not loaded"
    others = [connection("mysql", 7, "shop"), connection("salesforce", 7, "CRM"), connection("s3", 53, "renamed")]
    assert [(row.text, row.link) for row in known(job, answers, context(connections=others))] == [
        ("open connection CRM (7), which the error names", Link("connections", "salesforce/7")),
        ("open connection acme raw (53), which the error names", Link("connections", "s3/53")),
    ]
    nameless = one("jobs", errors="refused (connection id 7)")
    assert next(known(nameless, {}, context(connections=others))).act is not None, "two types have that number"
    assert len(list(known(job, {"summary": None}, context()))) == 1
    assert list(known(one("jobs", status="completed"), answers, context())) == []
    monkeypatch.delitem(BY_NAME, "connections")
    assert list(known(job, answers, context())) == [], "this program does not know connections"
