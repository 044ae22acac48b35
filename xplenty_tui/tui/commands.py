"""Every key of the program, declared: dispatch, key line, help, palette and ``docs/keys.md`` are drawn from here.

Keys are not Textual bindings: a key is looked up by the place that has the focus, so that nothing typed into a filter
or a question can ever reach a command. Knows nothing of Textual but its names for keys.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

ANYWHERE, LIST, PAGE, RESULTS = "anywhere", "lists", "pages", "results"
DETAIL, TRIAGE, USAGE, HISTORY, TIMELINE = "details", "triage", "usage", "history", "timeline"
ACTS = "!"
"""After the name of a kind: the scope of what can be done to its items, wherever the cursor is on one."""
MAKES = "+"
"""The same for what makes a new one: in the list of the kind only."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does."""

    id: str
    """Stable; what a key is bound to in the configuration."""
    keys: tuple[str, ...]
    """Textual's names: ``space``, ``ctrl+d``, ``slash``."""
    title: str
    """One or two words for the key line."""
    help: str
    """One sentence for the help page."""
    scope: str = ANYWHERE
    """Where it works: anywhere, in lists, on pages, or the name of a place."""
    weight: int = 0
    """The higher, the sooner it is on the key line; 0: in the help only."""


SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("1", "triage", "Triage"),
    ("2", "jobs", "Jobs"),
    ("3", "clusters", "Clusters"),
    ("4", "schedules", "Schedules"),
    ("5", "packages", "Packages"),
    ("6", "account", "Account"),
)
"""Key, name and title of each section. Held here so that the first frame needs no declarations."""

EDIT, EDIT_TEXT = "edit", "edit_text"
"""The name of the action that changes an item, and of the command that does it in an editor."""

_SECTIONS = tuple(
    Command(f"section.{name}", (key,), title, f"Go to {title.lower()}; once more: back to its first page.")
    for key, name, title in SECTIONS
)

COMMANDS: tuple[Command, ...] = (
    *_SECTIONS,
    Command(
        "palette", ("colon",), "go", "Go to any kind, command or item by name or id: job 304, acct staging.", weight=20
    ),
    Command("history.back", ("left_square_bracket",), "place before", "To the place that was seen before."),
    Command("history.forward", ("right_square_bracket",), "place after", "To the place that [ came from."),
    Command("help", ("question_mark",), "help", "Show the keys and columns of this place.", weight=15),
    Command("back", ("escape",), "back", "One step back: close, clear the filter, then the page before. Never quits."),
    Command("quit", ("q", "ctrl+c"), "quit", "Leave the program."),
    Command("suspend", ("ctrl+z",), "to the shell", "Stop the program and go to the shell; fg comes back."),
    Command("refresh", ("R",), "refresh", "Fetch what is on the screen now.", weight=8),
    Command("pause", ("p",), "pause", "Pause the refresh in the background, or resume it.", weight=4),
    Command("account", ("a",), "account", "Switch the account or the profile.", weight=5),
    Command(
        "credits", ("dollar_sign",), "credits", "Show where the hour's credits go, and what the plan makes of them."
    ),
    Command(
        "read_only", ("exclamation_mark",), "read-only", "Change nothing from now on; once more: ask, and allow it."
    ),
    Command("journal", ("number_sign",), "journal", "Show what was done to the account, when, and how it ended."),
    Command(
        "zone", ("Z",), "time zone", "Show times in this host's zone, in UTC or in the account's zone; it is kept."
    ),
    Command("theme", (), "theme", "Choose the colours: dark, light, sixteen, high contrast, colour-blind safe."),
    Command(
        "watch",
        ("w",),
        "watch",
        "Follow the job, cluster or schedule until it settles, with a bell and a notification; once more: no longer.",
        weight=22,
    ),
    Command("watching", ("at",), "watching", "Show what is watched, and what came of what was."),
    Command(
        "note",
        ("I",),
        "note",
        "Write an incident note (Markdown, secrets masked) on what is under the cursor: copied, and saved to a file.",
        weight=12,
    ),
    Command(
        "history", ("h",), "history", "Show how the last runs of the job, package or schedule came out.", weight=10
    ),
    Command("timeline", ("L",), "timeline", "Show who ran when on a cluster, or in a workflow (1 credit).", weight=1),
    Command("usage", ("percent_sign",), "usage", "Show node hours by day, cluster and package, from what is loaded."),
    Command("redraw", ("ctrl+l",), "redraw", "Draw the whole screen again."),
    Command("cursor.down", ("down", "j"), "down", "One line down."),
    Command("cursor.up", ("up", "k"), "up", "One line up."),
    Command("cursor.page_down", ("pagedown", "ctrl+f"), "page down", "One page down."),
    Command("cursor.page_up", ("pageup", "ctrl+b"), "page up", "One page up."),
    Command("cursor.half_down", ("ctrl+d",), "half down", "Half a page down."),
    Command("cursor.half_up", ("ctrl+u",), "half up", "Half a page up."),
    Command("cursor.home", ("home", "g"), "first", "The first line."),
    Command("cursor.end", ("end", "G"), "last", "The last line of what is loaded."),
    Command("open", ("enter",), "open", "Open what the cursor is on.", weight=50),
    Command("copy", ("y",), "copy id", "Copy the id, or the line, to the terminal's clipboard (OSC 52).", weight=3),
    Command("copy.json", ("Y",), "copy JSON", "Copy the item as JSON to the terminal's clipboard (OSC 52)."),
    Command("raw", ("J",), "raw", "Show the item as JSON, as it was received.", weight=7),
    Command("save", ("ctrl+s",), "save", "Save what is shown to a file: rows as CSV or JSON, a page as text."),
    Command("web", ("u",), "web", "Show and copy the address in the web console.", weight=2),
    Command("filter", ("slash",), "filter", "Filter by any column: status:failed runtime:>2h -package:test", LIST, 30),
    Command("search", ("S",), "search", "Send the filter to the server's own search (1 credit a page).", LIST, 9),
    Command("sort", ("o",), "sort", "Sort by any column.", LIST, 12),
    Command("columns", ("C",), "columns", "Choose which columns are shown, and in what order; it is kept.", LIST),
    Command("mark", ("space",), "mark", "Mark the item, and go one down.", LIST, 6),
    Command("mark.range", ("ctrl+@",), "mark range", "Mark all from the last marked one to the cursor.", LIST),
    Command("mark.all", ("asterisk",), "mark all", "Mark everything that is shown; once more: nothing.", LIST),
    Command("more", ("m",), "more", "Load the next older 100 (1 credit).", LIST, 3),
    Command("older", ("M",), "load older", "Load many older ones; says before what it costs.", LIST),
    Command("find", ("slash",), "find", "Find text on this page.", PAGE, 18),
    Command(
        "follow", ("F",), "follow", "Follow what grows on this page (a log), or stop; 1 credit each 15 s.", DETAIL, 24
    ),
    Command("find.next", ("n",), "next match", "Go to the next match.", PAGE),
    Command("find.previous", ("N",), "previous match", "Go to the match before.", PAGE),
    Command("part.next", ("tab",), "next part", "Go to the next part of the page.", PAGE, 6),
    Command("part.previous", ("shift+tab",), "part before", "Go to the part before.", PAGE),
    Command(
        "usage.more", ("m",), "load older", "Load 100 older clusters or jobs, whichever reach back less.", USAGE, 30
    ),
    Command("history.more", ("m",), "load older", "Load 100 older jobs of the package (1 credit).", HISTORY, 30),
    Command("timeline.near", ("plus",), "nearer", "Show less time, more finely.", TIMELINE, 31),
    Command("timeline.far", ("minus",), "farther", "Show more time.", TIMELINE, 30),
    Command("fold", ("space",), "unfold", "Show the single problems of an incident, or hide them.", TRIAGE, 62),
    Command("retry", ("r",), "retry failed", "Try those again that were not done.", RESULTS, 40),
    Command("reveal", ("M",), "reveal", "Show the masked value under the cursor, or mask it again.", PAGE, 5),
)


@dataclass(frozen=True, slots=True)
class KeyConflict(Exception):
    """Two commands of one scope want the same key, or a rebound command does not exist."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Keymap:
    """Finds the command of a key for a chain of scopes, the nearest first.

    ``more`` gives the commands of a kind, which are taken when a key is looked for there: a start need not load them.
    """

    def __init__(
        self,
        commands: Sequence[Command],
        rebound: Mapping[str, str] | None = None,
        *,
        kinds: Collection[str] = (),
        more: Callable[[str], Sequence[Command]] = lambda kind: (),
    ) -> None:
        self._rebound = {
            id_: tuple(name(key) for key in keys.replace(",", " ").split()) for id_, keys in (rebound or {}).items()
        }
        self._left, self._more = set(kinds), more
        self.all_taken = not self._left
        """Whether the key line may name what kinds can do: before that only looking for a key takes them."""
        self._known: dict[str, Command] = {}
        self._by_key: dict[tuple[str, str], Command] = {}
        self._take(commands)
        for id_ in self._rebound:
            if self._named(id_) is None:
                raise KeyConflict(f"[keys] {id_!r} is not a command; see docs/keys.md for their names.")

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands that were taken."""
        return tuple(self._known.values())

    def _take(self, commands: Sequence[Command]) -> None:
        for one in commands:
            keys = self._rebound.get(one.id)
            command = self._known[one.id] = one if keys is None else replace(one, keys=keys)
            for key in command.keys:
                other = self._by_key.setdefault((command.scope, key), command)
                if other is not command:
                    raise KeyConflict(f"[keys] {label(key)} is bound to both {other.id} and {command.id}.")

    def _take_kind(self, kind: str) -> None:
        if kind in self._left:
            self._left.discard(kind)
            self._take(self._more(kind))

    def take_all(self) -> None:
        """Take the commands of all kinds: everything can be named now."""
        for kind in sorted(self._left):
            self._take_kind(kind)
        self.all_taken = True

    def _named(self, id_: str) -> Command | None:
        if id_ not in self._known:
            self._take_kind(id_.removeprefix("part.").partition(".")[0])
        return self._known.get(id_)

    def find(self, key: str, scopes: Sequence[str]) -> Command | None:
        """Return what ``key`` does where ``scopes`` are in force."""
        for scope in scopes:
            self._take_kind(scope.rstrip(ACTS + MAKES))
        return self._found(key, scopes)

    def _found(self, key: str, scopes: Sequence[str]) -> Command | None:
        return next((found for scope in scopes if (found := self._by_key.get((scope, key)))), None)

    def within(self, scopes: Sequence[str]) -> list[Command]:
        """Return the commands that work in ``scopes``: without those whose keys a nearer scope has taken."""
        if self.all_taken:
            for scope in scopes:
                self._take_kind(scope.rstrip(ACTS + MAKES))
        return [
            command
            for command in self._known.values()
            if command.scope in scopes
            and (not command.keys or any(self._found(key, scopes) is command for key in command.keys))
        ]

    def key_of(self, id_: str) -> str:
        """Return the first key of a command, as a person reads it; empty when it has none."""
        command = self._named(id_)
        return label(command.keys[0]) if command is not None and command.keys else ""


_NAMES = {
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "asterisk": "*",
    "at": "@",
    "percent_sign": "%",
    "plus": "+",
    "minus": "-",
    "dollar_sign": "$",
    "exclamation_mark": "!",
    "number_sign": "#",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "ctrl+@": "ctrl+space",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
}
_LONG = {short: long for long, short in _NAMES.items()}


def label(key: str) -> str:
    """Return a key as a person reads it: ``/`` for ``slash``."""
    return _NAMES.get(key, key)


def name(key: str) -> str:
    """Return Textual's name of a key that a person wrote: ``slash`` for ``/``."""
    return _LONG.get(key, key)
