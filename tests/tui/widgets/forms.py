"""A form over a model, and what it handed on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import BaseModel, Field

from tests.tui.widgets.boxes import BoxHost
from xplenty_tui.core.fields_check import check
from xplenty_tui.core.fields_model import fields_of
from xplenty_tui.tui.widgets.chooser import Option
from xplenty_tui.tui.widgets.form import Form

SIZES = pytest.mark.parametrize("size", [(80, 24), (60, 16)], ids=["80x24", "60x16"])
PACKAGES = [Option(str(number), f"package {number}", "", "workflow" if number == 5 else "") for number in range(1, 12)]


class Run(BaseModel):
    """What runs a package."""

    package_id: int
    """What to run."""
    nodes: int = Field(4, ge=2, le=50)
    """How many machines."""
    quick: bool = False
    size: str = ""
    api_token: str = ""
    variables: dict[str, str] = Field(default_factory=dict)
    """Plain values."""


class Sent:
    """A form over a model, and what it handed on."""

    def __init__(self, model: type[BaseModel] = Run, values: Mapping[str, str] | None = None, **how: Any) -> None:
        self.submitted: list[dict[str, str]] = []
        self.model = model
        title = how.pop("title", "Run a package")
        self.form = Form(
            title,
            fields_of(model),
            values or {},
            submit=lambda texts: self.submitted.append(dict(texts)),
            check=lambda texts: check(model, texts).problems,
            where="acme / prod",
            **how,
        )
        self.app = BoxHost(self.form)

    @property
    def dumped(self) -> dict[str, Any]:
        """What was submitted last, as the API would get it."""
        value = check(self.model, self.submitted[-1]).value
        assert value is not None
        return value.model_dump(exclude_unset=True)
