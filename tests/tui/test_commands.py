"""Every command does something somewhere, and every key finds the nearest command."""

from __future__ import annotations

import pytest

from xplenty_tui.resources import ALL
from xplenty_tui.tui.commands import (
    ANYWHERE,
    COMMANDS,
    DETAIL,
    HISTORY,
    LIST,
    PAGE,
    RESULTS,
    SECTIONS,
    TIMELINE,
    TRIAGE,
    USAGE,
    Command,
    KeyConflict,
    Keymap,
    label,
    name,
)
from xplenty_tui.tui.deeds import Deeds
from xplenty_tui.tui.helping import help_blocks, part_commands
from xplenty_tui.tui.screens.detail import DetailPlace
from xplenty_tui.tui.screens.history import HistoryPlace
from xplenty_tui.tui.screens.list import ListPlace
from xplenty_tui.tui.screens.page import PagePlace, TextPlace
from xplenty_tui.tui.screens.results import ResultsPlace
from xplenty_tui.tui.screens.timeline import TimelinePlace
from xplenty_tui.tui.screens.triage import TriagePlace
from xplenty_tui.tui.screens.usage import UsagePlace

DOERS = {
    ANYWHERE: (Deeds,),
    LIST: (ListPlace,),
    PAGE: (PagePlace, TriagePlace, TextPlace, DetailPlace),
    RESULTS: (ResultsPlace,),
    DETAIL: (DetailPlace,),
    HISTORY: (HistoryPlace,),
    TIMELINE: (TimelinePlace,),
    USAGE: (UsagePlace,),
    TRIAGE: (TriagePlace,),
}


@pytest.mark.parametrize("command", [one for one in COMMANDS if not one.id.startswith("section.")], ids=lambda c: c.id)
def test_every_command_has_a_handler_where_it_works(command):
    deed = "do_" + command.id.replace(".", "_")
    doers = DOERS[command.scope]
    if command.id.startswith("cursor.") or command.id == "open":
        doers = (ListPlace, PagePlace, TriagePlace, TextPlace, DetailPlace)
    for doer in doers:
        assert callable(getattr(doer, deed, None)), f"{doer.__name__} lacks {deed}"


def test_every_handler_has_a_command():
    known = {"do_" + one.id.replace(".", "_") for one in COMMANDS}
    for doer in (Deeds, ListPlace, PagePlace, DetailPlace):
        assert {entry for entry in dir(doer) if entry.startswith("do_")} <= known, doer.__name__


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.id)
def test_a_command_reaches_its_handler_and_no_other(command):
    done: list[str] = []

    class Doer:
        def __getattr__(self, entry: str):
            if entry in ("go_part", "start_task", "open_section") or entry.startswith("do_"):
                return lambda *args, **_: done.append(entry)
            raise AttributeError(entry)

    class Program(Deeds):
        session = None  # before there is one, no command is an action
        start_task = staticmethod(lambda work: done.append("start_task"))
        draw_keys = staticmethod(lambda: None)

        def open_section(self, name: str, *, again: bool = False):
            return done.append(f"section {name}")

    Program().act(command.id, Doer())  # type: ignore[arg-type]
    if command.id.startswith("section."):
        assert done == [f"section {command.id.removeprefix('section.')}", "start_task"]
    else:
        assert done == ["do_" + command.id.replace(".", "_")]


def test_a_declared_part_is_gone_to_and_not_taken_for_a_command():
    gone: list[str] = []

    class Detail:
        def go_part(self, part: str) -> None:
            gone.append(part)

    for command in part_commands(ALL):
        Deeds().act(command.id, Detail())  # type: ignore[arg-type]
    assert gone
    assert "log" in gone


def test_the_keys_of_parts_fit_beside_all_others():
    keymap = Keymap((*COMMANDS, *part_commands(ALL)))
    found = keymap.find("l", ("jobs", PAGE, ANYWHERE))
    assert found is not None
    assert found.id == "part.jobs.log"
    assert keymap.find("l", (LIST, ANYWHERE)) is None


def test_the_nearest_scope_wins():
    keymap = Keymap(COMMANDS)
    for scope, id_ in ((LIST, "filter"), (PAGE, "find")):
        found = keymap.find("slash", (scope, ANYWHERE))
        assert found is not None
        assert found.id == id_
    assert keymap.find("slash", (ANYWHERE,)) is None
    near = Command("near", ("q",), "near", "Nearer.", LIST, 1)
    keymap = Keymap((*COMMANDS, near))
    assert keymap.find("q", (LIST, ANYWHERE)) is near
    quits = next(one for one in keymap.within((LIST, ANYWHERE)) if one.id == "quit")
    assert "ctrl+c" in quits.keys, "hidden by one key, still there by the other"
    assert near in keymap.within((LIST, ANYWHERE))


def test_two_commands_of_one_scope_on_one_key():
    with pytest.raises(KeyConflict, match=r"q is bound to both .*quit.*"):
        Keymap(COMMANDS, {"pause": "q"})
    with pytest.raises(KeyConflict, match="/ is bound to both"):
        Keymap(COMMANDS, {"sort": "/"})


def test_a_rebound_command_leaves_its_old_key():
    keymap = Keymap(COMMANDS, {"quit": "Q, ctrl+q", "pause": "q", "sort": ":", "palette": "ctrl+p"})
    for key, id_ in (("Q", "quit"), ("ctrl+q", "quit"), ("q", "pause"), ("colon", "sort"), ("ctrl+p", "palette")):
        found = keymap.find(key, (LIST, ANYWHERE))
        assert found is not None
        assert found.id == id_
    assert keymap.find("p", (LIST, ANYWHERE)) is None
    assert keymap.key_of("quit") == "Q"


def test_a_command_can_lose_its_keys():
    keymap = Keymap(COMMANDS, {"mark": ""})
    assert keymap.find("space", (LIST, ANYWHERE)) is None
    assert keymap.key_of("mark") == ""
    assert "mark" in {one.id for one in keymap.within((LIST, ANYWHERE))}, "the palette still has it"


def test_a_command_that_does_not_exist():
    with pytest.raises(KeyConflict, match=r"\[keys\] 'delete' is not a command") as caught:
        Keymap(COMMANDS, {"delete": "x"})
    assert str(caught.value) == caught.value.sentence


def test_labels_are_what_a_person_reads_and_writes():
    for long, short in (("slash", "/"), ("colon", ":"), ("question_mark", "?"), ("escape", "esc"), ("q", "q")):
        assert label(long) == short
        assert name(short) == long
    keymap = Keymap(COMMANDS)
    assert keymap.key_of("filter") == "/"
    assert keymap.key_of("nothing") == ""


def test_sections_are_the_digits_of_the_declarations():
    keymap = Keymap(COMMANDS)
    for key, section, _ in SECTIONS:
        found = keymap.find(key, (ANYWHERE,))
        assert found is not None
        assert found.id == f"section.{section}"
    digits = {one.digit: one.name for one in ALL if one.digit}
    assert {key: section for key, section, _ in SECTIONS if key in digits and section != "account"} == {
        key: section for key, section in digits.items() if section != "accounts"
    }


@pytest.mark.parametrize("resource", ALL, ids=lambda one: one.name)
def test_help_names_every_key_and_column(resource):
    scopes = (resource.name, LIST, ANYWHERE)
    commands = Keymap((*COMMANDS, *part_commands(ALL))).within(scopes)
    said = [(getattr(one, "label", ""), getattr(one, "text", "")) for one in help_blocks(commands, resource)]
    for command in commands:
        keys = " ".join(label(key) for key in command.keys) or f":{command.title}"
        assert (keys, command.help) in said
    for column in resource.columns:
        assert any(left == column.name and text.startswith(column.help) for left, text in said)
