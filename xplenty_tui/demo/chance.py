"""Chance without state: the same keys give the same number, so details need not be kept to be the same twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


def bits(*keys: int) -> int:
    """Give 64 mixed bits of the keys."""
    mixed = 0x9E3779B97F4A7C15
    for key in keys:
        mixed = ((mixed ^ (key & _MASK)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed ^= mixed >> 31
    return (mixed * 0x94D049BB133111EB & _MASK) ^ (mixed >> 29)


def share(*keys: int) -> float:
    """Give a number from 0 up to 1 (not reached)."""
    return (bits(*keys) >> 11) / (1 << 53)


def between(low: int, high: int, *keys: int) -> int:
    """Give a whole number from ``low`` to ``high``, both possible."""
    return low + bits(*keys) % (high - low + 1)


def pick(things: Sequence[T], *keys: int) -> T:
    """Give one of the things."""
    return things[bits(*keys) % len(things)]
