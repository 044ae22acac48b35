"""Every refusal and every lost connection has its own words and its own next step, for every write that there is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.resources.samples import FULL, context, decode
from tests.tui.test_every_action import CASES, DRAFTS
from xplenty_tui.api import errors
from xplenty_tui.config.keep import DemoPlace
from xplenty_tui.core.action import Attempt
from xplenty_tui.core.journal import Outcome
from xplenty_tui.tui import sending

TWINS = {"connections.try", "hooks.reset_salt", "notifications.read_all", "public_keys.add"}
TWINS |= {"user.change", "user.rotate"}
"""What the two sources of the documentation put at different addresses: a 404 did nothing, and the other is tried."""
TRACELESS = {"connections.test", "connections.validate", "connections.try", "connections.curl", "hooks.ping"}
TRACELESS |= {"connection_groups.change"}
"""What leaves nothing behind that could be read back."""
WRITES = {id_: pair for id_, pair in CASES.items() if pair[1].writes}
REFUSED = {
    401: "xplenty-tui login",
    402: "see billing",
    404: "It may be gone",
    422: "Change what it names",
    429: "$ shows them",
    400: "Look at what was filled in",
}
"""By status: what the next step says, beside that nothing was done."""
UNSENT: list[tuple[errors.ApiError, str]] = [
    (errors.Unreachable("No connection.", sent=False), "Do it again once there is a connection"),
    (errors.TimedOut("No connection within 10 s.", sent=False), "Do it again once there is a connection"),
    (errors.TlsFailure("The certificate cannot be trusted.", sent=False), "SSL_CERT_FILE"),
    (errors.Misconfigured("The address is none.", sent=False), "xplenty-tui doctor"),
    (errors.ReadOnly("Read-only: nothing was sent.", sent=False), "! allows changes"),
]


class Refuses:
    """A client whose every call fails with one error; it counts what was to be sent and what was to be read."""

    def __init__(self, error: errors.ApiError) -> None:
        self.error, self.sent, self.got = error, 0, 0
        self.account = "acme"
        self.place = DemoPlace()

    async def send(self, *_args: Any, **_how: Any) -> Any:
        self.sent += 1
        raise self.error

    async def get(self, *_args: Any, **_how: Any) -> Any:
        self.got += 1
        raise self.error


async def ended(id_: str, error: errors.ApiError) -> tuple[sending.Ended, Refuses]:
    resource, action = WRITES[id_]
    item = decode(resource.name, FULL[resource.name]) if action.on_item else None
    client, ctx = Refuses(error), context()
    attempt = Attempt(item, DRAFTS.get(id_), ctx.now)
    fields = tuple(action.fill.model.model_fields) if action.fill is not None else ()
    return await sending.send(client, action, attempt, ctx, fields), client


def refusal(status: int) -> errors.ApiError:
    sentence = errors.sentence_of(status, "api.example.com", "told off")
    return errors.class_of(status)(sentence, status=status, server_text="told off")


@pytest.mark.parametrize("status", REFUSED)
@pytest.mark.parametrize("id_", WRITES)
async def test_a_refusal_says_what_the_server_said_and_what_to_do(id_: str, status: int) -> None:
    found, client = await ended(id_, refusal(status))
    own = id_ == "notifications.read" and status == 404  # older servers know no such call: it says so
    assert found.outcome is Outcome.REFUSED and ("can only mark all" if own else "told off") in found.sentence
    assert found.next.startswith("Nothing was done. ") and REFUSED[status] in found.next
    times = 2 if status == 404 and id_ in TWINS else 1
    assert (client.sent, client.got) == (times, 0), "sent once to an address, and there is nothing to find out"
    assert found.stops is (status in (401, 402, 429))


@pytest.mark.parametrize("id_", WRITES)
async def test_a_403_names_the_permission_that_it_takes(id_: str) -> None:
    found, _ = await ended(id_, refusal(403))
    permission = WRITES[id_][1].permission
    assert found.outcome is Outcome.REFUSED and found.next.startswith("Nothing was done. ")
    assert (f"the permission {permission};" if permission else "an administrator can change it") in found.next


@pytest.mark.parametrize(("error", "said"), UNSENT, ids=lambda one: type(one).__name__ if one is not str else one)
@pytest.mark.parametrize("id_", WRITES)
async def test_what_never_left_is_known_not_to_be_done(id_: str, error: errors.ApiError, said: str) -> None:
    found, client = await ended(id_, error)
    assert found.outcome is (Outcome.REFUSED if isinstance(error, errors.ReadOnly) else Outcome.NOT_DONE)
    assert found.next.startswith("Nothing was sent. ") and said in found.next and found.sentence == error.sentence
    assert found.next.count("Nothing was sent") == 1 and (client.sent, client.got) == (1, 0)


@pytest.mark.parametrize("status", [500, 502, 503])
@pytest.mark.parametrize("id_", WRITES)
async def test_what_nobody_answers_for_is_unknown_and_says_where_to_look(
    id_: str, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)
    found, client = await ended(id_, refusal(status))
    assert found.outcome is Outcome.UNKNOWN and "Nobody knows" in found.sentence
    assert any(word in found.next.lower() for word in ("look", "open", "again"))
    assert client.sent == 1
    assert client.got == 0 if id_ in TRACELESS else client.got >= 2, "looked for twice, where there is something to see"
