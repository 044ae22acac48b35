"""One way to the rules: with the person's thresholds, with what is known beside the store, and once for a change."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import asdict, fields, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.resources.samples import FAR_EAST
from tests.tui.host import running
from xplenty_tui.config.settings import Settings, TriageGroup
from xplenty_tui.core.described import described
from xplenty_tui.demo.start import OTHER_ACCOUNT
from xplenty_tui.refresh.around import FIRST_S
from xplenty_tui.triage import look as rules
from xplenty_tui.triage.beside import Beside, Credits
from xplenty_tui.triage.incidents import Incident
from xplenty_tui.triage.limits import LIMITS, Limits
from xplenty_tui.tui.judging import limits_of


def documented(kind: type) -> dict[str, str]:
    """Return the text under each field of a dataclass."""
    [tree] = ast.parse(inspect.getsource(kind)).body
    assert isinstance(tree, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(below.value.value)
        for field, below in pairwise(tree.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def test_the_settings_are_the_thresholds_of_the_rules_with_the_same_defaults_and_texts():
    own = set(TriageGroup.model_fields) - {"other_accounts"}
    assert own == {field.name for field in fields(Limits)}
    texts = described(TriageGroup)
    assert {name: texts[name] for name in own} == documented(Limits)
    assert limits_of(Settings().triage) == LIMITS
    types = {name: type(value) for name, value in asdict(LIMITS).items()}
    assert {name: type(value) for name, value in asdict(limits_of(Settings().triage)).items()} == types


@pytest.mark.parametrize("name", [field.name for field in fields(Limits)])
def test_each_threshold_reaches_the_rules(name: str):
    value = type(getattr(LIMITS, name))(getattr(LIMITS, name) + 1)
    assert limits_of(TriageGroup(**{name: value})) == replace(LIMITS, **{name: value})


def noting(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Limits, Beside]]:
    """Let the rules note what they are handed, and find nothing."""
    handed: list[tuple[Limits, Beside]] = []

    def look(_ctx: Any, limits: Limits, beside: Beside) -> tuple[Incident, ...]:
        handed.append((limits, beside))
        return ()

    monkeypatch.setattr(rules, "look", look)
    return handed


async def test_the_rules_are_handed_what_a_person_set_and_what_is_left_of_the_credits(monkeypatch: pytest.MonkeyPatch):
    handed = noting(monkeypatch)
    async with running(screen="triage", settings=Settings(triage=TriageGroup(idle_minutes=7))) as host:
        await host.until(lambda: handed and handed[-1][1].credits is not None)
        host.now_s[0] += 1
        host.held("jobs").version += 1
        host.app.incidents(host.app.context())
        limits, beside = handed[-1]
        meter = host.app.session.meter
        assert limits.idle_minutes == 7
        assert beside.credits == Credits(meter.remaining, meter.limit, meter.burn(), meter.others())
        assert meter.burn() > 0 and meter.limit == 5000


async def test_what_did_not_change_is_looked_at_once(monkeypatch: pytest.MonkeyPatch):
    handed = noting(monkeypatch)
    async with running(screen="triage") as host:
        app = host.app
        ctx = app.context()
        app.incidents(ctx)
        seen = len(handed)
        app.incidents(ctx)
        app.incidents(replace(ctx, now=ctx.now + timedelta(seconds=9)))
        assert len(handed) == seen
        app.incidents(replace(ctx, now=ctx.now + timedelta(seconds=10)))
        assert len(handed) == seen + 1, "the time makes problems, too"
        app.incidents(ctx)
        assert len(handed) == seen + 2, "a clock that was set back"
        host.held("clusters").version += 1
        app.incidents(ctx)
        assert len(handed) == seen + 3
        app.incidents(replace(ctx, zone=FAR_EAST))
        assert len(handed) == seen + 4, "sentences tell times"


async def test_the_rules_hear_of_the_other_accounts_while_triage_is_looked_at(monkeypatch: pytest.MonkeyPatch):
    handed = noting(monkeypatch)
    async with running(screen="triage", size=(120, 60)) as host:
        asked = len(host.line.asked)
        host.pass_time(FIRST_S)
        await host.until(lambda: handed[-1][1].others)
        [other] = handed[-1][1].others
        assert (other.account, other.failed) == (OTHER_ACCOUNT, 1)
        assert other.worst.startswith("staging_smoke: Read timed out")
        assert other.since is not None
        await host.settle()
        assert sorted(re.sub(r"\?.*?(status=\w+|$).*", r" \1", path) for path in host.line.asked[asked:]) == [
            "/accounts ",
            "/jobs status=completed",
            "/jobs status=failed",
            "/subscription",
        ]
        await host.press("dollar_sign")
        await host.see(r"acme-staging +every 15m")
        assert re.search(r"end of the trial +every 1h", host.text)


@pytest.mark.parametrize("screen", ["jobs", "triage"])
async def test_nothing_is_asked_of_them_on_another_screen_or_when_it_is_switched_off(screen: str):
    settings = Settings(triage=TriageGroup(other_accounts=screen != "triage"))
    async with running(screen=screen, settings=settings) as host:
        asked = len(host.line.asked)
        host.pass_time(FIRST_S)
        await host.settle()
        wanted = ["/subscription"] if screen == "triage" else []
        await host.until(lambda: [path for path in host.line.asked[asked:] if path == "/subscription"] == wanted)
        await host.settle()
        assert OTHER_ACCOUNT not in host.line.accounts
        assert not any(path.startswith("/accounts") for path in host.line.asked)
