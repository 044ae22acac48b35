"""The fields of a form, drawn from the declaration of a model: types, limits, defaults and the texts under its fields.

Apart from ``fields``, because pydantic is too slow to be loaded before the first paint. Models have no aliases: the
names of their fields are the API's words.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from enum import Enum, StrEnum
from functools import lru_cache
from itertools import pairwise
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from xplenty_tui.core.fields import Field, Kind, When, write
from xplenty_tui.core.words import number, secret_looking

_NOTHING = type(None)
_KINDS: dict[object, Kind] = {
    str: Kind.TEXT,
    SecretStr: Kind.TEXT,
    int: Kind.WHOLE,
    float: Kind.NUMBER,
    bool: Kind.YES_NO,
    datetime: Kind.TIME,
}


@dataclass
class Shape:
    """What an annotation says."""

    kind: Kind = Kind.TEXT
    nullable: bool = False
    words: tuple[str, ...] = ()
    model: type[BaseModel] | None = None
    """The model of an object (kind TEXT) or of the items of a list."""
    container: type[Any] = list
    secret: bool = False
    limits: dict[str, Any] = field(default_factory=dict)


def _shape(annotation: Any, limits: list[Any]) -> Shape:
    """Read an annotation; raises TypeError for one that no field of a form can hold."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(args[0], [*limits, *args[1:]])
    shape = Shape()
    if origin in (Union, UnionType):
        shape = _either([one for one in args if one is not _NOTHING], annotation, limits)
        shape.nullable = shape.nullable or _NOTHING in args
        return shape
    if origin is Literal and all(isinstance(one, str) for one in args):
        shape = Shape(Kind.CHOICE, words=args)
    elif isinstance(annotation, type) and issubclass(annotation, StrEnum):
        shape = Shape(Kind.CHOICE, words=tuple(one.value for one in annotation))
    elif isinstance(annotation, type) and origin is None and issubclass(annotation, BaseModel):
        shape = Shape(model=annotation)
    elif annotation in _KINDS:
        shape = Shape(_KINDS[annotation], secret=annotation is SecretStr)
    elif inspect.isclass(origin or annotation) and issubclass(origin or annotation, Mapping):
        shape = Shape(Kind.MAP)
    elif origin in (list, tuple) and isinstance(args[0], type) and issubclass(args[0], BaseModel):
        shape = Shape(Kind.ITEMS, model=args[0], container=origin)
    else:
        raise TypeError(f"a form has no field for {annotation}")
    shape.limits = _limits(limits)
    return shape


def _either(args: list[Any], annotation: Any, limits: list[Any]) -> Shape:
    """Read what may be one of several: a number of either sort, a number or text, or the one beside None."""
    if set(args) == {int, float}:
        return Shape(Kind.NUMBER, limits=_limits(limits))
    if set(args) == {int, str}:
        return Shape(Kind.TEXT, limits=_limits(limits))
    if len(args) != 1:
        raise TypeError(f"a form has no field for {annotation}")
    return _shape(args[0], limits)


def _limits(metadata: list[Any]) -> dict[str, Any]:
    """Collect the limits out of annotations, whoever's they are: they all say ``ge`` and ``max_length``."""
    found: dict[str, Any] = {}
    for one in metadata:
        if isinstance(one, FieldInfo):
            found |= _limits(one.metadata)
            continue
        for word in ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length"):
            if (value := getattr(one, word, None)) is not None:
                found[word] = value
    return found


def _bounds(shape: Shape) -> str:
    """Say what is allowed in words that follow "should be"."""
    limits = shape.limits
    if step := limits.get("multiple_of"):
        return f"a multiple of {number(step)}"
    unit = " characters" if shape.kind is Kind.TEXT else ""
    least, most = limits.get("ge", limits.get("min_length")), limits.get("le", limits.get("max_length"))
    if least is not None and least == most:
        return f"exactly {number(least)}{unit}"
    if least is not None and most is not None:
        return f"{number(least)} to {number(most)}{unit}"
    parts = [f"more than {number(limits['gt'])}"] if "gt" in limits else []
    parts += [f"at least {number(least)}{unit}"] if least is not None else []
    parts += [f"less than {number(limits['lt'])}"] if "lt" in limits else []
    parts += [f"at most {number(most)}{unit}"] if most is not None else []
    return " and ".join(parts)


def _texts(model: type[BaseModel]) -> dict[str, str]:
    """Return the first paragraph of the text under each field, also of inherited ones; none without the sources."""
    found: dict[str, str] = {}
    for parent in reversed([one for one in model.__mro__ if issubclass(one, BaseModel) and one is not BaseModel]):
        try:
            tree = ast.parse(textwrap.dedent(inspect.getsource(parent))).body[0]
        except (OSError, TypeError, SyntaxError):
            continue
        body = tree.body if isinstance(tree, ast.ClassDef) else []
        for above, below in pairwise(body):
            named = isinstance(above, ast.AnnAssign) and isinstance(above.target, ast.Name) and above.target.id
            if named and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                found[named] = inspect.cleandoc(str(below.value.value)).partition("\n\n")[0]
    return found


def shapes(model: type[BaseModel]) -> dict[str, tuple[FieldInfo, Shape]]:
    """Return what pydantic and the annotation say of each field of ``model``."""
    model.model_rebuild()
    return {name: (info, _shape(info.annotation, list(info.metadata))) for name, info in model.model_fields.items()}


@lru_cache(maxsize=64)
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """Return the fields of a form for ``model``: those of objects inside it after its own words, ``task.nodes``.

    Raises TypeError for a type that no field can hold, so that a new model is found wanting by the first test.
    """
    found: list[Field] = []
    texts = _texts(model)
    for name, (info, shape) in shapes(model).items():
        title = info.title or name.replace("_", " ").capitalize()
        if shape.model is not None and shape.kind is Kind.TEXT:
            for inner in fields_of(shape.model):
                needed = inner.required and info.is_required()
                own = f"{title} {inner.title[:1].lower()}{inner.title[1:]}"
                found.append(replace(inner, name=f"{name}.{inner.name}", title=own, required=needed))
            continue
        found.append(
            Field(
                name=name,
                title=title,
                kind=shape.kind,
                help=" ".join((info.description or texts.get(name, "")).split()),
                default="" if shape.kind is Kind.ITEMS else _default(info),
                required=info.is_required(),
                bounds=_bounds(shape),
                words=shape.words,
                secret=shape.secret or (shape.kind is Kind.TEXT and secret_looking(name)),
                nullable=shape.nullable,
                items=fields_of(shape.model) if shape.model is not None else (),
                when=next((one for one in info.metadata if isinstance(one, When)), None),
            )
        )
    return tuple(found)


def _default(info: FieldInfo) -> str:
    if info.is_required() or info.default_factory_takes_validated_data:
        return ""
    return _text(info.get_default(call_default_factory=True))


def _text(value: Any, zone: tzinfo = UTC) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return write(value.value if isinstance(value, Enum) else value, zone)


def texts(value: BaseModel, zone: tzinfo = UTC, prefix: str = "") -> dict[str, str]:
    """Return the texts of a form that is filled in with ``value``: those fields that it was given."""
    found: dict[str, str] = {}
    for name, (_, shape) in shapes(type(value)).items():
        held = getattr(value, name)
        if name not in value.model_fields_set or held is None:
            continue
        if shape.kind is Kind.ITEMS:
            for place, one in enumerate(held):
                found |= texts(one, zone, f"{prefix}{name}.{place}.")
        elif shape.model is not None:
            found |= texts(held, zone, f"{prefix}{name}.")
        else:
            found[prefix + name] = _text(held, zone)
    return found
