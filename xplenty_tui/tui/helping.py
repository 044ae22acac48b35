"""The help of a place, drawn from the declarations: its keys, its columns, how to filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xplenty_tui.core import words
from xplenty_tui.core.declare import Loaded, Resource, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.tui.commands import ACTS, ANYWHERE, DETAIL, EDIT, EDIT_TEXT, LIST, MAKES, PAGE, Command, label

_ORDER = {DETAIL: 1, LIST: 1, PAGE: 1, ANYWHERE: 2}
"""What is special to the place comes first."""
FILTER = (
    ("status:failed", "the column holds this text"),
    ('package:"daily load"', "two words are quoted"),
    ("runtime:>2h  started:<2026-11-20", "at least, at most: numbers, durations, dates"),
    ("-status:completed", "not"),
    ("status:failed status:stopped", "the same column twice: either"),
    ("orders nightly", "free words are looked for in every column"),
)
STATES = ("completed", "running", "queued", "failed", "stopped", "idle", "stopping", "?")


def part_commands(resources: Sequence[Resource[Any]]) -> list[Command]:
    """Return a command for each part of a detail that declares a key."""
    return [
        Command(
            f"part.{resource.name}.{section.name}",
            (section.key,),
            section.title.lower(),
            section.help,
            resource.name,
            25,
        )
        for resource in resources
        for section in resource.detail
        if isinstance(section, Loaded) and section.key
    ]


def action_commands(resources: Sequence[Resource[Any]]) -> list[Command]:
    """Return a command for each thing that can be done to a kind, and one to edit what can be edited as text."""
    found = [
        Command(
            f"{resource.name}.{action.name}",
            action.keys,
            action.title,
            action.help,
            resource.name + (ACTS if action.on_item else MAKES),
            action.weight,
        )
        for resource in resources
        for action in resource.actions
    ]
    found += [
        Command(
            f"{resource.name}.{EDIT_TEXT}",
            ("E",),
            "edit as text",
            "Edit what can be changed as TOML in your editor ($VISUAL, $EDITOR); the difference is shown first.",
            resource.name + ACTS,
        )
        for resource in resources
        if any(action.name == EDIT and action.fill is not None for action in resource.actions)
    ]
    return found


def commands_of(resource: Resource[Any]) -> list[Command]:
    """Return all commands of a kind."""
    return [*part_commands([resource]), *action_commands([resource])]


def help_blocks(
    commands: Sequence[Command], resource: Resource[Any] | None, reasons: Mapping[str, str | None] | None = None
) -> list[Block]:
    """Return the help page for a place; ``reasons`` say, by command, why something cannot be done now."""
    why = reasons or {}
    blocks: list[Block] = []
    if resource is not None:
        blocks += [Heading("about", resource.title), Row(resource.about)]
    blocks.append(Heading("keys", "Keys here"))
    for one in sorted(commands, key=lambda one: _ORDER.get(one.scope, 0)):
        reason = why.get(one.id)
        said = f"{one.help} Not now: {reason}." if reason else one.help
        keys = " ".join(label(key) for key in one.keys) or f":{one.title}"
        blocks.append(Row(said, keys, Tone.DIM if reason else Tone.PLAIN))
    if resource is not None:
        blocks.append(Heading("columns", "Columns, which are also what a filter and a sort can name"))
        blocks += [
            Row(column.help + ("" if column.server else " (the server cannot search it)"), column.name)
            for column in resource.columns
        ]
        blocks.append(Heading("filter", "Filter"))
        blocks += [Row(meaning, text) for text, meaning in FILTER]
    blocks.append(Heading("signs", "Signs"))
    for word in STATES:
        look = words.status(word)
        blocks.append(Row(f"{look.word}", f"{look.symbol}  ({look.ascii})", look.tone))
    blocks += [
        Heading("clipboard", "Copying"),
        Row(
            "y and Y send text to the terminal's clipboard (OSC 52). Nothing tells the program whether it arrived: "
            "tmux needs `set -g set-clipboard on` or `allow-passthrough on`; GNU screen passes it on. "
            "ctrl+s saves to a file.",
            tone=Tone.DIM,
        ),
    ]
    return blocks
