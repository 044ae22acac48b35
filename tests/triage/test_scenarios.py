"""Each rule over the demo world: it does not fire, fires, and stops when the problem is over."""

from __future__ import annotations

import pytest

from tests.triage.demo_night import demo_night
from tests.triage.scenarios import SCENARIOS
from xplenty_tui.triage.rules import BY_RULE


def test_every_rule_has_its_story() -> None:
    assert list(SCENARIOS) == list(BY_RULE)


@pytest.mark.parametrize("rule", BY_RULE)
async def test_a_rule_is_quiet_fires_and_is_quiet_again(rule: str) -> None:
    async with demo_night() as night:
        moments: list[bool] = []
        async for name, tells in SCENARIOS[rule](night):
            found = await night.look()
            told = {one.name for one in found if one.rule == rule and not one.recovered}
            assert (name in told) is tells, f"moment {len(moments)}: {name}"
            moments.append(tells)
        turns = [now for now, before in zip(moments, [None, *moments], strict=False) if now is not before]
        assert turns[-3:] == [False, True, False], "a story has all three"
