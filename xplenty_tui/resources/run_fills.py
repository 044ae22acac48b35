"""The forms of a run: what stands in them at first, what is chosen from, what they bring along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xplenty_tui.api import jobs as api
from xplenty_tui.api import packages as packages_api
from xplenty_tui.api.packages import Package
from xplenty_tui.core.action import Choice, Fill, Preset, Values
from xplenty_tui.core.declare import Context
from xplenty_tui.resources import history, run_form, run_on, run_preview
from xplenty_tui.resources.run_form import RunForm


async def _of_package(client: Any, text: str, _values: Values, _ctx: Context) -> Values:
    """Ask for the variables of the package that was chosen (1 credit): what the list has may be old."""
    if not run_form.is_id(text):
        return {}
    return run_form.defaults((await packages_api.get(client, text)).variables)


async def _last(client: Any, values: Values, _ctx: Context) -> Values | None:
    """Ask for the newest job of the package (1 credit)."""
    package = values.get("package_id", "")
    if not run_form.is_id(package):
        return None
    page = await api.list_(client, package_id=int(package), limit=1)
    return run_form.split(page.items[0]) if page.items else None


def _fresh(item: Any, ctx: Context) -> Values:
    """Begin with the best cluster, and with the package if there is one."""
    package = {"package_id": str(item.id)} if isinstance(item, Package) else {}
    return {**package, "cluster_id": run_on.best(ctx)}


async def _fresh_variables(client: Any, item: Any, ctx: Context) -> Values:
    return {**_fresh(item, ctx), **await _of_package(client, str(item.id), {}, ctx)}


def _like(item: Any, ctx: Context) -> Values:
    """Begin with what a job ran: package, variables, and its cluster while that is usable."""
    package = history.package_key(item) or ""
    return {"package_id": package, "cluster_id": run_on.same_or_best(item, ctx), **run_form.split(item)}


async def _like_it(client: Any, item: Any, ctx: Context) -> Values:
    """Ask for the job (1 credit) where its variables were not told; else only look again at the clusters."""
    told = "variables" in item.model_fields_set and history.package_key(item)
    return _like(item if told else await api.get(client, item.id), ctx)


def _like_but_where(item: Any, ctx: Context) -> Values:
    return {**_like(item, ctx), "cluster_id": ""}


async def _like_it_but_where(client: Any, item: Any, ctx: Context) -> Values:
    return {**await _like_it(client, item, ctx), "cluster_id": ""}


def _choices(ctx: Context, item: Any) -> dict[str, Sequence[Choice]]:
    """Offer clusters, and packages where none is given: what is run again stays the same package."""
    packages = run_form.packages(ctx) if item is None else [_package(item, ctx)]
    return {"package_id": packages, "cluster_id": run_on.choices(ctx)}


def _package(item: Any, ctx: Context) -> Choice:
    if isinstance(item, Package):
        return Choice(str(item.id), item.name or f"package {item.id}", item.flow_type)
    key = history.package_key(item) or ""
    return Choice(key, history.package_name(item, ctx) or f"package {key}")


_SAME: dict[str, Any] = {
    "kinds": ("packages", "clusters"),
    "choices": _choices,
    "preview": run_preview.preview,
    "presets": (Preset("ctrl+l", "last run's values", _last),),
    "credits": run_preview.credits,
}
FRESH: Fill[Any] = Fill(RunForm, start=_fresh, derive={"package_id": _of_package}, **_SAME)
"""The form with nothing chosen but the best cluster; choosing the package brings its variables."""
PACKAGE: Fill[Any] = Fill(RunForm, start=_fresh, load=_fresh_variables, **_SAME)
"""The form of a run of a known package."""
AGAIN: Fill[Any] = Fill(RunForm, start=_like, load=_like_it, **_SAME)
"""The form filled in as for a job that was."""
ELSEWHERE: Fill[Any] = Fill(RunForm, start=_like_but_where, load=_like_it_but_where, **_SAME)
"""The same with the cluster left open: the one that it ran on may be why it failed."""
