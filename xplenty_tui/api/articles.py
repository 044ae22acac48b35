"""Articles of the service's own help, as it offers them beside its pages (Help)."""

from __future__ import annotations

from typing import Any

from xplenty_tui.api.calls import get_map, ready
from xplenty_tui.api.client import Client
from xplenty_tui.api.wire import Page, Text, Wire, many


class Article(Wire):
    """One article: what it is called and where it is read."""

    title: Text = ""
    type: Text = ""
    """``article`` in all examples."""
    url: Text = ""
    page: Text = ""
    """The page of the web console beside which it is offered: index, new, edit. Ours: the answer groups by it."""


async def articles(client: Client, path: str, *, account: bool = True) -> Page[Article]:
    """Get the articles at ``path``, those of all pages in one list, each once."""
    answer = await get_map(client, path, account=account)
    await ready(Article)
    found: dict[Any, dict[str, Any]] = {}
    for page, offered in answer.items():
        for each in offered if isinstance(offered, list) else ():
            if isinstance(each, dict):
                found.setdefault(each.get("url") or each.get("title"), {**each, "page": page})
    items, odd = many(Article, list(found.values()))
    return Page(items, odd, received=len(found))
