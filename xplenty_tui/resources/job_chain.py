"""The tries of a job: what automatic retry made of it before and after. Pure, from the loaded jobs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link, Row, Tone
from xplenty_tui.resources import history, parts


def tries(job: Job, ctx: Context) -> list[Job]:
    """Return the job among its tries, the first one first; only the job where no other is loaded.

    No answer names the job that is tried again: it is the neighbour of the same package and schedule with one try less.
    """
    if job.attempts is None or history.schedule_key(job) is None:
        return [job]
    runs = [each for each in history.of_package(history.package_key(job), ctx) if _alike(each, job)]
    places = [place for place, each in enumerate(runs) if each.id == job.id]
    if not places:
        return [job]
    later, earlier = runs[: places[0]], runs[places[0] + 1 :]  # newest first
    return [*reversed(_on(job, earlier, -1)), job, *_on(job, list(reversed(later)), 1)]


def _alike(other: Job, job: Job) -> bool:
    return other.attempts is not None and history.schedule_key(other) == history.schedule_key(job)


def _on(job: Job, others: Sequence[Job], step: int) -> list[Job]:
    """Return the tries on one side of a job, the nearest first."""
    found: list[Job] = []
    for other in others:
        if other.attempts != ((found or [job])[-1].attempts or 0) + step:
            break
        found.append(other)
    return found


def summary(job: Job, ctx: Context) -> Row | None:
    """Return how the tries went, with a link to the last one, from there to the first; None of a single one."""
    chain = tries(job, ctx)
    if len(chain) < 2:
        return None
    last = chain[-1]
    other = chain[0] if last.id == job.id else last
    strip = "".join(parts.symbol(each.status, ctx, "jobs") for each in chain)
    end = words.status(last.status, "jobs")
    text = "this is the last of them" if other is chain[0] else f"{_name(last)} {end.word}: job {last.id}"
    return Row(parts.joined(strip, text), label="tries", tone=end.tone, link=Link("jobs", str(other.id)))


def _name(job: Job) -> str:
    return f"retry {job.attempts}" if job.attempts else "first try"


def rows(job: Job, ctx: Context) -> Iterator[Row]:
    """Return one line a try, each a link but the job's own; none of a single one."""
    chain = tries(job, ctx)
    for each in chain if len(chain) > 1 else ():
        length, began = history.runtime(each, ctx), history.began(each)
        text = parts.joined(
            parts.look(each.status, ctx, "jobs"),
            f"job {each.id}" + (", this one" if each.id == job.id else ""),
            words.when(began, ctx.now, ctx.zone) if began else None,
            words.duration(length) if length is not None else None,
            words.first_line(each.errors) or None,
        )
        link = None if each.id == job.id else Link("jobs", str(each.id))
        yield Row(text, label=_name(each), tone=Tone.STRONG if link is None else Tone.PLAIN, link=link)
