"""The pages of the console that have help articles, and asking for those of one."""

from __future__ import annotations

from dataclasses import dataclass

from xplenty_tui.api.address import segment
from xplenty_tui.api.articles import Article, articles
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Page


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the console that has articles."""

    name: str
    path: str
    """Relative to the account, where ``account`` says so."""
    account: bool = True


OF_THE_ACCOUNT = ("accounts", "clusters", "connections", "home", "hooks", "members", "packages", "plans", "schedules")
OF_THE_USER = {
    "console": "/user/console",
    "user": "/user",
    "keys": "/user/keys",
    "notifications": "/user/notifications",
}
OF_CONNECTIONS = (
    "adwords",
    "analytics",
    "bigquery",
    "bingads",
    "facebookadsinsights",
    "redshift",
    "s3",
    "salesforce",
    "sftp",
)
"""The types of connections that the documentation names."""


def topics() -> tuple[Topic, ...]:
    """Return every page that has articles; asks for nothing."""
    mine = (Topic(name, f"{path}/help", account=False) for name, path in OF_THE_USER.items())
    theirs = (Topic(name, f"/{name}/help") for name in OF_THE_ACCOUNT)
    types = (Topic(f"connections/{kind}", f"/connections/{segment(kind)}/help") for kind in OF_CONNECTIONS)
    return (*theirs, *mine, *types)


async def get(client: Client, topic: Topic) -> Page[Article]:
    """Get the articles of a page.

    ``GET §/accounts/help``, ``GET §/clusters/help``, ``GET §/connections/help``,
    ``GET §/connections/{connection_type}/help``, ``GET §/home/help``, ``GET §/hooks/help``, ``GET §/members/help``,
    ``GET §/packages/help``, ``GET §/plans/help``, ``GET §/schedules/help``, ``GET /user/console/help``,
    ``GET /user/help``, ``GET /user/keys/help``, ``GET /user/notifications/help``.
    """
    return await articles(client, topic.path, account=topic.account)
