"""Calls on hooks and deliveries."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from xplenty_tui.demo import behind, search
from xplenty_tui.demo.call import BY_TIME, Call
from xplenty_tui.demo.replies import Answer, invalid
from xplenty_tui.demo.search import Attribute
from xplenty_tui.demo.stamps import UNITS, stamp
from xplenty_tui.demo.wiring import Wired, salt

_JOB = ("submitted", "started", "stopped", "completed", "failed")
_CLUSTER = ("requested", "available", "terminated", "idled", "error")


def _events() -> tuple[dict[str, str], ...]:
    found = []
    for group, words in (("Job", _JOB), ("Cluster", _CLUSTER)):
        found.append({"id": group.lower(), "group_name": group, "name": f"All {group} Notifications"})
        found += [
            {"id": f"{group.lower()}.{word}", "group_name": group, "name": f"{group} {word.title()}"} for word in words
        ]
    return tuple(found)


EVENTS = _events()
SETTINGS = {
    "email": ("emails",),
    "hipchat": ("room", "auth_token"),
    "pagerduty": ("pd_account", "service_name", "service_key"),
    "slack": ("url",),
    "web": ("url",),
}
"""By type the settings that it cannot do without."""
_NAMES = {"email": "Email", "hipchat": "HipChat", "pagerduty": "PagerDuty", "slack": "Slack", "web": "Web Hook"}
TYPES = tuple(
    {
        "type": type_,
        "name": name,
        "description": f"Our {name} integration enables you to receive real-time updates about your account activity.",
        "icon_url": f"https://xplenty.com/assets/vendor/hooks/{type_}hook.png",
        "groups": [{"group_type": type_, "group_name": name}],
    }
    for type_, name in _NAMES.items()
)
ATTRIBUTES = {
    "id": Attribute("word", lambda hook: [hook.id]),
    "name": Attribute("text", lambda hook: [hook.name]),
    "type": Attribute("word", lambda hook: [hook.type]),
}
SORTS: dict[str, Callable[[Any], Any]] = {**BY_TIME, "name": attrgetter("name", "id")}


def _shown(call: Call, hook: Wired) -> dict[str, Any]:
    settings = {name: value for name, value in hook.data["settings"].items() if name != "basic_auth_data"}
    return {
        "id": hook.id,
        "salt": hook.data["salt"],
        "active": hook.data["active"],
        "type": hook.type,
        "settings": settings,
        "events": list(hook.data["events"]),
        "name": hook.name,
        "created_at": stamp(hook.created),
        "updated_at": stamp(hook.updated),
        "url": f"{call.host}/{call.account.slug}/api/hooks/{hook.id}",
    }


def _find(call: Call) -> Wired:
    return call.find(call.account.hooks, "hook")


def list_(call: Call) -> Answer:
    """List Hooks."""
    wanted = (call.params.text("type") or "all").split(",")
    hooks = [hook for hook in call.account.hooks.values() if wanted == ["all"] or hook.type in wanted]
    return call.page(call.sorted_list(hooks, keys=SORTS), lambda hook: _shown(call, hook))


def find(call: Call) -> Answer:
    """Search Hooks."""
    hooks = list(call.account.hooks.values())
    return search.answer(
        call, hooks, ATTRIBUTES, lambda hook: _shown(call, hook), sorts={**SORTS, "id": attrgetter("id")}
    )


def get(call: Call) -> Answer:
    """Get Hook Information."""
    return Answer(_shown(call, _find(call)))


def _change(call: Call, hook: Wired) -> None:
    """Take over what a call says of a hook; 422 for settings and events that cannot be."""
    body = call.params.body
    settings, events = body.get("settings"), body.get("events")
    if settings is not None:
        if not isinstance(settings, dict):
            raise invalid("settings is not an object.")
        for name in SETTINGS[hook.type]:
            if not settings.get(name):
                raise invalid(f"settings {name} can't be blank.")
    if events is not None:
        known = {each["id"] for each in EVENTS}
        if not isinstance(events, list) or not events:
            raise invalid("events can't be blank.")
        if wrong := [each for each in events if each not in known]:
            raise invalid(f"events is not included in the list: {wrong[0]}.")
    hook.data["settings"] = dict(settings) if settings is not None else hook.data["settings"]
    hook.data["events"] = list(events) if events is not None else hook.data["events"]
    hook.data["active"] = call.params.flag("active", hook.data["active"])
    hook.name = call.params.text("name") or hook.name
    hook.updated = call.account.now


def create(call: Call) -> Answer:
    """Create Hook; without a name it is called by its settings."""
    account = call.account
    type_ = call.params.choice("type", tuple(SETTINGS), "")
    for name in ("type", "settings", "events"):
        if not call.params.body.get(name):
            raise invalid(f"{name} can't be blank.")
    id_ = max(account.hooks, default=0) + 1
    data = {"salt": salt(id_, account.now), "active": True, "settings": {}, "events": []}
    hook = Wired(id_, "", account.me.id, account.now, account.now, type_, data)
    _change(call, hook)
    hook.name = hook.name or str(hook.data["settings"][SETTINGS[type_][0]])
    account.hooks[id_] = hook
    return Answer(_shown(call, hook), status=201)


def update(call: Call) -> Answer:
    """Update Hook: events that are sent replace all that were there."""
    hook = _find(call)
    _change(call, hook)
    return Answer(_shown(call, hook))


def delete(call: Call) -> Answer:
    """Delete Hook: answers it for the last time."""
    hook = _find(call)
    del call.account.hooks[hook.id]
    return Answer(_shown(call, hook))


def ping(call: Call) -> Answer:
    """Ping Hook: the events are objects here."""
    hook = _find(call)
    told: dict[str, Any] = {"last_response": {}, "last_trigger_status": "none", "last_trigger_time": None}
    events = [{"id": place, "name": name, **told} for place, name in enumerate(hook.data["events"], 2)]
    return Answer({**_shown(call, hook), "events": events})


def _salted(call: Call) -> Wired:
    hook = _find(call)
    hook.data["salt"] = salt(hook.id, call.account.now, hook.updated)
    hook.updated = call.account.now
    return hook


def reset_salt(call: Call) -> Answer:
    """Reset Hook Salt: answers the salt alone."""
    return Answer({"salt": _salted(call).data["salt"]})


def reset(call: Call) -> Answer:
    """Do the same as the newer pages have it: answers the hook."""
    return Answer(_shown(call, _salted(call)))


def _delivery(call: Call, item: Wired) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": item.name,
        **item.data,
        "owner_id": item.owner,
        "created_at": stamp(item.created),
        "updated_at": stamp(item.updated),
        "url": f"{call.host}/{call.account.slug}/api/deliveries/{item.id}",
    }


def deliveries(call: Call) -> Answer:
    """List Deliveries; those that were made some minutes ago are set up by now."""
    status = call.params.choice("status", ("idle", "enabled", "disabled", "all"), "all")
    for item in call.account.deliveries.values():
        _settle(call, item)
    items = [item for item in call.account.deliveries.values() if status in ("all", item.data["status"])]
    return call.page(call.sorted_list(items), lambda item: _delivery(call, item))


def _settle(call: Call, item: Wired) -> None:
    if item.data["status"] == "idle" and call.account.now - item.created > 300:
        item.data["status"], item.updated = "enabled", item.created + 300


def delivery(call: Call) -> Answer:
    """Get Delivery Information."""
    item = call.find(call.account.deliveries, "delivery")
    _settle(call, item)
    return Answer(_delivery(call, item))


def _end(call: Call, name: str) -> dict[str, Any]:
    end = call.params.body.get(name)
    ref = end.get("connection") if isinstance(end, dict) else None
    if not isinstance(end, dict) or not isinstance(ref, dict):
        raise invalid(f"{name} can't be blank.")
    if (ref.get("type"), ref.get("id")) not in call.account.connections:
        raise invalid(f"{name} connection does not exist.")
    return {"connection": {"type": ref["type"], "id": ref["id"]}, "properties": dict(end.get("properties") or {})}


def create_delivery(call: Call) -> Answer:
    """Create Delivery: idle until it is set up."""
    account = call.account
    data = {
        "description": call.params.text("description"),
        "interval_unit": call.params.choice("interval_unit", tuple(UNITS), "days"),
        "interval_amount": call.params.whole("interval_amount", 1, 1),
        "source": _end(call, "source"),
        "destination": _end(call, "destination"),
        "status": "idle",
    }
    id_ = max(account.deliveries, default=0) + 1
    name = call.params.text("name") or f"Delivery {id_}"
    account.deliveries[id_] = Wired(id_, name, account.me.id, account.now, account.now, "", data)
    return Answer(_delivery(call, account.deliveries[id_]), status=201)


def delete_delivery(call: Call) -> Answer:
    """Delete Delivery: answers it for the last time."""
    item = call.find(call.account.deliveries, "delivery")
    del call.account.deliveries[item.id]
    return Answer(_delivery(call, item))


_HELP = {
    "index": [behind.article("Defining hooks", "defining-hooks")],
    "web": [behind.article("Web hooks", "web-hooks")],
}
_AT = "/{account}/api/hooks"
_ONE = f"{_AT}/{{hook}}"
ROUTES = {
    "GET /hook_events": lambda call: Answer(list(EVENTS)),
    f"GET {_AT}": list_,
    f"POST {_AT}": create,
    f"GET {_AT}/search": find,
    f"GET {_AT}/types": lambda call: Answer(list(TYPES)),
    f"GET {_AT}/help": lambda call: Answer(_HELP),
    f"GET {_ONE}": get,
    f"PUT {_ONE}": update,
    f"DELETE {_ONE}": delete,
    f"GET {_ONE}/ping": ping,
    f"PUT {_ONE}/reset_salt": reset_salt,
    f"PUT {_ONE}/reset": reset,
    "GET /{account}/api/deliveries": deliveries,
    "POST /{account}/api/deliveries": create_delivery,
    "GET /{account}/api/deliveries/{delivery}": delivery,
    "DELETE /{account}/api/deliveries/{delivery}": delete_delivery,
}
