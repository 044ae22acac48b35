"""Writes over real HTTP to a server that loses its answers: one arrives, and what is said of it afterwards is true."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

import pytest

from tests.program.faulty import FAULTS, Fault, meeting
from xplenty_tui.api import drafts
from xplenty_tui.api.client import Client
from xplenty_tui.core.action import Action, Attempt
from xplenty_tui.core.declare import Context
from xplenty_tui.core.journal import Outcome
from xplenty_tui.core.store import Store
from xplenty_tui.demo import checks
from xplenty_tui.demo.start import ACCOUNT
from xplenty_tui.resources import ALL, BY_NAME
from xplenty_tui.resources.package_forms import CreationForm, ValidationForm
from xplenty_tui.resources.run_form import NEW, RunForm
from xplenty_tui.tui import sending


@dataclass(frozen=True)
class Deed:
    """One thing to do, and how to see in the world itself whether it was done."""

    kind: str
    action: str
    count: Callable[[Any], int]
    """(the world's account) → how often it was done, from any beginning."""
    key: str = ""
    draft: Any = None
    writes: tuple[str, ...] = field(default=())
    """What has to arrive."""


def _flag(found: bool) -> int:
    return 1 if found else 0


def _by(account: Any, schedule: int) -> int:
    return sum(getattr(job.creator, "id", 0) == schedule for job in account.jobs.values())


def _watches(kind: str, id_: int) -> Callable[[Any], int]:
    return lambda at: _flag(at.me.id in at.watchers.get((kind, id_), ()))


def _unwatched(kind: str, id_: int) -> Callable[[Any], int]:
    return lambda at: _flag(at.me.id not in at.watchers[kind, id_])


def _checks(account: Any) -> int:
    return len(checks.of(account, account.packages[421]))


def _runs(account: Any) -> int:
    return sum(job.package.id == 421 for job in account.jobs.values())


RUN = RunForm(package_id="421", cluster_id="2212", variables={"Period": "day"}, dynamic_variables={"Format": "'csv'"})
ON_NEW = RunForm(package_id="421", cluster_id=NEW, name="only-for-this")
ORDERED = drafts.NewCluster(nodes=3, name="ordered-by-test", terminate_on_idle=True)
RENAMED = drafts.ScheduleDraft(name="by another name", interval_amount=2)
TIMED = drafts.NewSchedule(
    name="made-by-test", task=drafts.TaskDraft(packages=(drafts.TaskPackageDraft(package_id=421),))
)
IMPATIENT = ValidationForm.model_construct(mode="wait", wait_s=1)
"""The form asks for five seconds and more, which a test need not wait."""
DEEDS = {
    "stop a job": Deed(
        "jobs", "stop", lambda at: _flag(at.jobs[90435].status == "pending_stoppage"), "90435",
        writes=("DELETE /jobs/90435",),
    ),
    "run a package": Deed(
        "packages", "run", _runs, "421", RUN,
        writes=("POST /jobs",),
    ),
    "run again": Deed(
        "jobs", "again", _runs, "90435", RUN,
        writes=("POST /jobs",),
    ),
    "run elsewhere": Deed(
        "jobs", "elsewhere", _runs, "90435", RUN,
        writes=("POST /jobs",),
    ),
    "run anything": Deed("jobs", "new", _runs, draft=RUN, writes=("POST /jobs",)),
    "create a cluster": Deed(
        "clusters", "create", lambda at: sum(one.name == "ordered-by-test" for one in at.clusters.values()),
        draft=ORDERED, writes=("POST /clusters",),
    ),
    "terminate a cluster": Deed(
        "clusters", "terminate", lambda at: _flag(at.clusters[2216].status == "pending_terminate"), "2216",
        writes=("DELETE /clusters/2216",),
    ),
    "run a schedule": Deed(
        "schedules", "run", lambda at: _by(at, 101), "101", writes=("POST /schedules/101/run",),
    ),
    "clone a schedule": Deed(
        "schedules", "clone", lambda at: len(at.schedules), "101", writes=("POST /schedules/101/clone",),
    ),
    "delete a schedule": Deed(
        "schedules", "delete", lambda at: _flag(114 not in at.schedules), "114", writes=("DELETE /schedules/114",),
    ),
    "update a schedule": Deed(
        "schedules", "edit", lambda at: _flag((at.schedules[103].name, at.schedules[103].amount) == (RENAMED.name, 2)),
        "103", RENAMED, writes=("PUT /schedules/103",),
    ),
    "disable a schedule": Deed(
        "schedules", "turn", lambda at: _flag(at.schedules[101].status == "disabled"), "101",
        writes=("PUT /schedules/101",),
    ),
    "create a schedule": Deed(
        "schedules", "create", lambda at: sum(one.name == "made-by-test" for one in at.schedules.values()),
        draft=TIMED, writes=("POST /schedules",),
    ),
    "scale a cluster": Deed(
        "clusters", "edit", lambda at: _flag(at.clusters[2216].nodes == 5), "2216", drafts.ClusterChange(nodes=5),
        writes=("PUT /clusters/2216",),
    ),
    "let a cluster end by itself": Deed(
        "clusters", "auto", lambda at: _flag(at.clusters[2216].terminate_on_idle), "2216",
        writes=("PUT /clusters/2216",),
    ),
    "edit a package": Deed(
        "packages", "edit", lambda at: _flag(at.packages[412].name == "by another name"), "412",
        drafts.PackageChange(name="by another name"), writes=("PUT /packages/412",),
    ),
    "create a package": Deed(
        "packages", "new", lambda at: sum(one.name == "made-by-test" for one in at.packages.values()),
        draft=CreationForm(name="made-by-test", source="nothing"), writes=("POST /packages",),
    ),
    "validate a package and wait": Deed(
        "packages", "validate", _checks, "421", IMPATIENT, writes=("POST /packages/421/validate",),
    ),
    "validate a package in the background": Deed(
        "packages", "validate", _checks, "421", ValidationForm(mode="background"),
        writes=("POST /packages/421/validations",),
    ),
    "archive a package": Deed(
        "packages", "archive", lambda at: _flag(at.packages[455].status == "archived"), "455",
        writes=("DELETE /packages/455",),
    ),
}  # fmt: skip
for kind, id_ in {"jobs": 90435, "clusters": 2216, "schedules": 101}.items():
    path = f"/{kind}/{id_}/watchers"
    DEEDS[f"watch {kind}"] = Deed(kind, "watch", _watches(kind, id_), str(id_), writes=(f"POST {path}",))
    DEEDS[f"unwatch {kind}"] = Deed(kind, "unwatch", _unwatched(kind, id_), str(id_), writes=(f"DELETE {path}",))


def test_everything_that_writes_is_tried() -> None:
    kinds = [resource for resource in ALL if resource.name in {deed.kind for deed in DEEDS.values()}]
    assert {"jobs", "clusters", "schedules", "packages"} <= {resource.name for resource in kinds}
    every = {(resource.name, action.name) for resource in kinds for action in resource.actions if action.writes}
    assert {(deed.kind, deed.action) for deed in DEEDS.values()} == every


async def do(client: Client, deed: Deed) -> sending.Ended:
    """Send as the program does: the subject read, then one write, then what its end was."""
    resource = BY_NAME[deed.kind]
    action: Action[Any] = next(one for one in resource.actions if one.name == deed.action)
    item = await resource.get(client, deed.key) if deed.key and resource.get else None
    clock = client.meter.clock
    ctx = Context(clock(), Store(), UTC, ACCOUNT)
    return await sending.send(client, action, Attempt(item, deed.draft, clock()), ctx)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", DEEDS)
async def test_one_write_arrives_and_what_is_said_of_it_is_true(name: str, fault: str) -> None:
    deed = DEEDS[name]
    async with meeting(FAULTS[fault]) as (server, client):
        if deed.action in ("watch", "unwatch"):  # whoever made it watches it
            me = server.account.me.id
            server.account.watchers[deed.kind, int(deed.key)] = {me} if deed.action == "unwatch" else set()
        held = deed.count(server.account)
        ended = await do(client, deed)
        with server.lock:
            assert tuple(server.writes) == deed.writes
            done = deed.count(server.account) - held
        assert done == _flag(FAULTS[fault].acts)
        assert ended.outcome is (Outcome.DONE if done else Outcome.NOT_DONE), ended
        assert ended.sentence.startswith("It was done" if done else "It was not done")


@pytest.mark.parametrize("fault", [name for name, one in FAULTS.items() if one.acts and not one.late])
async def test_an_answer_that_is_lost_between_cluster_and_job_leaves_one_cluster_and_no_job(fault: str) -> None:
    """A run on a new cluster is two writes: when the first is uncertain the second is not sent, and that is said."""
    async with meeting(FAULTS[fault]) as (server, client):
        clusters, jobs = len(server.account.clusters), len(server.account.jobs)
        ended = await do(client, Deed("packages", "run", lambda _: 0, "421", ON_NEW))
        with server.lock:
            assert server.writes == ["POST /clusters"]
            assert (len(server.account.clusters), len(server.account.jobs)) == (clusters + 1, jobs)
        assert ended.outcome is Outcome.UNKNOWN, "half of it is there"
        assert "only-for-this" in ended.next, "the cluster that costs money is named"


async def test_of_two_that_stop_a_job_at_the_same_time_one_is_told_that_it_is_stopping_already() -> None:
    async with meeting(Fault(late=True)) as (server, client):
        server.over.set()  # nothing is late
        ended = await asyncio.gather(*[do(client, DEEDS["stop a job"]) for _ in range(2)])
        assert sorted(one.outcome.value for one in ended) == [Outcome.DONE.value, Outcome.REFUSED.value]
        assert any("pending_stoppage" in one.sentence for one in ended) and len(server.writes) == len(ended)
