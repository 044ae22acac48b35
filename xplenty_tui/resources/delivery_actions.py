"""What can be done to deliveries: create and delete. The API documents no way to enable, disable or change one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from xplenty_tui.api import deliveries as api
from xplenty_tui.api.deliveries import Delivery, End
from xplenty_tui.api.delivery_drafts import NewDelivery
from xplenty_tui.core.action import Action, Attempt, Choice, Fill, Line, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, parts, verdicts
from xplenty_tui.resources.questions import line, one_line, promised

_KINDS = ("connections",)


def label(delivery: Delivery | None) -> str:
    """Return what a delivery is called."""
    return "the delivery" if delivery is None else one_line(delivery.name) or f"delivery {delivery.id}"


def every(delivery: Delivery) -> str | None:
    """Return the interval in words: ``2 hours``; None when it is not told."""
    if delivery.interval_amount is None or not delivery.interval_unit:
        return None
    unit = delivery.interval_unit.removesuffix("s") if delivery.interval_amount == 1 else delivery.interval_unit
    return f"{parts.as_text(delivery.interval_amount)} {unit}"


def end_name(end: End | None, ctx: Context) -> str | None:
    """Return the connection of an end: its name where it is loaded, with its key."""
    if end is None or not end.key:
        return None
    item = ctx.store.get("connections", end.key)
    return parts.joined(one_line(item.name), end.key) if item is not None and item.name else end.key


def _choices(ctx: Context, _item: Delivery | None) -> Mapping[str, Sequence[Choice]]:
    connections = sorted(ctx.store.good("connections"), key=lambda item: (item.name.lower(), item.key))
    found = [Choice(item.key, item.name or item.key, item.type, item.host) for item in connections]
    return {"source": found, "destination": found}


def _promise(draft: NewDelivery, ctx: Context) -> Iterator[Line]:
    """Say what is carried from where to where, and when."""
    names = []
    for key in (draft.source, draft.destination):
        item = ctx.store.get("connections", key)
        names.append(parts.joined(one_line(item.name), key) if item is not None else key)
    yield line(f"From {names[0]}", Tone.STRONG)
    yield line(f"to {names[1]},", Tone.STRONG)
    amount, unit = draft.interval_amount, draft.interval_unit
    yield line(f"every {unit.removesuffix('s') if amount == 1 else f'{amount} {unit}'}.")
    if draft.source == draft.destination:
        yield line("It reads and writes the same connection.", Tone.WARN)
    yield line("It is set up for some minutes (idle), then it runs by itself. It cannot be paused here:", Tone.WARN)
    yield line("the API has no call to disable or change a delivery.", Tone.WARN)


def _ask_new(_items: Sequence[Delivery], draft: NewDelivery, ctx: Context) -> Question:
    return Question(f"Create delivery {draft.name or ''}".rstrip(), tuple(_promise(draft, ctx)), "Create")


def _fits(attempt: Attempt[Delivery], found: Delivery) -> bool:
    asked: NewDelivery = attempt.draft
    return found.keys == (asked.source, asked.destination) and (not asked.name or asked.name == found.name)


CREATE: Action[Delivery] = Action(
    "create",
    ("n",),
    "new",
    "Create a delivery: data carried from one connection to another, at an interval.",
    deeds.make(api.create),
    lambda answer, item, ctx: f"{label(answer)} is made and being set up; it is enabled in some minutes.",
    verdicts.by_newest(api.list_, _fits, "Look at the newest deliveries before you create another."),
    on_item=False,
    ask=_ask_new,
    fill=Fill(NewDelivery, kinds=_KINDS, choices=_choices, preview=promised(NewDelivery, _promise)),
    lands=deeds.to("deliveries"),
    names=lambda draft: (*draft.source_properties, *draft.destination_properties),
    weight=30,
)


def _ask_delete(items: Sequence[Delivery], _draft: Any, ctx: Context) -> Question:
    delivery = items[0]
    lines = [line(f"From {end_name(delivery.source, ctx) or 'a connection that is not told'}")]
    often = every(delivery)
    lines.append(line(f"to {end_name(delivery.destination, ctx) or 'a connection that is not told'}"))
    lines.append(line(f"nothing is carried any more{f' (it was every {often})' if often else ''}.", Tone.WARN))
    lines.append(line("It is gone for good. What it has carried stays where it is.", Tone.BAD))
    return Question(f"Delete delivery {label(delivery)}", tuple(lines), "Delete", label(delivery))


DELETE: Action[Delivery] = deeds.delete(
    "Delete the delivery for good; the API has no way to pause one.",
    api.delete,
    api.get,
    _ask_delete,
    label=label,
    look="Look at the delivery.",
    state=lambda item: (item.status, item.name),
    needs=_KINDS,
)

ACTIONS: tuple[Action[Delivery], ...] = (CREATE, DELETE)
