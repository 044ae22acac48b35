"""Cluster instances: the machines of the clusters that were looked at. The API lists them by cluster only."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api.clusters import Instance
from xplenty_tui.core.declare import Column, Context, Facts, Link, Refresh, Resource, Row
from xplenty_tui.resources import calls, columns, parts


def key(instance: Instance) -> str:
    """Return what an instance is known by: its cluster, and what the cloud calls it."""
    return f"{instance.cluster_id or '?'}/{instance.instance_id}"


def _cluster(instance: Instance, ctx: Context) -> str | None:
    return parts.name_of(ctx, "clusters", instance.cluster_id)


def _role(instance: Instance) -> str | None:
    return None if instance.master is None else "master" if instance.master else "worker"


def _price(instance: Instance) -> str | None:
    return None if instance.spot is None else "spot" if instance.spot else "on demand"


def _facts(instance: Instance, ctx: Context) -> Iterator[Row]:
    cluster = Link("clusters", instance.cluster_id) if instance.cluster_id else None
    return parts.kept(
        parts.row("instance", instance.instance_id),
        parts.row("cluster", _cluster(instance, ctx), link=cluster),
        parts.row("role", _role(instance)),
        parts.row("price", _price(instance)),
        parts.row("public name", instance.public_dns),
        parts.row("private name", instance.private_dns),
    )


INSTANCES: Resource[Instance] = Resource(
    name="instances",
    title="Cluster instances",
    singular="instance",
    about="Machines of the clusters whose instances you looked at.",
    model=Instance,
    load=calls.fixed(()),
    columns=(
        columns.status_column("clusters", lambda item: item.status or None, "How it stands.", width=12),
        Column("instance", "INSTANCE", lambda item, _: item.instance_id, "What the cloud calls it.", width=20),
        Column("role", "ROLE", lambda item, _: _role(item), "Master, or worker.", width=7),
        Column("cluster", "CLUSTER", _cluster, "The cluster that it belongs to.", width=20, grow=1),
        Column("price", "PRICE", lambda item, _: _price(item), "On demand, or spot.", width=9),
        Column(
            "address",
            "ADDRESS",
            lambda item, _: item.public_dns or item.private_dns or None,
            "Its public name, else its private one.",
            width=38,
            grow=2,
            rank=2,
        ),
    ),
    label=key,
    key=key,
    sort=("cluster", "asc"),
    detail=(Facts("instance", "Instance", _facts),),
    status=lambda item: item.status,
    partial=True,
    refresh=Refresh(visible=3600),
    web=lambda item: None,
    none="None looked at yet: a cluster's page asks for its instances.",
    aliases=("instance", "cluster_instances"),
)
