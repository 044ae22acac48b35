"""Declarations that are loaded when somebody first asks for them: a start pays for what it shows, not for all kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from importlib import import_module
from typing import Any, TypeVar, overload

T = TypeVar("T")


class Later(Sequence[T]):
    """A sequence that is made when it is first looked at: the actions of a kind, with all forms that they have."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make = make
        self._made: Sequence[T] | None = None

    @property
    def _all(self) -> Sequence[T]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all[index]

    def __len__(self) -> int:
        return len(self._all)


class Kinds(MutableMapping[str, Any]):
    """The declarations by name, in the order in which they were named; each is loaded when it is first asked for."""

    def __init__(self, where: Mapping[str, tuple[str, str]]) -> None:
        self._where = dict(where)
        """Name → module and constant."""
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            module, constant = self._where[name]
            self._known[name] = getattr(import_module(module), constant)
        return self._known[name]

    def __setitem__(self, name: str, declared: Any) -> None:
        self._where.setdefault(name, ("", ""))
        self._known[name] = declared

    def __delitem__(self, name: str) -> None:
        del self._where[name]
        self._known.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self._where

    def __iter__(self) -> Iterator[str]:
        return iter(self._where)

    def __len__(self) -> int:
        return len(self._where)
