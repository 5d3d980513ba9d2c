"""Papers on the board: urging with the text to send, and files written for others."""

from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from textual.widgets import TextArea

from db.records import Kind
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker.operations import reports
from tracker.tui.forms.notices import Notices
from tracker.tui.forms.paper_form import PaperForm
from tracker.tui.forms.question import Question
from tracker.tui.forms.urge_form import UrgeForm
from tracker.tui.list_screen import ListScreen

ARREARS, LAM_SON, PAVEMENT = "NS-04.KD", "NS-04.LS", "TTDH-01.KD"
CHIEF = "vpub.tonghop"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


# Urging


async def open_form(b: Driver, *codes: str) -> None:
    """Mark tasks and open the form that urges."""
    if not isinstance(b.app.screen, ListScreen):
        await b.press("1")
    b.grid.set_marks(codes)
    await b.press("@")
    await b.until(lambda: isinstance(b.app.screen, UrgeForm))


async def urge(b: Driver, by: str) -> None:
    """Fill in the day and save, as far as the text to send."""
    await b.fill("#by", by)
    await b.press("ctrl+s")
    await b.until(lambda: isinstance(b.app.screen, Notices))


async def test_several_units_are_urged_at_once_and_each_gets_its_message(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await open_form(b, ARREARS, PAVEMENT, LAM_SON)
        await b.fill("#text", "báo cáo bằng văn bản")
        await urge(b, "25/11")
        events = [b.log(code)[-1] for code in (ARREARS, PAVEMENT, LAM_SON)]
        assert {event.kind for event in events} == {Kind.URGE}
        assert len({event.group for event in events}) == 1
        first = b.app.screen.query_exactly_one(TextArea).text
        assert ARREARS in first
        assert PAVEMENT in first
        assert LAM_SON not in first
        assert "25/11/2022" in first
        assert "báo cáo bằng văn bản" in first
        await b.press("pagedown", "pagedown")
        assert LAM_SON in b.app.screen.query_exactly_one(TextArea).text
        assert "Tin 2/2: Lam Sơn" in b.text
        await b.press("enter")
        assert b.app.clipboard == b.app.screen.query_exactly_one(TextArea).text
        assert "Đã sao chép" in b.said("#message")
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)
        assert b.grid.marked == ()
        await b.press("ctrl+z")
        await b.until(lambda: b.app.session.picture.state.urgings == ())


async def test_a_day_is_needed_and_may_not_be_past(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await open_form(b, PAVEMENT)
        await b.press("ctrl+s")
        assert "báo cáo trước ngày nào" in b.said("#by-note")
        await b.fill("#by", "21/11")
        assert "21/11/2022" in b.said("#by-note")
        assert isinstance(b.app.screen, UrgeForm)


async def test_whoever_does_not_confirm_a_task_cannot_urge_on_it(path: Path) -> None:
    async with board(path) as b:
        b.grid.set_marks([PAVEMENT])
        await b.press("@")
        assert isinstance(b.app.screen, ListScreen)
        assert b.at("#status").has_class("-warning")
        assert "TC-KH" in b.said()


async def test_what_waits_for_an_answer_is_left_out_by_choice(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [PAVEMENT]), "kd.vptk")
    async with board(path, "tckh.cv") as b:
        await b.fill("#filter", "")
        b.grid.set_marks([PAVEMENT, ARREARS])
        await b.press("@")
        await b.until(lambda: isinstance(b.app.screen, Question))
        assert PAVEMENT in b.text
        await b.press("right", "enter")
        await b.until(lambda: isinstance(b.app.screen, UrgeForm))
        assert b.app.screen.codes == [ARREARS]


async def test_the_worst_overdue_is_urged_from_the_overview(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("2")
        await b.press("@")
        assert "dòng của một nhiệm vụ" in b.said()
        await b.press("down", "@")
        await b.until(lambda: isinstance(b.app.screen, UrgeForm))
        assert b.app.screen.codes == [PAVEMENT]
        await urge(b, "mai")
        (sent,) = b.app.session.picture.state.urgings
        assert (sent.task, sent.by) == (PAVEMENT, date(2022, 11, 23))


async def test_on_a_past_day_nobody_is_urged(path: Path) -> None:
    async with board(path, CHIEF, on=date(2022, 11, 1)) as b:
        await b.press("1")
        b.grid.move_to(PAVEMENT)
        await b.press("@")
        assert isinstance(b.app.screen, ListScreen)
        assert "F11" in b.said() or "h" in b.said()
        assert b.at("#status").has_class("-warning")


# Files for others


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a person stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def open_paper(b: Driver, words: str) -> None:
    """Find a paper in the palette by words and open its form."""
    await b.press("ctrl+p")
    await b.type(words)
    await b.press("enter")
    await b.until(lambda: isinstance(b.app.screen, PaperForm))


async def write(b: Driver) -> None:
    """Write the file."""
    await b.press("enter")
    await b.until(lambda: not isinstance(b.app.screen, PaperForm))


async def test_every_paper_is_found_in_the_palette_and_says_where_it_lies(
    path: Path, folder: Path
) -> None:
    async with board(path, CHIEF) as b:
        for words, name in (
            ("xuat excel", "theo-doi-2022-11-22.xlsx"),
            ("xuat bao cao word", "bao-cao-tuan-2022-11-22.docx"),
            ("xuat lich", "lich.ics"),
            ("tin nhac viec", "nhac-viec-2022-11-22.txt"),
        ):
            await open_paper(b, words)
            assert b.at("#file").value == name
            await write(b)
            assert b.toasts == [f"Đã ghi: {folder / name}"]
    assert load_workbook(folder / "theo-doi-2022-11-22.xlsx").sheetnames
    assert Document(folder / "bao-cao-tuan-2022-11-22.docx").tables
    assert PAVEMENT in (folder / "lich.ics").read_text("utf-8")
    assert "Kênh Dương" in (folder / "nhac-viec-2022-11-22.txt").read_text("utf-8")


async def test_an_officer_is_offered_the_own_unit_and_may_ask_for_all(
    path: Path, folder: Path
) -> None:
    async with board(path) as b:
        await b.press(">")
        await b.type("lich")
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, PaperForm))
        assert b.at("#file").value == "lich-kd.ics"
        b.at("#unit").focus()
        await b.press("backspace")
        assert b.at("#file").value == "lich.ics"
        b.at("#file").focus()
        await b.fill("#file", "cua-toi.ics")
        await write(b)
    assert LAM_SON in (folder / "cua-toi.ics").read_text("utf-8")


async def test_a_unit_gets_its_entry_form_and_none_has_the_whole_campaign(
    path: Path, folder: Path
) -> None:
    async with board(path, CHIEF) as b:
        await open_paper(b, "bieu nhap")
        await b.press("enter")
        assert "đơn vị" in b.said("#message")
        b.at("#unit").keys = ("KD",)
        await b.settle()
        assert b.at("#file").value == "bieu-nhap-kd-2022-11-22.xlsx"
        b.at("#file").focus()
        await write(b)
    sheet = load_workbook(folder / "bieu-nhap-kd-2022-11-22.xlsx").active
    cells = {cell for row in sheet.values for cell in row}
    assert PAVEMENT in cells
    assert LAM_SON not in cells


async def test_the_name_follows_the_kind_of_the_report(path: Path, folder: Path) -> None:
    async with board(path, CHIEF) as b:
        await open_paper(b, "xuat bao cao word")
        b.at("#kind").focus()
        await b.press("right")
        assert b.at("#file").value == "bao-cao-thang-2022-11-22.docx"
        await b.press("right")
        b.at("#file").focus()
        await b.press("enter")
        await b.until(lambda: b.at("#message").has_class("-error"))
        assert "31/12/2022" in b.said("#message")


async def test_a_file_that_is_there_is_replaced_only_at_the_second_enter(
    path: Path, folder: Path
) -> None:
    (folder / "lich.ics").write_text("của tôi", "utf-8")
    (folder / "khac.ics").write_text("khác", "utf-8")
    async with board(path, CHIEF) as b:
        await open_paper(b, "xuat lich")
        await b.press("enter")
        assert str(folder / "lich.ics") in b.said("#message")
        await b.fill("#file", "khac.ics")
        await b.press("enter")
        assert (folder / "khac.ics").read_text("utf-8") == "khác"
        await b.fill("#file", "lich.ics")
        await b.press("enter")
        assert (folder / "lich.ics").read_text("utf-8") == "của tôi"
        await write(b)
    assert "BEGIN:VCALENDAR" in (folder / "lich.ics").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Hãy gõ tên tệp."),
        ("lich.docx", "Tên tệp này phải kết thúc bằng .ics."),
        ("không có/lich.ics", "không có"),
    ],
)
async def test_a_name_that_is_none_is_refused_and_stays(
    path: Path, folder: Path, typed: str, said: str
) -> None:
    async with board(path, CHIEF) as b:
        await open_paper(b, "xuat lich")
        await b.fill("#file", typed)
        await b.press("enter")
        await b.until(lambda: said in b.said("#message"))
        assert b.at("#file").value == typed
        await b.press("escape")
        assert not isinstance(b.app.screen, PaperForm)
    assert [each.name for each in folder.glob("*.ics")] == []


async def test_a_past_day_is_written_as_it_was(path: Path, folder: Path) -> None:
    async with board(path, "ubnd.xem", on=date(2022, 11, 1)) as b:
        await open_paper(b, "tin nhac viec")
        assert b.at("#file").value == "nhac-viec-2022-11-01.txt"
        await write(b)
    assert "01/11/2022" in (folder / "nhac-viec-2022-11-01.txt").read_text("utf-8")
