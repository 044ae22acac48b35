"""Switching the account or the profile, live: the old session ends, everything of it in flight is dropped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.widgets.chooser import Chooser, Option

if TYPE_CHECKING:
    from xplenty_tui.tui.app import XplentyApp

ACCOUNT, PROFILE = "account.", "profile."


def options(app: XplentyApp) -> list[Option]:
    """Return the accounts that are known of this key, and the profiles."""
    session, prepared = app.session, app.prepared
    if prepared is None:
        return []
    here = session.account if session else ""
    known = {one.account_id: one for one in (session.store.good("accounts") if session else []) if one.account_id}
    slugs = sorted({*known, *([here] if here else [])})
    found = [
        Option(
            ACCOUNT + slug,
            slug,
            known[slug].role if slug in known else "",
            known[slug].name if slug in known else "",
            "●" if slug == here else " ",
        )
        for slug in slugs
    ]
    for name, profile in prepared.settings.profiles.items():
        if name != prepared.profile or profile.account != here:
            found.append(Option(PROFILE + name, f"profile {name}", profile.account, profile.url))
    return found


def offer(app: XplentyApp) -> None:
    """Open the box; the key's accounts are asked for when they are not known (1 credit)."""
    session, found = app.session, options(app)
    if session is None and not found:
        app.say("No other profile is set up; xplenty-tui login makes one.", Tone.WARN)
        return

    def choose(id_: str) -> None:
        app.start_task(switch(app, id_))

    box = Chooser("Account or profile", found, choose, placeholder="type to search")
    app.box(box)
    if session is not None and session.store.of("accounts").loaded_at is None:
        session.loop.force(["accounts"])

        def arrived(kind: str) -> None:
            if kind != "accounts":
                return
            if not box.gone:
                box.update(options(app))
            error = session.store.of("accounts").error
            if error is not None:
                app.say(f"The key's accounts could not be listed: {error}", Tone.BAD)
            stop()

        stop = session.store.subscribe(arrived)


async def switch(app: XplentyApp, id_: str) -> None:
    """Go to another account with the same key, or to another profile with its own."""
    prepared = app.prepared
    if prepared is None:
        return
    if id_.startswith(PROFILE):
        name = id_.removeprefix(PROFILE)
        app.say(f"Switching to profile {name}…")
        await app.begin(profile=name)
        return
    account = id_.removeprefix(ACCOUNT)
    if app.session is not None and account != app.session.account:
        await app.enter(replace(prepared, account=account, problems=()))
        app.say(f"Now at {account}.")
