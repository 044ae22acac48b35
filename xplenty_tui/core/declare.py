"""A kind of thing is declared once; list, detail, sort, filter, help and palette are drawn from the declaration.

Nothing here draws, fetches or remembers: these are the words in which ``resources/`` speaks.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from xplenty_tui.core.store import Store

if TYPE_CHECKING:
    from xplenty_tui.core.action import Action
    from xplenty_tui.core.keeping import KeyPlace

T = TypeVar("T")
R = TypeVar("R")
C_co = TypeVar("C_co", covariant=True)

Value = str | int | float | bool | datetime | timedelta | None
"""What a column holds of an item: sorted and filtered as this type, drawn by ``Column.show``."""


class Tone(StrEnum):
    """The meaning of a text, from which a theme makes a colour. Never the only sign of a state."""

    PLAIN = "plain"
    DIM = "dim"
    STRONG = "strong"
    GOOD = "good"
    BUSY = "busy"
    WAIT = "wait"
    WARN = "warn"
    BAD = "bad"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Context:
    """What drawing may look at beside the item: the time that was handed in, and what else is known."""

    now: datetime
    """Aware, UTC, as the server's clock has it."""
    store: Store
    zone: tzinfo
    """The zone in which times are written for the person."""
    account: str = ""
    """The account's slug, for web addresses."""
    ascii: bool = False
    """The terminal cannot show ✓ and ▶: draw ASCII symbols."""
    aged: frozenset[str] = frozenset()
    """What is older than three of its planned intervals: a kind, or ``jobs.progress`` for what runs of it."""
    production: bool = False
    """The profile is one where a mistake is expensive."""
    place: KeyPlace | None = None
    """Where the API key is kept; None: nobody knows, and no new one may be made."""


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of a list, which is also one attribute of the filter language and one way to sort."""

    name: str
    """The attribute in the filter: ``status:failed``. The API's word where it has one."""
    title: str
    """The head of the column, in capitals when drawn."""
    value: Callable[[T, Context], Value]
    """What is sorted and filtered. None sorts last whatever the direction."""
    help: str
    """One sentence for the help page."""
    show: Callable[[Any, Context], str] | None = None
    """Value → text; None takes ``words.plain``. Called for visible rows only."""
    tone: Callable[[T, Context], Tone] | None = None
    width: int = 10
    """Cells wanted."""
    grow: int = 0
    """Share of the cells that are left over; 0 keeps ``width``."""
    rank: int = 1
    """Rank 1 is always shown; higher ranks go first when the terminal is narrow."""
    right: bool = False
    """Numbers and durations are aligned right."""
    first: Literal["asc", "desc"] = "asc"
    """The direction that a person wants first of this column."""
    moves: bool = False
    """The text depends on the time as well as on the item ("4 m ago")."""
    keep_start: bool = False
    """Cut at the end and not in the middle: sentences, whose first words say most."""
    server: str | None = None
    """The attribute's name in the server's own search; None: the server cannot search for it."""
    keyed: bool = False
    """Its value is the item's key as a number: whoever has the keys in their order need not ask the items."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place inside the program: an item of a kind."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done, and to what."""

    command: str
    """The id of the command: ``packages.validate``."""
    on: Link | None = None
    """The item that it is done to, fetched first when it is not loaded (1 credit); None: the page's own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a detail page: a label and a text, or a text alone. Long texts are wrapped when drawn."""

    text: str
    label: str = ""
    tone: Tone = Tone.PLAIN
    link: Link | None = None
    """``enter`` goes there."""
    secret: str | None = None
    """The real value behind a masked ``text``; shown by ``M``, one at a time."""
    bullet: str = ""
    """A symbol before the text (status, list point)."""
    act: Act | None = None
    """``enter`` does it, and the command's key stands where the label is."""


@dataclass(frozen=True)
class Facts(Generic[T]):
    """A part of a detail that is drawn from what is known; costs nothing. No rows: the part is not shown."""

    name: str
    title: str
    rows: Callable[[T, Context], Iterable[Row]]
    known: Callable[[T, Mapping[str, Any], Context], Iterable[Row]] | None = None
    """(item, answers of other parts by name, context) → further rows: of a related part the answer is its items."""


@dataclass(frozen=True)
class Loaded(Generic[T, R]):
    """A part of a detail that costs one request, sent when the part is opened."""

    name: str
    title: str
    load: Callable[[Any, T], Awaitable[R]]
    """(client, item) → the answer."""
    rows: Callable[[R, T, Context], Iterable[Row]]
    """(answer, item, context) → lines. No rows: ``none`` is said."""
    none: str = "Nothing here."
    """What an empty answer means."""
    key: str = ""
    """A key that opens (and goes to) this part: ``l`` for the log."""
    help: str = ""
    """One sentence for the help page."""
    eager: Callable[[T], bool] = field(default=lambda item: False)
    """Whether it is asked for as soon as the detail opens."""
    when: Callable[[T], bool] = field(default=lambda item: True)
    """Whether this item has such a part at all."""
    keeps: bool = True
    """The answer does not change once had for an item that settled; else ``R`` asks again."""
    given: Callable[[T, Context], Any] | None = None
    """(item, context) → what ``load`` gets instead of the item; when that is None the part is not shown."""
    grows: Callable[[T], bool] = field(default=lambda item: False)
    """Whether the answer grows while the item is as it is, so that it can be followed."""
    credits: int = 1
    """What opening it costs."""
    kind: str = ""
    """The kind that the answer is a page of: its items are known from then on, and stand in that kind's list."""


class PageLike(Protocol[C_co]):
    """What a list call answers: see ``api.wire.Page``."""

    @property
    def items(self) -> Sequence[C_co]:
        """The items that could be decoded, in the server's order."""

    @property
    def next_offset(self) -> int | None:
        """Where the next page starts; None when this was the last."""


@dataclass(frozen=True)
class Related(Generic[T]):
    """Other items that belong to this one: drawn in the detail, and opened as a list of their own by ``enter``."""

    name: str
    title: str
    kind: str
    """The kind of the related items; its columns and detail are used."""
    where: Callable[[T, Any], bool]
    """(item, other) → whether the other belongs; asked of what is loaded."""
    load: Callable[[Any, T, int], Awaitable[Any]] | None = None
    """(client, item, offset) → a page of them, where the server can list them; None: only what is loaded."""
    columns: tuple[str, ...] = ()
    """Names of the columns shown inside the detail."""
    none: str = "None loaded."
    when: Callable[[T], bool] = field(default=lambda item: True)
    eager: Callable[[T, Context], bool] = field(default=lambda item, ctx: False)
    """Whether they are asked for as soon as the detail opens."""


Section = Facts[Any] | Loaded[Any, Any] | Related[Any]


@dataclass(frozen=True)
class Refresh:
    """How often a list is worth a credit. Seconds; None: only when opened or asked for."""

    visible: int = 60
    """Between two looks at what changed, while a person looks at it."""
    hidden: int | None = None
    """Between two of them while something else is on the screen."""
    progress: int | None = None
    """Between two looks at the progress of what runs, while a person looks at it."""
    gone: int | None = None
    """Between two pages of the slow pass that finds what was deleted, while a person looks at it."""


@dataclass(frozen=True)
class Resource(Generic[T]):
    """One kind of thing: all that a person sees of it."""

    name: str
    """The plural, lower case, the API's word: ``jobs``. Also what is typed after ``:``."""
    title: str
    """For headings: ``Jobs``."""
    singular: str
    """``job``."""
    about: str
    """One sentence: what it is, for help and palette."""
    model: type[T]
    load: Callable[[Any, int], Awaitable[PageLike[T]]]
    """(client, offset) → a page, newest or most relevant first."""
    columns: tuple[Column[T], ...]
    label: Callable[[T], str]
    """The name a person calls it by."""
    key: Callable[[T], str] = field(default=lambda item: str(getattr(item, "id", "")))
    get: Callable[[Any, str], Awaitable[T]] | None = None
    """(client, key) → one item; None: the API has no such call and the list is all there is."""
    search: Callable[[Any, str, int], Awaitable[PageLike[T]]] | None = None
    """(client, text, offset) → the server's own search."""
    changes: Callable[[Any, datetime, int], Awaitable[PageLike[T]]] | None = None
    """(client, since, offset) → what was updated since then, oldest change first; None: the API cannot tell."""
    active: Callable[[Any, int], Awaitable[PageLike[T]]] | None = None
    """(client, offset) → what runs now, for its progress moves without an update; None: nothing of this kind does."""
    is_active: Callable[[T], bool] | None = None
    """Whether an item is one whose progress moves."""
    updated: Callable[[T], datetime | None] = field(default=lambda item: getattr(item, "updated_at", None))
    """When the server last changed it."""
    created: Callable[[T], datetime | None] = field(default=lambda item: getattr(item, "created_at", None))
    """When it was made: the order of ``load``."""
    sort: tuple[str, Literal["asc", "desc"]] = ("id", "desc")
    """How the list is ordered at first: column name and direction."""
    detail: tuple[Section, ...] = ()
    status: Callable[[T], str] | None = None
    """The API's status word, shown with symbol and tone beside the title of a detail."""
    note: Callable[[T, Context], str] | None = None
    """What is said under the list of the row under the cursor: the first line of an error."""
    merge: Callable[[T, T], T] = field(default=lambda old, new: new)
    """(known, new) → what to keep when an answer lacks fields that another call gave."""
    refresh: Refresh = field(default_factory=Refresh)
    web: Callable[[T], str | None] = field(default=lambda item: getattr(item, "html_url", None))
    """The address in the web console."""
    none: str = "Nothing here."
    """What an empty list means and what to do about it."""
    also: tuple[str, ...] = ()
    """Other kinds that columns and details take names and states from; kept loaded, slowly, while this is seen."""
    actions: Sequence[Action[T]] = ()
    """What can be done to it."""
    digit: str = ""
    """The key of its section, ``2``; empty: reached by ``:`` and by links."""
    aliases: tuple[str, ...] = ()
    """Other words for it after ``:``."""
    further: tuple[Column[T], ...] = ()
    """Columns that no list shows by itself: a related part of a page names them."""
    partial: bool = False
    """``load`` does not give all there is: what other pages brought stays."""
    initial_pages: int = 1
    """Pages of 100 that opening the list loads; older ones come by scrolling."""

    only: bool = False
    """There is one of it in an account, whose key says nothing to a person."""

    def called(self, item: T) -> str:
        """Return the key and the label, or the label alone where it begins with the key or says enough."""
        key, label = self.key(item), self.label(item)
        return label if self.only or label.startswith(key) else f"{key} {label}".rstrip()

    def column(self, name: str) -> Column[T] | None:
        """Return the column called ``name``."""
        return next((column for column in (*self.columns, *self.further) if column.name == name), None)
