"""Someone saved first: both sides by field, what merges by itself, and what each answer does."""

from pathlib import Path

import pytest

from db.records import Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker.operations import planning, reports
from tracker.operations.reports import Report
from tracker.tui.forms.conflict import ConflictScreen
from tracker.tui.forms.edit_form import EditForm
from tracker.tui.forms.status_forms import HoldForm
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.list_screen import ListScreen

STREET = "TTDH-01.KD"
CHIEF = "vpub.tonghop"
MINE, THEIRS = "tôi đã xóa ba điểm đen", "họ đã họp với tổ dân phố"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


async def collide(b: Driver, **theirs: object) -> None:
    """Fill the update of a task, let others be first, save, and wait for the dialog."""
    b.grid.move_to(STREET)
    await b.press("u")
    await b.fill("#result", MINE)
    await b.fill("#progress", "50")
    report = Report(**theirs)
    elsewhere(b.path, lambda desk: reports.update(desk, [STREET], report), CHIEF)
    await b.press("ctrl+s")
    await b.until(lambda: isinstance(b.app.screen, ConflictScreen))


def line_with(b: Driver, text: str) -> str:
    """The first line of the dialog that holds a text: the form behind may have it too."""
    top, bottom = b.at(".conflict").region.line_span
    return next(line for line in b.lines[top:bottom] if text in line)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_theirs_and_mine_stand_side_by_side(path: Path, size: tuple[int, int]) -> None:
    async with board(path, size=size) as b:
        await collide(b, result=THEIRS)
        assert MINE in line_with(b, THEIRS)
        assert "09:00 22/11/2022" in b.text
        assert "Văn phòng HĐND và UBND quận" in b.text
        assert "của tôi" in b.text
        assert b.at(".conflict").region.bottom <= size[1]


async def test_in_a_narrow_window_one_stands_under_the_other(path: Path) -> None:
    async with board(path, size=(70, 24)) as b:
        await collide(b, result=THEIRS)
        assert MINE not in line_with(b, THEIRS)
        assert b.lines.index(line_with(b, THEIRS)) < b.lines.index(line_with(b, MINE))


async def test_what_only_one_of_us_touched_is_said(path: Path) -> None:
    async with board(path) as b:
        await collide(b, result=THEIRS, request="thêm xe")
        assert "Chỉ người khác sửa, được giữ nguyên: " in b.text
        assert "Kiến nghị, đề xuất" in line_with(b, "Chỉ người khác sửa")
        assert "Tiến độ" in line_with(b, "Chỉ mình sửa")


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_long_texts_are_wrapped_and_scrolled_and_the_answers_stay(
    path: Path, size: tuple[int, int]
) -> None:
    async with board(path, size=size) as b:
        await collide(b, result="rất dài " * 120 + "HẾT")
        assert "HẾT" not in b.text
        for _page in range(12):
            await b.press("pagedown")
        assert "HẾT" in b.text
        for answer in ("back", "mine", "theirs", "note"):
            assert b.at(f"#answer-{answer}").region.bottom < size[1]
            assert b.at(f"#answer-{answer}").region.right < size[0]


async def test_escape_goes_back_with_every_word(path: Path) -> None:
    async with board(path) as b:
        await collide(b, result=THEIRS)
        await b.press("escape")
        await b.until(lambda: isinstance(b.app.screen, UpdateForm))
        assert isinstance(b.app.screen, UpdateForm)
        assert b.app.screen.value("result") == MINE
        assert b.app.screen.value("progress") == "50"
        assert b.task(STREET).result == THEIRS


async def test_an_answer_is_given_by_the_mouse(path: Path) -> None:
    async with board(path) as b:
        await collide(b, result=THEIRS)
        await b.pilot.click("#answer-mine")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert (b.task(STREET).result, b.task(STREET).progress) == (MINE, 50)
        toast = b.toasts[-1]
        assert [line for line in toast.splitlines() if "Kết quả" in line] == [
            "Đã thay nội dung Văn phòng HĐND và UBND quận vừa ghi: Kết quả."
        ]


async def test_what_was_merged_is_said_once_saved(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        await b.fill("#result", MINE)
        report = Report(request="thêm xe")
        elsewhere(path, lambda desk: reports.update(desk, [STREET], report), CHIEF)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert "Đã ghép với thay đổi của Văn phòng HĐND và UBND quận" in b.toasts[-1]
        assert "Kiến nghị" in b.toasts[-1]


async def test_a_deadline_moved_by_both_is_shown_as_days(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("1")
        b.grid.move_to(STREET)
        await b.press("e")
        await b.fill("#due_on", "25/11")
        await b.fill("#reason", "mưa bão")
        elsewhere(
            path,
            lambda desk: planning.edit(
                desk, [STREET], {"due_on": make.moment("2022-12-01 00:00").date()}, reason="x"
            ),
            CHIEF,
            now="2022-11-22 08:59",
        )
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ConflictScreen))
        assert "25/11/2022" in line_with(b, "01/12/2022")
        await b.press("escape")
        await b.until(lambda: isinstance(b.app.screen, EditForm))


async def test_a_status_that_both_changed_can_be_left_to_them(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("p")
        await b.fill("#reason", "chờ kinh phí")
        await b.fill("#obstacle", "thiếu kinh phí")
        report = Report(status=Status.IN_PROGRESS)
        elsewhere(path, lambda desk: reports.update(desk, [STREET], report), CHIEF)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ConflictScreen))
        b.at("#answer-note").focus()
        await b.press("enter")
        await b.until(lambda: not isinstance(b.app.screen, ConflictScreen | HoldForm))
        task = b.task(STREET)
        assert (task.status, task.obstacle) == (Status.IN_PROGRESS, "thiếu kinh phí")


async def test_giving_way_in_all_closes_the_form_and_writes_nothing(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        await b.fill("#result", MINE)
        report = Report(result=THEIRS)
        elsewhere(path, lambda desk: reports.update(desk, [STREET], report), CHIEF)
        written = len(b.log(STREET))
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ConflictScreen))
        b.at("#answer-theirs").focus()
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert len(b.log(STREET)) == written


async def test_equal_values_are_no_question(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("p")
        await b.fill("#reason", "chờ kinh phí")
        await b.fill("#obstacle", "thiếu kinh phí")
        report = Report(status=Status.ON_HOLD, reason="mưa bão")
        elsewhere(path, lambda desk: reports.update(desk, [STREET], report), CHIEF)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        task = b.task(STREET)
        assert (task.status, task.obstacle) == (Status.ON_HOLD, "thiếu kinh phí")


async def test_where_others_saved_all_of_it_nothing_is_written_and_that_is_said(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("p")
        await b.fill("#reason", "chờ kinh phí")
        report = Report(status=Status.ON_HOLD, reason="mưa bão")
        elsewhere(path, lambda desk: reports.update(desk, [STREET], report), CHIEF)
        written = len(b.log(STREET))
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert f"{STREET} đã như vậy rồi" in b.toasts[-1]
        assert len(b.log(STREET)) == written


async def test_what_others_wrote_stands_beside_the_forms_own_error(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        elsewhere(
            path, lambda desk: reports.update(desk, [STREET], Report(request="thêm xe")), CHIEF
        )
        await b.until(lambda: "thêm xe" in b.said("#message"))
        await b.press("ctrl+s")
        await b.until(lambda: b.said("#message").count("\n") == 1)
        assert "thêm xe" in b.said("#message")
        assert isinstance(b.app.screen, UpdateForm)
