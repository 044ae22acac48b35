"""What is written about people, keys and accounts, before it is sent; see ``api.drafts``."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import PlainSerializer, SecretStr, StringConstraints, field_validator

from xplenty_tui.api.drafts import Blank, Draft, Line

Name = Annotated[Line, StringConstraints(min_length=1)]
Mail = Annotated[Line, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")]
Password = Annotated[
    SecretStr, PlainSerializer(lambda value: value.get_secret_value(), return_type=str, when_used="json")
]
"""Masked wherever it is shown, and written out in the body of the request only."""
PUBLIC = re.compile(r"(?:ssh|ecdsa|sk)-[a-z0-9@.-]+ [A-Za-z0-9+/]+=*(?: .*)?")
"""A public key as ``ssh-keygen`` writes it: type, data, comment."""


class AccountChange(Draft):
    """A change of an account's own words (Accounts: update)."""

    name: Name | None = None
    """The account's name."""
    billing_email: Annotated[Mail | None, Blank] = None
    """Where invoices go to."""
    gravatar_email: Annotated[Mail | None, Blank] = None
    """The address that the account's picture belongs to."""
    location: Line | None = None
    """Where the company is."""
    region: Annotated[Line | None, Blank] = None
    """Where new clusters run, as in amazon-web-services::us-east-1."""


class Tidings(Draft):
    """Which ways of telling the user wants."""

    email: bool | None = None
    """Whether mail is sent."""
    web: bool | None = None
    """Whether the web console tells."""


class UserChange(Draft):
    """A change of the key's owner (User: update); the password is changed in the web console only."""

    current_password: Password
    """Your password in the web console. It is sent and forgotten: kept nowhere, shown nowhere."""
    name: Name | None = None
    """Your name."""
    email: Mail | None = None
    """Your address. A new one has to be confirmed by mail."""
    time_zone: Annotated[Line | None, Blank] = None
    """The time zone of the web console, by the service's name for it."""
    location: Line | None = None
    """Where you are."""
    gravatar_email: Annotated[Mail | None, Blank] = None
    """The address that your picture belongs to."""
    receive_newsletter: bool | None = None
    """Whether the newsletter is sent to you."""
    notification_settings: Tidings | None = None
    """How you want to be told."""

    @field_validator("current_password")
    @classmethod
    def _typed(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value():
            raise ValueError("the service wants your password for this")
        return value


class Invitation(Draft):
    """A person to invite (Members: add)."""

    email: Mail
    """Where the invitation is sent."""
    role: Literal["member", "admin", "viewer"] = "member"
    """What the person may do: viewer looks, member works, admin also manages people and billing."""
    name: Annotated[Line | None, Blank] = None
    """What the person is called."""


class RoleChange(Draft):
    """A member's new role (Members: set role)."""

    role: Literal["member", "admin", "owner"]
    """What the person may do. owner gives the account away: there is one, and then it is not you."""


class NewPublicKey(Draft):
    """A public key to add (Public keys: create)."""

    name: Annotated[Line | None, Blank] = None
    """What the key is called; its comment when it is empty."""
    public_key: Line
    """The key's one line, as in ssh-ed25519 AAAA… you@host."""

    @field_validator("public_key")
    @classmethod
    def _public(cls, value: str) -> str:
        if problem := key_problem(value):
            raise ValueError(problem)
        return value


def key_problem(text: str) -> str:
    """Say why a text is no public key that can be sent; "" when it is one."""
    if "PRIVATE KEY" in text:
        return "this is a private key, which nobody should get: take the file that ends in .pub"
    if "\n" in text.strip():
        return "a public key is one line"
    if not PUBLIC.fullmatch(text.strip()):
        return "this is no public key: it should look like ssh-ed25519 AAAA… you@host"
    return ""
