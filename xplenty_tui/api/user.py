"""The key's owner: changing what is known of them, and another key in the place of the one in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from xplenty_tui.api import calls
from xplenty_tui.api.accounts import User
from xplenty_tui.api.client import Answer, Client
from xplenty_tui.api.wire import one

if TYPE_CHECKING:
    from xplenty_tui.api.account_drafts import UserChange


async def _either(client: Client, method: Any, path: str, other: str, body: dict[str, Any] | None) -> Answer:
    answer = await calls.either(
        lambda: client.send(method, path, body, account=False), lambda: client.send(method, other, body)
    )
    await calls.ready(User)
    return answer


def _without_key(answer: Answer) -> User:
    """Return the user of an answer without the key in it, which belongs into no store."""
    data = answer.data if isinstance(answer.data, dict) else {}
    return one(User, answer, {name: value for name, value in data.items() if name != "api_key"})


async def update(client: Client, draft: UserChange) -> User:
    """Change the key's owner (User: update); 403 or 422 for a wrong ``current_password``.

    ``PUT /user``, or ``PUT §/user`` where the server knows only that.
    """
    return _without_key(await _either(client, "PUT", "/user", "/user", draft.sent()))


async def rotate(client: Client) -> tuple[User, SecretStr]:
    """Get a new API key (User: regenerate tokens): the one in use is dead as soon as the server answers.

    ``POST /user/regenerate-tokens``, or ``POST §/user/tokens`` where the server knows only that. Raises
    UndecodableAnswer where the answer holds no key: then it was done, and nobody knows the new one.
    """
    answer = await _either(client, "POST", "/user/regenerate-tokens", "/user/tokens", None)
    found = answer.data.get("api_key") if isinstance(answer.data, dict) else None
    if not isinstance(found, str) or not found.strip():
        raise answer.undecodable("there is no new key in it")
    return _without_key(answer), SecretStr(found.strip())
