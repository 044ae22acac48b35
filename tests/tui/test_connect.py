"""The connect screen: keys go in, requests and keyring entries come out, and what is on the screen says so in words."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from textual.widgets import Input

from tests.config.fake_keyrings import NAMES, Good
from tests.tui.connect_host import KEY, NOW, PROBLEMS, Host, Server, fill, settled, type_
from xplenty_tui.config.launch import Prepared
from xplenty_tui.config.settings import KeyringGroup, Profile, Settings
from xplenty_tui.core.declare import Tone


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def host(server: Server, home: Path) -> Host:
    settings = Settings(keyring=KeyringGroup(timeout_seconds=30, allow=NAMES + "Good"))
    url = "https://api.xplenty.com"
    return Host(
        Prepared(settings, "default", "", url, lambda: NOW, problems=PROBLEMS, transport=httpx.MockTransport(server)),
        home,
    )


async def test_all_of_it_is_visible_at_80x24_even_with_a_long_answer(host, server):
    server.answer = lambda request: httpx.Response(401, json={"message": "Unauthorized " * 30})
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        for words in (*PROBLEMS, "[ Test ]", "then q quits"):
            assert words in host.sentence()
        assert host.place.max_scroll_y == 0
        await pilot.press("enter")
        await settled(pilot)
        text = host.sentence()
        for words in (
            "Connect to Xplenty",
            "Profile default at https://api.xplenty.com",
            "Account acme",
            "[ Test ]",
            "[ Remember in keyring ]",
            "[ This session only ]",
            "Check the key",
            "then q quits",
        ):
            assert words in text
        assert host.place.max_scroll_y == 0


async def test_the_test_is_one_free_call_with_the_key_and_is_told_in_words(host, server):
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert [(one.method, one.url.path) for one in server.requests] == [("GET", "/acme/api/rate_limit_status")]
        sent = server.requests[0].headers["authorization"].removeprefix("Basic ")
        assert base64.b64decode(sent).decode() == f"{KEY}:"
        assert "The key is accepted for acme: 4,990 of 5,000 credits are left this hour." in host.sentence()
        assert host.entries == []
        await type_(pilot, "x")
        assert "accepted" not in host.sentence()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda request: httpx.Response(401), "Check the key"),
        (lambda request: httpx.Response(404), "Check the account id"),
        (lambda request: httpx.Response(503), "What you typed is still here"),
        (lambda request: httpx.Response(200, text="<html>"), "What you typed is still here"),
        (lambda request: httpx.Response(200, json={"limits": {}}), "The key is accepted for acme."),
    ],
)
async def test_a_refusal_is_said_and_what_was_typed_stays(host, server, answer, words):
    server.answer = answer
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert words in host.sentence()
        assert [field.value for field in host.query(Input)] == ["acme", KEY]
        await pilot.press("enter")
        await settled(pilot)
        assert len(server.requests) == 2


async def test_no_connection_is_a_sentence(host, server):
    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[/red] no route", request=request)

    server.answer = broken
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert "api.xplenty.com" in host.place._result.text
        assert "What you typed is still here" in host.sentence()


@pytest.mark.parametrize(
    ("account", "key", "words", "focus"),
    [
        ("", KEY, "The account id is missing", 0),
        ("a/b", KEY, "This is no account id", 0),
        ("acme", "", "The key field is empty", 1),
        ("acme", "two words", "is not an API key", 1),
    ],
)
async def test_nothing_is_sent_of_what_cannot_be_meant(host, server, account, key, words, focus):
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot, account, key)
        await pilot.press("enter")
        await settled(pilot)
        assert words in host.sentence()
        assert host.focused is host.query(Input)[focus]
        assert server.requests == []


async def test_a_high_screen_keeps_the_reasons_beside_the_answer(host):
    async with host.run_test(size=(120, 40)) as pilot:
        await fill(pilot)
        await pilot.press("enter")
        await settled(pilot)
        for words in (*PROBLEMS, "The key is accepted for acme"):
            assert words in host.sentence()


async def test_changing_the_key_drops_a_test_under_way(host, server):
    reached, release = asyncio.Event(), asyncio.Event()

    async def slow(request: httpx.Request) -> httpx.Response:
        reached.set()
        await release.wait()
        return server(request)

    host.prepared = replace(host.prepared, transport=httpx.MockTransport(slow))
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press("enter")
        await reached.wait()
        assert "Testing acme" in host.sentence()
        await pilot.press("x")
        await pilot.pause()
        assert "Changed while it was tested" in host.sentence()
        release.set()
        await pilot.press("enter")
        await settled(pilot)
        assert "The key is accepted for acme" in host.sentence()
    assert len(server.requests) == 1


async def test_typing_is_never_a_command_and_escape_leads_out(host):
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "qaR", "q1?")
        assert host.commands == []
        await pilot.press("ctrl+c")
        assert host.commands == ["quit"]
        await pilot.press("escape", "q")
        assert host.commands == ["quit", "quit"]
        assert [field.value for field in host.query(Input)] == ["qaR", "q1?"]


async def test_tab_and_arrows_go_around_and_the_focus_is_seen(host):
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        ring = host.place.ring()
        for key, expected in [("tab", 1), ("down", 2), ("right", 3), ("tab", 4), ("tab", 0), ("shift+tab", 4)]:
            await pilot.press(key)
            assert host.focused is ring[expected]
        assert "[>This session only<]" in host.shown()
        for key, expected in [("left", 3), ("up", 2), ("up", 1), ("up", 0)]:
            await pilot.press(key)
            assert host.focused is ring[expected]
        assert "[>" not in host.shown()


async def test_this_session_only_enters_with_what_was_typed_and_keeps_nothing(host, home, server):
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press("tab", "tab", "tab", "enter")
        await settled(pilot)
        (entry,) = host.entries
        assert (entry.account, entry.key.get_secret_value(), entry.problems) == ("acme", KEY, ())
        assert entry.key_source == "typed for this session"
        assert server.requests == []
        assert not (home / "config" / "xplenty-tui").exists()


async def test_remember_keeps_key_and_profile_then_enters(host, home, monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", NAMES + "Good")
    monkeypatch.setattr(Good, "kept", {})
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press("tab", "tab", "space")
        await settled(pilot)
        assert Good.kept == {("xplenty-tui", "default/acme"): KEY}
        (entry,) = host.entries
        assert (entry.account, entry.key_source) == ("acme", "keyring")
        assert entry.settings.profiles == {"default": Profile(account="acme")}
        assert host.said[0][1] is Tone.GOOD
    assert KEY not in (home / "config" / "xplenty-tui" / "config.toml").read_text()


async def test_no_keyring_is_a_normal_state_that_names_the_other_ways(host, home):
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press("tab", "tab", "enter")
        await settled(pilot)
        for words in ("XPLENTY_API_KEY", "key_command", "This session only"):
            assert words in host.place._result.text
        assert "This session only works now" in host.sentence()
        assert host.place.max_scroll_y == 0
        assert host.entries == []
        await pilot.press("tab", "enter")
        await settled(pilot)
        assert [entry.account for entry in host.entries] == ["acme"]
    assert not (home / "config" / "xplenty-tui").exists()


async def test_a_profile_of_another_account_is_not_overwritten(host):
    prepared = host.prepared
    settings = prepared.settings.model_copy(update={"profiles": {"default": Profile(account="other")}})
    host.prepared = replace(prepared, settings=settings, account="other")
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert host.focused is host.query(Input)[1]
        await pilot.press("up", "ctrl+u")
        await fill(pilot)
        await pilot.press("tab", "tab", "enter")
        await settled(pilot)
        assert "the profile default is for the account other" in host.sentence()
        assert host.entries == []


async def test_the_key_is_seen_nowhere(host, server):
    server.answer = lambda request: httpx.Response(401, json={"message": f"no such key {KEY}"})
    copied: list[str] = []
    host.copy_to_clipboard = copied.append
    async with host.run_test(size=(80, 24)) as pilot:
        await fill(pilot)
        await pilot.press("ctrl+a", "shift+home", "super+c", "end")
        await pilot.press("enter")
        await settled(pilot)
        assert KEY not in host.shown()
        assert "•" * len(KEY) in host.shown()
        assert KEY not in json.dumps([repr(widget) for widget in host.query("*")])
        assert KEY not in str(host.said) + str(host.place.path())
        await pilot.press("home", "shift+end", "ctrl+x")
        assert host.query(Input)[1].value == ""
    assert copied == []


async def test_texts_from_outside_are_no_markup(host):
    host.prepared = replace(host.prepared, problems=("[red]loud[/red] [@click=app.exit]here[/]",))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "[red]loud[/red] [@click=app.exit]here[/]" in host.shown()


async def test_a_place_without_a_session_wants_nothing(host):
    async with host.run_test(size=(80, 24)):
        assert host.place.wants() == {}
        assert host.place.loaded_at() is None
        assert host.place.problem() is None
