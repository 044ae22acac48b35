"""Clusters: what jobs run on, and what costs money while it is up."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import AliasChoices, Field

from xplenty_tui.api import calls
from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import get_list, get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.people import Creator, Watch, Watcher
from xplenty_tui.api.wire import Items, MaybeTime, Number, Page, Text, Texts, Wire

if TYPE_CHECKING:
    from xplenty_tui.api.drafts import ClusterChange, NewCluster

__all__ = [
    "BootstrapAction",
    "Cluster",
    "Creator",
    "Instance",
    "Watch",
    "Watcher",
    "create",
    "get",
    "instances",
    "list_",
    "search",
    "terminate",
    "unwatch",
    "update",
    "watch",
    "watchers",
]


class BootstrapAction(Wire):
    """A script that runs on every node before the cluster becomes available."""

    script_path: Text = ""
    args: Texts = ()


class Cluster(Wire):
    """A cluster (Clusters). Inside a job it has ``queued_jobs_count``, on its own ``idle_since`` instead."""

    id: int
    name: Text = ""
    description: Text = ""
    status: Text = ""
    """pending, creating, available, scaling, idle, error, pending_terminate, terminating, terminated; or newer."""
    owner_id: int | None = None
    plan_id: int | str | None = None
    nodes: int | None = None
    """0 when it was terminated before it came up."""
    type: Text = ""
    """``production`` or ``sandbox``."""
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    available_since: MaybeTime = None
    launched_at: MaybeTime = None
    """Undocumented, but sent."""
    terminated_at: MaybeTime = None
    idle_since: MaybeTime = None
    running_jobs_count: int | None = None
    queued_jobs_count: int | None = None
    terminate_on_idle: bool | None = None
    time_to_idle: Number | None = Field(None, validation_alias=AliasChoices("time_to_idle", "time_to_idol"))
    """Seconds without a job until it is idle. One answer of the documentation misspells it ``time_to_idol``."""
    terminated_on_idle: bool | None = None
    region: Text = ""
    zone: Text = ""
    master_instance_type: Text = ""
    slave_instance_type: Text = ""
    master_spot_price: Number | None = None
    slave_spot_price: Number | None = None
    master_spot_percentage: Number | None = None
    slave_spot_percentage: Number | None = None
    allow_fallback: bool | None = None
    stack: Text = ""
    bootstrap_actions: Items[BootstrapAction] = ()
    creator: Creator | None = None
    url: Text = ""
    html_url: Text = ""


class Instance(Wire):
    """A machine of a cluster (Clusters: list instances; some plans only). It has no ``id``."""

    instance_id: str
    private_dns: Text = ""
    public_dns: Text = ""
    status: Text = ""
    master: bool | None = None
    spot: bool | None = None
    url: Text = ""
    cluster_id: Text = ""
    """Ours: the answer is asked of the cluster, and does not repeat it."""


async def list_(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    status: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Cluster]:
    """Get one page of clusters, newest first unless ``sort`` (updated, created) and ``direction`` say otherwise.

    ``GET §/clusters``.
    """
    params: dict[str, Any] = {"status": status, "sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/clusters", Cluster, offset=offset, limit=limit, **params)


async def get(client: Client, id_: int | str) -> Cluster:
    """Get one cluster. ``GET §/clusters/{cluster_id}``."""
    return await get_one(client, f"/clusters/{segment(id_)}", Cluster)


async def instances(client: Client, id_: int | str) -> Page[Instance]:
    """Get the machines of a cluster. ``GET §/clusters/{cluster_id}/instances``."""
    found = await get_list(client, f"/clusters/{segment(id_)}/instances", Instance)
    return replace(found, items=tuple(one.model_copy(update={"cluster_id": str(id_)}) for one in found.items))


async def watchers(client: Client, id_: int | str) -> Page[Watcher]:
    """Get who watches a cluster. ``GET §/clusters/{cluster_id}/watchers``."""
    return await calls.watchers(client, f"/clusters/{segment(id_)}")


async def search(client: Client, q: str, *, offset: int = 0, limit: int = 100) -> Page[Cluster]:
    """Search on the server: free text or id, name, nodes, status, created, terminated. ``GET §/clusters/search``."""
    return await get_page(client, "/clusters/search", Cluster, offset=offset, limit=limit, q=q)


async def create(client: Client, draft: NewCluster) -> Cluster:
    """Create a cluster (Clusters: create): it becomes ``pending`` and costs money until it is terminated.

    ``POST §/clusters``.
    """
    return await calls.make(client, "/clusters", Cluster, draft.sent())


async def update(client: Client, id_: int | str, draft: ClusterChange) -> Cluster:
    """Change a cluster (Clusters: update); another number of nodes scales it. ``PUT §/clusters/{cluster_id}``."""
    return await calls.act_on(client, "PUT", f"/clusters/{segment(id_)}", Cluster, id_, body=draft.sent())


async def terminate(client: Client, id_: int | str) -> Cluster:
    """Terminate a cluster (Clusters: terminate): it becomes ``pending_terminate`` and its jobs die with it.

    ``DELETE §/clusters/{cluster_id}``.
    """
    return await calls.act_on(client, "DELETE", f"/clusters/{segment(id_)}", Cluster, id_)


async def watch(client: Client, id_: int | str) -> Watch:
    """Begin to watch a cluster (Watchers: add): the key's owner hears when it is up, gets a job, fails, ends.

    ``POST §/clusters/{cluster_id}/watchers``.
    """
    return await calls.watch(client, f"/clusters/{segment(id_)}")


async def unwatch(client: Client, id_: int | str) -> None:
    """Stop watching a cluster (Watchers: remove). ``DELETE §/clusters/{cluster_id}/watchers``."""
    await calls.unwatch(client, f"/clusters/{segment(id_)}")
