"""Hooks: who is told when jobs and clusters change."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import SecretStr

from xplenty_tui.api import hooks as api
from xplenty_tui.api import wire
from xplenty_tui.api.hooks import Hook
from xplenty_tui.core.declare import Column, Context, Facts, Link, Loaded, Refresh, Resource, Row, Tone
from xplenty_tui.resources import answers, calls, columns, masks, parts
from xplenty_tui.resources.hook_actions import ACTIONS
from xplenty_tui.resources.hook_forms import label, status, target


def _hidden(name: str, value: SecretStr, ctx: Context) -> Row:
    return Row(masks.dots(ctx), label=name, tone=Tone.DIM, secret=value.get_secret_value())


def _facts(hook: Hook, ctx: Context) -> Iterator[Row]:
    yield from parts.kept(
        parts.row("name", hook.name),
        parts.row("type", hook.type, link=Link("hook_types", hook.type) if hook.type else None),
        parts.row("created", parts.stamp(hook.created_at, ctx)),
        parts.row("updated", parts.stamp(hook.updated_at, ctx)),
    )
    if hook.salt is not None and hook.salt.get_secret_value():
        yield _hidden("salt", hook.salt, ctx)


def _settings(hook: Hook, ctx: Context) -> Iterator[Row]:
    for name, value in hook.settings.items():
        if isinstance(value, SecretStr):
            yield _hidden(parts.on_one_line(name), value, ctx)
        elif isinstance(value, bool):
            yield Row("yes" if value else "no", label=name.replace("_", " "))
        else:
            yield from masks.variable_rows({name: value}, ctx)


def _events(hook: Hook, ctx: Context) -> Iterator[Row]:
    for event in hook.events:
        every = "" if "." in event else " (all of them)"
        yield Row(f"{event}{every}", bullet="*" if ctx.ascii else "•", link=Link("hook_events", event))


HOOKS: Resource[Hook] = Resource(
    name="hooks",
    title="Hooks",
    singular="hook",
    about="Who is told when jobs and clusters change: by mail, chat or a call of an address.",
    model=Hook,
    load=calls.paged(api.list_),
    columns=(
        columns.status_column("hooks", status, "Enabled ones tell.", width=11),
        columns.id_column("The hook's number."),
        Column("type", "TYPE", lambda item, _: item.type or None, "How it tells.", width=10, server="type"),
        Column("name", "NAME", lambda item, _: item.name or None, "Its name.", width=16, grow=2, server="name"),
        Column("target", "TELLS", lambda item, _: target(item) or None, "Whom or what it tells.", width=22, grow=2),
        Column(
            "events",
            "EVENTS",
            lambda item, _: ", ".join(item.events) or None,
            "What it tells of.",
            width=30,
            grow=3,
            rank=2,
            keep_start=True,
        ),
        columns.ago_column("updated", "UPDATED", lambda item: item.updated_at, "When it was changed.", rank=3),
    ),
    label=label,
    get=api.get,
    search=calls.searched(api.search),
    sort=("name", "asc"),
    detail=(
        Facts("hook", "Hook", _facts),
        Facts("settings", "Settings", _settings),
        Facts("events", "Tells of", _events),
        Loaded(
            "help",
            "Help",
            lambda client, hook: api.help_(client),
            answers.articles,
            none="The service has no article about hooks.",
            help="Ask for the service's articles about hooks.",
        ),
    ),
    status=status,
    merge=wire.overlay,
    refresh=Refresh(visible=300),
    web=lambda item: None,
    none="No hooks. n makes one: a mail when a job fails, for example.",
    actions=ACTIONS,
    aliases=("hook",),
)
