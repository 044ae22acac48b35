"""The looks: readable in every theme, with few colours and with none."""

from __future__ import annotations

import math

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.theme import Theme

from tests.tui.widgets.toys import ListHost, drawn
from xplenty_tui.core.declare import Tone
from xplenty_tui.tui import theme, themes

SHINY = (theme.NIGHT, theme.DAY)
COLOURED = (*SHINY, themes.CONTRAST, themes.SAFE)
LEAST = {themes.CONTRAST.name: 8.0}
"""The contrast that a text must have; of the others WCAG's 4.5 (AA) is asked."""


def luminance(colour: Color) -> float:
    """Return the relative luminance of WCAG 2.1."""
    parts = [value / 255 for value in colour.rgb]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pair(style: Style) -> tuple[Color, Color]:
    assert style.color is not None and style.bgcolor is not None
    return Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)


def eight_bit(colour: RichColor | None) -> RichColor:
    """Return the nearest of 256 colours, as a terminal without more draws it."""
    assert colour is not None
    return RichColor.from_triplet(colour.downgrade(ColorSystem.EIGHT_BIT).get_truecolor())


async def looks_of(name: str) -> theme.Looks:
    app = ListHost(3, look=name)
    async with app.run_test():
        return app.table.look


@pytest.mark.parametrize("look", COLOURED, ids=lambda each: each.name)
async def test_every_tone_can_be_read_on_every_ground(look: Theme) -> None:
    found, least = await looks_of(look.name), LEAST.get(look.name, 4.5)
    grounds = [Color.parse(each) for each in (look.background, look.surface, look.panel) if each]
    assert len(grounds) == 3
    for tone in Tone:
        for style in (found.of(tone), found.of(tone, cursor=True)):
            assert contrast(*pair(style)) >= least, (tone, style)
        for ground in grounds:
            assert contrast(pair(found.of(tone))[0], ground) >= least, (tone, ground)
        for cursor in (False, True):
            assert contrast(*pair(found.of(tone, cursor) + found.match)) >= least, (tone, "match")


@pytest.mark.parametrize("look", COLOURED, ids=lambda each: each.name)
def test_what_is_chosen_in_a_field_can_be_read(look: Theme) -> None:
    colour, _, share = look.variables["input-selection-background"].partition(" ")
    for ground in (look.surface, look.panel):
        chosen = Color.parse(ground or "").blend(Color.parse(colour), int(share.rstrip("%")) / 100)
        assert contrast(Color.parse(look.foreground or ""), chosen) >= min(LEAST.get(look.name, 4.5), 7), ground


@pytest.mark.parametrize("look", COLOURED, ids=lambda each: each.name)
async def test_it_can_be_read_in_256_colours(look: Theme) -> None:
    found = await looks_of(look.name)
    grounds = set()
    for tone in Tone:
        for style in (found.of(tone), found.of(tone, cursor=True)):
            text, ground = (Color.from_rich_color(eight_bit(each)) for each in (style.color, style.bgcolor))
            assert contrast(text, ground) >= 4, (tone, style)
            grounds.add(ground)
    assert len(grounds) == 2, "the cursor is seen"


@pytest.mark.parametrize("look", SHINY, ids=lambda each: each.name)
async def test_it_is_neither_white_on_black_nor_a_cursor_that_nobody_sees(look: Theme) -> None:
    found = await looks_of(look.name)
    text, ground = pair(found.of(Tone.PLAIN))
    assert (255, 255, 255) not in {text.rgb, ground.rgb} and (0, 0, 0) not in {text.rgb, ground.rgb}
    assert contrast(pair(found.of(Tone.PLAIN, cursor=True))[1], ground) > 1.15


BLIND = {
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What is left of linear RGB without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1.0)."""
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)


def lab(colour: Color, blind: str) -> tuple[float, float, float]:
    """Return CIELAB of a colour as eyes see it that lack a kind of cone."""

    def times(matrix: tuple[tuple[float, ...], ...], row: list[float]) -> list[float]:
        return [sum(one * other for one, other in zip(line, row, strict=True)) for line in matrix]

    parts = [value / 255 for value in colour.rgb]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    seen = [min(max(part, 0), 1) for part in times(BLIND[blind], linear)]
    x, y, z = (
        ratio ** (1 / 3) if (ratio := part / white) > 0.008856 else 7.787 * ratio + 16 / 116
        for part, white in zip(times(TO_XYZ, seen), WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("blind", BLIND)
async def test_the_safe_theme_keeps_states_apart_for_eyes_without_a_kind_of_cone(blind: str) -> None:
    async def apart(name: str) -> float:
        found = await looks_of(name)
        bad = lab(pair(found.of(Tone.BAD))[0], blind)
        return min(math.dist(bad, lab(pair(found.of(tone))[0], blind)) for tone in (Tone.GOOD, Tone.BUSY, Tone.WARN))

    assert await apart(themes.SAFE.name) >= 25, "ten times what can just be told apart"
    if blind != "tritanopia":
        assert await apart(theme.NIGHT.name) < 25, "which the usual colours do not"


@pytest.mark.parametrize("look", theme.THEMES, ids=lambda each: each.name)
async def test_what_is_bad_never_looks_plain(look: Theme) -> None:
    found = await looks_of(look.name)
    assert found.of(Tone.BAD) != found.of(Tone.PLAIN)
    assert len({found.of(tone) for tone in (Tone.GOOD, Tone.BUSY, Tone.WARN, Tone.BAD, Tone.PLAIN)}) == 5


async def test_tones_without_a_ground_take_the_one_they_are_added_to() -> None:
    app = ListHost(3)
    async with app.run_test():
        bare = theme.tones(app)
        assert set(bare) == set(Tone)
        assert all(style.bgcolor is None for style in bare.values())
        assert (Style(bgcolor="red") + bare[Tone.BAD]).bgcolor == Style(bgcolor="red").bgcolor


async def test_styles_are_made_once_for_a_theme() -> None:
    app = ListHost(3)
    async with app.run_test() as pilot:
        first = theme.tones(app)
        assert theme.tones(app) is first
        app.theme = theme.DAY.name
        await pilot.pause()
        assert theme.tones(app) != first


async def test_a_new_theme_is_drawn_at_once() -> None:
    app = ListHost(3)
    async with app.run_test() as pilot:
        night = app.table.render_line(2)
        app.theme = theme.DAY.name
        await pilot.pause()
        day = app.table.render_line(2)
        assert day.text == night.text and day != night
        strip = app.screen._compositor.render_strips()[2]
        assert [segment.style for segment in strip] == [segment.style for segment in day]


@pytest.mark.parametrize("look", ["textual-dark", "textual-light", "nord", "ansi-dark", "ansi-light"])
async def test_a_foreign_theme_works_too(look: str) -> None:
    app = ListHost(3, look=look)
    async with app.run_test():
        assert app.table.look.of(Tone.PLAIN) != app.table.look.of(Tone.PLAIN, cursor=True)
        assert "toy number 3" in drawn(app.table)[1]


@pytest.mark.parametrize("look", theme.THEMES, ids=lambda each: each.name)
async def test_without_colours_the_cursor_is_reversed_and_words_tell_the_rest(
    look: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ListHost(3, look=look.name)
    async with app.run_test():
        assert app.no_color
        cursor = app.table.render_line(1)
        assert [segment.style.reverse for segment in cursor if segment.style] == [True]
        assert not any(segment.style.reverse for segment in app.table.render_line(2) if segment.style)
        assert [line.split()[0] for line in drawn(app.table)[1:4]] == ["■", "▶", "✗"]
        colours = {app.table.look.of(tone).color for tone in Tone if tone is not Tone.DIM}
        assert len(colours) == 1


async def test_sixteen_colours_get_the_terminals_own_and_a_reversed_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("COLORTERM")
    app = ListHost(3)
    async with app.run_test():
        assert app.console.color_system == "standard"
        assert theme.fitting(app) == theme.TERMINAL.name
        assert all(segment.style.reverse for segment in app.table.render_line(1) if segment.style)


async def test_a_terminal_with_colours_gets_night_or_day() -> None:
    app = ListHost(3)
    async with app.run_test():
        assert (theme.fitting(app), theme.fitting(app, dark=False)) == (theme.NIGHT.name, theme.DAY.name)
