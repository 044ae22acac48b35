"""The first word decides: a command, or the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xplenty_tui.cli.console import INTERRUPTED, REFUSED, Console
from xplenty_tui.config.errors import SettingsError

if TYPE_CHECKING:
    from xplenty_tui.cli.table import Run


def run(argv: Sequence[str], console: Console) -> int:
    """Run what ``argv`` (without the program's name) asks for and return the exit status."""
    try:
        if argv and not argv[0].startswith("-"):
            return _command(argv[0])(argv[1:], console)
        from xplenty_tui.cli.start import start

        return start(argv, console)
    except SettingsError as error:
        console.complain(error.sentence)
        return REFUSED
    except KeyboardInterrupt:
        console.complain("interrupted.")
        return INTERRUPTED


def _command(name: str) -> Run:
    """Return the command called ``name``; each loads what it needs and no more."""
    from xplenty_tui.cli.table import BY_NAME

    return BY_NAME[name].run() if name in BY_NAME else _unknown


def _unknown(_: Sequence[str], console: Console) -> int:
    """Say which commands there are, without repeating a word that may be a key."""
    from xplenty_tui.cli.table import BY_NAME

    console.complain(f"there is no such command; there are {', '.join(BY_NAME)}; see xplenty-tui --help")
    return REFUSED
