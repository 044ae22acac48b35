"""What a person can hold in the head: files of 300 lines, declarations of 150, classes of 250, functions of 40."""

from __future__ import annotations

import ast

from tests.house.sources import named, sources

FILE, CLASS, FUNCTION = 300, 250, 40
DECLARATION = 150
"""Lines of a file in ``resources/``: what repeats between them goes into the machinery."""


def too_long(name: str, text: str) -> list[str]:
    """Return a sentence for each thing in a Python file that is longer than the house allows."""
    lines, most = len(text.splitlines()), DECLARATION if name.startswith("xplenty_tui/resources/") else FILE
    found = [f"{name} has {lines} lines (at most {most})"] if lines > most else []
    for full_name, node in named(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            limit = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > limit:
                found.append(f"{name}: {full_name} has {lines} lines (at most {limit})")
    return found


def test_nothing_is_too_long() -> None:
    assert len(sources()) > 20
    assert [sentence for source in sources() for sentence in too_long(source.name, source.text)] == []


def test_what_is_too_long_is_found() -> None:
    body = "    x = 1\n" * 40
    assert too_long("a.py", f"def short():\n{body[:-10]}") == []
    assert too_long("a.py", f"class A:\n  async def long(self):\n{body}") == ["a.py: A.long has 41 lines (at most 40)"]
    methods = "".join(f"    def m{number}(self):\n{'        x = 1' + chr(10)}" for number in range(125))
    assert too_long("a.py", f"class A:\n{methods}") == ["a.py: A has 251 lines (at most 250)"]
    assert too_long("a.py", "x = 1\n" * 301) == ["a.py has 301 lines (at most 300)"]
    assert too_long("xplenty_tui/resources/jobs.py", "x = 1\n" * 150) == []
    told = ["xplenty_tui/resources/jobs.py has 151 lines (at most 150)"]
    assert too_long("xplenty_tui/resources/jobs.py", "x = 1\n" * 151) == told


def test_declarations_are_looked_at() -> None:
    assert sum(source.name.startswith("xplenty_tui/resources/") for source in sources()) > 20
