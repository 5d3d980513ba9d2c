"""Importing on the board: the file, the review, one save, one undo."""

import os
from datetime import date
from pathlib import Path
from threading import Event as Flag

import pytest
from openpyxl import Workbook

from db.records import Kind
from tests import make
from tests.boards import Driver, board, elsewhere
from tests.test_vietnamese_legacy import TYPED
from tracker.operations import reports
from tracker.operations.reports import Report
from tracker.sheets import reading
from tracker.tui.forms import import_review
from tracker.tui.forms.import_file import ImportFile
from tracker.tui.forms.import_review import ImportReview
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.list_screen import ListScreen

ARREARS, PAVEMENT, BACKLOG = "NS-04.KD", "TTDH-01.KD", "TTXD-02.KD"
HEAD = "Mã;Kết quả thực hiện;Khó khăn, vướng mắc;Tình trạng;Số liệu;Ngày số liệu"
GOOD = f"""{HEAD}
{PAVEMENT};đã ra quân 3 tuyến;thiếu xe gom;Đang thực hiện;;
{ARREARS};;;;52,5;20/11/2022
"""
MIXED = f"""{HEAD}
{PAVEMENT};đã ra quân 3 tuyến;;Đang thực hiện;;
{ARREARS};;;;72.6;20/11/2022
KHONG-CO;việc lạ;;;;
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a person stands."""
    stands = tmp_path / "ở đây"
    stands.mkdir()
    monkeypatch.chdir(stands)
    return stands


def save(folder: Path, text: str, name: str = "bao-cao.csv") -> Path:
    """Put a delimited text into a folder."""
    path = folder / name
    path.write_text(text, "utf-8-sig")
    return path


def review(b: Driver) -> ImportReview:
    """The review in front."""
    assert isinstance(b.app.screen, ImportReview)
    return b.app.screen


async def open_review(b: Driver, path: Path) -> None:
    """Choose a file, and wait until it is read."""
    await b.press("<")
    await b.until(lambda: isinstance(b.app.screen, ImportFile))
    await b.fill("Line", str(path))
    await b.press("enter")
    await b.until(lambda: isinstance(b.app.screen, ImportReview))
    await b.until(lambda: not b.said("#message").startswith("Đang"))


async def test_what_would_change_is_shown_first_then_saved_and_taken_back_at_once(
    path: Path, folder: Path
) -> None:
    async with board(path) as b:
        await open_review(b, save(folder, GOOD))
        assert b.said("#counts") == "0 mới · 2 thay đổi · 0 giữ nguyên"
        assert "Kết quả: đã ra quân 3 tuyến" in b.text
        assert "52,5" in b.text
        assert b.task(PAVEMENT).result is None
        assert b.at("#save").has_focus
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(PAVEMENT).result == "đã ra quân 3 tuyến"
        assert b.log(PAVEMENT)[-1].kind == Kind.IMPORT
        assert b.log(PAVEMENT)[-1].group == b.log(ARREARS)[-1].group
        (toast,) = b.toasts
        assert "2 thay đổi" in toast
        assert "^Z" in toast
        await b.press("ctrl+z")
        await b.until(lambda: b.task(PAVEMENT).result is None)
        assert b.task(ARREARS).measure.latest is None


async def test_the_same_file_again_has_nothing_to_save(path: Path, folder: Path) -> None:
    async with board(path) as b:
        file = save(folder, GOOD)
        await open_review(b, file)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        await open_review(b, file)
        assert "đã đúng như vậy rồi" in b.said("#message")
        assert not b.at("#save").display
        await b.press("enter")
        assert isinstance(b.app.screen, ListScreen)


async def test_problems_stand_first_with_their_cells_and_never_stop_the_good_rows(
    path: Path, folder: Path
) -> None:
    async with board(path) as b:
        await open_review(b, save(folder, MIXED))
        text = b.text
        assert text.index("Dòng 3, cột E (Số liệu)") < text.index("Thay đổi")
        assert '"72.6"' in text or "72.6" in text
        assert "KHONG-CO" in text
        assert "bỏ dòng có lỗi" in text
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(PAVEMENT).result == "đã ra quân 3 tuyến"
        assert b.task(ARREARS).measure.latest is None


async def test_where_every_row_has_a_problem_there_is_nothing_to_save(
    path: Path, folder: Path
) -> None:
    async with board(path) as b:
        await open_review(b, save(folder, f"{HEAD}\nKHONG-CO;việc lạ;;;;\n"))
        assert "dòng nào cũng có lỗi" in b.said("#message")
        assert not b.at("#save").display
        await b.press("ctrl+s")
        assert isinstance(b.app.screen, ImportReview)


async def test_escape_leaves_everything_as_it_was(path: Path, folder: Path) -> None:
    async with board(path) as b:
        await open_review(b, save(folder, GOOD))
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)
        assert b.task(PAVEMENT).result is None
        assert b.toasts == []


async def test_a_file_that_holds_no_table_is_refused_in_words_and_another_can_be_taken(
    path: Path, folder: Path
) -> None:
    save(folder, GOOD)
    async with board(path) as b:
        await open_review(b, save(folder, "chào bạn\n", "thu.csv"))
        assert b.at("#message").has_class("-error")
        assert b.at("#other").has_focus
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, ImportFile))
        assert "bao-cao.csv" in b.text
        await b.type("bao-cao")
        assert "Không có tệp" not in b.text


async def test_files_near_by_are_listed_and_a_path_is_completed(path: Path, folder: Path) -> None:
    save(folder, GOOD, "phường Kênh Dương.csv")
    (folder / "ghi chú.docx").write_bytes(b"PK")
    async with board(path) as b:
        await b.press("<")
        assert "phường Kênh Dương.csv" in b.text
        assert "ghi chú" not in b.text
        await b.fill("Line", f"{folder}{os.sep}ph")
        await b.press("tab")
        assert b.at("Line").value == str(folder / "phường Kênh Dương.csv")
        await b.fill("Line", str(folder / "không có.csv"))
        await b.press("enter")
        assert isinstance(b.app.screen, ImportFile)
        assert "không có.csv" in b.text


async def test_a_workbook_with_two_sheets_can_be_read_in_part(path: Path, folder: Path) -> None:
    book = Workbook()
    for sheet, code in ((book.active, PAVEMENT), (book.create_sheet(), BACKLOG)):
        sheet.title = code
        for row in (("Mã", "Kết quả thực hiện"), (code, "đã làm")):
            sheet.append(row)
    book.save(folder / "hai trang.xlsx")
    async with board(path) as b:
        await open_review(b, folder / "hai trang.xlsx")
        assert b.said("#counts").startswith("0 mới · 2 thay đổi")
        b.at("#sheet").focus()
        await b.press("right")
        await b.until(lambda: b.said("#counts").startswith("0 mới · 1 thay đổi"))
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(PAVEMENT).result == "đã làm"
        assert b.task(BACKLOG).result is None


async def test_text_of_an_old_font_is_converted_only_when_somebody_says_so(
    path: Path, folder: Path
) -> None:
    said = "Phường đã tổ chức kiểm tra và xử lý các hộ kinh doanh lấn chiếm lòng đường"
    text = f"Mã;Kết quả thực hiện\n{PAVEMENT};{said}\n"
    old = "".join(TYPED["tcvn3"].get(letter, letter) for letter in text)
    async with board(path) as b:
        await open_review(b, save(folder, old))
        assert b.at("#message").has_class("-error")
        assert b.at("#convert").has_focus
        await b.press("enter")
        await b.until(lambda: b.at("#save").display)
        assert not b.at("#convert").display
        assert "Chuyển sang Unicode" in b.text
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(PAVEMENT).result == said


async def test_the_board_goes_on_while_a_file_is_read(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Flag()

    def slow(path: Path) -> object:
        go_on.wait(10)
        return reading.read(path)

    monkeypatch.setattr(import_review, "read", slow)
    async with board(path) as b:
        file = save(folder, GOOD)
        await b.press("<")
        await b.fill("Line", str(file))
        await b.press("enter")
        await b.until(lambda: b.said("#message") == "Đang đọc tệp ...")
        await b.press("ctrl+s")
        elsewhere(path, lambda desk: reports.update(desk, [BACKLOG], Report(result="x")), "kd.vptk")
        await b.until(lambda: b.app.session.picture.state.tasks[BACKLOG].result == "x")
        go_on.set()
        await b.until(lambda: b.at("#save").display)
        assert b.task(PAVEMENT).result is None


async def test_whoever_does_not_wait_for_the_reading_goes_on_with_the_board(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = Flag()
    monkeypatch.setattr(import_review, "read", lambda path: go_on.wait(10) and reading.read(path))
    async with board(path) as b:
        await b.press("<")
        await b.fill("Line", str(save(folder, GOOD)))
        await b.press("enter")
        await b.until(lambda: b.said("#message") == "Đang đọc tệp ...")
        await b.press("escape")
        go_on.set()
        await b.press("u")
        assert isinstance(b.app.screen, UpdateForm)


async def test_who_saved_first_is_not_written_over_unseen(path: Path, folder: Path) -> None:
    async with board(path) as b:
        await open_review(b, save(folder, GOOD))
        theirs = Report(result="đã ra quân 1 tuyến")
        elsewhere(path, lambda desk: reports.update(desk, [PAVEMENT], theirs), "kd.vptk")
        await b.press("enter")
        await b.until(lambda: "Người khác vừa lưu" in b.said("#message"))
        assert "đã ra quân 1 tuyến → đã ra quân 3 tuyến" in b.text
        assert b.task(PAVEMENT).result == "đã ra quân 1 tuyến"
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(PAVEMENT).result == "đã ra quân 3 tuyến"


@pytest.mark.parametrize(
    ("login", "on", "said"),
    [
        ("ubnd.xem", None, "chỉ được xem"),
        (None, None, "chọn"),
        ("kd.vptk", date(2022, 11, 1), "hôm nay"),
    ],
)
async def test_who_may_not_write_is_told_so(
    path: Path, login: str | None, on: date | None, said: str
) -> None:
    async with board(path, login, on=on) as b:
        await b.press("<")
        assert not isinstance(b.app.screen, ImportFile)
        assert any(said in toast for toast in b.toasts), b.toasts


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_in_a_small_window_a_long_review_scrolls_and_keeps_its_answers(
    path: Path, folder: Path, size: tuple[int, int]
) -> None:
    rows = "".join(f"KHONG-{n};việc lạ thứ {n};;;;\n" for n in range(40))
    async with board(path, size=size) as b:
        await open_review(b, save(folder, GOOD + rows))
        assert "Lưu 2 dòng" in b.text
        assert "KHONG-39" not in b.text
        for _page in range(20):
            await b.press("pagedown")
        assert "Cách đọc tệp" in b.text
        assert "Lưu 2 dòng" in b.text
