"""Calls on connections: lists, changes, tests, schemas."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from xplenty_tui.demo import behind
from xplenty_tui.demo.call import BY_TIME, Call
from xplenty_tui.demo.replies import Answer, CallError, invalid, missing
from xplenty_tui.demo.stamps import stamp
from xplenty_tui.demo.wiring import Wired

SORTS: dict[str, Callable[[Any], Any]] = {
    **BY_TIME,
    "id": attrgetter("id"),
    "name": attrgetter("name", "id"),
    "type": attrgetter("type", "id"),
}
SECRETS = frozenset({"password", "refresh_token", "code"})
_LOGIN = ("username", "password")
NEEDED = {
    **dict.fromkeys(("mysql", "postgres", "sqlserver", "oracle", "googlecloudsql"), ("host", *_LOGIN)),
    **dict.fromkeys(("herokupostgres", "googlecloudpostgres"), ("host", *_LOGIN)),
    "redshift": ("host", "region", *_LOGIN),
    "s3": _LOGIN,
    "sftp": ("host", "username"),
    "mongo": ("host", "database"),
    "gs": ("project_id",),
    "bigquery": ("host", "region"),
    "salesforce": ("environment",),
    "snowflake": ("account_name", "database", "warehouse", "region", *_LOGIN),
}
"""What a type needs beside a name."""
UNREACHABLE = "Could not connect, please verify connection settings and security/firewall options"


def shown(call: Call, item: Wired) -> dict[str, Any]:
    """Draw a connection: as the documentation's example of S3, and what other types have beside that."""
    more = {name: value for name, value in item.data.items() if name not in SECRETS | {"username"}}
    if more:
        more = {"owner_id": item.owner, **more}
    return {
        "id": item.id,
        "name": item.name,
        "username": item.data.get("username"),
        "unique_id": f"{item.type.upper()}_CONNECTION_{item.id}",
        "created_at": stamp(item.created),
        "updated_at": stamp(item.updated),
        "type": item.type,
        "url": f"{call.host}/{call.account.slug}/api/connections/{item.type}/{item.id}",
        **more,
    }


def _find(call: Call, type_: str = "") -> Wired:
    found = call.account.connections.get((type_ or call.names["type"], call.whole("connection")))
    if found is None:
        raise missing()
    return found


def list_(call: Call) -> Answer:
    """List Connections, by name from z to a."""
    wanted = (call.params.text("type") or "all").split(",")
    items = [item for item in call.account.connections.values() if wanted == ["all"] or item.type in wanted]
    items.sort(key=SORTS["created"])
    return call.page(call.sorted_list(items, keys=SORTS, default="name"), lambda item: shown(call, item))


def get(call: Call) -> Answer:
    """Get Connection Information."""
    return Answer(shown(call, _find(call)))


def _checked(call: Call, type_: str, *, whole: bool) -> dict[str, Any]:
    """Read the attributes of a connection; 422 for a type or a value that cannot be."""
    if type_ not in [each["type"] for each in behind.TYPES]:
        raise invalid(f"type is not included in the list: {type_}.")
    body = dict(call.params.body)
    reverse = body.get("tunnel_type") == "reverse"
    for name in ("name", *NEEDED.get(type_, ())):
        if whole and body.get(name) in (None, "") and not (name == "host" and reverse):
            raise invalid(f"{name} can't be blank.")
    if "name" in body and not str(body["name"]).strip():
        raise invalid("name can't be blank.")
    port = body.get("port")
    if port is not None and not (isinstance(port, int) and 0 < port < 65536):
        raise invalid("port is not a number between 1 and 65535.")
    return body


def create(call: Call) -> Answer:
    """Create Account Connection; secrets are kept back from then on."""
    account, type_ = call.account, call.names["type"]
    body = _checked(call, type_, whole=True)
    id_ = max((item.id for item in account.connections.values() if item.type == type_), default=0) + 1
    item = Wired(id_, str(body.pop("name")), account.me.id, account.now, account.now, type_, body)
    item.trouble = _problem(body)
    account.connections[type_, id_] = item
    return Answer(shown(call, item), status=201)


def update(call: Call) -> Answer:
    """Update Connection."""
    item = _find(call)
    body = _checked(call, item.type, whole=False)
    item.name = str(body.pop("name", item.name))
    item.data.update(body)
    item.updated = call.account.now
    item.trouble = _problem(item.data) if "host" in body or SECRETS & body.keys() else item.trouble
    return Answer(shown(call, item))


def delete(call: Call) -> Answer:
    """Delete Connection: answers it for the last time."""
    item = _find(call)
    del call.account.connections[item.type, item.id]
    return Answer(shown(call, item))


def _problem(data: dict[str, Any]) -> str:
    """Say why such a connection cannot be reached: hosts that end in .invalid are nowhere."""
    return UNREACHABLE if str(data.get("host", "")).endswith(".invalid") else ""


def _trial(problem: str) -> Answer:
    """Answer a test: the bare ``true``, or 400 with an ``error_message``."""
    return Answer({"error_message": problem}, status=400) if problem else Answer(True)


def test(call: Call) -> Answer:
    """Test Connection."""
    return _trial(_find(call).trouble)


def test_new(call: Call) -> Answer:
    """Test New Connection."""
    return _trial(_problem(_checked(call, call.names["type"], whole=True)))


def test_named(call: Call) -> Answer:
    """Test a new connection as the newer pages have it: name and type in the body, a status in the answer."""
    _checked(call, call.params.text("type") or "", whole=False)
    return Answer({"status": "success", "message": "Connection successful"})


def validate(call: Call) -> Answer:
    """Validate Connection."""
    item, table = _find(call), call.params.text("table")
    if table and not call.params.text("schema_name"):
        raise invalid("schema_name can't be blank.")
    lost = "Specified project/dataset/table do not exist or missing privileges." if table == "missing" else ""
    return _trial(item.trouble or lost)


def schema(call: Call) -> Answer:
    """Import Connection Schema; the parameters come as query or as body."""
    item = _find(call)
    if item.trouble:
        return _trial(item.trouble)
    given = {name: call.params.text(name) for name in ("table", "query", "path", "object_name", "profile_ids")}
    if not any(given.values()):
        raise invalid("table can't be blank.")
    return Answer(behind.schema(item.type))


def _address(call: Call) -> str:
    url = call.params.text("url")
    if not url:
        raise invalid("url can't be blank.")
    host = url.partition("://")[2].partition("/")[0]
    message = "Could not make CURL request, please verify connection settings and security/firewall options"
    return message if not host or host.endswith(".invalid") else ""


def curl_schema(call: Call) -> Answer:
    """Import the schema of a web address."""
    problem = _address(call)
    return _trial(problem) if problem else Answer(behind.CURL)


def curl_test(call: Call) -> Answer:
    """Test or validate a web address."""
    return _trial(_address(call))


def groups(call: Call) -> Answer:
    """Search connection groups."""
    text = call.params.text("q")
    if text is None:
        raise invalid("q can't be blank.")
    words = text.lower().replace("name:", "").strip('"')
    found = [each for each in call.account.groups.values() if words in each.name.lower()]
    return call.page(found, lambda item: _group(call, item))


def _group(call: Call, item: Wired) -> dict[str, Any]:
    held = [call.account.connections.get(key) for key in item.data["members"]]
    return {
        "id": item.id,
        "name": item.name,
        "description": item.data["description"],
        "connections": [shown(call, each) for each in held if each is not None],
        "created_at": stamp(item.created),
        "updated_at": stamp(item.updated),
    }


def change_group(call: Call) -> Answer:
    """Update a connection group: its words are wrapped in ``connection_group``."""
    item = call.find(call.account.groups, "group")
    wrapped = call.params.body.get("connection_group")
    if not isinstance(wrapped, dict):
        raise CallError(400, "param is missing or the value is empty: connection_group")
    item.name = str(wrapped.get("name") or item.name)
    item.data["description"] = wrapped.get("description", item.data["description"])
    item.updated = call.account.now
    return Answer(_group(call, item))


_AT = "/{account}/api/connections"
_ONE = f"{_AT}/{{type}}/{{connection}}"
ROUTES = {
    f"GET {_AT}": list_,
    f"GET {_AT}/types": lambda call: Answer(list(behind.TYPES)),
    f"GET {_AT}/help": lambda call: Answer(behind.help_("")),
    f"GET {_AT}/{{type}}/help": lambda call: Answer(behind.help_(call.names["type"])),
    f"GET {_AT}/curl/schema": curl_schema,
    f"POST {_AT}/curl/test": curl_test,
    f"POST {_AT}/curl/validate": curl_test,
    f"POST {_AT}/test": test_named,
    f"POST {_AT}/{{type}}": create,
    f"POST {_AT}/{{type}}/test": test_new,
    f"GET {_ONE}": get,
    f"PUT {_ONE}": update,
    f"DELETE {_ONE}": delete,
    f"POST {_ONE}/test": test,
    f"POST {_ONE}/validate": validate,
    f"GET {_ONE}/schema": schema,
    f"GET {_AT}/metadata/{{type}}/{{connection}}/{{what}}": lambda call: Answer(behind.metadata(call, _find(call))),
    "GET /{account}/api/connection_groups/search": groups,
    "PUT /{account}/api/connection_groups/{group}": change_group,
}
