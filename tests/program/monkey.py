"""Somebody who presses anything: the whole program before a world in a hurry that spoils every twentieth answer."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from textual.pilot import Pilot

from tests.program.fault_rig import in_haste
from tests.program.served import Server
from xplenty_tui.api.credits import Reason
from xplenty_tui.config.keep import DemoPlace
from xplenty_tui.config.launch import Launch, Prepared
from xplenty_tui.config.settings import Settings
from xplenty_tui.demo.faults import FAULTS
from xplenty_tui.resources import ALL
from xplenty_tui.tui.app import XplentyApp

RATE = 0.05
"""The part of the answers that is spoilt, over all kinds of faults."""
GOING = [*"123456", "escape", "escape", "enter", "enter", "tab", "shift+tab", *"jkGg", "down", "up", "pagedown", "home"]
LOOKING = [*"hLRoJlvMmF#$%?@IiYyu/", "space", "ctrl+o", "[", "]", "{", "}", "n", "N", "p", "p", "w"]
DOING = [*"rxTnetcDVXtdWAPsC!", "ctrl+w", "ctrl+s", "backspace", "delete", "left", "right", "end"]
"""Keys that go, that look, and that do. Those that leave or stop the program are not among them."""
MOST_GROWTH, SHARE, CONNECTIONS = 0.05, 0.20, 4
"""What the memory may grow by after an hour of the world, what of the limit goes without a key, connections kept."""
REST_S = 20.0
"""Only a run that fails waits so long for the program to have nothing to do."""


@dataclass
class Look:
    """The program at rest."""

    hour: float
    """Hours of the world since the beginning."""
    rss_mb: float
    fds: int
    tasks: int
    widgets: int
    share: float
    """Credits of the last hour for which no key was pressed, as a part of the limit."""
    keys: int


@dataclass
class Monkey:
    """The program, what presses its keys, and what was noticed."""

    app: XplentyApp
    pilot: Pilot[str]
    dice: random.Random
    speed: float
    began_s: float
    complaints: list[str] = field(default_factory=list)
    """What was logged as a warning or worse, and what the event loop was told."""
    looks: list[Look] = field(default_factory=list)
    pressed: int = 0

    @property
    def hour(self) -> float:
        """Return the hours that the world has gone on."""
        return (time.monotonic() - self.began_s) * self.speed / 3600

    def burst(self) -> list[str]:
        """Return what is pressed next: some keys of one mind."""
        dice, die = self.dice, self.dice.random()
        if die < 0.25:
            return ["colon", *(one if one != " " else "space" for one in dice.choice(ALL).title[:9]), "enter"]
        if die < 0.3:
            return ["slash", *dice.choice(["failed", "status", "ab", "-x"]), "enter"]
        keys = dice.choice([GOING, GOING, LOOKING, LOOKING, DOING])
        return [_named(dice.choice(keys)) for _ in range(dice.randint(1, 5))]

    async def press(self) -> None:
        """Press some keys; raises what the program died of."""
        for key in self.burst():
            await self.pilot.press(key)
            self.pressed += 1
            if self.app._exception is not None:
                raise self.app._exception

    async def rest(self) -> Look:
        """Go back to the first screen, let everything come to its end, and look at the program."""
        for key in "654321":  # all sections, each at its first place
            for box in self.app.boxes():
                box.close()
            await self.pilot.press("escape", key, key)
        async with asyncio.timeout(REST_S):
            while self._busy():
                await self.pilot.pause()
        gc.collect()
        session = self.app.session
        share = 0.0
        if session is not None:
            spent = sum(call.reason is not Reason.ASKED for call in session.meter.calls())
            share = spent / (session.meter.limit or 5000)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        look = Look(
            hour=self.hour,
            rss_mb=pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
            fds=len(os.listdir("/proc/self/fd")),  # noqa: PTH208 - names only
            tasks=sum(not _timed(task) for task in asyncio.all_tasks() - self._passing()),
            widgets=len(self.app.screen.query("*")),
            share=share,
            keys=self.pressed,
        )
        self.looks.append(look)
        return look

    def _passing(self) -> set[asyncio.Task[Any]]:
        """Return the tasks of what is asked just now: in a world in a hurry that never ends."""
        session = self.app.session
        return {*self.app._tasks, *(session.loop._tasks if session is not None else ())}

    def _busy(self) -> bool:
        session = self.app.session
        flying = session is not None and any(one.busy for one in session.loop._tracks.values())
        return flying or bool(self.app._tasks or self.app.boxes() or self.app.held)


def _timed(task: asyncio.Task[Any]) -> bool:
    """Tell whether a task is one of Textual's timers: those of messages on the state line end by themselves."""
    return getattr(task.get_coro(), "__qualname__", "").startswith("Timer.")


def _named(key: str) -> str:
    names = {"#": "number_sign", "$": "dollar_sign", "%": "percent_sign", "?": "question_mark", "@": "at",
             "/": "slash", "[": "left_square_bracket", "]": "right_square_bracket", "{": "left_curly_bracket",
             "}": "right_curly_bracket", "!": "exclamation_mark"}  # fmt: skip
    return names.get(key, key)


class _Heard(logging.Handler):
    def __init__(self, complaints: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.complaints = complaints

    def emit(self, record: logging.LogRecord) -> None:
        self.complaints.append(record.getMessage())


def faults() -> list[str]:
    """Return the arguments of ``demo-api`` that spoil a twentieth of all answers, each in one of all the ways."""
    each = RATE / len(FAULTS)
    return [word for kind in FAULTS for word in ("--fault", f"{kind}@{each:.6f}")]


@asynccontextmanager
async def monkey(seed: int, speed: float) -> AsyncIterator[Monkey]:
    """Run the program before a ``demo-api`` in a process of its own, both ``speed`` times as fast as the clock."""
    server = Server("--speed", f"{speed}", "--jobs", "200", *faults())
    began_s, began = time.monotonic(), datetime.now(UTC)
    complaints: list[str] = []
    chance = random.Random(seed)  # noqa: S311 - the same keys again is the point

    def passed_s() -> float:
        return (time.monotonic() - began_s) * speed

    def how(launch: Launch) -> Prepared:
        return Prepared(
            settings=Settings(), profile="demo", account=launch.account or server.account,
            url=server.environment["XPLENTY_API_URL"], clock=lambda: began + timedelta(seconds=passed_s()),
            key=SecretStr(server.key), key_source="the demo", place=DemoPlace(), monotonic=passed_s,
            jitter=lambda: 0.5,
        )  # fmt: skip

    app = XplentyApp(Launch(how=how, environment={"LANG": "C.UTF-8"}, screen="triage"))
    heard = _Heard(complaints)
    logging.getLogger().addHandler(heard)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _loop, context: complaints.append(str(context)))
    try:
        with in_haste():
            async with app.run_test(size=(120, 40)) as pilot:
                yield Monkey(app, pilot, chance, speed, began_s, complaints)
    finally:
        loop.set_exception_handler(None)
        logging.getLogger().removeHandler(heard)
        server.kill()


async def soak(seed: int, speed: float, seconds: float, every_s: float, *, bursts: int = 1, looks: int = 2) -> Monkey:
    """Press keys for so many seconds, with a look at the program each ``every_s``; returns what was noticed.

    On however slow a host there are at least so many ``looks``, with at least so many ``bursts`` of keys before each.
    """
    async with monkey(seed, speed) as one:
        await one.rest()
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s or len(one.looks) < looks:
            next_s, pressed = min(until_s, time.monotonic() + every_s), 0
            while time.monotonic() < next_s or pressed < bursts:
                await one.press()
                pressed += 1
            await one.rest()
    return one


def _span(values: list[int]) -> str:
    return f"{min(values)} to {max(values)}" if min(values) < max(values) else f"{min(values)}"


def _later(one: Monkey) -> list[Look]:
    """Return the looks after the first hour of the world, or from the second one on in a short run."""
    return [look for look in one.looks if look.hour >= 1] or one.looks[1:]


def growth(one: Monkey) -> float:
    """Return by what part of it the memory grew after the first hour of the world."""
    later = _later(one)
    return later[-1].rss_mb / later[0].rss_mb - 1


def judged(one: Monkey) -> list[str]:
    """Return what is not as it may be."""
    later = _later(one)
    checks = {
        "something was logged": not one.complaints,
        "memory grows": growth(one) <= MOST_GROWTH,
        "files stay open": max(look.fds for look in later) - min(look.fds for look in later) <= CONNECTIONS,
        "tasks are left": len({look.tasks for look in later}) == 1,
        "more than the share is spent": max(look.share for look in one.looks) <= SHARE,
    }
    return [name for name, good in checks.items() if not good]


def figures(one: Monkey) -> list[tuple[str, str, str]]:
    """Return what a run came to: name, what it was, what it may be."""
    later = _later(one)
    return [
        ("hours of the world", f"{one.looks[-1].hour:.1f}", "–"),
        ("keys pressed", f"{one.pressed:,}", "–"),
        ("crashes", "0", "0"),
        ("warnings and exceptions logged", f"{len(one.complaints)}", "0"),
        ("memory after the first hour, MB", f"{later[0].rss_mb:.1f}", "–"),
        ("memory at the end, MB", f"{later[-1].rss_mb:.1f} ({growth(one):+.1%})", f"{MOST_GROWTH:+.0%}"),
        ("file descriptors at rest", _span([look.fds for look in later]), f"± {CONNECTIONS} kept connections"),
        ("tasks at rest", _span([look.tasks for look in later]), "the same"),
        ("credits without a key in an hour, of the limit", f"{max(x.share for x in one.looks):.1%}", f"{SHARE:.0%}"),
    ]
