"""The real thing: GNOME's keyring behind the Secret Service, working, locked, without a collection, and stopped.

Runs wherever ``gnome-keyring-daemon`` and ``dbus-run-session`` are installed, which they are in CI.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT

TOOLS = ("gnome-keyring-daemon", "dbus-run-session", "bash")
INSTALLED = all(shutil.which(tool) for tool in TOOLS)

OPEN = 'printf "\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
"""The line end on its input is the password of the collection that it makes; without one it makes none."""
BARE = 'exec "$@"'

BEGIN = """
import json, os, signal, subprocess, sys
from pydantic import SecretStr
from xplenty_tui.config.errors import KeyringTrouble
from xplenty_tui.config.vault import Keyring
keyring = Keyring(float(sys.argv[1]))
said = {}
def note(name, call):
    try:
        said[name] = str(call())
    except KeyringTrouble as trouble:
        said[name] = type(trouble).__name__
"""

END = "\nprint(json.dumps(said))\n"

USE = """
note("state", lambda: keyring.state().backend)
note("before", lambda: keyring.get("prod", "acme"))
keyring.set("prod", "acme", SecretStr("s3cr3t"))
keyring.set("prod", "other", SecretStr("an0ther"))
note("kept", lambda: keyring.get("prod", "acme").get_secret_value())
keyring.set("prod", "acme", SecretStr("n3w"))
note("replaced", lambda: keyring.get("prod", "acme").get_secret_value())
note("deleted", lambda: keyring.delete("prod", "acme"))
note("again", lambda: keyring.delete("prod", "acme"))
note("other", lambda: keyring.get("prod", "other").get_secret_value())
"""

LOCK = """
import contextlib, secretstorage
keyring.set("prod", "acme", SecretStr("s3cr3t"))
with contextlib.closing(secretstorage.dbus_init()) as bus:
    secretstorage.get_default_collection(bus).lock()
note("get", lambda: keyring.get("prod", "acme"))
note("set", lambda: keyring.set("prod", "acme", SecretStr("n3w")))
note("state", lambda: keyring.state().ok)
"""

STOP = """
from keyring.backends.SecretService import Keyring as Backend
keyring.set("prod", "acme", SecretStr("s3cr3t"))
owner = subprocess.run(
    ["dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/",
     "org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets"],
    capture_output=True, text=True, check=True,
).stdout.split()[-1]
os.kill(int(owner), signal.SIGSTOP)
note("get", lambda: Keyring(0.5).get("prod", "acme"))
note("state", lambda: Keyring(0.5).state().ok)
os.kill(int(owner), signal.SIGCONT)
note("after", lambda: keyring.get("prod", "acme").get_secret_value())
os.kill(int(owner), signal.SIGSTOP)
note("leaving", lambda: Keyring(0.5).get("prod", "acme"))
said["daemon"] = int(owner)
"""


def under_service(script: str, tmp_path: Path, daemon: str = OPEN) -> dict[str, str]:
    """Run ``script`` in a session bus of its own and return what it noted."""
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(runtime)}
    environment["XDG_DATA_HOME"] = str(tmp_path / "data")
    environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.SecretService.Keyring"
    argv = ["dbus-run-session", "--", "bash", "-c", daemon, "_", sys.executable, "-c", BEGIN + script + END, "30"]
    done = subprocess.run(argv, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_ci_has_a_secret_service():
    assert INSTALLED or os.environ.get("CI") != "true", f"install {', '.join(TOOLS)}"


if INSTALLED:

    def test_a_key_is_kept_replaced_and_removed(tmp_path):
        assert under_service(USE, tmp_path) == {
            "state": "keyring.backends.SecretService.Keyring",
            "before": "None",
            "kept": "s3cr3t",
            "replaced": "n3w",
            "deleted": "True",
            "again": "False",
            "other": "an0ther",
        }

    def test_locked_without_a_display(tmp_path):
        assert under_service(LOCK, tmp_path) == {"get": "KeyringLocked", "set": "KeyringLocked", "state": "False"}

    def test_a_service_without_a_collection(tmp_path):
        script = 'note("get", lambda: keyring.get("prod", "acme"))'
        assert under_service(script, tmp_path, BARE) == {"get": "KeyringMissing"}

    def test_a_stopped_daemon_keeps_nobody_waiting(tmp_path):
        start = time.monotonic()
        said = under_service(STOP, tmp_path)
        os.kill(int(said.pop("daemon")), signal.SIGKILL)
        assert said == {
            "get": "KeyringTimedOut",
            "state": "False",
            "after": "s3cr3t",
            "leaving": "KeyringTimedOut",
        }
        assert time.monotonic() - start < 60
