"""Any past day on the board: how one gets there, what it shows, what it refuses, the way back."""

from datetime import date, datetime
from pathlib import Path

import pytest

from db.records import Status
from tests import make
from tests.boards import NOW, board, elsewhere
from tracker.operations import reports
from tracker.operations.reports import Report
from tracker.tui.days import DayPrompt
from tracker.tui.detail import TaskScreen
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.list_screen import ListScreen
from tracker.tui.session import Session

BADGE = "XEM LẠI NGÀY {} - CHỈ ĐỌC"
LATE = "TTDH-01.KD"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make.file(tmp_path)
    elsewhere(
        path,
        lambda desk: reports.update(desk, [LATE], Report(result="tuần trước")),
        "kd.vptk",
        now="2022-11-14 09:00",
    )
    elsewhere(
        path,
        lambda desk: reports.update(desk, [LATE], Report(result="hôm qua")),
        "kd.vptk",
        now="2022-11-21 09:00",
    )
    return path


@pytest.mark.parametrize("key", ["colon", "ctrl+d"])
@pytest.mark.parametrize(
    ("typed", "shown"),
    [("20/11", "20/11/2022"), ("hôm qua", "21/11/2022"), ("thứ sáu tuần trước", "18/11/2022")],
)
async def test_a_day_typed_in_digits_or_words_is_shown(
    path: Path, key: str, typed: str, shown: str
) -> None:
    async with board(path) as b:
        await b.press(key)
        await b.type(typed)
        await b.press("enter")
        await b.until(lambda: BADGE.format(shown) in b.lines[0])
        assert "bấm h" in b.said() or "h: về hôm nay" in b.said()


async def test_the_prompt_says_what_it_understands_while_one_types(path: Path) -> None:
    async with board(path) as b:
        await b.press("colon")
        assert "Thứ Ba 22/11/2022 · hôm nay" in b.said("#message")
        await b.type("thu sau tuan truoc")
        assert "Thứ Sáu 18/11/2022" in b.said("#message")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("thu tam", "không phải là ngày"), ("31/9", "không có"), ("mai", "Chỉ xem lại được")],
)
async def test_the_prompt_says_what_it_does_not_understand_while_one_types(
    path: Path, typed: str, said: str
) -> None:
    async with board(path) as b:
        await b.press("colon")
        await b.type(typed)
        assert said in b.said("#message")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("25/11", "Chỉ xem lại được đến hôm nay"),
        ("20/09", "Trước ngày 26/09/2022 chưa ghi nhận gì"),
        ("31/11", "không có"),
        ("khi nào đó", "không phải là ngày"),
    ],
)
async def test_a_day_that_cannot_be_shown_is_answered_in_the_prompt(
    path: Path, typed: str, answer: str
) -> None:
    async with board(path) as b:
        await b.press("colon")
        await b.type(typed)
        await b.press("enter")
        await b.until(lambda: b.at("#message").has_class("-error"))
        assert isinstance(b.app.screen, DayPrompt)
        assert answer in b.said("#message")
        await b.press("escape")
        assert "CHỈ ĐỌC" not in b.text


@pytest.mark.parametrize("typed", ["", "hôm nay", "22/11"])
async def test_an_empty_line_and_today_lead_back(path: Path, typed: str) -> None:
    async with board(path, on=date(2022, 11, 18)) as b:
        assert BADGE.format("18/11/2022") in b.lines[0]
        await b.press("colon")
        await b.type(typed)
        await b.press("enter")
        await b.until(lambda: "CHỈ ĐỌC" not in b.text)
        assert "CÒN 39 NGÀY" in b.lines[1]


@pytest.mark.parametrize("key", ["h", "f11"])
async def test_one_key_leads_back_to_today_from_the_day_of_the_start(path: Path, key: str) -> None:
    async with board(path, on=date(2022, 11, 18)) as b:
        await b.press(key)
        await b.until(lambda: "CHỈ ĐỌC" not in b.text)
        assert b.app.session.on is None
        await b.press("u")
        assert isinstance(b.app.screen, UpdateForm)


async def test_every_screen_shows_the_day(path: Path) -> None:
    async with board(path, "vpub.tonghop") as b:
        b.app.show_day(date(2022, 11, 18))
        await b.until(lambda: BADGE.format("18/11/2022") in b.lines[0])
        for key in "126":
            await b.press(key)
            assert BADGE.format("18/11/2022") in b.lines[0]
            assert "CÒN 43 NGÀY" in b.lines[1]
            assert "hôm qua" not in b.text.replace("từ hôm qua", "")
        await b.press("1")
        b.grid.move_to(LATE)
        await b.press("enter")
        assert BADGE.format("18/11/2022") in b.lines[0]
        assert "tuần trước" in b.text
        assert "Kết quả: hôm qua" not in b.text


@pytest.mark.parametrize("key", ["u", "x", "k", "e", "p", "y", "z"])
async def test_commands_that_write_are_refused_and_name_the_way_back(path: Path, key: str) -> None:
    async with board(path, on=date(2022, 11, 18)) as b:
        await b.press(key)
        assert isinstance(b.app.screen, ListScreen)
        assert "không ghi được gì vào ngày đã qua" in b.said()
        assert "Bấm h để về hôm nay" in b.said()


@pytest.mark.parametrize("key", ["ctrl+z", "ctrl+y"])
async def test_undo_and_redo_are_refused(path: Path, key: str) -> None:
    async with board(path, on=date(2022, 11, 18)) as b:
        before = len(b.log(LATE))
        await b.press(key)
        await b.until(lambda: bool(b.toasts))
        assert "Bấm h để về hôm nay" in b.toasts[-1]
        assert len(b.log(LATE)) == before


async def test_what_others_write_does_not_disturb_a_past_day(path: Path) -> None:
    async with board(path, on=date(2022, 11, 18)) as b:
        before = b.text
        elsewhere(path, lambda desk: reports.done(desk, [LATE]), "kd.vptk")
        await b.pilot.pause(0.2)
        assert b.text == before
        await b.press("h")
        await b.until(lambda: "CHỈ ĐỌC" not in b.text)
        assert b.app.session.picture.state.tasks[LATE].status is Status.AWAITING


async def test_midnight_does_not_disturb_a_past_day(path: Path) -> None:
    async with board(path, on=date(2022, 11, 18)) as b:
        b.app.session.now = lambda: make.moment("2022-11-23 00:00")
        b.app._check_day()
        await b.until(lambda: b.app.session.picture.today == date(2022, 11, 23))
        assert BADGE.format("18/11/2022") in b.lines[0]


async def test_a_board_opened_on_today_s_date_goes_on_to_the_next_day(path: Path) -> None:
    async with board(path, on=date(2022, 11, 22)) as b:
        assert "CHỈ ĐỌC" not in b.text
        b.app.session.now = lambda: make.moment("2022-11-23 00:00")
        b.app._check_day()
        await b.until(lambda: "CÒN 38 NGÀY" in b.lines[1])
        assert "CHỈ ĐỌC" not in b.text


async def test_a_form_opened_while_the_day_is_read_keeps_the_board_on_its_day(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with board(path) as b:
        b.grid.move_to(LATE)
        shown = Session.show_day

        async def slow(self: Session, day: date | None, **how: object) -> bool:
            await b.app.screen.run_action("screen.update")
            await b.pilot.pause()
            return await shown(self, day, **how)

        monkeypatch.setattr(Session, "show_day", slow)
        b.app.show_day(date(2022, 11, 18))
        await b.until(lambda: any("biểu nhập" in toast for toast in b.toasts))
        assert isinstance(b.app.screen, UpdateForm)
        assert not b.app.session.picture.is_past


async def test_who_looks_back_stays_who_they_are(path: Path) -> None:
    async with board(path, on=date(2022, 9, 26)) as b:
        officer = b.app.session.picture.officer
        assert officer is not None
        assert officer.login == "kd.vptk"


async def test_the_day_of_the_prompt_counts_from_the_campaigns_own_today(path: Path) -> None:
    async with board(path, now="2022-11-22 23:30") as b:
        assert datetime.fromisoformat(NOW).date() == b.app.session.picture.today
        await b.press("colon")
        await b.type("-1")
        await b.press("enter")
        await b.until(lambda: BADGE.format("21/11/2022") in b.lines[0])


async def test_a_task_that_did_not_exist_then_is_answered_in_words(path: Path) -> None:
    async with board(path) as b:
        b.app.open_task_then("XX-99", date(2022, 10, 1))
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))
        await b.settle()
        assert "chưa có nhiệm vụ XX-99" in b.text
