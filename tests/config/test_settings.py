"""A setting that cannot be used names its file, its line and its key, and never its value."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xplenty_tui.config import paths
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.locate import line_of
from xplenty_tui.config.read import load, parse
from xplenty_tui.config.settings import Profile, Settings
from xplenty_tui.core.described import described

WHOLE = """\
default_profile = "prod"

[profiles.prod]
account = "acme"
key_command = ["pass", "show", "xplenty"]
read_only = true
production = true

[profiles."test.eu"]
account = "acme-test"
url = "http://127.0.0.1:8080/"

[keyring]
allow = "keyrings.alt.file.PlaintextKeyring"
timeout_seconds = 10

[refresh]
share_percent = 12.5
reserve = 50

[notify]
bell = false
terminal = "osc777"

[keys]
"table.sort" = "ctrl+o,O"
quit = "f10"
"""


def wrong(text: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        parse(text, "config.toml")
    return caught.value


def test_a_whole_file():
    settings = parse(WHOLE, "config.toml")
    prod, test = settings.profiles["prod"], settings.profiles["test.eu"]
    assert (prod.account, prod.url, prod.read_only, prod.production) == ("acme", "https://api.xplenty.com", True, True)
    assert prod.key_command == ["pass", "show", "xplenty"]
    assert (test.account, test.url, test.key_command) == ("acme-test", "http://127.0.0.1:8080", None)
    assert settings.default_profile == "prod"
    assert (settings.keyring.allow, settings.keyring.timeout_seconds) == ("keyrings.alt.file.PlaintextKeyring", 10)
    refresh = settings.refresh
    assert (refresh.share_percent, refresh.reserve, refresh.away_percent) == (12.5, 50, 2)
    notify = settings.notify
    assert (notify.bell, notify.terminal, notify.passthrough, notify.problems) == (False, "osc777", False, "away")
    assert settings.keys == {"table.sort": "ctrl+o,O", "quit": "f10"}


def test_no_file_means_that_nothing_is_set(tmp_path):
    assert load(tmp_path / "nothing" / "config.toml") == Settings() == parse("", "x")


BOUNDS = {
    "share_percent": (20, 1, 50),
    "reserve": (100, 0, 2500),
    "fastest_seconds": (5, 2, 3600),
    "progress_seconds": (15, 5, 3600),
    "idle_minutes": (10, 1, 1440),
    "away_percent": (2, 0.1, 10),
    "ask_above": (20, 0, 10000),
}
"""Usual value, least, most."""


@pytest.mark.parametrize("name", BOUNDS)
def test_how_often_the_api_is_asked_has_bounds(name):
    usual, least, most = BOUNDS[name]
    assert getattr(Settings().refresh, name) == usual
    assert type(getattr(Settings().refresh, name)) is (int if name in ("reserve", "ask_above") else float)
    others = "away_percent = 0.5\n" if name == "share_percent" else ""
    for value in (least, most):
        assert getattr(parse(f"[refresh]\n{others}{name} = {value}", "x").refresh, name) == value
    for value in (least - 0.05 if isinstance(least, float) else least - 1, most + 1):
        error = wrong(f"[refresh]\n{name} = {value}")
        assert (error.line, error.key, error.more) == (2, f"refresh.{name}", 0)


def test_no_group_means_the_same_as_an_empty_one():
    assert parse("[refresh]", "x").refresh.model_dump() == Settings().refresh.model_dump()
    assert parse("[notify]", "x").notify.model_dump() == Settings().notify.model_dump()
    assert parse("[triage]", "x").triage.model_dump() == Settings().triage.model_dump()
    assert Settings().notify.bell is True


def test_every_setting_is_documented():
    groups = ("keyring", "refresh", "look", "notify", "triage")
    for group in (Settings, Profile, *(type(getattr(Settings(), name)) for name in groups)):
        assert group.__doc__
        assert described(group).keys() == group.model_fields.keys()
        assert all(described(group).values())


@pytest.mark.parametrize(
    ("text", "line", "key", "reason"),
    [
        ("\n[profiles.prod]\nacount = 'x'\naccount = 'x'", 3, "profiles.prod.acount", "did you mean account?"),
        ("[profiles.prod]\nread_only = true", 1, "profiles.prod.account", "is needed"),
        ("[profiles.prod]\naccount='a'\nread_only = 'yes'", 3, "profiles.prod.read_only", "should be a boolean"),
        ("[profiles.prod]\naccount = 7", 2, "profiles.prod.account", "should be a string"),
        ("[profiles.prod]\naccount = '../x'", 2, "profiles.prod.account", "letters, digits"),
        (
            "[profiles.prod]\naccount='a'\nkey_command = 'pass show x'",
            3,
            "profiles.prod.key_command",
            "without a shell",
        ),
        ("[profiles.prod]\naccount='a'\nkey_command = []", 3, "profiles.prod.key_command", "should name a program"),
        (
            "[profiles.prod]\naccount='a'\nkey_command = [\n 'pass',\n 3,\n]",
            3,
            "profiles.prod.key_command.1",
            "a string",
        ),
        ("[profiles.prod]\naccount='a'\nurl = 'http://api.xplenty.com'", 3, "profiles.prod.url", "https://"),
        ("[profiles.prod]\naccount='a'\nurl = 'ftp://x'", 3, "profiles.prod.url", "is not an address"),
        ("[profiles.prod]\naccount='a'\nurl = 'https://x:99999'", 3, "profiles.prod.url", "is not an address"),
        ("[profiles.prod]\naccount='a'\nurl = 'https://x/?a=b'", 3, "profiles.prod.url", "without '?'"),
        ("[profiles.'a/b']\naccount = 'a'", 1, 'profiles."a/b"', "letters, digits"),
        ("profiles = { prod = { account = 3 } }", 1, "profiles.prod.account", "should be a string"),
        ("profiles.prod.account = 3", 1, "profiles.prod.account", "should be a string"),
        ("# x\nprofiles = 3", 2, "profiles", "should be a table"),
        ("[profiles]\nprod = 'acme'", 2, "profiles.prod", "should be a table"),
        ("default_profile = 'q'", 1, "default_profile", "names a profile that does not stand in this file"),
        ("[refresh]\nfastest_seconds = 1", 2, "refresh.fastest_seconds", "greater than or equal to 2"),
        ("[refresh]\nidle_minutes = inf", 2, "refresh.idle_minutes", "should be"),
        ("[refresh]\nreserve = 1.5", 2, "refresh.reserve", "should be a whole number"),
        ("[notify]\nbell = 1", 2, "notify.bell", "should be a boolean"),
        ("[notify]\nterminal = 'osc8'", 2, "notify.terminal", "'off'"),
        ("[triage]\nidle_minutes = 0", 2, "triage.idle_minutes", "greater than or equal to 1"),
        ("[triage]\nusual_runs = 2.5", 2, "triage.usual_runs", "should be a whole number"),
        ("[triage]\nother_accounts = 1", 2, "triage.other_accounts", "should be a boolean"),
        ("[notify]\nquiet_seconds = 0", 2, "notify.quiet_seconds", "greater than or equal to 1"),
        ("[refresh]\nvisible_seconds = 30", 2, "refresh.visible_seconds", "did you mean fastest_seconds?"),
        ("[refresh]\nshare_percent = 3\naway_percent = 4", 3, "refresh.away_percent", "more than share_percent"),
        ("[refresh]\nshare_percent = 1", 1, "refresh.away_percent", "where it is not set it is 2"),
        ("[refresh]\nshare_percent = 0\naway_percent = 4", 2, "refresh.share_percent", "greater than or equal to 1"),
        ("[keyring]\ntimeout = 4", 2, "keyring.timeout", "did you mean timeout_seconds?"),
        ("[keyrings]\nallow = 'x'", 1, "keyrings", "did you mean keyring?"),
        ("[keys]\nquit = 'the letter q'", 2, "keys.quit", "should name a key"),
        ("[keys]\nquit = 'foo+q'", 2, "keys.quit", "should name a key"),
        ("colour = 'red'", 1, "colour", "known here: default_profile, profiles"),
        (
            "default_profile = '''\n[profiles.prod]\n'''\n[profiles.prod]\naccount = 3",
            5,
            "profiles.prod.account",
            "a string",
        ),
    ],
)
def test_what_is_wrong_has_a_line_and_a_key(text, line, key, reason):
    error = wrong(text)
    assert (error.line, error.key, error.more) == (line, key, 0)
    assert reason in error.reason
    assert str(error) == f"config.toml, line {line}, {key}: {error.reason}"


def test_of_several_things_the_first_is_told_and_the_others_counted():
    error = wrong("[keyring]\nzzz = 1\n[refresh]\nyyy = 1\n[profiles.p]\n")
    assert (error.line, error.key, error.more) == (2, "keyring.zzz", 2)
    assert str(error).endswith("(2 more after this one)")


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = ", 1), ("\n[x\n", 2), ("a = 1\na = 2", 2), ("a = '''\n", 1), ("a = " + "[" * 5000, 1)],
)
def test_what_is_no_toml_has_a_line(text, line):
    error = wrong(text)
    assert error.line == line
    assert "is not TOML" in error.reason


@pytest.mark.parametrize(
    "name",
    [
        "key",
        "api_key",
        "apikey",
        "API-KEY",
        "token",
        "access_token",
        "password",
        "secret",
        "passphrase",
        "XPLENTY_API_KEY",
    ],
)
@pytest.mark.parametrize("place", ["", "[profiles.prod]\naccount = 'a'\n", "[keyring]\n", "[profiles.token]\n"])
def test_a_key_in_the_file_is_refused_and_not_repeated(name, place):
    error = wrong(f"{place}\n{name} = 's3cr3tk3y'")
    assert error.line == place.count("\n") + 2
    assert error.key.endswith(name)
    assert "login" in error.reason
    assert "key_command" in error.reason
    assert "s3cr3t" not in str(error)


def test_a_key_in_an_inline_table_or_an_array_is_refused():
    assert wrong("\nprofiles = { p = { account = 'a', api_key = 's3cr3t' } }").line == 2
    assert wrong("[[x]]\nkey = 's3cr3t'").key == "x.key"


@pytest.mark.parametrize(
    "text",
    [
        "[profiles.p]\naccount = 's3cr3t k3y'",
        "[profiles.p]\naccount = 'a'\nurl = 'https://s3cr3t@api.xplenty.com'",
        "[profiles.p]\naccount = 'a'\nurl = 's3cr3t'",
        "[keys]\nprod = 's3cr3ts3cr3ts3cr3ts3cr3ts3cr3t'",
        "foo = 's3cr3t'",
        "key = 's3cr3t",
        "key_command = 's3cr3t'",
        "default_profile = 's3cr3t'",
        "[refresh]\nshare_percent = 's3cr3t'",
    ],
)
def test_no_sentence_repeats_a_value(text):
    error = wrong(text)
    assert "s3cr3t" not in str(error) + repr(error)
    assert error.__cause__ is None


def test_control_characters_in_names_do_not_reach_the_terminal():
    assert str(wrong('"a\\u001b[31mb\\u202e" = 1')).isprintable()


def test_files_that_cannot_be_read_say_why(tmp_path):
    file = tmp_path / "config.toml"
    file.mkdir()
    with pytest.raises(SettingsError, match=r"config\.toml: the settings cannot be read: is a directory"):
        load(file)
    file.rmdir()
    file.write_bytes(b"# fine\n# \xff\n")
    with pytest.raises(SettingsError, match=r"line 2: is not UTF-8 text"):
        load(file)
    file.write_bytes(b"\xef\xbb\xbf[profiles.p]\r\naccount = 'a'\r\n")
    assert load(file).profiles["p"].account == "a"


def test_lines_are_found_in_any_way_of_writing():
    text = '[a]\n  "b c" . d = [ # [x]\n "]", \'[\',\n]\ne = """\nf = 1\n"""\nf = 2\n[ a."b c".g ]\n'
    assert line_of(text, ("a", "b c", "d")) == 2
    assert line_of(text, ("a", "f")) == 8
    assert line_of(text, ("a", "b c", "g", "h")) == 9
    assert line_of(text, ("nowhere",)) is None


def test_folders_follow_the_base_directory_specification():
    found = paths.find({"HOME": "/home/me", "XDG_CONFIG_HOME": "/etc/mine", "XDG_STATE_HOME": "relative"})
    assert found.settings == Path("/etc/mine/xplenty-tui/config.toml")
    assert found.state == Path("/home/me/.local/state/xplenty-tui")
    assert found.cache == Path("/home/me/.cache/xplenty-tui")
    assert paths.find({}).config.is_absolute()


def test_a_user_without_a_home_has_no_settings(monkeypatch):
    monkeypatch.delenv("HOME")
    monkeypatch.setattr(os, "getuid", lambda: 3_999_999_999)
    assert load(paths.find({}).settings) == Settings()
