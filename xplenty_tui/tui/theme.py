"""The looks: three themes, and the one place where a meaning (``Tone``) becomes a style of the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color

from xplenty_tui.core.declare import Tone
from xplenty_tui.tui.themes import BY_NAME, DAY, NIGHT, TERMINAL, THEMES, TITLES


def register(app: App[Any]) -> None:
    """Make the themes known to ``app``, without choosing one."""
    for theme in THEMES:
        app.register_theme(theme)


def fitting(app: App[Any], *, dark: bool = True) -> str:
    """Return the name of the theme for this terminal: its own colours where it has only sixteen or none."""
    if app.console.color_system in {None, "standard", "windows"}:
        return TERMINAL.name
    return NIGHT.name if dark else DAY.name


Tones = Mapping[Tone, Style]


@dataclass(frozen=True, slots=True)
class Looks:
    """All styles that the widgets draw with, for one theme on one background."""

    theme: str
    """The name of the theme they were made from."""
    tones: Tones
    cursor: Tones
    """The same on the row under the cursor."""
    bare: Tones
    """The same without a background."""
    match: Style
    """Added to the style of a text that was searched for."""
    thumb: Style
    """The scroll position at the right edge."""

    def of(self, tone: Tone, cursor: bool = False) -> Style:
        """Return the style of ``tone``, on the row under the cursor or elsewhere."""
        return (self.cursor if cursor else self.tones)[tone]


__all__ = [
    "BY_NAME",
    "DAY",
    "NIGHT",
    "TERMINAL",
    "THEMES",
    "TITLES",
    "Looks",
    "Tones",
    "fitting",
    "looks",
    "register",
    "tones",
]

_BOLD = frozenset({Tone.STRONG})


def tones(app: App[Any]) -> Tones:
    """Return the styles of the tones without a background, to be added to a style that has one."""
    return looks(app).bare


def looks(app: App[Any], background: Color | None = None) -> Looks:
    """Return the styles for the current theme, on ``background`` or the theme's own; made once for each."""
    few = app.console.color_system in {None, "standard", "windows"}
    base = background or Color.parse(app.current_theme.background or app.theme_variables["background"])
    return _looks(app.theme, _palette(app), base.rich_color, few, app.no_color)


Palette = tuple[tuple[str, RichColor], ...]


def _palette(app: App[Any]) -> Palette:
    """Read the theme's colours; a foreign theme lacks our own words and gets the nearest of its own."""
    theme, known = app.current_theme, app.theme_variables
    own = theme.variables
    names = {
        Tone.PLAIN: known["foreground"],
        Tone.DIM: own.get("tone-dim", known["foreground"]),
        Tone.STRONG: own.get("tone-strong", known["foreground"]),
        Tone.GOOD: known["success"],
        Tone.BUSY: known["accent"],
        Tone.WAIT: own.get("tone-wait", known["secondary"]),
        Tone.WARN: known["warning"],
        Tone.BAD: known["error"],
        Tone.LINK: known["accent"],
        "cursor": own.get("tone-cursor", ""),
        "match": own.get("tone-match", ""),
        "thumb": own.get("tone-thumb", known["foreground"]),
    }
    return tuple((str(name), _rich(value)) for name, value in names.items() if value)


@lru_cache(maxsize=256)
def _rich(value: str) -> RichColor:
    return Color.parse(value).rich_color


@lru_cache(maxsize=32)
def _looks(theme: str, palette: Palette, background: RichColor, few: bool, colourless: bool) -> Looks:
    """Make the styles; without colours (or with few) the cursor is reversed and all of its row in one style."""
    colours = dict(palette)
    plain = colours[Tone.PLAIN.value]
    own_colours = plain.is_default

    def style(tone: Tone, ground: RichColor | None) -> Style:
        colour = plain if colourless and tone is not Tone.DIM else colours[tone.value]
        bold = tone in _BOLD or (colourless and tone is Tone.BAD)
        dim = own_colours and tone is Tone.DIM
        return Style(color=colour, bgcolor=ground, bold=bold or None, dim=dim or None)

    usual = {tone: style(tone, background) for tone in Tone}
    lit = colours.get("cursor")
    if few or colourless or lit is None:
        under = dict.fromkeys(Tone, Style(color=plain, bgcolor=background, reverse=True))
    else:
        under = {tone: style(tone, lit) for tone in Tone}
    found = colours.get("match")
    plain_match = found is None or few or colourless
    strong = colours[Tone.STRONG.value]
    match = Style(bold=True, underline=True) if plain_match else Style(color=strong, bgcolor=found)
    return Looks(
        theme=theme,
        tones=MappingProxyType(usual),
        cursor=MappingProxyType(under),
        bare=MappingProxyType({tone: style(tone, None) for tone in Tone}),
        match=match,
        thumb=Style(color=colours["thumb"], bgcolor=background),
    )
