"""Another API key in the place of the one in use: proved, asked, got, kept and read back, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xplenty_tui.api import accounts
from xplenty_tui.api import user as api
from xplenty_tui.api.accounts import User
from xplenty_tui.api.errors import Misconfigured, Unauthorized
from xplenty_tui.config.errors import SecretError
from xplenty_tui.core.action import Action, Attempt, Line, Question, ReadBack, Verdict
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.resources import verdicts
from xplenty_tui.resources.questions import line, one_line

RESCUE = "The new key can be read in the web console, in your user settings; `xplenty-tui login` stores it."
"""What a person does when the new key is not here."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a new key; the key itself is nowhere in it."""

    where: str
    told: str = ""
    trouble: str = ""
    """Why it is not stored, in a sentence; "" when it is."""


def refusal(_user: User | None, ctx: Context) -> str | None:
    """Say why no new key can be had: one that cannot be kept would be lost."""
    if ctx.place is None:
        return "it is not known where the key came from, so a new one could be lost"
    if ctx.place.unkept:
        return "the last new key is not stored yet: store it first (ctrl+k)"
    return ctx.place.refusal or None


async def _keep(place: Any) -> Kept:
    try:
        await place.keep()
    except SecretError as trouble:
        return Kept(place.where, trouble=trouble.sentence)
    return Kept(place.where, place.told)


async def _rotate(client: Any, _user: Any, _draft: Any) -> Kept:
    """Prove that the key can be kept, get it with the one write, use it and keep it."""
    place = client.place
    try:
        await place.ready()
    except SecretError as trouble:
        raise Misconfigured(f"A new key could not be kept: {trouble.sentence}", sent=False) from None
    _, key = await api.rotate(client)
    place.hold(key)
    client.use_key(key)
    return await _keep(place)


def _ask(users: Sequence[User], _draft: Any, ctx: Context) -> Question:
    user, place = users[0], ctx.place
    where = place.where if place is not None else "nowhere"
    lines: list[Line] = [
        line("The key in use stops working at once, in every account:", Tone.BAD),
        line("pipelines, scripts, other sessions of this program."),
        line(f"The new one goes into {where} and is read back. It is never shown."),
    ]
    if place is not None and place.told:
        lines.append(line(place.told, Tone.DIM))
    lines.append(line("If the answer gets lost, so does this program's access:", Tone.WARN))
    lines.append(line(RESCUE, Tone.DIM))
    return Question("Rotate my API key", tuple(lines), "Rotate", one_line(user.email or user.name) or "rotate")


def _said(answer: Kept | None, _user: User | None, _ctx: Context) -> str:
    if answer is None or answer.trouble:
        return "The API key is a new one, and this program uses it."
    return f"The API key is a new one; it is in {answer.where} and was read back."


def _warns(answer: Kept | None) -> str:
    if answer is None:
        return ""
    if answer.trouble:
        return (
            f"It is NOT stored: {answer.trouble} It is lost when this program ends: see to the keyring, then press "
            f"ctrl+k here to store it. {RESCUE}"
        )
    return f"Whatever used the old key needs the new one. {answer.told}".strip()


async def _check(client: Any, attempt: Attempt[Any]) -> ReadBack:
    """Look whether the old key works still (1 credit)."""
    try:
        await accounts.user(client)
    except Unauthorized:
        why = "The old key does not work any more, so it was changed, and the new one did not arrive."
        return verdicts.unknown(RESCUE, why=why)
    return ReadBack(Verdict.NOT_DONE, attempt.item)


ROTATE: Action[User] = Action(
    "rotate",
    ("K",),
    "rotate key",
    "Get a new API key: the one in use stops working everywhere; the new one is stored where it was.",
    _rotate,
    _said,
    verdicts.careful(_check, f"Look whether this program works still. {RESCUE}"),
    disabled=refusal,
    ask=_ask,
    danger=True,
    state=lambda item: (item.name, item.email),
    warns=_warns,
    weight=10,
)


# storing it later


async def _store(client: Any, _user: Any, _draft: Any) -> Kept:
    """Ask once more with the key that is in use, so that no dead one is stored, and store it."""
    await accounts.user(client)
    return await _keep(client.place)


STORE: Action[User] = Action(
    "store_key",
    ("ctrl+k",),
    "store key",
    "Store the new API key that could not be stored when it was made.",
    _store,
    lambda answer, item, ctx: "The new key is not stored." if answer.trouble else f"The key is in {answer.where}.",
    verdicts.harmless,
    disabled=lambda item, ctx: None if ctx.place and ctx.place.unkept else "no new key is waiting to be stored",
    writes=False,
    warns=_warns,
)
