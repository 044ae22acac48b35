"""The form of a run: package, cluster and variables, and the cluster that is created for it where none will do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.api.drafts import LEAST_NODES, Blank, Draft, Line, NewCluster, Values, nodes_problem
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import action as act
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.fields import NO, When, pairs_of, pairs_text, write
from xplenty_tui.core.widths import clusters
from xplenty_tui.resources import load, parts

NEW = "new"
"""Stands in the place of a cluster's id for one that is created first."""
_NEW = When("cluster_id", NEW)

_QUOTED = re.compile(r"\s*'(?:.*'\s*|[^']*'\s*[-+*/].*)", re.DOTALL)
"""A text in its own quotes, or something worked out that begins with one: ``'/' + ToString(…)``."""
_EXPRESSION = re.compile(r"\s*(?:\$\w+|[A-Za-z_]\w*\(.*\))\s*", re.DOTALL)
_DIGITS = 18
_LONGEST = 200
"""Characters of a value that a preview draws."""
_ROOM = 70
"""Cells of a line of the preview: a form's box at 80 columns."""


class RunForm(Draft):
    """What is filled in to run a package."""

    model_config = ConfigDict(defer_build=True)

    package_id: Annotated[Line, Field(title="Package")]
    """The package to run."""
    cluster_id: Annotated[Line, Field(title="Cluster")]
    """The cluster to run it on: the best come first, a new one last. One that is coming up will do."""
    variables: Values = Field(default_factory=dict)
    """Values by name, sent as they are: no quotes around texts."""
    dynamic_variables: Values = Field(default_factory=dict)
    """Expressions by name, worked out when the job starts: CurrentTime(), $OTHER, or 'a text' in its own quotes."""
    type: Annotated[Literal["production", "sandbox"], _NEW, Field(title="New cluster type")] = "production"
    """Of a new cluster: production, or sandbox (one node, for trying out)."""
    nodes: Annotated[int | None, _NEW, Field(title="New cluster nodes", validate_default=True)] = None
    """Of a new cluster: 2 up to the plan's maximum, 1 for a sandbox; the least when it is empty."""
    name: Annotated[Line | None, Blank, _NEW, Field(title="New cluster name")] = None
    """Of a new cluster: the server makes a name up when it is empty."""
    terminate_on_idle: Annotated[bool, _NEW, Field(title="Ends when idle")] = True
    """Of a new cluster: whether it terminates by itself once it had no job for an hour."""

    @field_validator("package_id")
    @classmethod
    def _package(cls, package: str) -> str:
        if not is_id(package):
            raise ValueError("should be a package's number")
        return package

    @field_validator("cluster_id")
    @classmethod
    def _cluster(cls, cluster: str) -> str:
        if cluster != NEW and not is_id(cluster):
            raise ValueError(f"should be a cluster's number, or {NEW} for one that is created")
        return cluster

    @field_validator("nodes")
    @classmethod
    def _enough(cls, nodes: int | None, info: ValidationInfo) -> int | None:
        if nodes is None or info.data.get("cluster_id") != NEW:
            return nodes
        problem = "should be at least 1" if nodes < 1 else nodes_problem(info.data.get("type", ""), nodes)
        if problem:
            raise ValueError(problem)
        return nodes

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the variables that are sent."""
        return tuple(sorted({*self.variables, *self.dynamic_variables}))

    @property
    def is_new(self) -> bool:
        """Whether a cluster is created first."""
        return self.cluster_id == NEW

    def cluster(self) -> NewCluster:
        """Return the cluster to create."""
        given: dict[str, Any] = {"type": self.type, "nodes": self.nodes or _least(self.type)}
        given |= {"name": self.name} if self.name else {}
        return NewCluster(**given, terminate_on_idle=self.terminate_on_idle)


def is_id(text: str) -> bool:
    """Whether a text is a number that the API gives to things."""
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text) > 0


def _least(type_: str) -> int:
    return 1 if type_ == "sandbox" else LEAST_NODES


def split(job: Job) -> act.Values:
    """Return a job's variables as texts of the form: those with quotes of their own were, or become, expressions."""
    dynamic = dict(job.dynamic_variables)
    static: dict[str, Any] = {}
    for name, value in job.variables.items():
        if name not in dynamic:
            (dynamic if isinstance(value, str) and _QUOTED.fullmatch(value) else static)[name] = value
    return {"variables": pairs_text(static), "dynamic_variables": pairs_text(dynamic)}


def defaults(variables: Mapping[str, Any]) -> act.Values:
    """Return a package's variables as texts of the form: their defaults are expressions."""
    return {"variables": "", "dynamic_variables": pairs_text(variables)}


# What will be sent.


def credits(values: act.Values) -> int:
    """Return what running costs: one for the job, and one for a cluster that is created first."""
    return 2 if values.get("cluster_id") == NEW else 1


def texts(draft: RunForm) -> act.Values:
    """Return a draft as the texts of its form."""
    given = {name: write(getattr(draft, name)) for name in ("package_id", "cluster_id", "type", "nodes", "name")}
    pairs = {name: pairs_text(getattr(draft, name)) for name in ("variables", "dynamic_variables")}
    return {**given, **pairs, "terminate_on_idle": write(draft.terminate_on_idle)}


def preview(values: act.Values, ctx: Context) -> Sequence[act.Line]:
    """Return what is sent, in the order in which it is; values of secrets are masked."""
    return list(_preview(values, ctx))


def _preview(values: act.Values, ctx: Context) -> Iterator[act.Line]:
    package, cluster = values.get("package_id", ""), values.get("cluster_id", "")
    if cluster == NEW:
        type_ = values.get("type") or "production"
        nodes = values.get("nodes") or str(_least(type_))
        ends = "does not end by itself" if values.get("terminate_on_idle") == NO else "ends when idle"
        named = f" {values['name'].strip()}" if values.get("name", "").strip() else ""
        said = f"creates {type_} cluster{named} of {nodes} {'node' if nodes == '1' else 'nodes'}, {ends}"
        yield [("first ", Tone.DIM), (said, Tone.WARN)]
    runs = parts.name_of(ctx, "packages", package) or "which package?"
    place = "it" if cluster == NEW else parts.name_of(ctx, "clusters", cluster) or "which cluster?"
    yield [("runs ", Tone.DIM), (runs, Tone.STRONG), (" on ", Tone.DIM), (place, Tone.STRONG)]
    yield from _there(ctx.store.get("clusters", cluster), ctx)
    static, dynamic = _pairs(values.get("variables", "")), _pairs(values.get("dynamic_variables", ""))
    for name, value in static:
        if _QUOTED.fullmatch(value):
            yield [(f"the quotes of {name} are sent as a part of it", Tone.WARN)]
        elif _EXPRESSION.fullmatch(value):
            yield [(f"{name} is sent as text, not worked out", Tone.WARN)]
    yield from _packed("values", [_variable(*pair, ctx) for pair in static])
    yield from _packed("expressions", [_variable(*pair, ctx) for pair in dynamic])


def _there(cluster: Cluster | None, ctx: Context) -> Iterator[act.Line]:
    """Say what of nodes it takes: none but those that are there, and what runs on them."""
    if cluster is None:
        return
    jobs = load.running(cluster, ctx) or 0
    busy = f"{words.count(jobs, 'job')} {'runs' if jobs == 1 else 'run'} there" if jobs else "no job runs there"
    nodes = f"it has {cluster.nodes}, " if cluster.nodes else ""
    yield [("nodes ", Tone.DIM), (f"no new ones: {nodes}{words.status(cluster.status).word}, {busy}", Tone.PLAIN)]


def _variable(name: str, value: str, ctx: Context) -> str:
    shown = parts.on_one_line(value[:_LONGEST]) or "(empty)"
    if value and parts.secret(name, value):
        shown = parts.HIDDEN_ASCII if ctx.ascii else parts.HIDDEN
    return f"{name} = {shown}"


def _packed(label: str, said: Sequence[str]) -> Iterator[act.Line]:
    """Return as few lines as hold all of it: what is sent should be seen at once, on a small terminal too."""
    room = _ROOM - len(label) - 1
    rows: list[str] = []
    for one in said:
        if rows and words.cells(longer := f"{rows[-1]}{parts.DOT}{one}") <= room:
            rows[-1] = longer
        else:
            rows += _broken(one, room)
    for place, row in enumerate(rows):
        yield [(f"{' ' * len(label) if place else label} ", Tone.DIM), (row, Tone.PLAIN)]


def _broken(text: str, room: int) -> Iterator[str]:
    """Return a text in pieces that fit: a long expression is read whole, not up to where a line ends."""
    piece, filled = "", 0
    for character, width in clusters(text):
        if filled + width > room:
            yield piece
            piece, filled = "", 0
        piece, filled = piece + character, filled + width
    yield piece


def _pairs(text: str) -> Sequence[tuple[str, str]]:
    try:
        return [(name.strip(), value) for name, value in pairs_of(text) if name.strip()]
    except ValueError:
        return ()


# What can be chosen.


def packages(ctx: Context) -> Sequence[act.Choice]:
    """Return the loaded packages that can be run, by name."""
    found = [item for item in ctx.store.good("packages") if item.status != "archived"]
    found.sort(key=lambda item: (item.name.lower(), item.id))
    return [
        act.Choice(str(item.id), item.name or f"package {item.id}", item.flow_type, words.first_line(item.description))
        for item in found
    ]
