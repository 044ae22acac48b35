"""A schedule is copied: the copy may run by itself, and what to do about that is asked at once."""

from __future__ import annotations

import pytest

from tests.tui.acting import asked, outcomes
from tests.tui.deed_keys import DONE, at_once, on, question, told, yes
from tests.tui.form_keys import over, wrote
from tests.tui.host import running
from tests.tui.test_schedule_deeds import NEXT, WEEKEND, stored
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.screens.detail import DetailPlace

__all__ = ["at_once"]

pytestmark = pytest.mark.usefixtures("at_once")


async def test_a_copy_comes_back_enabled_and_that_is_said():
    async with running(screen="schedules") as host:
        await on(host, WEEKEND)
        await host.press("c")
        await question(
            host, "Clone schedule orders_backfill_weekend", "Makes a copy that runs orders_backfill, too.",
            "The copy may be enabled, and then runs by itself", "[ Clone ]", "Costs 1 credit.",
        )  # fmt: skip
        await host.press("tab", "enter")
        await host.see("The copy is made")
        await question(
            host, "Disable schedule Copy of orders_backfill_week", "The copy is made, and is enabled and runs next",
            "Cancel leaves it enabled.", "The run that is due in", "[ Disable ]", "Costs 1 credit.",
        )  # fmt: skip
        assert wrote(host) == [(f"POST /schedules/{WEEKEND}/clone", None)]
        assert isinstance(host.place, DetailPlace) and host.place.key == NEXT
        assert stored(host, NEXT).status == "enabled" and stored(host, WEEKEND).status == "disabled"
        sentence = told(host)[2]
        assert "Copy of orders_backfill_weekend is enabled and runs next" in sentence
        assert sentence.endswith("t disables it.") and outcomes(host) == DONE
        await yes(host)
        assert wrote(host)[1:] == [(f"PUT /schedules/{NEXT}", {"status": "disabled"})]
        assert outcomes(host) == DONE * 2 and told(host)[0] == "schedules.turn"
        assert stored(host, NEXT).status == "disabled"


async def test_a_copy_that_is_enabled_stays_so_where_nobody_says_otherwise():
    async with running(screen="schedules") as host:
        await on(host, WEEKEND)
        await host.press("c")
        await question(host, "Clone schedule")
        await host.press("tab", "enter")
        await host.see("The copy is made")
        await asked(host)
        await host.press("enter")
        await over(host)
        assert len(wrote(host)) == 1 and outcomes(host) == [*DONE, Outcome.CANCELLED]
        assert isinstance(host.place, DetailPlace) and host.place.key == NEXT
