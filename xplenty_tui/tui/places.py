"""Where a person is: one stack of places for each section, the top one in front."""

from __future__ import annotations

from textual.containers import Container

from xplenty_tui.tui.screens.place import Place


class Places:
    """The places of one session. Those behind the front one stay mounted, with their cursor where it was."""

    def __init__(self, body: Container) -> None:
        self._body = body
        self._stacks: dict[str, list[Place]] = {}
        self.section = ""

    @property
    def front(self) -> Place | None:
        """The place that is seen; None before the first."""
        stack = self._stacks.get(self.section)
        return stack[-1] if stack else None

    @property
    def depth(self) -> int:
        """How many places lie on the stack of the section."""
        return len(self._stacks.get(self.section, ()))

    def has(self, section: str) -> bool:
        """Tell whether a section was visited."""
        return bool(self._stacks.get(section))

    async def go(self, section: str) -> None:
        """Bring a visited section to the front."""
        self._hide()
        self.section = section
        self._show()

    async def push(self, place: Place, section: str | None = None) -> None:
        """Put a place in front, in this section or another."""
        self._hide()
        if section is not None:
            self.section = section
        self._stacks.setdefault(self.section, []).append(place)
        await self._body.mount(place)
        self._show()

    async def pop(self) -> bool:
        """Drop the front place and show the one behind it; False when it is the first of its section."""
        stack = self._stacks.get(self.section, [])
        if len(stack) < 2:
            return False
        gone = stack.pop()
        self._show()
        await gone.remove()
        return True

    async def seek(self, section: str, spot: tuple[str, str]) -> bool:
        """Bring a place of a section to the front by its spot, dropping those above it; False when it is not there."""
        stack = self._stacks.get(section, [])
        index = next((index for index in range(len(stack) - 1, -1, -1) if stack[index].spot() == spot), None)
        if index is None:
            return False
        await self.go(section)
        while len(stack) > index + 1:
            await self.pop()
        return True

    async def root(self) -> None:
        """Drop all places of the section but the first."""
        while await self.pop():
            pass

    async def clear(self) -> None:
        """Drop everything: the session ended."""
        self._stacks.clear()
        self.section = ""
        await self._body.remove_children()

    def _hide(self) -> None:
        if self.front is not None:
            self.front.display = False

    def _show(self) -> None:
        if self.front is not None:
            self.front.display = True
            self.front.entered()
