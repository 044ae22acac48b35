"""What can be done to clusters: create, change, let them end by themselves or not, terminate, watch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import clusters as api
from xplenty_tui.api import wire
from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.drafts import ClusterChange
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, Fill, Question, Verdict
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import changes, cluster_end, deeds, load, verdicts, watching
from xplenty_tui.resources import cluster_forms as forms
from xplenty_tui.resources.cluster_forms import label
from xplenty_tui.resources.cluster_limits import GONE
from xplenty_tui.resources.cluster_new import CREATE
from xplenty_tui.resources.questions import line, sometimes

_LOOK = "Look at the cluster."


async def _update(client: Any, cluster: Cluster, new: dict[str, Any]) -> Cluster:
    return await api.update(client, cluster.id, ClusterChange.model_validate(new))


def _changed(answer: Cluster, item: Cluster | None, _ctx: Context) -> str:
    now = answer if item is None else wire.overlay(item, answer)  # an answer may hold little
    if item is not None and now.nodes != item.nodes:
        return f"{label(now)} goes from {item.nodes or words.NONE} to {words.count(now.nodes or 0, 'node')}."
    return f"{label(now)} is changed."


EDIT: Action[Cluster] = Action(
    "edit",
    ("e",),
    "edit",
    "Change the cluster's nodes, name, description and when it ends by itself.",
    changes.send(forms.different, _update),
    changes.said(label, _changed),
    verdicts.by_item(api.get, changes.took(forms.different), _LOOK),
    disabled=cluster_end.untouchable,
    permission="updateCluster",
    ask=forms.ask_change,
    fill=Fill(ClusterChange, forms.present, clears=True),
    same=lambda item, draft: not forms.different(item, draft),
    state=lambda item: (item.status, item.nodes, item.terminate_on_idle, item.time_to_idle),
    settled=lambda item: item.status != "scaling",
    outcome=forms.stands,
    weight=40,
)


async def _turn(client: Any, item: Cluster | None, _draft: Any) -> Cluster | None:
    return None if item is None else await _update(client, item, {"terminate_on_idle": not item.terminate_on_idle})


def _was_turned(answer: Cluster | None, item: Cluster | None, ctx: Context) -> str:
    if item is None or answer is None:
        return "Nothing was changed."
    if item.terminate_on_idle:
        return f"{label(item)} stays up until somebody terminates it."
    now = wire.overlay(item, answer)
    free = load.idle(now, ctx)
    already = f"; it has been idle for {words.duration(free)}" if free else ""
    after = f" for {words.duration(now.time_to_idle)}" if now.time_to_idle else ""
    return f"{label(item)} terminates by itself once idle{after}{already}."


def _ask_turn(items: Sequence[Cluster], _draft: Any, ctx: Context) -> Question | None:
    cluster = items[0]
    if not cluster.terminate_on_idle:
        return None
    nodes = words.count(cluster.nodes or 0, f"{cluster.type} node".strip())
    lines = [line(f"{label(cluster)} has {nodes}."), forms.stays()]
    free = load.idle(cluster, ctx)
    if free:
        lines.append(line(f"It has been idle for {words.duration(free)}."))
    return Question(f"Do not terminate {label(cluster)} on idle", tuple(lines), "Leave it up")


def _unclear(cluster: Cluster | None, ctx: Context) -> str | None:
    if cluster is not None and cluster.terminate_on_idle is None:
        return "it is not known whether the cluster terminates on idle"
    return cluster_end.untouchable(cluster, ctx)


TURN: Action[Cluster] = Action(
    "auto",
    ("t",),
    "auto-end",
    "Let the cluster terminate by itself once it is idle, or not any more.",
    _turn,
    _was_turned,
    verdicts.by_item(api.get, verdicts.turned(lambda cluster: cluster.terminate_on_idle), _LOOK),
    disabled=_unclear,
    permission="updateCluster",
    ask=sometimes(_ask_turn),
    state=lambda item: (item.status, item.terminate_on_idle),
    weight=25,
)


def _ending(attempt: Attempt[Cluster], now: Cluster) -> Verdict:
    return verdicts.verdict(now.status in GONE)


TERMINATE: Action[Cluster] = Action(
    "terminate",
    ("T",),
    "terminate",
    "Terminate the cluster for good: its nodes are released and its jobs end.",
    deeds.on(api.terminate),
    lambda answer, item, ctx: f"{label(item)} was told to terminate.",
    verdicts.by_item(api.get, _ending, _LOOK),
    disabled=cluster_end.unready,
    permission="deleteCluster",
    ask=cluster_end.ask,
    danger=True,
    bulk=True,
    state=lambda item: (item.status, item.running_jobs_count, item.name),
    settled=lambda item: item.status in ("terminated", "error"),
    outcome=forms.stands,
    touches=("jobs",),
    weight=45,
)

WATCHING: tuple[Action[Cluster], Action[Cluster]] = watching.actions(
    "cluster",
    "is available, gets a job, fails or is terminated",
    watch=api.watch,
    unwatch=api.unwatch,
    watchers=api.watchers,
    label=label,
)

ACTIONS: tuple[Action[Cluster], ...] = (CREATE, EDIT, TURN, TERMINATE, *WATCHING)
