"""The countdown: it says the day, and fits every window."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tracker import i18n, summary
from tracker.state import State
from tracker.tui.header import count_line, title_line, width_of
from tracker.tui.picture import Picture
from tracker.tui.small import LEAST_WIDTH

DAY = date(2022, 11, 22)


def picture(on: date = DAY, *, today: date | None = None, officer=True, **campaign) -> Picture:
    """The small campaign on a day."""
    plan = make.plan()
    known = State(
        make.campaign(**campaign),
        on,
        {stream.code: stream for stream in plan.workstreams},
        {unit.code: unit for unit in plan.units},
        {},
        {task.code: task for task in plan.tasks},
    )
    acts = make.officer() if officer else None
    return Picture(known, summary.build(known, on - timedelta(days=1), []), acts, today or on)


def said(line) -> str:
    return "".join(text for text, _style in line)


@given(
    day=st.dates(date(2022, 9, 1), date(2023, 3, 1)),
    width=st.integers(LEAST_WIDTH, 240),
    demo=st.booleans(),
    past=st.booleans(),
    officer=st.booleans(),
    language=st.sampled_from(i18n.LANGUAGES),
)
def test_both_lines_fit_every_window(day, width, demo, past, officer, language) -> None:
    i18n.set_language(language)
    today = day + timedelta(days=past)
    shown = picture(day, today=today, officer=officer, demo_day=day if demo else None)
    for line in (title_line, count_line):
        assert width_of(line(shown, width)) <= width
    assert str(shown.summary.totals.open_overdue) in said(count_line(shown, width))


def test_at_120_columns_everything_is_said() -> None:
    assert said(title_line(picture(), 120)).split("  ")[0] == (
        " 90 NGÀY NƯỚC RÚT · UBND quận Lê Chân"
    )
    assert said(title_line(picture(), 120)).endswith(
        "Thứ Ba 22/11/2022 · Văn phòng - thống kê, P. Kênh Dương "
    )
    line = said(count_line(picture(), 120))
    assert line.startswith(" CÒN 39 NGÀY  ngày 51/90 ━")
    assert line.endswith("28 ngày làm việc · 0/6 xong · ▲ 1 quá hạn · ◔ 0 sắp hạn ")
    assert width_of(count_line(picture(), 120)) == 120


def test_at_80_columns_the_working_days_go_first() -> None:
    line = said(count_line(picture(), 80))
    assert line.startswith(" CÒN 39 NGÀY  ngày 51/90 ━")
    assert line.endswith("0/6 xong · ▲ 1 quá hạn · ◔ 0 sắp hạn ")
    assert "làm việc" not in line


def test_at_60_columns_the_days_and_what_is_overdue_stay() -> None:
    line = said(count_line(picture(), 60))
    assert "CÒN 39 NGÀY" in line
    assert "▲ 1" in line


@pytest.mark.parametrize(
    ("day", "words", "filled"),
    [
        (date(2022, 9, 20), "CÒN 13 NGÀY NỮA BẮT ĐẦU", 0),
        (date(2022, 10, 3), "CÒN 89 NGÀY", 0),
        (date(2022, 12, 31), "NGÀY CUỐI", 1),
        (date(2023, 1, 12), "ĐÃ KẾT THÚC 12 NGÀY", 1),
    ],
)
def test_before_at_the_end_and_after_it_says_so(day: date, words: str, filled: float) -> None:
    line = said(count_line(picture(day), 120))
    assert words in line
    full, empty = line.count("━"), line.count("─")
    assert full / (full + empty) == pytest.approx(filled, abs=0.05)


def test_a_past_day_is_marked_as_read_only() -> None:
    line = said(title_line(picture(today=DAY + timedelta(days=1)), 80))
    assert "XEM LẠI NGÀY 22/11/2022 - CHỈ ĐỌC" in line


@pytest.mark.parametrize("demo", [None, DAY])
def test_a_past_day_names_who_acts_in_a_narrow_window_too(demo: date | None) -> None:
    line = said(title_line(picture(today=DAY + timedelta(days=1), demo_day=demo), 80))
    assert line.endswith("kd.vptk ")


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_illustrative_figures_are_called_so_at_any_width(width: int) -> None:
    assert "SỐ LIỆU MINH HỌA" in said(title_line(picture(demo_day=DAY), width))


def test_where_nobody_acts_the_header_says_how_to_change_that() -> None:
    assert "chưa chọn người dùng (i)" in said(title_line(picture(officer=False), 120))


def test_english_leaves_the_name_of_the_place_alone() -> None:
    assert "UBND quận Lê Chân" in said(title_line(picture(), 140))
    i18n.set_language("en")
    assert "People's Committee of Quận Lê Chân" in said(title_line(picture(), 140))
