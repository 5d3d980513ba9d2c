"""Several marked tasks get one change: the form, the preview, one save, one undo."""

from datetime import date
from pathlib import Path

import pytest

from db.records import Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker.operations import reports
from tracker.operations.reports import Report
from tracker.tui.forms.bulk_form import BulkForm
from tracker.tui.forms.bulk_preview import BulkPreview
from tracker.tui.forms.inputs import PickField
from tracker.tui.forms.question import Question
from tracker.tui.list_screen import ListScreen

NS, ARREARS, PAVEMENT, BACKLOG = "NS-01", "NS-04.KD", "TTDH-01.KD", "TTXD-02.KD"
LATER = date(2022, 12, 20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


async def open_form(b: Driver, *codes: str) -> None:
    """Mark tasks and open the form that changes them together."""
    if not isinstance(b.app.screen, ListScreen):
        await b.press("1")
    b.grid.set_marks(codes)
    await b.press("e")
    await b.until(lambda: isinstance(b.app.screen, BulkForm))


async def to_preview(b: Driver) -> None:
    """Save the form as far as the preview."""
    await b.press("ctrl+s")
    await b.until(lambda: isinstance(b.app.screen, BulkPreview))


async def accept(b: Driver) -> None:
    """Save what the preview offers."""
    await b.pilot.click("#save")
    await b.until(lambda: isinstance(b.app.screen, ListScreen))


async def test_only_what_is_filled_in_is_changed_and_one_undo_takes_it_back(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        before = {code: b.task(code) for code in (ARREARS, PAVEMENT)}
        await open_form(b, ARREARS, PAVEMENT)
        b.at("#owner").keys = ("vpub.tonghop",)
        await b.fill("#due_on", "20/12")
        await b.fill("#reason", "mưa bão")
        await to_preview(b)
        assert "Xem trước khi lưu: 2 việc" in b.text
        assert "14/10/2022 → 20/12/2022" in b.text
        assert "— → Văn phòng" in b.text
        assert "Lý do: mưa bão" in b.text
        await accept(b)
        for code in before:
            task = b.task(code)
            assert (task.due_on, task.owner) == (LATER, "vpub.tonghop")
            assert (task.status, task.result) == (before[code].status, before[code].result)
        assert len({b.log(code)[-1].group for code in before}) == 1
        assert b.grid.marked == ()
        assert any("Đã lưu: sửa 2 việc" in toast for toast in b.toasts)
        await b.press("ctrl+z")
        await b.until(lambda: b.task(PAVEMENT).due_on == before[PAVEMENT].due_on)
        assert b.task(ARREARS).owner == before[ARREARS].owner


async def test_the_key_that_saves_a_form_saves_in_the_preview_too(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        await open_form(b, ARREARS, PAVEMENT)
        await b.fill("#due_on", "20/12")
        await b.fill("#reason", "mưa bão")
        await to_preview(b)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(PAVEMENT).due_on == b.task(ARREARS).due_on == LATER


async def test_one_marked_task_opens_the_form_of_one_task(path: Path) -> None:
    async with board(path) as b:
        b.grid.set_marks([PAVEMENT])
        await b.press("e")
        assert not isinstance(b.app.screen, BulkForm | ListScreen)


async def test_nothing_filled_in_is_refused_in_words(path: Path) -> None:
    async with board(path) as b:
        await open_form(b, ARREARS, PAVEMENT)
        await b.press("ctrl+s")
        await b.until(lambda: b.said("#message") != "")
        assert isinstance(b.app.screen, BulkForm)


async def test_a_moved_deadline_or_a_stop_asks_for_the_reason(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        await open_form(b, ARREARS, PAVEMENT)
        assert not b.at("#reason").display
        await b.fill("#due_on", "20/12")
        assert b.at("#reason").display
        await b.press("ctrl+s")
        assert isinstance(b.app.screen, BulkForm)
        assert "lý do" in b.said("#reason-note").lower()
        assert b.said("#message") == ""
        assert b.at("#reason").has_focus


async def test_an_officer_is_not_offered_what_is_a_supervisors(path: Path) -> None:
    async with board(path) as b:
        await open_form(b, ARREARS, PAVEMENT)
        assert not b.app.screen.query("#due_on")
        assert "Không giao nữa" not in b.text
        owners = b.app.screen.query_exactly_one(PickField)
        await b.press("tab", "f3")
        assert "kd.vptk" in b.text
        assert "ls.vptk" not in b.text
        assert owners.keys == ()


async def test_what_would_be_refused_is_named_and_left_out_only_by_choice(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [PAVEMENT]), "kd.vptk")
    async with board(path, "vpub.tonghop") as b:
        await open_form(b, ARREARS, PAVEMENT, BACKLOG)
        await b.press("right", "right")
        await b.fill("#reason", "chờ hướng dẫn")
        await to_preview(b)
        (refused,) = [line for line in b.lines if "×" in line]
        assert PAVEMENT in refused
        assert "Lưu 2 việc, bỏ những việc bị từ chối" in b.text
        assert b.at("#back").has_focus
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, BulkForm))
        assert b.task(ARREARS).status is Status.NOT_STARTED
        await to_preview(b)
        await accept(b)
        assert b.task(ARREARS).status is b.task(BACKLOG).status is Status.ON_HOLD
        assert b.task(PAVEMENT).status is Status.AWAITING


async def test_going_back_from_the_preview_keeps_what_was_typed(path: Path) -> None:
    async with board(path) as b:
        await open_form(b, ARREARS, PAVEMENT)
        await b.fill("#result", "đã họp")
        await to_preview(b)
        await b.press("escape")
        await b.until(lambda: isinstance(b.app.screen, BulkForm))
        assert b.at("#result").text == "đã họp"
        assert b.task(ARREARS).result is None


async def test_tasks_of_others_open_no_form(path: Path) -> None:
    async with board(path) as b:
        await b.fill("#filter", "")
        b.grid.set_marks([NS, "NS-02"])
        await b.press("e")
        assert isinstance(b.app.screen, ListScreen)
        assert b.at("#status").has_class("-warning")


async def test_the_work_of_who_saved_first_is_not_written_over(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        await open_form(b, ARREARS, PAVEMENT)
        await b.fill("#result", "đề nghị báo cáo")
        theirs = Report(result="xong 3/10")
        elsewhere(path, lambda desk: reports.update(desk, [PAVEMENT], theirs), "kd.vptk")
        await b.press("ctrl+s")
        await b.until(lambda: not isinstance(b.app.screen, BulkForm))
        assert not isinstance(b.app.screen, BulkPreview)
        assert "xong 3/10" in b.text
        assert b.task(ARREARS).result is None


async def test_at_the_smallest_size_form_and_preview_can_be_used(path: Path) -> None:
    async with board(path, "vpub.tonghop", size=(60, 18)) as b:
        await open_form(b, ARREARS, PAVEMENT, BACKLOG, NS)
        await b.fill("#result", "đề nghị báo cáo trước thứ sáu")
        await to_preview(b)
        assert "Lưu 4 việc" in b.text
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(NS).result == "đề nghị báo cáo trước thứ sáu"


async def test_a_long_preview_scrolls_and_keeps_its_answers_in_sight(path: Path) -> None:
    async with board(path, "vpub.tonghop", size=(80, 18)) as b:
        await open_form(b, NS, "NS-02", ARREARS, "NS-04.LS", BACKLOG, PAVEMENT)
        await b.fill("#result", "đề nghị báo cáo")
        await b.fill("#due_on", "20/12")
        await b.fill("#reason", "mưa bão")
        await to_preview(b)
        assert "Lưu 6 việc" in b.text
        assert BACKLOG not in b.text or PAVEMENT not in b.text
        await b.press("pagedown")
        assert "Lưu 6 việc" in b.text
        assert not isinstance(b.app.screen, Question)


async def test_without_colours_the_preview_stands_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with board(path, "vpub.tonghop") as b:
        await open_form(b, ARREARS, PAVEMENT)
        await b.fill("#result", "đã họp")
        await to_preview(b)
        assert sum("╭" in line for line in b.lines) == 1
