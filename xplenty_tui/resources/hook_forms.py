"""What hooks are called, and their forms: types to choose from, what stands in them, what of them is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import SecretStr

from xplenty_tui.api.hook_drafts import EVENTS, SETTINGS, HookChange, NewHook, change_of, new_of
from xplenty_tui.api.hooks import Hook
from xplenty_tui.api.wire import MASK
from xplenty_tui.core.action import Choice, Values
from xplenty_tui.core.declare import Context
from xplenty_tui.core.fields import YES, write
from xplenty_tui.resources.questions import one_line

KINDS = ("hook_types",)
LOOK = "Look at the hook."
_TARGETS = ("emails", "room", "service_name", "channel", "team", "url")
"""Settings that say whom a hook tells; the first that is there and no secret."""


def status(hook: Hook) -> str:
    """Return on or off in the words that schedules have; "" when it is not told."""
    return {True: "enabled", False: "disabled", None: ""}[hook.active]


def target(hook: Hook) -> str:
    """Return whom or what a hook tells."""
    told = (hook.settings.get(name) for name in _TARGETS)
    return next((one_line(value) for value in told if isinstance(value, str) and value), "")


def label(hook: Hook | None) -> str:
    """Return what a hook is called; the older answers have no name."""
    if hook is None:
        return "the hook"
    name = "" if hook.name == MASK else one_line(hook.name)
    return name or " ".join(filter(None, (hook.type, target(hook)))) or f"hook {hook.id}"


def types(ctx: Context) -> Sequence[Choice]:
    """Return the types that the documentation describes, with the names that the service gives them."""
    names = {each.type: each.name for each in ctx.store.good("hook_types")}
    return [Choice(type_, names.get(type_) or type_, "", type_) for type_ in SETTINGS]


def new(_item: Any, type_: str) -> type[NewHook]:
    """Return the model of a new hook of that type."""
    return new_of(type_) if type_ else NewHook


def change(hook: Hook | None, _chosen: str) -> type[HookChange]:
    """Return the model of a change."""
    return change_of(hook.type if hook is not None else "")


def start(_item: Hook | None, _ctx: Context) -> Values:
    """Return what stands in the form of a new hook: on, telling of failed jobs."""
    return {"active": YES, "events.0.event": "job.failed"}


def present(hook: Hook | None, _ctx: Context) -> Values:
    """Return what stands in the form of a change: all that is known, secrets as well (they are drawn masked)."""
    if hook is None:
        return {}
    found = {"name": hook.name, "active": write(hook.active)}
    found |= {f"events.{place}.event": event for place, event in enumerate(hook.events)}
    known = SETTINGS.get(hook.type, {})
    return found | {f"settings.{name}": write(plain(hook.settings.get(name))) for name in known}


def plain(value: Any) -> Any:
    """Return a setting as it is sent."""
    return value.get_secret_value() if isinstance(value, SecretStr) else value


def choices(ctx: Context, _item: Hook | None) -> Mapping[str, Sequence[Choice]]:
    """Return the events to choose from, with their names where they are loaded."""
    names = {each.id: each.name for each in ctx.store.good("hook_events")}
    return {"events.*.event": [Choice(event, event, "", names.get(event, "")) for event in EVENTS]}


def different(hook: Hook | None, draft: HookChange) -> dict[str, Any]:
    """Return what is sent of a change; settings and events go whole, for they replace what was there."""
    body = draft.sent()
    if hook is None:
        return body
    held: dict[str, Any] = {"name": hook.name, "active": hook.active, "events": list(hook.events)}
    held["settings"] = {name: plain(value) for name, value in hook.settings.items()}
    if "settings" in body:
        body["settings"] = {**held["settings"], **body["settings"]}
    return {name: value for name, value in body.items() if value != held.get(name)}
