"""Files made to do harm, and files that came to harm: one sentence, soon, and nothing else."""

import io
import random
import struct
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import workbooks
from tracker import i18n, wording
from tracker.errors import BadInput
from tracker.sheets import delimited, read, spreadsheet, workbook
from tracker.sheets.protocol import told, understood
from tracker.sheets.records import LIMITS
from tracker.wording import sentences

ROOT = Path(__file__).resolve().parent.parent
NAME = "tệp.xlsx"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)


def refusal(path: Path, **options: str) -> BadInput:
    """Return why a file is not read; it has a whole sentence in both languages."""
    with pytest.raises(BadInput) as refused:
        read(path, **options)
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        said = wording.error(refused.value)
        assert path.name in said
        assert said.endswith(".")
        assert "\n" not in said
    return refused.value


def code_of(data: bytes) -> str:
    """Return the code with which a workbook is refused in this process."""
    with pytest.raises(BadInput) as refused:
        spreadsheet.read(data, NAME)
    return refused.value.code


def workbook_of(sheet: str, **more: str) -> bytes:
    """Return the workbook of this sheet."""
    return workbooks.packed(workbooks.parts(sheet, **more))


def sound() -> bytes:
    """Return a workbook that openpyxl made, with a formula, dates, formats and two sheets."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Mã", "Nội dung", "Hạn", "Số liệu"])
    for n in range(1, 12):
        book.active.append([f"NS-{n:02}", "Thu thuế ngoài quốc doanh", 44900 + n, 72.6])
    book.active["C3"].number_format = "dd/mm/yyyy"
    book.active["D4"] = "=SUM(D2:D3)"
    book.create_sheet("Cán bộ").append(["kd.vptk", True])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


# What a file is, and is not


@pytest.mark.parametrize(
    ("name", "data", "code", "kind"),
    [
        ("a.xlsx", b"", "sheet-empty", None),
        ("a.csv", b"\xef\xbb\xbf \r\n\t", "sheet-empty", None),
        ("a.csv", b",,,\n,,\n", "sheet-empty", None),
        ("a.json", b"[]", "sheet-empty", None),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "sheet-old", None),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "sheet-locked",
            None,
        ),
        ("a.xlsx", b"%PDF-1.7\n", "sheet-kind", "PDF"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(99), "sheet-kind", "PNG"),
        ("a.xls", b"\r\n<html><table><tr><td>1", "sheet-kind", "HTML"),
        ("a.xls", b"<?xml version='1.0'?><Workbook>", "sheet-kind", "XML"),
        ("a.xlsx", workbooks.packed({"word/document.xml": "x"}), "sheet-kind", "Word (.docx)"),
        ("a.ods", workbooks.packed({"mimetype": "x", "content.xml": "x"}), "sheet-kind",
         "OpenDocument (.ods, .odt)"),
        ("a.xlsx", workbooks.packed({"xl/workbook.bin": "x"}), "sheet-kind", "Excel (.xlsb)"),
        ("a.xlsx", workbooks.packed({"b.xlsx": sound()}), "sheet-kind", "ZIP"),
        ("a.xlsx", b"PK\x03\x04" + bytes(50), "sheet-damaged", None),
        ("a.csv", random.Random(1).randbytes(9000), "sheet-encoding", None),
        ("a.csv", bytes(range(1, 32)) * 20, "sheet-not-text", None),
        ("a.csv", "Thời hạn;Nội dung\n".encode() * 9 + b"Th\xe1\xbb;x", "sheet-encoding", None),
        ("a.csv", "Mã\n".encode("utf-16") + b"x", "sheet-encoding", None),
        ("a.csv", b'a,b\n"c,d\n1,2\n', "sheet-quote", None),
        ("a.csv", b"a," + b"x" * 140_000, "sheet-quote", None),
        ("a.csv", b"a\n" * 5001, "sheet-rows", None),
        ("a.csv", b"a" + b"," * 50 + b"b", "sheet-columns", None),
        ("a.csv", b"x" * 5_000_001, "sheet-large", None),
        ("a.json", b'{"tasks": [1]}', "sheet-json", None),
        ("a.json", b'{"other": []}', "sheet-json", None),
        ("a.json", b'[{"a": NaN}]', "sheet-json", None),
        ("a.json", b"[" * 100_000, "sheet-json", None),
        ("a.json", b"5", "sheet-json", None),
        ("a.json", b'[{"a": "\xff"}]', "sheet-json", None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, data: bytes, code: str, kind: str | None
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    refused = refusal(path)
    assert (refused.code, refused.data.get("kind")) == (code, kind)


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path).code == "sheet-folder"
    assert refusal(tmp_path / "không-có.xlsx").code == "sheet-missing"
    if Path("/dev/zero").exists():
        assert refusal(Path("/dev/zero")).code == "sheet-kind"
    with pytest.raises(BadInput, match="sheet-"):
        read(tmp_path / "a\0b")


def test_too_much_is_refused_with_how_much_it_is(tmp_path: Path) -> None:
    path = tmp_path / "dài.csv"
    path.write_text("a\n" * 6214)
    assert refusal(path).data == {"file": "dài.csv", "n": 6214, "most": 5000}
    path.write_text("a\n" + "," * 63 + "x\n")
    assert refusal(path).data["column"] == "BL"


def test_a_number_of_json_is_only_as_long_as_a_number_is(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1e999999999999999999999}]')
    assert refusal(path).code == "sheet-json"
    path.write_text('[{"a": 1e999999}]')
    assert refusal(path).code == "sheet-json"


# Workbooks: the function that runs in the other process, in this one


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (workbook_of(LAUGHS + workbooks.cells("><v>&a9;</v>")), "sheet-entities"),
        (workbook_of(workbooks.cells('t="s"><v>0</v>'), strings=LAUGHS + "<sst>&a9;</sst>"),
         "sheet-entities"),
        (workbook_of('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + workbooks.cells(">")),
         "sheet-entities"),
        (workbook_of(workbooks.cells('t="s"><v>0</v>')), "sheet-damaged"),
        (workbook_of(workbooks.cells('t="s"><v>-1</v>'), strings=workbooks.texts("<t>x</t>")),
         "sheet-damaged"),
        (workbook_of(workbooks.cells('s="7"><v>1</v>')), "sheet-damaged"),
        (workbook_of(workbooks.cells("><v>x</v>")), "sheet-damaged"),
        (workbook_of(workbooks.cells('t="?"><v>x</v>')), "sheet-damaged"),
        (workbook_of(workbooks.cells('r="??"><v>1</v>')), "sheet-damaged"),
        (workbook_of(workbooks.cells('r="XFD1048576"><v>1</v>')), "sheet-columns"),
        (workbook_of(workbooks.sheet(f'<row r="{"9" * 5000}"/>')), "sheet-damaged"),
        (workbook_of(workbooks.sheet("<row><c><v>1</v></c></row>" * 5001)), "sheet-rows"),
        (workbook_of(workbooks.sheet("<row>")[:-40]), "sheet-damaged"),
        (workbook_of(workbooks.sheet("")), "sheet-empty"),
        (workbooks.packed({"xl/other.xml": "<x/>"}), "sheet-damaged"),
    ],
    ids=range(15),
)  # fmt: skip
def test_a_workbook_made_to_do_harm_is_refused_at_once(data: bytes, code: str) -> None:
    started = time.monotonic()
    assert code_of(data) == code
    assert time.monotonic() - started < LIMITS.seconds


def test_a_text_that_many_cells_share_is_counted_in_each() -> None:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>"
    strings = workbooks.texts(f"<t>{'dài ' * 8000}</t>")
    assert code_of(workbook_of(workbooks.sheet(row * 30), strings=strings)) == "sheet-text"


def test_one_cell_at_the_far_end_costs_nothing_and_is_not_lost() -> None:
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    (found,) = spreadsheet.read(workbook_of(workbooks.sheet(far)), NAME)
    assert [row.number for row in found.rows] == [1_048_576]
    styled = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>'
    (found,) = spreadsheet.read(workbook_of(workbooks.sheet(styled)), NAME)
    assert len(found.rows[0].cells) == 1


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_said() -> None:
    data = bytearray(workbook_of(workbooks.sheet("<row/>" * 100_000)))
    at = data.rindex(workbooks.SHEET.encode()) - 46
    data[at + 24 : at + 28] = struct.pack("<I", 500)  # in the central directory
    assert code_of(bytes(data)) == "sheet-damaged"


def test_five_hundred_mutilated_workbooks_end_in_sheets_or_one_sentence() -> None:
    chance = random.Random(2022)
    whole = sound()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    codes: set[str | None] = set()
    for number in range(500):
        if number % 2:  # the file
            data = mutilated(whole, chance)
        else:  # a part of it, in a file that is whole
            name = chance.choice(sorted(parts))
            data = workbooks.packed({**parts, name: mutilated(parts[name], chance)}, level=1)
        try:
            sheets = spreadsheet.read(data, NAME)
            assert understood(told(sheets).encode()) == sheets
            codes.add(None)
        except BadInput as refused:
            codes.add(refused.code)
    assert {None, "sheet-damaged"} <= codes
    assert codes - {None} <= sentences.REFUSALS.keys()


def mutilated(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with some changed, or with a piece taken out or put in twice."""
    changed = bytearray(data)
    start = chance.randrange(len(data))
    piece = slice(start, start + chance.randrange(200))
    match chance.randrange(4):
        case 0:
            del changed[start:]
        case 1:
            del changed[piece]
        case 2:
            changed[start:start] = changed[piece]
        case _:
            for _flip in range(chance.randint(1, 9)):
                changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_at_all_are_rows_or_one_sentence(data: bytes) -> None:
    with suppress(BadInput):
        for sheet in delimited.read(data, "x.csv", None):
            for row in sheet.rows:
                assert row.cells
                assert row.cells[-1] is not None


# The other process


def test_a_hundred_megabytes_of_xml_are_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "trăm.xlsx"
    path.write_bytes(workbook_of(workbooks.sheet("<row/>" * 17_000_000)))
    assert refusal(path).data == {"file": "trăm.xlsx", "size": 103}


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a POSIX system")
def test_what_is_let_in_and_grows_stays_within_its_memory_and_time(tmp_path: Path) -> None:
    sheet = workbooks.sheet("<a>" * 7_000_000 + "</a>" * 7_000_000)
    padding = random.Random(3).randbytes(400_000)  # so that it unpacks to little for its size
    path = tmp_path / "sâu.xlsx"
    path.write_bytes(workbooks.packed({**workbooks.parts(sheet), "x": padding}))
    # In a process of its own, which has no other children whose memory would count.
    code = f"""
import resource
from pathlib import Path
from tracker.errors import BadInput
from tracker.sheets import read
try:
    read(Path({str(path)!r}))
except BadInput as refusal:
    print(refusal.code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    said, kibibytes = done.stdout.split()
    assert said in ("sheet-memory", "sheet-damaged", "sheet-slow")
    if sys.platform == "linux":  # counted in KiB, and the limit is kept
        assert int(kibibytes) * 1024 < LIMITS.memory


def test_a_reader_that_does_not_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*arguments: object, timeout: int, **options: object) -> None:
        raise subprocess.TimeoutExpired("x", timeout)

    monkeypatch.setattr(subprocess, "run", endless)
    with pytest.raises(BadInput, match="sheet-slow"):
        workbook.read(sound(), NAME, None)


def test_nothing_of_a_broken_reader_reaches_the_user(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    with pytest.raises(BadInput, match="sheet-damaged"):
        workbook.read(sound(), NAME, None)
    assert capfd.readouterr() == ("", "")


def test_no_module_of_the_folder_is_taken_for_one_of_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zipfile.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    assert len(workbook.read(sound(), NAME, None)) == 2
