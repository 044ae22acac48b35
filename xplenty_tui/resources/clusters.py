"""Clusters: the machines that jobs run on, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xplenty_tui.api import clusters as api
from xplenty_tui.api import wire
from xplenty_tui.api.clusters import Cluster
from xplenty_tui.core.declare import Column, Refresh, Resource
from xplenty_tui.core.later import Later
from xplenty_tui.resources import calls, columns, load
from xplenty_tui.resources.cluster_detail import SECTIONS

if TYPE_CHECKING:
    from xplenty_tui.core.action import Action

COLUMNS: tuple[Column[Cluster], ...] = (
    columns.status_column(
        "clusters", lambda item: item.status, "How the cluster stands; idle ones wait for work.", width=13
    ),
    columns.id_column("The cluster's number.", width=6),
    Column("name", "NAME", lambda item, _: item.name or None, "The cluster's name.", width=11, grow=3, server="name"),
    Column(
        "type", "TYPE", lambda item, _: item.type or None, "Production, or sandbox with one node.", width=10, rank=2
    ),
    Column(
        "nodes",
        "NODES",
        lambda item, _: item.nodes,
        "Worker nodes; each costs node hours while the cluster is up.",
        width=5,
        right=True,
        first="desc",
        server="nodes",
    ),
    Column("running", "RUN", load.running, "Jobs that run on it now.", width=3, right=True, first="desc"),
    Column("queued", "WAIT", load.queued, "Loaded jobs that wait for it.", width=4, right=True, first="desc"),
    Column("up", "UP", load.up, "How long it is, or was, available.", width=6, right=True, first="desc", moves=True),
    Column(
        "idle",
        "IDLE",
        load.idle,
        "How long it has been up without work.",
        tone=load.idle_tone,
        width=6,
        right=True,
        first="desc",
        moves=True,
    ),
    Column(
        "auto",
        "AUTO",
        lambda item, _: item.terminate_on_idle,
        "Whether it terminates by itself when idle.",
        tone=load.idle_tone,
        width=4,
    ),
    Column("region", "REGION", lambda item, _: item.region or None, "Where it runs.", width=24, grow=1, rank=3),
    columns.ago_column(
        "created", "CREATED", lambda item: item.created_at, "When it was asked for.", rank=4, server="created"
    ),
    columns.ago_column(
        "terminated", "ENDED", lambda item: item.terminated_at, "When it was terminated.", rank=4, server="terminated"
    ),
)


def _actions() -> Sequence[Action[Any]]:
    from xplenty_tui.resources.cluster_actions import ACTIONS

    return ACTIONS


CLUSTERS: Resource[Cluster] = Resource(
    name="clusters",
    title="Clusters",
    singular="cluster",
    about="The machines that run the jobs: their load, their idle time and their node hours.",
    model=Cluster,
    load=calls.paged(api.list_),
    columns=COLUMNS,
    label=lambda item: item.name or f"cluster {item.id}",
    get=api.get,
    search=calls.searched(api.search),
    detail=SECTIONS,
    status=lambda item: item.status or "",
    merge=wire.overlay,
    changes=calls.changed(api.list_),
    refresh=Refresh(visible=30, hidden=300, gone=180),  # the slow pass also finds counts of jobs: they move no update
    none="No clusters yet. Jobs need one: a schedule creates it, or a person in the web console.",
    digit="3",
    also=("jobs", "schedules"),
    aliases=("cluster",),
    actions=Later(_actions),
)
