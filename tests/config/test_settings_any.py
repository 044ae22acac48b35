"""Whatever stands in the configuration: it is read, or a sentence says what is wrong and where, without a secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.house.test_docs import EXAMPLES
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.read import load, parse
from xplenty_tui.config.settings import Settings

WORDS = st.sampled_from(
    [
        *Settings.model_fields,
        "account",
        "url",
        "key_command",
        "read_only",
        "api_key",
        "share_percent",
        "reserve",
        "jobs",
    ]
)
VALUES = st.recursive(
    st.booleans() | st.integers(-10, 10**6) | st.floats() | st.text(max_size=8) | st.datetimes() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(min_size=1, max_size=5), inner),
    max_leaves=10,
)
EXAMPLE = next(block for name, block in EXAMPLES if name == "docs/configuration.md")


def read(text: str) -> Settings | SettingsError:
    try:
        return parse(text, "config.toml")
    except SettingsError as error:
        assert str(error).startswith("config.toml") and error.reason and "\n" not in str(error)
        assert str(error).isprintable() and len(str(error)) < 1000
        return error


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(WORDS | st.text(min_size=1, max_size=5), VALUES, max_size=4))
def test_any_table_is_read_or_told(table: dict[str, Any]) -> None:
    read(tomlkit.dumps(table))


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    read(text)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(EXAMPLE.encode())))
def test_a_file_cut_at_any_byte_is_read_or_told(tmp_path_factory: Any, at: int) -> None:
    file: Path = tmp_path_factory.mktemp("cut") / "config.toml"
    file.write_bytes(EXAMPLE.encode()[:at])
    try:
        load(file)
    except SettingsError as error:
        assert str(file) in str(error)


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(categories=("L", "N")), min_size=12, max_size=20), st.sampled_from(["api_key", "token"]))
def test_a_secret_that_somebody_wrote_into_it_is_refused_and_not_repeated(secret: str, name: str) -> None:
    for text in (f'{name} = "{secret}"', f'[profiles.work]\naccount = "acme"\n{name} = "{secret}"'):
        told = read(text)
        assert isinstance(told, SettingsError) and secret not in str(told) + repr(told)
