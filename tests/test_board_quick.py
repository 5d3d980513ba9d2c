"""The quick entry: all figures that a unit owes on one screen, saved as one."""

import asyncio
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key

from tests import make
from tests.boards import Driver, board, elsewhere
from tracker.operations import figures, reports
from tracker.operations.reports import Report
from tracker.tui.ascii import TABLE
from tracker.tui.forms.help import HelpScreen
from tracker.tui.forms.pick import Pick
from tracker.tui.forms.question import Question
from tracker.tui.forms.quick_entry import QuickEntry
from tracker.tui.forms.quick_row import FigureRow
from tracker.tui.list_screen import ListScreen

DEBT, SITES, CITY, COUNCIL = "NS-04.KD", "TTXD-02.KD", "NS-01", "NS-02"
TODAY = date(2022, 11, 22)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a campaign in which ward KD owes three figures, one of them an opening figure."""
    return make.file(tmp_path)


@pytest.fixture
def told(path: Path) -> Path:
    """Return the campaign after KD gave its figures two weeks ago."""

    def tell(desk: make.Desk) -> None:
        figures.set_baseline(desk, SITES, Decimal(40))
        figures.record(desk, SITES, Decimal(31))
        figures.record(desk, DEBT, Decimal("47.5"))

    elsewhere(path, tell, "kd.vptk", now="2022-11-08 09:00")
    return path


async def open_quick(b: Driver) -> QuickEntry:
    """Open the quick entry."""
    await b.press("f")
    await b.until(lambda: isinstance(b.app.screen, QuickEntry))
    assert isinstance(b.app.screen, QuickEntry)
    return b.app.screen


def rows(b: Driver) -> list[FigureRow]:
    """Return the rows in front."""
    screen = b.app.screen
    assert isinstance(screen, QuickEntry)
    return screen.rows.rows


def row(b: Driver, code: str, *, opening: bool = False) -> FigureRow:
    """Return the row of a task."""
    return next(
        each for each in rows(b) if each.owed.task.code == code and each.owed.is_opening is opening
    )


def says(at: FigureRow, part: str) -> str:
    """Return what a part of a row says."""
    return str(at.query_exactly_one(f".{part}").visual)


async def closed(b: Driver) -> None:
    """Wait until the form is gone."""
    await b.until(lambda: isinstance(b.app.screen, ListScreen))


# What is on it


async def test_every_figure_owed_has_a_row_with_name_last_figure_and_plan(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        assert [each.owed.task.code for each in rows(b)] == [DEBT, SITES]
        assert "Nợ thuế đã thu" in b.text
        assert "trước 47,5 (08/11) · KH 80" in says(row(b, DEBT), "before")
        assert says(row(b, DEBT), "state") == "○ chưa có số"
        assert row(b, DEBT).field.has_focus


async def test_a_missing_opening_figure_is_asked_for_first(path: Path) -> None:
    async with board(path) as b:
        await open_quick(b)
        assert [each.owed.is_opening for each in rows(b)] == [False, True, False]
        later = row(b, SITES)
        later.field.focus()
        await b.type("31")
        assert "nhập số đầu kỳ ở dòng trên" in says(later, "echo")
        row(b, SITES, opening=True).field.focus()
        await b.type("40")
        assert "= 31 vụ  (-9)" in says(later, "echo")
        await b.press("ctrl+s")
        await closed(b)
        measure = b.task(SITES).measure
        assert measure is not None
        assert (measure.baseline, measure.latest) == (Decimal(40), Decimal(31))
        assert b.toasts == ["Đã lưu: 2 số liệu; còn thiếu 1 số liệu"]


async def test_what_was_given_this_period_is_seen_and_passed_over(told: Path) -> None:
    elsewhere(told, lambda d: figures.record(d, DEBT, Decimal(50)), "kd.vptk")
    async with board(told) as b:
        await open_quick(b)
        assert says(row(b, DEBT), "state") == "● đã có 22/11"
        assert row(b, SITES).field.has_focus
        assert "còn thiếu 1 số liệu" in b.said("#period")


async def test_two_plans_over_one_sum_are_one_row_with_both_denominators(path: Path) -> None:
    async with board(path, "tckh.cv") as b:
        await open_quick(b)
        (only,) = rows(b)
        assert "NS-01, NS-02" in b.text
        await b.type("80")
        assert says(only, "echo") == "= 80% KH thành phố · 75,72% KH HĐND quận  (+3,3)"
        await b.press("ctrl+s")
        await closed(b)
        assert b.toasts == ["Đã lưu: 1 số liệu; kỳ này đã đủ số liệu"]
        assert b.task(COUNCIL).updated_on == TODAY


# Typing


async def test_enter_goes_to_the_next_empty_row_and_then_to_save(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.type("52")
        await b.press("enter")
        assert row(b, SITES).field.has_focus
        await b.type("28")
        await b.press("enter")
        assert b.at("#save").has_focus
        await b.press("enter")
        await closed(b)
        assert b.toasts == ["Đã lưu: 2 số liệu; kỳ này đã đủ số liệu"]
        group = b.log(DEBT)[-1].group
        assert b.log(SITES)[-1].group == group
        await b.press("ctrl+z")
        await b.until(lambda: "Đã hoàn tác" in "".join(b.toasts))
        assert b.task(DEBT).measure.latest == Decimal("47.5")
        assert b.task(SITES).measure.latest == Decimal(31)


async def test_digits_typed_right_after_enter_stand_in_the_next_row(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        for key in ("5", "2", "enter", "2", "8"):  # as a burst: nothing waits in between
            b.app.post_message(Key(key, "\r" if key == "enter" else key))
        await b.until(lambda: row(b, SITES).text == "28")
        assert (row(b, DEBT).text, row(b, SITES).text) == ("52", "28")


@pytest.mark.parametrize(
    ("typed", "said"), [("72.6", "72,6"), ("ba", "không phải là số"), ("-1", "không thể âm")]
)
async def test_a_wrong_number_is_said_in_its_row_and_holds_enter_and_save(
    told: Path, typed: str, said: str
) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.type(typed)
        assert said in says(row(b, DEBT), "echo")
        assert says(row(b, DEBT), "state") == "▲ cần sửa"
        assert b.said("#period").endswith("0 dòng sẽ lưu · 1 dòng cần sửa")
        await b.press("enter")
        assert row(b, DEBT).field.has_focus
        await b.press("ctrl+s")
        assert said in b.said("#message")
        assert isinstance(b.app.screen, QuickEntry)
        assert row(b, DEBT).text == typed


async def test_a_number_carries_its_unit_and_the_difference_to_last_time(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.type("52,25")
        assert says(row(b, DEBT), "echo") == "= 52,25%  (+4,75)"


async def test_a_cumulative_figure_that_falls_asks_for_its_reason_below(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        debt = row(b, DEBT)
        await b.type("4")
        assert not debt.reason.is_on_screen or not debt.reason.parent.display
        await b.type("0")
        assert "thấp hơn lần trước" in says(debt, "echo")
        await b.press("enter")
        assert debt.reason.has_focus
        await b.press("ctrl+s")
        assert "cần nêu lý do" in b.said("#message")
        await b.type("cong nham")
        await b.press("enter")
        assert row(b, SITES).field.has_focus
        await b.press("ctrl+s")
        await closed(b)
        assert b.log(DEBT)[-1].reason == "cong nham"


async def test_a_figure_above_twice_the_plan_asks_for_its_reason_below(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.type("1000")
        assert "kiểm tra dấu phẩy" in says(row(b, DEBT), "echo")
        await b.press("enter")
        assert row(b, DEBT).reason.has_focus


async def test_what_is_typed_right_after_the_key_stands_in_the_first_figure(told: Path) -> None:
    async with board(told) as b:
        for key in ("f", "5", "2"):
            b.app.post_message(Key(key, key))
        await b.until(lambda: isinstance(b.app.screen, QuickEntry) and row(b, DEBT).text == "52")


async def test_a_reason_typed_right_after_enter_stands_in_its_own_field(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        for key in ("4", "0", "enter", "x", "y"):
            b.app.post_message(Key(key, "\r" if key == "enter" else key))
        await b.until(lambda: row(b, DEBT).reason.value == "xy")


async def test_a_second_figure_of_the_day_is_a_correction_with_its_reason(told: Path) -> None:
    elsewhere(told, lambda d: figures.record(d, DEBT, Decimal(50)), "kd.vptk")
    async with board(told) as b:
        await open_quick(b)
        debt = row(b, DEBT)
        debt.field.focus()
        await b.type("51")
        await b.press("tab")
        assert debt.reason.has_focus
        await b.type("doc sai")
        await b.press("ctrl+s")
        await closed(b)
        assert b.log(DEBT)[-1].kind == "correct"


async def test_one_day_and_one_source_are_for_all(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.fill("#on", "hôm qua")
        await b.fill("#note", "báo cáo tuần 47")
        row(b, DEBT).field.focus()
        await b.type("52")
        await b.press("enter")
        await b.type("30")
        await b.press("ctrl+s")
        await closed(b)
        for code in (DEBT, SITES):
            measure = b.task(code).measure
            assert measure is not None
            assert measure.latest_on == date(2022, 11, 21)
            assert any("báo cáo tuần 47" in (event.new or "") for event in b.log(code))


@pytest.mark.parametrize("typed", ["31/2", "25/11"])
async def test_a_day_that_cannot_be_is_said_and_nothing_is_saved(told: Path, typed: str) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.type("52")
        await b.fill("#on", typed)
        assert b.said("#message") != ""
        await b.press("ctrl+s")
        assert b.at("#on").has_focus
        assert isinstance(b.app.screen, QuickEntry)


async def test_arrows_and_tab_go_through_the_rows(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.press("down")
        assert row(b, SITES).field.has_focus
        await b.press("up")
        assert row(b, DEBT).field.has_focus
        await b.press("tab")
        assert row(b, SITES).field.has_focus


# No change


async def test_one_key_says_no_change_and_goes_on(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.press("f8")
        assert says(row(b, DEBT), "echo") == "= không có thay đổi"
        assert row(b, SITES).field.has_focus
        await b.press("f8")
        assert b.at("#save").has_focus
        await b.press("ctrl+s")
        await closed(b)
        assert b.toasts == ["Đã lưu: 2 không có thay đổi; kỳ này đã đủ số liệu"]
        assert b.task(DEBT).updated_on == b.task(SITES).updated_on == TODAY
        await open_quick(b)
        assert says(row(b, DEBT), "state") == "● không thay đổi 22/11"


async def test_no_change_is_taken_back_by_the_same_key_or_by_typing(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.press("f8", "up", "f8")
        assert not row(b, DEBT).is_filled
        await b.press("f8", "up")
        await b.type("52")
        assert says(row(b, DEBT), "echo").startswith("= 52%")
        await b.press("f8")
        assert "xóa số trước" in b.said("#message")
        assert row(b, DEBT).text == "52"


async def test_no_change_needs_a_figure_that_could_stay_the_same(path: Path) -> None:
    async with board(path) as b:
        await open_quick(b)
        row(b, SITES).field.focus()
        await b.press("f8")
        assert "Chưa có số nào" in b.said("#message")


# Whose figures


async def test_a_supervisor_chooses_the_unit_and_cannot_speak_for_it(told: Path) -> None:
    async with board(told, "vpub.tonghop") as b:
        await b.press("f")
        await b.until(lambda: isinstance(b.app.screen, Pick))
        assert "còn thiếu 2/2 số liệu" in b.text
        await b.type("kenh")
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, QuickEntry))
        assert "Kênh Dương" in b.text
        await b.press("f8")
        assert "Kênh Dương" in b.said("#message")
        await b.type("52")
        await b.press("ctrl+s")
        await b.until(lambda: b.toasts != [])
        assert b.task(DEBT).measure.latest == Decimal(52)


async def test_nobody_and_a_viewer_are_told_which_key_helps(told: Path) -> None:
    for login, said in ((None, "Bấm i"), ("ubnd.xem", "chỉ được xem")):
        async with board(told, login) as b:
            await b.press("1", "f")
            await b.until(lambda b=b: b.toasts != [])
            assert said in b.toasts[0]
            assert not isinstance(b.app.screen, QuickEntry)


async def test_a_past_day_and_closed_books_are_refused_before_anything_is_typed(
    told: Path,
) -> None:
    async with board(told, on=date(2022, 11, 10)) as b:
        await b.press("f")
        await b.until(lambda: b.toasts != [])
        assert "không thể ghi" in b.toasts[0] or "10/11" in b.toasts[0]
    async with board(told, now="2023-02-01 09:00") as b:
        await b.press("f")
        await b.until(lambda: b.toasts != [])
        assert "31/01/2023" in b.toasts[0]


async def test_a_unit_that_owes_nothing_is_told_so(told: Path) -> None:
    for code in (DEBT, SITES):
        elsewhere(told, lambda d, code=code: reports.done(d, [code]), "kd.vptk")
    async with board(told) as b:
        await b.press("f")
        await b.until(lambda: b.toasts != [])
        assert "Kênh Dương không phải báo số liệu" in b.toasts[0]


# Leaving, and others


async def test_escape_asks_only_when_something_was_filled_in(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.press("escape")
        await closed(b)
        await open_quick(b)
        await b.press("f8", "escape")
        assert isinstance(b.app.screen, Question)
        await b.press("enter")
        assert row(b, DEBT).says_same
        await b.press("escape", "right", "enter")
        await closed(b)
        assert b.task(DEBT).updated_on == date(2022, 11, 8)


async def test_saving_nothing_says_so(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.press("ctrl+s")
        assert b.said("#message") == "Chưa nhập số liệu nào."


async def test_the_help_page_begins_with_the_keys_of_the_quick_entry(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.press("f1")
        assert isinstance(b.app.screen, HelpScreen)
        assert "F8" in b.text


async def test_another_figure_shows_in_its_row_and_leaves_what_is_typed(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.type("52")
        elsewhere(told, lambda d: figures.record(d, DEBT, Decimal(49), on=date(2022, 11, 21)),
                  "vpub.tonghop")  # fmt: skip
        await b.until(lambda: "trước 49 (21/11)" in says(row(b, DEBT), "before"))
        assert "Văn phòng" in says(row(b, DEBT), "news") or "vpub" in says(row(b, DEBT), "news")
        assert "49%" in says(row(b, DEBT), "news")
        assert row(b, DEBT).text == "52"
        assert says(row(b, DEBT), "echo") == "= 52%  (+3)"


async def test_whoever_was_first_with_a_figure_is_asked_about_not_overwritten(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.type("52")
        await b.press("enter")
        await b.type("28")
        elsewhere(told, lambda d: figures.record(d, DEBT, Decimal(49)), "vpub.tonghop")
        await b.until(lambda: "49%" in says(row(b, DEBT), "news"))
        row(b, DEBT).reason.value = "sau khi đối chiếu"
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, Question))
        assert "49%" in b.text
        assert "52%" in b.text
        await b.press("right", "right", "enter")  # theirs
        await closed(b)
        assert b.task(DEBT).measure.latest == Decimal(49)
        assert b.task(SITES).measure.latest == Decimal(28)


async def test_a_change_of_something_else_merges_without_a_question(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.type("52")
        elsewhere(told, lambda d: reports.update(d, [DEBT], Report(request="thêm người")),
                  "vpub.tonghop")  # fmt: skip
        await b.until(lambda: says(row(b, DEBT), "news") != "")
        await b.press("ctrl+s")
        await closed(b)
        assert b.task(DEBT).request == "thêm người"
        assert b.task(DEBT).measure.latest == Decimal(52)


async def test_a_row_where_nothing_was_typed_takes_the_news_as_seen(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        elsewhere(told, lambda d: figures.record(d, DEBT, Decimal(49), on=date(2022, 11, 21)),
                  "vpub.tonghop")  # fmt: skip
        await b.until(lambda: says(row(b, DEBT), "news") != "")
        await b.settle()
        await b.type("52")
        await b.press("ctrl+s")
        await closed(b)
        assert b.task(DEBT).measure.latest == Decimal(52)


async def test_what_is_read_after_the_form_has_closed_is_let_go(
    told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with board(told) as b:
        screen = await open_quick(b)
        look = b.app.session.look

        async def slow(*arguments: Any, **options: Any) -> Any:
            found = await look(*arguments, **options)
            await asyncio.sleep(0.2)
            return found

        monkeypatch.setattr(b.app.session, "look", slow)
        await b.type("52")
        await b.press("ctrl+s")
        await closed(b)
        await b.until(lambda: not any(each.is_running for each in screen.workers))
        await asyncio.sleep(0.3)
        assert isinstance(b.app.screen, ListScreen)


# Sizes


@pytest.mark.parametrize("size", [(80, 24), (60, 18)])
async def test_the_whole_row_stays_in_sight_at_small_sizes(
    told: Path, size: tuple[int, int]
) -> None:
    async with board(told, size=size) as b:
        await open_quick(b)
        await b.type("52")
        assert "= 52%" in b.text
        await b.press("enter")
        await b.type("28")
        assert "= 28 vụ" in b.text
        assert "TTXD-02.KD" in b.text
        assert all(len(line) <= size[0] for line in b.lines)


async def test_every_sign_has_a_plain_one(told: Path) -> None:
    elsewhere(told, lambda d: figures.record(d, SITES, Decimal(30)), "kd.vptk")
    async with board(told, size=(80, 24)) as b:
        await open_quick(b)
        await b.type("ba")
        plain = b.text.translate(TABLE)
        assert [char for char in plain if not char.isascii() and not char.isalpha()] == []


async def test_the_mouse_reaches_fields_keys_and_the_button(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        await b.pilot.click(row(b, SITES).field)
        assert row(b, SITES).field.has_focus
        await b.pilot.click("#key-quick-same")
        await b.settle()
        assert row(b, SITES).says_same
        await b.pilot.click("#save")
        await closed(b)
        assert b.task(SITES).updated_on == TODAY


async def test_vietnamese_typed_by_telex_stands_whole_in_the_source(told: Path) -> None:
    async with board(told) as b:
        await open_quick(b)
        b.at("#note").focus()
        for key, char in [("b", "b"), ("a", "a"), ("o", "o"), ("backspace", "\x08"),
                          ("backspace", "\x08"), ("á", "á"), ("o", "o")]:  # fmt: skip
            b.app.post_message(Key(key, char))
        screen = b.app.screen
        assert isinstance(screen, QuickEntry)
        await b.until(lambda: screen.value("note") == "báo")
