"""Edit as text, back: whatever a person writes is used, or told with its line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.plans import PLANS, Plan
from xplenty_tui.core.edit_plain import key_text
from xplenty_tui.core.edit_text import EditProblem, from_toml, noted, to_toml
from xplenty_tui.core.toml_lines import lines_of

WRITTEN = """\
name = "nightly"
[task]
nodes = 2

[[task.packages]]
package_id = 1
[task.packages.variables]
day = '''
[not.a.header]
x = 1'''
[[task.packages]]
package_id = 2
variables."a b" = "c"
"""


def problem(text: str, before: Plan | None = None) -> EditProblem:
    found = from_toml(text, Plan, before)
    assert isinstance(found, EditProblem), found
    return found


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths of the keys and tables that have a line of their own."""
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) and value and path[:1] != ("variables",) else ()
    if isinstance(value, list) and path[-1] in ("packages", "more"):
        inside = enumerate(value)
    for key, inner in inside:
        yield from paths(inner, (*path, key))


@given(st.text())
def test_any_text_is_a_plan_or_a_problem_with_a_line(text: str) -> None:
    found = from_toml(text, Plan)
    if isinstance(found, EditProblem):
        assert 1 <= found.line <= text.count("\n") + 1
        assert found.sentence.startswith(f"Line {found.line}")


@given(PLANS, st.data())
def test_a_text_cut_anywhere_never_raises(plan: Plan, data: st.DataObject) -> None:
    text = to_toml(plan)
    found = from_toml(text[: data.draw(st.integers(0, len(text)))], Plan, plan)
    assert isinstance(found, Plan | EditProblem)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('name = "x"\nnodes = \n', 2, "invalid value"),
        ('name = "x"\nname = "y"\n', 2, "overwrite"),
        ('name = "x"\n\ntags = [1,\n2,\n', 3, ""),
        ('name = "x"\ndescription = """\none\n\n', 2, ""),
        ("name = " + "[" * 100_000, 1, "nested too deeply"),
        ("\nshare = " + "1" * 5000, 2, ""),
        ('name = "\\ud800"', 1, ""),
    ],
    ids=["value", "twice", "open list", "open text", "deep", "digits", "surrogate"],
)
def test_what_is_not_toml_is_told_with_its_line(text: str, line: int, words: str) -> None:
    found = problem(text)
    assert found.line == line
    assert words in found.sentence


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"nightly"', "1", 1, "name should be a string"),
        ("nodes = 2", "nodes = 20", 3, "task.nodes should be less than or equal to 10"),
        ("package_id = 2", 'package_id = "two"', 12, "task.packages[1].package_id should be a whole number."),
        ("package_id = 2\n", "", 11, "task.packages[1].package_id is needed and missing"),
        ('"c"', "7", 13, 'task.packages[1].variables."a b" should be a string'),
        ("nodes = 2", "node = 2", 3, "task.node is not known here; did you mean nodes?"),
        ("package_id = 1", "package_id = 1\nzzz = 2", 7, "known are package_id, variables"),
        ('name = "nightly"', 'word = "two words"\nname = "n"', 1, "word should be one word."),
        ("[task]\n", '[[more]]\nnodes = "a"\n[task]\n', 3, "more[0].nodes should be a"),
        ('name = "nightly"\n', 'enabled = false\n#name = "x"\n', 2, "name is needed and missing"),
    ],
)
def test_what_cannot_be_used_is_told_with_the_line_of_its_key(old: str, new: str, line: int, words: str) -> None:
    assert isinstance(from_toml(WRITTEN, Plan), Plan)
    found = problem(WRITTEN.replace(old, new, 1))
    assert (found.line, words in found.sentence) == (line, True), found
    assert found.sentence.startswith(f"Line {line}: ")


def test_the_first_of_several_problems_is_told() -> None:
    found = problem('share = "a"\n[task]\nnodes = "b"\n[[more]]\nx = 1\n')
    assert found.line == 1
    assert "(and 3 more)" in found.sentence


def test_no_problem_repeats_a_value() -> None:
    for text in ('name = ["hunter2"]', 'name = "x"\nword = "hunter2 is secret"', 'name = "x"\noverlap = "hunter2"'):
        assert "hunter2" not in problem(text).sentence


@given(PLANS)
def test_every_key_of_a_text_has_the_line_that_it_stands_on(plan: Plan) -> None:
    text = to_toml(plan)
    rows = text.split("\n")
    found = lines_of(text)
    assert set(paths(tomllib.loads(text))) <= found.keys()
    for path, line in found.items():
        starts = [f"{key_text(step)} = " for step in path if isinstance(step, str)]
        assert rows[line - 1].startswith(("[", *starts))


# A problem noted in the text.


def test_a_problem_stands_at_the_top_and_the_line_moves_with_it() -> None:
    text = 'name = "x"\nshare = "a"\n'
    first = problem(text)
    once, line = noted(text, first)
    assert once == f"#! {first.sentence.replace('Line 2', 'Line 3')}\n{text}"
    assert (line, problem(once).line) == (3, 3)
    twice, line = noted(once, problem(once))
    assert (twice, line) == (once, 3)


def test_noting_touches_nothing_of_the_person() -> None:
    text = "name = '''\n#! mine\n'''\nx = 1"
    noted_text, line = noted(text, problem(text))
    assert noted_text.split("\n", 1)[1] == text
    assert line == 5
