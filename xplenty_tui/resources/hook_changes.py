"""Making and changing a hook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import hooks as api
from xplenty_tui.api.hook_drafts import HookChange, NewHook, Raw
from xplenty_tui.api.hooks import Hook
from xplenty_tui.core.action import Action, Attempt, Fill, Line, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import changes, deeds, verdicts
from xplenty_tui.resources import hook_forms as forms
from xplenty_tui.resources.hook_forms import LOOK, label
from xplenty_tui.resources.questions import differences, line, one_line


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


async def update(client: Any, hook: Hook, new: dict[str, Any]) -> Hook:
    """Send a change."""
    return await api.update(client, hook.id, Raw(body=_whole(hook, new)))


def _whole(hook: Hook, new: dict[str, Any]) -> dict[str, Any]:
    """Return a change with the settings, which the documentation wants with every update.

    Not where the answers keep a password back: sending the rest could take it away.
    """
    held = {name: forms.plain(value) for name, value in hook.settings.items()}
    kept_back = held.get("basic_auth") and not held.get("basic_auth_data")
    return new if "settings" in new or kept_back or not held else {"settings": held, **new}


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
    changes.send(forms.different, update),
    changes.said(label, lambda answer, item, ctx: f"{label(item)} is changed; P sends it a test."),
    verdicts.by_item(api.get, changes.took(forms.different), LOOK),
    permission="updateHook",
    ask=_ask_change,
    fill=Fill(HookChange, forms.present, choices=forms.choices, of=forms.change, clears=True),
    state=lambda item: (item.active, item.events, item.updated_at),
    weight=35,
)
