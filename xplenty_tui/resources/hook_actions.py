"""What can be done to hooks: create, change, turn on and off, ping, give another salt, delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import hooks as api
from xplenty_tui.api.errors import NotFound
from xplenty_tui.api.hooks import Hook
from xplenty_tui.core.action import Action, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, verdicts
from xplenty_tui.resources.hook_changes import CHANGE, CREATE, update
from xplenty_tui.resources.hook_forms import LOOK, label, status, target
from xplenty_tui.resources.questions import line, sometimes


def _named(hook: Hook) -> str:
    """Return a hook with whom it tells, for questions."""
    whom = target(hook)
    return f"{hook.type or 'hook'} {hook.id}{f' to {whom}' if whom else ''}"


async def _turn(client: Any, item: Hook | None, _draft: Any) -> Hook | None:
    return None if item is None else await update(client, item, {"active": not item.active})


def _turned(_answer: Any, item: Hook | None, _ctx: Context) -> str:
    return f"{label(item)} is {'disabled: it tells nothing any more' if item and item.active else 'enabled'}."


def _ask_turn(items: Sequence[Hook], _draft: Any, _ctx: Context) -> Question | None:
    hook = items[0]
    if not hook.active:
        return None
    lines = (line(f"Nobody is told by it any more: {_named(hook)}.", Tone.WARN), line("It can be enabled again."))
    return Question(f"Disable hook {label(hook)}", lines, "Disable")


TURN: Action[Hook] = Action(
    "turn",
    ("t",),
    "on/off",
    "Enable the hook, so that it tells, or disable it.",
    _turn,
    _turned,
    verdicts.by_item(api.get, verdicts.turned(lambda hook: hook.active), LOOK),
    disabled=lambda item, ctx: "it is not known whether the hook is on" if item and not status(item) else None,
    permission="updateHook",
    ask=sometimes(_ask_turn),
    state=lambda item: item.active,
    weight=40,
)


def _ask_ping(items: Sequence[Hook], _draft: Any, _ctx: Context) -> Question:
    hook = items[0]
    lines = [line(f"A test notification goes out now: {_named(hook)}.")]
    if not hook.active:
        lines.append(line("It is disabled; whether a disabled one tells is not documented.", Tone.WARN))
    lines.append(line("It is sent once, whatever comes back; look at the receiver whether it came.", Tone.DIM))
    return Question(f"Ping hook {label(hook)}", tuple(lines), "Ping")


PING: Action[Hook] = Action(
    "ping",
    ("P",),
    "ping",
    "Send a test notification to whom the hook tells.",
    deeds.on(api.ping),
    lambda answer, item, ctx: f"{label(item)} was pinged: look at the receiver whether it came.",
    verdicts.nothing("Look at the receiver whether a test came before you ping again."),
    permission="updateHook",
    ask=_ask_ping,
    weight=45,
)


async def _reset(client: Any, item: Any, _draft: Any) -> Hook:
    try:
        return await api.reset_salt(client, item.id)
    except NotFound:  # nothing was done: the newer pages have another address for it
        return await api.reset(client, item.id)


def _ask_reset(items: Sequence[Hook], _draft: Any, _ctx: Context) -> Question:
    hook = items[0]
    lines = (
        line(f"{_named(hook)} gets another salt, and the old one is gone for good."),
        line("A receiver that checks signatures refuses every call until it has the new one.", Tone.BAD),
        line("The new salt is then on the hook's page; M shows it.", Tone.DIM),
    )
    return Question(f"Reset the salt of hook {label(hook)}", lines, "Reset", label(hook))


RESET: Action[Hook] = Action(
    "reset_salt",
    ("X",),
    "reset salt",
    "Give the hook another salt; receivers that check signatures need it.",
    _reset,
    lambda answer, item, ctx: f"{label(item)} has another salt; M on its page shows it.",
    verdicts.by_item(api.get, verdicts.turned(lambda hook: hook.salt), LOOK),
    permission="updateHook",
    ask=_ask_reset,
    danger=True,
    state=lambda item: item.salt,
    weight=8,
)


def _ask_delete(items: Sequence[Hook], _draft: Any, _ctx: Context) -> Question:
    hook = items[0]
    lines = [line(f"Nobody is told by it any more: {_named(hook)}.", Tone.WARN)]
    lines += [line(f"It told of {', '.join(hook.events)}.")] if hook.events else []
    lines.append(line("It is gone for good, with its settings and salt. To pause it, disable it instead.", Tone.BAD))
    return Question(f"Delete hook {label(hook)}", tuple(lines), "Delete", label(hook))


DELETE: Action[Hook] = deeds.delete(
    "Delete the hook for good; to pause it, disable it.",
    api.delete,
    api.get,
    _ask_delete,
    label=label,
    look=LOOK,
    state=lambda item: (item.active, item.events),
    permission="deleteHook",
)

ACTIONS: tuple[Action[Hook], ...] = (CREATE, CHANGE, TURN, PING, RESET, DELETE)
