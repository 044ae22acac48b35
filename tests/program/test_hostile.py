"""Whatever stands in the API's texts: on no screen does it act, break the layout or steer the terminal."""

from __future__ import annotations

import json
import random
import re
import time
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.program.test_pty import PROGRAM, Bytes
from xplenty_tui.demo.api import DemoApi
from xplenty_tui.demo.replies import Reply
from xplenty_tui.demo.server import serve
from xplenty_tui.demo.start import ACCOUNT, KEY, start
from xplenty_tui.resources import ALL

PAYLOADS = (
    "\x1b]52;c;T1dORUQ=\x07",
    "\x1b]0;OWNED\x07",
    "\x1b]8;;http://owned.invalid\x1b\\click\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[Hcleared",
    "\x1b[?1049l\x1b[?1003h",
    "\x1bP+q544e\x1b\\",
    "\x9b31mred\x9d0;OWNED\x9c",
    "\x07\x08\x00\x7f\x0e",
    "[@click=app.exit]go[/]",
    "[/]",
    "[bold red on white",
    "\u202eevil\u202c\u2066x\u2069",
    "a\u200bb\u200dc\ufeffd\u2028e",
    "\ud800 lone",
    "tab\there\r\nand there",
    "日本語の長い名前" * 4,
    "👩‍👩‍👧‍👦🏳️‍🌈 e\u0301\u0302\u0303\u0304",
    "x" * 100_000,
    "$(touch /tmp/owned) `id` ; rm -rf ~",
)
BAD = re.compile(
    "[\x00-\x06\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u2028\u2029]"
)
SEQUENCES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[=>78c]|\x1b\([AB0]|\x1b\]22;default\x07")
"""What Textual writes by itself; anything that is left with an escape in it came from outside."""
KEPT = frozenset({"status", "type", "flow_type", "interval_unit", "role", "account_id"})
"""Words by which the program decides what a thing is: left as they are in one of the two walks."""
TIMES = re.compile(r"\d{4}-\d\d-\d\dT|\d+|https?://\S+")


class Hostile:
    """The demo's API with hostile strings in every field of its answers."""

    def __init__(self, api: DemoApi, kept: frozenset[str], payloads: tuple[str, ...] = PAYLOADS) -> None:
        self.api, self.kept, self.payloads = api, kept, payloads
        self.dice = random.Random(7)  # noqa: S311

    def handle(self, *call: Any) -> Reply:
        reply = self.api.handle(*call)
        if not reply.body:
            return reply
        if "json" not in reply.headers.get("Content-Type", "json"):  # a log, lines of an output
            text = "\n".join((reply.body.decode(), *self.payloads))
            return Reply(reply.status, reply.headers, text.encode("utf-8", "surrogatepass"))
        return Reply(reply.status, reply.headers, json.dumps(self.spoil(json.loads(reply.body))).encode())

    def spoil(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self.spoil(inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.spoil(inner, name) for inner in value]
        if not isinstance(value, str) or name in self.kept or TIMES.fullmatch(value) or TIMES.match(value):
            return value
        payload = self.dice.choice(self.payloads)
        return self.dice.choice((payload + value, value + payload, payload))


def harmless(raw: bytes) -> None:
    """Fail on anything in what was written that is neither text nor Textual's own."""
    text = raw.decode("utf-8", "strict")
    assert "OWNED" not in text
    assert b"\x1b]52" not in raw, "nothing was copied"
    rest = SEQUENCES.sub("", text)
    stray = [rest[max(found.start() - 30, 0) : found.end() + 10] for found in BAD.finditer(rest)]
    assert not stray, stray[:3]
    assert "\x1b" not in rest, [rest[max(at.start() - 20, 0) : at.end() + 30] for at in re.finditer("\x1b", rest)][:3]


def framed(terminal: Bytes) -> None:
    """Fail when the frame is broken: who and where on the first line, keys on the last."""
    lines = terminal.screen.display
    assert lines[0].startswith(f" {ACCOUNT}"), lines[0]
    assert "? help" in lines[-1] or "esc" in lines[-1], lines[-1]


@pytest.mark.parametrize("kept", [KEPT, frozenset()], ids=["texts", "every field"])
def test_hostile_strings_on_every_screen(kept: frozenset[str]) -> None:
    api, _ = start(7, 60, 0, time.monotonic, datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    with serve(Hostile(api, kept), 0) as server:  # type: ignore[arg-type]
        env = {"XPLENTY_API_URL": server.url, "XPLENTY_API_KEY": KEY, "XPLENTY_ACCOUNT_ID": ACCOUNT}
        with Bytes(PROGRAM, cols=100, rows=30, env=env, cwd=ROOT) as terminal:
            terminal.wait(r"▸1 Triage")
            terminal.wait(r"live|trouble")
            for digit in "234561":
                terminal.keys(digit)
                terminal.wait(rf"▸{digit} ")
                terminal.wait(r"live|trouble|stale")
                framed(terminal)
                for key in ("j", "enter"):
                    terminal.keys(key)
                terminal.wait(r"›|Triage")
                terminal.quiet(0.15)
                framed(terminal)
                terminal.keys("J")
                terminal.quiet(0.15)
                framed(terminal)
                terminal.keys("esc")
                terminal.quiet(0.15)
                terminal.keys("esc")
                terminal.quiet(0.15)
            for kind in ALL:
                terminal.keys(":")
                terminal.wait(r"Go to")
                terminal.type(kind.title)
                terminal.wait(re.escape(kind.title))
                terminal.keys("enter")
                terminal.gone(r"Go to ")
                terminal.quiet(0.15)
                framed(terminal)
                terminal.keys("enter")
                terminal.quiet(0.15)
                framed(terminal)
            harmless(terminal.raw)
            terminal.keys("q")
            assert terminal.exit() == 0
            harmless(terminal.raw)
