"""What is written of connections: the attributes of each type, as the documentation lists them.

The form of a type is made from a line of ``TYPES``. Secrets are ``SecretStr``: no form, text, error or journal shows
them, and only ``sent`` gives them away.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PlainSerializer, SecretStr, StringConstraints, create_model, model_validator

from xplenty_tui.api.drafts import Blank, Draft, Line

Secret = Annotated[SecretStr, PlainSerializer(SecretStr.get_secret_value, return_type=str, when_used="json")]
"""A text that is masked wherever it is drawn, and sent as it is."""
Name = Annotated[Line, StringConstraints(min_length=1)]
Port = Annotated[int, Field(ge=1, le=65535)]

ATTRIBUTES: Mapping[str, tuple[Any, str]] = {
    "username": (Line, "The user's name; of a storage the id of the access key."),
    "password": (Secret, "The password, secret key or token. It is sent, and nowhere kept or shown."),
    "host": (
        Line,
        "The host to connect to; of BigQuery and Spanner the id of the project. Empty with a reverse tunnel.",
    ),
    "port": (Port, "The TCP port."),
    "database": (Line, "The database to use; of BigQuery the id of the dataset."),
    "region": (Line, "Where it is, as in amazon-web-services::us-east-1."),
    "ssl": (bool, "Whether to connect with TLS."),
    "tunnel_type": (Literal["direct", "reverse"], "How it is reached. With reverse the host stays empty."),
    "local_port": (Port, "The TCP port at our end of the tunnel."),
    "auth_method": (
        Literal["password", "key"],
        "How to log in. With key the account's public key must be known there.",
    ),
    "s3_staging_dir": (Line, "Where results are put, as in s3://bucket/path."),
    "instance_id": (Line, "The id of the instance."),
    "project_id": (Line, "The id of the project that holds the storage."),
    "account_name": (Line, "The account's name, as Snowflake gave it."),
    "warehouse": (Line, "The warehouse to use."),
    "net_suite_account_id": (Line, "The id of the company's account."),
    "role_id": (Line, "The id of the role, which decides what may be seen."),
    "environment": (Literal["production", "sandbox"], "Which of the two environments."),
    "name_node_host": (Line, "The host of the name node."),
    "name_node_port": (Port, "Its TCP port, often 8020 or 9000; empty with high availability."),
    "httpfs_host": (Line, "The host of the HDFS gateway."),
    "httpfs_port": (Port, "Its TCP port."),
    "read_preference": (Line, "Which members of a replica set are read from."),
    "authentication_database": (Line, "The database that knows the user; empty: the database itself."),
    "refresh_token": (Secret, "The token that gets new tokens."),
    "uid": (Line, "The user's id there."),
    "expires": (bool, "Whether the token expires."),
    "expires_at": (Line, "When the token expires."),
    "code": (Secret, "An OAuth code, instead of a token."),
    "redirect_uri": (Line, "The address with which the code was made; needed with a code."),
}
"""Every attribute: what it is, and what it is for."""
_OAUTH = "username password refresh_token uid expires expires_at code redirect_uri"
_SQL = "host username! password! database tunnel_type=direct"
TYPES: Mapping[str, str] = {
    **dict.fromkeys(("adwords", "analytics", "bingads", "facebookadsinsights", "googlesheets", "instagram"), _OAUTH),
    **dict.fromkeys(("intercom", "linkedin", "pinterest", "shopify", "xero", "youtube"), _OAUTH),
    "athena": "username! password! database s3_staging_dir! region! tunnel_type=direct",
    "azureblobstorage": "username! password!",
    "bigquery": "host! database region!",
    "googlecloudpostgres": f"{_SQL} port=5432",
    "googlecloudspanner": "username! password! database! host! instance_id! code redirect_uri",
    "googlecloudsql": f"{_SQL} port=3306",
    "gs": "project_id!",
    "hdfs": "username name_node_host! name_node_port httpfs_host! httpfs_port=14000",
    "herokupostgres": f"{_SQL} port=5432 ssl=true",
    "hubspot": "username password! tunnel_type local_port",
    "mongo": "host username password database! port=27017 tunnel_type=direct ssl=false read_preference"
    " authentication_database",
    "mysql": f"{_SQL} port=3306 ssl=false",
    "netsuite": "host! username! password! database port=1708 net_suite_account_id! role_id",
    "oracle": f"{_SQL} port=1521 ssl=true",
    "postgres": f"{_SQL} port=5432 ssl=true",
    "redshift": f"{_SQL} port=5439 ssl=false region!",
    "s3": "username! password! region",
    "salesforce": f"environment! {_OAUTH}",
    "sftp": "host! port=22 username! password auth_method=password",
    "snowflake": "account_name! username! password! database! warehouse! region! tunnel_type=direct",
    "sqlserver": f"{_SQL} port=1433 ssl=false",
}
"""By type its attributes: ``!`` is needed, ``=`` is what the server takes when nothing is sent."""


class ConnectionDraft(Draft):
    """A connection to create, or the fields of one that shall change (Connections: create, update)."""

    of_type: ClassVar[str] = ""
    """The type, which stands in the address and not in the body."""
    whole: ClassVar[bool] = True
    """A new one, which needs all that the documentation says."""

    name: Name
    """What the connection is called."""

    @model_validator(mode="after")
    def _complete(self) -> ConnectionDraft:
        """Check what is needed together; the documentation says it in words and not in its table."""
        has = {name for name in type(self).model_fields if getattr(self, name) not in (None, "")}
        knows = set(type(self).model_fields)
        reverse = getattr(self, "tunnel_type", None) == "reverse"
        if self.whole and {"host", "tunnel_type"} <= knows and "host" not in has and not reverse:
            raise ValueError("host is needed, unless the tunnel is reverse")
        if "code" in has and "redirect_uri" not in has:
            raise ValueError("redirect_uri is needed with a code")
        if self.whole and "refresh_token" in knows and not has & {"password", "code"}:
            raise ValueError("a password (the token) or a code is needed")
        if (
            self.whole
            and self.of_type == "sftp"
            and "password" not in has
            and getattr(self, "auth_method", "") != "key"
        ):
            raise ValueError("password is needed, unless auth_method is key")
        return self


@lru_cache(maxsize=128)
def draft_of(type_: str, *, whole: bool = True) -> type[ConnectionDraft]:
    """Return the model of a type's attributes: of a new connection, or (not ``whole``) of a change of one.

    A type that this program does not know has the attributes that most have.
    """
    fields: dict[str, Any] = {} if whole else {"name": (Name | None, Field(None, description="What it is called."))}
    for word in TYPES.get(type_, f"{_SQL} port").split():
        name, _, default = word.rstrip("!").partition("=")
        kind, said = ATTRIBUTES[name]
        if default:
            said = f"{said} {default} unless told otherwise."
        if whole and word.endswith("!"):
            fields[name] = (kind, Field(description=said))
        else:
            optional = kind | None if kind is not Line else Annotated[Line | None, Blank] if whole else Line | None
            fields[name] = (optional, Field(None, description=said))
    made: Any = create_model(f"Connection_{type_}", __base__=ConnectionDraft, __module__=__name__, **fields)
    made.of_type, made.whole = type_, whole
    found: type[ConnectionDraft] = made
    return found


class CurlDraft(Draft):
    """A web address for the service to read (Connections: import schema, test and validate, type curl)."""

    mode: Literal["schema", "test", "validate"] = "schema"
    """Look at what it answers, only try to reach it, or check what it answers."""
    url: Name
    """The address."""
    method: Literal["GET", "POST"] = "GET"
    """How it is asked."""
    response_type: Literal["json", "raw", "array", "line_delimited_json", "line_delimited_data"] = "json"
    """What its answer is read as."""
    lines: Annotated[int, Field(ge=1)] = 20
    """Lines at most."""
    username: Annotated[Line | None, Blank] = None
    """For HTTP Basic authentication."""
    password: Secret | None = None
    """Its password. It is sent, and nowhere kept or shown."""
    headers: Annotated[dict[str, str], Field(repr=False)] = Field(default_factory=dict)
    """Headers by name."""
    body: Annotated[Line | None, Blank] = None
    """What is sent with POST."""
    connection_type: Annotated[Line | None, Blank] = None
    """Type of a saved connection whose login is used, with its number below."""
    connection_id: Annotated[Line | None, Blank] = None
    """Number of that connection."""

    def sent(self) -> dict[str, Any]:
        """Return the body of the request, in which the sort of call has no place."""
        return self.model_dump(mode="json", exclude_unset=True, exclude_none=True, exclude={"mode"})


class GroupChange(Draft):
    """The words of a group of connections (Connection groups: update)."""

    name: Name | None = None
    """What the group is called."""
    description: Line | None = None
    """What it is for."""
