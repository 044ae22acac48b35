"""What holds for everything that can be done to anything: made from the declarations, so a new action is in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.resources.samples import FULL, context, decode, items_of
from tests.tui.acting import asked, at, outcomes, writes
from tests.tui.filled import DANGERS, DRAFTS, HARMLESS, KNOWN_FIRST, SEARCHED, SECRET
from tests.tui.host import Host, running
from xplenty_tui.core.action import Action
from xplenty_tui.core.declare import Resource
from xplenty_tui.core.journal import Outcome
from xplenty_tui.resources import ALL, BY_NAME, job_run
from xplenty_tui.tui import following, sending
from xplenty_tui.tui.commands import ACTS, ANYWHERE, COMMANDS, LIST, MAKES, PAGE, RESULTS, Keymap
from xplenty_tui.tui.errand import Errand
from xplenty_tui.tui.helping import action_commands, part_commands

KINDS = [resource for resource in ALL if resource.actions]
CASES = {f"{resource.name}.{action.name}": (resource, action) for resource in ALL for action in resource.actions}
SHADOWED: set[tuple[str, str, str]] = set()
"""(key, the nearer command, the one that it hides) where that is intended. There is none, and that is best."""


def cases(which: Any = lambda action: True) -> Any:
    found = {id_: pair for id_, pair in CASES.items() if which(pair[1])}
    return pytest.mark.parametrize(("resource", "action"), found.values(), ids=found.keys())


def drafted(resource: Resource[Any], action: Action[Any]) -> Any:
    return DRAFTS.get(f"{resource.name}.{action.name}")


by_kind = pytest.mark.parametrize("resource", KINDS, ids=lambda resource: resource.name)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sending, "AGAIN_S", 0.0)
    for name, value in {"PACES_S": (0.0,), "LOOKS": 1, "FINDS_S": (0.0,)}.items():
        monkeypatch.setattr(following, name, value)


# What is declared.


def test_there_is_something_to_check_and_everything_dangerous_is_known_as_such() -> None:
    assert {"jobs", "clusters", "schedules", "packages", "members", "user"} < {resource.name for resource in KINDS}
    assert {id_ for id_, (_, action) in CASES.items() if action.danger} == DANGERS
    assert {id_ for id_, (_, action) in CASES.items() if not action.writes} == HARMLESS
    assert set(DRAFTS) == {id_ for id_, (_, action) in CASES.items() if action.fill is not None}


@cases()
def test_it_is_declared_whole(resource: Resource[Any], action: Action[Any]) -> None:
    assert re.fullmatch(r"[a-z_]+", action.name) and action.keys
    assert action.title == action.title.strip() and 0 < len(action.title) <= 14 and len(action.title.split()) <= 3
    assert action.help.endswith(".") and action.help[0].isupper() and len(action.help) <= 120
    assert set(action.touches) <= set(BY_NAME) and (action.fill is None or set(action.fill.kinds) <= set(BY_NAME))
    assert not action.danger or (action.ask and action.on_item and action.writes and resource.get)
    assert 0 <= action.weight <= 50 and action.credits >= 1 and (action.on_item or not action.bulk)
    assert action.settled is None or (action.outcome is not None and action.writes)


@by_kind
def test_names_and_places_on_the_key_line_are_its_own(resource: Resource[Any]) -> None:
    for what in ("name", "title", "weight"):
        found = [told for action in resource.actions if (told := getattr(action, what))]
        assert len(set(found)) == len(found), what


def chains() -> set[tuple[str, ...]]:
    """Return every chain of scopes that may be in force."""
    lists = {(one.name + ACTS, one.name + MAKES, LIST, ANYWHERE) for one in ALL}
    pages = {(under.name + ACTS, one.name, PAGE, ANYWHERE) for one in ALL for under in ALL}
    return lists | pages | {(RESULTS, PAGE, ANYWHERE)} | {(one.name + ACTS, PAGE, ANYWHERE) for one in ALL}


def test_no_key_hides_another() -> None:
    commands = (*COMMANDS, *part_commands(ALL), *action_commands(ALL))
    keymap, hidden = Keymap(commands), set()
    for chain in chains():
        for far in (one for one in commands if one.scope in chain):
            for key in far.keys:
                near = keymap.find(key, chain)
                assert near is not None
                if near is not far:
                    hidden.add((key, near.id, far.id))
    assert hidden == SHADOWED


@cases()
def test_what_is_refused_is_refused_with_words_and_what_is_asked_is_asked_of_any_item(
    resource: Resource[Any], action: Action[Any]
) -> None:
    draft, full = drafted(resource, action), context(**{kind: [decode(kind, raw)] for kind, raw in FULL.items()})
    for ctx in (context(), full):
        for item in items_of(resource) if action.on_item else [None]:
            reason = action.disabled(item, ctx)
            if reason is not None:
                assert action.on_item and len(reason.split()) > 2 and reason.strip(" .:\n") == reason, reason
                assert reason[0].islower() and "None" not in reason and "\n" not in reason
            elif action.ask is not None:
                question = action.ask([item] if action.on_item else [], draft, ctx)
                assert question is not None or not action.danger
                if question is not None:
                    assert question.title and any(text for line in question.lines for text, _ in line)
                    assert question.verb not in ("", "Cancel", "OK", "Yes")


# By key.


def subject(host: Host, resource: Resource[Any], action: Action[Any]) -> Any:
    """Return the first item in the list that it can be done to, and that it asks about if it ever asks."""
    if not action.on_item:
        return None
    ctx, held = host.app.context(), host.held(resource.name).items
    able = [item for key in host.place.view.keys if action.disabled(item := held[key], ctx) is None]
    return next(item for item in able if action.ask is None or action.ask([item], drafted(resource, action), ctx))


def only_on_production(action: Action[Any]) -> bool:
    """Tell whether it is a run, which is asked about on production only: elsewhere its form is enough."""
    return action.send is job_run.send


async def begin(host: Host, resource: Resource[Any], action: Action[Any]) -> Any:
    """Begin it: by its key, or where a form comes first with the form filled in."""
    if first := KNOWN_FIRST.get(resource.name):
        await host.open("", first)
    await host.open(resource.digit if resource.name != "accounts" else "", resource.name)  # 6 opens the account's page
    if found := SEARCHED.get(resource.name):
        await host.press("slash", *found, "enter", "S")
        await host.until(lambda: host.held(resource.name).items)
        await host.settle()
    host.app.session.production = only_on_production(action)
    item, draft = subject(host, resource, action), drafted(resource, action)
    if item is not None:
        await at(host, resource.key(item))
    if draft is None:
        await host.press(action.keys[0])
    else:
        host.app.start_task(Errand(host.app, resource, action, [item] if item is not None else []).once(draft))
    return item


async def say_yes(host: Host) -> None:
    box = await asked(host)
    if name := box._question.typed:
        host.type(name)
        await host.until(lambda: box._matches)
    await host.press("tab", "enter")


@cases(lambda action: action.ask is not None)
async def test_enter_cancels_and_nothing_is_sent(resource: Resource[Any], action: Action[Any]) -> None:
    async with running() as host:
        item = await begin(host, resource, action)
        box = await asked(host)
        assert ("DANGER" in host.text) is action.danger
        assert "[>Cancel<]" in host.text and "acme / demo" in host.text.replace("acme / DEMO", "acme / demo")
        before = list(host.line.asked)
        if action.danger:
            await host.press("y")  # a letter confirms no danger
            assert box in host.app.boxes() and not box._on_verb
            await host.press("backspace")  # where a name is wanted it was typed there
        await host.press("enter")
        await host.until(lambda: not host.app.boxes() and outcomes(host))
        await host.settle()
        assert not writes(host) and host.line.asked == before
        assert outcomes(host) == [Outcome.CANCELLED]
        assert item is None or host.app.entries[0].key == resource.key(item)


@cases(lambda action: action.writes)
async def test_when_done_it_was_sent_once_and_the_journal_has_both_lines(
    resource: Resource[Any], action: Action[Any]
) -> None:
    async with running() as host:
        item = await begin(host, resource, action)
        if action.ask is not None:
            await say_yes(host)
        await host.until(lambda: len(outcomes(host)) == 2)
        if action.name == "clone":  # the copy runs by itself: that is asked about at once
            await asked(host)
            await host.press("escape")
        await host.settle()
        assert len(writes(host)) == 1
        sent, done = host.app.entries[:2]
        assert [sent.outcome, done.outcome] == [Outcome.ASKED, Outcome.DONE]
        assert sent.action == done.action == f"{resource.name}.{action.name}"
        assert sent.key == done.key == (resource.key(item) if item is not None else "")
        assert (done.account, done.profile) == ("acme", "demo")
        assert done.credits and done.sentence.endswith(".")
        assert SECRET not in repr(host.app.entries)
        draft = drafted(resource, action)
        assert done.variables == tuple(action.names(draft) if draft is not None else ())
        for box in host.app.boxes():  # what has to be read
            box.close()
        await host.press("number_sign")
        await host.see(rf"done +{resource.name}\.{action.name}")
        assert SECRET not in host.text


@by_kind
async def test_read_only_refuses_each_key_and_help_and_palette_say_why(resource: Resource[Any]) -> None:
    commands = {one.id: one for one in action_commands([resource])}
    async with running() as host:
        await host.open(resource.digit, resource.name)
        depth = host.depth
        for read_only in (False, True):
            if read_only:
                await host.press("exclamation_mark")
                before = list(host.line.asked)
                for id_, command in commands.items():
                    _, action = host.app.action_of(id_)
                    if action.writes:
                        assert "read-only: nothing" not in host.status
                        await host.press(command.keys[0])
                        await host.see(rf"{re.escape(action.title)}: read-only: nothing is changed")
                        assert not host.app.boxes()
                assert host.line.asked == before and not outcomes(host)
            reasons = {id_: host.app.reason(id_, host.place) for id_ in commands}
            await host.press("colon")
            await host.until(host.app.boxes)
            palette = {option.id: option for option in host.app.boxes()[-1]._all}
            await host.press("escape")
            await host.press("question_mark")
            await host.until(lambda: host.depth == depth + 1)
            told = host.place.text().splitlines()
            await host.press("escape")
            await host.until(lambda: host.depth == depth)
            for id_, command in commands.items():
                (_, action), reason = host.app.action_of(id_), reasons[id_]
                assert (read_only and action.writes) == (reason or "").startswith("read-only")
                assert f"{command.help} Not now: {reason}." in told if reason else command.help in told
                assert palette[id_].title == command.title and palette[id_].hint
                assert palette[id_].about == (f"not now: {reason}" if reason else command.help)
