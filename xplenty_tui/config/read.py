"""``config.toml`` → ``Settings``, or one sentence with file, line and key."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from xplenty_tui.config import private
from xplenty_tui.config.errors import SettingsError
from xplenty_tui.config.locate import line_of
from xplenty_tui.config.plain import plain
from xplenty_tui.config.settings import VERSION, Profile, Settings
from xplenty_tui.config.versions import NewerVersion, Step, upgrade

SECRET_NAMES = frozenset({"key", "pass", "auth", "authorization", "pwd", "bearer", "apitoken"})
SECRET_PARTS = ("apikey", "accesskey", "secret", "token", "password", "passwd", "passphrase", "credential")
"""What names of keys that hold a secret are, or hold, once ``-``, ``_`` and capitals are gone."""

REFUSED = (
    "a key is not read from this file, where backups, copies and other people can see it; remove the line, and store "
    "the key with `xplenty-tui login`, or set key_command, or set XPLENTY_API_KEY"
)

STEPS: dict[int, Step] = {}
"""How the settings of each version before this one become those of the next. The file itself stays as it is."""

_AT = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def load(path: Path) -> Settings:
    """Return the settings of ``path``; a file that is not there means that nothing is set. Raises SettingsError."""
    try:
        data = private.read(path, links=True)
    except FileNotFoundError:
        return Settings.model_construct()  # nothing to check, and nothing of pydantic to build at the start
    except private.NotPrivate as error:
        raise SettingsError(str(error.strerror), file=str(path)) from None
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise SettingsError(f"the settings cannot be read: {reason}", file=str(path)) from None
    return parse(_decode(data, str(path)), str(path))


def parse(text: str, file: str) -> Settings:
    """Return the settings written in ``text``; ``file`` is its name for sentences. Raises SettingsError."""
    data = _toml(text, file)
    for path in _secrets(data):
        raise SettingsError(REFUSED, file=file, line=line_of(text, path), key=_dotted(path))
    try:
        return Settings.model_validate(_upgraded(data, text, file))
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
    found = []
    for item in wrong:
        path = _path(item)
        found.append((line_of(text, path) or 0, _dotted(path), _reason(item, path)))
    line, key, reason = min(found)
    raise SettingsError(reason, file=file, line=line or None, key=key, more=len(found) - 1)


def _upgraded(data: dict[str, Any], text: str, file: str) -> dict[str, Any]:
    try:
        return upgrade(data, VERSION, STEPS)
    except (NewerVersion, ValueError) as error:
        raise SettingsError(str(error), file=file, line=line_of(text, ("version",)), key="version") from None


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    raise SettingsError("is not UTF-8 text", file=file, line=line)


def _toml(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
    except RecursionError:
        message = "Nested too deeply (at end of document)"
    at = _AT.search(message)
    line = int(at["line"]) if at and at["line"] else text.rstrip("\n").count("\n") + 1
    what = plain(_AT.sub("", message))
    raise SettingsError(f"is not TOML: {what[:1].lower()}{what[1:]}", file=file, line=line)


def _secrets(data: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the paths of values whose names say that they are secrets; ``[keys]`` holds names of commands."""
    for name, value in data.items():
        path = (*above, name)
        if path == ("keys",):
            continue
        for table in value if isinstance(value, list) else [value]:
            if isinstance(table, dict):
                yield from _secrets(table, path)
        if not isinstance(value, dict) and _secret(name):
            yield path


def _secret(name: str) -> bool:
    bare = re.sub(r"[^a-z0-9]", "", name.lower())
    return bare in SECRET_NAMES or any(part in bare for part in SECRET_PARTS)


def _path(item: Mapping[str, Any]) -> tuple[str, ...]:
    if not item["loc"]:
        return ("default_profile",)  # the only rule about the whole
    return tuple(str(part) for part in item["loc"] if part != "[key]")


def _dotted(path: Sequence[str]) -> str:
    parts = (plain(part, 60) for part in path)
    return ".".join(part if re.fullmatch(r"[\w-]+", part) else f'"{part}"' for part in parts)


def _reason(item: Mapping[str, Any], path: Sequence[str]) -> str:
    kind = item["type"]
    if kind == "extra_forbidden":
        return _unknown(path)
    if kind == "missing":
        return "is needed and missing"
    if kind == "value_error":
        return str(item["ctx"]["error"])
    if kind == "list_type" and path[-1] == "key_command":
        return 'should be a list of words, such as ["pass", "show", "xplenty"]: it is run without a shell'
    if kind in ("model_type", "dict_type"):
        return "should be a table"
    text: str = item["msg"].replace("valid integer", "whole number")
    return text.replace("Input should be a valid ", "should be a ").replace("Input should", "should")


def _unknown(path: Sequence[str]) -> str:
    known = [*_model(path).model_fields]
    near = difflib.get_close_matches(path[-1], known, n=1)
    return "is not a setting; " + (f"did you mean {near[0]}?" if near else "known here: " + ", ".join(known))


def _model(path: Sequence[str]) -> type[BaseModel]:
    """Return the group in which the key stands."""
    if len(path) == 3:
        return Profile
    field = Settings.model_fields.get(path[0]) if len(path) == 2 else None
    kind = field.annotation if field is not None else None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else Settings
