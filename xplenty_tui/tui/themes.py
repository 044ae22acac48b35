"""The themes: what each meaning looks like. ``tui.theme`` makes styles of them."""

from __future__ import annotations

from textual.theme import Theme

NIGHT = Theme(
    name="xplenty-night",
    primary="#6cb6ff",
    secondary="#8b98a5",
    accent="#6cb6ff",
    success="#7cc48d",
    warning="#e5a84b",
    error="#ff8a80",
    foreground="#d0d6dd",
    background="#14181d",
    surface="#1a1f26",
    panel="#20262e",
    dark=True,
    variables={
        "tone-dim": "#a3adb8",
        "tone-strong": "#eef1f4",
        "tone-wait": "#c8bd8a",
        "tone-cursor": "#333b44",
        "tone-match": "#5a4a12",
        "tone-thumb": "#4a5563",
        "input-selection-background": "#6cb6ff 35%",
        "footer-key-foreground": "#6cb6ff",
    },
)
"""Dark, for long nights: soft white on slate, one accent, one danger."""

DAY = Theme(
    name="xplenty-day",
    primary="#0b5cad",
    secondary="#57606a",
    accent="#0b5cad",
    success="#176b34",
    warning="#8a4b00",
    error="#b3201c",
    foreground="#24292f",
    background="#f5f6f8",
    surface="#eceef1",
    panel="#e3e6ea",
    dark=False,
    variables={
        "tone-dim": "#545d68",
        "tone-strong": "#0a0c10",
        "tone-wait": "#6a5500",
        "tone-cursor": "#d3e3f5",
        "tone-match": "#ffe58a",
        "tone-thumb": "#a9b1bb",
        "input-selection-background": "#0b5cad 30%",
        "footer-key-foreground": "#0b5cad",
    },
)
"""Light, for a bright room."""

TERMINAL = Theme(
    name="xplenty-terminal",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    accent="ansi_cyan",
    success="ansi_green",
    warning="ansi_yellow",
    error="ansi_red",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables={
        "ansi-background": "ansi_black",
        "ansi-foreground": "ansi_white",
        "tone-wait": "ansi_magenta",
    },
)
"""The terminal's own sixteen colours on its own background: light or dark as the person set it, and fewest bytes."""

CONTRAST = Theme(
    name="xplenty-contrast",
    primary="#7fd4ff",
    secondary="#e0e0e0",
    accent="#7fd4ff",
    success="#5cff8a",
    warning="#ffd447",
    error="#ffb8b8",
    foreground="#ffffff",
    background="#000000",
    surface="#0c0c0c",
    panel="#141414",
    dark=True,
    variables={
        "tone-dim": "#d8d8d8",
        "tone-strong": "#ffffff",
        "tone-wait": "#ffe9a8",
        "tone-cursor": "#002878",
        "tone-match": "#4f3d00",
        "tone-thumb": "#9a9a9a",
        "input-selection-background": "#7fd4ff 35%",
        "footer-key-foreground": "#7fd4ff",
    },
)
"""White and clear colours on black: every text has a contrast of 8 to 1 or more, also where it was found or chosen."""

SAFE = Theme(
    name="xplenty-safe",
    primary="#56b4e9",
    secondary="#9aa5b1",
    accent="#56b4e9",
    success="#2bb5e8",
    warning="#fcf18c",
    error="#f28e2b",
    foreground="#d6dbe1",
    background="#14181d",
    surface="#1a1f26",
    panel="#20262e",
    dark=True,
    variables={
        "tone-dim": "#a3adb8",
        "tone-strong": "#f2f4f7",
        "tone-wait": "#d9a6c8",
        "tone-cursor": "#333b44",
        "tone-match": "#5a4a12",
        "tone-thumb": "#4a5563",
        "input-selection-background": "#56b4e9 35%",
        "footer-key-foreground": "#56b4e9",
    },
)
"""Blue for good and orange for bad, apart for every kind of colour blindness; no meaning hangs on red and green."""

THEMES: tuple[Theme, ...] = (NIGHT, DAY, TERMINAL, CONTRAST, SAFE)
"""All themes of the program; the first is the default."""
BY_NAME: dict[str, Theme] = {one.name: one for one in THEMES}
"""The themes by name."""
TITLES: dict[str, str] = {
    NIGHT.name: "dark",
    DAY.name: "light",
    TERMINAL.name: "the terminal's own sixteen",
    CONTRAST.name: "high contrast",
    SAFE.name: "safe for colour-blind eyes",
}
"""What a person calls them."""
