"""The form of a run: package, cluster and variables, and the cluster that is created for it where none will do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from xplenty_tui.api.drafts import LEAST_NODES, Blank, Draft, Line, NewCluster, Values, nodes_problem
from xplenty_tui.api.jobs import Job
from xplenty_tui.core import action as act
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context
from xplenty_tui.core.fields import When, pairs_text, write

NEW = "new"
"""Stands in the place of a cluster's id for one that is created first."""
_NEW = When("cluster_id", NEW)
QUOTED = re.compile(r"\s*'(?:.*'\s*|[^']*'\s*[-+*/].*)", re.DOTALL)
"""A text in its own quotes, or something worked out that begins with one: ``'/' + ToString(…)``."""
EXPRESSION = re.compile(r"\s*(?:\$\w+|[A-Za-z_]\w*\(.*\))\s*", re.DOTALL)
"""What looks worked out: ``$OTHER``, ``CurrentTime()``."""
_DIGITS = 18


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
        given: dict[str, Any] = {"type": self.type, "nodes": self.nodes or least(self.type)}
        given |= {"name": self.name} if self.name else {}
        return NewCluster(**given, terminate_on_idle=self.terminate_on_idle)


def is_id(text: str) -> bool:
    """Whether a text is a number that the API gives to things."""
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS and int(text) > 0


def least(type_: str) -> int:
    """Return the nodes of the smallest cluster of a type."""
    return 1 if type_ == "sandbox" else LEAST_NODES


def split(job: Job) -> act.Values:
    """Return a job's variables as texts of the form: those with quotes of their own were, or become, expressions."""
    dynamic = dict(job.dynamic_variables)
    static: dict[str, Any] = {}
    for name, value in job.variables.items():
        if name not in dynamic:
            (dynamic if isinstance(value, str) and QUOTED.fullmatch(value) else static)[name] = value
    return {"variables": pairs_text(static), "dynamic_variables": pairs_text(dynamic)}


def defaults(variables: Mapping[str, Any]) -> act.Values:
    """Return a package's variables as texts of the form: their defaults are expressions."""
    return {"variables": "", "dynamic_variables": pairs_text(variables)}


def texts(draft: RunForm) -> act.Values:
    """Return a draft as the texts of its form."""
    given = {name: write(getattr(draft, name)) for name in ("package_id", "cluster_id", "type", "nodes", "name")}
    pairs = {name: pairs_text(getattr(draft, name)) for name in ("variables", "dynamic_variables")}
    return {**given, **pairs, "terminate_on_idle": write(draft.terminate_on_idle)}


def packages(ctx: Context) -> Sequence[act.Choice]:
    """Return the loaded packages that can be run, by name."""
    found = [item for item in ctx.store.good("packages") if item.status != "archived"]
    found.sort(key=lambda item: (item.name.lower(), item.id))
    return [
        act.Choice(str(item.id), item.name or f"package {item.id}", item.flow_type, words.first_line(item.description))
        for item in found
    ]
