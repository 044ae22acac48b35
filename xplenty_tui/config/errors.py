"""What can be wrong with settings and keys, as sentences for a person.

SettingsError           a file, a variable or an option that cannot be used
SecretError             a source of keys did not do what it should
├── BadKey              what it gave cannot be a key
├── CommandFailed       the profile's key command
│   └── CommandTimedOut
└── KeyringTrouble      the operating system's keyring
    ├── KeyringMissing
    ├── KeyringLocked
    ├── KeyringTimedOut
    ├── KeyringRefused
    ├── KeyringBroken
    └── KeyringForgetful
"""

from __future__ import annotations


class SettingsError(Exception):
    """Something that a person set cannot be used. ``str`` is the whole sentence; it never holds a value."""

    def __init__(self, reason: str, *, file: str, line: int | None = None, key: str = "", more: int = 0) -> None:
        self.reason = reason
        """What is wrong and what to write instead."""
        self.file = file
        """The file's path, or the name of the variable or option."""
        self.line = line
        """From 1; None where a line means nothing."""
        self.key = key
        """The dotted key; empty where the whole file is meant."""
        self.more = more
        """How many other things are wrong."""
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """File, line, key and reason, ready to be shown."""
        where = self.file
        if self.line is not None:
            where += f", line {self.line}"
        if self.key:
            where += f", {self.key}"
        others = f" ({self.more} more after this one)" if self.more else ""
        return f"{where}: {self.reason}{others}"


class SecretError(Exception):
    """A source that should have given a key, or taken one, did not. ``str`` is the sentence; it never holds a key."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        """What happened and what to do about it."""
        super().__init__(sentence)


class BadKey(SecretError):
    """What was found cannot be an API key."""


class CommandFailed(SecretError):
    """The profile's key command did not print a key."""


class CommandTimedOut(CommandFailed):
    """The profile's key command did not end in time."""


class KeyringTrouble(SecretError):
    """The keyring cannot be used as it is."""


class KeyringMissing(KeyringTrouble):
    """This host has no keyring, or it is switched off: the normal state of a jump host."""


class KeyringLocked(KeyringTrouble):
    """The keyring is there and locked, and nobody unlocked it."""


class KeyringTimedOut(KeyringTrouble):
    """The keyring did not answer in time; it may wait for a dialog that nobody sees."""


class KeyringRefused(KeyringTrouble):
    """The only backend is one that this program does not trust with a key."""


class KeyringBroken(KeyringTrouble):
    """The backend cannot be loaded, or failed in a way of its own."""


class KeyringForgetful(KeyringTrouble):
    """The keyring said that it stored the key, and did not give it back."""
