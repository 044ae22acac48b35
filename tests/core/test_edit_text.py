"""Edit as text: what is written is TOML that says the same, hides secrets, and shows what changed."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from pydantic import BaseModel, Field, SecretStr

from tests.core.plans import PLANS, TEXT, Package, Plan, Task
from xplenty_tui.core.described import described
from xplenty_tui.core.edit_plain import MASK
from xplenty_tui.core.edit_text import Change, EditProblem, diff, from_toml, to_toml

# Writing.


@given(PLANS, TEXT)
def test_what_is_written_says_the_same(plan: Plan, heading: str) -> None:
    text = to_toml(plan, heading)
    assert from_toml(text, Plan, plan) == plan
    assert from_toml(text.replace("\n", "\r\n"), Plan, plan) == plan
    assert all(line.isprintable() for line in text.split("\n") if line.startswith("#"))


@given(PLANS)
def test_writing_it_again_is_the_same_text_and_no_change(plan: Plan) -> None:
    text = to_toml(plan)
    back = from_toml(text, Plan, plan)
    assert isinstance(back, Plan)
    assert to_toml(back) == text
    assert diff(plan, back) == []


def test_fields_stand_below_what_they_mean_and_unset_ones_are_commented_out() -> None:
    text = to_toml(Plan(name="nightly", task=Task(nodes=3)), "The schedule nightly\nin acme")
    assert text.startswith('# The schedule nightly\n# in acme\n\n# What people call it.\nname = "nightly"\n')
    assert '\n# A longer text.\n#description = ""\n' in text
    assert "\n# How many units.\n#amount = 0\n" in text
    assert '\n# Of what.\n# One of "hours", "days".\nunit = "days"\n' in text
    assert '#overlap = "skip"\n' in text
    assert "\n# How many nodes.\n#\n# Within the plan's limits.\nnodes = 3\n" in text
    assert "\n#[[task.packages]]\n" in text
    assert "\n#package_id = 0\n" in text


def test_a_text_whose_comments_are_taken_away_can_be_filled_in() -> None:
    text = to_toml(Plan(name="x"))
    filled = "\n".join(
        line[1:] if line[:1] == "#" and line[1:2] not in (" ", "") else line for line in text.split("\n")
    )
    found = from_toml(filled, Plan)
    assert isinstance(found, Plan), (found, filled)
    assert found.task == found.more[0] == Task(nodes=1, packages=[Package(package_id=0, variables={"name": "value"})])
    assert found.overlap == "skip"


def test_what_a_field_means_is_said_once() -> None:
    plan = Plan(name="x", task=Task(packages=[Package(package_id=1), Package(package_id=2)]))
    assert to_toml(plan).count("# The package that is run.") == 1
    assert to_toml(plan).count("[[task.packages]]\n") == 2


def test_a_text_of_several_lines_is_written_as_such() -> None:
    assert 'description = """\none\n\n  two\n"""\n' in to_toml(Plan(name="x", description="one\n\n  two\n"))


def test_a_model_that_would_come_back_as_another_is_refused() -> None:
    class Odd(BaseModel):
        region: str | None = "us"

    with pytest.raises(TypeError, match=r"Odd\.region"):
        to_toml(Odd(region=None))


def test_texts_come_from_bases_and_descriptions_too() -> None:
    class Nearer(Package):
        package_id: int = Field(default=0, description="Nearer.")

    assert described(Nearer) == {"package_id": "Nearer.", "variables": "Values by name."}
    made = type("Made", (BaseModel,), {"__annotations__": {"x": int}, "__module__": "nowhere"})
    assert described(made) == {}


# Secrets.


SECRET = Plan(name="x", variables={"db_password": "hunter2", "day": "today", "tokens": ["a1", {"x": "b2"}]})


def test_secrets_are_not_in_the_text_and_come_back() -> None:
    text = to_toml(SECRET)
    assert not any(value in text for value in ("hunter2", "a1", "b2"))
    assert f'db_password = "{MASK}#1"' in text
    assert from_toml(text, Plan, SECRET) == SECRET


def test_a_secret_follows_its_mark() -> None:
    text = to_toml(SECRET).replace("db_password =", "other =").replace('"today"', f'"{MASK}#2"')
    found = from_toml(text, Plan, SECRET)
    assert isinstance(found, Plan)
    assert (found.variables["other"], found.variables["day"]) == ("hunter2", "a1")


def _problem(text: str, before: Plan | None = None) -> EditProblem:
    found = from_toml(text, Plan, before)
    assert isinstance(found, EditProblem)
    return found


def test_a_mark_that_stands_for_nothing_is_never_sent() -> None:
    text = f'name = "x"\n[variables]\npassword = "{MASK}#9"\n'
    assert _problem(text).line == 3
    assert "variables.password holds a mark" in _problem(text, SECRET).sentence


def test_a_value_that_looks_like_a_mark_stays_what_it_is() -> None:
    plan = Plan(name=f"{MASK}#2", variables={"password": f"{MASK}#1", "b": "c"})
    assert from_toml(to_toml(plan), Plan, plan) == plan


# What changed.


def test_only_what_differs_is_told_and_secrets_are_masked() -> None:
    after = SECRET.model_copy(
        update={
            "name": 'a "b"',
            "amount": 3,
            "variables": {"db_password": "hunter3", "day": "today", "new day": "1", "tokens": ["a1"]},
        }
    )
    assert diff(SECRET, after) == [
        Change("name", '"x"', '"a \\"b\\""'),
        Change("amount", None, "3"),
        Change("variables.db_password", MASK, MASK),
        Change("variables.tokens[1].x", MASK, None),
        Change('variables."new day"', None, '"1"'),
    ]
    assert [change.field for change in diff(SECRET, after)] == ["name", "amount", *["variables"] * 3]


def test_items_of_lists_are_told_one_by_one() -> None:
    before = Plan(name="x", task=Task(packages=[Package(package_id=1, variables={"a": "1", "pin": "2"})]))
    after = Plan(name="x", task=Task(packages=[Package(package_id=2, variables={"a": "1"}), Package(package_id=3)]))
    assert diff(before, after) == [
        Change("task.packages[0].package_id", "1", "2"),
        Change("task.packages[0].variables.pin", MASK, None),
        Change("task.packages[1].package_id", None, "3"),
        Change("task.packages[1].variables", None, "{}"),
    ]


def test_types_and_secrets_by_type_are_told_apart() -> None:
    class Held(BaseModel):
        phrase: SecretStr
        count: Any = 1

    changes = diff(Held(phrase=SecretStr("a1b2"), count=1), Held(phrase=SecretStr("c3"), count=True))
    assert changes == [Change("phrase", MASK, MASK), Change("count", "1", "true")]
    held = Held(phrase=SecretStr("a1b2"), count=math.inf)
    assert "a1b2" not in to_toml(held)
    assert from_toml(to_toml(held), Held, held) == held


@given(PLANS, PLANS)
def test_every_change_is_one_and_names_a_field(before: Plan, after: Plan) -> None:
    changes = diff(before, after)
    assert all(change.field in Plan.model_fields for change in changes)
    assert all(change.old != change.new or change.old == MASK for change in changes)
    assert (before == after) or changes
