"""Running a package: at most one cluster and exactly one job are made, and whether they came to be is found out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xplenty_tui.api import clusters as clusters_api
from xplenty_tui.api import jobs as api
from xplenty_tui.api.accounts import user
from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.errors import ApiError, NoAnswer, ServerTrouble, UndecodableAnswer
from xplenty_tui.api.jobs import Job
from xplenty_tui.api.wire import Page
from xplenty_tui.core.action import Attempt, Question, ReadBack, Verdict
from xplenty_tui.core.declare import Context, Link
from xplenty_tui.resources import history, parts, run_form, run_preview, verdicts
from xplenty_tui.resources.questions import one_line
from xplenty_tui.resources.run_form import RunForm


class Halfway(ApiError):
    """The cluster was created, and the job was certainly not: the same form sent again would create another one."""

    def __init__(self, problem: ApiError, cluster: Cluster) -> None:
        super().__init__(
            f"{problem.sentence} {_exists(cluster)}",
            status=problem.status,
            server_text=problem.server_text,
            body=problem.body,
            method=problem.method,
            path=problem.path,
            retry_after=problem.retry_after,
        )  # something was sent: the cluster
        self.cluster = cluster
        self.values: Mapping[str, str] = {"cluster_id": str(cluster.id)}
        """What has to stand in the form from now on."""


def _exists(cluster: Cluster) -> str:
    name = f"{cluster.name} ({cluster.id})" if cluster.name else str(cluster.id)
    return f"Cluster {name} was created before, exists now and costs money: run on it, or terminate it."


async def send(client: Any, _item: Any, draft: RunForm) -> Job:
    """Create the cluster where a new one is wanted, then run the package; one write each."""
    if not draft.is_new:
        return await _run(client, draft, int(draft.cluster_id))
    cluster = await clusters_api.create(client, draft.cluster())
    try:
        return await _run(client, draft, cluster.id)
    except (NoAnswer, ServerTrouble, UndecodableAnswer) as problem:
        if not problem.sent:
            raise Halfway(problem, cluster) from None
        problem.sentence = f"{problem.sentence} {_exists(cluster)}"
        problem.args = (problem.sentence,)
        raise
    except ApiError as problem:
        raise Halfway(problem, cluster) from None


async def _run(client: Any, draft: RunForm, cluster_id: int) -> Job:
    return await api.run(
        client,
        cluster_id=cluster_id,
        package_id=int(draft.package_id),
        variables=draft.variables or None,
        dynamic_variables=draft.dynamic_variables or None,
    )


def said(answer: Any, _item: Any, ctx: Context) -> str:
    """Say which job there is now, and where."""
    name, place = history.package_name(answer, ctx), history.cluster_name(answer, ctx)
    return f"Job {answer.id} is started: {name or 'the package'} on {place or 'its cluster'}."


def lands(answer: Any) -> Link:
    """Go to the new job."""
    return Link("jobs", str(answer.id))


# Reading back.

_LOOK = "Look at the newest jobs before you run it again."


async def _check(client: Any, attempt: Attempt[Any]) -> ReadBack:
    """Look for a job of that package since then by this user with those variables (2 credits; 3 for a new cluster)."""
    draft: RunForm = attempt.draft
    new = await _new_cluster(client, attempt) if draft.is_new else None
    me = str((await user(client)).id)

    async def jobs(client: Any, **how: Any) -> Page[Job]:
        return await api.list_(client, package_id=int(draft.package_id), **how)

    def fits(_attempt: Attempt[Any], job: Job) -> bool:
        return history.schedule_key(job) is None and _by(job, me) and _on(job, draft, new)

    found = await verdicts.by_newest(jobs, fits, _LOOK)(client, attempt)
    if found.verdict is Verdict.DONE and not _alike(found.item, draft):
        return verdicts.unknown(_LOOK, found.item, f"Job {found.item.id} began then, with other variables.")
    if found.verdict is Verdict.NOT_DONE and new is not None:
        return verdicts.unknown(_exists(new), why="No job was started.")
    return found


check = verdicts.careful(_check, _LOOK)
"""Find out whether a job was started, and whether a cluster was left behind without one."""


async def _new_cluster(client: Any, attempt: Attempt[Any]) -> Cluster | None:
    """Return the newest cluster since then that looks like the wanted one (1 credit)."""
    wanted = attempt.draft.cluster()
    for cluster in (await clusters_api.list_(client, sort="created", direction="desc")).items:
        by_schedule = cluster.creator is not None and cluster.creator.type == "Schedule"
        late = cluster.created_at is not None and cluster.created_at >= verdicts.earliest(attempt)
        if late and not by_schedule and cluster.type == wanted.type and wanted.name in (None, cluster.name):
            return cluster
    return None


def _by(job: Job, me: str) -> bool:
    """Whether the job may be that user's: nothing told says otherwise."""
    creator = job.creator.id if job.creator is not None else None
    return creator is None or str(creator) == me


def _on(job: Job, draft: RunForm, new: Cluster | None) -> bool:
    wanted = (str(new.id) if new is not None else None) if draft.is_new else draft.cluster_id
    return wanted is None or history.cluster_key(job) in (None, wanted)


def _alike(job: Job, draft: RunForm) -> bool:
    """Whether it has the variables that were sent; not every answer tells those that are expressions."""
    told = {*job.variables, *job.dynamic_variables}
    return told <= set(draft.names) and set(draft.variables) <= told


def ask(_items: Any, draft: Any, ctx: Context) -> Question | None:
    """Ask where the profile is production; elsewhere the form says all of it, and ctrl+s is deliberate enough."""
    if not ctx.production:
        return None
    package = parts.name_of(ctx, "packages", draft.package_id) or f"package {draft.package_id}"
    return Question(f"Run {one_line(package)}", tuple(run_preview.preview(run_form.texts(draft), ctx)), "Run")


def names(draft: Any) -> tuple[str, ...]:
    """Return the names of the variables that are sent, for the journal."""
    return draft.names if isinstance(draft, RunForm) else ()
