"""Everything that is done to schedules with keys only: what is asked, exactly what is sent, what is known then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.tui.acting import asked, outcomes
from tests.tui.deed_keys import DONE, at_once, on, question, told, world, yes
from tests.tui.form_keys import Refusing, formed, over, pair, pick, since, to, without_lists, write, wrote
from tests.tui.host import BEGIN, Host, running
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.editor import Edited
from xplenty_tui.tui.screens.detail import DetailPlace

__all__ = ["at_once"]

pytestmark = pytest.mark.usefixtures("at_once")

FINANCE, STOCK, WEEKEND, LEGACY, NEXT = "107", "106", "113", "114", "115"
"""daily_finance, hourly_inventory; orders_backfill_weekend (ran once) and ads_spend_legacy (never), both disabled."""


def stored(host: Host, key: str) -> Any:
    return host.app.session.store.get("schedules", key)


async def test_a_new_schedule_runs_a_package_with_its_expressions_and_is_made_unasked_when_disabled():
    async with running(screen="schedules") as host:
        await host.press("n")
        form = await formed(host)
        await host.press("ctrl+s")
        assert host.app.boxes() == [form] and "✗" in form.text and not wrote(host), "it needs a name and a package"
        await to(host, "name")
        await write(host, "evening")
        await to(host, "interval_amount")
        await write(host, "6")
        await to(host, "task.packages.0.package_id")
        await pick(host, "inventory", "hourly_inventory")
        await pair(host, "task.packages.0.variables", "Shop", "'north'")
        for said in ("Every 6 hours: hourly_inventory", "With Shop.", "It is disabled: it runs by itself once"):
            assert said in form.text
        await host.press("ctrl+s")
        await over(host)
        assert wrote(host) == [("POST /schedules", {
            "name": "evening", "status": "disabled", "interval_amount": 6, "interval_unit": "hours", "overlap": True,
            "reuse_cluster_strategy": "any", "auto_retry": False, "auto_retry_attempts": 3,
            "task": {"nodes": 2, "terminate_on_idle": True,
                     "packages": [{"package_id": 436, "variables": {"Shop": "'north'"}}]},
        })]  # fmt: skip
        assert stored(host, NEXT).name == "evening" and world(host).schedules[int(NEXT)].status == "disabled"
        assert isinstance(host.place, DetailPlace) and host.place.key == NEXT
        assert outcomes(host) == DONE and told(host)[::2] == (
            "schedules.create", "evening is made, and is disabled.",
        )  # fmt: skip
        assert host.app.entries[-1].variables == ("Shop",) and "north" not in repr(host.app.entries)


async def test_a_new_schedule_that_is_enabled_is_asked_about_and_a_refusal_lands_on_its_field():
    async with running(screen="schedules") as host:
        await host.press("n")
        form = await formed(host)
        await write(host, "evening")
        await to(host, "status")
        await host.press("space")
        await to(host, "task.packages.0.package_id")
        await pick(host, "inventory", "hourly_inventory")
        good, host.line.world = host.line.world, Refusing(host.line, {"name": ["has been taken"]})
        await host.press("ctrl+s")
        await question(
            host, "Create schedule evening, enabled", "Every hour: hourly_inventory", "It runs on a cluster that is up",
            "It is enabled: it runs by itself from then on.", "[ Create ]", "Costs 1 credit.",
        )  # fmt: skip
        await host.press("tab", "enter")
        await host.until(lambda: "as been taken" in form.text)
        assert form.row.name == "name" and form.values["name"] == "evening"
        assert outcomes(host) == [Outcome.ASKED, Outcome.REFUSED]
        await host.press("escape")
        await over(host)
        host.line.world = good
        await host.press("n")
        form = await formed(host)
        assert (form.values["name"], form.values["status"]) == ("evening", "enabled"), "the draft is there"
        await host.press("ctrl+s")
        await question(host)
        await yes(host)
        assert len(wrote(host)) == 2 and wrote(host)[0] == wrote(host)[1]
        assert stored(host, NEXT).status == "enabled" and "enabled and runs next in" in told(host)[2]


async def test_an_edit_sends_only_what_changed():
    async with running(screen="schedules") as host:
        await on(host, FINANCE)
        await host.press("e")
        await formed(host)
        then = since(host)
        await to(host, "interval_amount")
        await write(host, "2")
        await host.press("ctrl+s")
        await question(host, "Change schedule daily_finance", "interval amount 1 → 2", "Costs 1 credit.")
        assert not wrote(host)
        await yes(host)
        assert wrote(host) == [(f"PUT /schedules/{FINANCE}", {"interval_amount": 2})]
        assert without_lists(then()) == [f"PUT /schedules/{FINANCE}"]
        assert stored(host, FINANCE).interval_amount == 2 and outcomes(host) == DONE
        assert told(host)[:2] == ("schedules.edit", "daily_finance")
        assert told(host)[2].startswith("daily_finance is changed, and is enabled") and told(host)[2][:24] in host.text


async def test_another_start_after_the_first_run_is_warned_of_and_refused_on_its_field():
    async with running(screen="schedules") as host:
        await on(host, FINANCE)
        await host.press("e")
        form = await formed(host)
        await to(host, "start_at")
        await write(host, "2027-01-01 10:00")
        await host.press("ctrl+s")
        await question(
            host, "start at 2026-02-22 10:35", "→ 2027-01-01 10:00", "It has run, so its start cannot change"
        )
        await host.press("tab", "enter")
        await host.until(lambda: "can't be changed once" in " ".join(form.text.split()))
        assert form.row.name == "start_at" and form.values["start_at"] == "2027-01-01 10:00"
        assert wrote(host) == [(f"PUT /schedules/{FINANCE}", {"start_at": "2027-01-01T10:00:00Z"})]
        await host.press("escape")
        await over(host)
        await on(host, LEGACY)
        await host.press("e")
        await formed(host)
        await to(host, "start_at")
        await write(host, "2027-01-01 10:00")
        await host.press("ctrl+s")
        box = await question(host, "Change schedule ads_spend_legacy")
        assert "cannot change" not in box.text
        await yes(host)
        assert wrote(host)[1:] == [(f"PUT /schedules/{LEGACY}", {"start_at": "2027-01-01T10:00:00Z"})]


async def test_a_text_gets_one_question_with_the_diff_and_sends_only_what_changed(monkeypatch):
    async def editor(_app: Any, text: str, _line: int | None = None, **_: Any) -> Edited:
        assert "daily_finance" in text and "'main'" in text
        after = text.replace("interval_amount = 1", "interval_amount = 3").replace("'main'", "'side'")
        return Edited(after, ok=True, changed=True)

    monkeypatch.setattr("xplenty_tui.tui.editor.edit", editor)
    async with running(screen="schedules") as host:
        await on(host, FINANCE)
        await host.press("E")
        box = await question(host, "schedule daily_finance", "interval amount 1 → 3", "≠ Ledger")
        text = " ".join(box.text.split())
        assert text.count("1 → 3") == 1 and "side" not in text
        assert not wrote(host)
        await yes(host)
        path, body = wrote(host)[0]
        assert path == f"PUT /schedules/{FINANCE}" and sorted(body) == ["interval_amount", "task"]
        assert body["interval_amount"] == 3
        [package] = body["task"]["packages"]
        assert package["package_id"] == 440 and package["variables"]["Ledger"] == "'side'"
        assert package["variables"].keys() == {"Ledger", "BookingDate"}, "those that were there stay"
        assert len(wrote(host)) == 1 and outcomes(host) == DONE and "side" not in repr(host.app.entries)


async def test_a_run_asks_and_goes_to_the_job_that_it_started():
    async with running(screen="schedules") as host:
        await on(host, WEEKEND)
        then = since(host)
        await host.press("r")
        await question(
            host, "Run schedule orders_backfill_weekend", "This runs 1 package once, now: orders_backfill",
            "It runs on a cluster that is up, else on a new cluster with 4 nodes.", "It is disabled, and stays so",
            "[ Run ]", "Costs 2 credits.",
        )  # fmt: skip
        assert without_lists(then()) == []
        host.line.api.world.clock = lambda: BEGIN + timedelta(seconds=2)
        newest = max(world(host).jobs)
        await host.press("tab", "enter")
        await host.until(lambda: isinstance(host.place, DetailPlace) and host.place.resource.name == "jobs")
        await over(host)
        assert wrote(host) == [(f"POST /schedules/{WEEKEND}/run", None)]
        job = world(host).jobs[int(host.place.key)]
        assert job.id > newest and job.creator.id == int(WEEKEND) and job.package.name == "orders_backfill"
        assert any(path.startswith("/jobs?") and "since=" in path for path in then()), "it is looked for"
        assert outcomes(host) == DONE
        assert told(host) == (
            "schedules.run", "orders_backfill_weekend", "orders_backfill_weekend runs now; its job is looked for.",
        )  # fmt: skip


async def test_to_disable_asks_and_to_enable_does_not():
    async with running(screen="schedules") as host:
        await on(host, FINANCE)
        await host.press("t")
        await question(
            host, "Disable schedule daily_finance", "The run that is due in 1h05m does not happen, nor any after it.",
            "It can be enabled again", "[ Disable ]", "Costs 1 credit.",
        )  # fmt: skip
        await host.press("enter")
        await over(host)
        assert not wrote(host) and outcomes(host) == [Outcome.CANCELLED]
        await host.press("t")
        await question(host)
        await yes(host)
        assert stored(host, FINANCE).status == "disabled"
        assert told(host)[2] == "daily_finance is disabled: it does not run by itself any more."
        await on(host, FINANCE)
        await host.press("t")
        await over(host)
        assert wrote(host) == [
            (f"PUT /schedules/{FINANCE}", {"status": "disabled"}), (f"PUT /schedules/{FINANCE}", {"status": "enabled"}),
        ]  # fmt: skip
        assert stored(host, FINANCE).status == "enabled" and outcomes(host)[1:] == DONE * 2
        assert "daily_finance is enabled and runs next in 1h05m" in told(host)[2]


async def test_a_schedule_is_deleted_by_its_name_and_is_gone_from_the_list():
    async with running(screen="schedules") as host:
        await on(host, FINANCE)
        then = since(host)
        await host.press("D")
        await question(
            host, "DANGER Delete schedule daily_finance", "It runs daily_finance every day.", "It ran 8 times",
            "does not happen, nor any after it.", "It is gone for good, with its variables.",
            "Type the name to confirm: daily_finance", "Costs 2 credits.",
        )  # fmt: skip
        host.type("daily_financ")
        await host.press("tab", "enter")
        await over(host)
        assert without_lists(then()) == [] and outcomes(host) == [Outcome.CANCELLED]
        await host.press("D")
        box = await asked(host)
        host.type("daily_finance")
        await host.until(lambda: "[ Delete ]" in box.text)
        await yes(host)
        assert without_lists(then()) == [f"/schedules/{FINANCE}", f"DELETE /schedules/{FINANCE}"]
        assert wrote(host) == [(f"DELETE /schedules/{FINANCE}", None)]
        assert stored(host, FINANCE) is None and FINANCE not in host.place.view.keys
        assert int(FINANCE) not in world(host).schedules and outcomes(host)[1:] == DONE
        assert told(host) == ("schedules.delete", "daily_finance", "daily_finance is deleted.")


async def test_a_schedule_that_somebody_else_deleted_meanwhile_leaves_nothing_to_delete():
    async with running(screen="schedules") as host:
        await on(host, FINANCE)
        await host.press("D")
        box = await asked(host)
        host.type("daily_finance")
        await host.until(lambda: "[ Delete ]" in box.text)
        del world(host).schedules[int(FINANCE)]
        await host.press("tab", "enter")
        await host.see("Nothing is left to delete")
        assert not wrote(host) and FINANCE not in host.held("schedules").items


async def test_the_service_watches_and_does_not():
    async with running(screen="schedules") as host:
        await on(host, FINANCE)
        me, watchers = world(host).me.id, world(host).watchers
        await host.press("W")
        await over(host)
        assert me in next(iter(watchers.values())) and "The service watches daily_finance" in host.text
        await host.press("ctrl+w")
        await over(host)
        assert me not in next(iter(watchers.values())) and "The service does not watch daily_finance" in host.text
        path = f"/schedules/{FINANCE}/watchers"
        assert wrote(host) == [(f"POST {path}", None), (f"DELETE {path}", None)] and outcomes(host) == DONE * 2


async def test_read_only_refuses_each_with_the_reason():
    async with running(screen="schedules") as host:
        await on(host, FINANCE)
        await host.press("exclamation_mark")
        titles = ("new", "edit", "run now", "on/off", "clone", "delete", "notify me", "stop notifying")
        for key, title in zip([*"nertcDW", "ctrl+w"], titles, strict=True):
            await host.press(key)
            await host.see(f"{title}: read-only: nothing is changed in this account")
            assert not host.app.boxes(), title
        assert not wrote(host) and not host.app.entries
