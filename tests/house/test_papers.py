"""What is written down is true: versions, commands, links, the change log."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import xplenty_tui
from tests.conftest import ROOT
from tests.house.sources import packages, project

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
VERSION = project()["project"]["version"]
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def paper(name: str) -> str:
    """Return the text of a file at the top or in docs."""
    return (ROOT / name).read_text("utf-8")


def anchors(text: str) -> set[str]:
    """Return the anchors that a page's headings make."""
    heads = re.findall(r"^#+ +(.*)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in heads}


def broken(page: Path) -> list[str]:
    """Return the links of a page that lead nowhere; addresses outside the repository are not followed."""
    found = []
    for match in LINK.finditer(FENCE.sub("", page.read_text("utf-8"))):
        target, _, anchor = match["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = page.parent / target if target else page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            found.append(match["target"])
    return found


@pytest.mark.parametrize("page", PAPERS, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A head, here\n[a](page.md) [b](#a-head-here) [c](#nowhere) ![d](none.svg) [e](https://x.example)"
    )
    assert broken(page) == ["#nowhere", "none.svg"]


def test_there_is_one_version() -> None:
    assert xplenty_tui.__version__ == VERSION
    done = subprocess.run(
        [sys.executable, "-m", "xplenty_tui", "--version"], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"xplenty-tui {VERSION}")


def test_the_change_log_begins_with_this_version() -> None:
    heads = re.findall(r"^## \[(.+?)\](?: - (\d{4}-\d\d-\d\d))?$", paper("CHANGELOG.md"), re.MULTILINE)
    released = [head for head in heads if head[0] != "Unreleased"]
    assert released[0][0] == VERSION
    assert all(day for _, day in released)


def test_the_readme_names_only_commands_that_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", paper("Makefile"), re.MULTILINE))
    for page in PAPERS:
        named = set(re.findall(r"(?:^|`)make ([a-z]+)", page.read_text("utf-8"), re.MULTILINE))
        assert named <= targets, page.name


def test_the_readme_says_what_a_person_looks_for_first() -> None:
    text = paper("README.md")
    assert LINK.search(text[:600]), "a picture comes first"
    for words in ("make demo", "make test", "pipx install", "uv tool install", "pip install", "XPLENTY_API_KEY"):
        assert words in text
    assert re.search(r"not affiliated with\s+Integrate\.io", text)
    assert "jump host" in text.lower()


def test_the_map_names_every_package() -> None:
    text = paper("docs/architecture.md")
    assert [name for name in packages() if f"`{name}/`" not in text] == []


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert project()["project"]["license"] == "MIT"
    assert paper("LICENSE").startswith("MIT License\n\nCopyright (c) 2026 xplenty-tui contributors\n")
