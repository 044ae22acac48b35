"""``doctor``: what works here and what does not, for a person or as JSON."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence

from xplenty_tui.cli.arguments import Parser, add_profile
from xplenty_tui.cli.checks import Check, check_api, check_keyring, check_python, check_terminal
from xplenty_tui.cli.console import FAILED, Console
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.paths import find
from xplenty_tui.config.prepare import keyring_of
from xplenty_tui.config.read import load
from xplenty_tui.config.secrets import NO_ACCOUNT, Found, find_key
from xplenty_tui.config.settings import Settings
from xplenty_tui.config.target import Target, find_target

SIGNS = {"ok": "ok  ", "note": "note", "bad": "BAD "}
"""How a state is written: words, for terminals without colours and for pipes."""


def doctor_parser() -> Parser:
    """Return what reads the options of ``doctor``."""
    parser = Parser(
        "xplenty-tui doctor", "Say what works here and what does not. Costs no credit and never shows a key."
    )
    add_profile(parser, "the account's id, instead of the profile's")
    parser.add_argument("--json", action="store_true", help="for programs")
    return parser


def doctor(argv: Sequence[str], console: Console) -> int:
    """Look at everything and say what was found; status 0 when nothing is bad, else 1. Costs no credit."""
    options = doctor_parser().parse(argv)
    checks = examine(console, options.profile, options.account)
    good = all(check.state != "bad" for check in checks)
    if options.json:
        found = {check.name: {"state": check.state, "says": check.sentence, **check.facts} for check in checks}
        console.say(json.dumps({"ok": good, "checks": found}, indent=2))
    else:
        for check in checks:
            console.say(f"{SIGNS[check.state]}  {check.name:<9} {check.sentence}")
    return 0 if good else FAILED


def examine(console: Console, profile: str | None, account: str | None) -> list[Check]:
    """Return all checks, in the order in which one thing needs the other."""
    checks = [check_python(), check_terminal(console)]
    file = find(console.environment).settings
    try:
        settings = load(file)
        target = find_target(settings, console.environment, profile, account)
    except SettingsError as error:
        return [
            *checks,
            Check("settings", "bad", error.sentence, {"file": str(file)}),
            check_keyring(keyring_of(Settings())),
        ]
    count = len(settings.profiles)
    said = (
        f"{file} holds {count} profile{'' if count == 1 else 's'}." if file.exists() else f"{file} does not exist yet."
    )
    checks.append(Check("settings", "ok", said, {"file": str(file), "profiles": count}))
    checks.append(check_keyring(keyring_of(settings)))
    return [*checks, *_connection(settings, target, console)]


def _connection(settings: Settings, target: Target, console: Console) -> list[Check]:
    answer = find_key(target, console.environment, keyring_of(settings))
    facts = {"profile": target.name, "account": target.account}
    if not isinstance(answer, Found):
        return [Check("key", "bad", f"No API key. {' '.join(answer.reasons)}", {**facts, "source": None})]
    facts["source"] = answer.source
    if not target.account:
        return [Check("key", "bad", f"There is a key ({answer.source}). {NO_ACCOUNT}", facts)]
    where = f"{target.name}/{target.account}"
    said = " ".join((f"The key for {where} comes from: {answer.source}.", *answer.notes))
    checks = [Check("key", "note" if answer.notes else "ok", said, facts)]
    return [*checks, *asyncio.run(check_api(target.url, target.account, answer.key, console))]
