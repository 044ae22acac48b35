"""What no file does: print, catch everything, silence a whole checker, name one machine, leave work undone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import Source, kept_files, named, sources

BROAD_ALLOWED = {
    "xplenty_tui/tui/background.py: in_daemon.run": "carries what a thread raised to the loop that raises it",
    "xplenty_tui/tui/background.py: Daemons.submit.run": "likewise",
}
"""Where a broad ``except`` may stand, as ``file: function``, and why. Only the outermost edges belong here."""

SPEAKERS = ("xplenty_tui/cli/", "xplenty_tui/__main__.py", "scripts/")
"""Who may print: the command line and the scripts."""

ONE_MACHINE = re.compile(r"(?<![\w.~}-])/(?:" + "|".join(("work", "root")) + r")/")
"""A path that exists on one machine only."""

UNDONE = re.compile(
    r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error", "coming" + " soon")) + r")\b"
)

SKIPPED = re.compile(r"pytest\s*\.\s*(?:mark\s*\.\s*)?(?:skip\w*|xfail|importorskip)")

SILENCED = re.compile(r"#\s*(?:type:\s*ignore(?!\[)|noqa(?!:)|ruff:\s*noqa(?!:)|flake8|mypy:|pragma:\s*no\s*cover)")
"""A checker silenced as a whole, or for a whole file."""


def broad(source: str) -> Iterator[str]:
    """Yield the function of each handler that catches everything and does not raise again."""
    for name, node in named(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            words = {ast.unparse(each).rpartition(".")[2] if each else "" for each in caught}
            if words & {"", "Exception", "BaseException"} and not isinstance(node.body[-1], ast.Raise):
                yield name
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            caught = {ast.unparse(each) for each in node.args}
            if caught & {"Exception", "BaseException"}:
                yield name


def calls(tree: ast.AST, word: str) -> Iterator[ast.Call]:
    """Yield the calls of a function or method called ``word``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == word:
                yield node


def waits_for_time(tree: ast.AST) -> Iterator[int]:
    """Yield the lines on which a test lets time pass instead of waiting for a state."""
    for word in ("sleep", "pause"):
        for call in calls(tree, word):
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            nothing = not given or (isinstance(given[0], ast.Constant) and given[0].value == 0)
            if not nothing or (word == "sleep" and not given):
                yield call.lineno


def places(source: Source, pattern: re.Pattern[str]) -> list[str]:
    """Return file, line and words of each match."""
    return [
        f"{source.name}:{number}: {found[0]}"
        for number, line in enumerate(source.text.splitlines(), 1)
        if (found := pattern.search(line))
    ]


def test_nothing_catches_everything() -> None:
    found = {f"{source.name}: {name}" for source in sources() for name in broad(source.text)}
    assert found - BROAD_ALLOWED.keys() == set()
    assert BROAD_ALLOWED.keys() - found == set(), "no longer needed"


def test_only_the_command_line_prints() -> None:
    found = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        if not source.name.startswith(SPEAKERS)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "pprint")
    ]
    assert found == []


def test_no_file_knows_one_machine() -> None:
    found = []
    for path in kept_files():
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            if ONE_MACHINE.search(line):
                found.append(f"{path.name}:{number}: {line.strip()[:100]}")
    assert found == []


def test_nothing_is_left_undone() -> None:
    assert [place for source in sources() for place in places(source, UNDONE)] == []


def test_no_checker_is_silenced_without_a_rule() -> None:
    assert [place for source in sources() for place in places(source, SILENCED)] == []


def test_every_test_runs() -> None:
    assert [place for source in sources() if source.part == "tests" for place in places(source, SKIPPED)] == []


def test_no_test_sleeps() -> None:
    found = [f"{each.name}:{line}" for each in sources() if each.part == "tests" for line in waits_for_time(each.tree)]
    assert found == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f():\n  try: g()\n  except Exception: pass", ["f"]),
        ("class A:\n  def f(self):\n    try: g()\n    except (OSError, BaseException) as e: log(e)", ["A.f"]),
        ("try: g()\nexcept: pass", [""]),
        ("with contextlib.suppress(Exception): g()", [""]),
        ("def f():\n  try: g()\n  except Exception:\n    close()\n    raise", []),
        ("try: g()\nexcept (OSError, ValueError): pass", []),
    ],
)
def test_what_catches_everything_is_found(source: str, names: list[str]) -> None:
    assert list(broad(source)) == names


@pytest.mark.parametrize(
    "call", ["time.sleep(1)", "await asyncio.sleep(0.1)", "await pilot.pause(0.5)", "sleep(delay)"]
)
def test_what_sleeps_is_found(call: str) -> None:
    assert list(waits_for_time(ast.parse(f"async def f():\n  {call}"))) == [2]


@pytest.mark.parametrize("call", ["await asyncio.sleep(0)", "await pilot.pause()", "table.pauses(1)"])
def test_what_lets_others_run_is_no_sleep(call: str) -> None:
    assert list(waits_for_time(ast.parse(f"async def f():\n  {call}"))) == []


def test_patterns_find_what_they_are_for() -> None:
    here = "/" + "root" + "/"
    assert ONE_MACHINE.search(f"see {here}x")
    assert not ONE_MACHINE.search("s3://acme" + here) and not ONE_MACHINE.search("$HOME/" + "work/x")
    assert SKIPPED.search("@pytest" + ".mark.skipif(") and SKIPPED.search("pytest" + ".importorskip(")
    assert SILENCED.search("x  # type: " + "ignore") and not SILENCED.search("x  # type: " + "ignore[misc]")
    assert SILENCED.search("x  # no" + "qa") and not SILENCED.search("x  # no" + "qa: S101")
