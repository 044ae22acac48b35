"""A program around the connect screen: a frame, a server that answers as it is told, and hands that type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, Static

from xplenty_tui.config.launch import Launch, Prepared
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.store import Store
from xplenty_tui.tui import theme
from xplenty_tui.tui.commands import COMMANDS, Keymap
from xplenty_tui.tui.screens.connect import ConnectPlace

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
KEY = "V4eyfgNqYcSasXGhzNxS"
PROBLEMS = (
    "XPLENTY_API_KEY is for another account (XPLENTY_ACCOUNT_ID), so it is not used for the profile default.",
    "key_command (pass) did not end within 10 s and was stopped: it has no terminal to ask for a password, so "
    "unlock what it needs first.",
    "This host has no keyring service, which is normal on a server. Set XPLENTY_API_KEY or a profile's key_command, "
    "or give the key for one session only.",
)
Answer = Callable[[httpx.Request], httpx.Response]


class Server:
    """Answers with what it is told, and keeps the requests."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self.answer = answer or (
            lambda request: httpx.Response(200, json={"limits": {"limit": 5000, "remaining": 4990}})
        )

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer(request)


class Host(App[None]):
    """The frame of the program around the place: one line above, two below, and the commands of unfocused keys."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, prepared: Prepared, home: Path) -> None:
        super().__init__()
        theme.register(self)
        self.theme = theme.NIGHT.name
        self.launch = Launch(lambda _: prepared, {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")})
        self.prepared: Prepared | None = prepared
        self.session = None
        self.entries: list[Prepared] = []
        self.said: list[tuple[str, Tone]] = []
        self.commands: list[str] = []
        self.place = ConnectPlace()

    def compose(self) -> ComposeResult:
        yield Static("nav", classes="line")
        yield self.place
        yield Static("state\nkeys")

    def on_mount(self) -> None:
        self.place.entered()

    async def enter(self, prepared: Prepared) -> None:
        await self.place.remove()
        self.entries.append(prepared)

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        self.said.append((text, tone))

    def context(self) -> Context:
        return Context(NOW, Store(), UTC)

    def on_key(self, event: events.Key) -> None:
        command = Keymap(COMMANDS).find(event.key, self.place.scopes)
        if command is not None and (event.key == "ctrl+c" or not isinstance(self.focused, Input)):
            event.stop()
            event.prevent_default()
            self.commands.append(command.id)

    def shown(self) -> str:
        """Return the screen's text."""
        return "\n".join(strip.text.rstrip() for strip in self.screen._compositor.render_strips())

    def sentence(self) -> str:
        """Return the screen's text in one line, as it is read."""
        return " ".join(self.shown().split())


async def type_(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*text)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def fill(pilot: Pilot[None], account: str = "acme", key: str = KEY) -> None:
    await pilot.pause()
    await type_(pilot, account)
    await pilot.press("enter")
    pilot.app.query(Input)[1].post_message(events.Paste(key))
    await pilot.pause()
