"""The help of a place, drawn from the declarations: its keys, its columns, how to filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.core import words
from xplenty_tui.core.declare import Loaded, Resource, Row, Tone
from xplenty_tui.core.page import Block, Heading
from xplenty_tui.tui.commands import Command, label

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


def help_blocks(commands: Sequence[Command], resource: Resource[Any] | None) -> list[Block]:
    """Return the help page for a place."""
    blocks: list[Block] = []
    if resource is not None:
        blocks += [Heading("about", resource.title), Row(resource.about)]
    blocks.append(Heading("keys", "Keys here"))
    blocks += [Row(one.help, " ".join(label(key) for key in one.keys)) for one in commands if one.keys]
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
            "tmux needs `set -g set-clipboard on`, GNU screen drops it.",
            tone=Tone.DIM,
        ),
    ]
    return blocks
