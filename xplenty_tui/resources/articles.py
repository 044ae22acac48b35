"""Help articles: the pages of the documentation that the service shows beside each page of its console."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import topics as api
from xplenty_tui.api.articles import Article
from xplenty_tui.api.topics import Topic
from xplenty_tui.api.wire import Page
from xplenty_tui.core.declare import Column, Context, Facts, Loaded, Resource, Row
from xplenty_tui.resources import answers, calls


def _about(topic: Topic) -> str:
    place, _, kind = topic.name.partition("/")
    return f"The console's page of {kind} {place}." if kind else f"The console's page of {place}."


def _facts(topic: Topic, _ctx: Context) -> Iterator[Row]:
    yield Row(_about(topic))


async def _ask(client: Any, topic: Topic) -> Page[Article]:
    return await api.get(client, topic)


ARTICLES: Resource[Topic] = Resource(
    name="help_articles",
    title="Help articles",
    singular="help topic",
    about="Articles of the service's documentation, by page of the console.",
    model=Topic,
    load=calls.fixed(api.topics()),
    columns=(
        Column("topic", "TOPIC", lambda item, _: item.name, "The console's page.", width=32),
        Column("about", "ABOUT", lambda item, _: _about(item), "In words.", width=42, grow=1),
    ),
    label=lambda item: item.name,
    key=lambda item: item.name,
    sort=("topic", "asc"),
    detail=(
        Facts("topic", "Topic", _facts),
        Loaded(
            "articles",
            "Articles",
            _ask,
            answers.articles,
            none="No articles about this.",
            help="Ask for the articles about this page.",
            eager=lambda topic: True,
        ),
    ),
    refresh=calls.SELDOM,
    web=lambda item: None,
    none="No topics.",
    aliases=("articles", "help articles", "documentation"),
)
