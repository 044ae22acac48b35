"""The commands, declared once: the help, what is dispatched, the completion and the manual page are drawn from here."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xplenty_tui.cli.arguments import Parser
    from xplenty_tui.cli.console import Console

Run = Callable[[Sequence[str], "Console"], int]


@dataclass(frozen=True, slots=True)
class Command:
    """What stands first on the command line and is not an option. Its module is loaded when it is used."""

    name: str
    group: str
    """The heading under which the help lists it."""
    does: str
    """One line, in the imperative, without a full stop."""
    module: str
    """In ``xplenty_tui.cli``; it has ``<name>_parser()`` and a function called as the command is, ``-`` as ``_``."""

    @property
    def _function(self) -> str:
        return self.name.replace("-", "_")

    def run(self) -> Run:
        """Return what runs it."""
        found: Run = getattr(self._loaded(), self._function)
        return found

    def parser(self) -> Parser:
        """Return what reads its options."""
        made: Parser = getattr(self._loaded(), f"{self._function}_parser")()
        return made

    def _loaded(self) -> object:
        return importlib.import_module(f"xplenty_tui.cli.{self.module}")


GROUPS = KEYS, LOOK, TOOLS = ("Keys and profiles", "When something does not work", "Around it")

COMMANDS = (
    Command("login", KEYS, "test an API key and keep it in the keyring", "login"),
    Command("logout", KEYS, "remove a key from the keyring", "login"),
    Command("profiles", KEYS, "list the profiles and where their keys come from", "profiles"),
    Command("doctor", LOOK, "say what works here and what does not", "doctor"),
    Command("demo-api", TOOLS, "serve the demo account over HTTP on this machine", "world"),
    Command("completion", TOOLS, "print what makes a shell complete its options", "completion"),
    Command("man", TOOLS, "print the manual page", "manual"),
)
"""In the order in which the help lists them."""

BY_NAME = {command.name: command for command in COMMANDS}

EXAMPLES = (
    ("look around without a key", "xplenty-tui --demo"),
    ("the first start", "xplenty-tui login --account acme"),
    ("a key out of a password store", "pass show xplenty | xplenty-tui login --stdin --profile prod --account acme"),
    ("watch, change nothing", "xplenty-tui --profile prod --read-only"),
    ("the clusters first", "xplenty-tui --screen clusters"),
    ("on a host without a keyring", "read -rs XPLENTY_API_KEY; export XPLENTY_API_KEY XPLENTY_ACCOUNT_ID=acme"),
    ("completion in bash", 'eval "$(xplenty-tui completion bash)"'),
)
"""What it is for, and what is typed."""

VARIABLES = (
    ("XPLENTY_API_KEY", "the API key; goes before key_command and keyring"),
    ("XPLENTY_ACCOUNT_ID", "the account that it opens"),
    ("XPLENTY_API_URL", "another address of the API"),
    ("HTTPS_PROXY, NO_PROXY", "the proxy on the way to the API, and hosts without one"),
    ("SSL_CERT_FILE", "the certificates to trust, such as a company's"),
    ("NO_COLOR", "draw without colours"),
)
"""The variables that matter most; docs/configuration.md has all of them."""

STATUSES = (
    (0, "it went well"),
    (1, "it was tried and did not work"),
    (2, "it was not tried: wrong options or settings, no terminal"),
    (130, "interrupted; other numbers above 128 are 128 and the signal"),
)
"""The exit statuses, in words."""

NEVER = "An API key is never an argument: others on this host can read those."


def about() -> str:
    """Return the list of commands by group, as the help shows it."""
    lines = ["Watch and run an Xplenty (Integrate.io ETL) account from the terminal.", ""]
    lines += ["xplenty-tui [options]     open the screen"]
    for group in GROUPS:
        lines += ["", f"{group}:"]
        lines += [f"  xplenty-tui {one.name:<12}{one.does}" for one in COMMANDS if one.group == group]
    return "\n".join([*lines, "", "Each command explains itself: xplenty-tui login --help", ""])


def examples() -> str:
    """Return examples, variables and exit statuses, as the help shows them; no line is longer than 80."""
    lines = ["examples:"]
    for what, typed in EXAMPLES:
        lines += [f"  # {what}", f"  {typed}"]
    lines += ["", "environment:", *(f"  {name:<23}{does}" for name, does in VARIABLES)]
    lines += ["", "exit status:", *(f"  {number:<5}{means}" for number, means in STATUSES)]
    return "\n".join([*lines, "", NEVER, ""])
