"""What can be done to public keys: add one that was pasted or lies in a file, delete one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, Field, ValidationInfo, field_validator

from xplenty_tui.api import keys as api
from xplenty_tui.api.account_drafts import NewPublicKey, key_problem
from xplenty_tui.api.drafts import Blank, Draft, Line
from xplenty_tui.api.keys import PublicKey
from xplenty_tui.core.action import Action, Attempt, Fill, Question
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import deeds, package_files, verdicts
from xplenty_tui.resources.questions import line, one_line

_LOOK = "Look at the public keys."


class KeyForm(Draft):
    """A public key to add: a file, or pasted."""

    model_config = ConfigDict(defer_build=True)

    name: Annotated[Line | None, Blank] = None
    """What the key is called; its comment when it is empty."""
    path: Annotated[Line | None, Blank, Field(title="File")] = None
    """The file of the public key, as in ~/.ssh/id_ed25519.pub; empty when it is pasted below."""
    pasted: Annotated[Line | None, Blank, Field(title="Or pasted", validate_default=True)] = None
    """The key's one line, as in ssh-ed25519 AAAA… you@host."""

    @field_validator("pasted")
    @classmethod
    def _one(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and not info.data.get("path"):
            raise ValueError("name a file above, or paste the key here")
        if value is not None and info.data.get("path"):
            raise ValueError("either a file or a pasted key")
        if value is not None and (problem := key_problem(value)):
            raise ValueError(problem)
        return value


def called(key: PublicKey | None) -> str:
    """Return what a sentence calls a key."""
    if key is None:
        return "the key"
    return one_line(key.name or key.comment) or f"key {key.id}"


async def _add(client: Any, _item: Any, form: KeyForm) -> PublicKey:
    """Add it with one write; a file is read before, and no private key ever leaves."""
    text = form.pasted
    if text is None:
        text = (await asyncio.to_thread(package_files.read_text, form.path or "", api.LARGEST)).strip()
        if problem := key_problem(text):
            raise package_files.refuse("path", f"{problem[:1].upper()}{problem[1:]}.")
    named = {"name": form.name} if form.name else {}
    return await api.add(client, NewPublicKey(public_key=text, **named))


def _fits(attempt: Attempt[PublicKey], key: PublicKey) -> bool:
    form: KeyForm = attempt.draft
    if form.name:
        return key.name == form.name
    return form.pasted is None or key.comment == " ".join(form.pasted.split(" ")[2:])


def _ask(keys: Sequence[PublicKey], _draft: Any, _ctx: Context) -> Question:
    key = keys[0]
    lines = (
        line(key.fingerprint or "Its fingerprint is not told.", Tone.DIM),
        line("Whatever lets you in by this key does not any more.", Tone.WARN),
        line("It is gone for good; the same key can be added again."),
    )
    return Question(f"Delete public key {called(key)}", lines, "Delete", called(key))


ACTIONS: tuple[Action[PublicKey], ...] = (
    Action(
        "add",
        ("n",),
        "add",
        "Add a public key, from a file or pasted.",
        _add,
        lambda answer, item, ctx: f"{called(answer)} is added.",
        verdicts.by_newest(api.list_, _fits, _LOOK),
        on_item=False,
        fill=Fill(KeyForm),
        lands=deeds.to("public_keys"),
        weight=30,
    ),
    deeds.delete(
        "Delete the public key for good.",
        api.delete,
        api.get,
        _ask,
        label=called,
        look=_LOOK,
        state=lambda item: (item.name, item.fingerprint),
        weight=10,
    ),
)
