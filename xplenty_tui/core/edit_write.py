"""A model written as TOML: each field below what it means, what is not set commented out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import tomlkit
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from xplenty_tui.core.described import described
from xplenty_tui.core.edit_plain import Secrets, inline, key_text, plain, visible, writable

_BLANKS: dict[Any, Any] = {
    str: "",
    bool: False,
    int: 0,
    float: 0.0,
    datetime: datetime(2000, 1, 1, tzinfo=UTC),
    date: date(2000, 1, 1),
    time: time(0, 0),
    list: [],
    tuple: [],
    set: [],
    frozenset: [],
}
"""What stands behind a commented-out key, by its type."""


def to_toml(model: BaseModel, heading: str = "") -> str:
    """Return the fields of ``model`` as TOML, each below what it means; fields that are not set are commented out.

    ``heading`` becomes the comment at the top: what is edited, and how to leave without a change.
    """
    lines = [*_comment(heading), ""] if heading else []
    for line in _Writer().table(type(model), model, plain(model, Secrets()), ()):
        if line or (lines and lines[-1]):  # at most one blank line
            lines.append(line)
    return "\n".join(lines).strip("\n") + "\n"


def one_line(text: str) -> str:
    """Return ``text`` as it can stand in a comment."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def fields_at(model: type[BaseModel], path: Sequence[str | int]) -> Mapping[str, FieldInfo]:
    """Return the fields of the model that stands at ``path`` inside of ``model``; none where no model stands."""
    kind: type[BaseModel] | None = model
    for step in path:
        if kind is None:
            return {}
        if isinstance(step, str) and step in kind.model_fields:
            kind = _model_in(kind.model_fields[step].annotation)
    return kind.model_fields if kind is not None else {}


def _comment(text: str) -> list[str]:
    return [f"# {one_line(row)}".rstrip() for row in text.split("\n")]


def _value(value: Any) -> str:
    """Return a value as TOML; a text of several lines as such. TOML drops a line end right behind the quotes."""
    if isinstance(value, str) and "\n" in value and not value.startswith(("\n", "\r")):
        return '"""\n' + visible(tomlkit.string(value, multiline=True).as_string()).removeprefix('"""')
    return inline(value)


class _Writer:
    """Writes one text; what a field means is said once, however often the field stands there."""

    def __init__(self) -> None:
        self._said: set[tuple[type[BaseModel], str]] = set()

    def table(
        self, kind: type[BaseModel], real: BaseModel | None, values: Mapping[str, Any], path: tuple[str, ...]
    ) -> Iterator[str]:
        """Yield the lines of a model, its tables last as TOML wants it; without ``real`` all is commented out."""
        later: list[tuple[str, FieldInfo]] = []
        for name, field in kind.model_fields.items():
            held = getattr(real, name, None)
            _check(kind, name, field, held, real)
            if _is_table(field, held):
                later.append((name, field))
                continue
            yield from self._about(kind, name, field)
            blank = f"#{key_text(name)} = {inline(_blank(field))}"
            yield f"{key_text(name)} = {_value(values[name])}" if held is not None else blank
        for name, field in later:
            yield ""
            yield from self._about(kind, name, field)
            yield from self._tables(field, getattr(real, name, None), values.get(name), (*path, name))

    def _tables(self, field: FieldInfo, real: Any, value: Any, path: tuple[str, ...]) -> Iterator[str]:
        """Yield a field that is a table, a map or an array of tables."""
        header = ".".join(key_text(step) for step in path)
        if isinstance(real, BaseModel):
            yield f"[{header}]"
            yield from self.table(type(real), real, value, path)
        elif isinstance(real, Mapping):
            yield f"[{header}]"
            inner = [(key, each) for key, each in real.items() if isinstance(each, BaseModel)]
            inside = {writable(str(key)) for key, _ in inner}
            yield from (f"{key_text(key)} = {_value(each)}" for key, each in value.items() if key not in inside)
            for key, each in inner:
                yield from ("", *self._tables(field, each, value[writable(str(key))], (*path, writable(str(key)))))
        elif real:
            for at, each in enumerate(real):
                yield from ([""] if at else [])
                yield f"[[{header}]]"
                yield from self.table(type(each), each, value[at], path)
        else:
            yield from self._template(field, header, path)

    def _template(self, field: FieldInfo, header: str, path: tuple[str, ...]) -> Iterator[str]:
        """Yield a table that is not there, commented out."""
        kind = _model_in(field.annotation)
        several = _types(field.annotation) & {list, tuple}
        yield f"#[[{header}]]" if several else f"#[{header}]"
        if kind is None:
            yield '#name = "value"'
        elif len(path) < 3:  # a model may hold itself
            yield from self.table(kind, None, {}, path)

    def _about(self, kind: type[BaseModel], name: str, field: FieldInfo) -> Iterator[str]:
        """Yield what a field means and what it can be, the first time."""
        if (kind, name) in self._said:
            return
        self._said.add((kind, name))
        text = described(kind).get(name, "")
        choices = _choices(field.annotation)
        if text or choices:
            yield ""
        if text:
            yield from _comment(text)
        if choices:
            yield from _comment("One of " + ", ".join(inline(plain(each)) for each in choices) + ".")


def _check(kind: type[BaseModel], name: str, field: FieldInfo, held: Any, real: BaseModel | None) -> None:
    """Refuse a model whose text would be read back as another: TOML has no null."""
    if real is None or held is not None:
        return
    if field.is_required() or _default(field) is not None:
        raise TypeError(f"{kind.__name__}.{name} is None, which is not its default: it cannot be edited as text")


def _is_table(field: FieldInfo, held: Any) -> bool:
    """Whether a field stands below a header of its own; an empty list only when leaving it out means the same."""
    if isinstance(held, BaseModel | Mapping):
        return True
    tabular = _model_in(field.annotation) is not None or dict in _types(field.annotation)
    if held is None:
        return tabular
    if not isinstance(held, list | tuple):
        return False
    if held:
        return all(isinstance(each, BaseModel) for each in held)
    return tabular and not field.is_required() and _default(field) in ([], ())


def _parts(annotation: Any) -> Iterator[Any]:
    """Yield what a type is or may be: of ``Annotated[int, …] | None`` int and None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _parts(each)
    else:
        yield annotation


def _types(annotation: Any) -> set[Any]:
    found = {get_origin(each) or each for each in _parts(annotation)} - {NoneType}
    return {dict if isinstance(each, type) and issubclass(each, Mapping) else each for each in found}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, alone, in a list or as the values of a map."""
    for part in _parts(annotation):
        if isinstance(part, type) and get_origin(part) is None and issubclass(part, BaseModel):
            return part
        for inner in get_args(part):
            if (found := _model_in(inner)) is not None:
                return found
    return None


def _choices(annotation: Any) -> list[Any]:
    found: list[Any] = []
    for part in _parts(annotation):
        if get_origin(part) is Literal:
            found += get_args(part)
        elif isinstance(part, type) and issubclass(part, Enum):
            found += part
    return [each for each in found if each is not None]


def _blank(field: FieldInfo) -> Any:
    default = None if field.is_required() else _default(field)
    if default is not None:
        return plain(default, Secrets())
    if choices := _choices(field.annotation):
        return plain(choices[0])
    types = _types(field.annotation)
    return next((blank for kind, blank in _BLANKS.items() if kind in types), "")


def _default(field: FieldInfo) -> Any:
    return field.get_default(call_default_factory=True, validated_data={})
