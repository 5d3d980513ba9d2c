"""The log on the board: filtered while one types, live, a task as it is and as it was."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db import events
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import logbook
from tracker.errors import BadInput
from tracker.files import open_file
from tracker.filters import log
from tracker.filters.log import LogFilter
from tracker.i18n import set_language
from tracker.logbook import Entry
from tracker.operations import answers, figures, planning, reports
from tracker.operations.reports import Report
from tracker.tui.detail import TaskScreen
from tracker.tui.log_screen import LogScreen

LATE, MEASURED = "TTDH-01.KD", "NS-04.KD"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make.file(tmp_path)

    def write(work, login: str, now: str) -> None:
        elsewhere(path, work, login, now=now)

    report = Report(result="Ra quân tại chợ Đôn", obstacle="Thiếu xe gom")
    write(lambda desk: reports.update(desk, [LATE], report), "kd.vptk", "2022-10-04 08:00")
    write(
        lambda desk: planning.edit(desk, [LATE], {"due_on": date(2022, 11, 30)}, reason="mưa bão"),
        "vpub.tonghop",
        "2022-10-20 10:00",
    )
    write(lambda desk: figures.record(desk, "NS-04.LS", Decimal(20)), "ls.vptk", "2022-11-17 09:00")
    write(lambda desk: figures.record(desk, "NS-01", Decimal(80)), "tckh.cv", "2022-11-18 09:00")
    write(lambda desk: reports.no_change(desk, [MEASURED]), "kd.vptk", "2022-11-21 09:00")
    return path


def entries(path: Path) -> list[Entry]:
    """Return the whole log of a file."""
    with closing(open_file(path, writing=False)) as conn:
        return logbook.entries(events.everything(conn))


def found(path: Path, *typed: str) -> list[str]:
    """Return codes and kinds of the entries after the assignment that pass a filter."""
    passes = log.parse(typed, make.state(), make.officer())
    return [
        f"{entry.task} {entry.kind}"
        for entry in entries(path)
        if entry.head.day > "2022-09-26" and passes(entry)
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("phường:LS", ["NS-04.LS record"]),
        ("unit:ls", ["NS-04.LS record"]),
        ("người:vpub.tonghop", [f"{LATE} extend"]),
        ("officer:me", [f"{LATE} update", f"{MEASURED} no-change"]),
        ("việc:NS-04", ["NS-04.LS record", f"{MEASURED} no-change"]),
        ("task:ns-04.kd", [f"{MEASURED} no-change"]),
        ("loại:nhập-số-liệu", ["NS-04.LS record", "NS-01 record", "NS-02 record"]),
        ("kind:extend", [f"{LATE} extend"]),
        ("từ:21/11", [f"{MEASURED} no-change"]),
        ("đến:04/10", [f"{LATE} update"]),
        ("ngày:hôm-qua", [f"{MEASURED} no-change"]),
        ("cho don", [f"{LATE} update"]),
        ("mưa bão", [f"{LATE} extend"]),
        ("khong:phuong:KD", ["NS-04.LS record", "NS-01 record", "NS-02 record"]),
        ("-kind:record", [f"{LATE} update", f"{LATE} extend", f"{MEASURED} no-change"]),
        ("của-tôi", [f"{LATE} update", f"{LATE} extend", f"{MEASURED} no-change"]),
    ],
)
def test_a_word_or_token_finds_its_entries(path: Path, typed: str, expected: list[str]) -> None:
    assert found(path, typed) == expected


def test_all_words_and_tokens_must_hold(path: Path) -> None:
    assert found(path, "phường:KD", "loại:cập-nhật", "xe") == [f"{LATE} update"]
    assert found(path, "phường:KD", "từ:01/10", "đến:10/10") == [f"{LATE} update"]


def test_an_empty_filter_lets_everything_pass(path: Path) -> None:
    assert all(map(LogFilter(), entries(path)))


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("phuog:KD", "phường:"),
        ("kidn:update", "kind:"),
        ("loại:cap-nhta", "loại:cập-nhật"),
        ("việc:NS-4.KD", "việc:NS-04.KD"),
    ],
)
def test_a_wrong_token_is_refused_with_the_nearest_right_one(typed: str, nearest: str) -> None:
    with pytest.raises(BadInput) as caught:
        log.parse([typed], make.state())
    assert nearest in str(caught.value.data["nearest"])


def test_days_of_a_filter_bound_what_has_to_be_read() -> None:
    passes = log.parse(["từ:01/11", "đến:hôm-qua"], make.state())
    assert (passes.first, passes.last) == (date(2022, 11, 1), date(2022, 11, 21))


def test_kinds_have_names_in_both_languages() -> None:
    for language in ("vi", "en"):
        set_language(language)
        for kind in log.Kind:
            log.parse([f"kind:{log.kind_token(kind)}"], make.state())
    set_language("vi")


async def filtered(b: Driver, text: str) -> None:
    """Type a filter in the log."""
    await b.press("6", "slash")
    await b.type(text)


async def test_the_filter_of_the_log_works_while_one_types_and_searches_the_whole_log(
    path: Path,
) -> None:
    async with board(path) as b:
        await filtered(b, "xe gom")
        assert isinstance(b.app.screen, LogScreen)
        assert len(b.grid.row_keys) == 1
        assert "Ra quân tại chợ Đôn" in b.text
        assert "1 mục khớp trong toàn bộ nhật ký" in b.said()
        await b.press("enter")
        assert b.grid.has_focus
        await b.press("escape")
        assert b.at("#filter").value == ""
        assert "không có thay đổi" in b.text


async def test_f3_goes_to_the_filter_of_the_log(path: Path) -> None:
    async with board(path) as b:
        await b.press("6", "f3")
        assert isinstance(b.app.screen, LogScreen)
        assert b.at("#filter").has_focus


async def test_a_wrong_token_is_named_below_and_filters_nothing(path: Path) -> None:
    async with board(path) as b:
        await filtered(b, "phuog:KD")
        assert "phường:" in b.said()
        assert b.at("#filter").has_class("-wrong")
        assert b.grid.row_keys


async def test_entries_of_others_come_by_themselves_and_leave_the_cursor(path: Path) -> None:
    async with board(path) as b:
        await b.press("6", "end")
        stood = b.grid.cursor_key
        elsewhere(path, lambda desk: reports.no_change(desk, ["NS-04.LS"]), "ls.vptk")
        await b.until(lambda: "09:00 NS-04.LS" in b.text)
        assert b.grid.cursor_key == stood


async def test_new_entries_above_what_is_in_sight_are_counted(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.press("6", *"ooooooooo", "end")
        assert b.grid.scroll_offset.y > 0
        await b.press("1")
        elsewhere(path, lambda desk: reports.no_change(desk, ["NS-04.LS"]), "ls.vptk")
        await b.until(lambda: "NS-04.LS" in b.said())
        await b.press("6")
        assert b.said() == "1 mục mới ở phía trên"
        await b.press("home")
        assert "09:00 NS-04.LS" in b.text
        assert "phía trên" not in b.said()


async def test_new_entries_come_into_sight_where_the_newest_were(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.press("6", *"ooooooooo", "home")
        await b.press(*["down"] * 12)
        await b.press("1")
        elsewhere(path, lambda desk: reports.no_change(desk, ["NS-04.LS"]), "ls.vptk")
        await b.until(lambda: b.app.session.picture.state.tasks["NS-04.LS"].updated_on is not None)
        await b.press("6")
        assert "09:00 NS-04.LS" in b.text
        assert "phía trên" not in b.said()


async def test_another_filter_begins_with_the_newest_entry(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        await b.press("6", *"ooooooooo", "end")
        stood = b.grid.cursor_key
        await b.press("slash", "escape")
        assert b.grid.cursor_key == stood
        await b.fill("#filter", "loại:nhập-số-liệu")
        await b.fill("#filter", "")
        assert b.grid.cursor_key == b.grid.row_keys[0]
        assert b.grid.scroll_offset.y == 0


async def test_new_entries_must_pass_the_filter(path: Path) -> None:
    async with board(path) as b:
        await filtered(b, "phường:KD")
        before = b.grid.row_keys
        elsewhere(path, lambda desk: reports.no_change(desk, ["NS-04.LS"]), "ls.vptk")
        elsewhere(path, lambda desk: reports.done(desk, [LATE]), "kd.vptk")
        await b.until(lambda: len(b.grid.row_keys) == len(before) + 1)
        await b.settle()
        assert len(b.grid.row_keys) == len(before) + 1


async def test_the_shared_figure_says_its_number_at_both_tasks(path: Path) -> None:
    async with board(path) as b:
        await filtered(b, "loại:nhập-số-liệu việc:NS-02")
        (line,) = [line for line in b.lines if "NS-02" in line and "09:00" in line]
        assert "% KH HĐND quận" in line


async def test_a_task_opens_as_it_was_on_the_day_of_the_entry_and_cannot_be_changed(
    path: Path,
) -> None:
    async with board(path) as b:
        await filtered(b, "loại:cập-nhật")
        await b.press("enter", "home", "down", "ctrl+o")
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))
        await b.settle()
        assert "XEM LẠI NGÀY 04/10/2022 - CHỈ ĐỌC" in b.lines[0]
        assert "Thời hạn 14/10/2022" in b.text
        assert "đổi lần" not in b.text
        assert "h: về hôm nay" in b.said()
        await b.press("u")
        assert isinstance(b.app.screen, TaskScreen)
        assert "không ghi được gì" in b.said()
        count = len(b.log(MEASURED))
        await b.press("ctrl+z")
        await b.until(lambda: bool(b.toasts))
        assert len(b.log(MEASURED)) == count
        await b.press("escape")
        assert isinstance(b.app.screen, LogScreen)
        assert "CHỈ ĐỌC" not in b.text


@pytest.mark.parametrize("key", ["enter", "ctrl+o"])
async def test_a_task_of_today_opens_as_it_is(path: Path, key: str) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [LATE]), "kd.vptk")
    async with board(path) as b:
        await b.press("6", "home", "down", key)
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))
        await b.settle()
        assert "CHỈ ĐỌC" not in b.text
        assert "Chờ xác nhận" in b.text


async def test_the_beginning_of_the_log_is_said(path: Path) -> None:
    async with board(path) as b:
        await b.press("6", *"ooooooooo")
        assert "Nhật ký bắt đầu từ đây" in b.said()


async def test_a_past_day_has_the_log_up_to_then(path: Path) -> None:
    async with board(path, on=date(2022, 11, 18)) as b:
        await b.press("6")
        assert "18/11/2022" in b.text
        assert "21/11/2022" not in b.text


async def test_older_days_once_read_stay_when_one_comes_back(path: Path) -> None:
    async with board(path) as b:
        await b.press("6", *"ooooo", "end")
        stood = b.grid.cursor_key
        assert "20/10/2022" in b.text
        await b.press("1")
        elsewhere(path, lambda desk: reports.no_change(desk, ["NS-04.LS"]), "ls.vptk")
        await b.until(lambda: b.app.session.picture.state.tasks["NS-04.LS"].updated_on is not None)
        await b.press("6")
        assert "20/10/2022" in b.text
        assert b.grid.cursor_key == stood


async def test_the_longest_kinds_are_written_out(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [LATE]), "kd.vptk")
    elsewhere(path, lambda desk: answers.confirm(desk, [LATE]), "vpub.tonghop")
    async with board(path, size=(80, 24)) as b:
        await b.press("6")
        assert "xác nhận hoàn thành" in b.text


async def test_why_a_task_was_returned_stands_first(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [LATE]), "kd.vptk")
    elsewhere(
        path,
        lambda desk: answers.send_back(desk, [LATE], reason="Thiếu ảnh hiện trường"),
        "vpub.tonghop",
    )
    async with board(path, size=(80, 24)) as b:
        await b.press("6")
        row = next(line for line in b.lines if "trả lại" in line)
        assert "lý do: Thiếu" in row


async def test_that_a_day_is_being_read_is_said_no_longer_than_it_is(path: Path) -> None:
    async with board(path) as b:
        await b.press("6")
        told = b.app.screen._told.values()
        b.grid.move_to(next(each.row.key for each in told if each.entry.task == MEASURED))
        await b.press("ctrl+o")
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))
        await b.press("escape")
        assert isinstance(b.app.screen, LogScreen)
        assert "Đang đọc" not in b.said()
