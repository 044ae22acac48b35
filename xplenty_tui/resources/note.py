"""The incident note: Markdown of what is wrong, for a ticket. Pure; secrets masked, text from the API inert."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from xplenty_tui.api.jobs import Job
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.core.journal import Entry, Outcome
from xplenty_tui.core.markdown import fenced, link
from xplenty_tui.core.scrub import scrub
from xplenty_tui.resources import history, job_changed, masks
from xplenty_tui.resources.note_facts import FACTS, Extra, Writing, called

KINDS = ("jobs", "clusters", "schedules", "packages")
"""What a note can be written on."""
RUNS = 8
"""Runs that are listed."""
DEEDS = 20
"""Journal entries that are listed, the newest of them."""
ERROR_LINES, ERROR_SIGNS = 60, 6000
"""How much of an error is quoted: notes are pasted into chats."""


def note(kind: str, item: Any, ctx: Context, extra: Extra | None = None) -> str:
    """Return the note on a job, cluster, schedule or package as Markdown, with a line end."""
    extra = extra or Extra()
    one = Writing(kind, item, ctx, extra, masks.known(item, ctx))
    status = f": {one.said(item.status)}" if item.status else ""
    lines = [f"# {kind.removesuffix('s').capitalize()} {one.said(called(kind, item, ctx))}{status}", ""]
    where = one.said("/".join(part for part in (ctx.account, extra.profile) if part))
    lines += [f"Account {where}{' (production)' if ctx.production else ''}, written {one.moment(ctx.now)}.", ""]
    for title, body in (
        ("Problem", [f"- {one.said(text)}" for text in extra.problems]),
        ("Facts", list(FACTS[kind](one))),
        ("Error", _error(one)),
        ("Changed since the last success", _changed(one)),
        ("Runs", _runs(one)),
        ("Done so far", _deeds(one)),
        ("Links", _links(one)),
    ):
        if body:
            lines += [f"## {title}", "", *body, ""]
    return "\n".join(lines)


def file_name(kind: str, item: Any, now: datetime) -> str:
    """Return the name of a note's file without its ending: ``20261122-021405Z-job-90412``."""
    key = "".join(sign for sign in str(item.id) if sign.isascii() and (sign.isalnum() or sign in "_-"))[:40]
    return f"{now.astimezone(UTC):%Y%m%d-%H%M%SZ}-{kind.removesuffix('s')}-{key or 'unnamed'}"


def _of(kind: str, item: Any, ctx: Context) -> dict[str, Any]:
    """Return the item and what it hangs on, by kind, as far as it is loaded."""
    found: dict[str, Any] = {kind: item}
    if kind == "jobs":
        keys = {
            "packages": history.package_key(item),
            "clusters": history.cluster_key(item),
            "schedules": history.schedule_key(item),
        }
        found |= {other: ctx.store.get(other, key) for other, key in keys.items() if key is not None}
    return found


def _error(one: Writing) -> list[str]:
    """Return the error of the job, or of the newest failed run, quoted."""
    job = one.item if one.kind == "jobs" else next((j for j in _jobs(one.kind, one.item, one.ctx) if j.errors), None)
    whole = (job.errors if job is not None else "").strip("\n").rstrip()
    text = scrub(whole[: 2 * ERROR_SIGNS], one.secrets)  # no secret is cut in two where the quotation ends
    if job is None or not text:
        return ["The service gave no reason."] if one.kind == "jobs" and one.item.status == "failed" else []
    lines = text.splitlines()
    short = "\n".join(lines[:ERROR_LINES])[:ERROR_SIGNS]
    whose = [] if one.kind == "jobs" else [f"Of job {one.said(called('jobs', job, one.ctx))}:", ""]
    more = ["", "(cut: the log has all of it)"] if short != text or len(whole) > 2 * ERROR_SIGNS else []
    return [*whose, *fenced(short), *more]


def _changed(one: Writing) -> list[str]:
    """Return what is different from the last success: as it was handed in, else as the loaded jobs tell."""
    found = one.extra.changed
    if found is None and one.kind == "jobs" and one.item.status == "failed":
        found = list(job_changed.rows(one.item, replace(one.ctx, ascii=True)))
    return [f"- {one.said(row.label)}: {one.said(row.text)}" for row in found or ()]


def _jobs(kind: str, item: Any, ctx: Context) -> Sequence[Job]:
    """Return the loaded runs that belong to an item, newest first."""
    if kind == "jobs":
        return history.of_package(history.package_key(item), ctx)
    found: dict[str, Callable[[Any, Context], Sequence[Job]]] = {
        "clusters": history.of_cluster,
        "schedules": history.of_schedule,
        "packages": history.of_package,
    }
    return found[kind](item.id, ctx)


def _runs(one: Writing) -> list[str]:
    jobs = _jobs(one.kind, one.item, one.ctx)
    lines = []
    for job in jobs[:RUNS]:
        length = history.runtime(job, one.ctx)
        ran = f", {words.duration(length)}" if length is not None else ""
        tries = f", retry {job.attempts}" if job.attempts else ""
        name = "" if one.kind in ("jobs", "packages") else f" {history.package_name(job, one.ctx) or ''}"
        lines.append(
            f"- {one.moment(history.began(job))}: {one.said(f'{job.id}{name}')} {one.said(job.status)}{ran}{tries}"
        )
    if len(jobs) > RUNS:
        failed = sum(job.status == "failed" for job in jobs)
        lines.append(f"- of {words.count(len(jobs), 'loaded run')} {failed} failed")
    return lines


def _deeds(one: Writing) -> list[str]:
    """Return what was done from here to the item and to what it hangs on, the oldest first."""
    related = {Link(kind, str(item.id)) for kind, item in _of(one.kind, one.item, one.ctx).items() if item is not None}
    mine = [e for e in one.extra.entries if e.account == one.ctx.account and Link(e.kind, e.key) in related]
    mine.sort(key=lambda entry: entry.at)
    lines = [
        f"- {one.moment(entry.at)}: {one.said(f'{entry.action} {entry.label}')} {entry.outcome.value}: "
        f"{one.said(entry.sentence)}"
        for place, entry in enumerate(mine)
        if entry.outcome is not Outcome.ASKED or not _answered(entry, mine[place + 1 :])
    ]
    return lines[-DEEDS:]


def _answered(asked: Entry, later: Iterable[Entry]) -> bool:
    return any((one.action, one.kind, one.key) == (asked.action, asked.kind, asked.key) for one in later)


def _links(one: Writing) -> list[str]:
    found = []
    for kind, item in _of(one.kind, one.item, one.ctx).items():
        address = getattr(item, "html_url", "") or ""
        if address:
            found.append(f"- {kind.removesuffix('s')}: {link(scrub(address, one.secrets))}")
    return found
