"""What was chosen on the screen, kept in a file: whole, private, and never in the way of a start."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xplenty_tui.config.memory import VERSION, ListMemory, Memory, MemoryFile

FULL = Memory(
    "jobs", "xplenty-day", "UTC", {"jobs": ListMemory("status:failed", ["id", "asc"], ["id", "status"])}, "+0545"
)


def test_what_is_saved_is_loaded_and_profiles_are_apart(tmp_path: Path) -> None:
    file = MemoryFile(tmp_path / "deep" / "state")
    file.save("prod", FULL)
    file.save("staging", Memory("clusters"))
    assert file.load("prod") == FULL
    assert file.load("staging") == Memory("clusters")
    assert file.load("other") == Memory()
    assert file.problem == ""
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert [one.name for one in file.path.parent.iterdir()] == [file.path.name], "nothing is left beside it"


def test_cut_anywhere_it_is_as_if_there_were_none_and_can_be_written_again(tmp_path: Path) -> None:
    file = MemoryFile(tmp_path)
    file.save("prod", FULL)
    whole = file.path.read_bytes()
    for length in range(0, len(whole), 7):
        file.path.write_bytes(whole[:length])
        assert file.load("prod") == Memory()
    file.save("prod", FULL)
    assert file.load("prod") == FULL


def test_a_newer_version_is_left_alone_and_told(tmp_path: Path) -> None:
    file = MemoryFile(tmp_path)
    text = json.dumps({"version": VERSION + 1, "profiles": {"prod": {"section": "jobs"}}})
    file.path.write_text(text)
    assert file.load("prod") == Memory()
    file.save("prod", FULL)
    assert "newer version" in file.problem
    assert file.path.read_text() == text


WORDS = ("section", "theme", "zone", "account_zone", "lists", "jobs", "filter", "sort", "columns", "prod")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(WORDS), inner
    ),
    max_leaves=12,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(JSON)
def test_whatever_stands_in_it_it_loads(tmp_path: Path, anything: object) -> None:
    file = MemoryFile(tmp_path)
    file.path.write_text(json.dumps({"version": VERSION, "profiles": anything}))
    memory = file.load("prod")
    assert all(isinstance(text, str) for text in (memory.section, memory.theme, memory.zone, memory.account_zone))
    for left in memory.lists.values():
        assert all(isinstance(text, str) for text in (left.filter, *left.sort, *left.columns))


def test_a_folder_that_cannot_be_written_is_told_once_and_nothing_breaks(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    file = MemoryFile(blocked)
    file.save("prod", FULL)
    assert file.problem.startswith("What you chose here is not kept")
    assert file.load("prod") == Memory()


@pytest.mark.parametrize("text", ["\x1b]0;x\x07", "a\nb"])
def test_control_characters_are_not_taken_over(tmp_path: Path, text: str) -> None:
    file = MemoryFile(tmp_path)
    file.path.write_text(json.dumps({"version": VERSION, "profiles": {"prod": {"section": text}}}))
    assert file.load("prod").section == ""
