"""Accounts, the user behind the key, members and notifications."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field, SecretStr

from xplenty_tui.api.address import segment
from xplenty_tui.api.calls import act_on, either, get_one, get_page
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import MaybeTime, Page, Text, Texts, Variables, Wire

if TYPE_CHECKING:
    from xplenty_tui.api.account_drafts import AccountChange


class Account(Wire):
    """An account that the key can see (Accounts)."""

    id: int | str
    """A number, a text in one example. Addresses use ``account_id``."""
    account_id: Text = ""
    """The slug."""
    name: Text = ""
    uname: Text = ""
    region: Text = ""
    location: Text = ""
    billing_email: Text = ""
    gravatar_email: Text = ""
    avatar_url: Text = ""
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    role: Text = ""
    permissions: Texts = ()
    """What the key's owner may do here, e.g. ``createJob``."""
    is_owner: bool | None = None
    owner_id: int | None = None
    schedules_count: int | None = None
    connections_count: int | None = None
    members_count: int | None = None
    packages_count: int | None = None
    jobs_count: int | None = None
    running_jobs_count: int | None = None
    deliveries_count: int | None = None
    hooks_count: int | None = None
    public_key: Text = ""
    """The SSH key to allow on a database's host."""
    tunnel_host: Text = ""
    url: Text = ""


class User(Wire):
    """The owner of the key (User)."""

    secret_fields: ClassVar[frozenset[str]] = frozenset({"api_key"})

    id: int | str
    name: Text = ""
    email: Text = ""
    confirmed: bool | None = None
    confirmed_at: MaybeTime = None
    receive_newsletter: bool | None = None
    location: Text = ""
    time_zone: Text = ""
    time_zone_info: Variables = Field(default_factory=dict)
    notifications_count: int | None = None
    unread_notifications_count: int | None = None
    notification_settings: Variables = Field(default_factory=dict)
    gravatar_email: Text = ""
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    avatar_url: Text = ""
    last_login: MaybeTime = None
    api_key: SecretStr | None = None
    url: Text = ""


class Member(Wire):
    """A member of the account (Members)."""

    id: int | str
    name: Text = ""
    display_name: Text = ""
    """Beside or instead of ``name``."""
    email: Text = ""
    gravatar_email: Text = ""
    avatar_url: Text = ""
    created_at: MaybeTime = None
    updated_at: MaybeTime = None
    confirmed_at: MaybeTime = None
    confirmed: bool | None = None
    role: Text = ""
    """admin, member, viewer, owner."""
    owner: bool | None = None
    url: Text = ""
    html_url: Text = ""

    @property
    def label(self) -> str:
        """The name that a person knows: name, display name or address, whichever was sent."""
        return self.name or self.display_name or self.email


class Notification(Wire):
    """Something that happened (Notifications). Two dialects: message and last_read_at, or body and read."""

    id: int | str
    title: Text = ""
    message: Text = ""
    """May hold HTML links: show it as text."""
    body: Text = ""
    last_read_at: MaybeTime = None
    read: bool | None = None
    created_at: MaybeTime = None
    updated_at: MaybeTime = None

    @property
    def text(self) -> str:
        """The message, whatever the field was called."""
        return self.message or self.body

    @property
    def unread(self) -> bool:
        """Whether nobody has read it yet."""
        return not self.read and self.last_read_at is None


async def list_(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    role: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Account]:
    """Get one page of the accounts that the key can see. ``GET /accounts``."""
    params: dict[str, Any] = {"role": role, "sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/accounts", Account, offset=offset, limit=limit, account=False, **params)


async def get(client: Client, account_id: str | None = None) -> Account:
    """Get one account by its slug; the client's own without one. ``GET /accounts/{account_id}``."""
    slug = client.account if account_id is None else account_id
    return await get_one(client, f"/accounts/{segment(slug)}", Account, account=False)


async def update(client: Client, account_id: str, draft: AccountChange) -> Account:
    """Change an account's name, addresses or region (Accounts: update). ``PUT /accounts/{account_id}``."""
    path = f"/accounts/{segment(account_id)}"
    return await act_on(client, "PUT", path, Account, account_id, body=draft.sent(), account=False)


async def user(client: Client) -> User:
    """Get the owner of the key. ``GET /user``."""
    return await get_one(client, "/user", User, account=False)


async def members(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    role: str | None = None,
    email: str | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Member]:
    """Get one page of the account's members. ``GET §/members``."""
    params: dict[str, Any] = {"role": role, "email": email, "sort": sort, "direction": direction, "since": since}
    return await get_page(client, "/members", Member, offset=offset, limit=limit, **params)


async def notifications(
    client: Client,
    *,
    offset: int = 0,
    limit: int = 100,
    all_: bool | None = None,
    sort: str | None = None,
    direction: str | None = None,
    since: datetime | None = None,
) -> Page[Notification]:
    """Get one page of the user's notifications: the unread ones, or all with ``all_``.

    ``GET /user/notifications``, or ``GET §/notifications`` where the server knows only that; it knows pages alone.
    """
    params: dict[str, Any] = {"all": all_, "sort": sort, "direction": direction, "since": since}
    window: dict[str, Any] = {"offset": offset, "limit": limit}
    return await either(
        lambda: get_page(client, "/user/notifications", Notification, account=False, **window, **params),
        lambda: get_page(client, "/notifications", Notification, **window),
    )
