"""A new profile is added to what stands in the file, whole or not at all, readable by nobody else."""

from __future__ import annotations

import stat

import pytest
from pydantic import SecretStr

from tests.config.fake_keyrings import NAMES, Good
from xplenty_tui.config.errors import KeyringForgetful, SettingsError
from xplenty_tui.config.read import load
from xplenty_tui.config.remember import add_profile, remember
from xplenty_tui.config.settings import Profile
from xplenty_tui.config.vault import Keyring

ACME = Profile(account="acme")


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "xplenty-tui" / "config.toml"


def test_a_new_file_is_for_its_owner_only(file):
    add_profile(file, "prod", Profile(account="acme", url="https://eu.example"))
    assert load(file).profiles == {"prod": Profile(account="acme", url="https://eu.example")}
    assert (mode(file), mode(file.parent)) == (0o600, 0o700)
    assert list(file.parent.iterdir()) == [file]


def test_what_stands_there_stays(file):
    file.parent.mkdir(parents=True)
    file.write_text("# mine\n[profiles.test]  # here\naccount = 'x'")
    add_profile(file, "prod", ACME)
    assert file.read_text() == "# mine\n[profiles.test]  # here\naccount = 'x'\n\n[profiles.prod]\naccount = \"acme\"\n"
    assert mode(file) == 0o600


def test_a_link_stays_a_link(file, tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("")
    file.parent.mkdir(parents=True)
    file.symlink_to(real)
    add_profile(file, "prod", ACME)
    assert file.is_symlink()
    assert "prod" in load(real).profiles


def test_a_file_that_cannot_be_added_to_is_left_alone(file):
    file.parent.mkdir(parents=True)
    for before in ("profiles = { test = { account = 'x' } }\n", "[profiles.prod]\naccount = 'x'\n"):
        file.write_text(before)
        with pytest.raises(SettingsError, match="cannot be added to what stands there"):
            add_profile(file, "prod", ACME)
        assert file.read_text() == before
        assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "config").write_text("in the way")
    with pytest.raises(SettingsError, match="could not be written"):
        add_profile(tmp_path / "config" / "config.toml", "prod", ACME)


def keep(file, name: str = "prod", account: str = "acme", backend: str = "Good") -> str:
    return remember(
        SecretStr("s3cr3t"),
        profile=name,
        account=account,
        url="https://api.xplenty.com",
        file=file,
        settings=load(file),
        keyring=Keyring(30.0, NAMES + backend),
    )


def test_key_and_profile_are_kept_together(file, monkeypatch):
    Good.kept.clear()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NAMES + "Good")
    assert f"the profile prod stands in {file}" in keep(file)
    assert Good.kept == {("xplenty-tui", "prod/acme"): "s3cr3t"}
    before = file.read_text()
    assert "s3cr3t" not in before
    assert "stands in" not in keep(file)
    assert file.read_text() == before
    with pytest.raises(SettingsError, match="is for the account acme; choose another name for other"):
        keep(file, account="other")


def test_a_key_that_is_not_kept_makes_no_profile(file, monkeypatch):
    Good.kept.clear()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NAMES + "Forgetful")
    with pytest.raises(KeyringForgetful):
        keep(file, backend="Forgetful")
    assert not file.exists()
