"""Texts that look like markup stand on every screen as they were typed."""

from pathlib import Path

import pytest

from tests import make
from tests.boards import board, elsewhere
from tracker.operations import reports
from tracker.operations.planning import NewTask, add, edit
from tracker.operations.reports import Report

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
