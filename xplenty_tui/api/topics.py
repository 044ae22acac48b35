"""The articles of the documentation that the service shows beside each page of its console."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xplenty_tui.api.address import segment
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Page


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the console that has articles."""

    name: str
    path: str
    """Relative to the account, where ``account`` says so."""
    account: bool = True


@dataclass(frozen=True, slots=True)
class Article:
    """One article."""

    place: str
    """Where the console shows it: index, new, edit."""
    title: str
    url: str


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
    answer = await client.get(topic.path, account=topic.account)
    if not isinstance(answer.data, dict):
        raise answer.undecodable("it should be an object of lists of articles")
    found = tuple(_articles(answer.data))
    return Page(found, received=len(found))


def _articles(data: dict[str, Any]) -> Iterator[Article]:
    """Return what can be read of it: an article without an address is none."""
    for place, articles in data.items():
        for article in articles if isinstance(articles, list) else ():
            if isinstance(article, dict) and isinstance(url := article.get("url"), str):
                title = article.get("title")
                yield Article(place, title if isinstance(title, str) and title.strip() else url, url)
