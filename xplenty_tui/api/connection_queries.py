"""What is looked at through a connection, by its type: table, object, report, file (import schema, validate)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from xplenty_tui.api.connection_drafts import Name
from xplenty_tui.api.drafts import Blank, Draft, Line


class TableQuery(Draft):
    """Which table or query of a database (Connections: import schema)."""

    access_mode: Literal["table", "query"] = "table"
    """Whether a table or a query is read."""
    table: Annotated[Line | None, Blank] = None
    """The table's name."""
    schema_name: Annotated[Line | None, Blank] = None
    """The schema that the table is in."""
    where_clause: Annotated[Line | None, Blank] = None
    """A condition in SQL."""
    query: Annotated[Line | None, Blank] = None
    """A query in SQL, instead of a table."""
    lines: Annotated[int, Field(ge=1)] = 20
    """Rows at most."""

    @model_validator(mode="after")
    def _one(self) -> TableQuery:
        if not (self.query if self.access_mode == "query" else self.table):
            raise ValueError(f"{self.access_mode} is needed")
        return self


class ObjectQuery(Draft):
    """Which object of Salesforce (Connections: import schema, validate)."""

    access_mode: Literal["object", "query"] = "object"
    """Whether an object or a query is read."""
    object_name: Annotated[Line | None, Blank] = None
    """The object's name: Account, Contact …"""
    object_fields: Annotated[Line | None, Blank] = None
    """Its fields, with commas between them."""
    where_clause: Annotated[Line | None, Blank] = None
    """A condition in SOQL."""
    query: Annotated[Line | None, Blank] = None
    """A query in SOQL, instead of an object."""
    row_count: Annotated[int, Field(ge=1)] | None = None
    """Rows at most."""

    @model_validator(mode="after")
    def _one(self) -> ObjectQuery:
        if not (self.query if self.access_mode == "query" else self.object_name):
            raise ValueError(f"{'query' if self.access_mode == 'query' else 'object_name'} is needed")
        return self


class ReportQuery(Draft):
    """Which report of Google Analytics (Connections: import schema, validate)."""

    profile_ids: Name
    """Ids of the views, with commas between them."""
    start_date: Name
    """The first day: 2026-01-31."""
    end_date: Name
    """The last day."""
    metrics: Annotated[Line | None, Blank] = None
    """Metrics, with commas between them."""
    dimensions: Annotated[Line | None, Blank] = None
    """Dimensions, with commas between them."""
    sort: Annotated[Line | None, Blank] = None
    """What it is sorted by."""
    filters: Annotated[Line | None, Blank] = None
    """Conditions, as Google writes them."""
    segment: Annotated[Line | None, Blank] = None
    """A segment, as Google writes it."""


class FileQuery(Draft):
    """Which file of a storage (Connections: import schema, validate)."""

    bucket: Name
    """The bucket or container."""
    path: Name
    """The path in it."""
    record_type: Literal["delimited", "json", "raw"] = "delimited"
    """What a record looks like."""
    record_delimiter: Literal["new_line", "eof"] = "new_line"
    """What ends a record: the line or the file."""
    delimiter: str | None = None
    """What stands between two fields; a tab unless told otherwise."""
    quote: Annotated[Line | None, Blank] = None
    """Quotation marks: none, \" or quoted_multi_line."""
    skip_header: bool = False
    """Whether the first line names the fields."""
    file_type: Literal["file", "service"] = "file"
    """A file, or a service."""
    lines: Annotated[int, Field(ge=1)] = 20
    """Lines at most."""


class ObjectFields(Draft):
    """Which object of Salesforce the fields are told of (Connection metadata)."""

    object_name: Name
    """The object's name: Account, Contact …"""


class PlainQuery(Draft):
    """What to look at where the documentation lists nothing for a type."""

    table: Annotated[Line | None, Blank] = None
    """The table or collection, where there is one."""
    lines: Annotated[int, Field(ge=1)] | None = None
    """Rows at most."""


class TableCheck(Draft):
    """What a check of a database looks for (Connections: validate)."""

    table: Annotated[Line | None, Blank] = None
    """The table that must be there; empty: it is enough to reach the database."""
    schema_name: Annotated[Line | None, Blank] = None
    """The schema that the table is in; needed with a table."""

    @model_validator(mode="after")
    def _both(self) -> TableCheck:
        if self.table and not self.schema_name:
            raise ValueError("schema_name is needed with a table")
        return self


_FILES = ("gs", "hdfs", "s3", "sftp", "azureblobstorage")
_SQL = ("googlecloudsql", "googlecloudpostgres", "herokupostgres", "mysql", "oracle", "postgres", "sqlserver")
_TABLES = (*_SQL, "athena", "bigquery", "googlecloudspanner", "mongo", "netsuite", "redshift", "snowflake")
_QUERIES: Mapping[str, type[Draft]] = {
    **dict.fromkeys(_FILES, FileQuery),
    **dict.fromkeys(_TABLES, TableQuery),
    "salesforce": ObjectQuery,
    "analytics": ReportQuery,
}


def query_of(type_: str, *, check: bool = False) -> type[Draft]:
    """Return the model of what is looked at through a connection of that type; ``check``: of what a check asks."""
    if check and type_ in _TABLES:
        return TableCheck
    return _QUERIES.get(type_, PlainQuery)
