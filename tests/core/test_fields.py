"""Fields drawn from a model, and what a person typed into them made into a value or into sentences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from tests.core.filled import Colour, Plan, Step, Task
from xplenty_tui.core import fields
from xplenty_tui.core.fields import Kind, pairs_of, pairs_text, read, write
from xplenty_tui.core.fields_check import check, count
from xplenty_tui.core.fields_model import fields_of, texts

FIELDS = {one.name: one for one in fields_of(Plan)}
GOOD = {"amount": "3", "task.steps.0.package_id": "7"}
EAST = timezone(timedelta(hours=2))
NAMES = [*FIELDS, "task.steps.0.package_id", "task.steps.0.variables", "task.steps.2.package_id", "task.steps.x", "no"]


class TestFields:
    def test_they_stand_in_the_order_of_the_model_and_go_into_objects(self) -> None:
        assert list(FIELDS) == [
            "name", "kind", "colour", "price", "overlap", "quick", "start_at", "amount", "password",
            "task.nodes", "task.steps",
        ]  # fmt: skip

    def test_kinds(self) -> None:
        kinds = {name: one.kind for name, one in FIELDS.items()}
        assert kinds == {
            "name": Kind.TEXT, "kind": Kind.CHOICE, "colour": Kind.CHOICE, "price": Kind.NUMBER, "overlap": Kind.YES_NO,
            "quick": Kind.YES_NO, "start_at": Kind.TIME, "amount": Kind.WHOLE, "password": Kind.TEXT,
            "task.nodes": Kind.WHOLE, "task.steps": Kind.ITEMS,
        }  # fmt: skip
        assert [(one.name, one.kind) for one in FIELDS["task.steps"].items] == [
            ("package_id", Kind.WHOLE),
            ("variables", Kind.MAP),
        ]

    def test_titles_help_defaults_and_what_is_needed(self) -> None:
        assert FIELDS["start_at"].title == "Start at"
        assert FIELDS["task.nodes"].title == "Task nodes"
        assert FIELDS["name"].help == "What people call it. Shown in every list."
        assert FIELDS["task.nodes"].help == "How many machines."
        assert FIELDS["task.steps"].items[1].help == "Expressions. A text needs its own quotes."
        assert {name: one.default for name, one in FIELDS.items() if one.default} == {
            "name": "Untitled", "kind": "production", "overlap": "yes", "task.nodes": "2",
        }  # fmt: skip
        assert [name for name, one in FIELDS.items() if one.required] == ["amount", "task.steps"]
        assert [name for name, one in FIELDS.items() if one.secret] == ["password"]

    def test_bounds_and_words(self) -> None:
        assert FIELDS["name"].bounds == "1 to 20 characters"
        assert FIELDS["price"].bounds == "more than 0 and less than 10"
        assert FIELDS["task.nodes"].bounds == "2 to 50"
        assert FIELDS["amount"].bounds == "at least 1"
        assert FIELDS["kind"].words == ("production", "sandbox")
        assert FIELDS["colour"].words == ("red", "blue")

    def test_what_no_field_can_hold_is_an_error_of_the_program(self) -> None:
        class Odd(BaseModel):
            what: list[int]

        class Either(BaseModel):
            what: bool | datetime

        for model in (Odd, Either):
            with pytest.raises(TypeError, match="no field for"):
                fields_of(model)

    def test_inherited_texts_and_explicit_ones(self) -> None:
        class Later(Step):
            extra: str = Field("", title="More", description="Said here.")

        found = {one.name: one for one in fields_of(Later)}
        assert found["package_id"].help == "What runs."
        assert (found["extra"].title, found["extra"].help) == ("More", "Said here.")


class TestCheck:
    def test_texts_become_a_value_and_what_is_blank_stays_unset(self) -> None:
        typed = GOOD | {
            "name": " night ",
            "kind": "Sandbox",
            "price": "0.5",
            "overlap": "n",
            "quick": " ",
            "colour": "",
        }
        plan = check(Plan, typed).value
        assert plan is not None
        assert plan.model_dump(exclude_unset=True) == {
            "name": "night",
            "kind": "sandbox",
            "price": 0.5,
            "overlap": False,
            "amount": 3,
            "task": {"steps": [{"package_id": 7}]},
        }

    @pytest.mark.parametrize(
        ("name", "text", "sentence"),
        [
            ("amount", "", "Needed."),
            ("amount", "three", "Should be a whole number."),
            ("amount", "1.5", "Should be a whole number."),
            ("amount", "٣", "Should be a whole number."),
            ("amount", "9" * 30, "Should be a whole number."),
            ("amount", "0", "Should be at least 1."),
            ("price", "nan", "Should be a number."),
            ("price", "1e999", "Should be a number."),
            ("price", "10", "Should be more than 0 and less than 10."),
            ("kind", "cheap", "Should be one of production, sandbox."),
            ("colour", "green", "Should be one of red, blue."),
            ("overlap", "maybe", "Should be yes or no."),
            ("start_at", "tomorrow", "Should be a time such as 2027-03-14 02:30."),
            ("name", "x" * 21, "Should be 1 to 20 characters."),
            ("name", "LOUD", "Should not be in capitals."),
            ("task.nodes", "1", "Should be 2 to 50."),
            ("task.steps.0.package_id", "", "Needed."),
            ("task.steps.0.variables", "{", "Should be names and values."),
            ("task.steps.0.variables", '[["a", "1"], [" a", "2"]]', "a stands twice."),
            ("task.steps.0.variables", '[["", "1"]]', "A value has no name."),
        ],
    )
    def test_each_wrong_field_has_its_sentence(self, name: str, text: str, sentence: str) -> None:
        found = check(Plan, GOOD | {name: text})
        assert found.value is None
        assert found.problems == {name: sentence}

    def test_all_that_is_wrong_is_said_at_once(self) -> None:
        found = check(Plan, {"price": "x", "task.nodes": "99"})
        assert set(found.problems) == {"price", "task.nodes", "amount", "task.steps"}

    def test_what_was_typed_is_in_no_sentence_and_no_trace(self) -> None:
        found = check(Plan, GOOD | {"password": "hunter2", "amount": "hunter2"})
        assert "hunter2" not in repr(found)

    def test_a_value_of_a_map_is_wrong_by_its_name(self) -> None:
        class Counted(BaseModel):
            many: dict[str, int]

        assert check(Counted, {"many": '{"a": "1", "b": "x"}'}).problems.keys() == {"many"}
        assert check(Counted, {"many": '{"b": "x"}'}).problems["many"].startswith("b: Input should be a valid integer")

    def test_what_the_person_took_away_is_sent_empty(self) -> None:
        class Edit(BaseModel):
            description: str | None = None
            variables: dict[str, str] | None = None
            nodes: int | None = None
            idle: int = 5

        before = {"description": "old", "variables": '{"a": "1"}', "nodes": "4"}
        edit = check(Edit, dict.fromkeys(before, ""), before=before).value
        assert edit is not None
        assert edit.model_dump(exclude_unset=True) == {"description": "", "variables": {}, "nodes": None}
        untouched = check(Edit, dict.fromkeys(before, "")).value
        assert untouched is not None and untouched.model_dump(exclude_unset=True) == {}
        assert check(Edit, {"idle": ""}, before={"idle": "9"}).problems == {"idle": "Cannot be left empty."}

    def test_a_time_without_an_offset_is_in_the_zone_of_the_person(self) -> None:
        plan = check(Plan, GOOD | {"start_at": "2027-03-14 02:30"}, zone=EAST).value
        assert plan is not None and plan.start_at == datetime(2027, 3, 14, 0, 30, tzinfo=UTC)
        assert write(plan.start_at, EAST) == "2027-03-14 02:30+02:00"

    def test_items_are_counted_by_their_numbers(self) -> None:
        assert count({"a.0.x": "", "a.2.x": "", "a.٧.x": "", "a.9999.x": "", "b.7": ""}, "a") == 3
        found = check(Plan, GOOD | {"task.steps.1.variables": "{}"})
        assert found.problems == {"task.steps.1.package_id": "Needed."}


class TestTexts:
    @given(
        st.builds(
            Plan,
            name=st.from_regex(r"\A[a-z][a-z ]{0,18}[a-z]\Z"),
            kind=st.sampled_from(["production", "sandbox"]),
            colour=st.sampled_from(Colour),
            price=st.integers(1, 9) | st.floats(0.125, 9.5, width=32).map(lambda value: round(value, 6)),
            overlap=st.booleans(),
            start_at=st.datetimes(timezones=st.sampled_from([UTC, EAST])),
            amount=st.integers(1, 10**17),
            task=st.builds(
                Task,
                nodes=st.integers(2, 50),
                steps=st.lists(
                    st.builds(
                        Step,
                        package_id=st.integers(-(10**17), 10**17),
                        variables=st.dictionaries(
                            st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
                                lambda name: name == name.strip()
                            ),
                            st.text(st.characters(exclude_categories=["Cs"])),
                            max_size=3,
                        ).filter(bool),
                    ),
                    min_size=1,
                    max_size=3,
                ),
            ),
        )
    )
    def test_a_value_written_into_a_form_and_read_again_is_the_same(self, plan: Plan) -> None:
        found = check(Plan, texts(plan, EAST), zone=EAST)
        assert found.problems == {}
        assert found.value == plan

    @given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=12) | st.sampled_from(["1", "yes", "[]", "{}"])))
    def test_whatever_is_typed_there_is_a_value_or_sentences(self, typed: dict[str, str]) -> None:
        found = check(Plan, typed)
        assert (found.value is None) == bool(found.problems)
        known = {fields.pattern(name) for name in NAMES} | {"", "task.steps.*.variables"}
        assert {fields.pattern(name) for name in found.problems} <= known
        assert all(said.endswith(".") and said[:-1] and "\n" not in said for said in found.problems.values())

    @given(st.lists(st.tuples(st.text(), st.text())))
    def test_pairs_survive_as_they_are_twice_or_not(self, pairs: list[tuple[str, str]]) -> None:
        assert list(pairs_of(pairs_text(pairs))) == pairs

    @pytest.mark.parametrize(
        ("text", "pairs"),
        [
            ("", ()),
            (" \n", ()),
            ('{"n": 32, "f": 0.5, "b": true, "none": null, "o": {"x": 1}}',
             (("n", "32"), ("f", "0.5"), ("b", "true"), ("none", ""), ("o", '{"x": 1}'))),
        ],
    )  # fmt: skip
    def test_an_object_of_the_api_is_pairs_too(self, text: str, pairs: Any) -> None:
        assert pairs_of(text) == pairs

    @pytest.mark.parametrize("text", ["x", "7", "[1]", '[["a"]]', "[" * 100_000, "[[1, " + "9" * 5000 + "]]"])
    def test_anything_else_is_no_pairs(self, text: str) -> None:
        with pytest.raises(ValueError):
            pairs_of(text)

    @pytest.mark.parametrize("text", ["2027-03-14", "2027-03-14T02:30:05Z", "2027-03-14 02:30:05.25+05:30"])
    def test_times_are_written_so_that_they_are_read_back(self, text: str) -> None:
        time = read(FIELDS["start_at"], text, EAST)
        assert read(FIELDS["start_at"], write(time, UTC), EAST) == time

    def test_the_ends_of_the_calendar_have_a_text(self) -> None:
        assert write(datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))), EAST).startswith("9999-12-31")
        assert write(datetime.min.replace(tzinfo=UTC), timezone(timedelta(hours=-5))).startswith("0001-01-01")

    def test_a_secret_is_filled_in_as_it_is(self) -> None:
        plan = check(Plan, GOOD | {"password": " hunter2 "}).value
        assert plan is not None
        assert texts(plan)["password"] == " hunter2 "
