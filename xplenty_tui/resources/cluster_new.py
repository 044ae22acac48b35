"""Making a cluster: its form, what it costs, and the order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xplenty_tui.api import clusters as api
from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.drafts import LEAST_NODES, NewCluster
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Choice, Fill, Line, Question, Values
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.fields import YES
from xplenty_tui.resources import cluster_forms as forms
from xplenty_tui.resources import deeds, verdicts
from xplenty_tui.resources.cluster_forms import label
from xplenty_tui.resources.cluster_limits import cost
from xplenty_tui.resources.questions import line, promised

_COMING = frozenset({"pending", "creating"})
KINDS = ("regions", "stacks", "plans")
"""Kinds that the form of a new cluster is made from."""


def _new(_item: Cluster | None, _ctx: Context) -> Values:
    """Return what stands in the form of a new cluster: the smallest one, which ends by itself."""
    return {"type": "production", "nodes": str(LEAST_NODES), "terminate_on_idle": YES, "time_to_idle": "3600"}


def _choices(ctx: Context, _item: Cluster | None) -> Mapping[str, Sequence[Choice]]:
    """Return regions and stacks, as far as they are loaded."""

    def of(kind: str) -> list[Choice]:
        items = sorted(ctx.store.good(kind), key=lambda item: item.id)
        return [Choice(item.id, item.name or item.id, getattr(item, "group_name", ""), item.id) for item in items]

    return {"region": of("regions"), "stack": of("stacks")}


def _promise(draft: NewCluster, ctx: Context) -> Iterator[Line]:
    """Say what a new cluster is, what it costs and when it ends."""
    where = f" in {draft.region}" if draft.region else ""
    yield line(f"{words.count(draft.nodes, f'{draft.type} node')}{where}, paid for while they are up.", Tone.STRONG)
    if draft.terminate_on_idle:
        yield line(f"It terminates by itself after {words.duration(draft.time_to_idle)} without a job.")
    else:
        yield line("It does not terminate by itself: somebody has to.", Tone.WARN)
    yield from cost(draft.type, draft.nodes, ctx)


def _ask(_items: Sequence[Cluster], draft: NewCluster, ctx: Context) -> Question:
    named = f"cluster {draft.name}" if draft.name else "a cluster"
    return Question(f"Create {named}", tuple(_promise(draft, ctx)), "Create")


def _created(answer: Cluster, _item: Cluster | None, _ctx: Context) -> str:
    return f"{label(answer)} is ordered and {words.status(answer.status or 'pending').word}."


def _fits(attempt: Attempt[Cluster], cluster: Cluster) -> bool:
    """Tell whether a cluster may be the one that was ordered; one of a schedule is not."""
    asked: NewCluster = attempt.draft
    by_schedule = cluster.creator is not None and cluster.creator.type == "Schedule"
    given = {name: value for name, value in asked.sent().items() if name not in ("region", "stack")}  # may be completed
    if not cluster.nodes:
        given.pop("nodes", None)  # it was terminated before it came up
    return not by_schedule and all(getattr(cluster, name) == value for name, value in given.items())


def _up(cluster: Cluster) -> bool:
    return cluster.status not in _COMING


CREATE: Action[Cluster] = Action(
    "create",
    ("n",),
    "new",
    "Create a cluster: it is paid for from when it is up until it is terminated.",
    deeds.make(api.create),
    _created,
    verdicts.by_newest(api.list_, _fits, "Look at the newest clusters before you create another."),
    on_item=False,
    permission="createCluster",
    ask=_ask,
    fill=Fill(NewCluster, _new, kinds=KINDS, choices=_choices, preview=promised(NewCluster, _promise)),
    settled=_up,
    outcome=forms.stands,
    lands=deeds.to("clusters"),
    weight=30,
)
