"""``profiles``: what is set up here, without touching a key."""

from __future__ import annotations

from collections.abc import Sequence

from xplenty_tui.cli.arguments import Parser
from xplenty_tui.cli.console import Console
from xplenty_tui.config.paths import find
from xplenty_tui.config.read import load
from xplenty_tui.config.secrets import expected_source
from xplenty_tui.config.settings import Settings
from xplenty_tui.config.target import find_target

HEADS = ("", "PROFILE", "ACCOUNT", "KEY FROM", "URL", "")


def profiles_parser() -> Parser:
    """Return what reads the options of ``profiles``: there are none."""
    return Parser("xplenty-tui profiles", "List the profiles of config.toml and where their keys come from.")


def profiles(argv: Sequence[str], console: Console) -> int:
    """List the profiles; ``*`` marks the one that is opened when none is named."""
    profiles_parser().parse(argv)
    file = find(console.environment).settings
    settings = load(file)
    current = find_target(settings, console.environment)
    rows = _rows(settings, console, current.name)
    if current.name not in settings.profiles and current.account:
        source = expected_source(current, console.environment)
        rows.insert(0, ("*", current.name, current.account, source, current.url, "not in the file"))
    if not rows:
        console.say(f"There is no profile yet in {file}; `xplenty-tui login` makes one.")
        return 0
    for row in [HEADS, *rows]:
        widths = [max(len(line[place]) for line in [HEADS, *rows]) for place in range(len(HEADS))]
        console.say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


def _rows(settings: Settings, console: Console, current: str) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, profile in settings.profiles.items():
        target = find_target(settings, console.environment, name)
        flags = ["production"] * profile.production + ["read-only"] * profile.read_only
        mark = "*" if name == current else ""
        source = expected_source(target, console.environment)
        rows.append((mark, name, profile.account, source, target.url, ", ".join(flags)))
    return rows
