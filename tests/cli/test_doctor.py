"""``doctor`` says what works, for people and programs, without a key in it and without spending a credit."""

from __future__ import annotations

import json
import os
import sys

from tests.cli.run import xplenty
from tests.config.fake_keyrings import NAMES
from tests.conftest import ROOT
from tests.terminal import Terminal
from xplenty_tui.cli.checks import colours
from xplenty_tui.demo.start import KEY


def examined(status: int, *argv: str, **environment: str) -> dict[str, dict[str, object]]:
    done = xplenty("doctor", "--json", *argv, **environment)
    assert (done.returncode, done.stderr) == (status, "")
    for word in (KEY, "s3cr3t"):
        assert word not in done.stdout
    found = json.loads(done.stdout)
    assert found["ok"] is (status == 0)
    assert all(check["says"] for check in found["checks"].values())
    return found["checks"]


def states(checks: dict[str, dict[str, object]]) -> dict[str, object]:
    return {name: check["state"] for name, check in checks.items()}


def test_everything_works(api):
    spent = api.api.credits.remaining(api.api.world.now)
    found = examined(0, XPLENTY_API_URL=api.url, XPLENTY_API_KEY=KEY, XPLENTY_ACCOUNT_ID="acme")
    assert states(found) == {
        "python": "ok",
        "terminal": "note",
        "settings": "ok",
        "keyring": "note",
        "key": "ok",
        "api": "ok",
        "tls": "note",
        "credits": "ok",
        "clock": "note",
    }
    assert found["python"]["version"] == ".".join(map(str, sys.version_info[:3]))
    assert (found["key"]["source"], found["key"]["account"]) == ("XPLENTY_API_KEY", "acme")
    assert found["api"]["url"] == api.url
    assert found["credits"]["limit"] == 5000
    assert found["credits"]["remaining"] == spent == api.api.credits.remaining(api.api.world.now)


def test_a_keyring_that_works_is_ok(api, kept):
    xplenty("login", "--stdin", "--account", "acme", stdin=KEY, XPLENTY_API_URL=api.url)
    found = examined(0)
    assert (found["keyring"]["state"], found["keyring"]["backend"]) == ("ok", NAMES + "OnDisk")
    assert found["key"]["source"] == "keyring"
    assert found["settings"]["profiles"] == 1


def test_a_wrong_key_is_bad(api):
    found = examined(1, XPLENTY_API_URL=api.url, XPLENTY_API_KEY="s3cr3t", XPLENTY_ACCOUNT_ID="acme")
    assert (found["api"]["state"], found["api"]["status"], found["api"]["error"]) == ("bad", 401, "Unauthorized")
    assert "credits" not in found


def test_an_api_that_is_not_there_is_bad(api):
    url = api.url
    api.stop()
    found = examined(1, XPLENTY_API_URL=url, XPLENTY_API_KEY="s3cr3t", XPLENTY_ACCOUNT_ID="acme")
    assert (found["api"]["state"], found["api"]["error"]) == ("bad", "Unreachable")


def test_a_certificate_that_nobody_vouches_for_is_bad(home):
    found = examined(
        1,
        XPLENTY_API_URL="https://127.0.0.1:1",
        XPLENTY_API_KEY="s3cr3t",
        XPLENTY_ACCOUNT_ID="acme",
        SSL_CERT_FILE=str(home / "nothing.pem"),
    )
    assert found["api"]["error"] == "Misconfigured"
    assert "SSL_CERT_FILE" in str(found["api"]["says"])


def test_no_key_is_bad_and_says_why(kept):
    found = examined(1)
    assert found["key"]["source"] is None
    assert "xplenty-tui login" in str(found["key"]["says"])
    found = examined(1, XPLENTY_API_KEY="s3cr3t")
    assert "no account" in str(found["key"]["says"]).lower()


def test_a_key_command_that_fails_is_noted_when_another_source_helps(api, kept):
    xplenty("login", "--stdin", "--account", "acme", "--profile", "prod", stdin=KEY, XPLENTY_API_URL=api.url)
    with kept.settings.open("a") as file:
        file.write("key_command = ['false', 's3cr3t']\n")
    found = examined(0)
    assert (found["key"]["state"], found["key"]["source"]) == ("note", "keyring")
    assert "key_command (false) failed" in str(found["key"]["says"])


def test_a_broken_file_is_bad_and_the_rest_is_still_looked_at(kept):
    kept.settings.write_text("[profiles.prod]\napi_key = 's3cr3t'\n")
    found = examined(1)
    assert found["settings"]["state"] == "bad"
    assert "line 2, profiles.prod.api_key" in str(found["settings"]["says"])
    assert "keyring" in found
    assert examined(1, "--profile", "nope")["settings"]["state"] == "bad"


def test_for_a_person_on_a_terminal(api):
    environment = {"XPLENTY_API_URL": api.url, "XPLENTY_API_KEY": KEY, "XPLENTY_ACCOUNT_ID": "acme"}
    argv = [sys.executable, "-m", "xplenty_tui", "doctor"]
    with Terminal(argv, cols=110, rows=30, env={**os.environ, **environment}, cwd=ROOT) as terminal:
        assert terminal.exit() == 0
        assert "ok    terminal  110×30, all colours, utf-8, TERM=xterm-256color." in terminal.text()
        assert KEY not in terminal.text()
    with Terminal(argv, cols=70, rows=20, env={**os.environ, "TERM": "dumb"}, cwd=ROOT) as terminal:
        assert terminal.exit() == 1
        assert "BAD   terminal" in terminal.text()


def test_a_small_terminal_is_noted():
    argv = [sys.executable, "-m", "xplenty_tui", "doctor"]
    with Terminal(argv, cols=70, rows=20, cwd=ROOT) as terminal:
        assert terminal.exit() == 1
        assert "note  terminal  Smaller than 80×24" in terminal.text()


def test_a_terminal_without_unicode_gets_no_traceback():
    done = xplenty("doctor", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert done.stderr == ""


def test_colours_are_those_that_the_terminal_claims():
    assert colours({"TERM": "xterm"}) == 16
    assert colours({"TERM": "screen-256color"}) == 256
    assert colours({"TERM": "xterm", "COLORTERM": "truecolor"}) == 1 << 24
    assert colours({"TERM": "xterm-256color", "NO_COLOR": "1"}) == 0
    assert colours({"TERM": "dumb", "COLORTERM": "truecolor"}) == 0
