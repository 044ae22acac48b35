"""One session after another: preparing, entering, leaving, and the work that belongs to the one in force."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.background import in_daemon
from xplenty_tui.tui.commands import COMMANDS, KeyConflict, Keymap
from xplenty_tui.tui.remembering import LAST_S

if TYPE_CHECKING:
    from xplenty_tui.config.launch import Prepared
    from xplenty_tui.tui.app import XplentyApp
    from xplenty_tui.tui.screens.place import Place

T = TypeVar("T")


class Sessions:
    """Mixed into the application."""

    @property
    def _app(self) -> XplentyApp:
        return cast("XplentyApp", self)

    async def begin(self, profile: str | None = None, account: str | None = None) -> None:
        """Prepare in a thread (settings, key, imports), then enter; or say why not."""
        from xplenty_tui.tui.warm import prepare

        prepared, error = await in_daemon(lambda: prepare(self._app.launch, profile, account))
        if prepared is None:
            if self._app.session is not None:
                self._app.say(error, Tone.BAD)
                return
            self._app.exit(result=error, return_code=2)
            return
        try:
            self.rebind(prepared.settings.keys)
        except KeyConflict as conflict:
            self._app.exit(result=str(conflict), return_code=2)
            return
        if prepared.key is None or not prepared.account:
            await self._ask_for_key(prepared)
        else:
            await self.enter(prepared)

    async def enter(self, prepared: Prepared) -> None:
        """Start a session; everything of the one before is dropped."""
        from xplenty_tui.tui.warm import journal_of, session_of

        dropped = self._app.drop_watches()
        await self.leave()
        await self._app.recall(prepared)
        self._app.prepared = prepared
        self._app.session = session_of(prepared)
        self._app.journal = journal_of(prepared)
        self._app.session.store.subscribe(self._app._store_changed)
        self._app.session.loop.around.changed = lambda: self._app._store_changed("accounts")
        self._app._refreshing = asyncio.create_task(self._app.session.loop.run(), name="refresh")
        self._app._refreshing.add_done_callback(self._loop_ended)
        first, self._app._first_section = self._app._first_section, None
        kept = self._app.memory.section if self._app.memory is not None and first is not None else ""
        self._app.dress()
        await self._app.open_section(first or kept or "triage")
        for said in [said for said in (*prepared.problems, dropped) if said][:1]:
            self._app.say(said, Tone.WARN)

    async def end(self) -> None:
        """Stop everything that is under way and close the connections."""
        session, self._app.session = self._app.session, None
        for task in list(self._app._tasks):
            if task is not asyncio.current_task():
                task.cancel()
        if self._app._refreshing is not None:
            self._app._refreshing.cancel()
            self._app._refreshing = None
        await self._app.write_memory(LAST_S)
        if session is not None:
            await session.close()

    async def leave(self) -> None:
        """End the session and drop its places; a write that is under way comes to its end first."""
        self._app.close_boxes()
        await self._app.writes_over()
        await self.end()
        await self._app.places.clear()
        self._app.trail.clear()

    async def _ask_for_key(self, prepared: Prepared) -> None:
        from xplenty_tui.tui.screens.connect import ConnectPlace

        await self.leave()
        self._app.prepared = prepared
        await self._app.places.push(ConnectPlace(), "connect")
        self._app.draw_frame()

    def _loop_ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            self._app._handle_exception(error if isinstance(error, Exception) else RuntimeError("the refresh ended"))

    def rebind(self, keys: Any) -> None:
        """Take the configuration's keys and those that the declarations name."""
        from xplenty_tui.resources import BY_NAME
        from xplenty_tui.tui.helping import commands_of

        self._app.keymap = Keymap(COMMANDS, keys, kinds=tuple(BY_NAME), more=lambda kind: commands_of(BY_NAME[kind]))

    async def warm_up(self) -> None:
        """Load what the first rows did not need: other kinds, what can be done, the rules; then use them."""
        from xplenty_tui.tui.warm import load_all

        await in_daemon(load_all)
        self._app.keymap.take_all()
        self._app.draw_keys()
        self._app.ring()

    def start_task(self, work: Any) -> asyncio.Task[None]:
        """Run a coroutine that belongs to the session in force."""
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._app._tasks.add(task)
        task.add_done_callback(self._task_ended)
        return task

    def _task_ended(self, task: asyncio.Task[None]) -> None:
        self._app._tasks.discard(task)
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._app._handle_exception(error)

    def ask(
        self,
        place: Place,
        work: Callable[[Any], Awaitable[T]],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        again: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Ask the API one question for a place; an answer for a place or session that is gone is dropped.

        ``again`` is the question's name and what asks it once more, for one that the place repeats after a failure.
        """
        from xplenty_tui.api.errors import ApiError

        session = self._app.session
        if session is None:
            return

        async def run() -> None:
            try:
                answer = await work(session.client)
            except ApiError as error:
                session.loop.heard(error)
                if self._app.session is session and place.is_mounted:
                    if again is not None:
                        place.again.failed(*again, error, session.loop.purse.monotonic())
                    failed(error)
                return
            session.loop.heard(None)
            if again is not None:
                place.again.answered(again[0])
            if self._app.session is session and place.is_mounted:
                done(answer)

        self.start_task(run())
