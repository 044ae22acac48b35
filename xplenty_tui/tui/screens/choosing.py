"""What a list does beside drawing and filtering: mark, sort, and the server's own search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from textual.widgets import Input

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.widgets.chooser import Chooser, Option
from xplenty_tui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from xplenty_tui.config.memory import Memory
    from xplenty_tui.tui.commands import Command
    from xplenty_tui.tui.screens.list import ListPlace

_OTHER: dict[str, Literal["asc", "desc"]] = {"asc": "desc", "desc": "asc"}


class Choosing:
    """Mixed into the list place."""

    @property
    def _list(self) -> ListPlace:
        return cast("ListPlace", self)

    def offers(self, command: Command) -> bool:
        """Hide what cannot do anything here."""
        place = self._list
        if command.id in {"open", "raw", "mark", "copy", "web"} and not place.view.keys:
            return False
        if command.id == "search":
            return place.resource.search is not None
        if command.id == "more":
            return place.has_more
        return True

    def do_filter(self) -> None:
        """Type a filter."""
        place = self._list
        place.add_class("typing")
        place.typed.value = place.view.text
        place.typed.cursor_position = len(place.view.text)
        place.typed.begin()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while typing."""
        place = self._list
        event.stop()
        if event.value != place.view.text:
            place.view.set_filter(event.value, place.context())
            self._redraw()

    def on_prompt_kept(self) -> None:
        """Back to the rows, the filter stays."""
        place = self._list
        place.remove_class("typing")
        place.table.focus()
        self.keep_view()

    def on_prompt_left(self) -> None:
        """Back to the rows, without a filter."""
        place = self._list
        place.clear_filter()
        self.on_prompt_kept()

    def on_prompt_move(self, event: Prompt.Move) -> None:
        """Move in the rows while typing."""
        place = self._list
        place.program.act(event.command, place)

    def do_mark(self) -> None:
        """Mark the item under the cursor, and go one down."""
        self._list.view.toggle_mark()
        self._list.table.move(1)
        self._redraw()

    def do_mark_range(self) -> None:
        """Mark all between the last marked item and the cursor."""
        if not self._list.view.mark_range():
            self._list.program.say("Mark one with space first; this marks all from there to the cursor.")
        self._redraw()

    def do_mark_all(self) -> None:
        """Mark all that is shown, or nothing when something is marked."""
        view = self._list.view
        if view.marks:
            view.clear_marks()
        else:
            view.mark_all()
        self._redraw()

    def _redraw(self) -> None:
        self._list.table.reconcile()
        self._list.draw()
        self._list.program.draw_keys()  # another row may be under the cursor, to which other things can be done

    def do_sort(self) -> None:
        """Choose the column to sort by; the one in force turns round."""
        place = self._list
        name, direction = place.view.sort
        arrow = {"asc": "▲", "desc": "▼"}
        options = [
            Option(
                column.name,
                column.title,
                "turns round" if column.name == name else "",
                column.help,
                arrow[direction] if column.name == name else " ",
            )
            for column in place.resource.columns
        ]

        def choose(chosen: str) -> None:
            column = place.resource.column(chosen)
            if column is None:
                return
            following = _OTHER[direction] if chosen == name else column.first
            place.table.sort(chosen, following, self._sorted)

        place.program.box(Chooser("Sort by", options, choose, placeholder="a column"))

    def _sorted(self) -> None:
        self.keep_view()
        self._redraw()

    def do_columns(self) -> None:
        """Choose which columns are shown, and their order."""
        from xplenty_tui.tui.widgets.columns import ColumnsBox

        place, kind = self._list, self._list.resource.name

        def done(names: list[str]) -> None:
            place.table.choose(names)
            place.program.keep(lambda memory: setattr(memory.of(kind), "columns", names))

        shown = [column.name for column, _ in place.table.cells]
        title = f"Columns of {place.resource.title.lower()}"
        place.program.box(ColumnsBox(title, place.resource.columns, shown, done))

    def recall(self) -> None:
        """Show the list as the person left it last time: columns always, filter and order where all is listed."""
        place, memory = self._list, self._list.program.memory
        left = memory.lists.get(place.resource.name) if memory is not None else None
        if left is None:
            return
        place.table.choose(left.columns)
        if not place.whole_kind:
            return
        if len(left.sort) == 2 and left.sort[1] in _OTHER and place.resource.column(left.sort[0]) is not None:
            place.view.sort = (left.sort[0], _OTHER[_OTHER[left.sort[1]]])
        if left.filter:
            place.view.set_filter(left.filter, place.context())

    def keep_view(self) -> None:
        """Note filter and order for the next start."""
        place, view = self._list, self._list.view
        if place.whole_kind:
            sort = [] if view.sort == place.resource.sort else list(view.sort)

            def change(memory: Memory) -> None:
                memory.of(place.resource.name).filter, memory.of(place.resource.name).sort = view.text, sort

            place.program.keep(change)

    def do_search(self) -> None:
        """Send the filter to the server's own search, and list what it finds."""
        place, search = self._list, self._list.resource.search
        if search is None:
            place.program.say(f"The API has no search for {place.resource.title.lower()}.", Tone.WARN)
            return
        if not place.view.text.strip():
            place.program.say("Type a filter first: / and then S sends it to the server.", Tone.WARN)
            return
        text, problems = place.view.query.for_server(place.resource.columns, place.context())
        if not text:
            place.program.say(" ".join(problems) or "There is nothing in it that the server can search.", Tone.WARN)
            return

        async def load(client: Any, offset: int) -> Any:
            return await search(client, text, offset)

        place.program.open_list(place.resource, path=(place.resource.title, f"server search: {text}"), load=load)
        if problems:
            place.program.say(" ".join(problems), Tone.WARN)
