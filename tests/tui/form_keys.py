"""Forms filled in with keys only, and what is asked of a program around them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx

from tests.tui.host import Host, Line
from xplenty_tui.core.fields import pairs_of
from xplenty_tui.tui.widgets.form import Form


async def formed(host: Host) -> Form:
    """Wait for the form in front, with nothing on its way."""
    await host.until(lambda: any(isinstance(box, Form) and box.ready for box in host.app.boxes()) and not host.flying)
    form = host.app.boxes()[-1]
    assert isinstance(form, Form)
    return form


async def to(host: Host, name: str) -> None:
    """Go up or down to a field; of names and values to the last, empty one."""
    form = host.app.boxes()[-1]
    rows = [index for index, row in enumerate(form.draft.rows) if row.name == name]
    way = "down" if form.at < rows[-1] else "up"
    await host.press(*[way] * abs(rows[-1] - form.at))
    assert form.row.name == name


async def write(host: Host, text: str) -> None:
    """Type a text in place of what stands there."""
    form = host.app.boxes()[-1]
    await host.press("end", *["backspace"] * len(form.editor.text))
    host.type(text)
    await host.until(lambda: form.editor.text == text)


async def pick(host: Host, text: str, title: str) -> None:
    """Choose from the options of the field with the cursor by typing a part of a name."""
    form = host.app.boxes()[-1]
    await host.press("enter")
    host.type(text)
    await host.until(lambda: form.picking and form.picking.found and form.picking.found[0].title == title)
    await host.press("enter")


async def pair(host: Host, name: str, key: str, value: str) -> None:
    """Type a name and a value at the end of names and values."""
    await to(host, name)
    form = host.app.boxes()[-1]
    host.type(f"{key}={value}")
    await host.until(lambda: (key, value) in pairs_of(form.values[name]))


def since(host: Host) -> Callable[[], list[str]]:
    """Return what tells what was asked from now on."""
    before = len(host.line.asked)
    return lambda: host.line.asked[before:]


def without_lists(asked: list[str]) -> list[str]:
    """Leave out the refresh of lists, which comes when it comes."""
    return [path for path in asked if "offset=" not in path]


def wrote(host: Host) -> list[tuple[str, Any]]:
    """Return the writes with their bodies, in order."""
    return list(zip([path for path in host.line.asked if not path.startswith("/")], host.line.bodies, strict=True))


async def over(host: Host) -> None:
    """Wait until no form or question is left and all that it began has ended."""
    await host.until(lambda: not host.app.boxes())
    await host.settle()


class Refusing(httpx.AsyncBaseTransport):
    """A world that refuses writes with sentences by field."""

    def __init__(self, line: Line, errors: dict[str, list[str]]) -> None:
        self.world, self.errors = line.world, errors

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return await self.world.handle_async_request(request)
        return httpx.Response(422, content=json.dumps({"errors": self.errors}))
