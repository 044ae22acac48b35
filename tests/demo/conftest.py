"""A world for each test."""

from __future__ import annotations

import pytest

from tests.demo.asking import Asker, asker


@pytest.fixture
def demo() -> Asker:
    """Set up the default world, on the afternoon on which it begins."""
    return asker()
