"""A task on its own page: everything that is known of it, readable; and the way to the next."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual.content import Content

from db.history import as_of
from db.readings import of_indicator
from db.records import Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker.files import open_file
from tracker.operations import figures, planning, reports, undoing
from tracker.operations.desk import Desk
from tracker.operations.reports import Report
from tracker.tui import picture, task_history
from tracker.tui.detail import TaskScreen
from tracker.tui.task_history import hanging
from tracker.vietnamese import fold

LATE, MEASURED = "TTDH-01.KD", "NS-04.KD"
LONG = "Đã phối hợp các tổ dân phố ra quân lập lại trật tự trên toàn tuyến, " * 4 + "hết."
KD, CHIEF = "kd.vptk", "vpub.tonghop"


def work(path: Path, deed, login: str, now: str) -> None:
    """Do something in the file at a moment."""
    elsewhere(path, deed, login, now=now)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make.file(tmp_path)
    report = Report(result=LONG, obstacle="Thiếu xe gom", request="Quận cho mượn xe")
    work(path, lambda desk: reports.update(desk, [LATE], report), KD, "2022-10-04 08:05")
    for month, day, why in ((10, 31, "mưa bão"), (11, 15, "chờ mặt bằng")):
        moved = {"due_on": date(2022, month, day)}
        work(
            path,
            lambda desk, moved=moved, why=why: planning.edit(desk, [LATE], moved, reason=why),
            CHIEF,
            f"2022-10-{10 + month} 10:00",
        )

    def record(value: str, now: str, code: str = MEASURED, login: str = KD, **how: object) -> None:
        def deed(desk: Desk) -> None:
            figures.record(desk, code, Decimal(value), **how)

        work(path, deed, login, now)

    record("30", "2022-11-10 09:00", note="theo biên bản số 12")
    record("32", "2022-11-10 15:00", reason="cộng sót một hộ")
    record("41", "2022-11-21 09:00")
    work(path, undoing.undo, KD, "2022-11-21 09:30")
    record("80", "2022-11-18 09:00", "NS-01", "tckh.cv")
    return path


async def opened(b: Driver, code: str) -> str:
    """Open a task's page and return its whole text."""
    b.app.open_task(code)
    await b.until(lambda: isinstance(b.app.screen, TaskScreen))
    await b.settle()
    return b.said("#page")


async def test_the_page_names_everything_that_was_assigned(path: Path) -> None:
    async with board(path) as b:
        page = await opened(b, MEASURED)
        for part in (
            "Đôn đốc thu nộp các khoản nợ thuế",
            "Chủ trì Kênh Dương",
            "Xác nhận TC-KH",
            "Phối hợp Văn phòng",
            "Bắt đầu 17/10/2022",
            "Thời hạn 15/12/2022",
            "Trọng số 10",
            "Sản phẩm",
            "32 / 80%",
        ):
            assert part in page


async def test_each_text_part_has_its_day_and_its_author_and_is_whole(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        page = await opened(b, LATE)
        for title in ("Kết quả", "Khó khăn, vướng mắc", "Kiến nghị, đề xuất"):
            assert f"{title}  04/10/2022  Văn phòng - thống kê, P. Kênh Dương" in page
        assert LONG in " ".join(page.split())


async def test_each_move_of_the_deadline_is_listed_with_who_when_and_why(path: Path) -> None:
    async with board(path) as b:
        page = await opened(b, LATE)
        moves = page[page.index("CÁC LẦN ĐỔI THỜI HẠN (2)") :].splitlines()[1:3]
        assert "14/10/2022 → 31/10/2022  20/10/2022" in moves[0]
        assert "lý do: mưa bão" in moves[0]
        assert "31/10/2022 → 15/11/2022  21/10/2022" in moves[1]
        assert "hạn đầu 14/10/2022" in page


async def test_figures_stand_with_their_corrections_and_notes(path: Path) -> None:
    async with board(path) as b:
        page = await opened(b, MEASURED)
        part = page[page.index("SỐ LIỆU") : page.index("LỊCH SỬ")].splitlines()
        assert [line.split("  ")[:2] for line in part[1:4]] == [
            ["21/11/2022", "41%"],
            ["10/11/2022", "32%"],
            ["10/11/2022", "30%"],
        ]
        assert part[1].endswith("đã rút")
        assert "đính chính" in part[3]
        assert "theo biên bản số 12" in part[3]


async def test_a_shared_figure_names_the_other_task_and_where_it_was_entered(path: Path) -> None:
    async with board(path) as b:
        assert "Dùng chung số liệu với NS-02" in await opened(b, "NS-01")
        await b.press("escape")
        page = await opened(b, "NS-02")
        assert "Dùng chung số liệu với NS-01" in page
        assert "nhập cho NS-01" in page
        assert page.count("75,72% KH HĐND quận") == 2  # among the figures, and in the history


async def test_the_history_goes_by_day_and_says_who_did_what_and_why(path: Path) -> None:
    async with board(path) as b:
        page = await opened(b, LATE)
        history = page[page.index("LỊCH SỬ") :].splitlines()
        assert history[1] == "Thứ Sáu 21/10/2022"
        assert "10:00" in history[2]
        assert "Thời hạn 31/10/2022 → 15/11/2022" in "\n".join(history)
        assert "Lý do: chờ mặt bằng" in "\n".join(history)
        assert "Thứ Ba 04/10/2022" in history


@pytest.mark.parametrize("day", [date(2022, 11, 10), date(2022, 11, 20), date(2022, 11, 21)])
def test_figures_of_a_past_day_are_those_that_a_replay_gives(path: Path, day: date) -> None:
    with closing(open_file(path, writing=False)) as conn:
        shown = picture.take(conn, KD, make.moment("2022-11-22 09:00"), day)
        for code in (MEASURED, "NS-01", "NS-02"):
            task = shown.state.tasks[code]
            assert task.measure is not None
            with closing(as_of(conn, day.isoformat(), fold)) as then:
                replayed = of_indicator(then, task.measure.indicator)
            told = task_history.read(conn, task, shown).readings
            assert [(each.id, each.withdrawn) for each in told] == [
                (each.id, each.withdrawn) for each in replayed
            ]


@pytest.mark.parametrize("width", [20, 40, 80])
def test_wrapped_lines_fit_and_lose_no_word(width: int) -> None:
    lines = list(hanging(Content(LONG), width))
    assert all(line.cell_length <= width for line in lines)
    assert " ".join(" ".join(line.plain for line in lines).split()) == LONG


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 18)])
async def test_no_line_of_the_page_is_wider_than_the_window(
    path: Path, size: tuple[int, int]
) -> None:
    async with board(path, size=size) as b:
        for line in (await opened(b, LATE)).splitlines():
            assert len(line) <= size[0] - 4


async def test_the_page_scrolls_and_keeps_its_place_when_the_task_changes(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await opened(b, LATE)
        await b.press("pagedown")
        place = b.at("#task-page").scroll_offset.y
        assert place > 0
        work(path, lambda desk: reports.no_change(desk, [LATE]), KD, "2022-11-22 09:00")
        await b.until(lambda: "không có thay đổi" in b.said("#page").lower())
        assert b.at("#task-page").scroll_offset.y == place
        await b.press("home")
        await b.until(lambda: b.at("#task-page").scroll_offset.y == 0)


@pytest.mark.parametrize(("on", "back"), [("full_stop", "comma"), ("ctrl+down", "ctrl+up")])
async def test_the_next_task_of_the_list_is_one_key_away(path: Path, on: str, back: str) -> None:
    async with board(path) as b:
        first, second = b.grid.row_keys[:2]
        b.grid.move_to(first)
        await b.press("enter")
        assert first in b.lines[2]
        await b.press(on)
        assert second in b.lines[2]
        await b.press(back)
        assert first in b.lines[2]
        await b.press(back)
        assert "đầu danh sách" in b.said()
        await b.press(on, "escape")
        assert b.grid.cursor_key == second


async def test_markup_in_texts_stays_text(path: Path) -> None:
    report = Report(result="[bold]đậm[/] và [/]")
    work(path, lambda desk: reports.update(desk, [LATE], report), KD, "2022-11-22 09:00")
    async with board(path) as b:
        assert "[bold]đậm[/] và [/]" in await opened(b, LATE)


async def test_the_page_keeps_the_order_of_the_list_when_tasks_leave_its_filter(
    path: Path,
) -> None:
    for code in ("NS-04.KD", LATE):
        work(path, lambda desk, code=code: reports.done(desk, [code]), KD, "2022-11-22 08:00")
    async with board(path, CHIEF) as b:
        await b.press("1", "d")
        first, second = b.grid.row_keys
        b.grid.move_to(first)
        await b.press("enter", "c", "ctrl+s")
        await b.until(lambda: b.task(first).status is Status.COMPLETED)
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))
        await b.settle()
        assert f"1/2  {first}" in b.lines[2]
        await b.press("full_stop")
        assert f"2/2  {second}" in b.lines[2]


async def test_a_page_opened_from_a_block_goes_through_the_block(path: Path) -> None:
    work(path, lambda desk: reports.done(desk, [MEASURED]), KD, "2022-11-21 10:00")
    work(path, lambda desk: reports.done(desk, [LATE]), KD, "2022-11-22 08:00")
    async with board(path, CHIEF) as b:
        b.at("#block-awaiting").focus()
        await b.press("down", "enter")
        assert f"1/2  {MEASURED}" in b.lines[2]
        await b.press("full_stop")
        assert f"2/2  {LATE}" in b.lines[2]
