"""Other people's work, the clock and the window: what changes while the board is open."""

from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from db.records import Role, Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import settings
from tracker.files import open_file
from tracker.operations import figures, reports
from tracker.operations.office import add_officer, configure
from tracker.operations.reports import Report
from tracker.tui.detail import TaskScreen
from tracker.tui.fields import Area
from tracker.tui.forms.question import Question
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.list_screen import ListScreen
from tracker.tui.small import SmallNotice
from tracker.tui.themes import DARK, LIGHT

STREET, DEBT = "TTDH-01.KD", "NS-04.KD"
CHIEF = "vpub.tonghop"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def update(path: Path, code: str, login: str = CHIEF, **parts: object) -> None:
    """Report on a task from another program."""
    elsewhere(path, lambda desk: reports.update(desk, [code], Report(**parts)), login)


# Other people's changes


async def test_what_others_write_appears_and_the_cursor_stays(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(DEBT)
        update(path, STREET, progress=40)
        await b.until(lambda: "40%" in b.text)
        assert b.grid.cursor_key == DEBT
        assert "Văn phòng HĐND và UBND quận" in b.said()
        assert "Tiến độ 40%" in b.said()


async def test_only_the_changed_row_is_drawn_anew(path: Path) -> None:
    async with board(path) as b:
        drawn: list[str] = []
        patch = b.grid.patch
        before = {key: b.grid.entry(key) for key in b.grid.row_keys}

        def watched(entry) -> bool:
            if before.get(entry.key, entry) != entry:
                drawn.append(entry.key)
            return patch(entry)

        b.grid.patch = watched
        update(path, STREET, progress=40)
        await b.until(lambda: "40%" in b.text)
        assert set(drawn) == {STREET}


async def test_the_countdown_counts_what_others_finish(path: Path) -> None:
    async with board(path) as b:
        elsewhere(path, lambda desk: reports.done(desk, [STREET]), CHIEF)
        await b.until(lambda: "1/6 xong" in b.lines[1] and "▲ 0 quá hạn" in b.lines[1])


async def test_the_overview_follows(path: Path) -> None:
    async with board(path, CHIEF) as b:
        update(path, DEBT, "kd.vptk", obstacle="hai hộ không hợp tác")
        await b.until(lambda: "hai hộ không hợp tác" in b.text)
        assert "VƯỚNG MẮC (1, 1 mới)" in b.text


async def test_a_screen_behind_catches_up_when_it_comes_back(path: Path) -> None:
    async with board(path) as b:
        await b.press("2")
        update(path, STREET, progress=40)
        await b.until(lambda: b.app.session.picture.state.tasks[STREET].progress == 40)
        await b.press("1")
        await b.until(lambda: "40%" in b.text)


async def test_an_open_page_shows_the_change_with_its_author(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("enter")
        update(path, STREET, result="đã họp với tổ dân phố")
        await b.until(lambda: b.text.count("đã họp với tổ dân phố") >= 2)
        assert isinstance(b.app.screen, TaskScreen)


async def test_the_log_shows_new_entries_by_itself(path: Path) -> None:
    async with board(path) as b:
        await b.press("6")
        update(path, STREET, result="vừa xong")
        await b.until(lambda: "vừa xong" in b.text)


async def test_new_officers_and_settings_are_read(path: Path) -> None:
    def work(desk) -> None:
        add_officer(desk, "ls.tckt", unit="LS", role=Role.OFFICER, name="Tài chính, P. Lam Sơn")
        configure(desk, "end", "2022-12-30")

    async with board(path) as b:
        elsewhere(path, work, CHIEF)
        await b.until(lambda: "CÒN 38 NGÀY" in b.lines[1])
        assert "ls.tckt" in b.app.session.picture.state.officers


async def test_a_change_to_the_task_in_a_form_is_said_and_touches_nothing(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        await b.type("dang viet")
        update(path, STREET, progress=40)
        await b.until(lambda: "Tiến độ 40%" in b.said("#message"))
        assert b.app.screen.query_exactly_one("#result", Area).text == "dang viet"


# Two write the same task


async def collide(b: Driver, **theirs: object) -> None:
    """Fill the form on a task, let others be first, and save."""
    b.grid.move_to(STREET)
    await b.press("u")
    await b.fill("#result", "của tôi")
    await b.fill("#progress", "50")
    update(b.path, STREET, **theirs)
    await b.press("ctrl+s")


async def test_the_update_form_shows_the_last_result_of_others_as_they_save_it(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        update(path, STREET, result="đã họp với tổ dân phố")
        await b.until(lambda: "lần trước: đã họp với tổ dân phố" in b.text)


async def test_what_nobody_else_touched_is_merged_without_a_question(path: Path) -> None:
    async with board(path) as b:
        await collide(b, request="thêm xe")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        task = b.task(STREET)
        assert (task.result, task.request, task.progress) == ("của tôi", "thêm xe", 50)


async def test_a_collision_shows_theirs_and_mine_by_field_with_the_author(path: Path) -> None:
    async with board(path) as b:
        await collide(b, result="của họ", progress=70)
        await b.until(lambda: isinstance(b.app.screen, Question))
        for told in ("Văn phòng HĐND và UBND quận", "của họ", "của tôi", "70%", "50", "Tiến độ"):
            assert told in b.text


@pytest.mark.parametrize(
    ("answer", "result", "progress"),
    [("mine", "của tôi", 50), ("theirs", "của họ", 70), ("note", "của tôi", 70)],
)
async def test_each_answer_to_a_collision_does_what_it_says(
    path: Path, answer: str, result: str, progress: int
) -> None:
    async with board(path) as b:
        await collide(b, result="của họ", progress=70)
        await b.until(lambda: isinstance(b.app.screen, Question))
        b.at(f"#answer-{answer}").focus()
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert (b.task(STREET).result, b.task(STREET).progress) == (result, progress)


async def test_going_back_keeps_every_word_and_the_next_save_wins(path: Path) -> None:
    async with board(path) as b:
        await collide(b, result="của họ")
        await b.until(lambda: isinstance(b.app.screen, Question))
        await b.press("escape")
        await b.until(lambda: isinstance(b.app.screen, UpdateForm))
        assert b.app.screen.query_exactly_one("#result", Area).text == "của tôi"
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(STREET).result == "của tôi"


async def test_two_figures_at_once_collide_and_other_changes_do_not(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(DEBT)
        await b.press("m")
        await b.fill("#figure", "52")
        elsewhere(path, lambda desk: figures.record(desk, DEBT, Decimal(50)), CHIEF)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, Question))
        assert "50%" in b.text
        assert "52%" in b.text


async def test_a_task_that_others_closed_takes_no_report_and_the_form_stays(path: Path) -> None:
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        await b.fill("#request", "thêm xe")
        elsewhere(path, lambda desk: reports.done(desk, [STREET]), CHIEF)
        await b.press("ctrl+s")
        await b.until(lambda: "hoàn thành" in b.said("#message").lower())
        assert isinstance(b.app.screen, UpdateForm)
        assert b.app.screen.value("request") == "thêm xe"


async def test_a_lock_that_does_not_end_is_said_and_the_form_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.connection._SETTINGS", ("PRAGMA busy_timeout=50",))
    async with board(path) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        await b.fill("#result", "viết dài")
        with closing(open_file(path, writing=True)) as other:
            other.execute("BEGIN IMMEDIATE")
            await b.press("ctrl+s")
            await b.until(lambda: "Chưa lưu" in b.said("#message"))
        assert isinstance(b.app.screen, UpdateForm)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert b.task(STREET).result == "viết dài"


# The clock and the window


async def test_at_midnight_the_board_goes_on_to_the_new_day(path: Path) -> None:
    async with board(path) as b:
        tomorrow = make.moment("2022-11-23 00:01")
        b.app.session.now = lambda: tomorrow
        b.app._check_day()
        await b.until(lambda: "CÒN 38 NGÀY" in b.lines[1])
        assert "Quá hạn 40 ngày" in b.text


async def test_a_window_too_small_asks_for_more_and_loses_nothing(path: Path) -> None:
    async with board(path, size=(80, 24)) as b:
        b.grid.move_to(STREET)
        await b.press("u")
        await b.type("dang viet")
        await b.pilot.resize_terminal(50, 12)
        await b.until(lambda: bool(b.app.screen.query(SmallNotice)))
        assert "60 x 18" in b.text
        await b.pilot.resize_terminal(80, 24)
        await b.until(lambda: isinstance(b.app.screen, UpdateForm))
        assert b.app.screen.value("result") == "dang viet"


async def test_a_storm_of_sizes_leaves_the_board_whole(path: Path) -> None:
    async with board(path) as b:
        for width, height in ((200, 50), (61, 18), (59, 17), (300, 9), (80, 24), (100, 30)):
            await b.pilot.resize_terminal(width, height)
        await b.settle()
        assert isinstance(b.app.screen, ListScreen)
        assert max(map(len, b.lines)) <= 100


async def test_the_theme_changes_and_is_remembered(path: Path) -> None:
    async with board(path) as b:
        assert b.app.theme == DARK.name
        await b.press("f12")
        await b.press("down", "enter")
        assert b.app.theme == LIGHT.name
        assert settings.load().theme == LIGHT.name


async def test_in_ascii_mode_the_whole_screen_is_plain(path: Path) -> None:
    update(path, DEBT, "kd.vptk", obstacle="vướng")
    async with board(path, CHIEF, ascii=True) as b:
        seen = b.text
        for key in ("1", "u", "escape", "enter", "6", "f1"):
            await b.press(key)
            seen += b.text
        drawn = {char for char in seen if not char.isascii() and not char.isalpha()}
        assert drawn == set()


async def test_nothing_is_drawn_while_nothing_happens(path: Path) -> None:
    async with board(path) as b:
        counts = []
        display = b.app._display

        def counting(screen, renderable) -> None:
            counts.append(renderable)
            display(screen, renderable)

        b.app._display = counting
        for _turn in range(20):
            await b.pilot.pause(0.02)
        assert counts == []


async def test_leaving_closes_the_file(path: Path) -> None:
    async with board(path) as b:
        gateway = b.app.session.gateway
        await b.press("ctrl+q")
    assert gateway._thread is not None
    gateway._thread.join(5)
    assert not gateway._thread.is_alive()
    assert b.task(STREET).status is Status.NOT_STARTED


async def test_a_file_that_goes_away_is_said_and_the_board_goes_on(path: Path) -> None:
    async with board(path) as b:
        away = path.rename(path.with_name("away.sqlite"))
        await b.press("down", "down")
        await b.until(lambda: b.toasts != [])
        assert str(path) in b.toasts[0]
        away.rename(path)
        b.grid.move_to(STREET)
        await b.press("x", "ctrl+s")
        await b.until(lambda: b.task(STREET).status is Status.AWAITING)


async def test_a_board_opened_in_a_window_too_small_works_once_it_is_larger(path: Path) -> None:
    async with board(path, size=(50, 12)) as b:
        assert bool(b.app.screen.query(SmallNotice))
        await b.pilot.resize_terminal(80, 24)
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert "TTDH-01.KD" in b.text
