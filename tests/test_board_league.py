"""The league on the board: ranks, the working that a ward checks by hand, bonus and penalty."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest

from db import bonuses
from db.records import Behaviour, Bonus, PlanRevision, Task, Unit
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker import i18n, league, score_sheet, scoring, scoring_rules
from tracker.files import open_file
from tracker.operations import figures, reports
from tracker.operations.bonus import give
from tracker.tui import league_book, league_rows, league_sheet
from tracker.tui.board_screen import LEAGUE
from tracker.tui.commands import key_of
from tracker.tui.detail import TaskScreen
from tracker.tui.forms.bonus_form import BonusForm
from tracker.tui.forms.pick import Pick
from tracker.tui.grid import Row
from tracker.tui.league_screen import LeagueScreen
from tracker.tui.league_working import WorkingScreen
from tracker.tui.memory import Memory

CHIEF, WARD = "vpub.tonghop", "kd.vptk"
AT_END_OF_OCTOBER = "2022-10-31 16:00"


def tasks_of(ward: str) -> Iterator[Task]:
    """Return what one ward has to do: the tasks of the worked example, and one more."""
    yield make.task(code=f"TTDH-01.{ward}", lead=ward)
    yield make.task(
        code=f"NS-04.{ward}",
        workstream="NS",
        lead=ward,
        title="Đôn đốc thu nộp các khoản nợ thuế",
        start_on=date(2022, 10, 17),
        due_on=date(2022, 12, 15),
        weight=Decimal(10),
        measure=make.measure(indicator=f"NS-04.{ward}"),
    )
    level = make.measure(
        indicator=f"CCHC-01.{ward}",
        name="Hồ sơ giải quyết đúng hạn",
        behaviour=Behaviour.LEVEL,
        baseline=None,
        plans=(PlanRevision(make.LAUNCH, Decimal(99), None, None),),
    )
    yield make.task(
        code=f"CCHC-01.{ward}",
        workstream="TTXD",
        lead=ward,
        title="Giải quyết hồ sơ đúng hạn",
        due_on=date(2022, 12, 31),
        weight=Decimal(8),
        measure=level,
    )
    yield make.task(code=f"TTDH-02.{ward}", lead=ward, due_on=date(2022, 12, 20), weight=Decimal(5))


def write(path: Path, work: Callable[..., object], login: str, day: str) -> None:
    """Do something in the file on a day."""
    elsewhere(path, work, login, now=f"{day} 09:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three wards and two offices; KD stands as in the worked example, with 90.5 points."""
    frame = make.plan()
    tasks = (*(task for ward in ("KD", "LS", "AB") for task in tasks_of(ward)), *frame.tasks[:2])
    units = (*frame.units, Unit("AB", "Phường An Biên", "An Biên", "phuong", (), 5))
    indicators = {row.measure.indicator: row.measure.name for row in tasks if row.measure}
    path = make.file(tmp_path, replace(frame, tasks=tasks, units=units, indicators=indicators))
    write(path, lambda d: reports.done(d, ["TTDH-01.KD"]), CHIEF, "2022-10-13")
    write(path, lambda d: reports.done(d, ["TTDH-01.LS"]), CHIEF, "2022-10-20")
    write(path, lambda d: figures.record(d, "CCHC-01.KD", Decimal("99.5")), CHIEF, "2022-10-14")
    write(path, lambda d: figures.record(d, "CCHC-01.LS", Decimal("98")), CHIEF, "2022-10-14")
    write(path, lambda d: figures.record(d, "NS-04.LS", Decimal("18")), CHIEF, "2022-10-22")
    write(path, lambda d: figures.record(d, "NS-04.KD", Decimal("15")), CHIEF, "2022-10-28")
    return path


def given(path: Path) -> list[Bonus]:
    """The points given so far that stand."""
    with closing(open_file(path, writing=False)) as conn:
        return [each for each in bonuses.of_all(conn) if not each.withdrawn]


def row(b: Driver, key: str) -> dict[str, str]:
    """The cells of a row as text."""
    entry = b.grid.entry(key)
    assert isinstance(entry, Row), (key, b.text)
    return {name: cell.text for name, cell in entry.cells.items()}


async def test_wards_are_ranked_among_themselves_and_offices_stand_apart(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4")
        assert isinstance(b.app.screen, LeagueScreen)
        assert b.grid.row_keys == ("KD", "LS", "AB", "TCKH")
        assert [row(b, unit)["rank"] for unit in b.grid.row_keys] == ["1", "2", "3", "—"]
        assert row(b, "KD")["official"] == "90,5"
        assert "Khối phường (3 đơn vị)" in b.text
        assert row(b, "AB")["overdue"] == "1"
        assert "Hội đồng Thi đua - Khen thưởng quyết định" in b.text


async def test_shift_f3_leads_there_too_and_the_board_can_begin_there(path: Path) -> None:
    async with board(path) as b:
        await b.press("shift+f3")
        assert isinstance(b.app.screen, LeagueScreen)
    async with board(path, memory=Memory(mode=LEAGUE)) as b:
        assert isinstance(b.app.screen, LeagueScreen)


async def test_there_is_no_filter_here_and_slash_says_so(path: Path) -> None:
    async with board(path, WARD, now=AT_END_OF_OCTOBER) as b:
        await b.press("1")
        before = b.at("#filter").value
        for keys in (("4",), ("enter",)):
            await b.press(*keys)
            assert not b.app.screen.query("#key-filter")
            await b.press("slash")
            assert b.app.current_mode == LEAGUE
            assert b.said().startswith("Ở đây không có bộ lọc")
        await b.press("1")
        assert b.at("#filter").value == before


async def test_the_last_line_says_a_row_in_words(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4")
        said = b.said()
        assert said.startswith("Kênh Dương · hạng 1/3 · 90,5 điểm")
        assert "so với 24/10" in said
        await b.press("end")
        assert "TC-KH · " in b.said()


async def test_the_cursor_of_an_officer_begins_on_the_own_unit(path: Path) -> None:
    async with board(path, "ls.vptk", now=AT_END_OF_OCTOBER) as b:
        await b.press("4")
        assert b.grid.cursor_key == "LS"
        assert row(b, "LS")["unit"] == "Lam Sơn (tôi)"
        await b.press("end", "v")
        assert b.grid.cursor_key == "LS"


async def test_who_oversees_all_begins_with_the_first(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4")
        assert b.grid.cursor_key == "KD"
        await b.press("v")
        assert b.said() == "Đơn vị của bạn không có trong bảng thi đua."


async def test_enter_shows_the_working_enter_a_task_and_esc_goes_back(path: Path) -> None:
    async with board(path, WARD, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "enter")
        assert isinstance(b.app.screen, WorkingScreen)
        assert b.said("#which") == "Kênh Dương"
        b.grid.move_to("task:NS-04.KD")
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))
        await b.settle()
        assert b.said("#which").endswith("/4  NS-04.KD")
        await b.press("escape")
        assert isinstance(b.app.screen, WorkingScreen)
        await b.press("escape")
        assert isinstance(b.app.screen, LeagueScreen)
        assert b.grid.cursor_key == "KD"


async def test_the_worked_example_can_be_checked_by_hand(path: Path) -> None:
    async with board(path, WARD, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "enter")
        assert row(b, "task:TTDH-01.KD")["earned"] == "4"
        assert row(b, "task:NS-04.KD")["reason"].startswith("15/18,98")
        assert row(b, "task:CCHC-01.KD")["earned"] == "8"
        heads = map(league_sheet.head_of, b.grid.row_keys)
        keys = [key for key in dict.fromkeys(heads) if key and key.startswith("task:")]
        counted = [row(b, key) for key in keys if row(b, key)["factor"]]
        assert len(keys) - len(counted) == 1

        def number(text: str) -> Decimal:
            return Decimal(text.replace(",", "."))

        for line in counted:
            assert number(line["weight"]) * number(line["factor"]) == number(line["earned"])
        weight = sum(number(line["weight"]) for line in counted)
        earned = sum(number(line["earned"]) for line in counted)
        added = row(b, "sum:official")
        assert (number(added["weight"]), number(added["earned"])) == (weight, earned)
        assert weight == 22
        points = number(row(b, "points:official")["earned"])
        assert abs(points - 100 * earned / weight) < Decimal("0.001")
        formula = f"100 x {added['earned']} / {added['weight']}"
        assert row(b, "points:official")["reason"] == formula
        assert row(b, "final:official")["earned"] == "90,5"
        assert abs(points - Decimal("90.5")) <= Decimal("0.05")


async def test_a_claim_counts_only_provisionally(path: Path) -> None:
    write(path, lambda d: reports.done(d, ["TTDH-02.KD"]), WARD, "2022-10-30")
    async with board(path, WARD, now=AT_END_OF_OCTOBER, size=(80, 24)) as b:
        await b.press("4")
        assert row(b, "KD")["official"] == "90,5"
        assert row(b, "KD")["provisional"] == "92,2"
        await b.press("enter")
        assert row(b, "claim:TTDH-02.KD")["earned"] == "5"
        assert row(b, "sum:provisional")["weight"] == "27"
        assert row(b, "final:provisional")["earned"] == "92,2"
        b.grid.move_to("claim:TTDH-02.KD")
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, TaskScreen))


async def test_a_sum_has_no_task_to_open(path: Path) -> None:
    async with board(path, WARD, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "enter")
        b.grid.move_to("final:official")
        await b.press("enter")
        assert isinstance(b.app.screen, WorkingScreen)
        assert b.said() == "Hãy chọn một dòng có nhiệm vụ trước."


async def test_one_goes_from_unit_to_unit_in_the_table_and_in_the_working(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", ".", ".", "comma")
        assert b.grid.cursor_key == "LS"
        await b.press("enter", ".")
        assert b.said("#which") == "An Biên"
        await b.press("comma", "comma", "comma")
        assert b.said("#which") == "Kênh Dương"
        assert b.said() == "Đây là đơn vị đầu tiên."
        await b.press("escape")
        assert b.grid.cursor_key == "KD"


# Bonus and penalty


async def test_a_bonus_is_given_shown_and_undone(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "+")
        assert isinstance(b.app.screen, BonusForm)
        assert b.app.screen.value("unit") == "KD"
        await b.type("2,5")
        await b.fill("#evidence", "Giấy khen số 12 ngày 30/10")
        await b.press("ctrl+s")
        await b.until(lambda: row(b, "KD")["official"] == "93,0")
        assert [each.points for each in given(path)] == [Decimal("2.5")]
        await b.press("enter")
        line = row(b, "bonus:KD#1")
        assert line["code"] == "31/10 Thưởng"
        assert line["earned"] == "+2,5"
        assert "Giấy khen số 12" in line[league_sheet.WHOLE]
        assert "Văn phòng HĐND và UBND quận" in line[league_sheet.WHOLE]
        assert row(b, "final:official")["reason"].endswith("+ 2,5, làm tròn")
        await b.press("ctrl+z")
        await b.until(lambda: row(b, "final:official")["earned"] == "90,5")
        assert b.toasts[-1] == "Đã hoàn tác: điểm thưởng +2,5, Kênh Dương"
        assert given(path) == []
        assert b.grid.entry("bonus:KD#1") is None


async def test_the_form_and_the_working_say_what_is_beyond_the_cap(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER, size=(80, 24)) as b:
        await b.press("4", "+")
        await b.fill("#points", "10")
        assert "vượt mức" not in b.said("#caps")
        await b.fill("#points", "12")
        assert "Tổng điểm thưởng là 12, vượt mức tối đa nên chỉ tính 10." in b.said("#caps")


async def test_a_reason_that_has_no_room_goes_on_below(path: Path) -> None:
    why = "Thư khen của Chủ tịch UBND quận ngày 12/11/2022: dẫn đầu về thu nợ thuế trên địa bàn"
    write(path, lambda d: give(d, "KD", Decimal(2), evidence=why), CHIEF, "2022-10-30")
    async with board(path, WARD, now=AT_END_OF_OCTOBER, size=(80, 30)) as b:
        await b.press("4", "enter")
        parts = [key for key in b.grid.row_keys if league_sheet.head_of(key) == "bonus:KD#1"]
        assert len(parts) > 1
        said = " ".join(row(b, key)["reason"] for key in parts)
        assert said.startswith(why)
        assert all(row(b, key)["reason"] in b.text for key in parts)
        b.grid.move_to(parts[-1])
        await b.settle()
        assert b.said().startswith(f"30/10 Thưởng · {why[:40]}")


async def test_points_are_taken_from_the_working_too(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER, size=(80, 24)) as b:
        await b.press("4", "enter", "-")
        await b.fill("#points", "3")
        await b.fill("#evidence", "Báo cáo chậm")
        await b.fill("#on", "28/10")
        await b.press("ctrl+s")
        await b.until(lambda: row(b, "final:official")["earned"] == "87,5")
        (taken,) = given(path)
        assert (taken.points, taken.on) == (Decimal(-3), date(2022, 10, 28))
        assert row(b, "bonus:KD#1")["code"] == "28/10 Trừ"


async def test_more_than_the_plan_allows_is_kept_and_does_not_count(path: Path) -> None:
    write(path, lambda d: give(d, "KD", Decimal(15), evidence="Bằng khen"), CHIEF, "2022-10-30")
    async with board(path, WARD, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "enter")
        assert row(b, "bonus:KD#1")["earned"] == "+15"
        assert row(b, "cap:1")["earned"] == "+10"
        assert row(b, "final:official")["earned"] == "100,5"


async def test_the_form_says_what_is_missing_or_wrong(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "+", "ctrl+s")
        assert isinstance(b.app.screen, BonusForm)
        assert b.said("#points-note")
        assert "minh chứng" in b.said("#evidence-note").lower()
        await b.fill("#points", "-2")
        assert b.at("#points-note").has_class("-wrong")
        await b.fill("#points", "101")
        assert b.at("#points-note").has_class("-wrong")
        await b.fill("#on", "01/11")
        assert b.at("#on-note").has_class("-wrong")
        assert given(path) == []


@pytest.mark.parametrize("login", [WARD, "ubnd.xem"])
async def test_only_a_supervisor_gives_points(path: Path, login: str) -> None:
    async with board(path, login, now=AT_END_OF_OCTOBER) as b:
        await b.press("4")
        assert b.at("#key-give-bonus").has_class("-off")
        await b.press("+")
        assert isinstance(b.app.screen, LeagueScreen)
        assert "giám sát" in b.said()


async def test_who_is_nobody_yet_is_asked(path: Path) -> None:
    async with board(path, None, now=AT_END_OF_OCTOBER) as b:
        if isinstance(b.app.screen, Pick):
            await b.press("escape")
        await b.press("4", "+")
        assert isinstance(b.app.screen, Pick)


async def test_the_keys_are_also_function_keys(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "shift+f5")
        assert isinstance(b.app.screen, BonusForm)
        await b.press("escape", "shift+f4")
        assert isinstance(b.app.screen, BonusForm)
        assert key_of("give-bonus") == "+"


# Days and others


async def test_what_others_write_moves_the_ranks_at_once(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "end")
        stood = b.grid.cursor_key
        write(path, lambda d: figures.record(d, "NS-04.AB", Decimal(40)), CHIEF, "2022-10-31")
        write(path, lambda d: figures.record(d, "CCHC-01.AB", Decimal(99)), CHIEF, "2022-10-31")
        write(path, lambda d: give(d, "AB", Decimal(10), evidence="x"), CHIEF, "2022-10-31")
        await b.until(lambda: b.grid.row_keys[0] == "AB")
        assert b.grid.cursor_key == stood
        assert "lên" in row(b, "AB")["change"] or "↑" in row(b, "AB")["change"]


async def test_the_working_follows_too(path: Path) -> None:
    async with board(path, WARD, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "enter")
        write(path, lambda d: figures.record(d, "NS-04.KD", Decimal(19)), CHIEF, "2022-10-31")
        await b.until(lambda: row(b, "final:official")["earned"] == "100,0")


async def test_a_past_day_has_its_own_league_and_takes_no_points(path: Path) -> None:
    async with board(path, CHIEF, on=date(2022, 10, 22)) as b:
        await b.press("4")
        assert row(b, "LS")["official"] != "—"
        assert b.at("#key-give-bonus").has_class("-off")
        await b.press("+")
        assert isinstance(b.app.screen, LeagueScreen)
        assert "không ghi được gì" in b.said()
        b.grid.move_to("KD")
        await b.press("enter")
        assert "chưa có số liệu" in row(b, "task:NS-04.KD")["reason"]


async def test_a_day_before_the_first_has_nothing_to_rank(path: Path) -> None:
    async with board(path, CHIEF, on=date(2022, 9, 20), size=(80, 24)) as b:
        await b.press("4")
        assert b.grid.row_keys == ()
        assert "Chưa đơn vị nào được giao việc" in b.text
        await b.press("enter", ".", "v")
        assert isinstance(b.app.screen, LeagueScreen)


async def test_the_board_goes_on_while_the_points_are_worked_out(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = Event()

    def slow(conn, state):
        assert done.wait(10)
        return league.league(conn, state)

    monkeypatch.setattr(league_book, "league", slow)
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.pilot.press("4")
        await b.until(lambda: "Đang tính điểm" in b.text)
        await b.pilot.press("1")
        await b.until(lambda: not isinstance(b.app.screen, LeagueScreen))
        done.set()
        await b.press("4")
        assert b.grid.row_keys


# Looks


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (100, 30), (120, 36)])
async def test_every_column_that_matters_is_there_in_every_window(
    path: Path, size: tuple[int, int]
) -> None:
    async with board(path, WARD, now=AT_END_OF_OCTOBER, size=size) as b:
        await b.press("4")
        assert max(map(len, b.lines)) <= size[0]
        heads = next(line for line in b.lines if "Hạng" in line)
        assert "…" not in heads
        (line,) = [line for line in b.lines if "Kênh Dương" in line and "90,5" in line][:1]
        assert line.lstrip("› ").startswith("1 ")
        assert "Xuất sắc" in line or "Tốt" in line


async def test_the_mouse_opens_a_working(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4")
        top = b.grid.region.y
        await b.pilot.click(offset=(20, top + 3))
        assert b.grid.cursor_key == "LS"
        await b.pilot.click(offset=(20, top + 3), times=2)
        await b.until(lambda: isinstance(b.app.screen, WorkingScreen))
        await b.settle()
        assert b.said("#which") == "Lam Sơn"


async def test_in_english_all_is_english(path: Path) -> None:
    async with board(path, CHIEF, now=AT_END_OF_OCTOBER) as b:
        await b.press("4", "enter", "ctrl+x")
        await b.until(lambda: isinstance(b.app.screen, WorkingScreen) and bool(b.grid.row_keys))
        assert "Official" in b.text
        assert "Chính thức" not in b.text
        i18n.set_language("vi")


def line_of(**changes) -> league.Line:
    """Return a line of a league that rose by two places."""
    score = scoring.Score(
        "KD",
        scoring_rules.Rules(),
        (),
        (),
        (),
        scoring.ZERO,
        scoring.ZERO,
        Decimal(90),
        Decimal(90),
    )
    made = league.Line("KD", score, 0, 1, 2, 3, rank=1, change=Decimal("1.25"), rank_before=3)
    return made._replace(**changes)


@pytest.mark.parametrize(
    ("changes", "brief", "words"),
    [
        ({}, "+1,3 ↑2", "+1,3 · ↑ lên 2 hạng"),
        ({"rank": 4, "change": Decimal("-0.4")}, "-0,4 ↓1", "-0,4 · ↓ xuống 1 hạng"),
        ({"rank_before": 1, "change": Decimal(0)}, "0,0 = ", "0,0 · = giữ hạng"),
        ({"rank_before": None, "change": None}, "—   ", "—"),
    ],
)
def test_a_change_is_told_by_arrow_number_and_words(
    changes: dict[str, object], brief: str, words: str
) -> None:
    assert league_rows.moved_in_brief(line_of(**changes)) == brief
    assert league_rows.moved(line_of(**changes)) == words


def test_a_sheet_without_anything_counted_says_so() -> None:
    score = line_of().score._replace(official=None)
    entries = list(league_sheet.entries(score, make.state(), 80))
    final = entries[-1]
    assert isinstance(final, Row)
    assert final.cells["earned"].text == "—"
    assert score_sheet.sheet(line_of().score._replace(official=None, provisional=None))
