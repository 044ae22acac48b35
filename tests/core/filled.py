"""Models such as an API's calls have, for tests of forms: every kind of field once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, Field, SecretStr, field_validator


class Colour(StrEnum):
    """Some words."""

    RED = "red"
    BLUE = "blue"


class Step(BaseModel):
    """One of several."""

    package_id: int
    """What runs."""
    variables: dict[str, str] = Field(default_factory=dict)
    """Expressions. A text needs its own quotes.

    A second paragraph that no form has room for.
    """


class Task(BaseModel):
    """Inside another."""

    nodes: Annotated[int, Field(ge=2, le=50)] = 2
    """How many machines."""
    steps: list[Step]


class Plan(BaseModel):
    """A form with everything."""

    name: str = Field("Untitled", min_length=1, max_length=20)
    """What people call it. Shown in
    every list."""
    kind: Literal["production", "sandbox"] = "production"
    colour: Colour | None = None
    price: int | float | None = Field(None, gt=0, lt=10)
    overlap: bool = True
    quick: bool | None = None
    start_at: datetime | None = None
    amount: int = Field(ge=1)
    password: SecretStr | None = None
    task: Task

    @field_validator("name")
    @classmethod
    def _no_shouting(cls, name: str) -> str:
        if name.isupper():
            raise ValueError("should not be in capitals")
        return name
