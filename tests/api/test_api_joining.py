"""One request for one question: joined while it is on its way, never afterwards, and never across accounts."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

import pytest

from tests.api.server import Conversation, Server, arrived, response
from xplenty_tui.api import jobs
from xplenty_tui.api.client import Client
from xplenty_tui.api.credits import Reason, because
from xplenty_tui.api.errors import ApiError, ServerError
from xplenty_tui.api.joining import Joining


class Question:
    """A question whose answer the test gives when it likes."""

    def __init__(self) -> None:
        self.asked = 0
        self.cancelled = 0
        self.answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def ask(self) -> str:
        self.asked += 1
        try:
            return await asyncio.shield(self.answer)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise


async def settled() -> None:
    """Let everything that can go on go on."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_the_same_question_is_asked_once() -> None:
    joining, question = Joining[str](), Question()
    waiters = [asyncio.create_task(joining.share("a", question.ask)) for _ in range(5)]
    await settled()
    question.answer.set_result("x")
    assert await asyncio.gather(*waiters) == ["x"] * 5
    assert question.asked == 1
    assert await joining.share("a", question.ask) == "x"
    assert question.asked == 2, "what is over is not joined"


async def test_another_question_is_asked_beside_it() -> None:
    joining, one, other = Joining[str](), Question(), Question()
    one.answer.set_result("1")
    other.answer.set_result("2")
    assert await asyncio.gather(joining.share("a", one.ask), joining.share("b", other.ask)) == ["1", "2"]


async def test_a_waiter_that_is_cancelled_leaves_the_others_alone() -> None:
    joining, question = Joining[str](), Question()
    first, second = (asyncio.create_task(joining.share("a", question.ask)) for _ in range(2))
    await settled()
    first.cancel()
    await settled()
    assert first.cancelled() and question.cancelled == 0
    question.answer.set_result("x")
    assert await second == "x"


async def test_the_last_waiter_takes_the_request_with_it() -> None:
    joining, question = Joining[str](), Question()
    waiters = [asyncio.create_task(joining.share("a", question.ask)) for _ in range(3)]
    await settled()
    for waiter in waiters:
        waiter.cancel()
    await asyncio.wait(waiters)
    assert question.cancelled == 1, "it is over by the time that the last waiter is"
    again = Question()
    again.answer.set_result("y")
    assert await joining.share("a", again.ask) == "y"


async def test_who_asks_while_a_request_is_being_cancelled_asks_anew() -> None:
    joining, slow = Joining[str](), asyncio.Event()
    cancelling = asyncio.Event()

    async def reluctant() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            cancelling.set()
            await slow.wait()
        return ""

    first = asyncio.create_task(joining.share("a", reluctant))
    await settled()
    first.cancel()
    await cancelling.wait()
    fresh = Question()
    fresh.answer.set_result("new")
    assert await joining.share("a", fresh.ask) == "new"
    assert not first.done()
    slow.set()
    await asyncio.wait([first])
    assert first.cancelled()


async def test_a_time_limit_around_a_waiter_is_the_waiters_own() -> None:
    joining, question = Joining[str](), Question()
    patient = asyncio.create_task(joining.share("a", question.ask))
    await settled()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await joining.share("a", question.ask)
    question.answer.set_result("x")
    assert await patient == "x"


def depth(problem: BaseException) -> int:
    trace, found = problem.__traceback__, 0
    while trace is not None:
        trace, found = trace.tb_next, found + 1
    return found


async def test_every_waiter_gets_an_error_of_its_own() -> None:
    joining, question = Joining[str](), Question()
    waiters = [asyncio.create_task(joining.share("a", question.ask)) for _ in range(4)]
    await settled()
    question.answer.set_exception(ServerError("It failed.", status=500, path="/x", retry_after=3.0))
    got = await asyncio.gather(*waiters, return_exceptions=True)
    assert len({id(problem) for problem in got}) == 4
    assert {(type(p), str(p), p.status, p.path, p.retry_after) for p in got if isinstance(p, ApiError)} == {
        (ServerError, "It failed.", 500, "/x", 3.0)
    }
    assert {depth(problem) for problem in got if isinstance(problem, BaseException)} == {2}
    assert all(p.__context__ is None for p in got if isinstance(p, BaseException))


async def test_an_error_that_nobody_waits_for_is_not_complained_of() -> None:
    joining, complaints = Joining[str](), list[Any]()
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: complaints.append(context))

    async def spiteful() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            raise ServerError("It failed anyway.")

    waiter = asyncio.create_task(joining.share("a", spiteful))
    await settled()
    waiter.cancel()
    await asyncio.wait([waiter])
    assert waiter.cancelled()
    del waiter
    gc.collect()
    await settled()
    assert complaints == []


async def test_a_mistake_of_the_program_reaches_every_waiter() -> None:
    joining, question = Joining[str](), Question()
    waiters = [asyncio.create_task(joining.share("a", question.ask)) for _ in range(2)]
    await settled()
    question.answer.set_exception(ZeroDivisionError("oh"))
    got = await asyncio.gather(*waiters, return_exceptions=True)
    assert [type(problem) for problem in got] == [ZeroDivisionError] * 2


async def test_who_asks_first_pays() -> None:
    joining, who = Joining[str](), ContextVar[str]("who")
    paid: list[str] = []

    async def ask() -> str:
        paid.append(who.get())
        return ""

    async def waiter(name: str) -> None:
        who.set(name)
        await joining.share("a", ask)

    await asyncio.gather(waiter("first"), waiter("second"))
    assert paid == ["first"]


def held(body: Any = None) -> tuple[Callable[[Conversation], None], threading.Event]:
    """A play that answers when the test says so."""
    gate = threading.Event()

    def play(conversation: Conversation) -> None:
        gate.wait(10)
        conversation.send(response([] if body is None else body))

    return play, gate


async def together(server: Server, gate: threading.Event, calls: list[Awaitable[Any]], count: int) -> list[Any]:
    """Let ``count`` requests arrive before any is answered."""
    tasks = [asyncio.ensure_future(call) for call in calls]
    await arrived(server, count)
    await settled()
    gate.set()
    return await asyncio.gather(*tasks)


async def test_a_credit_is_spent_once(server: Server, client: Client) -> None:
    play, gate = held({"id": 5})
    server.plays(play)
    got = await together(server, gate, [jobs.get(client, 5) for _ in range(3)], 1)
    assert got[0] == got[1] == got[2]
    assert (len(server.requests), client.meter.burn()) == (1, 1)


async def test_what_differs_is_not_joined(server: Server, client: Client) -> None:
    play, gate = held()
    server.plays(play)
    other = client.for_account("other")
    calls = [client.get("/jobs"), client.get("/jobs", {"offset": 1}), other.get("/jobs"), client.get("/clusters")]
    await together(server, gate, calls, 4)
    assert (len(server.requests), client.meter.burn()) == (4, 4)


async def test_a_read_after_a_write_does_not_join_one_from_before(server: Server, client: Client) -> None:
    play, gate = held(["before"])
    server.plays(play, response({}), response(["after"]))
    early = asyncio.create_task(client.get("/jobs"))
    await arrived(server, 1)
    await client.send("DELETE", "/jobs/5")
    assert (await client.get("/jobs")).data == ["after"]
    gate.set()
    assert (await early).data == ["before"]
    assert len(server.requests) == 3


async def test_a_cancelled_call_that_arrived_has_cost_its_credit(server: Server, client: Client) -> None:
    server.plays(Conversation.stall)
    with because(Reason.VISIBLE):
        call = asyncio.create_task(client.get("/jobs"))
    await arrived(server, 1)
    call.cancel()
    await asyncio.wait([call])
    assert call.cancelled()
    assert [(spent.kind, spent.reason) for spent in client.meter.calls()] == [("jobs", Reason.VISIBLE)]
    assert client.meter.expected() is None


async def test_a_call_cancelled_before_anything_left_has_cost_nothing(server: Server, client: Client) -> None:
    server.plays(Conversation.stall)
    calls = [asyncio.create_task(client.get(f"/jobs/{number}")) for number in range(5)]
    await arrived(server, 4)  # all connections there are; the fifth call waits for one
    await settled()
    for call in calls:
        call.cancel()
    await asyncio.wait(calls)
    assert (len(server.requests), client.meter.burn()) == (4, 4)
    client.meter.seen(5000, 4000)
    assert client.meter.expected() == 4000, "none is thought to be on its way"
