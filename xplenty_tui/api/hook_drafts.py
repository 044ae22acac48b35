"""What is written of hooks: where each type tells what (Hooks: create, update)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, create_model

from xplenty_tui.api.connection_drafts import Name, Secret
from xplenty_tui.api.drafts import Blank, Draft, Line

Event = Literal[
    "job", "job.submitted", "job.started", "job.stopped", "job.completed", "job.failed",
    "cluster", "cluster.requested", "cluster.available", "cluster.terminated", "cluster.idled", "cluster.error",
]  # fmt: skip
"""What a hook can tell of; ``job`` and ``cluster`` alone are all events of theirs."""
EVENTS: tuple[str, ...] = get_args(Event)
_URL = "The address that is called."
SETTINGS: Mapping[str, Mapping[str, tuple[Any, Any, str]]] = {
    "email": {"emails": (Name, ..., "The addresses, with commas between them.")},
    "web": {
        "url": (Name, ..., _URL),
        "basic_auth": (bool | None, None, "Whether it wants HTTP Basic authentication."),
        "basic_auth_data": (Secret | None, None, "user:password in base64. It is sent, and nowhere kept or shown."),
        "insecure_ssl": (bool | None, None, "Whether its certificate is taken as it comes, unchecked."),
    },
    "slack": {
        "url": (Secret, ..., "The address of the Slack webhook; the token in it is a secret."),
        "team": (Annotated[Line | None, Blank], None, "The team."),
        "channel": (Annotated[Line | None, Blank], None, "The channel."),
    },
    "hipchat": {
        "room": (Name, ..., "The id of the room."),
        "auth_token": (Secret, ..., "The API's token. It is sent, and nowhere kept or shown."),
    },
    "pagerduty": {
        "pd_account": (Name, ..., "The account."),
        "service_name": (Name, ..., "The service's name."),
        "service_key": (Secret, ..., "The service's key. It is sent, and nowhere kept or shown."),
    },
}
"""By type: what the documentation lists of its settings."""


class EventDraft(Draft):
    """One thing that a hook tells of."""

    event: Event
    """job and cluster are all events of theirs."""


class HookDraft(Draft):
    """What new and changed hooks have alike."""

    of_type: ClassVar[str] = ""

    name: Annotated[Line | None, Blank] = None
    """What the hook is called; made of its settings when it is empty."""
    events: Annotated[tuple[EventDraft, ...], Field(min_length=1)] = ()
    """What it tells of, at least one."""

    def sent(self) -> dict[str, Any]:
        """Return the body of the request: events are a list of their ids."""
        body = super().sent()
        if "events" in body:
            body["events"] = list(dict.fromkeys(each["event"] for each in body["events"]))
        return body


class NewHook(HookDraft):
    """A hook to create (Hooks: create)."""

    active: bool = True
    """Whether it tells at once."""
    events: Annotated[tuple[EventDraft, ...], Field(min_length=1)]
    """What it tells of, at least one."""

    def sent(self) -> dict[str, Any]:
        """Return the body of the request, with the type."""
        return {"type": self.of_type, **super().sent()}


class HookChange(HookDraft):
    """A change of a hook (Hooks: update). Events that are sent replace all that were there."""

    active: bool | None = None
    """Whether it tells."""


class Raw(HookChange):
    """A change whose body is worked out already: what differs, with the settings that the update wants."""

    body: Annotated[dict[str, Any], Field(repr=False)]

    def sent(self) -> dict[str, Any]:
        """Return the body of the request."""
        return dict(self.body)


def _model(base: type[HookDraft], type_: str, suffix: str) -> Any:
    settings: Any = {
        name: (kind, Field(default, description=said)) for name, (kind, default, said) in SETTINGS[type_].items()
    }
    inner: Any = create_model(f"Settings_{type_}_{suffix}", __base__=Draft, __module__=__name__, **settings)
    whole: Any = {"settings": (inner, Field(title=""))}
    made: Any = create_model(f"Hook_{type_}_{suffix}", __base__=base, __module__=__name__, **whole)
    made.of_type = type_
    return made


_NEW = {type_: _model(NewHook, type_, "new") for type_ in SETTINGS}
_CHANGES = {type_: _model(HookChange, type_, "change") for type_ in SETTINGS}


def new_of(type_: str) -> type[NewHook]:
    """Return the model of a new hook of a type that the documentation lists."""
    found: type[NewHook] = _NEW[type_]
    return found


def change_of(type_: str) -> type[HookChange]:
    """Return the model of a change; of a type that is not known the settings stay as they are."""
    found: type[HookChange] = _CHANGES.get(type_, HookChange)
    return found
