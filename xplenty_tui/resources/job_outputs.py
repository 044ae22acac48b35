"""What a job wrote, against what its package usually writes. Pure, from the loaded runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from xplenty_tui.api.jobs import Job, JobOutput
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import history, parts

FAR = 2.0
"""How many times more or less than usual is far off."""
RUNS = 3
"""Successful runs that it takes to call a number usual enough to warn of."""
NEWEST = 50
"""Runs that say what is usual."""


@dataclass(frozen=True, slots=True)
class UsualRecords:
    """How many records an output usually gets."""

    median: int
    runs: int
    """Successful runs that it is taken from."""


def name(output: JobOutput) -> str:
    """Return what a person calls an output."""
    return output.name or f"output {output.id}"


def usual(job: Job, ctx: Context) -> Mapping[str, UsualRecords]:
    """Return what the outputs of the job's package usually get, by name, without the job's own."""
    counts: dict[str, list[int]] = {}
    good = [run for run in history.of_package(history.package_key(job), ctx) if run.status == "completed"]
    for run in good[:NEWEST]:
        for output in run.outputs if run.id != job.id else ():
            if output.name and output.records_count is not None:
                counts.setdefault(output.name, []).append(output.records_count)
    return {name: UsualRecords(int(median(found)), len(found)) for name, found in counts.items()}


def far_off(records: int, known: UsualRecords) -> str:
    """Return ``far below`` or ``far above``; empty where the number is usual, or too little is known."""
    if known.runs < RUNS:
        return ""
    if records * FAR < known.median:
        return "far below"
    return "far above" if records > known.median * FAR and known.median else ""


def rows(job: Job, ctx: Context) -> Iterator[Row]:
    """Return one line an output with its records and what is usual; of a failed job also what was not written."""
    known = usual(job, ctx)
    absent = list(known) if job.status == "failed" and not job.outputs and not job.outputs_count else []
    texts = [_records(output.records_count) for output in job.outputs] + ["not written"] * len(absent)
    width = max(map(len, texts), default=0)
    for output, text in zip(job.outputs, texts, strict=False):
        yield _row(job, output, text.rjust(width), known.get(output.name), ctx)
    for each in absent:
        said = f"{'not written'.rjust(width)}  usual {words.number(known[each].median)}"
        yield Row(said, label=each, tone=Tone.WARN)
    missing = (job.outputs_count or 0) - len(job.outputs)
    if missing > 0:
        yield Row(f"{words.count(missing, 'output')} not in the answer", tone=Tone.DIM)


def _records(count: int | None) -> str:
    return "records unknown" if count is None else words.count(count, "record")


def _row(job: Job, output: JobOutput, text: str, known: UsualRecords | None, ctx: Context) -> Row:
    component = output.component
    kind = (component.type or "").removesuffix("_component").replace("_", " ") if component else ""
    off = far_off(output.records_count, known) if known is not None and output.records_count is not None else ""
    told = f"{text}  usual {words.number(known.median)}" if known is not None else text
    bullet = ("!" if ctx.ascii else "▲") if off else ""
    return Row(
        parts.joined(told, f"{off} usual" if off else kind),
        name(output),
        Tone.WARN if off else Tone.PLAIN,
        bullet=bullet,
        link=Link("outputs", f"{job.id}/{output.id}"),
    )
