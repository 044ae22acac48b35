"""``ctrl+s``: what is shown goes into a file that nobody else can read, and over nothing by accident."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest

from tests.tui.host import Host, running
from xplenty_tui.core.words import secret_looking
from xplenty_tui.tui.widgets.form import Form


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


async def saved(host: Host, path: Path, **more: str) -> None:
    """Press the key, name the file, send."""
    await host.press("ctrl+s")
    await host.until(lambda: host.app.query(Form) and host.app.query_one(Form).has_focus)
    host.app.query_one(Form).fill({"path": str(path), **more})
    await host.press("ctrl+s")


async def test_the_rows_that_are_shown_as_csv(folder):
    async with running(screen="jobs") as host:
        await host.press("slash", *"status:failed", "enter")
        shown = list(host.place.view.keys)
        await saved(host, folder / "failed.csv")
        await host.see("readable by you alone")
        file = folder / "failed.csv"
        rows = list(csv.DictReader(file.read_text().splitlines()))
        assert [row["id"] for row in rows] == shown
        assert {row["status"] for row in rows} == {"failed"}
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert set(rows[0]) == {column.name for column, _ in host.place.table.cells}
        assert not host.app.query(Form)


async def test_all_columns_and_json(folder):
    async with running(screen="clusters") as host:
        await saved(host, folder / "all.csv", format="csv-all")
        await host.see("readable by you alone")
        with (folder / "all.csv").open(newline="") as file:
            assert next(csv.reader(file)) == [column.name for column in host.place.resource.columns]
        await saved(host, folder / "all.json", format="json")
        await host.until((folder / "all.json").exists)
        found = json.loads((folder / "all.json").read_text())
        assert [str(one["id"]) for one in found] == host.place.view.keys


async def test_a_file_that_is_there_is_kept_and_the_form_says_so(folder):
    (folder / "mine.csv").write_text("precious")
    async with running(screen="jobs") as host:
        await saved(host, folder / "mine.csv")
        await host.see("exists already")
        assert (folder / "mine.csv").read_text() == "precious"
        host.app.query_one(Form).fill({"overwrite": "yes"})
        await host.press("ctrl+s")
        await host.see("readable by you alone")
        assert (folder / "mine.csv").read_text().startswith("status,")


async def test_a_page_as_text_with_what_was_revealed_masked_again(folder):
    async with running(screen="packages") as host:
        packages = host.app.session.store.good("packages")
        held = ((one, value) for one in packages for name, value in one.variables.items() if secret_looking(name))
        package, secret = next(held)
        host.place.view.to_key(str(package.id))
        await host.press("enter")
        await host.until(lambda: host.depth == 2)
        await host.settle()
        page = host.place.page
        await host.press("g")
        while getattr(page.current(), "secret", None) is None:
            await host.press("j")
        await host.press("M")
        await host.see(secret)
        await saved(host, folder / "page.txt")
        await host.see("readable by you alone")
        text = (folder / "page.txt").read_text()
        assert "VARIABLES" in text
        assert secret not in text


async def test_nothing_to_save_says_so():
    async with running(screen="jobs") as host:
        await host.press("slash", *"nothing-is-called-this", "enter")
        await host.press("ctrl+s")
        await host.see("There are no rows to save")
        assert not host.app.query(Form)
