"""`tracker template UNIT`: a form that a ward can only fill in rightly, and that imports back."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.connection import connect
from tests import make
from tests.shell import ok, tracker
from tracker import state
from tracker.importing.planning import prepare
from tracker.importing.records import Plan, Verdict
from tracker.sheets.reading import read

ENTRIES = [
    "Trạng thái", "Ngày hoàn thành thực tế", "Số liệu", "Ngày số liệu", "Kết quả thực hiện",
    "Khó khăn, vướng mắc", "Kiến nghị, đề xuất",
]  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the small campaign in a file, in which KD has reported."""
    path = make.file(tmp_path)
    ok("update", "TTDH-01.KD", "--result", "=1+1", "--obstacle", "-5", "--as", "kd.vptk", db=path)
    ok("record", "NS-04.KD", "15,5", "--date", "21/11", "--as", "kd.vptk", db=path)
    return path


@pytest.fixture
def form(db: Path, tmp_path: Path) -> Path:
    """Return the form of KD."""
    path = tmp_path / "kd.xlsx"
    assert "(3 việc còn mở)" in ok("template", "kênh dương", "-o", str(path), db=db).out
    return path


def heads(sheet: Any) -> dict[str, Any]:
    """Return the cells of the row of heads by what they say."""
    row = int("".join(filter(str.isdigit, sheet.freeze_panes))) - 1
    return {cell.value: cell for cell in sheet[row]}


def entry(sheet: Any, code: str, head: str) -> Any:
    """Return the cell of a task below a head."""
    codes = [cell for cell in sheet["B"] if cell.value == code]
    return sheet.cell(codes[0].row, heads(sheet)[head].column)


def planned(db: Path, path: Path) -> Plan:
    """Return what importing a form would do."""
    with closing(connect(db, read_only=True)) as conn:
        known = state.current(conn, date(2022, 11, 22))
        return prepare(read(path), known, officer=known.officers["kd.vptk"])


def test_only_what_a_unit_reports_can_be_changed(form: Path) -> None:
    sheet, guide = openpyxl.load_workbook(form).worksheets
    assert sheet.protection.sheet
    assert guide.protection.sheet
    assert sheet.protection.password is None
    for code in ("NS-04.KD", "TTDH-01.KD", "TTXD-02.KD"):
        is_open = {head: not entry(sheet, code, head).protection.locked for head in heads(sheet)}
        figures = {"Số liệu", "Ngày số liệu"} if code == "TTDH-01.KD" else set()
        assert {head for head, opened in is_open.items() if opened} == set(ENTRIES) - figures
    assert entry(sheet, "NS-04.KD", "Số liệu").fill.fgColor.rgb == "00FFFBE6"


def test_cells_take_only_what_fits_them(form: Path) -> None:
    sheet = openpyxl.load_workbook(form).worksheets[0]
    names = {cell.column: head for head, cell in heads(sheet).items()}
    checks = {
        names[next(iter(check.sqref.ranges)).min_col]: check
        for check in sheet.data_validations.dataValidation
    }
    assert checks["Trạng thái"].type == "list"
    labels = checks["Trạng thái"].formula1.strip('"').split(",")
    assert labels[:3] == ["Chưa thực hiện", "Đang thực hiện", "Hoàn thành"]
    assert (checks["Số liệu"].type, checks["Số liệu"].formula1) == ("decimal", "0")
    for head in ("Ngày hoàn thành thực tế", "Ngày số liệu"):
        days = checks[head]
        assert (days.type, days.formula1, days.formula2) == ("date", "44830", "44957")
        assert "26/09/2022" in days.error
    assert all(check.showErrorMessage and check.allowBlank for check in checks.values())


def test_what_is_known_is_filled_in_and_nothing_is_a_formula(form: Path) -> None:
    sheet = openpyxl.load_workbook(form).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert entry(sheet, "TTDH-01.KD", "Kết quả thực hiện").value == "=1+1"
    assert entry(sheet, "NS-04.KD", "Số liệu mới nhất").value == 15.5
    assert entry(sheet, "NS-04.KD", "Ngày số liệu mới nhất").value == datetime(2022, 11, 21)
    assert entry(sheet, "NS-04.KD", "Số liệu").value is None
    assert entry(sheet, "NS-04.KD", "Thời hạn").number_format == "dd/mm/yyyy"


def test_a_form_comes_back_as_it_went_and_says_nothing_new(db: Path, form: Path) -> None:
    plan = planned(db, form)
    assert [item.verdict for item in plan.items] == [Verdict.SAME] * 3
    assert (plan.problems, plan.unknown) == ((), ())


def test_what_a_ward_fills_in_comes_back_and_nothing_else(db: Path, form: Path) -> None:
    opened = openpyxl.load_workbook(form)
    sheet = opened.worksheets[0]
    entry(sheet, "NS-04.KD", "Số liệu").value = 20.25
    entry(sheet, "NS-04.KD", "Ngày số liệu").value = date(2022, 11, 22)
    entry(sheet, "TTDH-01.KD", "Trạng thái").value = "Hoàn thành"
    entry(sheet, "TTDH-01.KD", "Ngày hoàn thành thực tế").value = date(2022, 11, 20)
    entry(sheet, "TTDH-01.KD", "Khó khăn, vướng mắc").value = "không còn"
    opened.save(form)
    plan = planned(db, form)
    assert plan.problems == ()
    verdicts = {item.code: item.verdict for item in plan.items}
    assert verdicts == {
        "NS-04.KD": Verdict.CHANGED, "TTDH-01.KD": Verdict.CHANGED, "TTXD-02.KD": Verdict.SAME,
    }  # fmt: skip


def test_the_form_names_itself_and_is_a_workbook(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ok("template", "LS", db=db)
    assert openpyxl.load_workbook("LS-2022-11-22.xlsx").sheetnames == ["Biểu nhập", "Hướng dẫn"]
    assert tracker("template", "LS", db=db).code == 2
    assert tracker("template", "LS", "-o", "ls.csv", db=db).code == 2
    assert tracker("template", "nơi nào", db=db).code == 2


def test_a_unit_without_open_tasks_gets_an_empty_form(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "vpub.xlsx"
    ok("template", "VPUB", "-o", str(path), db=db)
    assert openpyxl.load_workbook(path).worksheets[0].data_validations.dataValidation == []
