"""The page of what is reached of the API, the calls and the declarations agree."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import ROOT
from xplenty_tui.api import clusters, jobs, user
from xplenty_tui.resources import BY_NAME

sys.path.insert(0, str(ROOT / "scripts"))
import api_coverage

FACTS = api_coverage.facts()
WHERE = api_coverage.by_operation()
APART = {"xplenty_tui.api.limits.rate_limit_status"}
"""Calls that no kind makes: the session does."""


def name(call: Callable[..., Any]) -> str:
    return f"{call.__module__}.{call.__name__}"


@pytest.mark.parametrize("operation", FACTS.operations)
def test_an_operation_is_reached_or_says_why_not(operation: str) -> None:
    reached = bool(WHERE.get(operation))
    told = operation in FACTS.left_out
    assert reached != told, f"reached: {WHERE.get(operation)}; left out: {told}"


def test_a_call_names_documented_operations_only() -> None:
    assert [one for one in WHERE if one not in FACTS.operations] == []


def test_every_call_that_names_an_operation_is_made_by_a_kind() -> None:
    reached = set(api_coverage.places())
    assert {name(call) for call in api_coverage.calls() if call not in reached} == APART


def test_a_call_is_found_through_closures_attributes_and_other_functions() -> None:
    known = api_coverage.calls()
    actions = {action.name: action for action in BY_NAME["clusters"].actions}
    assert api_coverage.reached(actions["watch"].send, known) == {clusters.watch}
    assert api_coverage.reached(BY_NAME["jobs"].search, known) == {jobs.search}
    rotate = next(action for action in BY_NAME["user"].actions if action.name == "rotate")
    assert api_coverage.reached(rotate.send, known) == {user.rotate}
    assert api_coverage.reached(lambda client: client.get("/clusters"), known) == set()


def test_what_is_left_out_is_all_that_is_missing() -> None:
    assert len(FACTS.operations) == 140
    assert set(FACTS.left_out) == {
        "POST /accounts",
        "POST §/accounts",
        "DELETE /accounts/{account_id}",
        "PUT §/payment_method",
        "POST /user_password",
        "POST §/user/password",
    }
    assert sum(1 for operation in FACTS.operations if WHERE.get(operation)) == 134
    assert all(why.endswith(".") for why in FACTS.left_out.values())
