"""A new key goes where the old one was, is read back, and is held until then."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from tests.config.fake_keyrings import NAMES, Good
from xplenty_tui.config.errors import KeyringTrouble
from xplenty_tui.config.keep import DemoPlace, ElsewherePlace, KeyringPlace, place_of
from xplenty_tui.config.settings import Profile
from xplenty_tui.config.target import Target
from xplenty_tui.config.vault import Keyring

OLD, NEW = SecretStr("old-s3cr3t"), SecretStr("new-s3cr3t")
PROD = Target("prod", "staging", "https://api.example", Profile(account="acme"), False)
ALONE = Target("prod", "acme", "https://api.example", None, False)


@pytest.fixture(autouse=True)
def _empty() -> None:
    Good.kept.clear()


def keyring(monkeypatch: pytest.MonkeyPatch, name: str = "Good") -> Keyring:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NAMES + name)
    return Keyring(20.0, allow=NAMES + name)


async def test_every_entry_of_the_profile_with_the_old_key_gets_the_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    Good.kept |= {("xplenty-tui", "prod/acme"): "old-s3cr3t", ("xplenty-tui", "other/acme"): "theirs"}
    place = KeyringPlace(keyring(monkeypatch), PROD, OLD)
    place.hold(NEW)
    assert place.unkept
    await place.keep()
    assert not place.unkept
    assert Good.kept == {
        ("xplenty-tui", "prod/acme"): "new-s3cr3t",
        ("xplenty-tui", "prod/staging"): "new-s3cr3t",
        ("xplenty-tui", "other/acme"): "theirs",
    }
    assert "s3cr3t" not in repr(place) + place.where + place.told
    assert place.told.endswith("keyring get xplenty-tui prod/staging")


async def test_the_trial_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    await KeyringPlace(keyring(monkeypatch), ALONE, OLD).ready()
    assert Good.kept == {}


@pytest.mark.parametrize("name", ["Locked", "Gone", "NoCollection"])
async def test_what_cannot_be_kept_is_held(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    place = KeyringPlace(keyring(monkeypatch, name), ALONE, OLD)
    with pytest.raises(KeyringTrouble):
        await place.ready()
    place.hold(NEW)
    with pytest.raises(KeyringTrouble):
        await place.keep()
    assert place.unkept
    place._keyring = keyring(monkeypatch)
    await place.keep()
    assert Good.kept[("xplenty-tui", "prod/acme")] == "new-s3cr3t" and not place.unkept


async def test_nothing_held_is_nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    await KeyringPlace(keyring(monkeypatch), ALONE, OLD).keep()
    assert Good.kept == {}


def test_only_the_keyring_takes_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    assert place_of("keyring", keyring(monkeypatch), ALONE, OLD).refusal == ""
    found = place_of("key_command (pass)", keyring(monkeypatch), ALONE, OLD)
    assert isinstance(found, ElsewherePlace) and "key_command (pass)" in found.refusal


async def test_the_demo_keeps_in_memory() -> None:
    place = DemoPlace()
    await place.ready()
    place.hold(NEW)
    assert place.unkept
    await place.keep()
    assert not place.unkept
