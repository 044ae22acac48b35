"""What jobs say: logs, summaries of failures, variables as they were, previews of outputs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from xplenty_tui.demo.chance import between, bits, share
from xplenty_tui.demo.records import Job
from xplenty_tui.demo.show import Frame
from xplenty_tui.demo.show_jobs import records, told
from xplenty_tui.demo.stamps import day, stamp

PREVIEW_LINES = 12


def body(frame: Frame, job: Job) -> str:
    """Write the log so far, a line each with its time."""
    lines = [(job.created, f"INFO  job {job.id} of package {job.package.name} requested by {job.creator.name}")]
    if job.started:
        nodes = job.cluster.nodes
        lines.append((job.started, f"INFO  running on cluster {job.cluster.name} ({nodes} nodes)"))
        lines.append((job.started + 2, "INFO  compiling package, 1 dataflow"))
        until = job.ended or frame.account.now
        for percent in (10, 25, 50, 75, 90):
            at = job.started + job.planned * percent // 100
            if at < until and (not job.ended or percent < job.progress * 100):
                lines.append((at, f"INFO  map {min(100, percent * 2)}% reduce {max(0, percent * 2 - 100)}%"))
    end = job.ended
    if job.status == "completed":
        for index, target in enumerate(job.package.targets):
            lines.append((end - 1, f"INFO  {target.name}: {records(frame, job, index)} records written"))
        lines.append((end, "INFO  package executed successfully"))
    elif job.status == "failed" and job.failure is not None:
        lines.extend((end - 1, told(line, job)) for line in job.failure.log)
        lines.append((end, "ERROR package failed to execute"))
    elif job.status == "stopped":
        lines.append((end, "WARN  job stopped on request"))
    return "\n".join(f"{stamp(at)} {line}" for at, line in lines)


def log(frame: Frame, job: Job) -> dict[str, Any]:
    """Answer Get Job Log."""
    return {"body": body(frame, job), "url": frame.api(f"jobs/{job.id}/log")}


def summary(frame: Frame, job: Job) -> dict[str, Any] | None:
    """Give what a language model made of the log of a failed job; none for others, or while it is at it."""
    failure = job.failure
    if job.status != "failed" or failure is None or frame.account.now < job.ended + 20:
        return None
    return {
        "id": 1_100_000 + job.id,
        "body": "\n".join(told(line, job) for line in failure.log),
        "error_summary": told(failure.summary, job),
        "openai_extract": told(failure.errors, job),
        "action_items": [told(action, job) for action in failure.actions],
        "created_at": stamp(job.ended + 20),
    }


def variables(job: Job) -> dict[str, Any]:
    """Give the values that a run was given, worked out: expressions are gone, numbers are numbers."""
    yesterday = day((job.started or job.created) - 86400)
    values: dict[str, Any] = {}
    for name, text in {**job.package.variables, **job.variables}.items():
        if text.startswith("'/' + "):
            values[name] = f"/{yesterday}"
        elif "CurrentTime()" in text:
            values[name] = yesterday
        elif text.replace(".", "", 1).isdigit():
            values[name] = float(text) if "." in text else int(text)
        else:
            values[name] = text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text
    values["_CLUSTER_NODES_COUNT"] = job.cluster.nodes
    values["_DEFAULT_TIMEZONE"] = "+00:00"
    return values


def preview(frame: Frame, job: Job, index: int) -> str:
    """Give the first lines of an output, fields separated by tabs."""
    target = job.package.targets[index]
    count = min(PREVIEW_LINES, records(frame, job, index))
    lines = []
    for line in range(count):
        lines.append("\t".join(_value(job, field, line) for field in target.fields))
    return "\n".join(lines)


def _value(job: Job, field: str, line: int) -> str:
    seed = bits(job.id, line, len(field), ord(field[0]))
    name = field.lower()
    if name.endswith(("_at", "_from", "_to", "_on")) or name in ("at", "day"):
        at = datetime.fromtimestamp(job.created - seed % 86400, UTC)
        return at.strftime("%Y-%m-%d %H:%M:%S" if name.endswith("_at") or name == "at" else "%Y-%m-%d")
    if name in ("total", "amount", "cost", "debit", "credit"):
        return f"{between(100, 99999, seed) / 100:.2f}"
    if name == "weight":
        return f"{share(seed):.3f}"
    if name == "email":
        return f"customer{seed % 90000}@mail.example"
    words = _WORDS.get(name)
    return words[seed % len(words)] if words else str(10_000 + seed % 900_000)


_WORDS = {
    "currency": ("EUR", "USD", "GBP"),
    "channel": ("search", "mail", "direct", "social"),
    "network": ("adwords", "bing", "meta"),
    "campaign": ("autumn", "black-friday", "brand", "retargeting"),
    "event": ("open", "click", "bounce"),
    "reason": ("no e-mail", "duplicate"),
    "matched": ("true", "false"),
    "segment__c": ("loyal", "new", "at risk"),
    "account": ("4400 Sales", "1200 Bank", "6300 Shipping"),
    "owner": ("south", "north", "online"),
}
