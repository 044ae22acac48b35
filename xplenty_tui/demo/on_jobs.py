"""Calls on jobs."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from xplenty_tui.demo import logs, runs, search, show_jobs
from xplenty_tui.demo.call import Call
from xplenty_tui.demo.records import ACTIVE_JOBS, JOB_STATUSES, Job, Schedule
from xplenty_tui.demo.replies import Answer, invalid, missing
from xplenty_tui.demo.search import Attribute
from xplenty_tui.demo.show import Frame


def _attributes(frame: Frame) -> dict[str, Attribute]:
    now = frame.account.now
    return {
        "id": Attribute("word", lambda job: [job.id]),
        "started": Attribute("date", lambda job: [job.started or None]),
        "finished": Attribute("date", lambda job: [job.ended or None]),
        "status": Attribute("word", lambda job: [job.status]),
        "duration": Attribute("number", lambda job: [show_jobs.runtime(job, now)]),
        "package": Attribute("text", lambda job: [job.package.name, job.package.id]),
        "log": Attribute("text", lambda job: [logs.body(frame, job)]),
        "schedule": Attribute("text", lambda job: [job.creator.name] if isinstance(job.creator, Schedule) else []),
        "user": Attribute("text", lambda job: [] if isinstance(job.creator, Schedule) else [job.creator.name]),
    }


SORTS = {
    "id": attrgetter("id"),
    "updated": attrgetter("updated", "id"),
    "created": attrgetter("created", "id"),
}


def _find(call: Call) -> Job:
    return call.find(call.account.jobs, "job")


def _of_status(call: Call, jobs: Sequence[Job]) -> Sequence[Job]:
    status = call.params.choice("status", (*JOB_STATUSES, "all"), "all")
    return jobs if status == "all" else [job for job in jobs if job.status == status]


def list_(call: Call) -> Answer:
    """List Jobs."""
    jobs: Sequence[Job] = list(call.account.jobs.values())
    jobs = _of_status(call, jobs)
    if call.params.raw("package_id") is not None:
        wanted = call.params.whole("package_id", 0, 0)
        jobs = [job for job in jobs if job.package.id == wanted]
    frame = Frame(call.account, call.host)
    return call.page(call.sorted_list(jobs), lambda job: show_jobs.listed(frame, job))


def children(call: Call) -> Answer:
    """List Job Children: the steps of a workflow's run; none for other jobs."""
    frame = Frame(call.account, call.host)
    steps = _of_status(call, _find(call).children or [])
    return call.page(call.sorted_list(steps), lambda job: show_jobs.child(frame, job))


def find(call: Call) -> Answer:
    """Search Jobs."""
    frame = Frame(call.account, call.host)
    jobs = list(call.account.jobs.values())
    return search.answer(call, jobs, _attributes(frame), lambda job: show_jobs.found(frame, job), sorts=SORTS)


def get(call: Call) -> Answer:
    """Get Job Information, with ``include=log_summary`` also what was made of its log."""
    job, frame = _find(call), Frame(call.account, call.host)
    data = show_jobs.job(frame, job)
    if "log_summary" in (call.params.text("include") or "").split(","):
        data["log_summary"] = logs.summary(frame, job)
    return Answer(data)


def log(call: Call) -> Answer:
    """Get Job Log."""
    return Answer(logs.log(Frame(call.account, call.host), _find(call)))


def variables(call: Call) -> Answer:
    """Get Job Execution Variables."""
    return Answer(logs.variables(_find(call)))


def preview(call: Call) -> Answer:
    """Preview Job Output."""
    job, frame = _find(call), Frame(call.account, call.host)
    output, index = call.whole("output"), call.whole("output") - job.id * 10
    if job.status != "completed" or not 0 <= index < len(job.package.targets):
        raise missing()
    url = frame.api(f"jobs/{job.id}/outputs/{output}/preview")
    return Answer({"preview": logs.preview(frame, job, index), "url": url})


def run(call: Call) -> Answer:
    """Run Job; the cluster may still be coming up."""
    account, params = call.account, call.params
    for name in ("cluster_id", "package_id"):
        if params.raw(name) is None:
            raise invalid(f"{name} can't be blank.")
    cluster = account.clusters.get(params.whole("cluster_id", 0, 0))
    package = account.packages.get(params.whole("package_id", 0, 0))
    if cluster is None or cluster.status in ("pending_terminate", "terminating", "terminated"):
        raise invalid("cluster_id is not an active cluster.")
    if package is None or package.status == "archived":
        raise invalid("package_id is not an active package.")
    values: dict[str, str] = {}
    for name in ("variables", "dynamic_variables"):
        given = params.raw(name) or {}
        if not isinstance(given, dict):
            raise invalid(f"{name} is not an object.")
        values.update((str(key), str(value)) for key, value in given.items())
    job = runs.request(account, package, cluster, account.me, values)
    return Answer(show_jobs.job(Frame(account, call.host), job, previews=False), status=201)


def stop(call: Call) -> Answer:
    """Terminate Job; 422 when it has ended or is ending."""
    job = _find(call)
    if job.status not in ACTIVE_JOBS or job.status in ("pending_stoppage", "stopping"):
        raise invalid(f"Job can't be stopped: it is {job.status}.")
    runs.stop(call.account, job)
    return Answer(show_jobs.job(Frame(call.account, call.host), job, with_outputs=False))


ROUTES = {
    "GET /{account}/api/jobs": list_,
    "POST /{account}/api/jobs": run,
    "GET /{account}/api/jobs/search": find,
    "GET /{account}/api/jobs/{job}": get,
    "DELETE /{account}/api/jobs/{job}": stop,
    "GET /{account}/api/jobs/{job}/children": children,
    "GET /{account}/api/jobs/{job}/log": log,
    "GET /{account}/api/jobs/{job}/variables": variables,
    "GET /{account}/api/jobs/{job}/outputs/{output}/preview": preview,
}
