"""docs/triage.md, drawn from the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from xplenty_tui.resources import BY_NAME
from xplenty_tui.triage.rules import RULES, Rule

Table = Callable[[Sequence[str], Sequence[Sequence[str]]], str]

ABOUT = (
    "The first screen (`1`) lists what needs a person, worst first: ✗ something failed or does not run, ▲ "
    "nothing is lost yet, • worth knowing, ✓ it was a problem and is over. A line is one incident: failures of "
    "one package, with the same error (numbers, dates, paths and names left out), or on the same broken "
    "cluster are one line that `enter` unfolds; so are a workflow and its failed step, once the workflow's page has "
    "asked for its steps.",
    "On a line the keys of its subject work: `r` runs a failed job again, `T` terminates a cluster, `w` "
    "watches, `I` writes an incident note.",
    "The rules look at what is loaded and cost nothing. What the API does not tell they do not guess: a "
    "package with fewer completed runs than `usual_runs` has no usual runtime, and a day that is not loaded is "
    "no day without a run. The settings stand in [configuration.md](configuration.md).",
)


def blocks(table: Table) -> Iterator[str]:
    """Yield the parts of the page."""
    yield from ABOUT
    heads = ("rule", "about", "says something when", "is over when", "settings in `[triage]`")
    yield table(heads, [_row(rule) for rule in RULES])


def _row(rule: Rule) -> tuple[str, ...]:
    limits = ", ".join(f"`{name}`" for name in rule.limits) or "–"
    return f"`{rule.name}`", BY_NAME[rule.kind].title.lower(), rule.means, rule.over, limits
