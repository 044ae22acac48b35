"""What a run will send, as its form says it before: package, cluster, variables with their secrets masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xplenty_tui.api.clusters import Cluster
from xplenty_tui.core import action as act
from xplenty_tui.core import words
from xplenty_tui.core.declare import Context, Tone
from xplenty_tui.core.fields import NO, pairs_of
from xplenty_tui.core.widths import clusters
from xplenty_tui.resources import load, masks, parts
from xplenty_tui.resources.run_form import EXPRESSION, NEW, QUOTED, least

_LONGEST = 200
"""Characters of a value that a preview draws."""
_ROOM = 70
"""Cells of a line of the preview: a form's box at 80 columns."""


def credits(values: act.Values) -> int:
    """Return what running costs: one for the job, and one for a cluster that is created first."""
    return 2 if values.get("cluster_id") == NEW else 1


def preview(values: act.Values, ctx: Context) -> Sequence[act.Line]:
    """Return what is sent, in the order in which it is; values of secrets are masked."""
    return list(_preview(values, ctx))


def _preview(values: act.Values, ctx: Context) -> Iterator[act.Line]:
    package, cluster = values.get("package_id", ""), values.get("cluster_id", "")
    if cluster == NEW:
        type_ = values.get("type") or "production"
        nodes = values.get("nodes") or str(least(type_))
        ends = "does not end by itself" if values.get("terminate_on_idle") == NO else "ends when idle"
        named = f" {values['name'].strip()}" if values.get("name", "").strip() else ""
        said = f"creates {type_} cluster{named} of {nodes} {'node' if nodes == '1' else 'nodes'}, {ends}"
        yield [("first ", Tone.DIM), (said, Tone.WARN)]
    runs = parts.name_of(ctx, "packages", package) or "which package?"
    place = "it" if cluster == NEW else parts.name_of(ctx, "clusters", cluster) or "which cluster?"
    yield [("runs ", Tone.DIM), (runs, Tone.STRONG), (" on ", Tone.DIM), (place, Tone.STRONG)]
    yield from _there(ctx.store.get("clusters", cluster), ctx)
    static, dynamic = _pairs(values.get("variables", "")), _pairs(values.get("dynamic_variables", ""))
    for name, value in static:
        if QUOTED.fullmatch(value):
            yield [(f"the quotes of {name} are sent as a part of it", Tone.WARN)]
        elif EXPRESSION.fullmatch(value):
            yield [(f"{name} is sent as text, not worked out", Tone.WARN)]
    yield from _packed("values", [_variable(*pair, ctx) for pair in static])
    yield from _packed("expressions", [_variable(*pair, ctx) for pair in dynamic])


def _there(cluster: Cluster | None, ctx: Context) -> Iterator[act.Line]:
    """Say what of nodes it takes: none but those that are there, and what runs on them."""
    if cluster is None:
        return
    jobs = load.running(cluster, ctx) or 0
    busy = f"{words.count(jobs, 'job')} {'runs' if jobs == 1 else 'run'} there" if jobs else "no job runs there"
    nodes = f"it has {cluster.nodes}, " if cluster.nodes else ""
    yield [("nodes ", Tone.DIM), (f"no new ones: {nodes}{words.status(cluster.status).word}, {busy}", Tone.PLAIN)]


def _variable(name: str, value: str, ctx: Context) -> str:
    shown = parts.on_one_line(value[:_LONGEST]) or "(empty)"
    if value and masks.secret(name, value):
        shown = masks.dots(ctx)
    return f"{name} = {shown}"


def _packed(label: str, said: Sequence[str]) -> Iterator[act.Line]:
    """Return as few lines as hold all of it: what is sent should be seen at once, on a small terminal too."""
    room = _ROOM - len(label) - 1
    rows: list[str] = []
    for one in said:
        if rows and words.cells(longer := f"{rows[-1]}{parts.DOT}{one}") <= room:
            rows[-1] = longer
        else:
            rows += _broken(one, room)
    for place, row in enumerate(rows):
        yield [(f"{' ' * len(label) if place else label} ", Tone.DIM), (row, Tone.PLAIN)]


def _broken(text: str, room: int) -> Iterator[str]:
    """Return a text in pieces that fit: a long expression is read whole, not up to where a line ends."""
    piece, filled = "", 0
    for character, width in clusters(text):
        if filled + width > room:
            yield piece
            piece, filled = "", 0
        piece, filled = piece + character, filled + width
    yield piece


def _pairs(text: str) -> Sequence[tuple[str, str]]:
    try:
        return [(name.strip(), value) for name, value in pairs_of(text) if name.strip()]
    except ValueError:
        return ()
