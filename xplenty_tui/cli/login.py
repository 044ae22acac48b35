"""``login`` and ``logout``: a key into the keyring, and out of it."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Sequence

from pydantic import SecretStr

from xplenty_tui.cli.arguments import Parser, add_profile
from xplenty_tui.cli.console import FAILED, REFUSED, Console
from xplenty_tui.cli.trial import trial
from xplenty_tui.config.command import check_key, command_name
from xplenty_tui.config.errors import SecretError, SettingsError
from xplenty_tui.config.paths import find
from xplenty_tui.config.prepare import keyring_of
from xplenty_tui.config.read import load
from xplenty_tui.config.remember import remember
from xplenty_tui.config.settings import Settings
from xplenty_tui.config.target import ACCOUNT, KEY, Target, find_target

LONGEST = 4096
"""Characters of a line on standard input."""


def login_parser() -> Parser:
    """Return what reads the options of ``login``."""
    parser = Parser(
        "xplenty-tui login",
        "Test an API key with one call, keep it in the operating system's keyring and make a profile for it.",
        "The key is asked for, or read from standard input:\n  pass show xplenty | xplenty-tui login --stdin",
    )
    add_profile(parser, "the account's id; may be left out when the key opens one account only")
    parser.add_argument("--stdin", action="store_true", help="read the key from standard input, one line")
    return parser


def logout_parser() -> Parser:
    """Return what reads the options of ``logout``."""
    parser = Parser("xplenty-tui logout", "Remove a profile's API key from the keyring. The profile stays.")
    add_profile(parser, "the account's id, instead of the profile's")
    return parser


def login(argv: Sequence[str], console: Console) -> int:
    """Read a key, test it with one call, store it in the keyring and write its profile when that is new."""
    options = login_parser().parse(argv)
    settings = load(find(console.environment).settings)
    target = find_target(settings, console.environment, options.profile, options.account, new=True)
    known = target.profile
    if known is not None and options.account and options.account != known.account:
        sentence = f"is for the account {known.account}; choose another name for {options.account} with --profile"
        raise SettingsError(sentence, file=f"the profile {target.name}")
    if not options.stdin and not console.stdin.isatty():
        console.complain("there is no terminal to ask for the key on; use `xplenty-tui login --stdin`")
        return REFUSED
    try:
        key = _read(console, stdin=options.stdin)
        result = asyncio.run(trial(target.url, target.account, key, console.clock, console.monotonic))
        if not result.ok:
            console.complain(f"{result.sentence} Nothing was stored.")
            return FAILED
        console.say(result.sentence)
        console.say(_keep(key, target, result.account, settings, console))
    except SecretError as error:
        console.complain(error.sentence)
        return FAILED
    _remind(target, console)
    return 0


def logout(argv: Sequence[str], console: Console) -> int:
    """Remove a profile's key from the keyring; the profile stays."""
    options = logout_parser().parse(argv)
    settings = load(find(console.environment).settings)
    target = find_target(settings, console.environment, options.profile, options.account)
    if not target.account:
        console.complain("there is no profile, so say with --account which account is meant")
        return REFUSED
    where = f"{target.name}/{target.account}"
    try:
        gone = keyring_of(settings).delete(target.name, target.account)
    except SecretError as error:
        console.complain(error.sentence)
        return FAILED
    console.say(f"The key of {where} is removed from the keyring." if gone else f"The keyring held no key for {where}.")
    _remind(target, console)
    return 0


def _read(console: Console, *, stdin: bool) -> SecretStr:
    """Return the key that was typed or piped; raises BadKey."""
    if stdin:
        return check_key(console.stdin.readline(LONGEST), "standard input")
    try:
        typed = getpass.getpass("API key (is not shown): ")
    except (EOFError, UnicodeDecodeError):
        typed = ""
    return check_key(typed, "what was typed")


def _keep(key: SecretStr, target: Target, account: str, settings: Settings, console: Console) -> str:
    return remember(
        key,
        profile=target.name,
        account=account,
        url=target.url,
        file=find(console.environment).settings,
        settings=settings,
        keyring=keyring_of(settings),
    )


def _remind(target: Target, console: Console) -> None:
    """Say when another source than the keyring has the first word."""
    if target.environment_applies and console.environment.get(KEY):
        console.say(f"Note: {KEY} is set and comes before the keyring (with {ACCOUNT}).")
    elif target.profile is not None and target.profile.key_command is not None:
        console.say(f"Note: the profile's {command_name(target.profile.key_command)} comes before the keyring.")
