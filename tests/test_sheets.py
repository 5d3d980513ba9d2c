"""Files of rows as offices make them: every kind gives the same sheets."""

import codecs
import io
import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import workbooks
from tests.test_vietnamese_legacy import typed
from tracker.errors import BadInput
from tracker.sheets import Fault, Merged, Sheet, Unread, Value, read, spreadsheet

D = Decimal
HEADING = ("Mã", "Nội dung nhiệm vụ", "Thời hạn")


def written(*rows: Sequence[Any]) -> openpyxl.Workbook:
    """Return a workbook of one sheet that openpyxl made."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """Return the file of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(sheets: tuple[Sheet, ...]) -> list[tuple[Value, ...]]:
    """Return the cells of the only sheet."""
    (sheet,) = sheets
    return [row.cells for row in sheet.rows]


def cell(inside: str, **more: str) -> Value:
    """Return what a single cell of this XML is read as."""
    content = workbooks.parts(workbooks.cells(inside, "><v>1</v>"), **more)
    ((value, _mark),) = rows(spreadsheet.read(workbooks.packed(content), "tep.xlsx"))
    return value


def formatted(value: str, number_format: str) -> Value:
    """Return what a number is read as that is shown in this format."""
    styles = (
        f'<styleSheet xmlns="{workbooks.MAIN}"><numFmts>'
        f'<numFmt numFmtId="200" formatCode="{number_format}"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>'
    )
    return cell(f's="1"><v>{value}</v>', styles=styles)


def put(folder: Path, name: str, content: bytes | str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# Workbooks


def test_a_workbook_gives_what_a_person_sees_in_it(tmp_path: Path) -> None:
    book = written(
        HEADING,
        [],
        [" NS-01\u00a0", normalize("NFD", "Thu thuế\r\nngoài quốc doanh"), date(2022, 12, 15)],
        [72.6, True, datetime(2022, 12, 15, 16, 30), None, "\u200b "],
        ["72.6", D("940.133"), 5, 0.1 + 0.2, "#REF!"],
    )
    (sheet,) = read(put(tmp_path, "bảng.xlsx", saved(book)))
    assert (sheet.name, sheet.encoding) == ("Sheet", None)
    assert [row.number for row in sheet.rows] == [1, 3, 4, 5]
    assert [row.cells for row in sheet.rows] == [
        HEADING,
        ("NS-01", "Thu thuế\nngoài quốc doanh", date(2022, 12, 15)),
        (D("72.6"), True, date(2022, 12, 15)),
        ("72.6", D("940.133"), D(5), D("0.3"), Unread(Fault.ERROR, "#REF!")),
    ]


@pytest.mark.parametrize(
    ("inside", "value"),
    [
        ("><v>72.599999999999994</v>", D("72.6")),
        ("><v>1E+15</v>", D("1E+15")),
        ("><v>1e999</v>", Unread(Fault.ERROR, "1e999")),
        ('t="b"><v>0</v>', False),
        ('t="d"><v>2022-12-15T08:00:00Z</v>', date(2022, 12, 15)),
        ("><f>B1*2</f><v>12.5</v>", D("12.5")),
        ('t="str"><f>A1&amp;B1</f><v>Xong</v>', "Xong"),
        ('t="str"><f>IF(B1="","","x")</f><v></v>', None),
        ("><f>SUM(B1:B9)</f><v></v>", Unread(Fault.FORMULA, "=SUM(B1:B9)")),
        ("><f>SUM(B1:B9)</f>", Unread(Fault.FORMULA, "=SUM(B1:B9)")),
        ('t="e"><f>A0</f><v>#N/A</v>', Unread(Fault.ERROR, "#N/A")),
        ('t="inlineStr"><is><t>=1+1</t></is>', "=1+1"),
        ('t="inlineStr"><is><t>a_x000D__x005F_b</t></is>', "a\n_b"),
        ('t="inlineStr">', None),
        ('t="s"><v>0</v>', "Lê Chân"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(inside: str, value: Value) -> None:
    runs = "<r><rPr><b/></rPr><t>Lê </t></r><r><t>Chân</t></r><rPh sb='0' eb='1'><t>x</t></rPh>"
    assert cell(inside, strings=workbooks.texts(runs)) == value


@pytest.mark.parametrize(
    ("number", "number_format", "value"),
    [
        ("0.726", "0.0%", "72,6%"),
        ("0.5", "[Red]0%;-0%", "50%"),
        ("72.6", "0.0&quot;%&quot;", D("72.6")),
        ("72.6", "0.0\\%", D("72.6")),
        ("1056", "#,##0&quot; đ&quot;", D(1056)),
        ("44910", "dd/mm/yyyy", date(2022, 12, 15)),
        ("44910.75", "dd/mm/yyyy hh:mm", date(2022, 12, 15)),
        ("44910", "[$-42A]dd mmmm yyyy", date(2022, 12, 15)),
        ("44910", "d/m", date(2022, 12, 15)),
        ("0.3125", "hh:mm", "07:30"),
        ("1.5", "[h]:mm", "36:00"),
        ("0", "dd/mm/yyyy", Unread(Fault.DATE, "0")),
        ("-3", "dd/mm/yyyy", Unread(Fault.DATE, "-3")),
        ("99999999", "dd/mm/yyyy", Unread(Fault.DATE, "99999999")),
    ],
)
def test_a_format_says_what_a_number_means(number: str, number_format: str, value: Value) -> None:
    assert formatted(number, number_format) == value


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**8), 10**8, places=3).map(float),
    st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    st.text(st.sampled_from("aệĐ ,;\"'=+-1.\n"), max_size=9),
)


def expected(value: Any) -> Value:
    """Return how a cell that openpyxl wrote is to be read."""
    if isinstance(value, str):
        return "\n".join(" ".join(line.split()) for line in value.strip().splitlines()) or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return D(repr(value))


@settings(max_examples=40)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=6))
def test_whatever_openpyxl_writes_is_read_back(table: list[list[Any]]) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for number, values in enumerate(table, 1):
        for column, value in enumerate(values, 1):
            made = book.active.cell(number, column, value)
            if isinstance(value, str):
                made.data_type = "s"
    book.active["A9"] = "cuối"
    (sheet,) = spreadsheet.read(saved(book), "tep.xlsx")
    found = {row.number: row.cells for row in sheet.rows}
    for number, values in enumerate(table, 1):
        wanted = [expected(value) for value in values]
        while wanted and (wanted[-1] is None):
            wanted.pop()
        squeezed = tuple(
            v.replace("\n\n\n", "\n\n") if isinstance(v, str) else v for v in found.get(number, ())
        )
        assert squeezed == tuple(wanted)


def test_visible_sheets_are_read_or_the_one_that_is_named(tmp_path: Path) -> None:
    book = written(HEADING)
    for name, state in (("Cán bộ", "visible"), ("Danh mục", "hidden"), ("Trống", "visible")):
        book.create_sheet(name).sheet_state = state
    book["Cán bộ"]["A1"] = book["Danh mục"]["A1"] = "x"
    book.create_chartsheet("Biểu đồ")
    path = put(tmp_path, "nhiều.xlsx", saved(book))
    assert [(sheet.name, sheet.is_hidden) for sheet in read(path)] == [
        ("Sheet", False),
        ("Cán bộ", False),
        ("Danh mục", True),
    ]
    assert read(path)[2].rows == ()
    assert [sheet.name for sheet in read(path, sheet="can  BO")] == ["Cán bộ"]
    with pytest.raises(BadInput) as refused:
        read(path, sheet="Danh mục")
    assert (refused.value.code, refused.value.data["sheet"]) == ("sheet-hidden", "Danh mục")
    with pytest.raises(BadInput) as refused:
        read(path, sheet="Danh bạ")
    assert refused.value.code == "sheet-unknown"
    assert refused.value.data["known"] == ["Sheet", "Cán bộ", "Trống"]
    with pytest.raises(BadInput, match="sheet-empty"):
        read(path, sheet="Trống")


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (workbooks.STYLES, "</fonts>", '<font><color rgb="#FF0000"/></font></fonts>'),
        (workbooks.STYLES, "</cellXfs>", '<xf><alignment textRotation="270"/></xf></cellXfs>'),
        (
            workbooks.SHEET,
            "</sheetData>",
            '</sheetData><dataValidations><dataValidation errorStyle="x"/></dataValidations>',
        ),
        (workbooks.SHEET, workbooks.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (workbooks.SHEET, ' r="', ' x="'),
        ("_rels/.rels", "officeDocument", "another"),
    ],
    ids=["colour", "rotation", "drop-down", "strict", "no addresses", "no relation"],
)
def test_what_has_nothing_to_do_with_the_rows_does_no_harm(part: str, old: str, new: str) -> None:
    data = workbooks.changed(saved(written(HEADING, ["NS-01", "x", 5])), part, old, new)
    assert rows(spreadsheet.read(data, "tep.xlsx")) == [HEADING, ("NS-01", "x", D(5))]


def test_parts_are_found_whatever_their_case_and_slashes() -> None:
    content = workbooks.parts(
        workbooks.cells('t="s"><v>0</v>'), strings=workbooks.texts("<t>x</t>")
    )
    odd = {name.replace("/", "\\").upper(): part for name, part in content.items()}
    assert rows(spreadsheet.read(workbooks.packed(odd), "tep.xlsx")) == [("x",)]


def test_the_first_day_may_be_that_of_old_macs() -> None:
    book = written([date(2022, 12, 15)])
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    assert rows(spreadsheet.read(saved(book), "tep.xlsx")) == [(date(2022, 12, 15),)]


def test_two_sheets_of_nearly_one_name_are_both_read() -> None:
    book = written(["một"])
    book.create_sheet("Sheet ")["A1"] = "hai"
    found = spreadsheet.read(saved(book), "tep.xlsx", "sheet")
    assert [sheet.rows[0].cells for sheet in found] == [("một",), ("hai",)]


# Delimited text


def unread(shown: str) -> Unread:
    """Return a cell that shows an error."""
    return Unread(Fault.ERROR, shown)


TABLE = (
    'Mã;"Nội dung; việc";Thời hạn\r\nNS-01;"Họp ""giao ban""\r\ntuần";15/12\r\n\r\nNS-02;72,6\r\n'
)
READ = [("Mã", "Nội dung; việc", "Thời hạn"), ("NS-01", 'Họp "giao ban"\ntuần', "15/12"),
        ("NS-02", "72,6")]  # fmt: skip


def windows_1258(text: str) -> bytes:
    """Return text as Vietnamese Windows wrote it: tones behind their letters."""
    tones = "\u0300\u0309\u0303\u0301\u0323"
    apart = "".join(
        normalize("NFC", "".join(c for c in whole if c not in tones))
        + "".join(c for c in whole if c in tones)
        for whole in (normalize("NFD", letter) for letter in text)
    )
    return apart.encode("windows-1258")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TABLE.encode(), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8"),
        (normalize("NFD", TABLE).encode(), "utf-8"),
        (TABLE.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "utf-16"),
        (TABLE.encode("utf-16-le"), "utf-16-le"),
        (TABLE.encode("utf-16-be"), "utf-16-be"),
        (windows_1258(TABLE), "windows-1258"),
    ],
)
def test_text_is_read_in_whatever_letters_it_was_saved(
    tmp_path: Path, data: bytes, encoding: str
) -> None:
    (sheet,) = read(put(tmp_path, "việc.csv", data))
    assert (sheet.name, sheet.encoding) == ("việc", encoding)
    assert [row.cells for row in sheet.rows] == READ
    assert [row.number for row in sheet.rows] == [1, 2, 4]


def test_text_of_an_old_font_keeps_the_letters_it_was_typed_with(tmp_path: Path) -> None:
    old = typed("phường dư hàng;vĩnh niệm;kênh dương", "tcvn3")
    (sheet,) = read(put(tmp_path, "cu.csv", old.encode("windows-1252")))
    assert sheet.encoding == "windows-1252"
    assert sheet.rows[0].cells == tuple(old.split(";"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_makes_a_table(tmp_path: Path, separator: str) -> None:
    table = [["KẾ HOẠCH, quý IV; năm 2022"], list(HEADING)]
    table += [[f"NS-{n}", "Thu, nộp; báo cáo | gửi", f"{n}/12"] for n in range(1, 30)]
    lines = [separator.join(f'"{c}"' if separator in c else c for c in row) for row in table]
    found = rows(read(put(tmp_path, "x.txt", "\n".join(lines))))
    assert found[1:3] == [HEADING, ("NS-1", "Thu, nộp; báo cáo | gửi", "1/12")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sep=|\r\na,b|c", [("a,b", "c")]),
        ("'=1+1,'-5,'quoted',+84\n", [("=1+1", "-5", "'quoted'", "+84")]),
        ("tổ d\x00ân phố,c\x07d\u202e, số 5\n", [("tổ dân phố", "cd", "số 5")]),
        ("a,b,,\n,,\nc\n", [("a", "b"), ("c",)]),
        ("#REF!,########,#1\n", [(unread("#REF!"), unread("########"), "#1")]),
        ("a,b\rc,d\r", [("a", "b"), ("c", "d")]),
        ('cao 1.5" x,b\n', [('cao 1.5" x', "b")]),
        ("một cột\nhai dòng", [("một cột",), ("hai dòng",)]),
    ],
)
def test_odd_text_is_read_as_it_was_meant(
    tmp_path: Path, text: str, found: list[tuple[Value, ...]]
) -> None:
    assert rows(read(put(tmp_path, "x.csv", text))) == found


# JSON


def test_what_list_prints_becomes_a_sheet_with_its_keys_as_heading(tmp_path: Path) -> None:
    content = {
        "schema_version": 1,
        "tasks": [
            {"code": "NS-01", "progress": 46, "owner": None, "measure": {"latest": "87.4"}},
            {"code": "NS-02", "coop": ["KD", "LS"], "value": 72.6, "late": False},
        ],
    }
    path = put(tmp_path, "list.json", json.dumps(content))
    (sheet,) = read(path, sheet="Tasks")
    assert sheet.name == "tasks"
    assert [row.number for row in sheet.rows] == [1, 2, 3]
    assert [row.cells for row in sheet.rows] == [
        ("code", "progress", "owner", "measure", "measure.latest", "coop", "value", "late"),
        ("NS-01", D(46), None, None, D("87.4")),
        ("NS-02", None, None, None, None, "KD, LS", D("72.6"), False),
    ]
    (bare,) = read(put(tmp_path, "x", json.dumps(content["tasks"])))
    assert bare.rows == sheet.rows


def test_a_moment_without_a_day_is_text() -> None:
    book = written([time(7, 30), timedelta(hours=30)])
    assert rows(spreadsheet.read(saved(book), "tep.xlsx")) == [("07:30", "30:00")]


def test_what_is_merged_downwards_and_what_is_hidden_is_told(tmp_path: Path) -> None:
    book = written(HEADING, ["NS-01", "a", None], ["NS-02"], ["NS-03"], [], ["NS-04"])
    page = book.active
    assert page is not None
    for reference in ("A1:C1", "B2:C4", "B9:B12"):
        page.merge_cells(reference)
    for number in (3, 5):
        page.row_dimensions[number].hidden = True
    (sheet,) = read(put(tmp_path, "gop.xlsx", saved(book)))
    assert (sheet.merged, sheet.hidden_rows) == ((Merged(1, 2, 4),), (3,))
    assert [row.number for row in sheet.rows] == [1, 2, 3, 4, 6]


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        ('[{"code": "NS-01"},\n{"code": "NS', "sheet-json-cut", 2),
        ('[{"code": "NS-01"},\n', "sheet-json-cut", 2),
        ('[{"code": "NS-01"},\n{code: 1}]', "sheet-json-broken", 2),
    ],
)
def test_json_that_breaks_off_or_is_none_is_told_by_its_line(
    tmp_path: Path, content: str, code: str, row: int
) -> None:
    with pytest.raises(BadInput) as refused:
        read(put(tmp_path, "list.json", content))
    assert (refused.value.code, refused.value.data["row"]) == (code, row)


def test_noise_under_the_name_of_a_workbook_is_a_damaged_workbook(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="sheet-damaged"):
        read(put(tmp_path, "hong.xlsx", bytes(range(256)) * 20))
    assert rows(read(put(tmp_path, "that.xlsx", "Mã;Kết quả\nNS-01;xong\n")))[1] == (
        "NS-01",
        "xong",
    )
