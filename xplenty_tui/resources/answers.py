"""Answers without a declared shape, line by line: fields with their types, lists and objects of any depth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from xplenty_tui.api.articles import Article
from xplenty_tui.api.connections import Schema
from xplenty_tui.api.wire import Page
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Row, Tone
from xplenty_tui.resources import masks, parts

NAMES = ("name", "friendly_name", "account_name", "campaign_name", "title")
"""What an object is called by; the first that it has."""
DEEPEST = 8
MOST = 2000
"""Lines that are drawn of one answer; the rest is counted."""


def rows(answer: Any, _item: Any, ctx: Context) -> Iterator[Row]:
    """Return the lines of any answer; a long one ends with how much more there is."""
    every = list(_lines(answer, ctx, 0))
    yield from every[:MOST]
    if len(every) > MOST:
        yield Row(f"and {words.count(len(every) - MOST, 'more line')}", tone=Tone.DIM)


def _lines(value: Any, ctx: Context, depth: int) -> Iterator[Row]:
    dot = "*" if ctx.ascii else "•"
    if isinstance(value, list | tuple):
        for each in value:
            if isinstance(each, Mapping):
                yield from _object(each, ctx, depth)
            else:
                yield Row("  " * depth + parts.as_text(each), bullet=dot)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if isinstance(inner, list | tuple | Mapping):
                if inner:
                    yield Row("  " * depth + _words(name), tone=Tone.STRONG)
                    yield from _lines(inner, ctx, depth + 1)
            else:
                yield _pair(str(name), inner)
    else:
        yield Row(parts.as_text(value))


def _object(value: Mapping[str, Any], ctx: Context, depth: int) -> Iterator[Row]:
    """Return the line of one object of a list, and those of what is in it."""
    if len(value) == 1 and isinstance(next(iter(value.values())), str):
        yield _pair(*next(iter(value.items())))  # a field with its type: {"qty": "double"}
        return
    called = next((str(value[name]) for name in NAMES if value.get(name)), "")
    plain = [
        f"{_words(name)} {masks.HIDDEN if words.secret_looking(name) else parts.as_text(inner)}"
        for name, inner in value.items()
        if not isinstance(inner, list | tuple | Mapping) and inner not in (None, "", called)
    ]
    yield Row("  " * depth + parts.joined(parts.on_one_line(called), *plain), bullet="*" if ctx.ascii else "•")
    for name, inner in value.items():
        if isinstance(inner, list | tuple | Mapping) and inner and depth < DEEPEST:
            yield Row("  " * (depth + 1) + _words(name), tone=Tone.DIM)
            yield from _lines(inner, ctx, depth + 1)


def _pair(name: str, value: Any) -> Row:
    text = parts.as_text(value)
    hidden = words.secret_looking(name) and isinstance(value, str) and value
    return Row(masks.HIDDEN if hidden else text, label=parts.on_one_line(name), secret=text if hidden else None)


def _words(name: str) -> str:
    return parts.on_one_line(name).replace("_", " ")


def schema(answer: Schema, _item: Any, ctx: Context) -> Iterator[Row]:
    """Return the fields with their types, then the data that came with them."""
    named = len(answer.fields)
    yield Row(words.count(named, "field") if named else "No fields are told.", tone=Tone.STRONG)
    yield from ([_pair(*pair) for each in answer.fields for pair in each.items()])
    for title, found in (("data", answer.data), ("as it was read", answer.raw)):
        if found:
            yield Row("")
            yield Row(f"{words.count(len(found), 'row')}: {title}", tone=Tone.STRONG)
            yield from (Row(parts.as_text(each)) for each in found[:MOST])


def articles(answer: Page[Article], _item: Any, _ctx: Context) -> Iterator[Row]:
    """Return one line an article: the page of the console beside which it stands, its title and its address."""

    def draw(article: Article) -> Iterator[Row]:
        said = parts.joined(parts.on_one_line(article.title), parts.on_one_line(article.url))
        yield Row(said or words.NONE, label=parts.on_one_line(article.page))

    return parts.each(answer, draw)
