"""Calls on clusters."""

from __future__ import annotations

from operator import attrgetter

from xplenty_tui.demo import fleet, reference, search, show
from xplenty_tui.demo.call import Call
from xplenty_tui.demo.records import CLUSTER_STATUSES, Cluster
from xplenty_tui.demo.replies import Answer, invalid
from xplenty_tui.demo.search import Attribute
from xplenty_tui.demo.show import Frame

ATTRIBUTES = {
    "id": Attribute("word", lambda cluster: [cluster.id]),
    "name": Attribute("text", lambda cluster: [cluster.name]),
    "nodes": Attribute("number", lambda cluster: [cluster.nodes]),
    "status": Attribute("word", lambda cluster: [cluster.status]),
    "created": Attribute("date", lambda cluster: [cluster.created]),
    "terminated": Attribute("date", lambda cluster: [cluster.terminated or None]),
}
SORTS = {"modified": attrgetter("updated", "id"), "created": attrgetter("created", "id")}


def _find(call: Call) -> Cluster:
    return call.find(call.account.clusters, "cluster")


def list_(call: Call) -> Answer:
    """List Clusters."""
    status = call.params.choice("status", (*CLUSTER_STATUSES, "all"), "all")
    clusters = list(call.account.clusters.values())
    if status != "all":
        clusters = [cluster for cluster in clusters if cluster.status == status]
    frame = Frame(call.account, call.host)
    return call.page(call.sorted_list(clusters), lambda cluster: show.cluster(frame, cluster))


def find(call: Call) -> Answer:
    """Search Clusters."""
    frame = Frame(call.account, call.host)
    clusters = list(call.account.clusters.values())
    return search.answer(
        call, clusters, ATTRIBUTES, lambda cluster: show.cluster(frame, cluster), sorts=SORTS, direction="desc"
    )


def get(call: Call) -> Answer:
    """Get Cluster Information."""
    return Answer(show.cluster(Frame(call.account, call.host), _find(call)))


def instances(call: Call) -> Answer:
    """List Cluster Instances."""
    return Answer(show.instances(Frame(call.account, call.host), _find(call)))


def create(call: Call) -> Answer:
    """Create Cluster."""
    params, account = call.params, call.account
    if params.raw("nodes") is None:
        raise invalid("nodes can't be blank.")
    type_ = params.choice("type", ("sandbox", "production"), "production")
    low, high = (1, 1) if type_ == "sandbox" else (2, reference.MOST_NODES)
    nodes = params.whole("nodes", low, low, high)
    cluster = fleet.create(
        account,
        account.me,
        name=params.text("name") or f"cluster-{max(account.clusters, default=0) + 1}",
        nodes=nodes,
        description=params.text("description") or "",
        type_=type_,
        terminate_on_idle=params.flag("terminate_on_idle"),
        time_to_idle=params.whole("time_to_idle", 3600, 60),
    )
    return Answer(show.cluster(Frame(account, call.host), cluster), status=201)


def update(call: Call) -> Answer:
    """Update Cluster."""
    cluster, params, account = _find(call), call.params, call.account
    if cluster.status in ("pending_terminate", "terminating", "terminated"):
        raise invalid("Cluster is terminated and can't be updated.")
    nodes = params.whole("nodes", cluster.nodes, 1 if cluster.type == "sandbox" else 2, reference.MOST_NODES)
    if nodes != cluster.nodes and cluster.status not in ("available", "idle"):
        raise invalid("Cluster must be available to be scaled.")
    cluster.time_to_idle = params.whole("time_to_idle", cluster.time_to_idle, 60)
    cluster.terminate_on_idle = params.flag("terminate_on_idle", cluster.terminate_on_idle)
    cluster.name = params.text("name") or cluster.name
    cluster.description = params.text("description") or cluster.description
    cluster.updated = account.now
    if nodes != cluster.nodes:
        fleet.scale(account, cluster, nodes)
    elif cluster.idle and cluster.terminate_on_idle:
        account.at(cluster.idle + cluster.time_to_idle, "cluster.expire", cluster, cluster.idle)
    return Answer(show.cluster(Frame(account, call.host), cluster))


def terminate(call: Call) -> Answer:
    """Terminate Cluster; 422 when it is not up."""
    cluster = _find(call)
    if not fleet.can_terminate(cluster):
        raise invalid(f"Cluster can't be terminated while it is {cluster.status}.")
    fleet.terminate(call.account, cluster)
    return Answer(show.cluster(Frame(call.account, call.host), cluster))


ROUTES = {
    "GET /{account}/api/clusters": list_,
    "POST /{account}/api/clusters": create,
    "GET /{account}/api/clusters/search": find,
    "GET /{account}/api/clusters/{cluster}": get,
    "PUT /{account}/api/clusters/{cluster}": update,
    "DELETE /{account}/api/clusters/{cluster}": terminate,
    "GET /{account}/api/clusters/{cluster}/instances": instances,
}
