"""What can be edited as text in these tests: a model with everything that TOML can hold, and hostile values for it."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

HOSTILE = [
    '"',
    "'''",
    '"""',
    "\\",
    "\\u0041",
    "a\nb",
    "\n",
    "\r\n",
    "\x00\x1b[31m\x7f",
    "\u202e\u2028",
    "🙂",
    "#x",
    "]",
    "",
]


class Unit(StrEnum):
    HOURS = "hours"
    DAYS = "days"


def check_word(text: str) -> str:
    if " " in text:
        raise ValueError("should be one word")
    return text


class Package(BaseModel):
    """A package in a schedule."""

    model_config = ConfigDict(frozen=True)

    package_id: int
    """The package that is run."""
    variables: dict[str, str] = {}
    """Values by name."""


class Task(BaseModel):
    """What is run."""

    nodes: int = Field(default=1, ge=1, le=10)
    """How many nodes.

    Within the plan's limits.
    """
    packages: list[Package] = []
    """One after another."""


class Plan(BaseModel):
    """Everything that TOML can hold."""

    name: str
    """What people call it."""
    word: Annotated[str, AfterValidator(check_word)] = "x"
    description: str | None = None
    """A longer text."""
    enabled: bool = True
    share: float = 0.5
    amount: int | None = Field(default=None, description="How many units.")
    unit: Unit = Unit.DAYS
    """Of what."""
    overlap: Literal["skip", "queue"] | None = None
    start_at: datetime | None = None
    tags: tuple[str, ...] = ()
    task: Task | None = None
    """What is run."""
    variables: dict[str, Any] = {}
    by_name: dict[str, Task] = {}
    more: list[Task] = []


TEXT = st.text() | st.sampled_from(HOSTILE) | st.lists(st.sampled_from([*HOSTILE, "a"])).map("".join)
NAME = TEXT | st.sampled_from(["password", "api_key", "a.b", "a b"])
SCALAR = TEXT | st.integers() | st.booleans() | st.floats(allow_nan=False) | st.datetimes(timezones=st.just(UTC))
ANY = st.recursive(SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAME, inner, max_size=3))
PACKAGES = st.builds(Package, package_id=st.integers(), variables=st.dictionaries(NAME, TEXT, max_size=3))
TASKS = st.builds(Task, nodes=st.integers(1, 10), packages=st.lists(PACKAGES, max_size=3))
PLANS = st.builds(
    Plan,
    name=TEXT,
    description=st.none() | TEXT,
    enabled=st.booleans(),
    share=st.floats(allow_nan=False),
    amount=st.none() | st.integers(),
    unit=st.sampled_from(Unit),
    overlap=st.sampled_from(["skip", "queue", None]),
    start_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    tags=st.lists(TEXT, max_size=3).map(tuple),
    task=st.none() | TASKS,
    variables=st.dictionaries(NAME, ANY, max_size=4),
    by_name=st.dictionaries(NAME, TASKS, max_size=2),
    more=st.lists(TASKS, max_size=2),
)
