"""What clusters are called, and the change of one: its form, what of it is sent, and what is said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.drafts import ClusterChange, nodes_problem
from xplenty_tui.core import words
from xplenty_tui.core.action import Line, Question, Values
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.fields import write
from xplenty_tui.resources import load
from xplenty_tui.resources.cluster_limits import cost
from xplenty_tui.resources.questions import differences, line, one_line

_SETTLED = frozenset({"available", "idle"})
"""Statuses in which a cluster can be given another number of nodes."""


def label(cluster: Cluster | None) -> str:
    """Return the name by which the cluster is called."""
    if cluster is None:
        return "the cluster"
    return one_line(cluster.name) or f"cluster {cluster.id}"


def stands(cluster: Cluster) -> str:
    """Return in a sentence how a cluster stands."""
    if cluster.status == "error":
        return f"{label(cluster)} is in error: it runs no jobs. Terminate it."
    return f"{label(cluster)} is {words.status(cluster.status).word}."


def present(cluster: Cluster | None, _ctx: Context) -> Values:
    """Return what stands in the form of a cluster: what it is now."""
    if cluster is None:
        return {}
    return {name: write(getattr(cluster, name) or None) for name in ("name", "description", "nodes")} | {
        name: write(getattr(cluster, name)) for name in ("terminate_on_idle", "time_to_idle")
    }


def different(cluster: Cluster | None, draft: ClusterChange) -> dict[str, Any]:
    """Return the fields of the draft that the cluster has otherwise: nothing else is sent."""
    return {name: value for name, value in draft.sent().items() if value != getattr(cluster, name, None)}


def _said(name: str, value: Any) -> str:
    return words.duration(value) if name == "time_to_idle" and value is not None else one_line(write(value))


def ask_change(items: Sequence[Cluster], draft: ClusterChange, ctx: Context) -> Question:
    """Ask with the differences that will be sent, and what they mean."""
    cluster = items[0]
    new_ = different(cluster, draft)
    before = {name: _said(name, getattr(cluster, name)) for name in new_}
    lines = [*differences(before, {name: _said(name, value) for name, value in new_.items()})]
    if "nodes" in new_:
        lines += _scaling(cluster, new_["nodes"], ctx)
    if new_.get("terminate_on_idle") is False:
        lines.append(stays())
    return Question(f"Change cluster {label(cluster)}", tuple(lines), "Change")


def _scaling(cluster: Cluster, nodes: int, ctx: Context) -> Iterator[Line]:
    problem = nodes_problem(cluster.type, nodes)
    if problem:
        yield line(f"{problem[0].upper()}{problem[1:]}: the server will refuse.", Tone.BAD)
    if cluster.status not in _SETTLED:
        now = words.status(cluster.status).word
        yield line(f"It is {now} now: the server may refuse another number of nodes.", Tone.WARN)
    running = load.running(cluster, ctx)
    if running:
        yield line(f"{words.count(running, 'job')} {'runs' if running == 1 else 'run'} on it now.")
    yield from cost(cluster.type, nodes, ctx)


def stays() -> Line:
    """Say what it means that a cluster does not end by itself."""
    return line("It then stays up, and is paid for, until somebody terminates it.", Tone.WARN)
