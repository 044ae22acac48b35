"""What can be done to hooks: create, change, turn on and off, ping, give another salt, delete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import hooks as api
from xplenty_tui.api.errors import NotFound
from xplenty_tui.api.hook_drafts import HookChange, NewHook, Raw
from xplenty_tui.api.hooks import Hook
from xplenty_tui.core.action import Action, Attempt, Fill, Line, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import changes, deeds, verdicts
from xplenty_tui.resources import hook_forms as forms
from xplenty_tui.resources.hook_forms import label, status, target
from xplenty_tui.resources.questions import differences, line, one_line, sometimes

_LOOK = "Look at the hook."


def _named(hook: Hook) -> str:
    """Return a hook with whom it tells, for questions."""
    whom = target(hook)
    return f"{hook.type or 'hook'} {hook.id}{f' to {whom}' if whom else ''}"


# create


def _fits(attempt: Attempt[Hook], hook: Hook) -> bool:
    asked = attempt.draft.sent()
    return hook.type == asked["type"] and set(hook.events) == set(asked["events"])


CREATE: Action[Hook] = Action(
    "create",
    ("n",),
    "new",
    "Create a hook: choose how it tells, then whom and of what.",
    deeds.make(api.create),
    lambda answer, item, ctx: f"{label(answer)} is made; P sends it a test.",
    verdicts.by_newest(api.list_, _fits, "Look at the newest hooks before you create another."),
    on_item=False,
    permission="createHook",
    fill=Fill(NewHook, forms.start, kinds=forms.KINDS, choices=forms.choices, sorts=forms.types, of=forms.new),
    lands=deeds.to("hooks"),
    weight=30,
)


# change


def _whole(hook: Hook, new: dict[str, Any]) -> dict[str, Any]:
    """Return a change with the settings, which the documentation wants with every update.

    Not where the answers keep a password back: sending the rest could take it away.
    """
    held = {name: forms.plain(value) for name, value in hook.settings.items()}
    kept_back = held.get("basic_auth") and not held.get("basic_auth_data")
    return new if "settings" in new or kept_back or not held else {"settings": held, **new}


async def _update(client: Any, hook: Hook, new: dict[str, Any]) -> Hook:
    return await api.update(client, hook.id, Raw(body=_whole(hook, new)))


def _ask_change(items: Sequence[Hook], draft: HookChange, _ctx: Context) -> Question:
    hook, new = items[0], forms.different(items[0], draft)
    before = {"name": hook.name, "active": {True: "yes", False: "no", None: ""}[hook.active]}
    after: dict[str, str] = {name: one_line(_said(new[name])) for name in ("name", "active") if name in new}
    lines: list[Line] = list(differences(before, after))
    if "settings" in new:
        held = {name: forms.plain(value) for name, value in hook.settings.items()}
        names = [name for name, value in new["settings"].items() if held.get(name) != value]
        lines.append(line(f"Settings that change: {', '.join(names)}.", Tone.STRONG))
    if "events" in new:
        lines += _events(hook, new["events"])
    return Question(f"Change hook {label(hook)}", tuple(lines or [changes.NOTHING]), "Change")


def _said(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _events(hook: Hook, new: Sequence[str]) -> list[Line]:
    """Say that the events are replaced, and which come and go."""
    come, go = [each for each in new if each not in hook.events], [each for each in hook.events if each not in new]
    lines = [line("The events replace all that were there:", Tone.WARN)]
    lines += [line(f"  + {', '.join(come)}", Tone.STRONG)] if come else []
    lines += [line(f"  - {', '.join(go)}: not told any more", Tone.BAD)] if go else []
    return lines


CHANGE: Action[Hook] = Action(
    "change",
    ("e",),
    "edit",
    "Change whom the hook tells and of what; the events replace all that were there.",
    changes.send(forms.different, _update),
    changes.said(label, lambda answer, item, ctx: f"{label(item)} is changed; P sends it a test."),
    verdicts.by_item(api.get, changes.took(forms.different), _LOOK),
    permission="updateHook",
    ask=_ask_change,
    fill=Fill(HookChange, forms.present, choices=forms.choices, of=forms.change, clears=True),
    state=lambda item: (item.active, item.events, item.updated_at),
    weight=35,
)


# enable, disable


async def _turn(client: Any, item: Hook | None, _draft: Any) -> Hook | None:
    return None if item is None else await _update(client, item, {"active": not item.active})


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
    verdicts.by_item(api.get, verdicts.turned(lambda hook: hook.active), _LOOK),
    disabled=lambda item, ctx: "it is not known whether the hook is on" if item and not status(item) else None,
    permission="updateHook",
    ask=sometimes(_ask_turn),
    state=lambda item: item.active,
    weight=40,
)


# ping


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


# reset the salt


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
    verdicts.by_item(api.get, verdicts.turned(lambda hook: hook.salt), _LOOK),
    permission="updateHook",
    ask=_ask_reset,
    danger=True,
    state=lambda item: item.salt,
    weight=8,
)


# delete


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
    look=_LOOK,
    state=lambda item: (item.active, item.events),
    permission="deleteHook",
)

ACTIONS: tuple[Action[Hook], ...] = (CREATE, CHANGE, TURN, PING, RESET, DELETE)
