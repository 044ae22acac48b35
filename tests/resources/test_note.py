"""The incident note: what is in it, that no secret is, and that no text of the API becomes markup."""

from __future__ import annotations

import re
from datetime import timedelta, timezone
from typing import Any

import pytest

from tests.resources.samples import FAR_EAST, FULL, NOW, at, context, items_of, one
from xplenty_tui.core.declare import Row
from xplenty_tui.core.journal import Entry, Outcome
from xplenty_tui.resources import BY_NAME
from xplenty_tui.resources.note import ERROR_LINES, KINDS, file_name, note
from xplenty_tui.resources.note_facts import Extra

PLANTED = "Pl4nted-s3cret"
GOOD: dict[str, Any] = {
    "id": 90301,
    "status": "completed",
    "errors": "",
    "created_at": at(1500),
    "started_at": at(1499),
    "completed_at": at(1490),
    "variables": {"InputPath": "'/yesterday'", "db_password": "other", "Old": "1"},
    "cluster_id": 2213,
    "cluster": {"id": 2213, "name": "nightly-3", "status": "terminated", "nodes": 2},
}


def all_of(**changes: Any) -> Any:
    jobs = [one("jobs", **changes.pop("job", {})), one("jobs", **GOOD)]
    return context(jobs=jobs, clusters=[one("clusters")], schedules=[one("schedules")], packages=[one("packages")])


def of_job(extra: Extra | None = None, **changes: Any) -> str:
    ctx = all_of(job=changes)
    return note("jobs", ctx.store.get("jobs", 90412), ctx, extra)


def entry(action: str, outcome: Outcome, minutes: float, kind: str = "jobs", key: str = "90412", **more: Any) -> Entry:
    told = {"account": "acme", "sentence": f"{action} is {outcome}.", "label": "it", **more}
    return Entry(at=NOW - timedelta(minutes=minutes), action=action, outcome=outcome, kind=kind, key=key, **told)


def part(text: str, title: str) -> str:
    found = re.search(rf"^## {title}\n\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, text
    return found[1]


def test_a_failed_job_says_what_when_where_and_why() -> None:
    text = of_job(Extra(problems=["failed 3 times in a row"], profile="prod"))
    assert text.startswith(
        "# Job `90412 orders_to_redshift`: `failed`\n\nAccount `acme/prod`, written 2026-03-01 03:00"
    )
    facts = part(text, "Facts")
    for said in (
        "- created: 2026-03-01 02:14:00 UTC",
        "- ended: 2026-03-01 02:26:07 UTC",
        "- runtime: 12m04, usual 12m04, p95 12m04",
        "- started by: `nightly_orders`",
        "- retries: 3 of 3",
        "- cluster: `2214 nightly-4`, `available`, 4 nodes",
        "- package: `7 orders_to_redshift`",
    ):
        assert said in facts.splitlines(), said
    assert "ListBucket is not allowed." in part(text, "Error")
    assert "- `failed 3 times in a row`" in part(text, "Problem")
    assert part(text, "Links").splitlines()[:2] == [
        "- job: <https://xplenty.example/acme/jobs/90412>",
        "- cluster: <https://xplenty.example/acme/clusters/2214>",
    ]
    runs = part(text, "Runs").splitlines()
    assert runs[0].endswith("`90412` `failed`, 12m04, retry 3") and "`90301` `completed`" in runs[1]


def test_times_are_told_in_utc_and_on_the_persons_clock() -> None:
    job = one("jobs")
    text = note("jobs", job, context(zone=FAR_EAST, jobs=[job]))
    assert "- created: 2026-03-01 02:14:00 UTC (2026-03-01 16:14:00 UTC+14:00)" in text
    text = note("jobs", job, context(zone=timezone(timedelta(0), "GMT"), jobs=[job]))
    assert "- created: 2026-03-01 02:14:00 UTC\n" in text, "the same time is told once"


def test_what_changed_since_the_last_success() -> None:
    changed = part(of_job(), "Changed since the last success")
    for said in (
        "- `since`: `job 90301 · 2026-02-28 02:01:00 UTC (1d ago)`",
        "- `variable`: `InputPath: '/yesterday' -> '/today'`",
        "- `variable`: `db_password changed (masked)`",
        "- `variable`: `Old: 1 -> not set`",
        "- `cluster`: `nightly-3 -> nightly-4`",
        "- `nodes`: `2 -> 4`",
    ):
        assert said in changed.splitlines(), said
    assert "`package`" not in changed and "until" not in changed


def test_a_package_that_was_updated_since_is_said() -> None:
    ctx = context(jobs=[one("jobs"), one("jobs", **GOOD)], packages=[one("packages", updated_at=at(60))])
    told = "- `package`: `as it was then -> updated 2026-03-01 02:00:00 UTC`"
    assert told in note("jobs", one("jobs"), ctx).splitlines()


def test_nothing_changed_and_no_success_are_said_too() -> None:
    same = one("jobs", id=1, status="completed", created_at=at(900))
    text = note("jobs", one("jobs"), context(jobs=[one("jobs"), same]))
    assert "- `the same`: `variables, cluster, nodes, started by, runtime`" in text.splitlines()
    alone = note("jobs", one("jobs"), context(jobs=[one("jobs")]))
    assert "- `since`: `no successful run of the package is loaded`" in alone.splitlines()


def test_what_somebody_else_worked_out_is_taken_instead() -> None:
    text = of_job(Extra(changed=[Row("4 -> 8", "nodes")]))
    assert part(text, "Changed since the last success") == "- `nodes`: `4 -> 8`\n\n"


def test_the_journal_of_the_job_and_of_what_it_hangs_on_oldest_first() -> None:
    entries = [
        entry("jobs.again", Outcome.DONE, 5),
        entry("jobs.again", Outcome.ASKED, 5.1),
        entry("clusters.edit", Outcome.REFUSED, 9, "clusters", "2214"),
        entry("jobs.stop", Outcome.ASKED, 2),
        entry("jobs.stop", Outcome.DONE, 3, key="1"),
        entry("jobs.stop", Outcome.DONE, 3, account="other"),
    ]
    lines = part(of_job(Extra(entries=entries)), "Done so far").strip().splitlines()
    assert [re.findall(r"`(\S+) it` (\w+)", line)[0] for line in lines] == [
        ("clusters.edit", "refused"),
        ("jobs.again", "done"),
        ("jobs.stop", "asked"),
    ]
    assert lines[0].startswith("- 2026-03-01 02:51:00 UTC: ") and lines[0].endswith("`clusters.edit is refused.`")


def test_no_secret_is_in_it() -> None:
    """Planted in variables of every kind, in the error, in an address, in the journal and in what triage says."""
    error = (
        f'cannot log in with {PLANTED}-1\nftp://etl:{PLANTED}-2@h/x\nkey={PLANTED}-3 "token": "{PLANTED}-4"\n'
        f"Authorization: Bearer {PLANTED}-5"
    )
    jobs = one(
        "jobs",
        errors=error,
        variables={"db_password": f"{PLANTED}-1", "nested": {"a": [{"secret": f"{PLANTED}-6"}]}},
        dynamic_variables={"api_key": f"'{PLANTED}-7'"},
        html_url=f"https://u:{PLANTED}-8@xplenty.example/jobs/1",
    )
    task = {"packages": [{"package_id": "7", "variables": {"apiToken": f"'{PLANTED}-9'"}}]}
    ctx = context(
        jobs=[jobs, one("jobs", **{**GOOD, "variables": {"db_password": f"{PLANTED}-10"}})],
        schedules=[one("schedules", task=task)],
        packages=[one("packages", variables={"AWS_SECRET_ACCESS_KEY": f"{PLANTED}-11"}, description=f"{PLANTED}-7")],
        clusters=[one("clusters")],
    )
    said = f"failed: {PLANTED}-7 {PLANTED}-9 {PLANTED}-11 {PLANTED}-6"
    extra = Extra(problems=[said], entries=[entry("jobs.again", Outcome.FAILED, 1, sentence=said)])
    for kind in KINDS:
        item = ctx.store.good(kind)[0]
        text = note(kind, item, ctx, extra)
        assert "nted-s3cret" not in text, text
    assert note("jobs", jobs, ctx, extra).count("********") > 10


HOSTILE = (
    "](http://evil) ![x](http://evil/i.png) <script>x</script> @all #1 **b** `` ` ``` http://evil\n```\n# head\n|a|"
)


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_the_api_is_never_markup(kind: str) -> None:
    changes: dict[str, Any] = {"name": HOSTILE, "status": HOSTILE, "html_url": HOSTILE, "description": HOSTILE}
    package = {"id": 7, "name": HOSTILE}
    creator = {"type": "Schedule", "id": 3, "display_name": HOSTILE}
    variables = {HOSTILE: HOSTILE}
    job = one("jobs", package=package, creator=creator, variables=variables, errors=HOSTILE, status=HOSTILE)
    failed = one("jobs", id=1, errors=HOSTILE, package=package)
    item = job if kind == "jobs" else one(kind, **changes)
    beside = {kind: [item], "jobs": [job, failed]}
    extra = Extra(
        problems=[HOSTILE], changed=[Row(HOSTILE, HOSTILE)], entries=[entry("x", Outcome.DONE, 1, sentence=HOSTILE)]
    )
    assert inert(note(kind, item, context(**beside), extra))


def inert(text: str) -> bool:
    """Tell whether all that is hostile stands in code: take code away as Markdown reads it, and look at the rest."""
    lines, fence = [], ""
    for line in text.splitlines():
        mark = re.match(r"(`{3,})(?:text)?$", line)
        if fence:
            fence = "" if mark and mark[1] == fence and line == fence else fence
        elif mark:
            fence = mark[1]
        else:
            lines.append(line)
    assert not fence, "every block ends"
    rest = "\n".join(re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", line) for line in lines)
    return not re.search(r"evil|script|@all|\*\*|head|!\[|`", rest)


def test_what_is_not_in_code_is_seen_by_this_test() -> None:
    assert not inert("see ![x](http://evil)") and not inert("```text\na\n```\nhttp://evil") and inert("``a ` evil``")


def test_a_long_error_is_cut_and_says_so() -> None:
    text = of_job(errors="\n".join(f"line {number}" for number in range(500)))
    assert f"line {ERROR_LINES - 1}\n" in text and f"line {ERROR_LINES}\n" not in text
    assert "(cut: the log has all of it)" in text
    assert "(cut" in of_job(errors="x" * 100_000) and len(of_job(errors="x" * 100_000)) < 9000


def test_a_failure_without_a_reason_says_so() -> None:
    assert part(of_job(errors=""), "Error") == "The service gave no reason.\n\n"
    assert "## Error" not in of_job(status="running", errors="")


def test_clusters_schedules_and_packages_have_their_own_facts() -> None:
    ctx = all_of()
    cluster = note("clusters", one("clusters"), ctx)
    assert "- node hours: about 16 (estimate)" in cluster and "- terminates when idle: no" in cluster
    assert "Of job `90412 orders_to_redshift`:" in cluster
    schedule = note("schedules", one("schedules"), ctx)
    assert "- every: `2 hours`" in schedule and "- runs package: `7 orders_to_redshift`" in schedule
    late = note("schedules", one("schedules", next_run_at=at(30)), ctx)
    assert "- overdue by 30m00" in late
    assert "- usual runtime: 12m04, p95 12m04" in note("packages", one("packages"), ctx)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_that_a_server_may_send_breaks_it(kind: str) -> None:
    for item in items_of(BY_NAME[kind]):
        assert note(kind, item, context(**{kind: [item]})).startswith("# ")


def test_the_name_of_the_file_tells_when_and_what() -> None:
    assert file_name("jobs", one("jobs"), NOW) == "20260301-030000Z-job-90412"
    assert file_name("jobs", type("Odd", (), {"id": "../é/.."})(), NOW) == "20260301-030000Z-job-unnamed"
    assert FULL["jobs"]["id"] == 90412
