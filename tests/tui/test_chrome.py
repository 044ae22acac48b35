"""What the first and the last two lines say, at every width that a terminal has."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich.style import Style

from tests.tui.host import BEGIN, Host, running
from xplenty_tui.core.declare import Tone
from xplenty_tui.core.widths import cells
from xplenty_tui.resources import ALL
from xplenty_tui.tui import chrome, theme
from xplenty_tui.tui.commands import ANYWHERE, COMMANDS, LIST, PAGE, SECTIONS, Keymap
from xplenty_tui.tui.helping import part_commands

KEYMAP = Keymap((*COMMANDS, *part_commands(ALL)))


def said(spans) -> str:
    return "".join(text for text, _ in spans)


@pytest.mark.parametrize("scopes", [(LIST, ANYWHERE), (PAGE, ANYWHERE), ("jobs", PAGE, ANYWHERE), (ANYWHERE,)])
def test_the_key_line_fits_and_always_tells_the_way_on(scopes):
    for width in range(40, 201):
        line = said(chrome.key_line(KEYMAP.within(scopes), width))
        assert cells(line.rstrip()) <= width - 1, "the bar is indented by one"
        assert ": go" in line
        assert "? help" in line


def test_the_key_line_grows_and_never_loses_the_best():
    for scopes in ((LIST, ANYWHERE), ("jobs", PAGE, ANYWHERE)):
        lines = [said(chrome.key_line(KEYMAP.within(scopes), width)) for width in range(40, 201)]
        assert all("enter open" in line for line in lines)
        assert len(lines[-1]) > len(lines[0])


def test_the_key_line_keeps_quiet_about_what_has_no_key():
    keymap = Keymap(COMMANDS, {"sort": ""})
    assert "sort" not in said(chrome.key_line(keymap.within((LIST, ANYWHERE)), 200))


@pytest.mark.parametrize(("digit", "section", "title"), SECTIONS)
def test_the_sections_fit(digit, section, title):
    for width in range(40, 201):
        line = said(chrome.nav(section, "acme", "demo", production=False, width=width))
        assert width <= 50 or cells(line.rstrip()) <= width - 1, "narrower than that the bar cuts it"
        assert f"▸{digit} {title}" in line
        assert line.startswith("acme demo")
        for key, _, _ in SECTIONS:
            assert key in line


def test_production_is_loud_in_letters_as_well_as_in_colour():
    spans = chrome.nav("jobs", "acme", "main", production=True, width=120, look=Tone.BAD)
    assert ("MAIN", Tone.BAD) in spans
    assert "read-only" not in said(spans)


def name_of(host: Host) -> Style:
    """Return how the profile's name looks on the first line."""
    (style,) = [one.style for one in host.app._nav.render_line(0) if one.text.strip().lower() == "demo" and one.style]
    return style


@pytest.mark.parametrize(
    ("production", "colour", "tone"),
    [
        (True, "auto", Tone.BAD),
        (True, "yellow", Tone.WARN),
        (True, "none", None),
        (False, "auto", None),
        (False, "green", Tone.GOOD),
        (False, "blue", Tone.LINK),
    ],
)
async def test_the_colour_of_a_profile_is_seen_on_every_screen(production, colour, tone):
    async with running(screen="jobs", production=production, colour=colour) as host:
        for keys in ((), ("enter",), ("escape", "x"), ("escape", "escape", "question_mark"), ("1",), ("6",)):
            await host.press(*keys)
            await host.pilot.pause()
            style = name_of(host)
            assert bool(style.reverse) is (tone is not None)
            assert style.color == theme.tones(host.app)[tone or Tone.DIM].color
        host.app.theme = "xplenty-contrast"
        host.app.draw_frame()
        assert name_of(host).color == theme.tones(host.app)[tone or Tone.DIM].color


def test_before_a_session_the_program_names_itself():
    assert said(chrome.nav("", "", "", production=False, width=80)).startswith("xplenty-tui")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "<20 s old"),
        (19.9, "<20 s old"),
        (20, "<1 min old"),
        (59.9, "<1 min old"),
        (60, "1 min old"),
        (89 * 60, "89 min old"),
        (90 * 60, "1 h old"),
        (3 * 3600, "3 h old"),
    ],
)
def test_ages(seconds, words):
    assert chrome.age(BEGIN, BEGIN + timedelta(seconds=seconds)) == words


def test_no_age_before_anything_came():
    assert chrome.age(None, BEGIN) == "nothing loaded yet"


def test_a_server_whose_clock_is_ahead_makes_nothing_older_than_new():
    assert chrome.age(BEGIN + timedelta(seconds=3), BEGIN) == "<20 s old"


def test_credits():
    end, whole = ("lasts the hour", Tone.DIM), "████░ 4,987/5,000 credits, 1,013/h by us, lasts the hour"

    def line(room, remaining=4987):
        return chrome.credits(remaining, 5000, 1013, lasts=end, gauge="████░", room=room)

    assert said(chrome.credits(None, None, 3, lasts=end, gauge="", room=80)) == "credits unknown"
    assert said(line(len(whole))) == whole
    assert said(line(len(whole) - 1)) == "4,987/5,000 credits, 1,013/h by us, lasts the hour"
    assert said(line(49)) == "4,987/5,000 credits, 1,013/h, lasts the hour"
    assert said(line(40)) == "4,987/5,000 credits, lasts the hour"
    assert said(line(3)) == "4,987/5,000 credits"
    assert line(3, 499)[0][1] is Tone.BAD
    assert line(3, 500)[0][1] is Tone.PLAIN


def test_states_have_a_tone_and_the_unknown_is_bad():
    assert chrome.state("live") == ("live", Tone.GOOD)
    assert chrome.state("offline") == ("offline", Tone.BAD)
    assert chrome.state("paused") == ("paused", Tone.WARN)


@pytest.mark.parametrize("profile", ["default", "production-eu-west", "prod"])
def test_a_profile_gives_way_before_the_names_of_the_sections_do(profile: str):
    for width in range(72, 201):
        line = said(chrome.nav("jobs", "acme", profile, production=False, width=width))
        if width >= 80:
            assert all(title in line for _, _, title in SECTIONS), line
            assert cells(line.rstrip()) <= width - 1
        assert line.startswith(f"acme {profile[0]}"), "as much of it as there is room for"
    assert f"acme {profile} " in said(chrome.nav("jobs", "acme", profile, production=False, width=120))


def test_the_keys_of_a_box_are_said_as_long_as_they_fit_whole():
    keys = (("enter", "cancels"), ("tab", "next"), ("esc", "cancels"))
    assert said(chrome.box_line(keys, 80)) == "enter cancels  tab next  esc cancels  "
    assert said(chrome.box_line(keys, 30)) == "enter cancels  tab next  "
