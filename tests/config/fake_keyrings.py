"""Keyring backends that behave as real ones do on a bad day; PYTHON_KEYRING_BACKEND names one of them."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError

NAMES = "tests.config.fake_keyrings."


class Good(KeyringBackend):
    """Keeps what it is given, for as long as the process lives."""

    priority: ClassVar[float] = -1
    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


class Hang(Good):
    """Waits for a dialog that nobody sees."""

    def get_password(self, service, username):
        threading.Event().wait()


class Locked(Good):
    def get_password(self, service, username):
        raise KeyringLocked("Failed to unlock the collection!")


class LockedMac(Good):
    def get_password(self, service, username):
        raise KeyringError("Can't get password from keychain: (-25308, 'Unknown Error')")


class NoCollection(Good):
    def get_password(self, service, username):
        raise InitError("Failed to create the collection: Prompt dismissed..")


class Gone(Good):
    def get_password(self, service, username):
        raise NoKeyringError("nothing")


class Odd(Good):
    """Raises what is no error of the keyring library, with control characters and the secret in it."""

    def get_password(self, service, username):
        raise OSError("broken \x1b[31mpipe\x07")

    def set_password(self, service, username, password):
        raise ValueError(f"cannot store {password}")


class Forgetful(Good):
    """Says that it stored the key, and did not."""

    def set_password(self, service, username, password):
        return None


class Twisted(Good):
    """Gives back something else."""

    def get_password(self, service, username):
        kept = super().get_password(service, username)
        return kept and kept[:-1]


class NotHere(Good):
    """Cannot be used on this machine."""

    @properties.classproperty
    def priority(cls):
        raise RuntimeError("no such service here")


class OnDisk(KeyringBackend):
    """Keeps what it is given in the file FAKE_KEYRING, for tests with several processes."""

    priority: ClassVar[float] = -1

    def _kept(self):
        file = Path(os.environ["FAKE_KEYRING"])
        return json.loads(file.read_text()) if file.exists() else {}

    def _keep(self, kept):
        Path(os.environ["FAKE_KEYRING"]).write_text(json.dumps(kept))

    def get_password(self, service, username):
        return self._kept().get(f"{service} {username}")

    def set_password(self, service, username, password):
        self._keep({**self._kept(), f"{service} {username}": password})

    def delete_password(self, service, username):
        kept = self._kept()
        del kept[f"{service} {username}"]
        self._keep(kept)
