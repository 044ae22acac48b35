"""Packages as files and new ones: exported, made again from a file, a template or another one; in the demo."""

from __future__ import annotations

import json
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.resources.acting import Stage, by_name, staged, text, typed
from tests.resources.samples import context
from xplenty_tui.api.errors import Unprocessable
from xplenty_tui.api.refused import by_field
from xplenty_tui.core.action import Action, Verdict
from xplenty_tui.core.declare import Facts, Link
from xplenty_tui.resources import package_files
from xplenty_tui.resources.package_actions import ACTIONS
from xplenty_tui.resources.templates import TEMPLATES

EXPORT, CREATE = (by_name(ACTIONS, name) for name in ("export", "new"))
LOST = [("before", Verdict.NOT_DONE), ("after", Verdict.DONE), ("500", Verdict.DONE)]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as made:
        await made.load("packages")
        yield made


async def refused(action: Action[Any], stage: Stage, item: Any, draft: Any) -> str:
    """Do what must not be possible; returns what is said at the field ``path``, where the engine looks for it."""
    with pytest.raises(Unprocessable) as caught:
        await action.send(stage.client, item, draft)
    assert caught.value.sent, "the form stays open"
    return by_field(caught.value, ["path"])["path"]


# export


async def test_export_writes_a_file_for_its_owner_alone(stage: Stage, tmp_path: Path) -> None:
    item = stage.named("packages", "orders_to_redshift")
    draft = typed(EXPORT, stage.ctx, item, path=str(tmp_path / "out.json"))
    answer = await EXPORT.send(stage.client, item, draft)
    assert stage.wire.sent == [] and not EXPORT.writes
    file = tmp_path / "out.json"
    assert json.loads(file.read_text("utf-8"))["name"] == "orders_to_redshift"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
    assert EXPORT.said(answer, item, stage.ctx) == f"orders_to_redshift is in {file}."
    assert (await EXPORT.check(stage.client, stage.attempt(item, draft))).verdict is Verdict.NOT_DONE


async def test_export_takes_a_folder_and_a_home(stage: Stage, home: Path) -> None:
    item = stage.named("packages", "orders_to_redshift")
    assert typed(EXPORT, stage.ctx, item).path == "./orders_to_redshift-412.json"
    answer = await EXPORT.send(stage.client, item, typed(EXPORT, stage.ctx, item, path="~"))
    assert answer == str(home / "orders_to_redshift-412.json") and Path(answer).is_file()


async def test_export_overwrites_only_when_told(stage: Stage, tmp_path: Path) -> None:
    item, file = stage.named("packages", "orders_to_redshift"), tmp_path / "out.json"
    file.write_text("mine")
    spent = stage.client.meter.burn()
    said = await refused(EXPORT, stage, item, typed(EXPORT, stage.ctx, item, path=str(file)))
    assert "exists already" in said and file.read_text() == "mine"
    assert stage.client.meter.burn() == spent, "it is not even asked for"
    await EXPORT.send(stage.client, item, typed(EXPORT, stage.ctx, item, path=str(file), overwrite="yes"))
    assert file.read_text().startswith("{") and stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_export_says_why_a_file_cannot_be_written(stage: Stage, tmp_path: Path) -> None:
    item = stage.named("packages", "orders_to_redshift")
    for path, why in (("/nowhere/x", "no such folder"), ("/dev/null", "no file"), ("~nobody-here/x", "home folder")):
        assert why in await refused(EXPORT, stage, item, typed(EXPORT, stage.ctx, item, path=path, overwrite="yes"))
    long = str(tmp_path / ("x" * 250 + ".json"))
    assert "cannot be written: file name too long" in await refused(
        EXPORT, stage, item, typed(EXPORT, stage.ctx, item, path=long)
    )


def test_a_file_that_comes_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("theirs")
    with pytest.raises(Unprocessable, match="exists already"):
        package_files.write(file, {}, overwrite=False)
    assert file.read_text() == "theirs" and list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("name", "file"),
    [("a/../b", "a-..-b-1.json"), ("東京 1", "東京-1-1.json"), ("..", "package-1.json"), ("", "package-1.json")],
)
def test_names_of_packages_are_no_paths(name: str, file: str) -> None:
    assert package_files.default_name(name, 1) == file


# make


@pytest.mark.parametrize(
    ("values", "sent"),
    [
        ({"source": "template", "package_template_id": "3"}, {"package_template_id": 3}),
        ({"source": "copy", "source_package_id": "412", "path": "~/x"}, {"source_package_id": 412}),
        ({"source": "nothing", "flow_type": "workflow"}, {"flow_type": "workflow"}),
    ],
)
async def test_a_package_is_made_from_its_source_alone(stage: Stage, values: Any, sent: Any) -> None:
    draft = typed(CREATE, stage.ctx, name="weekly", description="new", **values)
    answer = await CREATE.send(stage.client, None, draft)
    assert stage.wire.sent == [("POST", "/packages", {"name": "weekly", "description": "new", **sent})]
    assert CREATE.said(answer, None, stage.ctx) == f"Package weekly is made ({answer.id})."
    assert CREATE.lands(answer) == Link("packages", str(answer.id))


@pytest.mark.parametrize(
    ("source", "field"), [("template", "package_template_id"), ("copy", "source_package_id"), ("file", "path")]
)
def test_a_source_has_to_be_named(source: str, field: str) -> None:
    assert set(typed(CREATE, context(), name="x", source=source)) == {field}


async def test_an_export_can_be_made_a_package_again(stage: Stage, tmp_path: Path) -> None:
    item, file = stage.named("packages", "orders_to_redshift"), str(tmp_path / "x.json")
    await EXPORT.send(stage.client, item, typed(EXPORT, stage.ctx, item, path=file))
    await CREATE.send(stage.client, None, typed(CREATE, stage.ctx, name="again", source="file", path=file))
    ((_, _, body),) = stage.wire.sent
    assert body["name"] == "again" and body["description"] == item.description
    assert body["data_flow_json"]["components"] and body["variables"]["InputPath"] == "'/today'"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "There is no such file."),
        ("{", "That file holds no JSON."),
        ('{"data_flow_json": {}, "flow_type": 3}', "no package"),
    ],
)
async def test_a_file_that_is_no_export_is_refused_at_its_field(
    stage: Stage, tmp_path: Path, content: str | None, why: str
) -> None:
    file = tmp_path / "x.json"
    if content is not None:
        file.write_text(content)
    draft = typed(CREATE, stage.ctx, name="x", source="file", path=str(file))
    assert why in await refused(CREATE, stage, None, draft)
    assert stage.wire.sent == []


@pytest.mark.parametrize(("fault", "verdict"), LOST)
async def test_making_is_read_back(stage: Stage, fault: str, verdict: Verdict) -> None:
    draft = typed(CREATE, stage.ctx, name="weekly", source="nothing")
    found = await stage.failing(CREATE, None, fault, draft)
    assert found.verdict is verdict
    assert verdict is not Verdict.DONE or found.item.name == "weekly"


async def test_templates_and_packages_are_offered(stage: Stage) -> None:
    assert CREATE.fill is not None and CREATE.fill.kinds == ("templates", "packages")
    page = await TEMPLATES.load(stage.client, 0)
    stage.store.put("templates", [(TEMPLATES.key(item), item) for item in page.items], stage.clock())
    found = CREATE.fill.choices(stage.ctx, None)
    first = found["package_template_id"][0]
    assert (first.id, first.title) == ("3", "S3 to Redshift")
    assert "412" in [choice.id for choice in found["source_package_id"]]
    assert CREATE.fill.preview is not None
    values = {"name": "weekly", "source": "copy", "source_package_id": "412", "package_template_id": "3"}
    assert text(CREATE.fill.preview(values, stage.ctx)) == "makes weekly as a copy of orders_to_redshift"
    said = text(CREATE.fill.preview({**values, "source": "template"}, stage.ctx))
    assert said == "makes weekly from the template S3 to Redshift"
    assert text(CREATE.fill.preview({}, stage.ctx)) == "makes the package from the template –"


def test_templates_are_drawn() -> None:
    item = TEMPLATES.model.model_validate({"id": 3, "name": "x", "description": "a\nb", "author": {"name": "Ada"}})
    bare = TEMPLATES.model.model_validate({"id": 4})
    ctx = context()
    assert [column.value(item, ctx) for column in TEMPLATES.columns] == [3, "x", "a", "Ada"]
    assert [column.value(bare, ctx) for column in TEMPLATES.columns] == [4, None, None, None]
    assert TEMPLATES.label(bare) == "template 4"
    (facts,) = TEMPLATES.detail
    assert isinstance(facts, Facts)
    assert [row.label for row in facts.rows(item, ctx)] == ["name", "description", "author", "number"]
