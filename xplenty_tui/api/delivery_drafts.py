"""What is written of deliveries (Deliveries: create)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from xplenty_tui.api.drafts import Blank, Draft, Line

Key = Annotated[str, Field(pattern=r"^[^/\s]+/[^/\s]+$")]
"""Type and number of a connection: ``s3/53``."""


class NewDelivery(Draft):
    """A delivery to create."""

    name: Annotated[Line | None, Blank] = None
    """What it is called; the server makes a name up when it is empty."""
    description: Annotated[Line | None, Blank] = None
    """What it is for."""
    interval_amount: Annotated[int, Field(ge=1)] = 1
    """How many of the interval's units lie between two runs."""
    interval_unit: Literal["minutes", "hours", "days", "weeks", "months"] = "days"
    """Unit of the interval."""
    source: Key
    """The connection that is read, as type/number."""
    source_properties: Annotated[dict[str, str], Field(repr=False)] = Field(default_factory=dict)
    """What the source needs, by name; it depends on its type and is not documented."""
    destination: Key
    """The connection that is written, as type/number."""
    destination_properties: Annotated[dict[str, str], Field(repr=False)] = Field(default_factory=dict)
    """What the destination needs, by name: schema_name of a database."""

    def sent(self) -> dict[str, Any]:
        """Return the body of the request, in which an end is a connection with its properties."""
        body = super().sent()
        for end in ("source", "destination"):
            type_, _, number = body[end].partition("/")
            ref = {"type": type_, "id": int(number) if number.isdecimal() else number}
            body[end] = {"connection": ref, "properties": body.pop(f"{end}_properties", {})}
        return body
