"""Everything that is done to clusters with keys only: what is asked, exactly what is sent, what is known afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tui.acting import outcomes
from tests.tui.deed_keys import DONE, at_once, on, question, told, world, yes
from tests.tui.form_keys import formed, over, pick, since, to, without_lists, write, wrote
from tests.tui.host import Host, running
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui.screens.detail import DetailPlace

__all__ = ["at_once"]

pytestmark = pytest.mark.usefixtures("at_once")

IDLE, BUSY, CLICKS, BROKEN, INVENTORY = "2216", "2212", "2218", "2217", "2200"
"""adhoc-1, nightly-4 with 3 jobs, clickstream-86, backfill-2 in error, inventory-1."""
COMING, GONE, NEXT = "2219", "2215", "2220"


def stored(host: Host, key: str) -> Any:
    return host.app.session.store.get("clusters", key)


async def test_a_sandbox_of_two_nodes_is_told_while_typing_and_one_node_is_created():
    async with running(screen="clusters") as host:
        await host.press("n")
        form, then = await formed(host), since(host)
        await to(host, "type")
        await host.press("space")
        await to(host, "nodes")
        await write(host, "3")
        assert "A sandbox has exactly 1 node." in form.text
        await host.press("ctrl+s")
        assert host.app.boxes() == [form] and not wrote(host)
        await write(host, "1")
        assert "✗" not in form.text and "1 sandbox node, paid" in form.text
        await host.press("ctrl+s")
        await question(
            host, "Create a cluster", "1 sandbox node, paid for while they are up", "after 1h00m without a job",
            "[ Create ]", "Costs 1 credit.",
        )  # fmt: skip
        assert not wrote(host)
        await yes(host)
        assert wrote(host) == [
            ("POST /clusters", {"type": "sandbox", "nodes": 1, "terminate_on_idle": True, "time_to_idle": 3600})
        ]
        assert [path for path in then() if "clusters?" in path], "the list is fetched again"
        assert (stored(host, NEXT).type, stored(host, NEXT).nodes, stored(host, NEXT).status) == (
            "sandbox",
            1,
            "pending",
        )
        assert isinstance(host.place, DetailPlace) and host.place.key == NEXT
        assert outcomes(host) == DONE
        assert told(host)[::2] == ("clusters.create", f"cluster-{NEXT} is ordered and pending.")


async def test_a_production_cluster_gets_what_was_filled_in_and_its_region_from_a_list():
    async with running(screen="clusters") as host:
        await host.press("n")
        form = await formed(host)
        assert {"/regions", "/stacks", "/plans"} <= set(host.line.asked)
        await to(host, "nodes")
        await write(host, "1")
        assert "A production cluster has at least 2 nodes." in form.text
        await write(host, "3")
        await to(host, "name")
        await write(host, "tonight")
        await to(host, "region")
        first = form.options(form.row)[0]
        await pick(host, first.id, first.title)
        await to(host, "terminate_on_idle")
        await host.press("space")
        assert "somebody has to" in form.text
        await host.press("ctrl+s")
        await question(
            host, "Create cluster tonight", f"3 production nodes in {first.id}", "It does not terminate by itself",
            "29 nodes in 6 clusters are there now",
        )  # fmt: skip
        await yes(host)
        assert wrote(host) == [("POST /clusters", {
            "type": "production", "nodes": 3, "name": "tonight", "region": first.id,
            "terminate_on_idle": False, "time_to_idle": 3600,
        })]  # fmt: skip
        assert "tonight" in host.text and told(host)[2] == "tonight is ordered and pending."


async def test_no_to_the_question_keeps_the_form_esc_the_draft_and_a_refusal_what_was_typed():
    async with running(screen="clusters", spoilt={"POST /clusters": 422}) as host:
        await host.press("n")
        form = await formed(host)
        await to(host, "name")
        await write(host, "tonight")
        await host.press("ctrl+s")
        await question(host)
        await host.press("enter")
        await host.until(lambda: host.app.boxes() == [form])
        assert not wrote(host) and outcomes(host) == [Outcome.CANCELLED]
        await host.press("escape")
        await over(host)
        await host.press("n")
        form = await formed(host)
        assert form.values["name"] == "tonight", "the draft is there"
        await host.press("ctrl+s")
        await question(host)
        await host.press("tab", "enter")
        await host.until(lambda: "told off 422" in form.text)
        assert form.values["name"] == "tonight" and len(wrote(host)) == 1
        assert outcomes(host)[1:] == [Outcome.ASKED, Outcome.REFUSED]
        host.line.spoilt.clear()
        await host.press("ctrl+s")
        await question(host)
        await yes(host)
        assert len(wrote(host)) == 2 and stored(host, NEXT).name == "tonight"
        await host.press("escape", "n")
        assert (await formed(host)).values["name"] == "", "what was done is no draft any more"


async def test_scaling_sends_only_what_changed_and_says_from_what_to_what():
    async with running(screen="clusters") as host:
        await on(host, IDLE)
        await host.press("e")
        form, then = await formed(host), since(host)
        await to(host, "nodes")
        await write(host, "0")
        assert "✗" in form.text
        await write(host, "6")
        await to(host, "description")
        await write(host, "Smaller now")
        await host.press("ctrl+s")
        await question(
            host, "Change cluster adhoc-1", "nodes 8 → 6", "description Backfill of …ave running → Smaller now",
            "29 nodes in 6 clusters", "Costs 1 credit.",
        )  # fmt: skip
        await yes(host)
        assert wrote(host) == [(f"PUT /clusters/{IDLE}", {"description": "Smaller now", "nodes": 6})]
        assert without_lists(then()) == [f"PUT /clusters/{IDLE}", f"/clusters/{IDLE}"], "it is followed"
        assert (stored(host, IDLE).nodes, stored(host, IDLE).status) == (6, "scaling")
        assert outcomes(host) == DONE
        assert told(host) == ("clusters.edit", "adhoc-1", "adhoc-1 goes from 8 to 6 nodes.")


async def test_nothing_is_sent_when_nothing_is_different_and_a_refused_number_lands_on_its_field():
    async with running(screen="clusters") as host:
        await on(host, IDLE)
        await host.press("e")
        form = await formed(host)
        await host.press("ctrl+s")
        await host.see("Nothing changed, so nothing was sent")
        await over(host)
        assert not wrote(host) and not host.app.entries
        await host.press("e")
        form = await formed(host)
        await to(host, "nodes")
        await write(host, "900")
        await host.press("ctrl+s")
        await question(host, "nodes 8 → 900")
        await host.press("tab", "enter")
        await host.until(lambda: "nodes must be at least 2" in form.text)
        assert form.row.name == "nodes" and form.values["nodes"] == "900"
        assert outcomes(host)[-1] is Outcome.REFUSED and stored(host, IDLE).nodes == 8


async def test_auto_end_goes_on_without_a_question_and_off_with_one():
    async with running(screen="clusters") as host:
        await on(host, BUSY)
        await host.press("t")
        await over(host)
        assert wrote(host) == [(f"PUT /clusters/{BUSY}", {"terminate_on_idle": True})]
        assert stored(host, BUSY).terminate_on_idle is True
        said = "nightly-4 terminates by itself once idle for 30m00."
        assert told(host) == ("clusters.auto", "nightly-4", said) and said in host.text
        await host.press("t")
        await question(
            host, "Do not terminate nightly-4 on idle", "nightly-4 has 4 production nodes.",
            "stays up, and is paid for",
            "[ Leave it up ]",
        )  # fmt: skip
        assert len(wrote(host)) == 1
        await host.press("y")
        await over(host)
        assert wrote(host)[1:] == [(f"PUT /clusters/{BUSY}", {"terminate_on_idle": False})]
        assert "nightly-4 stays up until somebody terminates it." in host.text
        assert stored(host, BUSY).terminate_on_idle is False and outcomes(host) == DONE * 2


async def test_the_service_watches_and_does_not():
    async with running(screen="clusters") as host:
        await on(host, IDLE)
        await host.press("W")
        await over(host)
        me, watchers = world(host).me.id, world(host).watchers
        assert me in next(iter(watchers.values())) and "The service watches adhoc-1" in host.text
        await host.press("ctrl+w")
        await over(host)
        assert (
            me not in next(iter(watchers.values()))
            and "The service does not watch adhoc-1 for you any more." in host.text
        )
        assert wrote(host) == [(f"POST /clusters/{IDLE}/watchers", None), (f"DELETE /clusters/{IDLE}/watchers", None)]
        assert [entry.action for entry in host.app.entries[1::2]] == ["clusters.watch", "clusters.unwatch"]


@pytest.mark.parametrize(
    ("key", "pressed", "reason"),
    [
        (GONE, "e", "edit: the cluster is terminated"),
        (GONE, "t", "auto-end: the cluster is terminated"),
        (GONE, "T", "terminate: the cluster is terminated"),
        (COMING, "T", "terminate: the cluster is still coming up"),
        (BROKEN, "e", "edit: the cluster is in error"),
    ],
)
async def test_what_cannot_be_done_says_why(key, pressed, reason):
    async with running(screen="clusters") as host:
        await on(host, key)
        await host.press(pressed)
        await host.see(reason)
        assert not host.app.boxes() and not wrote(host)


async def test_read_only_refuses_each_with_the_reason():
    async with running(screen="clusters") as host:
        await on(host, IDLE)
        await host.press("exclamation_mark")
        titles = ("new", "edit", "auto-end", "terminate", "notify me", "stop notifying")
        for key, title in zip([*"netTW", "ctrl+w"], titles, strict=True):
            await host.press(key)
            await host.see(f"{title}: read-only: nothing is changed in this account")
            assert not host.app.boxes(), title
        assert not wrote(host) and not host.app.entries
