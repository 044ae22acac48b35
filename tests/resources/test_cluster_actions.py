"""What can be done to clusters, done to the demo: what is sent, said, asked, and read back when the answer is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.resources.acting import Stage, asked, by_name, staged, text, typed
from tests.resources.samples import PLAN, context, decode, one
from xplenty_tui.api import clusters as api
from xplenty_tui.api.drafts import ClusterChange
from xplenty_tui.core.action import Action, Verdict
from xplenty_tui.core.declare import Link
from xplenty_tui.core.described import described
from xplenty_tui.resources.cluster_actions import ACTIONS
from xplenty_tui.resources.cluster_limits import limit

CREATE, EDIT, AUTO, TERMINATE, WATCH, UNWATCH = ACTIONS


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("clusters", "jobs", "schedules")
        yield made


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_every_action_is_named_and_helped(action: Action[Any]) -> None:
    assert action.help.endswith(".") and len(action.help) <= 110
    assert len(action.title.split()) <= 2 and action.title.islower()
    assert not action.danger or action.ask is not None


def test_keys_and_weights_are_unique() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert sorted(keys) == sorted([*"netTW", "ctrl+w"])
    weights = [action.weight for action in ACTIONS if action.weight]
    assert len(set(weights)) == len(weights)
    assert by_name(ACTIONS, "terminate") is TERMINATE


# create


async def test_create_sends_the_form_and_follows_it_until_it_is_up(stage: Stage) -> None:
    await stage.load("regions", "stacks", "plans")
    draft = typed(CREATE, stage.ctx, nodes="4", name="adhoc-2", stack="white-everest")
    answer = await CREATE.send(stage.client, None, draft)
    assert stage.wire.sent == [
        (
            "POST",
            "/clusters",
            {
                "type": "production",
                "nodes": 4,
                "name": "adhoc-2",
                "stack": "white-everest",
                "terminate_on_idle": True,
                "time_to_idle": 3600,
            },
        )
    ]
    assert CREATE.said(answer, None, stage.ctx) == "adhoc-2 is ordered and pending."
    assert CREATE.lands(answer) == Link("clusters", str(answer.id))
    assert CREATE.settled is not None and CREATE.outcome is not None
    assert not CREATE.settled(answer)
    stage.pass_(600)
    now = await api.get(stage.client, answer.id)
    assert CREATE.settled(now)
    assert CREATE.outcome(now) == f"adhoc-2 is {now.status}."


async def test_create_starts_with_the_smallest_cluster_that_ends_by_itself(stage: Stage) -> None:
    draft = typed(CREATE, stage.ctx)
    assert (draft.type, draft.nodes, draft.terminate_on_idle, draft.time_to_idle) == ("production", 2, True, 3600)
    assert "Seconds" in described(CREATE.fill.model)["time_to_idle"]


@pytest.mark.parametrize(("type_", "nodes"), [("sandbox", "2"), ("production", "1"), ("production", "0")])
def test_create_knows_the_bounds_of_each_type(type_: str, nodes: str) -> None:
    assert "nodes" in typed(CREATE, context(), type=type_, nodes=nodes)


async def test_create_offers_the_loaded_regions_and_stacks(stage: Stage) -> None:
    assert CREATE.fill is not None
    assert {"regions", "stacks"} <= set(CREATE.fill.kinds)
    assert CREATE.fill.choices(stage.ctx, None) == {"region": [], "stack": []}
    await stage.load("regions", "stacks")
    found = CREATE.fill.choices(stage.ctx, None)
    assert "amazon-web-services::eu-west-1" in [choice.id for choice in found["region"]]
    assert [choice.id for choice in found["stack"]] == ["lime-everest", "mint-everest", "white-everest"]


def test_create_previews_what_it_makes_and_nothing_while_the_form_is_wrong() -> None:
    assert CREATE.fill is not None and CREATE.fill.preview is not None
    values = {"type": "production", "nodes": "4", "terminate_on_idle": "yes", "time_to_idle": "1800"}
    said = text(CREATE.fill.preview(values, context()))
    assert "4 production nodes" in said and "after 30m00 without a job" in said
    said = text(CREATE.fill.preview({**values, "terminate_on_idle": "no"}, context()))
    assert "somebody has to" in said
    assert CREATE.fill.preview({**values, "nodes": "many"}, context()) == ()


def test_the_question_names_the_limit_of_the_plan_where_it_is_known() -> None:
    plan = decode("plans", {**PLAN, "id": "1", "cluster_size_limit": 8})
    ctx = context(plans=[plan], clusters=[one("clusters")])
    draft = typed(CREATE, ctx, nodes="9")
    question = asked(CREATE, ctx, draft=draft)
    assert question.title == "Create a cluster" and question.typed is None
    assert "The plan Pro allows 8 nodes a cluster: the server will refuse." in text(question.lines)
    assert "A node costs 0.50 USD per hour." in text(question.lines)
    assert "refuse" not in text(asked(CREATE, ctx, draft=typed(CREATE, ctx, nodes="8")).lines)


def test_the_limit_is_that_of_the_largest_plan_where_the_own_one_is_not_known() -> None:
    plans = [decode("plans", {**PLAN, "id": name, "cluster_size_limit": size}) for name, size in (("a", 8), ("b", 12))]
    found = limit(context(plans=plans))
    assert found is not None and found.nodes == 12
    unlimited = decode("plans", {**PLAN, "id": "c", "cluster_size_limit": -1, "cluster_nodes_limit": -1})
    assert limit(context(plans=[*plans, unlimited])) is None
    assert limit(context()) is None


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
@pytest.mark.parametrize("name", ["adhoc-2", ""])
async def test_create_is_read_back(stage: Stage, fault: str, verdict: Verdict, name: str) -> None:
    draft = typed(CREATE, stage.ctx, nodes="5", name=name, region="gcloud::us-central1")
    found = await stage.failing(CREATE, None, fault, draft)
    assert found.verdict is verdict
    if verdict is Verdict.DONE:
        assert found.item.nodes == 5 and found.item.name in (name or found.item.name)


async def test_two_that_fit_and_one_that_may_be_older_prove_nothing(stage: Stage) -> None:
    draft = typed(CREATE, stage.ctx, nodes="5")
    await api.create(stage.client, draft)
    stage.pass_(2)
    found = await stage.failing(CREATE, None, "before", draft)
    assert found.verdict is Verdict.UNKNOWN and "at about that time" in found.check
    found = await stage.failing(CREATE, None, "after", draft)
    assert found.verdict is Verdict.UNKNOWN and "2 that were made just now fit" in found.check
    assert found.check.endswith(".")


async def test_an_older_one_of_the_same_name_proves_nothing_was_done(stage: Stage) -> None:
    draft = typed(CREATE, stage.ctx, nodes="5", name="adhoc-2")
    await api.create(stage.client, draft)
    stage.pass_(60)
    assert (await stage.failing(CREATE, None, "before", draft)).verdict is Verdict.NOT_DONE


@pytest.mark.parametrize("action", [CREATE, EDIT, AUTO, TERMINATE, WATCH, UNWATCH], ids=lambda action: action.name)
async def test_nothing_is_known_where_reading_back_fails(stage: Stage, action: Action[Any]) -> None:
    item = None if action is CREATE else stage.named("clusters", "adhoc-1")
    draft = typed(action, stage.ctx, item, nodes="4") if action.fill else None
    attempt = stage.attempt(item, draft)
    stage.wire.deaf = True
    found = await action.check(stage.client, attempt)
    assert found.verdict is Verdict.UNKNOWN
    assert "Reading it back failed" in found.check and found.check.endswith(".")


# scale and edit


async def test_edit_sends_only_what_is_different(stage: Stage) -> None:
    item = stage.named("clusters", "adhoc-1")
    draft = typed(EDIT, stage.ctx, item, nodes="10", name=" adhoc-x ")
    question = asked(EDIT, stage.ctx, item, draft=draft)
    assert question.title == "Change cluster adhoc-1"
    assert "nodes  8 → 10" in text(question.lines) and "adhoc-1 → adhoc-x" in text(question.lines)
    assert "description" not in text(question.lines)
    answer = await EDIT.send(stage.client, item, draft)
    assert stage.wire.sent == [("PUT", f"/clusters/{item.id}", {"name": "adhoc-x", "nodes": 10})]
    assert EDIT.said(answer, item, stage.ctx) == "adhoc-x goes from 8 to 10 nodes."
    assert EDIT.settled is not None and EDIT.outcome is not None
    assert answer.status == "scaling" and not EDIT.settled(answer)
    stage.pass_(130)
    now = await api.get(stage.client, item.id)
    assert EDIT.settled(now) and EDIT.outcome(now) == "adhoc-x is available."


async def test_an_edit_without_a_difference_sends_nothing_and_says_so(stage: Stage) -> None:
    item = stage.named("clusters", "nightly-4")
    draft = typed(EDIT, stage.ctx, item)
    assert EDIT.same(item, draft) and not EDIT.same(item, typed(EDIT, stage.ctx, item, nodes="8"))
    answer = await EDIT.send(stage.client, item, draft)
    assert stage.wire.sent == []
    assert "nothing was sent" in EDIT.said(answer, item, stage.ctx)


def test_an_emptied_description_is_sent_empty() -> None:
    item, ctx = one("clusters"), context()
    draft = typed(EDIT, ctx, item, description="")
    assert "description  The nightly loads → –" in text(asked(EDIT, ctx, item, draft=draft).lines)


def test_the_question_of_a_change_says_what_the_server_will_refuse() -> None:
    ctx = context()
    production, sandbox = one("clusters", status="scaling"), one("clusters", type="sandbox", nodes=1)
    said = text(asked(EDIT, ctx, production, draft=ClusterChange(nodes=1)).lines)
    assert "A production cluster has at least 2 nodes: the server will refuse." in said
    assert "It is scaling now" in said and "2 jobs run on it now" in said
    assert "A sandbox has exactly 1 node" in text(asked(EDIT, ctx, sandbox, draft=ClusterChange(nodes=3)).lines)
    said = text(
        asked(EDIT, ctx, one("clusters", terminate_on_idle=True), draft=ClusterChange(terminate_on_idle=False)).lines
    )
    assert "until somebody terminates it" in said


@pytest.mark.parametrize(
    ("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]
)
async def test_edit_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    item = stage.named("clusters", "adhoc-1")
    found = await stage.failing(EDIT, item, fault, typed(EDIT, stage.ctx, item, nodes="10", name="adhoc-x"))
    assert found.verdict is verdict
    assert found.item.nodes == (10 if verdict is Verdict.DONE else 8)


async def test_half_of_an_edit_proves_nothing(stage: Stage) -> None:
    item = stage.named("clusters", "adhoc-1")
    attempt = stage.attempt(item, typed(EDIT, stage.ctx, item, nodes="10", name="adhoc-x"))
    await api.update(stage.client, item.id, ClusterChange(name="adhoc-x"))
    found = await EDIT.check(stage.client, attempt)
    assert found.verdict is Verdict.UNKNOWN and found.check


# terminate on idle


async def test_turning_it_off_asks_and_turning_it_on_does_not(stage: Stage) -> None:
    item = stage.named("clusters", "adhoc-1")
    assert item.terminate_on_idle is False and AUTO.ask is not None
    assert AUTO.ask((item,), None, stage.ctx) is None
    answer = await AUTO.send(stage.client, item, None)
    assert stage.wire.sent == [("PUT", f"/clusters/{item.id}", {"terminate_on_idle": True})]
    assert AUTO.said(answer, item, stage.ctx).startswith(
        "adhoc-1 terminates by itself once idle for 1h00m; it has been"
    )
    question = asked(AUTO, stage.ctx, answer)
    assert "8 production nodes" in text(question.lines) and "until somebody terminates it" in text(question.lines)
    again = await AUTO.send(stage.client, answer, None)
    assert again.terminate_on_idle is False
    assert AUTO.said(again, answer, stage.ctx) == "adhoc-1 stays up until somebody terminates it."


async def test_it_cannot_be_turned_where_it_is_not_known() -> None:
    assert AUTO.disabled(one("clusters", terminate_on_idle=None), context()) is not None


@pytest.mark.parametrize(("fault", "verdict"), [("before", Verdict.NOT_DONE), ("after", Verdict.DONE)])
async def test_turning_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    assert (await stage.failing(AUTO, stage.named("clusters", "nightly-4"), fault)).verdict is verdict


# watch


async def test_watching_begins_and_ends(stage: Stage) -> None:
    item = stage.named("clusters", "nightly-4")
    before = len((await api.watchers(stage.client, item.id)).items)
    assert await WATCH.send(stage.client, item, None) is None
    assert len((await api.watchers(stage.client, item.id)).items) == before + 1
    assert "is available, gets a job" in WATCH.said(None, item, stage.ctx)
    assert await UNWATCH.send(stage.client, item, None) is None
    assert len((await api.watchers(stage.client, item.id)).items) == before
    path = f"/clusters/{item.id}/watchers"
    assert stage.wire.sent == [("POST", path, None), ("DELETE", path, None)]
    assert UNWATCH.said(None, item, stage.ctx) == "The service does not watch nightly-4 for you any more."


async def test_watching_is_read_back(stage: Stage) -> None:
    item = stage.named("clusters", "nightly-4")
    assert (await stage.failing(WATCH, item, "before")).verdict is Verdict.NOT_DONE
    assert (await stage.failing(WATCH, item, "after")).verdict is Verdict.DONE
    assert (await stage.failing(UNWATCH, item, "before")).verdict is Verdict.NOT_DONE
    assert (await stage.failing(UNWATCH, item, "500")).verdict is Verdict.DONE
