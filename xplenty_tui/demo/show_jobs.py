"""Jobs as JSON: which fields there are depends on the call, as in the documentation's examples."""

from __future__ import annotations

from typing import Any

from xplenty_tui.demo import show
from xplenty_tui.demo.chance import bits, share
from xplenty_tui.demo.records import Job, Schedule
from xplenty_tui.demo.runs import progress_of
from xplenty_tui.demo.show import Frame
from xplenty_tui.demo.stamps import day, maybe, stamp


def errors(job: Job) -> str | None:
    """Give ``errors``: text when it failed, "" when it completed, none before and when it was stopped."""
    if job.status == "failed" and job.failure is not None:
        return told(job.failure.errors, job)
    return "" if job.status == "completed" else None


def told(text: str, job: Job) -> str:
    """Fill in the particulars of a failure's text."""
    if "{" not in text:
        return text
    step = job.children[-1].package.name if job.children else job.package.name
    return text.format(
        date=day(job.created - 86400), request=f"{bits(job.id) & 0xFFFFFFFF:08X}", cluster=job.cluster.name, step=step
    )


def runtime(job: Job, now: int) -> int:
    """Seconds that it has run."""
    if not job.started:
        return 0
    return (job.ended or now) - job.started


def _number(value: float) -> int | float:
    """Write 0 and 1 as the API does."""
    return int(value) if value in (0.0, 1.0) else round(value, 2)


def outputs(frame: Frame, job: Job, *, previews: bool) -> list[dict[str, Any]]:
    """Draw what a completed job wrote."""
    if job.status != "completed":
        return []
    found = []
    for index, target in enumerate(job.package.targets):
        id_ = job.id * 10 + index
        data: dict[str, Any] = {
            "id": id_,
            "name": target.name,
            "records_count": records(frame, job, index),
            "created_at": stamp(job.ended),
            "updated_at": stamp(job.ended),
            "component": {"name": f"destination_{index + 1}", "type": target.type, "fields": list(target.fields)},
            "url": frame.api(f"jobs/{job.id}/outputs/{id_}"),
        }
        if previews:
            data["preview_url"] = frame.api(f"jobs/{job.id}/outputs/{id_}/preview")
        found.append(data)
    return found


def records(frame: Frame, job: Job, index: int) -> int:
    """How many records an output has: about as many as usual."""
    return int(
        job.wrote * job.package.targets[index].records * (0.92 + 0.16 * share(frame.account.seed, job.id, index))
    )


def job(frame: Frame, item: Job, *, with_outputs: bool = True, previews: bool = True) -> dict[str, Any]:
    """Draw a job of its own; the answer of Terminate Job has no outputs, that of Run Job no previews."""
    data: dict[str, Any] = {
        "id": item.id,
        "status": item.status,
        "variables": dict(item.variables),
        "owner_id": item.creator.owner.id if isinstance(item.creator, Schedule) else item.creator.id,
        "progress": _number(progress_of(item, frame.account.now)),
        "outputs_count": len(item.package.targets) if item.status == "completed" else 0,
        "started_at": maybe(item.started),
        "created_at": stamp(item.created),
        "failed_at": maybe(item.ended) if item.status == "failed" and item.id % 3 == 0 else None,
        "updated_at": stamp(item.updated),
        "cluster_id": item.cluster.id,
        "package_id": item.package.id,
        "errors": errors(item),
        "runtime_in_seconds": runtime(item, frame.account.now),
        "completed_at": maybe(item.ended),
        "url": frame.api(f"jobs/{item.id}"),
        "html_url": frame.html(f"jobs/{item.id}"),
        "log_url": frame.api(f"jobs/{item.id}/log"),
        "creator": show.creator(frame, item.creator),
    }
    if with_outputs:
        data["outputs"] = outputs(frame, item, previews=previews)
    return data


def found(frame: Frame, item: Job) -> dict[str, Any]:
    """Draw a job in the answer of a search: with its tries."""
    data = job(frame, item)
    data["attempts"] = item.attempts
    data["master_auto_retry_attempts"] = item.allowance
    return data


def listed(frame: Frame, item: Job) -> dict[str, Any]:
    """Draw a job in a list: also with its package and its cluster."""
    data = found(frame, item)
    data["package"] = show.nested_package(frame, item.package)
    data["cluster"] = show.nested_cluster(frame, item.cluster, queued=True)
    return data


def child(frame: Frame, item: Job) -> dict[str, Any]:
    """Draw a step of a workflow's run: also with the component that ran it."""
    data = found(frame, item)
    data["package"] = show.nested_package(frame, item.package)
    data["cluster"] = show.nested_cluster(frame, item.cluster, queued=False)
    data["component"] = {"name": item.component, "type": "run_package_component"}
    return data
