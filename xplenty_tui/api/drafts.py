"""What is written, before it is sent: checked as the documentation says, field by field explained.

Forms and the comments of texts to edit are made from the explanations under the fields. Only fields that were given a
value are sent, so one model serves for a whole item and for a small change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from xplenty_tui.api.wire import Time

LEAST_NODES = 2
"""Nodes of a production cluster at least; a sandbox has exactly one (Clusters: create)."""


class Draft(BaseModel):
    """Base of what is written: unknown fields are refused, and no error repeats a value."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        defer_build=True,
        hide_input_in_errors=True,
        coerce_numbers_to_str=True,
        validate_default=False,
    )

    def sent(self) -> dict[str, Any]:
        """Return the body of the request: the fields that were given a value, as the API writes them."""
        return self.model_dump(mode="json", exclude_unset=True, exclude_none=True)


def _none_if_blank(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _written(value: datetime) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ")


Line = Annotated[str, StringConstraints(strip_whitespace=True)]
Blank = BeforeValidator(_none_if_blank)
"""An empty text means that nothing was given."""
Id = Annotated[int, Field(ge=1)]
Moment = Annotated[Time, PlainSerializer(_written, return_type=str)]
Values = Annotated[dict[str, str], Field(repr=False)]
"""Variables by name; not shown, they may be secret."""


class NewJob(Draft):
    """A job to run (Jobs: run)."""

    package_id: Id
    """The package to run."""
    cluster_id: Id
    """The cluster to run it on. One that is still coming up will do; if it fails, so does the job."""
    variables: Values = Field(default_factory=dict)
    """Values by name, taken as they are: no quotes around texts."""
    dynamic_variables: Values = Field(default_factory=dict)
    """Expressions by name, worked out when the job starts: CurrentTime(), $OTHER, or 'a text' in its own quotes."""


class NewCluster(Draft):
    """A cluster to create (Clusters: create)."""

    type: Literal["production", "sandbox"] = "production"
    """production, or sandbox: one node, for trying out."""
    nodes: Annotated[int, Field(ge=1)]
    """Number of nodes: exactly 1 for a sandbox, 2 up to the plan's maximum for production."""
    name: Annotated[Line | None, Blank] = None
    """The cluster's name; the server makes one up when it is empty."""
    description: Annotated[Line | None, Blank] = None
    """What it is for."""
    region: Annotated[Line | None, Blank] = None
    """Where it runs, as in amazon-web-services::us-east-1; the account's own region when it is empty."""
    stack: Annotated[Line | None, Blank] = None
    """Version of the software on its nodes; the server's default when it is empty."""
    terminate_on_idle: bool = False
    """Whether it terminates by itself once it had no job for the time to idle."""
    time_to_idle: Annotated[int, Field(title="Time to idle (s)", ge=1)] = 3600
    """Seconds without a job after which it is idle."""

    @field_validator("nodes")
    @classmethod
    def _enough(cls, nodes: int, info: ValidationInfo) -> int:
        if "type" in info.data and (problem := nodes_problem(info.data["type"], nodes)):
            raise ValueError(problem)
        return nodes


def nodes_problem(type_: str, nodes: int) -> str:
    """Say why a cluster of that type cannot have so many nodes; "" when it can. A type nobody knows can."""
    if type_ == "sandbox" and nodes != 1:
        return "a sandbox has exactly 1 node"
    if type_ == "production" and nodes < LEAST_NODES:
        return f"a production cluster has at least {LEAST_NODES} nodes"
    return ""


class ClusterChange(Draft):
    """A change of a cluster that is up (Clusters: update)."""

    name: Annotated[Line | None, Blank] = None
    """The cluster's name."""
    description: Line | None = None
    """What it is for."""
    nodes: Annotated[int, Field(ge=1)] | None = None
    """Number of nodes, 2 up to the plan's maximum: another number scales it. A sandbox keeps its 1."""
    terminate_on_idle: bool | None = None
    """Whether it terminates by itself once it had no job for the time to idle."""
    time_to_idle: Annotated[Annotated[int, Field(ge=1)] | None, Field(title="Time to idle (s)")] = None
    """Seconds without a job after which it is idle."""


class TaskPackageDraft(Draft):
    """A package that a schedule runs."""

    package_id: Id
    """The package to run."""
    variables: Values = Field(default_factory=dict)
    """Expressions by name, worked out when it runs: a text needs its own quotes, as in 'a text'."""


class TaskDraft(Draft):
    """What a schedule does when it fires."""

    nodes: Annotated[int, Field(ge=1)] = LEAST_NODES
    """Nodes of the cluster that it creates, where it cannot reuse one: 2 up to the plan's maximum."""
    terminate_on_idle: bool | None = None
    """Whether that cluster terminates by itself once it had no job for the time to idle."""
    time_to_idle: Annotated[int, Field(ge=1)] | None = None
    """Time without a job until that cluster is idle. The documentation does not state the unit (60 in its examples)."""
    packages: Annotated[tuple[TaskPackageDraft, ...], Field(min_length=1)] = ()
    """The packages to run, at least one. Given anew, they replace all that were there."""


class ScheduleDraft(Draft):
    """A schedule as it shall be, or the fields of it that shall change (Schedules: create, update)."""

    name: Annotated[Line, StringConstraints(min_length=1)] = "Untitled"
    """The schedule's name."""
    description: Line = ""
    """What it is for."""
    status: Literal["enabled", "disabled"] = "disabled"
    """Whether it fires by itself."""
    interval_amount: Annotated[int, Field(ge=1)] = 1
    """How many of the interval's units lie between two runs."""
    interval_unit: Literal["minutes", "hours", "days", "weeks", "months"] = "hours"
    """Unit of the interval."""
    start_at: Annotated[Moment | None, Blank] = None
    """When it fires first, in UTC unless it names an offset. It cannot change any more once the schedule has run."""
    overlap: bool = True
    """Whether it may run while its last run still goes on."""
    reuse_cluster_strategy: Literal["any", "self", "none"] = "any"
    """Where its jobs run: on any cluster that is up, on one that itself created, or always on a new one."""
    auto_retry: bool = False
    """Whether its failed jobs are tried again."""
    auto_retry_attempts: Annotated[int, Field(ge=1, le=5)] = 3
    """How often they are tried again, 1 to 5 times."""
    task: TaskDraft | None = None
    """What it does when it fires."""


class NewSchedule(ScheduleDraft):
    """A schedule to create: it has something to do (Schedules: create)."""

    task: TaskDraft
    """What it does when it fires."""

    @field_validator("task")
    @classmethod
    def _something(cls, task: TaskDraft) -> TaskDraft:
        if not task.packages:
            raise ValueError("a schedule runs at least one package")
        return task


class PackageChange(Draft):
    """A change of a package's own words (Packages: update)."""

    name: Annotated[Line, StringConstraints(min_length=1)] | None = None
    """The package's name."""
    description: Line | None = None
    """What it does."""


class NewPackage(Draft):
    """A package to create: empty, or from one source (Packages: create)."""

    name: Annotated[Line, StringConstraints(min_length=1)]
    """The package's name."""
    description: Line | None = None
    """What it does."""
    flow_type: Literal["dataflow", "workflow"] = "dataflow"
    """dataflow moves data, workflow runs other packages one after another."""
    source_package_id: Id | None = None
    """The package to copy."""
    package_template_id: Id | None = None
    """The template to begin with."""
    data_flow_json: Annotated[Any, Field(repr=False)] = None
    """The flow itself, as an export holds it."""
    flow_version: Annotated[Line | None, Blank] = None
    """Version of the flow's format; 2.0.0 when it is empty."""
    variables: Values = Field(default_factory=dict)
    """Variables by name with their defaults, which are expressions: a text needs its own quotes."""

    @field_validator("package_template_id", "data_flow_json")
    @classmethod
    def _one_source(cls, value: Any, info: ValidationInfo) -> Any:
        before = [name for name in ("source_package_id", "package_template_id") if info.data.get(name) is not None]
        if value is not None and before and before != [info.field_name]:
            raise ValueError(f"the package already comes from {before[0]}")
        return value


def imported(exported: Any, name: str) -> NewPackage:
    """Return the package of that name that an exported file holds; raises ValidationError for what cannot be one.

    The documentation does not say what an export looks like: an object with the fields of a package is read as such,
    anything else is the flow itself.
    """
    fields: Mapping[str, Any] = exported if isinstance(exported, Mapping) and "data_flow_json" in exported else {}
    taken = {
        field: fields[field]
        for field in ("description", "flow_type", "flow_version", "variables")
        if fields.get(field) is not None
    }
    flow = fields["data_flow_json"] if fields else exported
    return NewPackage.model_validate({**taken, "name": name, "data_flow_json": flow})
