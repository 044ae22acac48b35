"""What every failure owes a person: a sentence, and not a trace of the key."""

from __future__ import annotations

import base64
import traceback
from collections.abc import Awaitable, Callable
from types import TracebackType

import httpx
import pytest

from tests.api.conftest import KEY
from xplenty_tui.api.client import Client
from xplenty_tui.api.errors import ApiError

BASIC = base64.b64encode(f"{KEY}:".encode()).decode()


def frames(trace: TracebackType | None) -> list[str]:
    """Everything that a traceback with locals would print of our own code and what it called."""
    found = []
    while trace is not None:
        if "xplenty_tui" in trace.tb_frame.f_code.co_filename or "httpx" in trace.tb_frame.f_code.co_filename:
            found.append(repr(trace.tb_frame.f_locals))
        trace = trace.tb_next
    return found


async def failing(client: Client, path: str = "/jobs", call: Callable[[], Awaitable[object]] | None = None) -> ApiError:
    """Make a call that fails, and check what holds for every failure: a sentence, and not a trace of the key."""
    with pytest.raises(ApiError) as caught:
        await (call() if call else client.get(path))
    problem = caught.value
    assert problem.sentence and problem.sentence == str(problem)
    assert problem.sentence.endswith(".") or problem.server_text
    assert "\n" not in problem.sentence and len(problem.sentence) < 700
    shown = "".join(traceback.format_exception(problem)) + repr(problem) + repr(vars(problem)) + repr(client)
    shown += "".join(frames(problem.__traceback__))
    assert KEY not in shown
    assert BASIC not in shown
    assert problem.__cause__ is None
    assert not isinstance(problem.__context__, httpx.HTTPError | OSError)
    return problem
