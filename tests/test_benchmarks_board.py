"""The benchmark of the board: it runs, and what it compares shows the same rows. Never a time."""

import json
import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the benchmark needs a pty and /proc", allow_module_level=True)

from benchmarks import board, modes
from benchmarks.bare import Bare
from db import tasks
from db.connection import connect


async def test_the_bare_table_shows_the_rows_that_the_board_lists(tmp_path: Path) -> None:
    for campaign in board.campaigns(tmp_path, 30, dict(os.environ)):
        titles, rows = json.loads(campaign.rows.read_text("utf-8"))
        with closing(connect(campaign.path)) as conn:
            assert sorted(row[0] for row in rows) == sorted(tasks.load(conn))
        bare = Bare(titles, rows)
        async with bare.run_test() as pilot:
            await pilot.pause()
            table = bare.query_exactly_one("DataTable")
            assert [table.get_row_at(n) for n in range(table.row_count)] == rows


def test_the_board_is_measured_in_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(board, "WALK", ("down", "up"))
    monkeypatch.setattr(board, "TYPED", ("k", "d", "backspace", "backspace"))
    board.main(["--rounds", "1", "--idle", "0.1", "--tasks", "30", "--keep", str(tmp_path)])
    table = capsys.readouterr().out
    assert all(line.words in table for line in board.LINES)


def test_going_from_mode_to_mode_is_measured_in_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(modes, "AGAIN", 1)
    modes.main(["--rounds", "1", "--keep", str(tmp_path)])
    table = capsys.readouterr().out
    assert all(line.words in table for line in modes.lines())
