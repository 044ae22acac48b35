"""Arguments → options. An API key is never one of them, and what was typed by mistake is not repeated."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from xplenty_tui import __version__
from xplenty_tui.cli.table import BY_NAME, about, examples
from xplenty_tui.config.launch import DemoOptions

WIDTH = 80
"""Columns of the narrowest terminal, to which descriptions are broken."""
NO_KEYS = "an API key is never taken from the command line, where others can read it: use `xplenty-tui login --stdin`"


@dataclass(frozen=True, slots=True)
class Option:
    """What one option, or one word without a name, is: for the completion and the manual page."""

    group: str
    """The heading under which the help lists it; empty for the first ones."""
    names: tuple[str, ...]
    """``--stdin``; empty for a word."""
    value: str
    """What stands for its value in the help; empty when it takes none."""
    help: str
    choices: tuple[str, ...] = ()
    """The only values that it takes."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence and never repeats a word that may be a key."""

    def __init__(self, prog: str, description: str, epilog: str | None = None) -> None:
        super().__init__(
            prog=prog,
            description="\n".join(textwrap.fill(line, WIDTH) for line in description.splitlines()),
            epilog=epilog,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def parse(self, argv: Sequence[str]) -> argparse.Namespace:
        """Return the options of ``argv``; leaves with status 2 when there is anything else."""
        options, extra = self.parse_known_args(argv)
        if extra:
            self.error(_about(extra))
        return options

    def declared(self) -> list[Option]:
        """Return all that it reads, in the order of the help, without ``--help`` itself."""
        return [
            Option(
                "" if group.title in ("options", "positional arguments") else group.title or "",
                tuple(action.option_strings),
                "" if action.nargs == 0 else str(action.metavar or action.dest),
                (action.help or "").replace("%%", "%"),
                tuple(action.choices or ()),
            )
            for group in self._action_groups
            for action in group._group_actions
            if action.dest != "help"
        ]

    def error(self, message: str) -> NoReturn:
        """Leave with status 2 and one sentence."""
        message = re.sub(r"ignored explicit argument .*", "takes no value", message, flags=re.DOTALL)
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _about(extra: Sequence[str]) -> str:
    options = [word.split("=", 1)[0] for word in extra if re.match(r"--?[a-z][a-z-]*(=|$)", word)]
    if any(re.search("key|token|pass|secret", option) for option in options):
        return NO_KEYS
    if options:
        return f"there is no option {options[0]}"
    command = next((word for word in extra if word in BY_NAME), None)
    if command:
        return f"the command comes first: xplenty-tui {command} …"
    return f"there is one word too many ({NO_KEYS})"


def number(low: float, high: float, kind: Callable[[str], float], what: str) -> Callable[[str], float]:
    """Return an argument type for numbers from ``low`` to ``high``."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"should be {what} from {low:.0f} to {high:,.0f}")
        return value

    return read


def add_profile(parser: argparse.ArgumentParser | argparse._ArgumentGroup, account: str) -> None:
    """Add the two options that name a connection."""
    parser.add_argument("--profile", metavar="NAME", help="the profile of config.toml")
    parser.add_argument("--account", metavar="SLUG", help=account)


def add_world(parser: argparse.ArgumentParser | argparse._ArgumentGroup) -> None:
    """Add the options that make a demo world; ``demo_of`` reads them."""
    usual = DemoOptions()
    whole, real = number(0, 2**31, int, "a whole number"), number(0, 86400, float, "a number")
    jobs = number(0, 1_000_000, int, "a whole number")
    parser.add_argument("--seed", metavar="N", type=whole, help=f"another account for each number ({usual.seed})")
    parser.add_argument("--jobs", metavar="N", type=jobs, help=f"jobs of the last two weeks ({usual.jobs})")
    parser.add_argument("--speed", metavar="X", type=real, help="seconds of that world in one second; 0 freezes it (1)")


def demo_of(options: argparse.Namespace) -> DemoOptions:
    """Return the world that was asked for."""
    given = {name: getattr(options, name) for name in ("seed", "jobs", "speed")}
    return DemoOptions(**{name: value for name, value in given.items() if value is not None})


def screen_parser() -> Parser:
    """Return the parser of ``xplenty-tui`` without a command."""
    parser = Parser("xplenty-tui", about(), examples())
    parser.usage = "xplenty-tui [options] | xplenty-tui COMMAND [options]"
    parser.add_argument("--version", action="version", version=f"xplenty-tui {__version__}")
    connection = parser.add_argument_group("which account")
    add_profile(connection, "the account's id, instead of the profile's")
    connection.add_argument("--read-only", action="store_true", help="never change anything")
    demo = parser.add_argument_group("the demo: no key, no network")
    demo.add_argument("--demo", action="store_true", help="open a made-up account")
    add_world(demo)
    view = parser.add_argument_group("what to see first")
    view.add_argument(
        "--mouse",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="take the mouse (or not: then the terminal selects text with it); off over SSH unless asked for",
    )
    view.add_argument("--screen", metavar="NAME", help="jobs, clusters, schedules, packages, account or any other kind")
    return parser


def screen_options(argv: Sequence[str]) -> argparse.Namespace:
    """Return the options of ``xplenty-tui`` without a command; leaves with status 2 when they make no sense."""
    parser = screen_parser()
    options = parser.parse(argv)
    given = [f"--{name}" for name in ("seed", "jobs", "speed") if getattr(options, name) is not None]
    if given and not options.demo:
        parser.error(f"{given[0]} goes with --demo")
    if options.demo and (options.profile or options.account):
        parser.error("--demo makes its own account: leave --profile and --account out")
    return options
