"""The board's own themes: every colour elsewhere is one of theirs.

Each is legible by computation (tests/test_themes.py): text has a contrast of 4.5 on every ground it
may stand on, 7 in high contrast. What a colour tells, a symbol and a word tell too. The names are
those of `settings.THEMES`.
"""

from collections.abc import Mapping

from rich.console import Console
from textual.theme import Theme

from tracker.i18n import N_, _


def _theme(name: str, *, dark: bool, grounds: str, texts: str, edges: str, cursor: str) -> Theme:
    """Make a theme of colours in the order of the names below."""
    background, surface, panel = grounds.split()
    foreground, muted, disabled, *signals = texts.split()
    primary, secondary, accent, success, warning, error = signals
    blurred, bar, bar_ground = edges.split()
    cursor_ground, cursor_text, blurred_ground = cursor.split()
    return Theme(
        name=name,
        dark=dark,
        background=background,
        surface=surface,
        panel=panel,
        foreground=foreground,
        primary=primary,
        secondary=secondary,
        accent=accent,
        success=success,
        warning=warning,
        error=error,
        variables={
            # Textual would mix these with the ground; they are legible as they are.
            "text-primary": primary,
            "text-secondary": secondary,
            "text-accent": accent,
            "text-success": success,
            "text-warning": warning,
            "text-error": error,
            "text-muted": muted,
            "text-disabled": disabled,
            "block-cursor-background": cursor_ground,
            "block-cursor-foreground": cursor_text,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": blurred_ground,
            "block-cursor-blurred-foreground": foreground,
            "border": primary,
            "border-blurred": blurred,
            "input-cursor-background": foreground,
            "input-cursor-foreground": background,
            "input-selection-background": cursor_ground,
            "input-selection-foreground": cursor_text,
            "scrollbar": bar,
            "scrollbar-background": bar_ground,
        },
    )


DARK = _theme(
    "dark",
    dark=True,
    grounds="#12171c #19212a #212c37",
    texts="#d5dce3 #a0adb9 #6b7885 #6fb3c9 #9cb3d0 #d9b46c #7fbf8f #e3b25f #f0918c",
    edges="#2b3743 #33424f #161c22",
    cursor="#203d48 #ffffff #26333f",
)
LIGHT = _theme(
    "light",
    dark=False,
    grounds="#f7f5f0 #efece4 #e3dfd4",
    texts="#1f2a33 #5c574d #7f796d #1a5f74 #43597d #74530a #255f37 #7a4c00 #a32a25",
    edges="#cfc9bb #bdb6a6 #ebe7de",
    cursor="#c4dde6 #0e1a21 #dfe5e4",
)
HIGH_CONTRAST = _theme(
    "high-contrast",
    dark=True,
    grounds="#000000 #000000 #141414",
    texts="#ffffff #d9d9d9 #a6a6a6 #66d9ff #b3ccff #ffd966 #80ff9f #ffd24d #ffb3ab",
    edges="#8c8c8c #a6a6a6 #262626",
    cursor="#07306f #ffff80 #262626",
)
# Okabe and Ito's palette (2008), lightened where the contrast asks for it: sky blue for what is
# well, yellow for what is near, vermilion for what is late, apart for every kind of eyes.
COLOUR_BLIND = _theme(
    "colour-blind",
    dark=True,
    grounds="#10151b #171e26 #1f2832",
    texts="#e2e6ea #a6b2bd #6f7b87 #9cc9ec #b4cbe0 #e8c87a #56b4e9 #f0e442 #f58c57",
    edges="#2b3743 #33424f #161c22",
    cursor="#0b3f63 #ffffff #26333f",
)


def _console(name: str, *, dark: bool, signals: str) -> Theme:
    """Make a theme of the terminal's own colours, for consoles with sixteen of them."""
    primary, secondary, accent, success, warning, error = (
        f"ansi_{colour}" for colour in signals.split()
    )
    return Theme(
        name=name,
        ansi=True,
        dark=dark,
        primary=primary,
        secondary=secondary,
        accent=accent,
        success=success,
        warning=warning,
        error=error,
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        variables={
            "ansi-background": "ansi_black" if dark else "ansi_white",
            "ansi-foreground": "ansi_white" if dark else "ansi_black",
            # A grey of sixteen colours is often no colour at all.
            "text-muted": "ansi_default",
            "block-cursor-background": "ansi_white" if dark else "ansi_blue",
            "block-cursor-foreground": "ansi_black" if dark else "ansi_bright_white",
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-text-style": "bold underline",
            "border": primary,
            "border-blurred": "ansi_default",
            "input-cursor-text-style": "reverse",
            "input-selection-background": "ansi_white" if dark else "ansi_blue",
            "input-selection-foreground": "ansi_black" if dark else "ansi_bright_white",
            "scrollbar": primary,
            "scrollbar-background": "ansi_default",
        },
    )


CONSOLE_DARK = _console(
    "ansi-dark",
    dark=True,
    signals="bright_cyan bright_cyan bright_yellow bright_green bright_yellow bright_red",
)
CONSOLE_LIGHT = _console("ansi-light", dark=False, signals="blue blue magenta green magenta red")

OWN = (DARK, LIGHT, HIGH_CONTRAST, COLOUR_BLIND, CONSOLE_DARK, CONSOLE_LIGHT)
_LABELS: Mapping[str, tuple[str, str]] = {
    "dark": (N_("Dark"), N_("calm, for long days")),
    "light": (N_("Light"), N_("for bright rooms and projectors")),
    "high-contrast": (N_("High contrast"), N_("black, white and strong colours")),
    "colour-blind": (N_("For colour-blind eyes"), N_("blue, yellow and orange")),
    "ansi-dark": (N_("The terminal's colours, dark"), N_("for old consoles")),
    "ansi-light": (N_("The terminal's colours, light"), N_("for old consoles")),
}


def words(name: str) -> tuple[str, str]:
    """Return what a theme is called, and what it is good for."""
    label, note = _LABELS[name]
    return _(label), _(note)


def fitting(preferred: str | None, environment: Mapping[str, str]) -> str:
    """Return the theme to begin with: the preferred one, as far as the terminal can show it.

    A console of sixteen colours, or one that was asked for none (NO_COLOR), would turn exact
    colours into whatever is nearest; there the terminal's own are taken.
    """
    wanted = {theme.name: theme for theme in OWN}.get(preferred or "", DARK)
    console = Console(force_terminal=True, legacy_windows=False, _environ=environment)
    exact = console.color_system in ("256", "truecolor") and "NO_COLOR" not in environment
    if wanted.ansi or exact:
        return wanted.name
    return (CONSOLE_DARK if wanted.dark else CONSOLE_LIGHT).name
