"""The first word decides: a command, or the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xplenty_tui.cli.console import INTERRUPTED, REFUSED, Console
from xplenty_tui.config.errors import SettingsError

Command = Callable[[Sequence[str], Console], int]


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


def _command(name: str) -> Command:
    """Return the command called ``name``; each loads what it needs and no more."""
    if name == "login":
        from xplenty_tui.cli.login import login

        return login
    if name == "logout":
        from xplenty_tui.cli.login import logout

        return logout
    if name == "profiles":
        from xplenty_tui.cli.profiles import profiles

        return profiles
    if name == "doctor":
        from xplenty_tui.cli.doctor import doctor

        return doctor
    if name == "demo-api":
        from xplenty_tui.cli.world import demo_api

        return demo_api
    return _unknown


def _unknown(_: Sequence[str], console: Console) -> int:
    """Say which commands there are, without repeating a word that may be a key."""
    from xplenty_tui.cli.arguments import COMMANDS

    console.complain(f"there is no such command; there are {', '.join(COMMANDS)}; see xplenty-tui --help")
    return REFUSED
