"""What is done with the item under the cursor: shown raw, copied, its web address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from xplenty_tui.core.declare import Resource, Row, Tone
from xplenty_tui.core.store import Odd
from xplenty_tui.tui.passing import clipboard

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.place import Place

CLIPBOARD = "sent to the terminal's clipboard; if nothing arrived: tmux needs set-clipboard on, or ctrl+s to a file"


class Copying:
    """Mixed into the application."""

    @property
    def _app(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy to the clipboard of the person's terminal, through tmux and screen."""
        self._app._clipboard = text
        if self._app._driver is not None:
            self._app._driver.write(clipboard(text, self._app.launch.environment))

    def push(self, place: Place) -> None:
        """Put a place in front."""

        async def run() -> None:
            await self._app.places.push(place)
            self._app.arrived()

        self._app.start_task(run())

    def _here(self) -> tuple[Resource[Any], Any] | None:
        front = self._app.places.front
        here = front.here() if front is not None else None
        if here is None or here[1] is None:
            self._app.say("There is no item under the cursor.", Tone.WARN)
            return None
        return here

    def _raw(self, item: Any) -> Any:
        from xplenty_tui.api.wire import raw

        return item.raw if isinstance(item, Odd) else raw(item) if hasattr(item, "model_dump") else item

    def do_raw(self) -> None:
        """Show the item as it was received."""
        from xplenty_tui.tui.screens.page import TextPlace, as_json

        if (here := self._here()) is None:
            return
        resource, item = here
        key = item.key if isinstance(item, Odd) else resource.key(item)
        rows = [Row(line) for line in as_json(self._raw(item)).splitlines()]
        self.push(TextPlace((resource.title, key, "JSON"), rows, "as last received  Y copies  esc closes"))

    def do_copy(self) -> None:
        """Copy the id, or on a page the text of the line."""
        front = self._app.places.front
        page = getattr(front, "page", None)
        if page is not None and page.current_item() is None:
            self._copy(page.current_text(), "The line")
        elif (here := self._here()) is not None:
            item = here[1]
            self._copy(item.key if isinstance(item, Odd) else here[0].key(item), "The id")

    def do_copy_json(self) -> None:
        """Copy the item as JSON."""
        from xplenty_tui.tui.screens.page import TextPlace, as_json

        front = self._app.places.front
        if isinstance(front, TextPlace):
            self._copy(front.text(), "The page")
        elif (here := self._here()) is not None:
            self._copy(as_json(self._raw(here[1])), "The JSON")

    def do_web(self) -> None:
        """Show and copy the address in the web console."""
        if (here := self._here()) is None:
            return
        address = None if isinstance(here[1], Odd) else here[0].web(here[1])
        if not address:
            self._app.say(f"The API names no web address for this {here[0].singular}.", Tone.WARN)
            return
        self._app.copy_to_clipboard(address)
        self._app.say(f"{address}  ({CLIPBOARD})")

    def _copy(self, text: str, what: str) -> None:
        self._app.copy_to_clipboard(text)
        self._app.say(f"{what} was {CLIPBOARD}")
