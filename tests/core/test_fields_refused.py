"""What the server refused, found at the fields it is about, whatever the shape of the answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xplenty_tui.core.fields_refused import LONGEST, problems_of

NAMES = ("name", "nodes", "time_to_idle", "task.nodes", "task.packages", "task.packages.*.package_id")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"message": "No such plan"}, {"": "No such plan."}),
        ("Nope!", {"": "Nope!"}),
        ({"errors": {"nodes": ["must be less than 51", "is odd"]}}, {"nodes": "Must be less than 51. Is odd."}),
        ({"message": "Validation failed", "errors": {"name": ["is taken"]}}, {"name": "Is taken."}),
        ({"message": "Two things", "errors": {"name": "is taken"}}, {"": "Two things.", "name": "Is taken."}),
        ({"nodes": ["is too big"]}, {"nodes": "Is too big."}),
        ({"cluster": {"nodes": ["is too big"]}}, {"nodes": "Is too big."}),
        ({"errors": {"task": {"nodes": ["is too big"]}}}, {"task.nodes": "Is too big."}),
        ({"errors": {"task.nodes": "is too big"}}, {"task.nodes": "Is too big."}),
        ({"errors": {"colour": ["is ugly"]}}, {"": "Colour: is ugly."}),
        ({"errors": ["Time to idle is not a number", "Go away"]},
         {"time_to_idle": "Time to idle is not a number.", "": "Go away."}),
        ({"message": "Validation failed: Name can't be blank, Nodes must be less than 51"},
         {"name": "Name can't be blank.", "nodes": "Nodes must be less than 51."}),
        ({"errors": [{"field": "nodes", "message": "is too big"}]}, {"nodes": "Is too big."}),
        ({"errors": [{"source": {"pointer": "/data/attributes/nodes"}, "detail": "is too big"}]},
         {"nodes": "Is too big."}),
        ({"detail": [{"loc": ["body", "task", "nodes"], "msg": "is too big", "type": "x"}]},
         {"task.nodes": "Is too big."}),
        ({"errors": {"task": {"packages": [{"package_id": ["is unknown"]}]}}},
         {"task.packages.0.package_id": "Is unknown."}),
        ({"field": "nodes", "message": "is too big"}, {"nodes": "Is too big."}),
        ({"message": "no", "path": "/clusters", "status": 422}, {"": "No. Path: /clusters."}),
        (None, {}), ([], {}), ({}, {}), ({"errors": None, "message": ""}, {}),
    ],
)  # fmt: skip
def test_the_usual_shapes(body: Any, found: dict[str, str]) -> None:
    assert problems_of(body, NAMES) == found


def test_without_names_the_answers_own_are_believed() -> None:
    assert problems_of({"errors": {"colour": ["is ugly"]}}) == {"colour": "Is ugly."}


def test_a_huge_answer_is_cut() -> None:
    found = problems_of({"errors": {"nodes": ["x" * 10_000], **{f"f{n}": "no" for n in range(1000)}}}, NAMES)
    assert len(found["nodes"]) <= LONGEST
    assert len(found[""]) <= LONGEST


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["errors", "message", "field", "nodes", "task", "loc", ""]), inner, max_size=4
            )
        ),
    )
)
def test_any_answer_at_all_gives_sentences_for_known_fields(body: Any) -> None:
    found = problems_of(body, NAMES)
    assert set(found) <= {*NAMES, ""} | {f"task.packages.{place}.package_id" for place in range(4)}
    assert all(said.strip() for said in found.values())
