"""What is new in the service: read here, and liked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xplenty_tui.api import updates as api
from xplenty_tui.api import wire
from xplenty_tui.api.updates import ProductUpdate
from xplenty_tui.core import words
from xplenty_tui.core.action import Action, Attempt, ReadBack
from xplenty_tui.core.declare import Column, Context, Facts, Resource, Row
from xplenty_tui.resources import calls, columns, deeds, parts, verdicts
from xplenty_tui.resources.plain import links_of, text_of

_LOOK = "Look at the product update."


def _text(update: ProductUpdate) -> str:
    return update.body_text or text_of(update.body_html) or update.body


def _facts(update: ProductUpdate, ctx: Context) -> Iterator[Row]:
    yield from parts.kept(
        parts.row("told", parts.stamp(update.created_at, ctx)),
        parts.row(
            "likes",
            None if update.likes is None else parts.joined(str(update.likes), "yours" if mine(update) else None),
        ),
    )
    yield from parts.lines(_text(update))
    for address, text in links_of(update.body_html):
        yield Row(parts.joined(text, address), label="web")


def mine(update: ProductUpdate) -> bool:
    """Tell whether the key's owner likes it."""
    return bool(update.liked_by_user)


async def _check(client: Any, attempt: Attempt[Any]) -> ReadBack:
    """Look at it among all (1 credit)."""
    item: Any = attempt.item
    page = await api.list_(client)
    now = next((one for one in page.items if str(one.id) == str(item.id)), None)
    if now is None or now.liked_by_user is None:
        return verdicts.unknown(_LOOK, now)
    return ReadBack(verdicts.verdict(mine(now)), now)


LIKE: Action[ProductUpdate] = Action(
    "like",
    ("plus",),
    "like",
    "Like the product update; it cannot be taken back.",
    deeds.on(api.like),
    lambda answer, item, ctx: "You like it.",
    verdicts.careful(_check, _LOOK),
    disabled=lambda item, ctx: "you like it already" if item is not None and mine(item) else None,
    state=lambda item: item.liked_by_user,
    weight=20,
)

UPDATES: Resource[ProductUpdate] = Resource(
    name="product_updates",
    title="Product updates",
    singular="product update",
    about="What is new in the service, as its makers tell it.",
    model=ProductUpdate,
    load=calls.unpaged(api.list_),
    columns=(
        columns.ago_column("created", "TOLD", lambda item: item.created_at, "When it was told."),
        Column("title", "TITLE", lambda item, _: item.title or None, "What it is about.", width=36, grow=2),
        Column(
            "text",
            "TEXT",
            lambda item, _: words.first_line(_text(item)) or None,
            "How it begins.",
            width=30,
            grow=1,
            rank=2,
            keep_start=True,
        ),
        columns.number_column("likes", "LIKES", lambda item: item.likes, "How many like it.", width=5),
        Column("liked", "YOURS", lambda item, _: item.liked_by_user, "Whether you like it.", width=5),
    ),
    label=lambda item: item.title or f"update {item.id}",
    sort=("created", "desc"),
    detail=(Facts("update", "Product update", _facts),),
    merge=wire.overlay,
    refresh=calls.SELDOM,
    web=lambda item: None,
    none="No product updates.",
    actions=(LIKE,),
    aliases=("product update", "updates", "product updates"),
)
