"""An action is declared once: key, help, palette, greyed reason, form, question, sending and reading back come from it.

Nothing here draws or sends: these are the words in which ``resources/`` says what can be done to a kind.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Generic, TypeVar

from xplenty_tui.core.declare import Context, Link, Row, Tone

T = TypeVar("T")

Line = Sequence[tuple[str, Tone]]
"""One line of a question or a preview: pieces and their meanings."""
Values = Mapping[str, str]
"""What stands in a form: texts by field."""


class Verdict(Enum):
    """What reading back shows after an answer that never came."""

    DONE = "done"
    NOT_DONE = "not done"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The verdict, and what else was learned."""

    verdict: Verdict
    item: Any = None
    """The subject (or what was made) as it is now; None when nothing was found."""
    check: str = ""
    """For ``UNKNOWN``: one sentence, what the person has to look at."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T]):
    """One sending: what it was about, for reading back."""

    item: T | None
    """The subject as it was read just before; None for something new."""
    draft: Any
    """The checked form; None without one."""
    began: Any
    """The server's time just before it was sent, aware."""
    deed: str = ""
    """What the journal's lines of this sending have in common."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Another action of the same kind that may be wanted at once: asked for, with the answer as its subject."""

    action: str
    """The name of the action: ``turn``."""
    lines: tuple[Line, ...]
    """Why it is offered; said first in its question."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is said before something is done."""

    title: str
    """``Terminate cluster nightly-4``."""
    lines: tuple[Line, ...]
    """What happens, to what, what is lost, nodes it takes. Account and credits are added by who asks."""
    verb: str
    """The word on the button: ``Terminate``."""
    typed: str | None = None
    """The name that has to be typed; None: nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field may have."""

    id: str
    """What is sent."""
    title: str
    hint: str = ""
    """At the right: a state, a load."""
    about: str = ""
    """Behind the title; searched too."""


@dataclass(frozen=True)
class Preset:
    """Values for a form that are one key away."""

    key: str
    """Textual's name of the key in the form: ``ctrl+l``."""
    title: str
    """``last run's values``."""
    values: Callable[[Any, Values, Context], Awaitable[Values | None]]
    """(client, what stands in the form, context) → what to put in; None: there are none."""


@dataclass(frozen=True)
class Fill(Generic[T]):
    """The form of an action, made from a pydantic model."""

    model: type[Any]
    """A class of ``api.drafts`` (or one with the same manners): its docstrings are the help of the fields."""
    start: Callable[[T | None, Context], Values] = field(default=lambda item, ctx: {})
    """What stands in it at first."""
    load: Callable[[Any, T | None, Context], Awaitable[Values]] | None = None
    """(client, item, context) → what stands in it at first, where that costs a request; said while it is under way."""
    kinds: tuple[str, ...] = ()
    """Kinds that ``choices`` are made from: fetched when they are not loaded (a credit each)."""
    choices: Callable[[Context, T | None], Mapping[str, Sequence[Choice]]] = field(default=lambda ctx, item: {})
    """Values by field (or its pattern) to choose from."""
    preview: Callable[[Values, Context], Sequence[Line]] | None = None
    """What will be sent, drawn while typing; masks secrets itself."""
    derive: Mapping[str, Callable[[Any, str, Values, Context], Awaitable[Values]]] = field(default_factory=dict)
    """By field: (client, its new text, all texts, context) → texts for other fields, asked for when it was chosen."""
    presets: tuple[Preset, ...] = ()
    credits: Callable[[Values], int] | None = None
    """(texts) → what sending them costs, where that depends on them; None: what the action says."""
    clears: bool = False
    """A field that was filled and is emptied is sent as empty: for editing what exists."""
    sorts: Callable[[Context], Sequence[Choice]] | None = None
    """What is chosen before the form opens, where its fields depend on that: the type of a connection."""
    of: Callable[[T | None, str], type[Any]] | None = None
    """(item, what was chosen first) → the model, where it is not always ``model`` itself but a kind of it."""

    def model_for(self, item: T | None, chosen: str = "") -> type[Any]:
        """Return the model of the form that opens."""
        return self.model if self.of is None else self.of(item, chosen)


@dataclass(frozen=True)
class Action(Generic[T]):
    """Something that can be done to items of a kind, or to the kind: one write, sent once."""

    name: str
    """``stop``; with the kind's name the id to which a key is bound: ``jobs.stop``."""
    keys: tuple[str, ...]
    """Textual's names of its keys."""
    title: str
    """One or two words for the key line."""
    help: str
    """One sentence for help and palette."""
    send: Callable[[Any, T | None, Any], Awaitable[Any]]
    """(client, item, draft) → the answer: the changed or new item, or None. Exactly one write, in the usual case."""
    said: Callable[[Any, T | None, Context], str]
    """(answer, item, context) → one sentence: what was done."""
    check: Callable[[Any, Attempt[T]], Awaitable[ReadBack]]
    """(client, attempt) → what reading back shows after an uncertain end. GETs only."""
    on_item: bool = True
    """Whether it needs an item; else it makes a new one, from the list."""
    disabled: Callable[[T | None, Context], str | None] = field(default=lambda item, ctx: None)
    """Why it cannot be done to this item as it is, in words; None when it can."""
    permission: str = ""
    """The word of ``account.permissions`` that it takes; empty: none is documented."""
    ask: Callable[[Sequence[T], Any, Context], Question | None] | None = None
    """(items, draft, context) → the question; None: harmless (as things stand), done at once."""
    danger: bool = False
    """Something is lost or stopped: its own look, never a letter to confirm, the subject is read again before."""
    removes: bool = False
    """The item is gone for good afterwards."""
    bulk: bool = False
    """Can be done to all marked items, with one question."""
    fill: Fill[T] | None = None
    """The form that comes first."""
    state: Callable[[T], Any] = field(default=lambda item: getattr(item, "status", None))
    """What of the item the question depends on: when it changed meanwhile, the question is asked again."""
    writes: bool = True
    """Whether it changes something in the account: refused in read-only mode, journalled."""
    progress: Callable[[Any, Attempt[T], Any], Awaitable[tuple[bool, str]]] | None = None
    """(client, attempt, answer) → (over, one sentence): asked at a cheap pace until over, instead of ``settled``."""
    settled: Callable[[T], bool] | None = None
    """Whether the item has arrived where the action leads; it is followed until then. None: at once."""
    outcome: Callable[[T], str] | None = None
    """The sentence once it settled: ``90412 is stopped``."""
    needs: tuple[str, ...] = ()
    """Kinds that the question speaks of: fetched before it is asked when they are not loaded (a credit each)."""
    trouble: Callable[[Any], str] = field(default=lambda answer: "")
    """(answer) → what to do now, where it was done and found that something is wrong: said in a box that stays."""
    shows: Callable[[Any, T | None, Context], Iterable[Row]] | None = None
    """(answer, item, context) → lines of a page that opens afterwards, for answers that are worth reading."""
    touches: tuple[str, ...] = ()
    """Other kinds that change with it; they are fetched soon."""
    lands: Callable[[Any], Link | None] = field(default=lambda answer: None)
    """(answer) → where the person is taken afterwards; None: stays."""
    warns: Callable[[Any], str] = field(default=lambda answer: "")
    """(answer) → what the person has to know though it was done, in a box that stays until it is read; "": nothing."""
    finds: Callable[[Any, Attempt[T], Any], Awaitable[Link | None]] | None = None
    """(client, attempt, answer) → the same where it has to be looked for: the job that a schedule started."""
    offers: Callable[[Any, Context], Offer | None] = field(default=lambda answer, ctx: None)
    """(answer, context) → what is asked next, once it was done."""
    same: Callable[[T, Any], bool] = field(default=lambda item, draft: False)
    """(item, draft) → whether it is so already: then nothing is asked, sent or journalled."""
    names: Callable[[Any], Sequence[str]] = field(default=lambda draft: ())
    """(draft) → names of the variables that were sent, for the journal; never values."""
    credits: int = 1
    """Credits of the write and of what it needs around it, without the reading of its subject."""
    weight: int = 0
    """Place on the key line; 0: in help and palette only."""
