"""What a terminal that shows ASCII only is sent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xplenty_tui.core.ascii import as_given, ascii_only, plain
from xplenty_tui.core.widths import cells


@pytest.mark.parametrize(
    ("environment", "only"),
    [
        ({}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LANG": "en_GB.utf8"}, False),
        ({"LANG": "C"}, True),
        ({"LANG": "POSIX"}, True),
        ({"LANG": "de_DE.ISO-8859-1"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "C.UTF-8", "LC_ALL": ""}, False),
    ],
)
def test_it_is_the_locale_that_tells(environment: dict[str, str], only: bool) -> None:
    assert ascii_only(environment) is only


@pytest.mark.parametrize(
    ("more", "at_start", "only"),
    [
        ({"LANG": "C"}, b"LANG=C\0HOME=/", True),
        ({"LANG": "C"}, b"LC_CTYPE=C.UTF-8\0LANG=C", False),
        ({"LANG": "C"}, b"LANG=C\0LC_CTYPE=C.UTF-8", False),
        ({"LANG": "C"}, None, True),
        ({}, b"HOME=/", False),
        ({}, None, False),
        ({"LC_ALL": "C"}, None, True),
    ],
)
def test_a_locale_that_python_made_up_says_nothing_of_the_terminal(
    more: dict[str, str], at_start: bytes | None, only: bool
) -> None:
    assert ascii_only(as_given({"LC_CTYPE": "C.UTF-8", **more}, at_start)) is only


@pytest.mark.parametrize(
    ("text", "drawn"),
    [("Köln", "Koln"), ("✓ done…", "+ done~"), ("日本", "????"), ("Łódź", "?odz"), ("½ “x”", '? "x"'), ("É", "E")],
)
def test_letters_lose_their_accents_and_the_rest_is_a_question_mark(text: str, drawn: str) -> None:
    assert plain(text) == drawn


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Mn", "Mc", "Me")), max_size=20))
def test_it_is_ascii_and_no_wider(text: str) -> None:
    assert plain(text).isascii()
    assert len(plain(text)) == sum(map(cells, text))
