"""Forms that are no drafts of the API: where to save a page, list or package; how to check one; how to make one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from xplenty_tui.api.drafts import Blank, Draft, Line, NewPackage
from xplenty_tui.core.fields import When
from xplenty_tui.resources.run_form import is_id


class ValidationForm(Draft):
    """How to validate a package."""

    model_config = ConfigDict(defer_build=True)

    mode: Literal["wait", "background"] = "wait"
    """wait for the result, or go on in the background and be told later."""
    wait_s: Annotated[int, When("mode", "wait"), Field(title="Wait at most (s)", ge=5, le=600)] = 60
    """Seconds to wait; after them the result is looked for."""


class SavePage(Draft):
    """Where to save a page to."""

    model_config = ConfigDict(defer_build=True)

    path: Annotated[Line, Field(title="File")]
    """The file, or a folder; ~ is your home. Nobody else can read it."""
    overwrite: bool = False
    """Whether a file that is there already is replaced."""


class SaveRows(SavePage):
    """Where to save the rows of a list to, and as what."""

    format: Literal["csv", "csv-all", "json"] = "csv"
    """csv: the columns that are seen; csv-all: all columns; json: the items as received, secrets masked."""


class ExportForm(SavePage):
    """Where to export a package to."""


class CreationForm(Draft):
    """What to make a new package from."""

    model_config = ConfigDict(defer_build=True)

    name: Line
    """The new package's name."""
    source: Annotated[Literal["template", "copy", "file", "nothing"], Field(title="Made from")] = "template"
    """A template, a copy of a package, a file that was exported, or nothing."""
    package_template_id: Annotated[
        Line | None, Blank, When("source", "template"), Field(title="Template", validate_default=True)
    ] = None
    """For one that is made from a template."""
    source_package_id: Annotated[
        Line | None, Blank, When("source", "copy"), Field(title="Copy of", validate_default=True)
    ] = None
    """For a copy: the package to copy."""
    path: Annotated[Line | None, Blank, When("source", "file"), Field(title="File", validate_default=True)] = None
    """For one that is made from a file: an export, as JSON; ~ is your home."""
    flow_type: Annotated[Literal["dataflow", "workflow"], When("source", "nothing")] = "dataflow"
    """For one that is made from nothing: dataflow moves data, workflow runs other packages."""
    description: Annotated[Line | None, Blank] = None
    """What it does; that of its origin when it is empty."""

    @field_validator("package_template_id", "source_package_id", "path")
    @classmethod
    def _needed(cls, value: Any, info: ValidationInfo) -> Any:
        if value is None and SOURCES.get(info.data.get("source", "")) == info.field_name:
            raise ValueError("needed")
        if value is not None and info.field_name != SOURCES["file"] and not is_id(value):
            raise ValueError("should be its number")
        return value

    def draft(self) -> NewPackage:
        """Return the package to create, where it is not made from a file."""
        given: dict[str, Any] = {"name": self.name}
        origin = SOURCES.get(self.source)
        if origin is None:
            given["flow_type"] = self.flow_type
        else:
            given[origin] = getattr(self, origin)
        return NewPackage(**given, **({"description": self.description} if self.description else {}))


SOURCES = {"template": "package_template_id", "copy": "source_package_id", "file": "path"}
"""Which field says more about where a package comes from."""
