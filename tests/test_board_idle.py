"""Nothing is painted unless something changed, and then no more than what changed."""

from contextlib import closing
from pathlib import Path

import pytest
from textual._compositor import ChopsUpdate

from db.engine import sqlite3
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker.operations import reports
from tracker.operations.reports import Report
from tracker.tui.detail import DetailPane
from tracker.tui.filter_line import FilterLine

STREET, DEBT = "TTDH-01.KD", "NS-04.KD"
CHIEF = "vpub.tonghop"
CYCLES = 10  # of looking for what others wrote


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


class Paint:
    """What a board paints from now on."""

    def __init__(self, b: Driver) -> None:
        self.updates: list[object] = []
        self._grid = b.grid.region
        display = b.app._display

        def noting(screen, renderable) -> None:
            if renderable is not None:  # the compositor may have found nothing to paint
                self.updates.append(renderable)
            display(screen, renderable)

        b.app._display = noting

    @property
    def lines_of_grid(self) -> set[int]:
        """The lines of the list that were painted, counted from its heading."""
        lines: set[int] = set()
        for update in self.updates:
            assert isinstance(update, ChopsUpdate), "the whole screen was painted"
            lines |= {y for y, _from, _to in update.spans}
        return {y - self._grid.y for y in lines if self._grid.y <= y < self._grid.bottom}


def spans_below(update: object, y: int) -> bool:
    """Whether an update paints nothing above a line: only the pane, which follows the list."""
    return isinstance(update, ChopsUpdate) and all(line >= y for line, _from, _to in update.spans)


async def rest(b: Driver) -> None:
    """Let the board look several times for what others wrote."""
    for _ in range(CYCLES):
        await b.pilot.pause(0.02)


async def test_a_board_left_alone_paints_nothing(path: Path) -> None:
    async with board(path) as b:
        paint = Paint(b)
        await rest(b)
        assert paint.updates == []


async def test_a_commit_that_changes_no_task_paints_nothing(path: Path) -> None:
    async with board(path) as b:
        paint, gateway = Paint(b), b.app.session.gateway
        before = gateway._version
        with closing(sqlite3.connect(str(path))) as conn:
            (schema,) = conn.execute("PRAGMA user_version").fetchone()
            conn.execute(f"PRAGMA user_version = {schema}")
            conn.commit()
        await b.until(lambda: gateway._version != before)
        await rest(b)
        assert paint.updates == []


async def test_a_row_that_somebody_else_changed_is_the_only_one_painted(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(DEBT)
        await b.settle()
        paint = Paint(b)
        elsewhere(path, lambda desk: reports.update(desk, [STREET], Report(progress=40)), CHIEF)
        await b.until(lambda: "40%" in b.text)
        await b.settle()
        line = 1 + b.grid._outline.line_of[STREET] - b.grid.scroll_offset.y
        headings = {
            1 + n - b.grid.scroll_offset.y
            for n, key in enumerate(b.grid._outline.lines)
            if key not in b.grid.row_keys
        }
        assert line in paint.lines_of_grid
        assert paint.lines_of_grid <= {line} | headings


async def test_a_step_of_the_cursor_paints_two_lines_of_the_list(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.press("home")
        paint = Paint(b)
        await b.press("down")
        assert paint.lines_of_grid == {1, 2}


async def test_a_step_of_the_cursor_lays_nothing_out_anew(path: Path) -> None:
    async with board(path) as b:
        await b.press("home")
        laid_out: list[object] = []
        b.app.screen.screen_layout_refresh_signal.subscribe(b.grid, laid_out.append)
        pane = b.app.screen.query_exactly_one(DetailPane)
        stood = pane.virtual_size
        for _ in b.grid.row_keys:
            await b.press("down")
        assert pane.virtual_size != stood
        assert laid_out == []


async def test_a_key_of_the_filter_is_answered_in_one_frame(path: Path) -> None:
    async with board(path) as b:
        await b.press("/")
        await b.type("t")
        paint, rows = Paint(b), b.grid.row_keys
        await b.pilot.press("h")
        await b.until(lambda: bool(paint.updates))
        assert b.grid.row_keys != rows
        assert "th" in b.lines[2]
        assert paint.lines_of_grid
        listed = len(paint.updates)
        await b.settle()
        assert all(spans_below(update, b.grid.region.bottom) for update in paint.updates[listed:])


async def test_rows_that_a_filter_leaves_in_their_place_are_not_painted(path: Path) -> None:
    async with board(path) as b:
        await b.press("v", "home")
        first = b.grid.row_keys[0]
        last = b.grid.row_keys[-1]
        paint = Paint(b)
        b.app.screen.query_exactly_one(FilterLine).value = f"-{last}"
        await b.settle()
        assert last not in b.grid.row_keys
        assert 1 + b.grid._outline.line_of[first] not in paint.lines_of_grid


async def test_a_key_of_the_filter_lays_nothing_out_anew(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.press("/")
        laid_out: list[object] = []
        b.app.screen.screen_layout_refresh_signal.subscribe(b.grid, laid_out.append)
        rows = b.grid.row_keys
        await b.type("thu")
        assert b.grid.row_keys != rows
        assert laid_out == []
