"""Ends that nobody asked for: a mistake of ours, a terminal that is gone; and the way to the shell."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from textual.driver import Driver

    from xplenty_tui.tui.app import XplentyApp


class Leaving:
    """Mixed into the application, before Textual's own."""

    @property
    def _leaver(self) -> XplentyApp:
        return cast("XplentyApp", self)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that never waits for the terminal, where Textual would take its own for a terminal."""
        from textual.drivers.linux_driver import LinuxDriver

        usual: type[Driver] = super().get_driver_class()  # type: ignore[misc]
        if usual is not LinuxDriver:
            return usual
        from xplenty_tui.tui.driver import PatientDriver

        return PatientDriver

    def hung_up(self) -> bool:
        """Tell whether the terminal is gone."""
        asked = getattr(self._leaver._driver, "hung_up", None)
        return bool(asked is not None and asked())

    def _fatal_error(self) -> None:
        """Leave after a mistake of ours: a sentence, and a report without values, for a key may be among them."""
        app = self._leaver
        app.bell()
        error = app._exception
        if error is not None:
            app._exit_renderables.append(self._last_words(error))
        app._close_messages_no_wait()

    def _last_words(self, error: Exception) -> Any:
        """Return what is printed: where the report is, or the report itself where no file can be written."""
        from rich.text import Text
        from rich.traceback import Traceback

        from xplenty_tui import __version__

        app = self._leaver
        kind, trace = type(error), error.__traceback__
        shown = Traceback.from_exception(kind, error, trace, show_locals=False, width=None)
        from rich.console import Console

        from xplenty_tui.config.paths import find
        from xplenty_tui.core.private_file import open_private

        kept = app.prepared.state if app.prepared is not None else None
        folder = kept or find(app.launch.environment).state  # the demo and a start that failed report, too
        path = folder / f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}.txt"
        try:
            with os.fdopen(open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "w", encoding="utf-8") as file:
                file.write(f"xplenty-tui {__version__}\n")
                Console(file=file, width=120, color_system=None).print(shown)
        except OSError:
            return shown
        return Text(f"xplenty-tui made a mistake ({kind.__name__}) and had to stop. The report, without values: {path}")
