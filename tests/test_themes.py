"""The colours: legible by computation, apart for every kind of eyes, chosen with a look at each."""

from itertools import combinations
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme
from textual.widget import Widget

from db.records import Status
from tests import make
from tests.boards import board, elsewhere
from tracker import i18n, settings
from tracker.operations import reports
from tracker.tui import themes
from tracker.tui.themes import COLOUR_BLIND, HIGH_CONTRAST, OWN

EXACT = [theme for theme in OWN if not theme.ansi]
GROUNDS = (
    "background",
    "surface",
    "panel",
    "block-cursor-background",
    "block-cursor-blurred-background",
)
SIGNALS = ("text-error", "text-warning", "text-success")
TEXTS = (
    "foreground",
    "text-muted",
    "text-primary",
    "text-secondary",
    "text-accent",
    *SIGNALS,
)
# How linear red, green and blue look to eyes without one kind of cone (Vienot, Brettel, Mollon
# 1999).
EYES = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def colours(theme: Theme) -> dict[str, Color]:
    """What the names of colours mean under a theme."""
    every = {**theme.to_color_system().generate(), **theme.variables}
    return {
        name: Color.parse(every[name]) for name in {*TEXTS, *GROUNDS, "block-cursor-foreground"}
    }


def linear(colour: Color) -> tuple[float, ...]:
    """The light of a colour, 0 to 1."""
    parts = (part / 255 for part in (colour.r, colour.g, colour.b))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def contrast(one: Color, other: Color) -> float:
    """The contrast of WCAG 2.2: 1 to 21."""
    lights = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other))]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize("theme", EXACT, ids=lambda theme: theme.name)
def test_every_text_is_legible_on_every_ground(theme: Theme) -> None:
    found = colours(theme)
    least = 7.0 if theme is HIGH_CONTRAST else 4.5
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs.append(("block-cursor-foreground", "block-cursor-background"))
    faint = {
        f"{text} on {ground}": round(ratio, 2)
        for text, ground in pairs
        if (ratio := contrast(found[text], found[ground])) < least
    }
    assert faint == {}


@pytest.mark.parametrize("eyes", EYES)
def test_late_near_and_well_stay_apart_for_colour_blind_eyes(eyes: str) -> None:
    found = colours(COLOUR_BLIND)

    def seen(name: str) -> tuple[float, ...]:
        light = linear(found[name])
        return tuple(
            sum(w * part for w, part in zip(row, light, strict=True)) for row in EYES[eyes]
        )

    for one, other in combinations(SIGNALS, 2):
        apart = sum((a - b) ** 2 for a, b in zip(seen(one), seen(other), strict=True)) ** 0.5
        assert apart > 0.3, (one, other)


def test_the_settings_know_the_same_names() -> None:
    assert tuple(theme.name for theme in OWN) == settings.THEMES
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        assert all(all(themes.words(name)) for name in settings.THEMES)


@pytest.mark.parametrize(
    ("preferred", "environment", "begins"),
    [
        (None, {"TERM": "xterm-256color"}, "dark"),
        ("light", {"TERM": "xterm-256color"}, "light"),
        ("no such", {"TERM": "xterm", "COLORTERM": "truecolor"}, "dark"),
        (None, {"TERM": "xterm"}, "ansi-dark"),
        ("light", {"TERM": "linux"}, "ansi-light"),
        ("high-contrast", {"TERM": "xterm-256color", "NO_COLOR": "1"}, "ansi-dark"),
        ("ansi-light", {"TERM": "xterm-256color"}, "ansi-light"),
    ],
)
def test_a_console_of_few_colours_keeps_its_own(
    preferred: str | None, environment: dict[str, str], begins: str
) -> None:
    assert themes.fitting(preferred, environment) == begins


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the small campaign with something overdue in it."""
    found = make.file(tmp_path)
    report = reports.Report(status=Status.IN_PROGRESS, result="bắt đầu")
    elsewhere(found, lambda desk: reports.update(desk, ["TTDH-01.KD"], report), "kd.vptk")
    return found


async def test_a_theme_is_shown_while_one_looks_and_kept_once_chosen(path: Path) -> None:
    async with board(path) as b:
        await b.press("f12")
        assert "Tương phản cao" in b.text
        await b.press("down", "down")
        assert b.app.theme == "high-contrast"
        await b.press("escape")
        assert b.app.theme == "dark"
        assert settings.load().theme is None
        await b.press("f12", "down", "down", "down", "enter")
        await b.until(lambda: settings.load().theme == "colour-blind")
        await b.press("f12")
        assert b.app.theme == "colour-blind"
        await b.press("enter")
        settings.save(theme=None)
        await b.press("f12")
        await b.type("mu mau")
        assert b.app.theme == "colour-blind"
        await b.press("enter")
        await b.until(lambda: settings.load().theme == "colour-blind")


@pytest.mark.parametrize("theme", OWN, ids=lambda theme: theme.name)
async def test_under_every_theme_the_list_says_states_by_sign_and_word(
    path: Path, theme: Theme
) -> None:
    async with board(path, theme=theme.name) as b:
        assert b.app.theme == theme.name
        assert "▲ Quá hạn" in b.text
        await b.press("2", "6", "1", "u")
        assert "Kết quả" in b.text


async def test_without_colours_what_is_chosen_is_underlined(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with board(path, theme="dark") as b:
        assert b.app.theme == "ansi-dark"
        await b.press("f12")
        for _theme in OWN:
            label, _note = themes.words(b.app.theme)
            strips = b.app.screen._compositor.render_strips()
            drawn = [s for strip in strips for s in strip if s.text.startswith(label)]
            assert [segment for segment in drawn if segment.style and segment.style.underline]
            await b.press("down" if b.app.theme != OWN[-1].name else "pageup")


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_on_a_console_the_whole_chosen_line_exchanges_the_terminals_two_colours(
    path: Path, theme: str
) -> None:
    async with board(path, theme=theme) as b:
        await b.press("f12")
        for told in themes.words(theme):
            (style,) = [
                segment.style
                for strip in b.app.screen._compositor.render_strips()
                for segment in strip
                if segment.text.strip() == told and segment.style and segment.style.bold
            ]
            assert style.reverse, told
            assert {style.color and style.color.name, style.bgcolor and style.bgcolor.name} == {
                "default"
            }


async def test_without_colours_the_field_in_use_differs_from_all_others(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with board(path, "vpub.tonghop") as b:
        await b.press("1", "n")
        for _field in range(7):
            used = b.app.focused
            assert used is not None
            edges = {
                "".join(b.lines[y][field.region.x] for y in field.region.line_range)
                for field in b.app.screen.query("Line, PickField").results(Widget)
                if field is not used and field.region
            }
            assert b.lines[used.region.y][used.region.x] not in edges
            await b.press("tab")


def test_the_theme_for_colour_blind_eyes_keeps_its_promise() -> None:
    """Blue, yellow and orange: what has a colour at all is none of pink, purple, red or green."""
    found = colours(COLOUR_BLIND)
    for name in (*SIGNALS, "text-primary", "text-secondary", "text-accent"):
        hue = found[name].hsl.h * 360
        assert 15 <= hue <= 65 or 195 <= hue <= 225, (name, hue)
