"""The report as a file: every rule of the decree, for every kind and every head, whatever people
have written; and as pages, where LibreOffice is at hand.
"""

import re
import shutil
import subprocess
from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from db.connection import raw_connect
from tests import decree, make
from tests.decree import Paper, faults, text
from tests.shell import ok, tracker
from tracker.papers import report
from tracker.papers.report import decree as measures
from tracker.papers.report import word
from tracker.papers.report.records import Head

STORED = "\x01\x1b[31m\ufffe\u202e\x0b [/] {task} =cmd|' /C calc'!A0 <w:p/> ]]> &amp; 工作 🚧"
HOSTILE = f"\x00\ud800{STORED}"  # what no file can hold, but a caller may hand over
KINDS = ["daily", "weekly", "monthly", "estimate"]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration of day 51."""
    return make.demo(tmp_path_factory.mktemp("demo") / "demo.sqlite", day=51)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration of day 120."""
    return make.demo(tmp_path_factory.mktemp("demo") / "ended.sqlite", day=120)


@pytest.fixture(scope="module")
def daily(shown: Path) -> bytes:
    """Return the report of day 51."""
    return written(shown, "--kind", "daily")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def written(db: Path, *words: str, now: str = "2022-11-22 15:00") -> bytes:
    """Return the bytes of a report."""
    target = db.parent / "report.docx"
    ok("report", *words, "-o", str(target), "--force", db=db, now=now)
    return target.read_bytes()


@pytest.mark.parametrize("unit", [None, "TCKH", "KD", "CCT"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_of_each_kind_and_head_keeps_the_decree(
    shown: Path, kind: str, unit: str | None
) -> None:
    assert faults(written(shown, "--kind", kind, *(["--unit", unit] if unit else []))) == []


@pytest.mark.parametrize("unit", [None, "VPUB", "TC"])
def test_a_final_report_keeps_the_decree(ended: Path, unit: str | None) -> None:
    assert faults(written(ended, "--kind", "final", *(["--unit", unit] if unit else []))) == []


BROKEN = [
    ("document", 'w:w="11906"', 'w:w="12240"', "not A4"),
    ("document", 'w:left="1701"', 'w:left="1400"', "margin left"),
    ("document", "<w:titlePg/>", "", "first page shows"),
    ("document", 'w:start="1"', 'w:start="2"', "do not begin again"),
    ("header1", " PAGE ", " NUMPAGES ", "PAGE field"),
    ("styles", 'w:ascii="Times New Roman"', 'w:ascii="Calibri"', "fonts"),
    ("document", '<w:color w:val="000000"/>', '<w:color w:val="FF0000"/>', "not black"),
    ("document", 'w:gridCol w:w="3685"', 'w:gridCol w:w="3827"', "head columns"),
    ("document", measures.NATION, f"{measures.NATION} ", "Quốc hiệu"),
    ("document", "ngày 22 tháng 11 năm 2022</w:t>", "ngày 2 tháng 11 năm 2022</w:t>", "date"),
    ("document", "Số:      /", "Số: 01/", "number line"),
    ("document", "<w:cantSplit/><w:tblHeader/>", "<w:cantSplit/>", "head that is not repeated"),
    ("document", ">2</w:t>", ">9</w:t>", "STT"),
    ("document", "./.</w:t>", ".</w:t>", "end mark"),
    ("document", "b) ", "c) ", "point"),
    ("document", "II. TỒN", "III. TỒN", "part"),
    ("document", "- Lưu: VT, VP.", "- Lưu: VP;", "last recipient"),
    ("document", ">258</w:t>", ">259</w:t>", "does not add up"),
]


@pytest.mark.parametrize(("part", "old", "new", "found"), BROKEN)
def test_the_checker_finds_what_is_wrong(
    daily: bytes, part: str, old: str, new: str, found: str
) -> None:
    """Each rule that is most easily broken is broken once, in a file that keeps them all."""
    broken = changed(daily, f"word/{part}.xml", old, new)
    assert [fault for fault in faults(broken) if found in fault]


def changed(data: bytes, name: str, old: str, new: str) -> bytes:
    """Return a report with a text of one part replaced."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as held, ZipFile(made, "w") as target:
        for each in held.namelist():
            content = held.read(each)
            if each == name:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(each, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("text", "size", "wide"),
    [
        (measures.NATION, 12, 88.3),
        (measures.NATION, 13, 95.7),
        (measures.MOTTO, 13, 55.9),
        (measures.MOTTO, 14, 60.2),
        ("PHÒNG TÀI CHÍNH - KẾ HOẠCH", 12, 66.2),
    ],
)
def test_widths_are_those_of_times_bold(text: str, size: int, wide: float) -> None:
    assert measures.width(text, size) == pytest.approx(wide, abs=0.1)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2022, 9, 5), "ngày 05 tháng 9 năm 2022"),
        (date(2023, 1, 31), "ngày 31 tháng 01 năm 2023"),
        (date(2023, 2, 9), "ngày 09 tháng 02 năm 2023"),
        (date(2022, 12, 10), "ngày 10 tháng 12 năm 2022"),
        (date(2022, 3, 1), "ngày 01 tháng 3 năm 2022"),
    ],
)
def test_days_and_the_first_two_months_take_a_zero(on: date, said: str) -> None:
    assert measures.spelled(on) == said


def test_a_long_name_is_broken_where_it_may_be() -> None:
    assert measures.fitted(["VĂN PHÒNG HĐND VÀ UBND QUẬN"], 12, 65) == (
        "VĂN PHÒNG HĐND",
        "VÀ UBND QUẬN",
    )
    assert measures.fitted(["PHÒNG NỘI VỤ"], 12, 65) == ("PHÒNG NỘI VỤ",)
    long = measures.fitted(["BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG QUẬN"], 12, 65)
    assert all(measures.width(line, 12) <= 65 for line in long)


def test_the_heads_are_those_of_the_district_an_office_and_a_ward(shown: Path) -> None:
    district = Paper(written(shown, "--kind", "daily")).lines
    assert district[:2] == ["ỦY BAN NHÂN DÂN", "QUẬN LÊ CHÂN"]
    assert "Kính gửi: Ủy ban nhân dân thành phố Hải Phòng" in district
    assert {"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn Phiệt", "- Lưu: VT, VP."} <= set(
        district
    )
    office = Paper(written(shown, "--kind", "daily", "--unit", "NV")).lines
    assert office[:3] == ["ỦY BAN NHÂN DÂN", "QUẬN LÊ CHÂN", "PHÒNG NỘI VỤ"]
    assert {"Số:      /BC-NV", "TRƯỞNG PHÒNG"} <= set(office)
    ward = Paper(written(shown, "--kind", "daily", "--unit", "KD")).lines
    assert ward[:2] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG KÊNH DƯƠNG"]
    assert "Kính gửi: Ủy ban nhân dân quận Lê Chân" in ward
    assert any(line.startswith("Phường Kênh Dương, ngày ") for line in ward)


def test_settings_change_the_head_of_one_unit_or_of_all_wards(db: Path) -> None:
    def set_(key: str, value: str) -> None:
        ok("config", "set", key, value, "--as", "vpub.tonghop", db=db)

    set_("report_signer.kd", "Nguyễn Văn A")
    set_("report_title.KD", "TM. Ủy ban nhân dân | KT. Chủ tịch | Phó Chủ tịch")
    set_("report_parent.phuong", "Ủy ban nhân dân | quận Lê Chân")
    set_("report_to", "Ủy ban nhân dân thành phố; Thường trực Quận ủy")
    set_("report_place", "quận Lê Chân")
    ward = written(db, "--unit", "KD")
    assert faults(ward) == []
    lines = Paper(ward).lines
    assert lines[:4] == ["ỦY BAN NHÂN DÂN", "QUẬN LÊ CHÂN", "ỦY BAN NHÂN DÂN", "PHƯỜNG KÊNH DƯƠNG"]
    assert {"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn A"} <= set(lines)
    district = written(db)
    assert faults(district) == []
    lines = Paper(district).lines
    assert lines[lines.index("Kính gửi:") + 1 :][:2] == [
        "- Ủy ban nhân dân thành phố;",
        "- Thường trực Quận ủy.",
    ]
    assert "quận Lê Chân, ngày 22 tháng 11 năm 2022" in lines
    assert "Nguyễn Văn A" not in lines
    set_("report_to", "-")
    assert not any(line.startswith("Kính gửi") for line in Paper(written(db)).lines)
    ok("undo", "--as", "vpub.tonghop", db=db)
    assert "Kính gửi:" in Paper(written(db)).lines
    assert tracker("doctor", db=db).code == 0


def test_what_a_head_cannot_do_without_stays_when_a_setting_is_none(db: Path) -> None:
    for name in ("agency", "symbol", "place", "title", "signer", "recipients", "drafter"):
        ok("config", "set", f"report_{name}", "-", "--as", "vpub.tonghop", db=db)
    data = written(db)
    assert faults(data) == []
    lines = Paper(data).lines
    assert lines[:2] == ["ỦY BAN NHÂN DÂN", "QUẬN LÊ CHÂN"]
    assert "- Lưu: VT." in lines
    assert "Nguyễn Văn Phiệt" not in lines


@pytest.mark.parametrize(
    ("place", "agency", "to"),
    [
        ("Phường Lam Sơn, quận Lê Chân", ["ỦY BAN NHÂN DÂN", "PHƯỜNG LAM SƠN"], "quận Lê Chân"),
        ("Sở Y tế, thành phố Hải Phòng", ["SỞ Y TẾ"], "thành phố Hải Phòng"),
    ],
)
def test_a_campaign_of_another_place_has_a_head_of_its_own(
    db: Path, place: str, agency: list[str], to: str
) -> None:
    ok("config", "set", "place", place, "--as", "vpub.tonghop", db=db)
    data = written(db)
    assert faults(data) == []
    assert Paper(data).lines[: len(agency)] == agency
    assert f"Kính gửi: Ủy ban nhân dân {to}" in Paper(data).lines


def test_a_setting_is_refused_for_a_unit_that_is_not_there(db: Path) -> None:
    refused = tracker("config", "set", "report_signer.XX", "A", "--as", "vpub.tonghop", db=db)
    assert refused.code == 1
    assert tracker("config", "set", "name.KD", "A", "--as", "vpub.tonghop", db=db).code == 2


def test_a_demonstration_never_passes_for_a_real_report(shown: Path, db: Path) -> None:
    mark = "SỐ LIỆU MINH HỌA"
    made = Paper(written(shown))
    assert any(mark in line for line in made.lines[:8])
    feet = [text(part) for name, part in made.parts.items() if "footer" in name]
    assert [mark in foot for foot in feet] == [True, True]
    real = Paper(written(db))
    assert not any(mark in text(part) for part in real.parts.values())


def test_the_same_report_is_the_same_bytes_and_names_no_machine(shown: Path) -> None:
    first = written(shown)
    assert first == written(shown)
    core = Paper(first).parts["docProps/core.xml"]
    said = " ".join(core.itertext())
    assert "2022-11-22T00:00:00Z" in said
    assert "Ủy ban nhân dân quận Lê Chân" in said


def test_hostile_texts_stand_whole_and_break_nothing(db: Path) -> None:
    long = "Vướng mắc dài. " * 1000
    with closing(raw_connect(db)) as conn:
        conn.execute(
            "UPDATE tasks SET title = ?, result = ?, obstacle = ?, obstacle_on = '2022-11-22', "
            "request = ? WHERE code LIKE '%.KD'",
            (STORED, STORED, long, STORED),
        )
        conn.execute("UPDATE units SET name = ? WHERE code = 'LS'", (f"Phường {STORED}",))
        conn.commit()
    for words in ([], ["--unit", "KD"], ["--kind", "daily"]):
        data = written(db, *words)
        told = " ".join(Paper(data).lines)
        assert long.strip() in told
        assert "[/] {task} =cmd|' /C calc'!A0 <w:p/> ]]> &amp; 工作 🚧" in told
        assert [fault for fault in faults(data) if not fault.startswith("placeholder")] == []


def test_hostile_names_of_an_agency_break_nothing(tmp_path: Path) -> None:
    head = Head(
        parent=(HOSTILE,), agency=(HOSTILE * 5,), name=HOSTILE, symbol="BC-<&>", place=HOSTILE,
        to=(HOSTILE, HOSTILE), titles=(HOSTILE,), signer=HOSTILE, recipients=(HOSTILE,),
        filing=HOSTILE,
    )  # fmt: skip
    made = report.Paper(head, date(2022, 11, 22), (HOSTILE, HOSTILE), (), HOSTILE, ())
    path = tmp_path / "hostile.docx"
    path.write_bytes(word.write(made))
    assert Document(str(path)).paragraphs


def test_a_file_that_is_there_is_replaced_only_when_told(db: Path, tmp_path: Path) -> None:
    target = tmp_path / "bao-cao.docx"
    target.write_text("mine")
    refused = tracker("report", "-o", str(target), db=db)
    assert refused.code != 0
    assert target.read_text() == "mine"
    ok("report", "-o", str(target), "--force", db=db)
    assert target.read_bytes()[:2] == b"PK"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_another_library_opens_every_kind(shown: Path, tmp_path: Path) -> None:
    for kind in KINDS:
        path = tmp_path / f"{kind}.docx"
        path.write_bytes(written(shown, "--kind", kind))
        assert Document(str(path)).paragraphs


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_pages_as_they_are_meant(shown: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(written(shown, "--kind", "daily"))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    if shutil.which("pdftotext") is None:
        pytest.skip("the pages cannot be read: poppler is not installed")
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    pages = told.rstrip("\f").split("\f")
    assert decree.NATION in re.sub(" +", " ", pages[0].splitlines()[0])
    assert decree.MOTTO in pages[0]
    numbers = [page.strip().splitlines()[0].strip() for page in pages]
    text_pages = next(n for n, page in enumerate(pages) if "Phụ lục I" in page.splitlines()[0])
    assert numbers[1:text_pages] == [str(n) for n in range(2, text_pages + 1)]
    assert 3 <= text_pages <= 6
    signed = next(page for page in pages if "Nguyễn Văn Phiệt" in page)
    assert "./." in signed
