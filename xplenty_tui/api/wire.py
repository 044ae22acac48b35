"""What every answer is made of: the base model, times, texts that may be null, and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic_core import CoreSchema, core_schema

from xplenty_tui.api.errors import UndecodableAnswer
from xplenty_tui.api.text import cut

W = TypeVar("W", bound="Wire")
T = TypeVar("T")

MASK = "**********"
"""What stands in the place of a secret; the same text as pydantic's ``SecretStr`` shows."""


KNOWN = 512
"""Objects that are remembered to be shared."""


_FIELDS: dict[frozenset[str], set[str]] = {}


class Wire(BaseModel):
    """Base of all models: immutable, keeps fields that it does not know, built on first use."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True, coerce_numbers_to_str=True)

    secret_fields: ClassVar[frozenset[str]] = frozenset()
    """Fields that are masked in an item that could not be decoded."""


class _NullText(str):
    """The empty text that stands for null, so that the raw view can tell the two apart."""

    __slots__ = ()


class _NullItems(tuple[Any, ...]):
    """The empty tuple that stands for null."""

    __slots__ = ()


class _NullMap(dict[str, Any]):
    """The empty dict that stands for null."""

    __slots__ = ()


class _NullIs:
    """Accept null where a text, a list or an object belongs: the program reads it as empty, the raw view as null."""

    def __init__(self, empty: type[Any]) -> None:
        self._empty = empty

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        empty, nothing = self._empty, self._empty()
        shared = nothing if empty is not _NullMap else None  # a map could be changed by whoever has it
        return core_schema.no_info_after_validator_function(
            lambda value: value if value is not None else empty() if shared is None else shared,
            core_schema.nullable_schema(handler(source)),
            serialization=core_schema.wrap_serializer_function_ser_schema(
                lambda value, serialize: None if isinstance(value, empty) else serialize(value)
            ),
        )


class Once:
    """Decode equal objects inside of items once, for the items to share: most jobs carry one of a few packages."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self._decode, handler(source))

    def _decode(self, value: Any, decode: Callable[[Any], Any]) -> Any:
        if not isinstance(value, dict):
            return decode(value)
        said = repr(value)  # 1, 1.0 and true are not the same here
        known = self._known.get(said)
        if known is None:
            if len(self._known) >= KNOWN:
                self._known.clear()
            known = self._known[said] = decode(value)
        return known


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    try:
        return value.astimezone(UTC)
    except OverflowError as problem:
        raise ValueError("the time is out of range") from problem


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


Text = Annotated[str, _NullIs(_NullText)]
"""A text, "" when the server sent null. Cleaned before validation, see ``text.clean_json``."""
Texts = Annotated[tuple[Text, ...], _NullIs(_NullItems)]
"""A list of texts, empty when null."""
Items = Annotated[tuple[T, ...], _NullIs(_NullItems)]
"""A list of models, empty when null."""
Variables = Annotated[dict[str, Any], _NullIs(_NullMap)]
"""Variables by name, empty when null. The values are data and may be secret: mask them where they are drawn."""
Time = Annotated[datetime, AfterValidator(_in_utc)]
"""An aware time in UTC. A time without an offset is taken for UTC, as the API's documentation says of all its times."""
MaybeTime = Annotated[Time | None, BeforeValidator(_none_if_empty)]
"""A time, or None for null and for an empty text."""
Number = int | float
"""A number as it was sent: 1 stays 1 and 0.5 stays 0.5."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer of the server, parsed and cleaned."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    """Names in lower case; several headers of one name are joined with a comma."""
    data: Any = field(repr=False)
    """The JSON document; None when the body was empty."""
    host: str = ""
    method: str = "GET"
    path: str = ""
    """Without the query."""

    def undecodable(self, why: str) -> UndecodableAnswer:
        """Return the error that says why this answer is of no use."""
        sentence = f"{self.host or 'The server'} sent an answer that this program cannot read: {why}."
        return UndecodableAnswer(sentence, status=self.status, method=self.method, path=self.path)


@dataclass(frozen=True, slots=True)
class Undecodable:
    """One item of a page that could not be decoded; the rest of the page is not lost with it."""

    key: str
    """The item's id as text; ``#12`` for the 12th item of the list (from 0) when it has none."""
    reason: str
    """Which field is wrong and how; never its value."""
    raw: dict[str, Any] | None = None
    """The item as received; None when it was no object."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list, in the server's order."""

    items: tuple[T, ...] = ()
    undecodable: tuple[Undecodable, ...] = ()
    next_offset: int | None = None
    """Where the next page starts; None: the server says that this was the last."""
    received: int = 0
    """How many items the server sent, good or not."""


def reason(problem: ValidationError) -> str:
    """Say in words which field is wrong; the input is left out, it may be secret or huge."""
    first = problem.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"][:4])
    more = problem.error_count() - 1
    text = f"{place}: {first['msg']}" if place else str(first["msg"])
    text = cut(text, 200)
    return f"{text} (and {more} more)" if more else text


def one(model: type[W], answer: Answer, data: Any = None) -> W:
    """Decode the answer (or ``data``, a part of it) as one item; raises UndecodableAnswer."""
    problem = ""
    try:
        return model.model_validate(answer.data if data is None else data)
    except ValidationError as error:
        problem = reason(error)
    raise answer.undecodable(problem)


def many(model: type[W], items: list[Any], offset: int = 0) -> tuple[tuple[W, ...], tuple[Undecodable, ...]]:
    """Decode items one by one; what cannot be decoded is returned beside the good ones."""
    good: list[W] = []
    bad: list[Undecodable] = []
    validate: Callable[[Any], W] = model.model_validate
    for place, item in enumerate(items, offset):
        try:
            found = validate(item)
            _share_fields(found)
            good.append(found)
        except ValidationError as error:
            bad.append(_undecodable(model, item, place, reason(error)))
    return tuple(good), tuple(bad)


def _share_fields(item: Wire) -> None:
    """Let all items that carry the same fields have one set of their names: it is as large as the rest of an item."""
    fields = item.__pydantic_fields_set__
    if len(_FIELDS) >= KNOWN:
        _FIELDS.clear()
    object.__setattr__(item, "__pydantic_fields_set__", _FIELDS.setdefault(frozenset(fields), fields))


def _undecodable(model: type[Wire], item: Any, place: int, why: str) -> Undecodable:
    if not isinstance(item, dict):
        return Undecodable(f"#{place}", why)
    raw_item = {key: MASK if key in model.secret_fields else value for key, value in item.items()}
    id_ = item.get("id")
    known = isinstance(id_, int | str) and not isinstance(id_, bool) and len(str(id_)) <= 80 and str(id_)
    return Undecodable(str(id_) if known else f"#{place}", why, raw_item)


def raw(model: Wire) -> dict[str, Any]:
    """Return the item as received (unknown fields too, secrets masked, times in UTC), for the raw JSON view."""
    return model.model_dump(mode="json", exclude_unset=True, warnings="none")


def overlay(old: W, new: W) -> W:
    """Return ``new`` with the fields that its answer did not carry taken from ``old``.

    List, get and stop answer with different fields of the same job (QUIRKS §7).
    """
    missing = old.model_fields_set - new.model_fields_set
    if not missing or type(old) is not type(new):
        return new
    known = {**vars(old), **(old.__pydantic_extra__ or {})}
    return new.model_copy(update={name: known[name] for name in missing})
