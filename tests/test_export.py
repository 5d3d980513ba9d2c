"""`tracker export FILE.xlsx`: opened again by other programs, it is what the campaign says."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.connection import connect
from tests import make
from tests.shell import ok, tracker
from tracker import filters, i18n, state
from tracker.importing.planning import prepare
from tracker.importing.records import Verdict
from tracker.papers import book, workbook
from tracker.papers.cells import MOST_CHARACTERS, plain_text
from tracker.papers.tables import Column, Kind, Table, Tint, Tinted
from tracker.sheets.reading import read

TASK = "TTDH-01.KD"
CHIEF = ("--as", "vpub.tonghop")
SHEETS = [
    "Danh sách việc", "Tổng hợp đơn vị", "Ma trận phường", "Chỉ tiêu", "Xếp hạng",
    "Bảng tính điểm", "Nhật ký",
]  # fmt: skip
LIST, UNITS, MATRIX, TARGETS, RANKING, WORKING, LOG = SHEETS
HEADS = [
    "TT", "Mã", "Nội dung nhiệm vụ", "Lĩnh vực", "Đơn vị chủ trì", "Đơn vị phối hợp", "Sản phẩm",
    "Thời hạn", "Kết quả thực hiện", "Tình trạng", "Số ngày quá hạn", "Khó khăn, vướng mắc",
    "Kiến nghị, đề xuất", "Cập nhật lúc", "Ghi chú",
]  # fmt: skip
HOSTILE = [
    "=cmd|'/C calc'!A0 [/] [gấp]",
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+84 912 345 678",
    "-5",
    "@SUM(A1)",
    "'=1",
    "#REF!",
    "TRUE",
    "[/] [gấp] [b]x[/b] [link=file:///x] [@click=app.quit]y",
    "<b>&amp;]]>\"'</b>",
    "漢字かな交じり 👩‍👩‍👧 📌",
    "“Xóa” – 27.037,0 ₫ {x} %s \\n $x",
    "a\nb;c,d\te",
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the workbook of the demonstration, opened by another library than wrote its cells."""
    folder = tmp_path_factory.mktemp("export")
    db, path = make.demo(folder / "demo.sqlite"), folder / "all.xlsx"
    i18n.set_language("vi")
    ok("export", str(path), db=db)
    return openpyxl.load_workbook(path)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the small campaign in a file."""
    return make.file(tmp_path)


def head_of(sheet: Any) -> int:
    """Return the row of the heads: that from which on the sheet scrolls, less one."""
    return int("".join(filter(str.isdigit, sheet.freeze_panes))) - 1


def rows(sheet: Any) -> list[dict[str, Any]]:
    """Return the rows below the heads as values by head, up to the first that is empty or words."""
    head = head_of(sheet)
    heads = [cell.value for cell in sheet[head]]
    last = int("".join(filter(str.isdigit, sheet.auto_filter.ref.partition(":")[2])))
    return [
        dict(zip(heads, (cell.value for cell in row), strict=True))
        for row in sheet.iter_rows(min_row=head + 1, max_row=last)
    ]


def cells(opened: Any) -> Iterator[Any]:
    for sheet in opened.worksheets:
        for row in sheet.iter_rows():
            yield from row


def tables(path: Path, day: date) -> list[Table]:
    """Return what a workbook of all tasks is made of."""
    with closing(connect(path, read_only=True)) as conn:
        known = state.current(conn, day)
        tasks = filters.sort(known.tasks.values(), "code", known)
        return list(book.tables(conn, conn, known, tasks))


def test_every_sheet_can_be_printed_filtered_and_scrolled(exported: Any) -> None:
    assert exported.sheetnames == SHEETS
    for sheet in exported.worksheets:
        head = head_of(sheet)
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.auto_filter.ref.startswith(f"A{head}:")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddHeader.right.text == sheet["A2"].value == "SỐ LIỆU MINH HỌA"
        assert all(cell.font.bold and cell.alignment.wrap_text for cell in sheet[head])
        assert all(cell.font.name == "Times New Roman" for cell in sheet[head])


def test_the_list_has_the_columns_of_the_form_and_real_dates(exported: Any) -> None:
    sheet = exported[LIST]
    assert [cell.value for cell in sheet[head_of(sheet)]] == HEADS
    found = rows(sheet)
    assert [row["TT"] for row in found] == list(range(1, 265))
    assert all(isinstance(row["Thời hạn"], datetime) for row in found if row["Mã"] != "DDCI-01")
    due = sheet.cell(head_of(sheet) + 1, HEADS.index("Thời hạn") + 1)
    assert (due.is_date, due.number_format) == (True, "dd/mm/yyyy")
    late = [row for row in found if row["Số ngày quá hạn"]]
    assert late
    assert all(str(row["Số ngày quá hạn"]) in row["Tình trạng"] for row in late)
    assert any("Gia hạn lần" in (row["Ghi chú"] or "") for row in found)


def test_no_cell_is_a_formula_or_an_error(exported: Any) -> None:
    assert {cell.data_type for cell in cells(exported)} == {"s", "n", "d"}


def test_the_total_of_each_unit_is_the_sum_of_its_parts(exported: Any) -> None:
    sheet = exported[UNITS]
    found = rows(sheet)
    head = [cell.value for cell in sheet[head_of(sheet)]]
    parts = head[head.index("Tổng số") + 1 :][:6]
    total = sheet[head_of(sheet) + len(found) + 1]
    whole = dict(zip(head, (cell.value for cell in total), strict=True))
    for row in [*found, whole]:
        assert row["Tổng số"] == sum(row[part] for part in parts), row["Tên đơn vị"]
        assert row["Tỷ lệ HT đúng hạn"] == pytest.approx(row[parts[0]] / row["Tổng số"])
    assert whole["Tên đơn vị"] == "Cộng"
    for part in ("Tổng số", *parts):
        assert whole[part] == sum(row[part] for row in found)
    said = [cell.value for cell in sheet["A"] if str(cell.value).startswith("Kiểm tra: Giao")]
    assert said
    assert str(whole["Tổng số"]) in said[0]
    assert total[head.index("Tỷ lệ HT đúng hạn")].number_format == "0.0%"


def test_the_matrix_says_in_words_what_its_colours_say(exported: Any) -> None:
    sheet = exported[MATRIX]
    head = head_of(sheet)
    assert len(rows(sheet)) == 16
    wards = [cell for row in sheet.iter_rows(head + 1, head + 16, 3, 17) for cell in row]
    words: dict[str, set[str]] = {}
    for cell in filter(lambda cell: cell.value, wards):
        words.setdefault(cell.fill.fgColor.rgb, set()).add(cell.value[0])
    assert len(wards) == 16 * 15
    assert len(words) >= 5
    assert words["00F8CBAD"] == {"▲"}
    assert all("Quá hạn" in cell.value for cell in wards if cell.value and cell.value[0] == "▲")


def test_targets_and_league_hold_numbers_with_their_working(exported: Any) -> None:
    target = next(row for row in rows(exported[TARGETS]) if row["Mã"] == "NS-02")
    assert target["Kế hoạch"] == 100
    assert target["Số đầu kỳ"] == pytest.approx(72.6)
    assert isinstance(target["Số liệu ngày"], datetime)
    assert target["Nhịp độ"][0] in "★●◑◔▲○◉"
    first = rows(exported[RANKING])[0]
    assert first["Hạng"] == 1
    assert isinstance(first["Chính thức"], int | float)
    assert first["Cách tính điểm"].startswith("Chính thức: 100 x ")
    own = [row for row in rows(exported[WORKING]) if row["Đơn vị"] == first["Đơn vị"]]
    weights = sum(row["Trọng số"] for row in own if row["Phần"] == "Được tính điểm")
    assert f"/ {weights:g} =" in first["Cách tính điểm"].replace(",", ".")


def test_the_log_has_every_entry_with_its_local_time(exported: Any) -> None:
    found = rows(exported[LOG])
    assert found[0]["Thời điểm ghi"] == datetime(2022, 9, 26, 14, 35)
    assert len(found) > 2500
    assert sum(row["Việc đã làm"] == "lập chiến dịch" for row in found) == 1


def test_filters_restrict_the_sheets_and_each_says_so(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "some.xlsx"
    answer = ok("export", str(path), "NS", "--unit", "KD", db=db)
    assert "1 việc" in answer.out
    opened = openpyxl.load_workbook(path)
    assert opened.sheetnames == [LIST, UNITS, TARGETS, LOG]
    for sheet in opened.worksheets:
        assert any("bộ lọc: NS unit:KD" in str(cell.value) for cell in sheet["A"])
    assert [row["Mã"] for row in rows(opened[LIST])] == ["NS-04.KD"]
    assert {row["Về"] for row in rows(opened[LOG])} == {"NS-04.KD"}


def test_a_past_day_is_exported_as_it_was_known(tmp_path: Path) -> None:
    db, path = make.demo(tmp_path / "demo.sqlite"), tmp_path / "then.xlsx"
    ok("export", str(path), "--on", "20/10", db=db)
    opened = openpyxl.load_workbook(path)
    assert opened[LIST]["A4"].value == "Số liệu đến hết Thứ Năm 20/10/2022"
    assert max(row["Thời điểm ghi"] for row in rows(opened[LOG])).date() == date(2022, 10, 20)
    before = tmp_path / "before.xlsx"
    ok("export", str(before), "--on", "1/9", db=db)
    assert openpyxl.load_workbook(before).sheetnames[0] == LIST


def test_the_same_state_gives_the_same_bytes(db: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (one, two):
        ok("export", str(path), db=db)
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(2022, 11, 22)}
    properties = openpyxl.load_workbook(one).properties
    assert properties.title == "Phong trào thi đua 90 ngày nước rút, 22/11/2022"
    assert (properties.creator, properties.lastModifiedBy) == ("tracker", None)
    assert properties.created == datetime(2022, 11, 22)


def one_column(*texts: str | Tinted) -> Table:
    """Return a table of texts."""
    return Table("Thử", "Thử", (), (Column("Nội dung", 30),), [[text] for text in texts])


def written(path: Path, table: Table) -> Any:
    """Write a table, and open it again."""
    workbook.write(path, [table], make.campaign(), date(2022, 11, 22))
    return openpyxl.load_workbook(path).worksheets[0]


def test_hostile_texts_stay_the_texts_that_they_are(tmp_path: Path) -> None:
    sheet = written(
        tmp_path / "x.xlsx", one_column(*HOSTILE, *(Tinted(t, Tint.LATE) for t in HOSTILE))
    )
    found = [sheet.cell(row, 1) for row in range(3, 3 + 2 * len(HOSTILE))]
    assert [cell.value for cell in found] == [plain_text(text) for text in HOSTILE] * 2
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found if cell.value[0] in "=+-@'")


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_no_text_can_stop_an_export(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "x.xlsx"
    cell = written(path, one_column("a" + text, "z")).cell(3, 1)
    assert cell.value == plain_text("a" + text)
    assert cell.data_type == "s"


@pytest.mark.parametrize("letter", ["đ", "📌"])
def test_a_text_beyond_a_cell_ends_in_saying_how_much_is_missing(
    letter: str, tmp_path: Path
) -> None:
    long = letter * (MOST_CHARACTERS + 1)
    value = written(tmp_path / "x.xlsx", one_column(long)).cell(3, 1).value
    assert len(value.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    kept = value.count(letter)
    missing = len(long) - kept + (letter == "đ")  # there is one in "đủ"
    assert f"[còn {missing} ký tự, xem đủ trong tệp .json]" in value


def test_figures_show_the_decimals_that_they_have(tmp_path: Path) -> None:
    figures = [Decimal("80"), Decimal("72.6"), Decimal("0.790"), Decimal("1E+2"), Decimal("-3")]
    table = Table("T", "T", (), (Column("Số", 9, Kind.FIGURE),), [[each] for each in figures])
    sheet = written(tmp_path / "x.xlsx", table)
    found = [sheet.cell(row, 1) for row in range(3, 8)]
    assert [cell.number_format for cell in found] == [
        "#,##0",
        "#,##0.0",
        "#,##0.000",
        "#,##0",
        "#,##0",
    ]
    assert [cell.value for cell in found] == [float(each) for each in figures]


def test_a_hostile_title_goes_through_the_whole_workbook(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    ok("edit", TASK, "--title", HOSTILE[0], *CHIEF, db=db)
    ok("update", TASK, "--result", "=1+1", "--obstacle", "@x", "--as", "kd.vptk", db=db)
    ok("export", str(path), db=db)
    opened = openpyxl.load_workbook(path)
    assert "f" not in {cell.data_type for cell in cells(opened)}
    row = next(row for row in rows(opened[LIST]) if row["Mã"] == TASK)
    assert row["Nội dung nhiệm vụ"] == HOSTILE[0]
    assert (row["Kết quả thực hiện"], row["Khó khăn, vướng mắc"]) == ("=1+1", "@x")
    assert any(row["Kết quả"] == "=1+1" for row in rows(opened[LOG]))


def test_what_was_exported_imports_as_the_same(db: Path, tmp_path: Path) -> None:
    ok("edit", TASK, "--title", "=1+1", "--due", "20/12", "--reason", "mưa", *CHIEF, db=db)
    ok("update", TASK, "--result", "-5", "--obstacle", "@x", "--as", "kd.vptk", db=db)
    for name in ("all.xlsx", "all.csv"):
        ok("export", str(tmp_path / name), db=db)
        with closing(connect(db, read_only=True)) as conn:
            known = state.current(conn, date(2022, 11, 22))
            plan = prepare(read(tmp_path / name), known, officer=known.officers["vpub.tonghop"])
        assert [item.verdict for item in plan.items] == [Verdict.SAME] * 6
        assert (plan.problems, plan.unknown) == ((), ())


def test_an_english_export_is_english_and_imports_as_the_same(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    ok("--lang", "en", "export", str(path), db=db)
    sheet = openpyxl.load_workbook(path)["Task list"]
    assert "90-day sprint" in "".join(str(sheet[f"A{n}"].value) for n in range(1, 5))
    titles = {row["Code"]: row["Task (content)"] for row in rows(sheet)}
    assert titles[TASK] == "Launch a drive to restore pavement order"
    with closing(connect(db, read_only=True)) as conn:
        known = state.current(conn, date(2022, 11, 22))
        plan = prepare(read(path), known, officer=known.officers["vpub.tonghop"])
    assert {item.verdict for item in plan.items} == {Verdict.SAME}


def test_the_list_prints_at_eight_points(exported: Any) -> None:
    sheet = exported[LIST]
    margins = sheet.page_margins
    room = (297 / 25.4 - margins.left - margins.right) * 72
    # A column counts digits of the font of the default style, half as wide as they are high.
    assert exported._named_styles["Normal"].font.name == "Times New Roman"
    width = sum(each.width for each in sheet.column_dimensions.values()) * 11 / 2
    assert 11 * room / width >= 8


def test_tables_hold_no_value_that_a_spreadsheet_lacks(db: Path) -> None:
    known = (str, int, Decimal, date, datetime, Tinted, type(None))
    for table in tables(db, date(2022, 11, 22)):
        assert all(len(row) == len(table.columns) for row in (*table.rows, *table.totals))
        assert all(isinstance(cell, known) for row in table.rows for cell in row), table.name


def test_a_file_is_not_overwritten_unless_that_is_said(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("mine")
    answer = tracker("export", str(path), db=db)
    assert (answer.code, path.read_text()) == (2, "mine")
    assert "--force" in answer.err
    ok("export", str(path), "--force", db=db)
    assert openpyxl.load_workbook(path).sheetnames == SHEETS
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []


def test_an_interrupted_export_leaves_everything_as_it_was(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "x.xlsx"
    path.write_text("mine")
    before = sorted(each.name for each in tmp_path.iterdir())
    monkeypatch.setattr(workbook, "save", interrupted)
    assert tracker("export", str(path), "--force", db=db).code == 130
    assert path.read_text() == "mine"
    assert sorted(each.name for each in tmp_path.iterdir()) == before
