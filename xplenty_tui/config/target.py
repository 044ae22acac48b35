"""Which connection is meant: settings, environment and what was asked for → profile, account, address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.settings import Profile, Settings, check_slug, check_url

KEY = "XPLENTY_API_KEY"
ACCOUNT = "XPLENTY_ACCOUNT_ID"
URL = "XPLENTY_API_URL"

UNNAMED = "default"
"""The profile's name where nobody has given one: also what ``login`` makes first."""


@dataclass(frozen=True, slots=True)
class Target:
    """One connection, still without its key."""

    name: str
    """The profile's name."""
    account: str
    """The account's slug; empty when nobody has named one."""
    url: str
    """The API's base address."""
    profile: Profile | None
    """What is set for it; None: nothing is."""
    environment_applies: bool
    """Whether ``XPLENTY_API_KEY`` is meant for this connection."""

    @property
    def owner(self) -> str:
        """The account under which the keyring keeps the profile's key: it opens the user's other accounts as well."""
        return self.profile.account if self.profile is not None else self.account


def find_target(
    settings: Settings,
    environment: Mapping[str, str],
    profile: str | None = None,
    account: str | None = None,
    *,
    new: bool = False,
) -> Target:
    """Return the connection for a profile and account asked for by name, or for what is set.

    The environment's account chooses the profile when none is asked for. A profile asked for by name never gets the
    environment's key when that is for another account. With ``new`` the profile need not exist. Raises SettingsError.
    """
    theirs = environment.get(ACCOUNT) or None
    _check(theirs, ACCOUNT)
    _check(account, "--account")
    name = _name(settings, profile, theirs, new)
    chosen = settings.profiles.get(name)
    wanted = account or (theirs if profile is None else None) or (chosen.account if chosen is not None else theirs)
    meant = profile is None or theirs is None or chosen is None or chosen.account == theirs
    return Target(name, wanted or "", _url(environment, chosen), chosen, meant)


def _name(settings: Settings, asked: str | None, account: str | None, new: bool) -> str:
    if asked is not None:
        _check(asked, "--profile")
        if asked not in settings.profiles and asked != UNNAMED and not new:
            known = ", ".join(settings.profiles) or "none yet; `xplenty-tui login` makes one"
            raise SettingsError(f"there is no profile called {asked}; known here: {known}", file="--profile")
        return asked
    first = settings.default_profile or next(iter(settings.profiles), UNNAMED)
    if account is None or first == UNNAMED or settings.profiles[first].account == account:
        return first
    return next((name for name, profile in settings.profiles.items() if profile.account == account), UNNAMED)


def _check(slug: str | None, where: str) -> None:
    if slug is None:
        return
    try:
        check_slug(slug)
    except ValueError as error:
        reason = str(error)
    else:
        return
    raise SettingsError(reason, file=where)


def _url(environment: Mapping[str, str], profile: Profile | None) -> str:
    named = environment.get(URL)
    if not named:
        return profile.url if profile is not None else Profile(account="x").url
    try:
        return check_url(named)
    except ValueError as error:
        reason = str(error)
    raise SettingsError(reason, file=URL)
