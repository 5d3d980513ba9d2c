"""The matrix of wards: every ward's copy in its place, every count a sum."""

from collections import Counter
from contextlib import closing
from dataclasses import astuple
from datetime import date
from pathlib import Path

from db.records import Status, Task
from tests import make
from tracker import state
from tracker.files import open_file
from tracker.matrix import Matrix, matrix
from tracker.wording import matrices

TODAY = date(2022, 11, 22)


def of(*tasks: Task) -> Matrix:
    return matrix(make.state(tasks))


def test_a_cell_is_the_ward_s_copy_of_a_task() -> None:
    found = of(*make.tasks())
    assert [row.code for row in found.rows] == ["NS-04", "TTXD-02", "TTDH-01"]
    assert [ward.code for ward in found.wards] == ["KD", "LS"]
    kd, ls = found.cells["NS-04", "KD"], found.cells["NS-04", "LS"]
    assert kd is not None
    assert kd.code == "NS-04.KD"
    assert ls is not None
    assert ls.code == "NS-04.LS"
    assert found.cells["TTDH-01", "LS"] is None
    assert found.rows[0].title == "Đôn đốc thu nộp các khoản nợ thuế"


def test_offices_tasks_stand_outside() -> None:
    found = of(make.task(code="TTDH-05", lead="TCKH"), make.task(code="TTDH-06.TCKH", lead="TCKH"))
    assert found.rows == ()
    assert found.totals.assigned == 0


def test_a_task_keeps_its_column_when_another_unit_leads_it() -> None:
    found = of(make.task(lead="LS"))
    assert found.cells["TTDH-01", "KD"] is not None
    assert found.cells["TTDH-01", "LS"] is None


def test_the_legend_names_the_signs_that_are_there_the_most_pressing_first() -> None:
    tasks = (
        make.task(),  # overdue
        make.task(code="TTDH-01.LS", status=Status.COMPLETED, claimed_on=date(2022, 10, 14)),
        make.task(code="TTDH-02.KD", status=Status.AWAITING, claimed_on=date(2022, 10, 20)),
        make.task(code="TTDH-02.LS", status=Status.NOT_APPLICABLE),
    )
    assert matrices.legend(of(*tasks)) == {
        "▲": "Quá hạn",
        "◇": "Chờ xác nhận",
        "●": "Hoàn thành",
        "–": "Không phát sinh",
    }
    assert list(matrices.legend(of(*tasks), ascii=True)) == ["!", "@", "x", "-"]


def test_every_cell_of_the_demonstration_is_told_and_all_counts_add_up(tmp_path: Path) -> None:
    make.demo(tmp_path / "demo.sqlite", day=51)
    with closing(open_file(tmp_path / "demo.sqlite", writing=False)) as conn:
        known = state.at(conn, TODAY, TODAY)
    found = matrix(known)
    assert (len(found.rows), len(found.wards)) == (16, 15)
    copies = [task for task in found.cells.values() if task is not None]
    assert Counter(task.code for task in copies) == Counter(
        code for code in known.tasks if "." in code
    )
    words = set(matrices.legend(found).values())
    assert {matrices.word(task, found.lateness(task)) for task in copies} == words
    for parts in (found.by_row.values(), found.by_ward.values()):
        sums = [sum(column) for column in zip(*map(astuple, parts), strict=True)]
        assert tuple(sums) == astuple(found.totals)
