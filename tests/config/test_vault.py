"""Every state of a keyring ends in an answer or a sentence, within the time limit."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
import types

import pytest
from pydantic import SecretStr

from tests.config.fake_keyrings import NAMES, Good
from tests.conftest import ROOT
from xplenty_tui.config import backends
from xplenty_tui.config.errors import (
    KeyringBroken,
    KeyringForgetful,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    KeyringTimedOut,
    KeyringTrouble,
)
from xplenty_tui.config.vault import Keyring

KEY = SecretStr("s3cr3tk3y")


@pytest.fixture(autouse=True)
def _empty() -> None:
    Good.kept.clear()


def use(monkeypatch: pytest.MonkeyPatch, name: str, timeout: float = 20.0) -> Keyring:
    full = name if "." in name else NAMES + name
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", full)
    return Keyring(timeout, allow=NAMES + name if "." not in name else "")


def test_keeps_reads_and_removes_a_key(monkeypatch):
    keyring = use(monkeypatch, "Good")
    assert keyring.state().ok
    assert keyring.get("prod", "acme") is None
    keyring.set("prod", "acme", KEY)
    assert Good.kept == {("xplenty-tui", "prod/acme"): "s3cr3tk3y"}
    assert keyring.get("prod", "acme") == KEY
    assert keyring.get("prod", "other") is None
    assert keyring.delete("prod", "acme") is True
    assert keyring.delete("prod", "acme") is False


async def test_the_same_without_blocking_the_loop(monkeypatch):
    keyring = use(monkeypatch, "Good")
    assert (await keyring.astate()).ok
    await keyring.aset("prod", "acme", KEY)
    assert await keyring.aget("prod", "acme") == KEY
    assert await keyring.adelete("prod", "acme") is True
    assert await keyring.aget("prod", "acme") is None


@pytest.mark.parametrize(
    ("name", "kind", "word"),
    [
        ("Locked", KeyringLocked, "locked"),
        ("LockedMac", KeyringLocked, "locked"),
        ("NoCollection", KeyringMissing, "no collection"),
        ("Gone", KeyringMissing, "normal on a server"),
        ("Odd", KeyringBroken, "OSError: broken pipe"),
        ("keyring.backends.fail.Keyring", KeyringMissing, "normal on a server"),
        ("keyring.backends.null.Keyring", KeyringMissing, "switched off"),
        ("keyring.backends.chainer.ChainerBackend", KeyringMissing, "normal on a server"),
        ("no.such.module.Keyring", KeyringBroken, "PYTHON_KEYRING_BACKEND"),
        ("keyring.backends.null.NoSuchClass", KeyringBroken, "cannot be loaded"),
        ("nonsense.", KeyringBroken, "cannot be loaded"),
        ("os.path.join", KeyringBroken, "cannot be loaded"),
        (NAMES + "NotHere", KeyringBroken, "no such service here"),
        (NAMES + "Good", KeyringRefused, "not one that this program trusts"),
    ],
)
def test_each_trouble_has_its_type_and_says_what_to_do(monkeypatch, name, kind, word):
    keyring = use(monkeypatch, name)
    with pytest.raises(KeyringTrouble) as caught:
        keyring.get("prod", "acme")
    assert type(caught.value) is kind
    assert word in caught.value.sentence
    assert "key_command" in caught.value.sentence
    assert caught.value.sentence.isprintable()
    state = keyring.state()
    assert (state.ok, state.sentence) == (False, caught.value.sentence)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None  # a traceback must not lead to the frames of a backend


def test_a_plain_text_backend_is_refused_until_it_is_named(monkeypatch):
    plain = types.ModuleType("keyrings.alt.file")
    plain.PlaintextKeyring = type("PlaintextKeyring", (Good,), {"__module__": "keyrings.alt.file"})
    for name, module in (
        ("keyrings", types.ModuleType("keyrings")),
        ("keyrings.alt", types.ModuleType("keyrings.alt")),
        ("keyrings.alt.file", plain),
    ):
        monkeypatch.setitem(sys.modules, name, module)
    name = "keyrings.alt.file.PlaintextKeyring"
    keyring = use(monkeypatch, name)
    with pytest.raises(KeyringRefused, match="file that anybody") as caught:
        keyring.set("prod", "acme", KEY)
    assert f'keyring.allow = "{name}"' in str(caught.value)
    assert not Good.kept
    Keyring(20.0, allow=name).set("prod", "acme", KEY)
    assert Good.kept


def test_a_chain_is_as_good_as_its_worst_member():
    def backend(name: str, **more: object) -> object:
        module, _, kind = name.rpartition(".")
        return type(kind, (), {"__module__": module, "__qualname__": kind, **more})()

    good, bad = backend("keyring.backends.SecretService.Keyring"), backend("keyrings.alt.file.PlaintextKeyring")
    backends.check(backend(backends.CHAINER, backends=[good, good]), "")
    backends.check(backend(backends.CHAINER, backends=[good, bad]), "keyrings.alt.file.PlaintextKeyring")
    with pytest.raises(KeyringRefused, match="PlaintextKeyring"):
        backends.check(backend(backends.CHAINER, backends=[good, bad]), "")


@pytest.mark.parametrize("name", ["Forgetful", "Twisted"])
def test_a_key_that_does_not_come_back_is_not_kept(monkeypatch, name):
    with pytest.raises(KeyringForgetful, match="not kept"):
        use(monkeypatch, name).set("prod", "acme", KEY)


def test_a_backend_that_repeats_the_key_is_not_quoted(monkeypatch):
    with pytest.raises(KeyringBroken, match=r"cannot store \*\*\*") as caught:
        use(monkeypatch, "Odd").set("prod", "acme", KEY)
    assert "s3cr3tk3y" not in str(caught.value)


def test_a_keyring_that_waits_is_left_after_the_limit(monkeypatch):
    keyring = use(monkeypatch, "Hang", timeout=0.2)
    with pytest.raises(KeyringTimedOut, match=r"within 0\.2 s"):
        keyring.get("prod", "acme")
    assert "did not answer" in keyring.state().sentence


async def test_the_loop_runs_on_while_a_keyring_waits(monkeypatch):
    keyring = use(monkeypatch, "Hang", timeout=0.5)
    waiting = asyncio.create_task(keyring.aget("prod", "acme"))
    turns = 0
    while not waiting.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10
    with pytest.raises(KeyringTimedOut):
        await waiting


async def test_a_waiter_that_is_cancelled_leaves_at_once(monkeypatch):
    waiting = asyncio.create_task(use(monkeypatch, "Hang", timeout=600).aget("prod", "acme"))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting


HANG = f"""
import asyncio
from xplenty_tui.config.vault import Keyring
keyring = Keyring(0.2, allow="{NAMES}Hang")
print(keyring.state().sentence)
print(asyncio.run(keyring.astate()).sentence)
"""


def test_a_keyring_that_waits_does_not_keep_the_process_alive():
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": NAMES + "Hang"}
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", HANG], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("did not answer within 0.2 s") == 2
    assert time.monotonic() - start < 30


def test_nothing_is_imported_before_a_call():
    code = "import sys, xplenty_tui.config.vault as v; v.Keyring(); print('keyring' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_no_repr_shows_a_key(monkeypatch):
    keyring = use(monkeypatch, "Good")
    keyring.set("prod", "acme", KEY)
    assert "s3cr3t" not in repr(keyring) + repr(keyring.get("prod", "acme")) + repr(vars(keyring))
