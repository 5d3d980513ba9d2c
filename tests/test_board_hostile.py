"""Texts that look like markup stand on every screen as they were typed."""

import sqlite3
from contextlib import closing
from pathlib import Path
from unicodedata import category

import pytest

from tests import make
from tests.boards import board, elsewhere
from tracker.operations import reports
from tracker.operations.planning import NewTask, add, edit
from tracker.operations.reports import Report
from tracker.tui.list_screen import ListScreen

HOSTILE = "[/] [gấp] [b]x[/b] [link=file:///x] [@click=app.quit]y"
CODE = "TTDH-01.KD"
CHIEF = "vpub.tonghop"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file whose every text is hostile."""
    path = make.file(tmp_path)
    elsewhere(path, lambda desk: edit(desk, [CODE], {"title": HOSTILE, "product": HOSTILE}), CHIEF)
    report = Report(result=HOSTILE, obstacle=HOSTILE, request=HOSTILE)
    elsewhere(path, lambda desk: reports.update(desk, [CODE], report), "kd.vptk")
    return path


@pytest.mark.parametrize("size", [(160, 40), (120, 36)])
@pytest.mark.parametrize(
    "keys",
    [
        (),
        ("enter",),
        ("u",),
        ("x",),
        ("2",),
        ("5",),
        ("6",),
        ("ctrl+p", *"ttdh-01"),
        ("g", "g"),
    ],
    ids=lambda keys: " ".join(keys) or "list",
)
async def test_it_stands_as_typed(path: Path, size: tuple[int, int], keys: tuple[str, ...]) -> None:
    async with board(path, size=size) as b:
        b.grid.move_to(CODE)
        await b.press(*keys)
        assert "[/] [gấp]" in b.text


async def test_what_is_said_is_no_markup_either(path: Path) -> None:
    async with board(path) as b:
        elsewhere(path, lambda d: reports.update(d, [CODE], Report(result=HOSTILE + "!")), CHIEF)
        await b.until(lambda: "[/] [gấp]" in b.said())
        b.app.notify(HOSTILE, markup=False)
        await b.settle()
        assert "[/] [gấp]" in b.text


async def test_a_filter_may_hold_anything(path: Path) -> None:
    async with board(path) as b:
        await b.fill("#filter", HOSTILE)
        await b.fill("#filter", '"[/] [gấp]"')
        assert b.grid.row_keys == (CODE,)
        for text in ("[", '"', "-", ":", "a:", "hạn<", "không:", "(((", "\\", "%s{0}"):
            await b.fill("#filter", text)


async def test_a_conflict_shows_hostile_texts_as_typed(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(CODE)
        await b.press("u")
        await b.fill("#result", HOSTILE)
        elsewhere(path, lambda d: reports.update(d, [CODE], Report(result="[/]")), CHIEF)
        await b.press("ctrl+s")
        await b.until(lambda: "[@click=app.quit]y" in b.text)


async def test_a_hostile_unit_of_work_can_be_added_and_seen(path: Path) -> None:
    async with board(path, None) as b:
        new = NewTask("TTDH", HOSTILE, "KD")
        elsewhere(path, lambda desk: add(desk, new), CHIEF)
        await b.until(lambda: "TTDH-02.KD" in b.text)


# What got into the file by another way than typing, which would have cleaned it.
TITLES = {
    "markup": "[/] [red]x[/red] [@click=app.quit]y",
    "terminal commands": "a\x1b[2J\x1b]52;c;aGk=\x07\x9b31mz\0\r\nb",
    "long": "dài " * 75,
    "from right to left": "\u202eنص عربي\u2066 cuối",
    "signs": "👩‍👩‍👧‍👦 🇻🇳 họp 🏴 " + "e\u0323\u0302" * 9 + "o\u0301\u0301\u0301",
    "empty to look at": "\u200b\u2060\ufeff\xad",
}
PLACES = {
    "list": (),
    "task page": ("enter",),
    "overview": ("2",),
    "targets": ("3",),
    "league": ("4",),
    "ninety": ("5",),
    "workstreams": ("5", "g"),
    "matrix": ("#",),
    "log": ("6",),
    "palette": ("ctrl+p", *"ttdh-01"),
    "update": ("u",),
    "edit": ("e",),
    "add": ("n",),
    "several": ("a", "e"),
    "done": ("x",),
    "who": ("i",),
    "quick entry": ("f", "enter"),
}


def smuggle(path: Path, text: str) -> None:
    """Put a text into every column of the file that people fill, past all that cleans it."""
    conn = sqlite3.connect(path)
    with closing(conn), conn:
        for table, columns in SMUGGLED.items():
            for column in columns:
                conn.execute(f'UPDATE "{table}" SET "{column}" = ?', (text,))


SMUGGLED = {
    "tasks": ("title", "product", "result", "obstacle", "request"),
    "units": ("name", "short_name"),
    "workstreams": ("name",),
    "officers": ("name",),
}


@pytest.mark.parametrize("text", TITLES.values(), ids=TITLES)
async def test_no_text_breaks_a_screen_or_speaks_to_the_terminal(path: Path, text: str) -> None:
    smuggle(path, text)
    async with board(path, CHIEF, size=(80, 24)) as b:
        await b.press("1")
        for place, keys in PLACES.items():
            b.grid.move_to(CODE)
            await b.press(*keys)
            await b.settle()
            lines = b.app.screen._compositor.render_strips()
            for strip in lines:
                assert strip.cell_length == 80, place
                assert all(not is_command(char) for part in strip for char in part.text), place
            for _attempt in range(5):
                await b.press("escape")
                if isinstance(b.app.screen, ListScreen) and not b.app.screen.grid.marked:
                    break
                if len(b.app.screen_stack) == 1:
                    await b.press("1")
            assert isinstance(b.app.screen, ListScreen), place


def is_command(char: str) -> bool:
    """Whether a terminal would take a character for something else than a letter."""
    return category(char) == "Cc" or char in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
