"""What stands in a form that was left: it says that it is a draft, and can be thrown away."""

from __future__ import annotations

import asyncio

from tests.tui.acting import asked, at, outcomes
from tests.tui.form_keys import formed, over, pair, to, write, wrote
from tests.tui.host import running
from xplenty_tui.core.fields import pairs_of
from xplenty_tui.core.journal import Outcome

OLD = "90434"


async def test_a_draft_is_marked_as_such_and_ctrl_r_starts_afresh():
    async with running(screen="jobs", size=(80, 24)) as host:
        await at(host, OLD)
        await host.press("r")
        form = await formed(host)
        assert "draft" not in form.text and "ctrl+r" not in form.text
        before = form.values
        await host.press("ctrl+r")
        assert form.values == before
        await pair(host, "variables", "Mode", "full")
        await host.press("escape")
        await over(host)
        await host.press("r")
        form = await formed(host)
        assert "draft from 09:30: ctrl+r starts afresh" in form.text
        assert pairs_of(form.values["variables"]) == (("Mode", "full"),)
        await host.press("ctrl+r")
        assert form.values == before and "draft" not in form.text and not host.app.drafts
        await host.press("escape")
        await over(host)
        assert not host.app.drafts, "nothing was typed since"


async def test_nothing_changed_is_said_and_nothing_is_asked_sent_or_journalled():
    for screen, key in (("packages", "412"), ("clusters", "2216"), ("schedules", "312")):
        async with running(screen=screen) as host:
            await at(host, key if key in host.place.view.keys else host.place.view.keys[0])
            await host.press("e")
            await formed(host)
            await host.press("ctrl+s")
            await host.see("Nothing changed, so nothing was sent")
            await over(host)
            assert not wrote(host) and not host.app.entries, screen


async def test_a_refusal_is_told_though_the_form_was_closed_meanwhile():
    async with running(screen="packages") as host:
        await host.press("e")
        await formed(host)
        await write(host, "another name")
        host.line.spoilt["PUT /packages"] = 403
        gate = host.line.held["PUT /packages"] = asyncio.Event()
        await host.press("ctrl+s")
        await host.until(lambda: wrote(host))
        await host.press("escape")
        await host.until(lambda: not host.app.boxes())
        gate.set()
        await asked(host)
        assert "the permission updatePackage" in " ".join(host.text.split())
        assert outcomes(host) == [Outcome.ASKED, Outcome.REFUSED] and host.app.drafts, "what was typed is kept"


async def test_a_run_says_what_it_takes_and_on_production_it_is_asked_about_too():
    for production in (False, True):
        async with running(screen="jobs") as host:
            host.app.session.production = production
            await at(host, OLD)
            await host.press("r")
            form = await formed(host)
            where = "acme / DEMO" if production else "acme / demo"
            for said in (where, "1 credit", "runs ", "nodes no new ones: it has "):
                assert said in form.text
            await to(host, "cluster_id")
            await host.press("ctrl+s")
            if production:
                box = await asked(host)
                for said in ("[>Cancel<]", "nodes no new ones", "Costs 1 credit.", "acme / DEMO", "[ Run ]"):
                    assert said in box.text
                assert not wrote(host)
                await host.press("enter")
                await formed(host)
                assert not wrote(host), "Cancel leads back to the form"
                await host.press("ctrl+s")
                await asked(host)
                await host.press("tab", "enter")
            await over(host)
            assert [path for path, _ in wrote(host)] == ["POST /jobs"]
