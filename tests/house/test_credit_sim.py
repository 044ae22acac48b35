"""The simulation of credits: its time, its judgement, and short scenarios of the real refresh (all: `make bench`)."""

from __future__ import annotations

import asyncio
import json
import runpy
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest

from tests.conftest import ROOT

MODULES = ("sim_time", "sim_see", "sim_line", "sim_stage", "sim_naive", "sim_scenes", "sim_trouble")


@pytest.fixture
def sim(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """Hand in the modules of the simulation by name."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    return {name: __import__(name) for name in MODULES}


@pytest.fixture
def script(sim: dict[str, ModuleType]) -> dict[str, Any]:
    """Hand in what the script defines, without running it."""
    return runpy.run_path(str(ROOT / "scripts" / "credit_sim"))


def test_virtual_time_passes_at_once_and_threads_are_none(sim: dict[str, ModuleType]) -> None:
    loop = sim["sim_time"].VirtualLoop()
    order: list[str] = []

    async def wait(name: str, seconds: float) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.Event().wait()
        order.append(f"{name} {loop.time():.0f}")

    async def whole() -> str:
        await asyncio.gather(wait("late", 7200), wait("soon", 30))
        with pytest.raises(ValueError, match="no number"):
            await asyncio.to_thread(fail)
        return await asyncio.to_thread(lambda: "done")

    def fail() -> None:
        raise ValueError("no number")

    assert sim["sim_time"].run(loop, whole()) == "done"
    assert order == ["soon 30", "late 7200"]


def test_nothing_to_wait_for_is_told(sim: dict[str, ModuleType]) -> None:
    loop = sim["sim_time"].VirtualLoop()

    async def stuck() -> None:
        loop.call_soon(lambda: None)
        await loop.create_future()

    with pytest.raises(sim["sim_time"].StuckError):
        loop.run_until_complete(stuck())
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop), return_exceptions=True))
    loop.close()


def test_the_95th_percentile_is_a_delay_that_occurred(sim: dict[str, ModuleType]) -> None:
    p95 = sim["sim_see"].p95
    assert p95([]) == 0
    assert p95([4.0]) == 4.0
    assert p95(range(1, 101)) == 95
    assert p95([1.0] * 18 + [9.0, 50.0]) == 9.0


def test_a_line_holds_up_to_its_limit(sim: dict[str, ModuleType]) -> None:
    line = sim["sim_line"].Line
    assert line("credits", 1000, 1000).holds and not line("credits", 1001, 1000).holds
    assert line("left", 100, 100, least=True).holds and not line("left", 99, 100, least=True).holds
    late = sim["sim_line"].late_line
    assert late("shown", [1.0, 2.0], 5.0).holds
    assert not late("shown", [], 5.0).holds, "nothing seen is no kept promise"


def test_ten_minutes_of_looking_at_jobs(sim: dict[str, ModuleType]) -> None:
    """The real plan, loop and client: changes come in time, within a sixth of an hour's credits."""
    stage = sim["sim_stage"].Stage()
    stage.world.keep_running(20, 60)

    async def scene(on: Any) -> None:
        on.open(sim["sim_stage"].jobs_look(), sampled=True)
        await on.until(600)

    stage.play(scene)
    (one,) = stage.terminals
    p95, late = sim["sim_see"].p95, one.eye.late(since_s=10)
    assert len(late) > 20, "the world lives"
    assert p95(late) <= 5.0 + 0.5, "so few changes may all fall into the longest wait between two looks"
    assert p95(one.eye.ages[200:]) <= 15.0
    assert 100 < stage.spent() <= 1000 / 6 + 5
    assert one.session.meter.burn() == stage.spent(), "the meter counts what was spent"


def test_what_is_not_fetched_is_late(sim: dict[str, ModuleType]) -> None:
    """The observers would see a refresh that stands still."""
    stage = sim["sim_stage"].Stage()
    stage.world.keep_running(20, 60)

    async def scene(on: Any) -> None:
        one = on.open(sim["sim_stage"].jobs_look(), sampled=True)
        await on.until(30)
        one.session.loop.close()
        await on.until(600)

    stage.play(scene)
    (one,) = stage.terminals
    assert sim["sim_see"].p95(one.eye.late(since_s=30)) > 60
    assert sim["sim_see"].p95(one.eye.ages) > 60


def test_the_naive_client_spends_what_it_must(sim: dict[str, ModuleType]) -> None:
    (scene,) = [scene for scene in sim["sim_scenes"].SCENES if scene.name == "others-always"]
    beside = sim["sim_naive"].naive(scene.build, 600)
    assert (beside.credits, beside.least) == (200, 0)
    assert beside.credits + beside.refused == 4 * 600 / 5


def test_one_scenario_runs_and_is_told(
    script: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["credit_sim", "--only", "unfocused", "--json"])
    status = script["main"]()
    (told,) = json.loads(capsys.readouterr().out)
    assert told["scenario"] == "unfocused"
    assert told["naive"]["credits"] == 2880
    assert [line["says"] for line in told["lines"] if not line["holds"]] == []
    assert status == 0


def test_a_broken_promise_is_a_status_of_one(
    script: dict[str, Any],
    sim: dict[str, ModuleType],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main, line = script["main"], sim["sim_line"].Line("credits", 1234, 1000, detail="too many")
    broken = ("jobs", "on Jobs", [line], sim["sim_naive"].Naive(2880, 0, 500))
    monkeypatch.setitem(main.__globals__, "play", lambda scene: broken)
    monkeypatch.setattr(sys, "argv", ["credit_sim", "--only", "jobs"])
    assert main() == 1
    assert capsys.readouterr().out.splitlines()[-1].split() == (
        ["on", "Jobs", "credits", "≤", "1,000", "1,234", "✗", "2,880", "too", "many"]
    )
    monkeypatch.setattr(sys, "argv", ["credit_sim", "--only", "jobs", "--report"])
    assert main() == 0


def test_the_script_runs_by_itself() -> None:
    done = subprocess.run([sys.executable, "scripts/credit_sim", "--help"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
