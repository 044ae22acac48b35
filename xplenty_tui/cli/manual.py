"""``man``: the manual page, in the language of man(7), drawn from the same declarations as the help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xplenty_tui import __version__
from xplenty_tui.cli.arguments import Option, Parser, screen_parser
from xplenty_tui.cli.console import Console
from xplenty_tui.cli.table import COMMANDS, EXAMPLES, NEVER, STATUSES, VARIABLES

ABOUT = """\
A full-screen terminal program with which an Xplenty (Integrate.io ETL) account is watched and run: jobs, clusters,
schedules, packages, the account itself. All keys are shown in it under ? and can be bound anew."""

FILES = (
    ("~/.config/xplenty-tui/config.toml", "settings and profiles; never a key"),
    ("~/.local/state/xplenty-tui/journal.jsonl", "what was changed, when and how it ended; mode 0600"),
    ("~/.local/state/xplenty-tui/screen.json", "filters, columns and colours by profile"),
)


def man_parser() -> Parser:
    """Return what reads the options of ``man``: there are none."""
    return Parser("xplenty-tui man", "Print the manual page.", "examples:\n  xplenty-tui man | man -l -")


def man(argv: Sequence[str], console: Console) -> int:
    """Print the manual page."""
    man_parser().parse(argv)
    console.say(page().rstrip("\n"))
    return 0


def page() -> str:
    """Return the manual page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield f'.TH XPLENTY\\-TUI 1 "" "xplenty\\-tui {__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"xplenty\-tui \- watch and run an Xplenty (Integrate.io ETL) account from the terminal"
    yield ".SH SYNOPSIS"
    yield ".B xplenty\\-tui\n.RI [ options ]\n.br\n.B xplenty\\-tui\n.I command\n.RI [ options ]"
    yield f".SH DESCRIPTION\n{_plain(ABOUT)}\n.PP\n{_plain(NEVER)}"
    yield ".SH OPTIONS"
    yield from _options(screen_parser().declared())
    yield ".SH COMMANDS"
    for command in COMMANDS:
        parser = command.parser()
        yield f".SS {_plain(command.name)}\n{_plain(parser.description or '')}"
        yield from _options(parser.declared())
    yield ".SH ENVIRONMENT"
    yield from (f".TP\n.B {_plain(name)}\n{_plain(does)}" for name, does in VARIABLES)
    yield ".SH FILES"
    yield from (f".TP\n.I {_plain(name)}\n{_plain(does)}" for name, does in FILES)
    yield '.SH "EXIT STATUS"'
    yield from (f".TP\n.B {number}\n{_plain(means)}" for number, means in STATUSES)
    yield ".SH EXAMPLES"
    yield from (f".TP\n{_plain(what)}\n.B {_plain(typed)}" for what, typed in EXAMPLES)


def _options(options: list[Option]) -> Iterator[str]:
    heading = ""
    for option in options:
        if option.group != heading:
            heading = option.group
            yield f".PP\n{_plain(heading[:1].upper() + heading[1:])}:"
        value = f"\\~\\fI{_plain(option.value)}\\fR" if option.value and option.names else ""
        names = ", ".join(f"\\fB{_plain(name)}\\fR" for name in option.names) or f"\\fI{_plain(option.value)}\\fR"
        choices = f" ({', '.join(option.choices)})" if option.choices else ""
        yield f".TP\n{names}{value}\n{_plain(option.help + choices)}"


def _plain(text: str) -> str:
    """Return text in which nothing is a request of roff: no leading dot or quote, hyphens as typed."""
    safe = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("^", "\\(ha")
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in safe.splitlines())
