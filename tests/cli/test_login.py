"""A key goes from a person into the keyring and out of it again, and is shown nowhere on the way."""

from __future__ import annotations

import os
import stat
import sys

import pytest

from tests.cli.run import xplenty
from tests.config.fake_keyrings import NAMES
from tests.conftest import ROOT
from tests.terminal import Terminal
from xplenty_tui.config.read import load
from xplenty_tui.config.settings import Profile
from xplenty_tui.demo.start import KEY


def test_login_tests_keeps_and_writes_and_logout_removes(api, kept):
    before = kept.settings.read_text()
    done = xplenty("login", "--stdin", "--account", "acme", stdin=f"{KEY}\n", XPLENTY_API_URL=api.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert "opens the account acme" in done.stdout
    assert "kept in the keyring as default/acme" in done.stdout
    assert KEY not in done.stdout
    assert kept.stored() == {"xplenty-tui default/acme": KEY}
    assert kept.settings.read_text() == f'{before}\n[profiles.default]\naccount = "acme"\nurl = "{api.url}"\n'
    assert stat.S_IMODE(kept.settings.stat().st_mode) == 0o600

    assert xplenty("doctor").returncode == 0  # without any variable: profile and keyring are enough

    done = xplenty("logout")
    assert (done.returncode, done.stdout) == (0, "The key of default/acme is removed from the keyring.\n")
    assert kept.stored() == {}
    assert xplenty("logout").stdout == "The keyring held no key for default/acme.\n"
    assert load(kept.settings).profiles["default"].account == "acme"
    assert xplenty("doctor").returncode == 1


def test_a_second_profile_is_added_and_the_first_stays(api, kept):
    for name, account in (("prod", "acme"), ("test", "acme-staging"), ("prod", "acme")):
        argv = ("login", "--stdin", "--profile", name, "--account", account)
        assert xplenty(*argv, stdin=KEY, XPLENTY_API_URL=api.url).returncode == 0
    assert load(kept.settings).profiles == {
        "prod": Profile(account="acme", url=api.url),
        "test": Profile(account="acme-staging", url=api.url),
    }
    assert set(kept.stored()) == {"xplenty-tui prod/acme", "xplenty-tui test/acme-staging"}
    done = xplenty("login", "--stdin", "--profile", "prod", "--account", "other", stdin=KEY, XPLENTY_API_URL=api.url)
    assert done.returncode == 2
    assert "prod: is for the account acme; choose another name for other" in done.stderr


@pytest.mark.parametrize(
    ("key", "account", "sentence"),
    [
        ("wr0ngs3cr3t", "acme", "does not accept this API key"),
        (KEY, "nobody", "the account nobody is not among those it opens: acme, acme-staging"),
        (KEY, "", "say with --account which account is meant: acme, acme-staging"),
        ("two words", "acme", "What standard input gives is not an API key"),
        ("", "acme", "Standard input is empty"),
        ("\xff\xfe", "acme", "is not an API key"),
    ],
)
def test_what_does_not_work_is_said_and_nothing_is_kept(api, kept, key, account, sentence):
    before = kept.settings.read_text()
    named = ("--account", account) if account else ()
    done = xplenty("login", "--stdin", *named, stdin=key, XPLENTY_API_URL=api.url)
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert not key or key not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (kept.stored(), kept.settings.read_text()) == ({}, before)


def test_without_a_keyring_the_other_ways_are_named(api, home):
    done = xplenty("login", "--stdin", "--account", "acme", stdin=KEY, XPLENTY_API_URL=api.url)
    assert done.returncode == 1
    assert "no keyring service, which is normal on a server" in done.stderr
    assert "key_command" in done.stderr
    assert not (home / "config" / "xplenty-tui").exists()


def test_an_api_that_is_not_there_is_said(kept, api):
    url = api.url
    api.stop()
    done = xplenty("login", "--stdin", "--account", "acme", stdin=KEY, XPLENTY_API_URL=url)
    assert done.returncode == 1
    assert "refuses connections. Nothing was stored." in done.stderr


def test_without_a_terminal_the_key_comes_from_standard_input_or_not_at_all():
    done = xplenty("login", "--account", "acme", stdin=KEY)
    assert done.returncode == 2
    assert "login --stdin" in done.stderr


def test_on_a_terminal_the_key_is_asked_for_and_not_shown(api, kept):
    argv = [sys.executable, "-m", "xplenty_tui", "login", "--account", "acme", "--profile", "prod"]
    with Terminal(argv, env={**os.environ, "XPLENTY_API_URL": api.url}, cwd=ROOT) as terminal:
        terminal.wait("API key")
        terminal.type(f"{KEY}\r")
        assert terminal.exit() == 0
        assert "kept in the keyring" in " ".join(terminal.text().split())
        assert KEY not in terminal.text()
    assert kept.stored() == {"xplenty-tui prod/acme": KEY}


@pytest.mark.parametrize(("keys", "status", "sentence"), [("ctrl+c", 130, "interrupted"), ("ctrl+d", 1, "is empty")])
def test_leaving_the_question_ends_in_a_sentence(api, kept, keys, status, sentence):
    argv = [sys.executable, "-m", "xplenty_tui", "login", "--account", "acme"]
    with Terminal(argv, env={**os.environ, "XPLENTY_API_URL": api.url}, cwd=ROOT) as terminal:
        terminal.wait("API key")
        terminal.keys(keys)
        assert terminal.exit() == status
        assert sentence in terminal.text()
        assert "Traceback" not in terminal.text()


def test_other_sources_that_come_first_are_mentioned(api, kept):
    text = kept.settings.read_text()
    kept.settings.write_text(f"{text}[profiles.prod]\naccount = 'acme'\nkey_command = ['/usr/bin/pass', 'x']\n")
    done = xplenty("login", "--stdin", stdin=KEY, XPLENTY_API_URL=api.url)
    assert "key_command (pass) comes before the keyring" in done.stdout
    done = xplenty("logout", XPLENTY_API_KEY="x")
    assert "XPLENTY_API_KEY is set and comes before the keyring" in done.stdout


@pytest.mark.parametrize("command", [("login", "--stdin"), ("logout",), ("profiles",)])
def test_a_settings_error_is_one_sentence_and_status_2(kept, command):
    kept.settings.write_text("[profiles.prod]\naccount = 'acme'\napi_key = 's3cr3t'\n")
    done = xplenty(*command, stdin="x")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{kept.settings}, line 3, profiles.prod.api_key: a key is not read from this file" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "s3cr3t" not in done.stderr


def test_logout_needs_to_know_of_whom():
    done = xplenty("logout")
    assert done.returncode == 2
    assert "--account" in done.stderr


def test_profiles_are_listed_without_touching_a_key(kept):
    text = kept.settings.read_text()
    kept.settings.write_text(
        f"{text}[profiles.prod]\naccount = 'acme'\nproduction = true\nread_only = true\n"
        f"[profiles.test]\naccount = 'acme-staging'\nkey_command = ['/opt/s3cr3t/pass', 's3cr3t']\n"
    )
    done = xplenty("profiles", PYTHON_KEYRING_BACKEND=NAMES + "Hang")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["PROFILE", "ACCOUNT", "KEY", "FROM", "URL"],
        ["*", "prod", "acme", "keyring", "https://api.xplenty.com", "production,", "read-only"],
        ["test", "acme-staging", "key_command", "(pass)", "https://api.xplenty.com"],
    ]
    done = xplenty("profiles", XPLENTY_API_KEY="s3cr3t", XPLENTY_ACCOUNT_ID="third")
    assert "* default third XPLENTY_API_KEY https://api.xplenty.com not in the file" in " ".join(done.stdout.split())
    assert "s3cr3t" not in done.stdout


def test_no_profiles_is_no_error(home):
    done = xplenty("profiles")
    assert done.returncode == 0
    assert "xplenty-tui login" in done.stdout
