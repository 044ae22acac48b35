"""Which keyring backends are trusted with a key. Everything here runs inside the keyring's own thread."""

from __future__ import annotations

import logging
import sys
import types
from typing import TYPE_CHECKING, Any

from xplenty_tui.config.errors import KeyringBroken, KeyringLocked, KeyringMissing, KeyringRefused, KeyringTrouble
from xplenty_tui.config.plain import plain

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend
    from pydantic import SecretStr

TRUSTED = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
"""Backends that hand the key to a service of the operating system, which encrypts it."""

CHAINER = "keyring.backends.chainer.ChainerBackend"
NULL = "keyring.backends.null.Keyring"
FAIL = "keyring.backends.fail.Keyring"
MACOS = "keyring.backends.macOS"

LOCKED = ("LockedException", "PromptDismissedException", "-25308")
"""What stands in the errors of locked keyrings that are not KeyringLocked: the Secret Service, and macOS over SSH."""

INSTEAD = "Set XPLENTY_API_KEY or a profile's key_command, or give the key for one session only."
"""What a person does without a keyring."""

NONE_HERE = f"This host has no keyring service, which is normal on a server. {INSTEAD}"


def name_of(backend: object) -> str:
    """Return the full name of a backend's class, as PYTHON_KEYRING_BACKEND and ``keyring.allow`` have it."""
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def choose(allow: str) -> KeyringBackend:
    """Return the backend that the person set, else the best trusted; raises KeyringTrouble or what a backend raises."""
    quiet = logging.getLogger("keyring")
    if not quiet.handlers:
        quiet.addHandler(logging.NullHandler())  # without it warnings of the library are written into the screen
    if sys.platform != "darwin":  # loading it anywhere else runs gcc and ld, to look for what is only there
        sys.modules.setdefault(MACOS, types.ModuleType(MACOS))
    from keyring import core

    core.init_backend(lambda backend: name_of(backend) in {*TRUSTED, CHAINER, allow})
    backend = core.get_keyring()
    check(backend, allow)
    return backend


def check(backend: KeyringBackend, allow: str) -> None:
    """Raise KeyringTrouble unless ``backend`` is trusted, as is every member when it is a chain."""
    name = name_of(backend)
    if name in TRUSTED or (allow and name == allow):
        return
    if name == NULL:
        raise KeyringMissing(f"The keyring is switched off here (PYTHON_KEYRING_BACKEND or keyringrc.cfg). {INSTEAD}")
    if name == FAIL:
        raise KeyringMissing(NONE_HERE) if not (others := _untrusted(allow)) else _refusal(others[0])
    if name == CHAINER:
        members: list[Any] = list(backend.backends)  # type: ignore[attr-defined]
        if not members:
            raise KeyringMissing(NONE_HERE)
        for member in members:
            check(member, allow)
        return
    raise _refusal(name)


def _untrusted(allow: str) -> list[str]:
    """Return the names of backends that would work here and are not trusted."""
    from keyring import backend

    usable = (name_of(found) for found in backend.get_all_keyring() if found.priority > 0)
    return sorted(name for name in usable if name not in {*TRUSTED, CHAINER, allow})


def _refusal(name: str) -> KeyringRefused:
    name = plain(name, 100)
    if "plain" in name.lower() or name.startswith("keyrings.alt."):
        why = "would keep the key in a file that anybody with access to it can read"
    else:
        why = "is not one that this program trusts"
    return KeyringRefused(f'The keyring backend {name} {why}. To use it anyway set keyring.allow = "{name}". {INSTEAD}')


def explain(error: BaseException, backend: str, secret: SecretStr | None = None) -> KeyringTrouble:
    """Return ``error``, whatever a backend raised, as a sentence. ``backend`` is empty when none could be loaded."""
    if isinstance(error, KeyringTrouble):
        return error
    said = f"{type(error).__name__}: {error}"
    if secret is not None:
        said = said.replace(secret.get_secret_value(), "***")
    said = plain(said)
    if not backend:
        return KeyringBroken(
            f"The keyring backend named by PYTHON_KEYRING_BACKEND or keyringrc.cfg cannot be loaded ({said}). {INSTEAD}"
        )
    from keyring import errors

    if isinstance(error, errors.NoKeyringError):
        return KeyringMissing(NONE_HERE)
    if isinstance(error, errors.KeyringLocked) or any(sign in said for sign in LOCKED):
        return KeyringLocked(f"The keyring is locked and cannot ask for its password here. Unlock it, or: {INSTEAD}")
    if isinstance(error, errors.InitError):
        return KeyringMissing(f"The keyring service has no collection to keep a key in ({said}). {INSTEAD}")
    return KeyringBroken(f"The keyring ({backend}) failed ({said}). {INSTEAD}")
