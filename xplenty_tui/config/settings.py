"""What a person can set, as documented groups. ``docs/configuration.md`` is drawn from the texts under the fields."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

DEFAULT_URL = "https://api.xplenty.com"
"""Where the API answers unless a profile or ``XPLENTY_API_URL`` says otherwise."""

VERSION = 1
"""Of the form of ``config.toml``; ``read.STEPS`` brings older ones up to date."""

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_MODIFIERS = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_KEY_NAME = re.compile(r"[a-z][a-z0-9_]{1,23}|\S")


def is_slug(text: str) -> bool:
    """Return whether ``text`` can be the name of an account or a profile."""
    return _SLUG.fullmatch(text) is not None


def check_slug(text: str) -> str:
    """Return ``text`` when it can be the name of an account or a profile; raises ValueError with the reason."""
    if not is_slug(text):
        raise ValueError("should be made of letters, digits, '-', '_' and '.' and start with a letter or digit")
    return text


def check_url(text: str) -> str:
    """Return a base address without a slash at the end; raises ValueError with the reason, never with the address."""
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"is not an address such as {DEFAULT_URL}") from None
    if parts.scheme not in ("http", "https") or not host or not text.isascii() or re.search(r"[\s\\]", text):
        raise ValueError(f"is not an address such as {DEFAULT_URL}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user or a key before the '@': keys do not belong in an address")
    if parts.query or parts.fragment:
        raise ValueError("should end with the host or a path, without '?' or '#'")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("should start with https:// (http only to this machine), or the key could be read on the way")
    return text.rstrip("/")


def is_loopback(host: str) -> bool:
    """Return whether ``host`` is this machine: the only one to which a key may travel without TLS."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_keys(text: str) -> str:
    """Return ``text`` when it names keys as the help page does; raises ValueError with the reason."""
    for key in text.split(","):
        *modifiers, name = key.strip().split("+") if key.strip() != "+" else ["+"]
        if not set(modifiers) <= _MODIFIERS or not _KEY_NAME.fullmatch(name):
            raise ValueError('should name a key, such as "x", "ctrl+r" or "f5", or several with commas between them')
    return text


def check_command(argv: list[str]) -> list[str]:
    """Return ``argv`` when a program stands in it; raises ValueError with the reason."""
    if not argv or not argv[0].strip():
        raise ValueError('should name a program and its arguments, such as ["pass", "show", "xplenty"]')
    if any("\0" in word for word in argv):
        raise ValueError("should not hold a NUL character")
    return argv


Colour = Literal["auto", "none", "red", "yellow", "green", "blue"]
Slug = Annotated[str, AfterValidator(check_slug)]
Address = Annotated[str, AfterValidator(check_url)]


class Group(BaseModel):
    """What all groups have in common: TOML's own types, no unknown keys, documented fields."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)


class Profile(Group):
    """One connection: an account, how its key is found, and how careful to be."""

    account: Slug
    """The account's id as it stands in the address of the web console: ``acme``. Needed."""
    url: Address = DEFAULT_URL
    """The API's base address. Plain ``http://`` only to this machine. ``XPLENTY_API_URL`` overrides it."""
    key_command: Annotated[list[str], AfterValidator(check_command)] | None = None
    """A program that prints the API key on its first line: ``["pass", "show", "xplenty/acme"]``. It is run without a
    shell and without a terminal, and has 10 seconds. Without it the key comes from the keyring."""
    read_only: bool = False
    """Never change anything in this account."""
    production: bool = False
    """Mark this profile as one where a mistake is expensive."""
    colour: Colour = "auto"
    """The ground on which the profile's name stands, on the first line of every screen; each theme has its own red,
    yellow, green and blue. ``auto``: red for production, none for others."""


class KeyringGroup(Group):
    """The operating system's keyring."""

    allow: str = ""
    """The class of one more keyring backend to trust, such as ``"keyrings.alt.file.PlaintextKeyring"``. Backends that
    write keys to a plain file are refused unless they are named here."""
    timeout_seconds: float = Field(default=4.0, ge=0.1, le=120.0)
    """How long the keyring may take to answer; raise it where you have to type a password for it first."""


class LookGroup(Group):
    """How the screen behaves. Colours, columns and the zone of times are chosen on the screen and kept by profile."""

    mouse: Literal["auto", "on", "off"] = "auto"
    """Whether the mouse is taken (click, double click, wheel) or left to the terminal, which then selects text with
    it. ``auto``: taken, but not over SSH. ``--mouse`` and ``--no-mouse`` override it."""


class RefreshGroup(Group):
    """How often the API is asked, and how much of the hour's credits that may take."""

    share_percent: float = Field(default=20.0, ge=1.0, le=50.0)
    """The part of the limit (credits an hour) that may be spent without a key being pressed, by all your sessions on
    this host together."""
    reserve: int = Field(default=100, ge=0, le=2500)
    """Credits that only what you ask for may spend; never more than a quarter of the limit."""
    fastest_seconds: float = Field(default=5.0, ge=2.0, le=3600.0)
    """The shortest time between two requests for what you look at. The fewer credits are left, the longer it gets."""
    progress_seconds: float = Field(default=15.0, ge=5.0, le=3600.0)
    """The shortest time between two looks at the progress of running jobs."""
    idle_minutes: float = Field(default=10.0, ge=1.0, le=1440.0)
    """After so long without a key, nobody is taken to be looking, until the next key."""
    away_percent: float = Field(default=2.0, ge=0.1, le=10.0, validate_default=True)
    """The part of the limit instead of ``share_percent`` while nobody looks: the terminal is not in focus, or no key
    was pressed for ``idle_minutes``. Not more than ``share_percent``."""
    ask_above: int = Field(default=20, ge=0, le=10000)
    """Loading older pages asks first when it costs more credits than this."""

    @field_validator("away_percent")
    @classmethod
    def _less_when_away(cls, away: float, info: ValidationInfo) -> float:
        if away > info.data.get("share_percent", away):  # a share that is wrong itself is told already
            raise ValueError("should not be more than share_percent; where it is not set it is 2")
        return away


class NotifyGroup(Group):
    """How you hear of what you watch, and of new problems, when you look elsewhere."""

    bell: bool = True
    """Ring the terminal's bell."""
    terminal: Literal["auto", "osc9", "osc777", "off"] = "auto"
    """Let the terminal show a notification, by OSC 9 (iTerm2, kitty, WezTerm, Ghostty and others) or
    OSC 777 (urxvt, foot, terminals made with VTE). ``"auto"`` takes what the terminal seems to know."""
    passthrough: bool = False
    """Inside tmux or GNU screen nothing is sent unless this is true: tmux needs ``set -g allow-passthrough on``."""
    problems: Literal["away", "always", "never"] = "away"
    """Whether new problems ring: while nobody looks (the terminal is not in focus, or no key was pressed for
    ``idle_minutes``), always, or never. What you watch is always told."""
    quiet_seconds: float = Field(default=60.0, ge=1.0, le=86400.0)
    """The shortest time between two rings for new problems, however many there are."""


class TriageGroup(Group):
    """From when on something is a problem."""

    failed_hours: float = Field(default=24.0, ge=1.0, le=744.0)
    """Hours for which a failure, or a cluster in error, is news."""
    usual_runs: int = Field(default=5, ge=2, le=1000)
    """Completed runs of a package from which on its usual runtime says something."""
    longer_than_usual: float = Field(default=1.5, ge=1.0, le=100.0)
    """Times the usual (median) runtime; the run must also be above the 95th percentile."""
    waiting_minutes: float = Field(default=15.0, ge=1.0, le=1440.0)
    """Minutes that a job may wait to begin."""
    stopping_minutes: float = Field(default=10.0, ge=1.0, le=1440.0)
    """Minutes that stopping a job may take."""
    starting_minutes: float = Field(default=20.0, ge=1.0, le=1440.0)
    """Minutes that a cluster may take to become available."""
    ending_minutes: float = Field(default=20.0, ge=1.0, le=1440.0)
    """Minutes that terminating a cluster may take."""
    idle_minutes: float = Field(default=30.0, ge=1.0, le=10080.0)
    """Minutes that a cluster which does not terminate by itself may be idle."""
    overdue_minutes: float = Field(default=5.0, ge=1.0, le=1440.0)
    """Minutes after its time from which on a schedule's run is overdue."""
    disabled_days: float = Field(default=3.0, ge=0.0, le=365.0)
    """Days for which it is news that a schedule that worked was disabled."""
    overlapping_runs: int = Field(default=2, ge=2, le=1000)
    """Runs of one schedule and package at the same time from which on they pile up."""
    daily_days: int = Field(default=5, ge=2, le=30)
    """Days in a row on which a package ran by a time of the day, so that it is missed on the next one."""
    trial_days: float = Field(default=14.0, ge=0.0, le=365.0)
    """Days before its end from which on a trial is told."""
    credits_percent: float = Field(default=10.0, ge=0.0, le=100.0)
    """Percent of the hour's credits below which there are few."""
    other_accounts: bool = True
    """Whether the failed jobs of the other accounts of the key are looked at as well: at most two credits an account
    every 15 minutes, for five accounts at most, while the triage screen is seen."""


class Settings(Group):
    """The whole of ``config.toml``. Every key may be left out. An API key does not belong in it and is refused."""

    default_profile: str | None = None
    """The profile that is used when none is named; without it, the first one in the file."""
    profiles: dict[Slug, Profile] = Field(default_factory=dict)
    """The connections by name: ``[profiles.prod]``."""
    keyring: KeyringGroup = Field(default_factory=KeyringGroup.model_construct)
    """The operating system's keyring."""
    refresh: RefreshGroup = Field(default_factory=RefreshGroup.model_construct)
    """How often the API is asked, and how much of the hour's credits that may take."""
    look: LookGroup = Field(default_factory=LookGroup.model_construct)
    """How the screen behaves."""
    notify: NotifyGroup = Field(default_factory=NotifyGroup.model_construct)
    """How you hear of what you watch, and of new problems, when you look elsewhere."""
    triage: TriageGroup = Field(default_factory=TriageGroup.model_construct)
    """From when on something is a problem."""
    keys: dict[str, Annotated[str, AfterValidator(check_keys)]] = Field(default_factory=dict)
    """Other keys for commands, by the command's id, as the help page shows both: ``"sort" = "ctrl+o"``."""
    version: int = Field(default=VERSION, ge=1)
    """The version of the file's form. Older ones are understood; a newer one is refused, for it would be misread."""

    @model_validator(mode="after")
    def _default_exists(self) -> Settings:
        if self.default_profile is not None and self.default_profile not in self.profiles:
            raise ValueError("names a profile that does not stand in this file")
        return self
