"""Forms: what they save, what they ask, and that nothing typed is ever lost."""

from decimal import Decimal
from pathlib import Path

import pytest

from db.records import Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import settings
from tracker.operations import figures, reports
from tracker.operations.reports import Report
from tracker.tui.fields import Area, Line
from tracker.tui.forms.form import Form
from tracker.tui.forms.pick import Pick
from tracker.tui.forms.question import Question
from tracker.tui.forms.reading_form import ReadingForm
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.list_screen import ListScreen

STREET, DEBT, SITES = "TTDH-01.KD", "NS-04.KD", "TTXD-02.KD"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


async def open_on(b: Driver, code: str, key: str) -> None:
    """Open a form on a task of the list."""
    b.grid.move_to(code)
    await b.press(key)


async def save(b: Driver) -> None:
    """Save, and wait until the form is closed."""
    await b.press("ctrl+s")
    await b.until(lambda: isinstance(b.app.screen, ListScreen))


# The update


async def test_an_update_saves_its_three_parts_status_and_progress(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "u")
        assert isinstance(b.app.screen, UpdateForm)
        await b.type("da xoa 3 diem")
        await b.press("tab")
        await b.type("thieu xe")
        await b.press("tab")
        await b.type("them chuyen")
        await b.press("tab", "right", "tab")
        await b.type("30")
        await save(b)
        task = b.task(STREET)
        assert (task.result, task.obstacle, task.request) == (
            "da xoa 3 diem", "thieu xe", "them chuyen",
        )  # fmt: skip
        assert (task.status, task.progress) == (Status.IN_PROGRESS, 30)
        assert b.toasts == ["Đã lưu: cập nhật TTDH-01.KD"]
        assert "30%" in b.text
        assert "⚑" in b.text


async def test_an_obstacle_that_stands_is_shown_and_clearing_it_ends_it(path: Path) -> None:
    elsewhere(path, lambda d: reports.update(d, [STREET], Report(obstacle="thiếu xe")), "kd.vptk")
    async with board(path) as b:
        await open_on(b, STREET, "u")
        area = b.at("#obstacle")
        assert isinstance(area, Area)
        assert area.text == "thiếu xe"
        await b.fill("#obstacle", "")
        await save(b)
        assert b.task(STREET).obstacle is None


async def test_what_is_left_alone_is_not_written_again(path: Path) -> None:
    elsewhere(path, lambda d: reports.update(d, [STREET], Report(obstacle="thiếu xe")), "kd.vptk")
    async with board(path) as b:
        await open_on(b, STREET, "u")
        await b.fill("#result", "xong một nửa")
        await save(b)
        group = b.log(STREET)[-1].group
        fields = {event.field for event in b.log(STREET) if event.group == group}
        assert fields == {"result", "status", "updated_on"}


async def test_an_empty_update_says_what_is_missing_and_stays(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "u")
        await b.press("ctrl+s")
        await b.until(lambda: "Hãy ghi ít nhất một mục" in b.said("#message"))
        assert isinstance(b.app.screen, UpdateForm)


@pytest.mark.parametrize(
    ("typed", "said"), [("130", "0 đến 100"), ("ba", "không phải là số"), ("72.6", "72,6")]
)
async def test_a_wrong_progress_is_said_and_the_texts_stay(
    path: Path, typed: str, said: str
) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "u")
        await b.fill("#result", "viết dài")
        await b.fill("#progress", typed)
        await b.press("ctrl+s")
        await b.until(lambda: said in b.said("#progress-note"))
        assert b.said("#message") == ""
        assert isinstance(b.app.screen, UpdateForm)
        assert b.app.screen.value("result") == "viết dài"


async def test_a_status_that_needs_a_reason_asks_for_it(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "u")
        assert not b.at("#reason").display
        b.at("#status").focus()
        await b.press("right", "right")
        assert b.at("#reason").display
        await b.press("ctrl+s")
        await b.until(lambda: "Cần nêu lý do" in b.said("#reason-note"))
        await b.fill("#reason", "chờ kinh phí")
        await save(b)
        assert b.task(STREET).status is Status.ON_HOLD


async def test_a_closed_task_can_be_reopened_with_a_reason(path: Path) -> None:
    elsewhere(path, lambda d: reports.done(d, [STREET]), "vpub.tonghop")
    async with board(path, "vpub.tonghop") as b:
        await b.press("1")
        await open_on(b, STREET, "u")
        b.at("#status").focus()
        await b.press("right")
        await b.fill("#reason", "làm lại tuyến 2")
        await save(b)
        assert b.task(STREET).status is Status.IN_PROGRESS


async def test_marked_tasks_are_updated_together_and_undone_together(path: Path) -> None:
    async with board(path) as b:
        await b.press("a", "u")
        assert "NS-04.KD" in b.text
        assert "TTXD-02.KD" in b.text
        await b.fill("#request", "gia hạn báo cáo")
        await save(b)
        assert {b.task(code).request for code in (STREET, DEBT, SITES)} == {"gia hạn báo cáo"}
        assert b.grid.marked == ()
        assert b.toasts == ["Đã lưu: cập nhật, 3 việc"]
        await b.press("ctrl+z")
        await b.until(lambda: b.toasts[-1:] != [] and "Đã hoàn tác: cập nhật" in b.toasts[-1])
        assert "(và 2 mục khác)" in b.toasts[-1]
        assert {b.task(code).request for code in (STREET, DEBT, SITES)} == {None}


async def test_redo_does_again_what_was_undone(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "x")
        await save(b)
        await b.press("ctrl+z")
        await b.until(lambda: b.task(STREET).status is Status.NOT_STARTED)
        await b.press("ctrl+y")
        await b.until(lambda: b.task(STREET).status is Status.AWAITING)
        await b.until(lambda: any("Đã làm lại: báo cáo hoàn thành" in toast for toast in b.toasts))


async def test_there_may_be_nothing_to_undo(path: Path) -> None:
    async with board(path) as b:
        await b.press("ctrl+z")
        await b.until(lambda: b.toasts != [])
        assert "hoàn tác" in b.toasts[0]


# Leaving


async def test_escape_closes_an_untouched_form_at_once(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "u")
        await b.press("escape")
        assert isinstance(b.app.screen, ListScreen)


async def test_escape_asks_before_what_was_typed_is_lost(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "u")
        await b.type("dang viet")
        await b.press("escape")
        assert isinstance(b.app.screen, Question)
        await b.press("enter")
        assert isinstance(b.app.screen, UpdateForm)
        assert b.app.screen.value("result") == "dang viet"
        await b.press("escape", "right", "enter")
        assert isinstance(b.app.screen, ListScreen)
        assert b.task(STREET).result is None


async def test_leaving_the_board_asks_too(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "u")
        await b.type("dang viet")
        await b.press("ctrl+q")
        assert isinstance(b.app.screen, Question)
        await b.press("escape")
        assert isinstance(b.app.screen, UpdateForm)
        await b.press("ctrl+q", "right", "enter")
        assert not b.app.is_running or b.app._exit


async def test_undo_in_a_field_takes_back_typing_never_a_command(path: Path) -> None:
    elsewhere(path, lambda d: reports.done(d, [STREET]), "kd.vptk")
    async with board(path) as b:
        await open_on(b, DEBT, "m")
        await b.type("52")
        await b.press("ctrl+z")
        assert b.app.screen.query_exactly_one("#figure", Line).value == ""
        await b.press("ctrl+y")
        assert b.app.screen.query_exactly_one("#figure", Line).value == "52"
        await b.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert b.task(STREET).status is Status.AWAITING
        assert b.toasts == []


async def test_undo_in_a_text_takes_back_typing_and_on_a_choice_nothing(path: Path) -> None:
    elsewhere(path, lambda d: reports.done(d, [STREET]), "kd.vptk")
    async with board(path) as b:
        await open_on(b, DEBT, "u")
        await b.type("abc")
        await b.press("ctrl+z")
        assert b.app.screen.query_exactly_one("#result", Area).text != "abc"
        b.at("#status").focus()
        await b.press("ctrl+z")
        assert b.task(STREET).status is Status.AWAITING


async def test_a_text_takes_the_whole_form_with_f4(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await open_on(b, STREET, "u")
        before = b.at("#result").region.height
        await b.press("f4")
        assert b.at("#result").region.height > 3 * before
        assert not b.at("#obstacle").display
        await b.press("f4")
        assert b.at("#result").region.height == before
        assert b.at("#obstacle").display


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
@pytest.mark.parametrize("key", ["u", "m", "x"])
async def test_a_form_fits_its_window_under_the_countdown(
    path: Path, size: tuple[int, int], key: str
) -> None:
    async with board(path, size=size) as b:
        await open_on(b, DEBT, key)
        frame = b.at(".form").region
        assert frame.y >= 2
        assert frame.bottom <= size[1]
        assert frame.right <= size[0]
        assert b.at("#key-save").region.bottom <= size[1]


# Figures


async def test_a_figure_is_echoed_with_unit_plan_and_what_stood_before(path: Path) -> None:
    elsewhere(path, lambda d: figures.record(d, DEBT, Decimal("47.5")), "kd.vptk",
              now="2022-11-15 09:00")  # fmt: skip
    async with board(path) as b:
        await open_on(b, DEBT, "m")
        await b.type("52,0")
        await b.until(lambda: "47,5%" in b.said("#echo"))
        assert "= 52%" in b.said("#echo")
        assert "kế hoạch 80%" in b.said("#echo")
        assert "lần trước 47,5% (15/11/2022)" in b.said("#echo")
        assert "Nợ thuế đã thu / nợ có khả năng thanh toán" in b.text
        await save(b)
        task = b.task(DEBT)
        assert task.measure is not None
        assert task.measure.latest == Decimal("52.0")


async def test_one_reading_serves_both_plans_and_both_rows_change(path: Path) -> None:
    async with board(path, "tckh.cv") as b:
        await open_on(b, "NS-01", "m")
        assert "% KH thành phố" in b.text
        await b.type("80")
        assert "= 80% KH thành phố" in b.said("#echo")
        await save(b)
        second = b.task("NS-02").measure
        assert second is not None
        assert second.latest is not None
        assert round(second.latest, 1) == Decimal("75.7")
        for code in ("NS-01", "NS-02"):
            assert b.grid.entry(code).cells["fresh"].text == "hôm nay"


async def test_a_figure_that_is_no_number_is_said_while_typing(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, DEBT, "m")
        await b.type("72.6")
        assert "72,6" in b.said("#echo")
        await b.fill("#figure", "52")
        assert "= 52%" in b.said("#echo")


async def test_a_wrong_day_is_said_below_the_day(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, DEBT, "m")
        await b.type("52")
        await b.fill("#on", "31/9")
        assert b.at("#on-note").display
        assert b.said("#on-note")
        assert b.said("#on-note") not in b.said("#echo")
        await b.fill("#on", "hôm nay")
        assert not b.at("#on-note").display
        assert "= 52%" in b.said("#echo")


async def test_a_cumulative_figure_that_falls_asks_why(path: Path) -> None:
    elsewhere(path, lambda d: figures.record(d, DEBT, Decimal("47.5")), "kd.vptk",
              now="2022-11-15 09:00")  # fmt: skip
    async with board(path) as b:
        await open_on(b, DEBT, "m")
        await b.fill("#figure", "40")
        await b.until(lambda: "thấp hơn lần trước" in b.said("#echo"))
        assert b.at("#reason").display
        await b.press("ctrl+s")
        await b.until(lambda: "không thể giảm" in b.said("#message"))
        assert isinstance(b.app.screen, ReadingForm)
        assert b.app.screen.value("figure") == "40"
        await b.fill("#reason", "đối chiếu lại với Chi cục Thuế")
        await save(b)
        measure = b.task(DEBT).measure
        assert measure is not None
        assert measure.latest == Decimal(40)


async def test_a_figure_above_twice_the_plan_asks_why(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, DEBT, "m")
        await b.fill("#figure", "1000")
        await b.until(lambda: "hơn gấp đôi kế hoạch: kiểm tra dấu phẩy" in b.said("#echo"))
        await b.press("ctrl+s")
        await b.until(lambda: "hơn gấp đôi" in b.said("#message"))
        assert isinstance(b.app.screen, ReadingForm)


async def test_a_second_figure_of_a_day_is_a_correction_with_a_reason(path: Path) -> None:
    elsewhere(path, lambda d: figures.record(d, DEBT, Decimal("47.5")), "kd.vptk")
    async with board(path) as b:
        await open_on(b, DEBT, "m")
        await b.fill("#figure", "48")
        await b.until(lambda: "đính chính" in b.said("#echo"))
        await b.fill("#reason", "nhầm dòng")
        await save(b)
        assert b.log(DEBT)[-1].reason == "nhầm dòng"


async def test_a_missing_opening_figure_comes_first(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, SITES, "m")
        assert "Số đầu kỳ" in b.text
        await b.type("38")
        await save(b)
        measure = b.task(SITES).measure
        assert measure is not None
        assert measure.baseline == Decimal(38)


async def test_a_day_may_be_said_in_words(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, DEBT, "m")
        await b.fill("#figure", "30")
        await b.fill("#on", "hom qua")
        assert "21/11/2022" in b.said("#echo")
        await b.fill("#on", "32/11")
        assert "32/11" in b.said("#on-note")


# Completion and its answer


async def test_marked_tasks_are_reported_completed_on_a_day(path: Path) -> None:
    async with board(path) as b:
        await b.press("space", "space")
        await b.press("x")
        assert "Chờ xác nhận" in b.text
        await b.fill("#on", "21/11")
        await save(b)
        for code in (STREET, DEBT):
            assert b.task(code).status is Status.AWAITING
            assert str(b.task(code).claimed_on) == "2022-11-21"


async def test_a_day_outside_the_campaign_is_refused_and_the_form_stays(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "x")
        await b.fill("#result", "xong cả")
        await b.fill("#on", "25/11")
        await b.press("ctrl+s")
        await b.until(lambda: "25/11/2022" in b.said("#on-note"))
        assert isinstance(b.app.screen, Form)
        assert b.app.screen.value("result") == "xong cả"


async def test_a_confirmer_confirms_and_may_correct_the_day(path: Path) -> None:
    elsewhere(path, lambda d: reports.done(d, [STREET]), "kd.vptk")
    async with board(path, "tckh.cv") as b:
        await b.press("v")
        await open_on(b, STREET, "c")
        await b.fill("#on", "20/11")
        await save(b)
        task = b.task(STREET)
        assert task.status is Status.COMPLETED
        assert str(task.claimed_on) == "2022-11-20"


async def test_a_return_needs_its_reason(path: Path) -> None:
    elsewhere(path, lambda d: reports.done(d, [STREET]), "kd.vptk")
    async with board(path, "tckh.cv") as b:
        await b.press("v")
        await open_on(b, STREET, "r")
        await b.press("ctrl+s")
        await b.until(lambda: "Cần nêu lý do" in b.said("#reason-note"))
        await b.type("thieu bien ban")
        await save(b)
        assert b.task(STREET).status is Status.IN_PROGRESS


async def test_no_change_is_one_key_and_can_be_undone(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(DEBT)
        await b.press("k")
        await b.until(lambda: str(b.task(DEBT).updated_on) == "2022-11-22")
        await b.until(lambda: b.toasts == ["Đã lưu: không có thay đổi, 1 việc"])
        await b.press("ctrl+z")
        await b.until(lambda: b.task(DEBT).updated_on is None)


async def test_no_change_is_said_once_a_day(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(DEBT)
        await b.press("k")
        await b.until(lambda: str(b.task(DEBT).updated_on) == "2022-11-22")
        written = len(b.log(DEBT))
        await b.press("k")
        await b.until(lambda: "hôm nay đã ghi không có thay đổi" in b.said())
        assert len(b.log(DEBT)) == written


# Who acts


async def test_who_wants_to_write_is_asked_who_he_is_and_it_is_remembered(path: Path) -> None:
    async with board(path, None) as b:
        await open_on(b, STREET, "u")
        assert isinstance(b.app.screen, Pick)
        await b.type("kenh duong")
        await b.press("enter")
        assert "Văn phòng - thống kê, P. Kênh Dương" in b.lines[0]
        assert settings.load().officer == "kd.vptk"
        await b.press("u")
        assert isinstance(b.app.screen, UpdateForm)


async def test_a_viewer_opens_no_form(path: Path) -> None:
    async with board(path, "ubnd.xem") as b:
        await b.press("1")
        for key in ("u", "x", "c", "r", "k"):
            await open_on(b, STREET, key)
            assert isinstance(b.app.screen, ListScreen)
            assert b.at("#status").has_class("-warning")
