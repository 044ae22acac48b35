"""The incident note with keys: shown, copied, saved where only its owner reads it, and never over another one."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from tests.program.screens import FAILED
from tests.tui.acting import at
from tests.tui.deed_keys import on
from tests.tui.host import Host, running
from xplenty_tui.resources import BY_NAME
from xplenty_tui.tui.noting import TRIES, save
from xplenty_tui.tui.screens.note import NotePlace


async def noted(host: Host) -> NotePlace:
    await host.until(lambda: isinstance(host.place, NotePlace))
    return host.place


async def test_a_note_of_the_job_under_the_cursor_is_shown_copied_and_saved(tmp_path: Path):
    async with running(screen="jobs", state=tmp_path) as host:
        await at(host, FAILED)
        asked = len(host.line.asked)
        await host.press("I")
        place = await noted(host)
        (path,) = (tmp_path / "notes").iterdir()
        text = path.read_text("utf-8")
        assert path.name == f"20260302-093000Z-job-{FAILED}.md"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert text == place.text() == host.app.clipboard
        assert text.startswith(f"# Job `{FAILED} orders_to_redshift`: `failed`\n\nAccount `acme/demo`")
        assert re.search(r"## Problem\n\n- `orders_to_redshift failed.*: Access Denied", text)
        await host.see(r"/notes/\S+\.md")
        await host.see("The note was sent to the terminal's clipboard")
        assert len(host.line.asked) == asked, "it costs nothing"


async def test_the_next_note_lies_beside_the_first(tmp_path: Path):
    async with running(screen="jobs", state=tmp_path) as host:
        await at(host, FAILED)
        for depth in (1, 2):
            await host.press("I")
            await noted(host)
            await host.press("escape")
            await host.until(lambda: host.depth == 1)
            assert len(list((tmp_path / "notes").iterdir())) == depth


@pytest.mark.parametrize(
    ("screen", "kind", "head"),
    [
        ("clusters", "clusters", "# Cluster `"),
        ("schedules", "schedules", "# Schedule `"),
        ("packages", "packages", "# Package `"),
    ],
)
async def test_every_kind_has_a_note_on_its_row_and_on_its_page(screen: str, kind: str, head: str):
    async with running(screen=screen) as host:
        await host.press("I")
        assert (await noted(host)).text().startswith(head)
        await host.press("escape")
        await host.until(lambda: host.place.name_ == kind)
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        await host.press("I")
        assert (await noted(host)).text().startswith(head)


async def test_a_line_that_links_to_something_is_enough():
    async with running(screen="triage") as host:
        await host.press("at")
        await host.until(lambda: host.place.name_ == "watching")
        await host.press("I")
        await host.see("note: there is no job, cluster, schedule or package under the cursor")
        await host.press("escape")
        await host.press("2")
        await host.settle()
        await on(host, "90435")
        await host.press("w", "at")
        await host.until(lambda: host.place.name_ == "watching")
        await host.press("home", "down", "I")
        assert (await noted(host)).text().startswith("# Job `90435 ")


async def test_what_was_done_to_it_is_in_the_note():
    async with running(screen="jobs") as host:
        await at(host, "90435")
        await host.press("W")
        await host.settle()
        await host.press("I")
        place = await noted(host)
        assert (
            "## Done so far" in place.text() and "`jobs.watch 90435 invoices_export` done: `The service" in place.text()
        )


async def test_the_demo_says_that_it_leaves_nothing_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    async with running(screen="jobs") as host:
        await at(host, FAILED)
        await host.press("I")
        await noted(host)
        await host.see("Not saved: the demo leaves nothing on the disk")
        assert host.app.clipboard.startswith("# Job") and not list(tmp_path.iterdir())


async def test_a_disk_that_takes_nothing_is_told_and_the_clipboard_has_it(tmp_path: Path):
    (tmp_path / "notes").write_text("a file where the folder should be")
    async with running(screen="jobs", state=tmp_path) as host:
        await at(host, FAILED)
        await host.press("I")
        await noted(host)
        await host.see("Not saved: ")
        assert host.app.clipboard.startswith("# Job")


async def test_several_marked_ones_and_none_say_why_there_is_no_note():
    async with running(screen="jobs") as host:
        await host.press("space", "space", "I")
        await host.see("note: it works on one at a time")
        assert host.depth == 1
        host.app.open_kind("plans")
        await host.until(lambda: host.place.name_ == "plans")
        await host.settle()
        await host.press("I")
        await host.see("note: there is no job, cluster, schedule or package under the cursor")


async def test_y_copies_the_note_without_what_stands_above_it():
    async with running(screen="jobs") as host:
        host.app.open_item(BY_NAME["jobs"], FAILED)
        await host.until(lambda: host.depth == 2)
        await host.settle()
        await host.press("I")
        place = await noted(host)
        host.app._clipboard = ""
        await host.press("Y")
        assert host.app.clipboard == place.text() and host.app.clipboard.startswith("# Job")


def test_nothing_is_written_over_or_through_a_link(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("mine")
    (tmp_path / "a.md").symlink_to(target)
    with pytest.raises(OSError):
        save(tmp_path, "a", "note")
    assert target.read_text() == "mine"
    assert [save(tmp_path, "b", text).name for text in "xyz"] == ["b.md", "b-2.md", "b-3.md"]
    assert (tmp_path / "b.md").read_text() == "x"
    for number in range(4, TRIES + 1):
        (tmp_path / f"b-{number}.md").touch()
    with pytest.raises(FileExistsError):
        save(tmp_path, "b", "one too many")


def test_a_note_with_any_sign_can_be_written(tmp_path: Path) -> None:
    assert save(tmp_path, "a", "\udc80 ✗").read_bytes() == b"? \xe2\x9c\x97"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
