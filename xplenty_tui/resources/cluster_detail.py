"""The detail of a cluster: what it is, what it costs, what runs on it, its machines."""

from __future__ import annotations

from collections.abc import Iterator

from xplenty_tui.api import clusters as api
from xplenty_tui.api.clusters import Cluster, Instance
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Facts, Link, Loaded, Related, Row, Section
from xplenty_tui.resources import history, instances, load, parts


def _creator(cluster: Cluster) -> Row | None:
    creator = cluster.creator
    if creator is None:
        return None
    text = parts.joined(creator.type.lower(), creator.display_name)
    return parts.row("created by", text, link=parts.creator_link(creator))


def _facts(cluster: Cluster, ctx: Context) -> Iterator[Row]:
    running_, queued_ = load.running(cluster, ctx), load.queued(cluster, ctx)
    machines = parts.joined(cluster.master_instance_type, cluster.slave_instance_type)
    return parts.kept(
        parts.row("description", cluster.description),
        parts.row("type", parts.joined(cluster.type, words.count(cluster.nodes, "node") if cluster.nodes else None)),
        parts.row("jobs", f"{running_ or 0} running{parts.DOT}{queued_ or 0} waiting"),
        parts.row(
            "region",
            parts.joined(cluster.region, cluster.zone),
            link=Link("regions", cluster.region) if cluster.region else None,
        ),
        parts.row("stack", cluster.stack, link=Link("stacks", cluster.stack) if cluster.stack else None),
        parts.row("machines", machines),
        parts.row("created", parts.stamp(cluster.created_at, ctx)),
        parts.row("launched", parts.stamp(cluster.launched_at, ctx)),
        parts.row("available since", parts.stamp(cluster.available_since, ctx)),
        parts.row("terminated", parts.stamp(cluster.terminated_at, ctx)),
        _creator(cluster) or parts.person(ctx, "owner", cluster.owner_id),
        parts.row("web", cluster.html_url),
    )


def end(cluster: Cluster) -> str | None:
    """Return in words whether and when the cluster terminates by itself."""
    if cluster.terminate_on_idle is None:
        return None
    if not cluster.terminate_on_idle:
        return "not by itself: somebody has to"
    after = f" for {words.duration(cluster.time_to_idle)}" if cluster.time_to_idle else ""
    return f"by itself, once idle{after}"


def _cost(cluster: Cluster, ctx: Context) -> Iterator[Row]:
    ready, free = load.up(cluster, ctx), load.idle(cluster, ctx)
    hours, wasted = load.node_hours(cluster, ready), load.node_hours(cluster, free)
    nodes = words.count(cluster.nodes or 0, "node")
    yield from parts.kept(
        parts.row(
            "node hours",
            f"about {words.number(hours)} (estimate: {nodes} × {words.duration(ready)} available)" if hours else None,
        ),
        parts.row(
            "of them idle",
            f"about {words.number(wasted)}, idle for {words.duration(free)} now" if wasted else None,
            load.idle_tone(cluster, ctx),
        ),
    )
    if cluster.status != "terminated":
        yield from parts.kept(parts.row("terminates", end(cluster), load.idle_tone(cluster, ctx)))


def _instances(answer: Page[Instance], _cluster: Cluster, ctx: Context) -> Iterator[Row]:
    def draw(instance: Instance) -> Iterator[Row]:
        dns = instance.public_dns or instance.private_dns
        spot = "spot" if instance.spot else None
        text = parts.joined(parts.look(instance.status, ctx), spot, instance.instance_id, dns)
        yield Row(
            text,
            label="master" if instance.master else "worker",
            tone=words.status(instance.status).tone,
            link=Link("instances", instances.key(instance)),
        )

    return parts.each(answer, draw)


SECTIONS: tuple[Section, ...] = (
    Facts("cluster", "Cluster", _facts),
    Facts("cost", "Cost so far", _cost),
    Related(
        "jobs",
        "Jobs",
        "jobs",
        where=lambda cluster, job: history.cluster_key(job) == str(cluster.id),
        columns=("status", "id", "package", "progress", "runtime", "started"),
        none="None of the loaded jobs ran here.",
    ),
    Loaded(
        "instances",
        "Instances",
        lambda client, cluster: api.instances(client, cluster.id),
        _instances,
        none="No instances: the cluster is not up.",
        help="Ask for the machines of the cluster; only some plans may.",
        keeps=False,
        kind="instances",
    ),
    parts.watched_by("cluster", "is available, terminated or in error", api.watchers),
)
