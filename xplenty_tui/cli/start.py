"""The way to the screen. Until the first paint nothing is loaded that the screen itself does not need."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from collections.abc import Mapping, Sequence

from xplenty_tui.cli.arguments import demo_of, screen_options
from xplenty_tui.cli.console import REFUSED, Console
from xplenty_tui.config.launch import Launch, Prepared
from xplenty_tui.config.paths import find

SSH = ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")
"""Variables of a session over SSH: there each move of the mouse is a message over a slow line."""
NO_SCREEN = ("dumb", "unknown")
"""Values of TERM for which there is nothing to draw on."""
TALKATIVE = ("TEXTUAL_LOG", "TEXTUAL")
"""Variables with which Textual writes each key and paste to a file or a port: an API key may be typed here."""


def start(argv: Sequence[str], console: Console) -> int:
    """Open the screen and return its exit status; without a terminal a sentence and status 2."""
    options = screen_options(argv)
    launch = launch_of(options, console)
    if refusal := unfit(console):
        console.complain(refusal)
        return REFUSED
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some reads every installed package
    for name in TALKATIVE:
        os.environ.pop(name, None)
    gc.disable()  # imports make objects that stay; the screen turns it on again when the first rows stand
    from xplenty_tui.tui.app import XplentyApp

    app = XplentyApp(launch)
    last_words = app.run(mouse=with_mouse(options.mouse, console.environment))
    if isinstance(last_words, str):
        from xplenty_tui.config.plain import plain

        console.complain(plain(last_words, 1000))
    return app.return_code or 0


def with_mouse(asked: bool | None, environment: Mapping[str, str]) -> bool:
    """Tell whether to take the mouse: as asked, else as ``[look] mouse`` says, else everywhere but over SSH.

    Read from the file without checking all of it, which comes after the first paint and says what is wrong.
    """
    if asked is not None:
        return asked
    try:
        text = find(environment).settings.read_text("utf-8")
        import tomllib

        look = tomllib.loads(text).get("look")
    except (OSError, ValueError):
        look = None
    wanted = look.get("mouse") if isinstance(look, dict) else None
    if wanted in ("on", "off"):
        return bool(wanted == "on")
    return not any(environment.get(name) for name in SSH)


def launch_of(options: Namespace, console: Console) -> Launch:
    """Return what the screen is started with."""
    return Launch(
        how=_prepare_demo if options.demo else _prepare,
        environment=console.environment,
        profile=options.profile,
        account=options.account,
        demo=demo_of(options) if options.demo else None,
        read_only=options.read_only,
        screen=options.screen,
    )


def unfit(console: Console) -> str:
    """Return why no screen can be drawn here, as a sentence; empty when one can."""
    streams = (("input", console.stdin), ("output", console.stdout), ("error output", console.stderr))
    for name, stream in streams:
        if not stream.isatty():
            return f"the screen needs a terminal, and its {name} is none; `xplenty-tui doctor` works without"
    term = console.environment.get("TERM", "")
    if term in NO_SCREEN:
        return f"the terminal says that it can draw no screen (TERM={term}); set TERM to what it is, such as xterm"
    return ""


def _prepare(launch: Launch) -> Prepared:
    from xplenty_tui.config.prepare import prepare

    return prepare(launch)


def _prepare_demo(launch: Launch) -> Prepared:
    from xplenty_tui.cli.world import prepare

    return prepare(launch)
