"""The field of a day with its calendar, and the field from which things are picked."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual import events
from textual.widget import Widget

from tests import make
from tests.boards import Driver, board
from tracker.tui.fields import Area, Choice, Line
from tracker.tui.forms import offers
from tracker.tui.forms.calendar import CalendarScreen, Days, MonthView
from tracker.tui.forms.form import Form
from tracker.tui.forms.inputs import DayField, PickField
from tracker.tui.forms.pick import Item, Pick, PickMany, finder
from tracker.tui.forms.update_form import UpdateForm
from tracker.vietnamese import DateError

DUE = date(2022, 12, 15)


class Fields(Form):
    """A form of nothing but the fields under test."""

    def compose_fields(self) -> Iterable[Widget]:
        """A day that looks forward, one that looks back, one unit, several."""
        picture = self.session.picture
        units = offers.units(picture.state)
        yield DayField(Days.of(picture, DUE), DUE, title="Thời hạn", forward=True, id="due_on")
        yield DayField(Days.of(picture), title="Đến ngày", id="on")
        yield PickField("Chủ trì", units, ["KD"], id="lead")
        yield PickField("Phối hợp", units, many=True, optional=True, id="coop")


@asynccontextmanager
async def fields(
    tmp_path: Path, *, size: tuple[int, int] = (80, 24), ascii: bool = False
) -> AsyncIterator[Driver]:
    """Open the form on a board."""
    async with board(make.file(tmp_path), size=size, ascii=ascii) as b:
        b.app.push_screen(Fields(b.app.session, [b.task("TTDH-01.KD")]))
        await b.until(lambda: isinstance(b.app.screen, Fields))
        yield b


def day(b: Driver, name: str) -> DayField:
    """A field of a day."""
    return b.app.screen.query_exactly_one(f"#{name}", DayField)


def pick(b: Driver, name: str) -> PickField:
    """A field from which things are picked."""
    return b.app.screen.query_exactly_one(f"#{name}", PickField)


async def open_form(b: Driver, code: str, key: str) -> None:
    """Open one of the forms on a task of the list."""
    b.grid.move_to(code)
    await b.press(key)


def burst(b: Driver, *keys: str) -> None:
    """Send keys as fast as a terminal does: nothing waits in between."""
    for key in keys:
        b.app.post_message(events.Key(key, key if len(key) == 1 else None))


# Days


@pytest.mark.parametrize(
    ("field", "typed", "meant", "said"),
    [
        ("due_on", "thứ sáu", date(2022, 11, 25), "= Thứ Sáu 25/11/2022 · 3 ngày nữa"),
        ("on", "thu sau", date(2022, 11, 18), "= Thứ Sáu 18/11/2022 · 4 ngày trước"),
        ("due_on", "cuối tháng", date(2022, 11, 30), "= Thứ Tư 30/11/2022"),
        ("due_on", "mai", date(2022, 11, 23), "ngày mai"),
        ("due_on", "26/11", date(2022, 11, 26), "ngày nghỉ"),
        ("due_on", "15/1", date(2023, 1, 15), "Chủ Nhật 15/01/2023"),
    ],
)
async def test_a_day_in_words_is_understood_beside_the_field(
    tmp_path: Path, field: str, typed: str, meant: date, said: str
) -> None:
    async with fields(tmp_path) as b:
        await b.fill(f"#{field}", typed)
        assert day(b, field).day == meant
        assert said in b.text


async def test_a_day_that_stands_there_is_replaced_by_what_is_typed(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        field = day(b, "due_on")
        assert field.has_focus
        await b.type("1/12")
        assert field.value == "1/12"
        await b.fill("#on", "18/11")
        await b.press("tab", *"22")
        assert day(b, "on").value == "22"
        await b.press("shift+tab", "end", *"/2022")
        assert field.value == "1/12/2022"


async def test_a_day_that_is_none_is_said_in_words_and_raises(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        await b.fill("#due_on", "32/11")
        assert "không có thật" in b.said("#due_on-note")
        with pytest.raises(DateError):
            _day = day(b, "due_on").day
        await b.fill("#due_on", "")
        assert day(b, "due_on").day is None
        assert not b.at("#due_on-note").display


async def test_what_an_input_method_sends_is_understood(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        day(b, "on").focus()
        await b.press("h", "o", "m", "backspace", "backspace", "ô", "m", "space", "q", "u", "a")
        assert day(b, "on").value == "hôm qua"
        assert day(b, "on").day == date(2022, 11, 21)


async def test_the_calendar_opens_on_the_day_and_gives_another(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        await b.press("f3")
        assert isinstance(b.app.screen, CalendarScreen)
        assert "Tháng 12/2022" in b.text
        assert "[15!]" in b.text
        await b.press("right", "down", "enter")
        assert day(b, "due_on").value == "23/12/2022"
        assert b.app.focused is day(b, "due_on")


async def test_the_calendar_turns_months_and_is_left_by_escape(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        await b.press("f3", "pagedown")
        assert "Tháng 1/2023" in b.text
        await b.press("pageup", "pageup")
        assert "Tháng 11/2022" in b.text
        assert " 22*" in b.text
        await b.press("home")
        assert b.app.screen.query_exactly_one(MonthView).day == date(2022, 11, 22)
        await b.press("escape")
        assert day(b, "due_on").value == "15/12/2022"


async def test_an_empty_field_begins_its_calendar_today(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        day(b, "on").focus()
        await b.press("f3", "enter")
        assert day(b, "on").value == "22/11/2022"


async def test_the_mouse_opens_the_calendar_and_chooses_in_it(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        mark = day(b, "due_on").region
        await b.pilot.click(offset=(mark.right - 2, mark.y))
        await b.until(lambda: isinstance(b.app.screen, CalendarScreen))
        y = next(n for n, line in enumerate(b.lines) if "[15!]" in line)
        x = b.lines[y].index(" 14 ") + 1
        await b.pilot.click(offset=(x, y))
        await b.until(lambda: isinstance(b.app.screen, Fields))
        assert day(b, "due_on").value == "14/12/2022"


def test_the_calendar_marks_today_the_deadline_holidays_and_what_lies_outside() -> None:
    campaign = make.campaign(holidays=frozenset({date(2023, 1, 2)}))
    days = Days(date(2022, 11, 22), campaign, DUE)
    marks = {
        date(2022, 11, 22): "*", DUE: "!", date(2023, 1, 2): "+", date(2023, 2, 1): ".",
        date(2022, 11, 23): " ",
    }  # fmt: skip
    assert {on: days.mark(on) for on in marks} == marks
    assert days.rests(date(2023, 1, 2)) == "ngày lễ"
    assert days.rests(date(2022, 11, 26)) == "ngày nghỉ"


async def test_a_field_and_its_calendar_are_plain_in_ascii_mode(tmp_path: Path) -> None:
    async with fields(tmp_path, ascii=True) as b:
        seen = b.text
        await b.press("f3")
        seen += b.text
        assert {char for char in seen if not char.isascii() and not char.isalpha()} == set()


# Things to pick


async def test_typing_filters_without_accents_and_enter_takes(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        pick(b, "lead").focus()
        await b.type("lam son")
        assert isinstance(b.app.screen, Pick)
        await b.press("enter")
        assert pick(b, "lead").key == "LS"
        assert "Lam Sơn" in b.text


@pytest.mark.parametrize("typed", ["kd vptk", "vptk kenh", "duong vptk", "kd.vptk"])
def test_words_are_found_in_any_order_and_within_a_login(typed: str) -> None:
    items = [
        Item("ls", "Văn phòng - thống kê, P. Lam Sơn", "ls.vptk · Cán bộ"),
        Item("kd", "Văn phòng - thống kê, P. Kênh Dương", "kd.vptk · Cán bộ"),
    ]
    assert [item.key for item in finder(items)(typed)] == ["kd"]


@pytest.mark.parametrize("key", ["f3", "enter", "space"])
async def test_the_list_opens_by_each_of_its_keys_and_escape_changes_nothing(
    tmp_path: Path, key: str
) -> None:
    async with fields(tmp_path) as b:
        pick(b, "lead").focus()
        await b.press(key)
        assert isinstance(b.app.screen, Pick)
        await b.press("down", "escape")
        assert pick(b, "lead").key == "KD"


async def test_a_burst_of_an_input_method_reaches_the_list_whole(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        pick(b, "lead").focus()
        burst(b, "k", "e", "backspace", "ê", "n", "h")
        await b.until(lambda: isinstance(b.app.screen, Pick))
        await b.until(lambda: b.app.screen.query_exactly_one(Line).value == "kênh")


@pytest.mark.parametrize("keys", [("l", "s", "enter"), ("enter", "l", "s", "enter")])
async def test_letters_and_enter_in_one_burst_choose(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with fields(tmp_path) as b:
        pick(b, "lead").focus()
        burst(b, *keys)
        await b.until(lambda: isinstance(b.app.screen, Fields) and pick(b, "lead").key == "LS")


async def test_several_are_marked_and_taken_together(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        pick(b, "coop").focus()
        await b.press("f3")
        assert isinstance(b.app.screen, PickMany)
        await b.press("enter", "down", "down", "enter")
        assert b.text.count("● ") == 2
        await b.press("ctrl+s")
        assert pick(b, "coop").keys == ("KD", "VPUB")
        assert "Kênh Dương, Văn phòng" in b.text


async def test_a_required_field_is_never_emptied_an_optional_one_is(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        pick(b, "lead").focus()
        await b.press("delete")
        assert pick(b, "lead").key == "KD"
        pick(b, "coop").keys = ("KD", "LS")
        pick(b, "coop").focus()
        await b.press("backspace", "backspace")
        assert pick(b, "coop").keys == ()


async def test_a_click_opens_the_list_and_a_click_in_it_takes(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        await b.pilot.click("#lead")
        await b.until(lambda: isinstance(b.app.screen, Pick))
        y = next(n for n, line in enumerate(b.lines) if "Phường Lam Sơn" in line)
        await b.pilot.click(offset=(6, y))
        await b.until(lambda: isinstance(b.app.screen, Fields))
        assert pick(b, "lead").key == "LS"


async def test_what_is_no_longer_offered_is_no_longer_chosen(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        units = offers.units(b.app.session.picture.state)
        pick(b, "lead").offer([item for item in units if item.key != "KD"])
        assert pick(b, "lead").key == ""


async def test_a_choice_counts_as_a_change_that_escape_asks_about(tmp_path: Path) -> None:
    async with fields(tmp_path) as b:
        screen = b.app.screen
        assert isinstance(screen, Form)
        assert not screen.is_changed
        pick(b, "lead").keys = ("LS",)
        assert screen.is_changed


# All forms


async def test_what_is_typed_in_one_burst_with_the_key_of_a_form_goes_into_it(
    tmp_path: Path,
) -> None:
    async with board(make.file(tmp_path)) as b:
        b.grid.move_to("TTDH-01.KD")
        burst(b, "u", "d", "o", "n", "g")
        await b.until(lambda: b.app.screen.query_exactly_one("#result", Area).text == "dong")


async def test_the_form_of_several_tasks_takes_such_a_burst_too(tmp_path: Path) -> None:
    async with board(make.file(tmp_path)) as b:
        b.grid.set_marks(["TTDH-01.KD", "NS-04.KD"])
        burst(b, "e", "right", "right", "tab", "tab", "o", "k")
        await b.until(lambda: b.app.screen.query_exactly_one("#result", Area).text == "ok")
        assert b.app.screen.query_exactly_one("#status", Choice).chosen == 2


@pytest.mark.parametrize(("key", "name"), [("m", "on"), ("x", "on")])
async def test_the_days_of_forms_have_their_calendar(tmp_path: Path, key: str, name: str) -> None:
    async with board(make.file(tmp_path)) as b:
        await open_form(b, "NS-04.KD", key)
        b.at(f"#{name}").focus()
        await b.press("f3")
        assert isinstance(b.app.screen, CalendarScreen)
        await b.press("left", "enter")
        assert day(b, name).day == date(2022, 11, 21)


async def test_a_day_after_today_is_refused_while_typing(tmp_path: Path) -> None:
    async with board(make.file(tmp_path)) as b:
        await open_form(b, "NS-04.KD", "x")
        await b.fill("#on", "25/11")
        assert "26/09/2022" in b.said("#on-note")


@pytest.mark.parametrize(("typed", "said"), [("130", "0 đến 100"), ("ba", "không phải là số")])
async def test_a_wrong_progress_is_said_while_typing(tmp_path: Path, typed: str, said: str) -> None:
    async with board(make.file(tmp_path)) as b:
        await open_form(b, "TTDH-01.KD", "u")
        await b.fill("#progress", typed)
        assert said in b.said("#progress-note")
        await b.fill("#progress", "30")
        assert not b.at("#progress-note").display


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_long_text_has_the_whole_form_a_title_and_a_way_back(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with board(make.file(tmp_path), size=size) as b:
        await open_form(b, "TTDH-01.KD", "u")
        await b.press("tab", "f4")
        assert b.at("#obstacle").region.height >= size[1] - 7
        assert any("Khó khăn, vướng mắc" in line and "─" in line for line in b.lines)
        assert "F4 hoặc Esc: trở lại biểu mẫu" in b.text
        await b.type("dong")
        await b.press("escape")
        assert isinstance(b.app.screen, UpdateForm)
        assert b.at("#result").display
        assert b.app.screen.value("obstacle") == "dong"


async def test_enter_goes_to_the_next_field_and_behind_the_last_names_the_key(
    tmp_path: Path,
) -> None:
    async with fields(tmp_path) as b:
        await b.press("enter")
        assert b.app.focused is day(b, "on")
        await b.press("up")
        assert b.app.focused is day(b, "due_on")
    async with board(make.file(tmp_path, name="b.sqlite")) as b:
        await open_form(b, "TTDH-01.KD", "u")
        b.at("#progress").focus()
        await b.press("enter")
        assert "^S" in b.said("#message")


async def test_saving_works_from_every_field_and_from_the_long_text(tmp_path: Path) -> None:
    async with board(make.file(tmp_path)) as b:
        await open_form(b, "TTDH-01.KD", "u")
        await b.press("f4")
        await b.type("xong")
        await b.press("ctrl+s")
        await b.until(lambda: b.task("TTDH-01.KD").result == "xong")


async def test_a_fault_elsewhere_ends_the_long_text_and_is_shown(tmp_path: Path) -> None:
    async with board(make.file(tmp_path)) as b:
        await open_form(b, "TTDH-01.KD", "u")
        await b.fill("#progress", "130")
        await b.press("f4", "ctrl+s")
        assert b.app.focused is b.at("#progress")
        assert "0 đến 100" in b.said("#progress-note")
