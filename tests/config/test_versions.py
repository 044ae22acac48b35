"""An older file is brought up to date step by step, a newer one is refused in words and left as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xplenty_tui.config import memory, read
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.memory import Memory, MemoryFile
from xplenty_tui.config.remember import add_profile
from xplenty_tui.config.settings import VERSION, Profile
from xplenty_tui.config.versions import NewerVersion, upgrade

ROWS = '[look]\nmouse = "on"\n'


def test_a_step_for_each_version_in_between() -> None:
    steps = {1: lambda old: {"b": old["a"]}, 2: lambda old: {"c": old["b"] + 1}}
    assert upgrade({"a": 5}, 3, steps) == {"c": 6, "version": 3}, "without a version it is the first"
    assert upgrade({"version": 2, "b": 5}, 3, steps) == {"c": 6, "version": 3}
    assert upgrade({"version": 3, "c": 5}, 3, steps) == {"c": 5, "version": 3}
    with pytest.raises(NewerVersion):
        upgrade({"version": 4}, 3, steps)


@pytest.mark.parametrize("version", [0, -1, True, "1", 1.0, None])
def test_what_is_no_version_is_refused(version: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        upgrade({"version": version}, 1, {})


def test_there_is_a_step_for_every_version_before_this_one() -> None:
    assert sorted(read.STEPS) == list(range(1, VERSION))
    assert sorted(memory.STEPS) == list(range(1, memory.VERSION))


def test_newer_settings_are_refused_in_words() -> None:
    with pytest.raises(SettingsError) as caught:
        read.parse(f"# mine\nversion = {VERSION + 1}\nunheard_of = 1\n", "config.toml")
    told = f"is of version {VERSION + 1}, and this program knows {VERSION}: it needs a newer xplenty-tui"
    assert str(caught.value) == f"config.toml, line 2, version: {told}"


def test_a_version_that_is_none_is_told_with_its_line() -> None:
    with pytest.raises(SettingsError, match=r"line 1, version: should be a whole number from 1"):
        read.parse('version = "one"\n', "config.toml")


def test_older_settings_are_understood_and_their_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[look]\ntake_mouse = true\n")
    step = lambda old: {**old, "look": {"mouse": "on" if old["look"]["take_mouse"] else "off"}}  # noqa: E731
    monkeypatch.setattr(read, "VERSION", 2)
    monkeypatch.setattr(read, "STEPS", {1: step})
    settings = read.load(file)
    assert (settings.look.mouse, settings.version) == ("on", 2)
    assert file.read_text() == "[look]\ntake_mouse = true\n"


def test_new_settings_carry_their_version(tmp_path: Path) -> None:
    file = tmp_path / "x" / "config.toml"
    add_profile(file, "prod", Profile(account="acme"))
    assert file.read_text().startswith(f"version = {VERSION}\n")
    assert read.parse(ROWS, "x").version == VERSION


def test_older_state_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def step(old: dict[str, object]) -> dict[str, object]:
        profiles = old["profiles"]
        assert isinstance(profiles, dict)
        return {**old, "profiles": {name: {"section": one["screen"]} for name, one in profiles.items()}}

    file = MemoryFile(tmp_path)
    file.path.write_text(json.dumps({"version": 1, "profiles": {"prod": {"screen": "jobs"}}}))
    monkeypatch.setattr(memory, "VERSION", 2)
    monkeypatch.setattr(memory, "STEPS", {1: step})
    assert file.load("prod") == Memory("jobs")
    file.save("test", Memory("clusters"))
    kept = json.loads(file.path.read_text())
    assert (kept["version"], kept["profiles"]["prod"]["section"], file.problem) == (2, "jobs", "")
