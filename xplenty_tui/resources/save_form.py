"""The forms of saving what is shown: where to, and as what."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from xplenty_tui.api.drafts import Draft, Line


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
