"""The application: frame first, then settings, key and session from a thread; keys to commands; places in front."""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

from xplenty_tui.config.launch import Launch
from xplenty_tui.core import zones
from xplenty_tui.core.ascii import ascii_only
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.store import Store
from xplenty_tui.tui import theme
from xplenty_tui.tui.background import Daemons
from xplenty_tui.tui.commands import ANYWHERE, COMMANDS, Keymap
from xplenty_tui.tui.deeds import Deeds
from xplenty_tui.tui.framing import Framing
from xplenty_tui.tui.leaving import Leaving
from xplenty_tui.tui.places import Places
from xplenty_tui.tui.screens.ground import Ground
from xplenty_tui.tui.sessions import Sessions
from xplenty_tui.tui.trail import Trail
from xplenty_tui.tui.watching import Watches
from xplenty_tui.tui.widgets.bar import Bar
from xplenty_tui.tui.widgets.chooser import Chooser
from xplenty_tui.tui.widgets.form_box import Box
from xplenty_tui.tui.widgets.prompt import Prompt
from xplenty_tui.tui.widgets.small import Small

if TYPE_CHECKING:
    from xplenty_tui.config.launch import Prepared
    from xplenty_tui.core.journal import Entry, Journal
    from xplenty_tui.refresh.session import Session
    from xplenty_tui.tui.errand import Errand
    from xplenty_tui.tui.filling import Filling, Kept
    from xplenty_tui.tui.holding import Hold

SETTLED_S = 3.0
"""After this long the start is over, however slow the host."""


class XplentyApp(Sessions, Deeds, Framing, Leaving, App[str], inherit_bindings=False):
    """The full-screen program."""

    CSS = """
    Screen { layers: base box small; layout: vertical; }
    #body { height: 1fr; width: 100%; }
    #status, #keys { background: $surface; }
    """
    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    app_focus = Reactive(True, compute=False, repaint=False)

    def __init__(self, launch: Launch) -> None:
        super().__init__()
        theme.register(self)
        self.theme = theme.fitting(self)  # before the first frame: a change later reads all style sheets again
        self.launch = launch
        self.prepared: Prepared | None = None
        self.session: Session | None = None
        self.keymap = Keymap(COMMANDS)
        self.zone: tzinfo = zones.HostZone()
        self.ascii = ascii_only(launch.environment)
        self._nav, self._status, self._keys = Bar(id="nav"), Bar(id="status"), Bar(id="keys")
        self._body = Container(id="body")
        self.places = Places(self._body)
        self.trail = Trail()
        self.journal: Journal | None = None
        self.entries: list[Entry] = []
        self.drafts: dict[tuple[str, str, str], Kept] = {}
        self.fillings: list[Filling] = []
        self.under_way: set[str] = set()
        self.writes: set[asyncio.Task[Any]] = set()
        self.watches = Watches()
        self.doing: set[Errand] = set()
        self.held: list[Hold] = []
        self._changed: set[str] = set()
        self._warming = False
        self._message: tuple[str, Tone, float] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._refreshing: asyncio.Task[None] | None = None
        self._nothing = Store()
        self.touched_at = time.monotonic()
        """When somebody pressed a key last."""
        self._first_section: str | None = launch.screen or ""
        """What is opened first: as asked, else ("") as it was left; None once that has been done."""

    def get_default_screen(self) -> Ground:
        """Return what all lies on."""
        return Ground(id="_default")

    def compose(self) -> ComposeResult:
        """Make the frame: all of the first paint."""
        yield self._nav
        yield self._body
        yield self._status
        yield self._keys

    def on_mount(self) -> None:
        """Draw the frame; the rest starts after it is on the screen."""
        self.draw_frame()
        self._status.show([("starting…", Tone.DIM)])
        asyncio.get_running_loop().set_default_executor(Daemons())
        for name in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, self.exit, None, 128 + name)
        self.app_resume_signal.subscribe(self, lambda _: self.do_redraw())
        self.set_interval(1.0, self.tick, name="tick")
        self.set_timer(SETTLED_S, self._settle)
        self.call_after_refresh(self._start)

    def _start(self) -> None:
        self.start_task(self.begin())

    def _settle(self) -> None:
        """Turn the garbage collector on again: what start-up made stays and need not be looked at."""
        gc.freeze()
        gc.enable()

    async def on_unmount(self) -> None:
        """Leave nothing running behind."""
        await self.end()

    # Drawing.

    def context(self) -> Context:
        """Return what drawing may look at."""
        session = self.session
        now = session.now() if session else datetime.now(UTC)
        store = session.store if session else self._nothing
        aged = session.loop.all_aged() if session else frozenset()
        return Context(
            now,
            store,
            self.zone,
            session.account if session else "",
            self.ascii,
            aged,
            bool(session and session.production),
            session.client.place if session else None,
        )

    def _store_changed(self, kind: str) -> None:
        if not self._changed:
            self.call_next(self._draw_changed)
        self._changed.add(kind)

    def _draw_changed(self) -> None:
        kinds, self._changed = frozenset(self._changed), set()
        front = self.places.front
        self.look_at_watched(kinds)
        if "user" in kinds:
            self.zone_told()
        if front is not None and front.is_mounted and self.session is not None:
            front.store_changed(kinds)
            self.draw_keys()
            self.draw_status()
            if not self.keymap.all_taken and not self._warming:
                self._warming = True
                self.call_after_refresh(self._warm_up)  # the rows first
        self.ring()

    def _warm_up(self) -> None:
        self.start_task(self.warm_up())

    def tick(self) -> None:
        """Once a second: what the time changed, and nothing else."""
        if self.hung_up():
            self.exit(None, 128 + signal.SIGHUP)
        if self.session is None:
            return
        self.ring_again()
        if self.places.front is not None and self.places.front.is_mounted:
            self.places.front.tick()
            self.places.front.ask_again()
        self.draw_status()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the frame and an open box."""
        self.call_after_refresh(self.draw_frame)
        self.call_after_refresh(self._place_boxes)  # the screen does not have its new size yet
        self.call_after_refresh(self.fit_small)

    def _place_boxes(self) -> None:
        for box in self.boxes():
            box.place()

    def on_app_blur(self) -> None:
        """Make the refresh a heartbeat: the terminal lost the focus."""
        if self.session is not None:
            self.session.loop.focus(False)

    def on_app_focus(self) -> None:
        """Refresh at full pace: somebody looks again."""
        if self.session is not None:
            self.session.loop.focus(True)
            self.session.loop.touched()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there, then go on as ever."""
        if self.session is not None and isinstance(event, events.Key | events.MouseDown | events.Paste):
            self.session.loop.touched()
            self.touched_at = time.monotonic()
        if isinstance(event, events.MouseEvent | events.Paste) and self.held and not self.boxes():
            return  # as little as a key acts on the place while a box is on its way
        if isinstance(event, events.Key) and not event.is_forwarded and self._at_once() and self._take_key(event):
            self.app_focus = True  # as Textual has it: who types is there
            return
        await super().on_event(event)

    # Keys.

    def _typed_into(self) -> Chooser | Box | Prompt | None:
        """Return what takes the keys, even before the focus has come to it; None: keys are commands."""
        boxes = self.boxes()
        if boxes or self.held:
            return boxes[-1] if boxes else None
        return self.places.front.prompt if self.places.front is not None else None

    def on_key(self, event: events.Key) -> None:
        """Take a key that nothing with the focus wanted."""
        if self._take_key(event):
            event.stop()
            event.prevent_default()

    def _at_once(self) -> bool:
        """Whether a key is taken at once, before any widget: as long as none has keys of its own."""
        if isinstance(self.focused, Small):
            return False
        calm = self.focused is None or self.focused is getattr(self.places.front, "main", None)
        return calm or bool(self.held) or self._typed_into() is not None or _left(self.focused)

    def _take_key(self, event: events.Key) -> bool:
        """Type it, or do what it means; what is typed into an input is never a command. False: it means nothing."""
        if event.key == "ctrl+c":
            self.do_quit()
        elif (typed := self._typed_into()) is not None:
            typed.take(event)
        elif self.held:
            if event.key == "escape":
                self.held[-1].leave()
        elif not isinstance(self.focused, Input) or _left(self.focused):
            front = self.places.front
            command = self.keymap.find(event.key, front.reach() if front else (ANYWHERE,))
            if command is None:
                return False
            self.act(command.id, front)
        else:
            return False
        return True


def _left(focused: Widget | None) -> bool:
    """Whether what has the focus was left: it is on its way to what is below."""
    if isinstance(focused, Prompt):
        return focused.left
    return isinstance(focused, Input) and any(getattr(one, "gone", False) for one in focused.ancestors)
