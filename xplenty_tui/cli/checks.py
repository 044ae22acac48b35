"""What ``doctor`` looks at. Each check says in one sentence what it found; none shows a key."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

from pydantic import SecretStr

from xplenty_tui import __version__
from xplenty_tui.api import limits
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Meter
from xplenty_tui.api.errors import ApiError, TlsFailure
from xplenty_tui.cli.console import Console
from xplenty_tui.cli.start import NO_SCREEN
from xplenty_tui.config.plain import plain
from xplenty_tui.config.vault import Keyring

Fact = str | int | float | bool | None

SMALLEST = (80, 24)
"""Columns and lines from which every screen shows its most important columns whole."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: Literal["ok", "note", "bad"]
    """``note``: worth knowing, and the program works all the same."""
    sentence: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """The same for programs."""


def check_python() -> Check:
    """Which Python runs which version of this program."""
    kind, version = platform.python_implementation(), platform.python_version()
    return Check(
        "python",
        "ok",
        f"{kind} {version} runs xplenty-tui {__version__}.",
        {"version": version, "implementation": kind, "program": __version__},
    )


def colours(environment: Mapping[str, str]) -> int:
    """Return how many colours the terminal says that it has; 0 when none are wanted."""
    term = environment.get("TERM", "")
    if environment.get("NO_COLOR") or term in NO_SCREEN:
        return 0
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return 1 << 24
    return 256 if "256color" in term else 16


def check_terminal(console: Console) -> Check:
    """Size, colours and character set of the terminal, if this is one."""
    term = plain(console.environment.get("TERM", ""), 40)
    shades = colours(console.environment)
    tone = {0: "no colours", 16: "16 colours", 256: "256 colours"}.get(shades, "all colours")
    columns, lines = _size(console)
    encoding = console.stdout.encoding
    facts: dict[str, Fact] = {"term": term, "columns": columns, "lines": lines, "colours": shades, "encoding": encoding}
    if columns is None or lines is None:
        return Check("terminal", "note", "There is no terminal here, and the screen needs one.", facts)
    said = f"{columns}×{lines}, {tone}, {encoding}, TERM={term or 'not set'}"
    if term in NO_SCREEN:
        return Check("terminal", "bad", f"The terminal says that it can draw no screen ({said}).", facts)
    if columns < SMALLEST[0] or lines < SMALLEST[1]:
        return Check("terminal", "note", f"Smaller than 80×24, so columns will be missing ({said}).", facts)
    return Check("terminal", "ok", f"{said}.", facts)


def _size(console: Console) -> tuple[int | None, int | None]:
    for stream in (console.stdin, console.stdout, console.stderr):
        if stream.isatty():
            size = os.get_terminal_size(stream.fileno())
            return size.columns, size.lines
    return None, None


def check_keyring(keyring: Keyring) -> Check:
    """Whether a key can be kept in the operating system's keyring; a host without one is a normal host."""
    state = keyring.state()
    return Check("keyring", "ok" if state.ok else "note", state.sentence, {"works": state.ok, "backend": state.backend})


async def check_api(url: str, account: str, key: SecretStr, console: Console) -> list[Check]:
    """Ask for the rate limit, which costs nothing: is the API there, is its certificate good, what is left."""
    meter = Meter(console.clock, console.monotonic)
    client = Client(url, account, key, meter=meter)
    start = console.monotonic()
    try:
        await limits.rate_limit_status(client)
    except ApiError as error:
        facts: dict[str, Fact] = {"url": url, "status": error.status, "error": type(error).__name__}
        failed = Check("api", "bad", error.sentence, facts)
        return [failed, *_tls(url, error)]
    finally:
        await client.aclose()
    took = round((console.monotonic() - start) * 1000)
    answered = Check("api", "ok", f"{client.host} answered in {took} ms and takes the key.", {"url": url, "ms": took})
    return [answered, *_tls(url, None), _credits(meter), *_clock(client.skew)]


def _tls(url: str, error: ApiError | None) -> list[Check]:
    if urlsplit(url).scheme != "https":
        return [Check("tls", "note", "Plain http, to this machine only.", {"used": False})]
    if isinstance(error, TlsFailure):
        return [Check("tls", "bad", f"{error.sentence} Behind a company's proxy set SSL_CERT_FILE.", {"used": True})]
    if error is not None and error.status is None:
        return []
    return [Check("tls", "ok", "The connection is encrypted and the certificate is good.", {"used": True})]


def _credits(meter: Meter) -> Check:
    facts: dict[str, Fact] = {"remaining": meter.remaining, "limit": meter.limit}
    if meter.remaining is None or meter.limit is None:
        return Check("credits", "note", "The API does not say how many credits are left.", facts)
    said = f"{meter.remaining:,} of {meter.limit:,} credits are left this hour"
    if meter.remaining == 0:
        return Check("credits", "note", f"{said}: lists will not refresh until there are more.", facts)
    return Check("credits", "ok", f"{said}.", facts)


def _clock(skew: timedelta) -> list[Check]:
    seconds = round(skew.total_seconds())
    if not seconds:
        return []
    which = "slow" if seconds > 0 else "fast"
    text = f"This host's clock is {abs(seconds):,} s {which}; times are shown by the server's."
    return [Check("clock", "note", text, {"skew_seconds": seconds})]
