"""Pictures of the board. Each docstring says what one should see, so that a change can be judged.

After a wanted change: pytest tests/test_snapshots.py --snapshot-update, and look at every picture.
"""

import os
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests import make
from tests.boards import NOW, Driver, elsewhere
from tracker.operations import figures, reports
from tracker.operations.reports import Report
from tracker.tui.app import Board
from tracker.tui.forms.question import Question
from tracker.tui.gateway import Gateway
from tracker.tui.session import Session
from tracker.tui.themes import LIGHT

STREET, DEBT = "TTDH-01.KD", "NS-04.KD"
CHIEF, WARD = "vpub.tonghop", "kd.vptk"
WIDE, SMALL = (120, 36), (80, 24)

Scene = Callable[[Driver], Awaitable[None]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The small campaign on 22/11/2022 with some work reported, as a demonstration."""
    demo = make.campaign(demo_day=date(2022, 11, 22), demo_officer=CHIEF)
    path = make.file(tmp_path, make.plan(settings=make.settings(demo)))

    def work(desk) -> None:
        report = Report(
            result="Xóa 3/10 điểm",
            obstacle="Thiếu xe gom rác",
            request="TN&MT bố trí thêm chuyến",
            progress=30,
        )
        reports.update(desk, [STREET], report)
        figures.record(desk, DEBT, Decimal("47.5"), on=date(2022, 11, 15))

    elsewhere(path, work, WARD)
    elsewhere(path, lambda desk: reports.done(desk, ["NS-04.LS"], on=date(2022, 11, 21)), "ls.vptk")
    return path


@pytest.fixture
def picture(path: Path, snap_compare) -> Callable[..., bool]:
    """Compare what the board shows with the picture kept beside the tests."""

    def compare(
        scene: Scene | None = None,
        *,
        login: str = WARD,
        size: tuple[int, int] = WIDE,
        theme: str | None = None,
        ascii: bool = False,
        on: date | None = None,
    ) -> bool:
        now = make.moment(NOW)
        gateway = Gateway(path, login=login, now=lambda: now, session="test", poll_seconds=3600)
        app = Board(Session(gateway, now=lambda: now, on=on), theme=theme, ascii=ascii)

        async def set_up(pilot: Pilot) -> None:
            driver = Driver(app, pilot, path)
            await driver.until(lambda: app.current_mode != "_default")
            await driver.settle()
            if scene is not None:
                await scene(driver)
            await driver.settle()

        return snap_compare(app, terminal_size=size, run_before=set_up)

    return compare


def keys(*pressed: str) -> Scene:
    """A scene reached by pressing keys."""

    async def scene(b: Driver) -> None:
        await b.press(*pressed)

    return scene


def test_an_officers_list_in_a_wide_window(picture) -> None:
    """Two lines of countdown with the badge of illustrative figures; the ward's three tasks under
    their states, the overdue one first and red, its obstacle flagged at the right edge; below the
    list the task under the cursor with result, obstacle and the last entries of the log.
    """
    assert picture()


def test_an_officers_list_in_a_small_window(picture) -> None:
    """The same in 80 columns: no pane, fewer columns, no broken line; eight keys at the bottom."""
    assert picture(size=SMALL)


def test_the_overview_in_a_wide_window(picture) -> None:
    """39 in large digits; the totals that add up; the weeks planned, done and to be expected, or
    why nothing is; eight blocks in two columns, the worst overdue lit, because Enter opens it.
    """
    assert picture(login=CHIEF)


def test_the_overview_in_a_small_window(picture) -> None:
    """Digits and totals side by side, the blocks one under another in the same order."""
    assert picture(login=CHIEF, size=SMALL)


def test_the_page_of_a_task(picture) -> None:
    """The facts, the three texts that stand, and the whole history, newest first."""
    assert picture(keys("enter"), size=SMALL)


def test_the_update_form_in_a_small_window(picture) -> None:
    """Under the countdown a frame with three texts, the standing obstacle and request filled in,
    the last result as a hint; the status with its choices; the progress; Save and Cancel in sight.
    """
    assert picture(keys("u"), size=SMALL)


def test_a_figure_that_falls(picture) -> None:
    """Under the figure its echo with unit, in yellow that it is lower than before; the last figure
    and the plan; and a field for the reason.
    """

    async def scene(b: Driver) -> None:
        b.grid.move_to(DEBT)
        await b.press("m")
        await b.type("40")

    assert picture(scene)


def test_a_conflict(picture) -> None:
    """Who was faster; result and progress, theirs over mine; four answers, the safe one lit."""

    async def scene(b: Driver) -> None:
        await b.press("u")
        await b.fill("#result", "Xóa 5/10 điểm")
        await b.fill("#progress", "50")
        theirs = Report(result="Đội TTĐT xóa 4/10 điểm", progress=40)
        elsewhere(b.path, lambda desk: reports.update(desk, [STREET], theirs), CHIEF)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, Question))

    assert picture(scene)


def test_quick_entry_in_a_small_window(picture) -> None:
    """Every figure that the ward owes, two lines each: what it is, the last figure and the plan,
    the field; the typed one echoed with its unit; the day and the source above; how many are left.
    """
    assert picture(keys("f", "5", "2"), size=SMALL)


def test_the_preview_of_a_change_of_many(picture) -> None:
    """Six tasks by code, what stood and what will stand; nothing is written yet; under them the way
    back, and the one that saves all, lit.
    """

    async def scene(b: Driver) -> None:
        await b.press("1", "a", "e")
        await b.fill("#due_on", "30/12")
        await b.fill("#reason", "Chờ hướng dẫn của thành phố")
        await b.press("ctrl+s")

    assert picture(scene, login=CHIEF, size=SMALL)


def test_the_calendar_of_a_new_task(picture) -> None:
    """Over the form a month, Monday first; today and days off told apart; the chosen day lit."""

    async def scene(b: Driver) -> None:
        await b.press("n")
        b.at("#due_on").focus()
        await b.press("f3")

    assert picture(scene)


def test_the_log_filtered(picture) -> None:
    """One ward's entries under their days; the filter in the line of the modes; below how many."""

    async def scene(b: Driver) -> None:
        await b.press("6")
        await b.fill("#filter", "phường:LS")

    assert picture(scene, login=CHIEF)


@pytest.fixture
def entered(path: Path) -> None:
    """Figures of the tax in the weeks before, and one of them corrected."""

    def work(desk) -> None:
        held = {(10, 14): 78, (10, 28): 80, (11, 4): 83, (11, 11): 84, (11, 18): 86}
        for (month, day), figure in held.items():
            figures.record(desk, "NS-01", Decimal(figure), on=date(2022, month, day))
        figures.record(
            desk, "NS-01", Decimal("85.5"), on=date(2022, 11, 18), reason="Gõ nhầm",
            document="BC 212/BC-CCT",
        )  # fmt: skip

    elsewhere(path, work, CHIEF)


def test_the_targets_in_a_wide_window(picture, entered) -> None:
    """The tax against two plans, each figure with its denominator, its way, its pace by symbol and
    word, what is needed beside what is gained, the range at the end; the wards folded. Below the
    chart of the first one: plan, checkpoints, readings, the shaded forecast, today; beside it where
    it stands and its readings, the corrected one struck out.
    """
    assert picture(keys("3"), login=CHIEF)


def test_the_targets_in_a_small_window(picture, entered) -> None:
    """In 80 columns code, name, figure, pace and outlook; no chart; the own unit's targets first,
    and of one without an opening figure that it lacks it.
    """
    assert picture(keys("3"), size=SMALL)


def test_the_page_of_a_target(picture, entered) -> None:
    """Title and pace, the chart as wide as the window with its legend, under it the same told in
    sentences.
    """
    assert picture(keys("3", "enter"), login=CHIEF, size=SMALL)


def test_the_league_in_a_wide_window(picture, entered) -> None:
    """Blocks of wards, offices and those that are not ranked: rank, official and provisional
    points, the change against a week ago in number, sign and word, the proposed grade; a note that
    the council decides. Who has too few tasks counted has a dash for a rank.
    """
    assert picture(keys("4"), login=CHIEF)


def test_the_league_in_a_small_window(picture) -> None:
    """The same in 80 columns, an officer's own ward marked and under the cursor."""
    assert picture(keys("4"), size=SMALL)


def test_the_working_of_a_ward(picture) -> None:
    """Task by task weight, factor, what it earned and why, each reason with its numbers; the sums
    and the division, so that it can be checked by hand.
    """
    assert picture(keys("4", "enter"), size=SMALL)


def test_the_ninety_days_in_a_wide_window(picture, entered) -> None:
    """A column a day under months and dates, today as a line through all rows, days off shaded; the
    overdue tail hatched and red, the deadline marked; the legend, and the lit bar in words.
    """
    assert picture(keys("5"), login=CHIEF)


def test_the_ninety_days_in_a_small_window(picture) -> None:
    """The same in 80 columns, one for two days."""
    assert picture(keys("5"), size=SMALL)


def test_the_matrix_in_a_small_window(picture) -> None:
    """Every task of the wards down, every ward across, a sign for each state with its legend, the
    totals at the edges, the lit cell in words below.
    """
    assert picture(keys("#"), login=CHIEF, size=SMALL)


def test_the_matrix_in_a_wide_window(picture) -> None:
    """The same with the titles of the tasks."""
    assert picture(keys("#"), login=CHIEF)


def test_an_empty_list(picture) -> None:
    """In the middle of the list why it is empty and which keys change that; above the keys what of
    mine is overdue outside the filter, in yellow.
    """

    async def scene(b: Driver) -> None:
        await b.fill("#filter", "giải phóng mặt bằng")

    assert picture(scene, size=SMALL)


def test_a_past_day(picture) -> None:
    """The badge "XEM LẠI NGÀY 10/10/2022 - CHỈ ĐỌC" in the header, 82 days left, nothing reported
    yet, the keys that write grey.
    """
    assert picture(on=date(2022, 10, 10))


def test_the_light_theme(picture) -> None:
    """The overview on paper white; states legible, the lit block framed in blue."""
    assert picture(login=CHIEF, theme=LIGHT.name)


def test_the_theme_of_high_contrast(picture) -> None:
    """White and bright on black; the cursor unmistakable."""
    assert picture(theme="high-contrast")


def test_without_colours(picture) -> None:
    """Greys only: the cursor in reverse, states told by symbol and word."""
    os.environ["NO_COLOR"] = "1"
    assert picture(size=SMALL)


def test_in_ascii(picture) -> None:
    """No box, block or arrow character anywhere; letters keep their accents."""
    assert picture(keys("u"), size=SMALL, ascii=True)
