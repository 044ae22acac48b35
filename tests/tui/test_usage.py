"""The page of the node hours: figures, price, what more would cost, and every state in which there are none."""

from __future__ import annotations

import asyncio
import json
import re

from tests.tui.host import Host, running
from xplenty_tui.resources.usage import limiting
from xplenty_tui.tui.screens.usage import UsagePlace


async def opened(host: Host) -> UsagePlace:
    await host.press("percent_sign")
    await host.until(lambda: isinstance(host.place, UsagePlace))
    await host.settle()
    return host.place


async def test_the_page_says_how_much_since_when_and_what_it_costs():
    async with running(screen="jobs") as host:
        host.line.asked.clear()
        await opened(host)
        await host.until(lambda: host.held("clusters").loaded_at and "About" in host.text)
        await host.settle()
        for said in (
            r"About [\d,.]+ node hours since [^(]+ \(\d+d\d+h\), \d+% of them idle",
            r"About [\d,.]+ USD at 0.75 a node hour by every plan, without sandboxes",
            r"An estimate: clusters are counted with their latest number of nodes\.",
            r"BY DAY +node hours, part of all, USD \(estimate\)",
            r"today +█* *[▏▎▍▌▋▊▉]? +[\d.]+ +\d+% +[\d.]+",
            r"BY CLUSTER",
            r"nightly-\d +█.* 4 × .* ›",
            r"BY PACKAGE +jobs at the same time share evenly; failed: node hours lost",
        ):
            assert re.search(said, host.text), said
        paths = [path.partition("?")[0] for path in host.line.asked]
        assert paths.count("/subscription") == 1 and paths.count("/plans") == 1


async def test_the_palette_finds_it():
    async with running(screen="jobs") as host:
        await host.press("colon")
        await host.until(lambda: host.app.boxes() and host.app.boxes()[-1].ready)
        host.type("usage")
        await host.until(lambda: [one.id for one in host.app.boxes()[-1]._lines.options][:1] == ["usage"])
        await host.press("enter")
        await host.until(lambda: isinstance(host.place, UsagePlace))


async def test_m_loads_older_ones_of_what_reaches_back_less_until_there_are_none():
    async with running(screen="jobs", jobs=900) as host:
        await opened(host)
        await host.see(r"Newest 100 clusters loaded, jobs to .*\. m: 100 older (jobs|clusters), 1 credit\.")
        assert "m load older" in host.bar("keys")
        while (kind := limiting(host.app.context())) is not None:
            before, asked = len(host.held(kind).items), len(host.line.asked)
            await host.press("m")
            await host.see(f"Loading 100 older {kind}")
            await host.settle()
            assert before < len(host.held(kind).items) <= before + 100 and len(host.line.asked) == asked + 1
        await host.see(r"All clusters loaded, all jobs\.")
        assert "m load older" not in host.bar("keys")
        await host.press("m")
        await host.see("All clusters and jobs are loaded.")


async def test_a_plan_of_its_own_price_is_taken():
    plan = {"id": "pro", "name": "Pro", "cluster_node_price_cents": 50, "cluster_node_price_currency": "EUR"}
    spoilt = {"/plans": json.dumps([{**plan, "cluster_node_hours_included": 100}]).encode()}
    spoilt["/subscription"] = b'{"plan_id": "pro"}'
    async with running(screen="clusters", spoilt=spoilt) as host:
        await opened(host)
        await host.see(r"About [\d,.]+ EUR at 0.50 a node hour by plan Pro.*; 100 included are not taken off")


async def test_without_a_price_the_hours_are_there_and_it_says_why():
    async with running(screen="clusters", spoilt={"/subscription": 403}) as host:
        await opened(host)
        await host.see(r"No price: .+\.")
        assert re.search(r"About [\d,.]+ node hours", host.text) and "USD" not in host.text
        host.line.spoilt.clear()
        await host.press("R")
        await host.see("a node hour by every plan")


async def test_while_it_loads_and_when_that_fails_it_says_so():
    async with running(screen="packages") as host:
        gate = host.line.held["/clusters"] = asyncio.Event()
        await host.press("percent_sign")
        await host.see("Loading (clusters|jobs) …")
        host.line.spoilt["/clusters"] = 500
        gate.set()
        await host.see(r"The clusters could not be loaded: .* R tries again\.")
        assert "node hours since" not in host.text


async def test_no_clusters_and_no_hours_say_so():
    async with running(screen="packages", spoilt={"/clusters": b"[]", "/jobs": b"[]"}) as host:
        await opened(host)
        await host.see(r"No cluster has used node hours yet\.")
        await host.see(r"All clusters loaded, all jobs\.")
        assert "BY DAY" not in host.text


async def test_without_colour_and_unicode_the_bars_are_ascii():
    async with running(screen="clusters") as host:
        host.app.ascii = True
        await opened(host)
        await host.until(lambda: re.search(r"today +#+", host.text))
        assert "█" not in "".join(host.text.splitlines()[1:-2]) and "×" not in host.text


async def test_clusters_and_packages_are_opened_from_their_lines():
    async with running(screen="clusters") as host:
        await opened(host)
        await host.press("tab", "tab", "down", "enter")
        await host.until(lambda: not isinstance(host.place, UsagePlace))
        assert host.place.resource.name == "clusters"
        await host.press("escape")
        await host.until(lambda: isinstance(host.place, UsagePlace))
        await host.press("tab", "down", "enter")
        await host.until(lambda: not isinstance(host.place, UsagePlace))
        assert host.place.resource.name == "packages"


async def test_at_80_cells_the_lines_of_figures_are_whole():
    async with running(screen="clusters", size=(80, 24)) as host:
        await opened(host)
        await host.see("BY DAY")
        await host.press("tab", "tab")
        rows = [line for line in host.text.splitlines() if "×" in line]
        assert rows and all(len(line) <= 80 and "›" in line for line in rows)
