"""What a job wrote: its log, what the service reads in it, and the first lines of its outputs."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Iterator
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api.jobs import Job, JobLog, JobPreview, LogSummary
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Loaded, Row, Tone
from xplenty_tui.resources import job_outputs, parts

PREVIEWED = 4
"""Outputs that get a preview part each; one costs one credit, so nothing is asked for before it is opened."""
_ALARM = re.compile(r"\b(?:ERROR|FATAL|SEVERE|\w*Exception)\b")
_WARNING = re.compile(r"\bWARN(?:ING)?\b")


def _summary(answer: LogSummary | None, job: Job, ctx: Context) -> Iterator[Row]:
    if answer is None:
        return
    yield from parts.lines(answer.error_summary, Tone.STRONG)
    told = {row.text for row in parts.lines(job.errors)} if answer.error_summary else set()  # it stands above already
    yield from (row for row in parts.lines(answer.openai_extract) if row.text not in told)
    if not (answer.error_summary or answer.openai_extract):
        yield from parts.lines(answer.body)
    for item in answer.action_items:
        yield Row(item, bullet="*" if ctx.ascii else "•")


def _preview(number: int) -> Loaded[Job, JobPreview]:
    """Return the part that asks for the first lines of the job's output of this number (from 0)."""

    def load(client: Any, job: Job) -> Awaitable[JobPreview]:
        return api.preview(client, job.id, job.outputs[number].id)

    def rows(answer: JobPreview, job: Job, _: Context) -> Iterator[Row]:
        text = list(parts.lines(answer.preview))
        if text and number < len(job.outputs):
            yield Row(f"{job_outputs.name(job.outputs[number])}, {words.count(len(text), 'line')}:", tone=Tone.DIM)
        yield from text

    return Loaded(
        "preview" if number == 0 else f"preview {number + 1}",
        "Preview" if number == 0 else f"Preview of output {number + 1}",
        load,
        rows,
        none="This output has no lines to show.",
        key="v" if number == 0 else "",
        help=f"Ask for up to 100 raw lines of the job's {'first' if number == 0 else 'other'} output.",
        when=lambda job: len(job.outputs) > number,
    )


def _log_tone(line: str) -> Tone:
    return Tone.BAD if _ALARM.search(line) else Tone.WARN if _WARNING.search(line) else Tone.PLAIN


def _log(answer: JobLog, _job: Job, _ctx: Context) -> Iterator[Row]:
    for line in parts.lines(answer.body):
        yield Row(line.text, tone=_log_tone(line.text))


SUMMARY: Loaded[Job, LogSummary | None] = Loaded(
    "summary",
    "What the log says",
    lambda client, job: api.log_summary(client, job.id),
    _summary,
    none="The service wrote no summary of this failure. The log (l) has it all.",
    help="Ask for the service's own reading of the failure, with what to do.",
    eager=lambda job: job.status == "failed",
    when=lambda job: job.status == "failed",
)
PREVIEWS: tuple[Loaded[Job, JobPreview], ...] = tuple(_preview(number) for number in range(PREVIEWED))
LOG: Loaded[Job, JobLog] = Loaded(
    "log",
    "Log",
    lambda client, job: api.log(client, job.id),
    _log,
    none="The log is empty.",
    key="l",
    help="Ask for the job's log, all of it; F follows it while the job runs.",
    grows=lambda job: job.active,
)
