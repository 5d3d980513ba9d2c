"""Days as officers type and read them: day first, words with or without accents."""

from contextlib import suppress
from datetime import date, timedelta
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.vietnamese import (
    DateError,
    fold,
    format_date,
    long_date,
    parse_date,
    relative_day,
    weekday_name,
)

TODAY = date(2022, 11, 22)  # a Tuesday, day 51
WINDOW = (date(2022, 9, 26), date(2023, 1, 31))
DATE_LIKE = st.text(st.sampled_from("0123456789/-.+ tuần sauthángcuốinày"), max_size=14)


def read(text: str, *, today: date = TODAY, forward: bool = False, to_come: bool = False) -> date:
    return parse_date(text, today=today, window=WINDOW, forward=forward, to_come=to_come)


def refusal(text: str) -> DateError:
    with pytest.raises(DateError) as caught:
        read(text)
    assert caught.value.text == text
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "2022-11-22",
        "2022/11/22",
        "22/11/2022",
        "22-11-2022",
        "22\u201311\u20132022",
        "22.11.2022",
        "22/11",
        "22-11",
        "22.11",
        " 22 / 11 / 2022 ",
        "ngày 22/11",
        "ngày 22 tháng 11 năm 2022",
        "22 thang 11",
        "22/11/2022\u200b\n",
    ],
)
def test_a_day_in_digits_is_read_day_first(text: str) -> None:
    assert read(text) == date(2022, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26/9", date(2022, 9, 26)),
        ("26-9", date(2022, 9, 26)),
        ("26.9", date(2022, 9, 26)),
        ("15/12", date(2022, 12, 15)),
        ("31/12", date(2022, 12, 31)),
        ("1/1", date(2023, 1, 1)),
        ("15/1", date(2023, 1, 15)),
        ("31/1", date(2023, 1, 31)),
        ("1/2", date(2022, 2, 1)),
        ("25/9", date(2022, 9, 25)),
        ("3/4", date(2022, 4, 3)),
    ],
)
def test_a_day_without_a_year_falls_inside_the_window_or_in_the_campaigns_year(
    text: str, day: date
) -> None:
    assert read(text) == day
    assert read(text, forward=True) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("25/11", TODAY, date(2022, 11, 25)),
        ("15/1", TODAY, date(2023, 1, 15)),
        ("5/2", TODAY, date(2023, 2, 5)),
        ("25/9", TODAY, date(2023, 9, 25)),
        ("1/2", date(2023, 1, 30), date(2023, 2, 1)),
        ("1/2", date(2023, 2, 1), date(2023, 2, 1)),
        ("1/2", date(2023, 2, 2), date(2024, 2, 1)),
        ("29/2", TODAY, date(2024, 2, 29)),
        ("5/10", TODAY, date(2022, 10, 5)),
        ("5/2/2022", TODAY, date(2022, 2, 5)),
        ("thứ sáu", TODAY, date(2022, 11, 25)),
    ],
)
def test_a_day_to_come_that_the_campaign_does_not_hold_is_the_next_one(
    text: str, today: date, day: date
) -> None:
    assert read(text, today=today, to_come=True) == day


def test_a_day_that_a_long_campaign_holds_twice_is_the_nearer_one() -> None:
    window = (date(2022, 9, 26), date(2024, 1, 31))
    assert parse_date("22/11", today=date(2023, 11, 1), window=window) == date(2023, 11, 22)
    assert parse_date("22/11", today=date(2022, 11, 1), window=window) == date(2022, 11, 22)


def test_the_leap_day_is_found_in_the_year_of_the_window_that_has_it() -> None:
    window = (date(2023, 9, 26), date(2024, 3, 31))
    assert parse_date("29/2", today=date(2023, 10, 1), window=window) == date(2024, 2, 29)
    assert refusal("29/2").code == "impossible"


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("11/22", "22/11"),
        ("11/22/2022", "22/11/2022"),
        ("11-22", "22/11"),
        ("2022-22-11", "22/11/2022"),
        ("11/22/22", "22/11/2022"),
    ],
)
def test_a_month_before_its_day_is_refused_with_the_right_order(text: str, reading: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.readings) == ("month-first", (reading,))


@pytest.mark.parametrize("text", ["22/11/22", "22-11-22", "22.11.22", "22 tháng 11 năm 22"])
def test_a_year_of_two_digits_is_refused_with_the_whole_year(text: str) -> None:
    refused = refusal(text)
    assert (refused.code, refused.readings) == ("two-digit-year", ("22/11/2022",))


@pytest.mark.parametrize(
    "text", ["31/11", "30/2", "29/2/2022", "0/5", "5/0", "32/1", "13/13", "2022-02-30", "5/40"]
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    assert refusal(text).code == "impossible"


@pytest.mark.parametrize("text", ["22/11/0022", "22/11/1022", "22/11/9999", "0000-01-01"])
def test_a_year_that_must_be_a_slip_is_refused(text: str) -> None:
    assert refusal(text).code == "far-year"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hôm nay", 22),
        ("hom nay", 22),
        ("TODAY", 22),
        ("hôm qua", 21),
        ("hom qua", 21),
        ("Yesterday", 21),
        ("hôm kia", 20),
        ("hôm kìa", 19),
        (normalize("NFD", "hôm kìa"), 19),
        ("ngày mai", 23),
        ("mai", 23),
        ("tomorrow", 23),
        ("ngày kia", 24),
        ("ngày kìa", 25),
        ("+3", 25),
        ("-2", 20),
        ("\u22122", 20),
        ("+0", 22),
    ],
)
def test_a_day_counted_from_today_needs_no_direction(text: str, day: int) -> None:
    assert read(text) == read(text, forward=True) == date(2022, 11, day)


@pytest.mark.parametrize(
    ("text", "back", "ahead"),
    [
        ("thứ hai", 21, 28),
        ("thứ 2", 21, 28),
        ("t2", 21, 28),
        ("monday", 21, 28),
        ("thứ ba", 22, 22),
        ("Tuesday", 22, 22),
        ("thứ tư", 16, 23),
        ("thu tu", 16, 23),
        ("thứ năm", 17, 24),
        ("thursday", 17, 24),
        ("thứ sáu", 18, 25),
        ("thu sau", 18, 25),
        ("fri", 18, 25),
        ("thứ bảy", 19, 26),
        ("thứ bẩy", 19, 26),
        ("T7", 19, 26),
        ("chủ nhật", 20, 27),
        ("CN", 20, 27),
        ("sunday", 20, 27),
        ("cuối tuần", 20, 27),
        ("end of week", 20, 27),
        ("đầu tuần", 21, 28),
        ("start of the week", 21, 28),
    ],
)
def test_a_weekday_is_the_last_one_looking_back_and_the_next_one_looking_ahead(
    text: str, back: int, ahead: int
) -> None:
    assert read(text) == date(2022, 11, back)
    assert read(text, forward=True) == date(2022, 11, ahead)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("thứ sáu tuần này", date(2022, 11, 25)),
        ("thu sau tuan nay", date(2022, 11, 25)),
        ("friday this week", date(2022, 11, 25)),
        ("thứ hai tuần này", date(2022, 11, 21)),
        ("thứ sáu tuần sau", date(2022, 12, 2)),
        ("thứ sáu tuần tới", date(2022, 12, 2)),
        ("friday next week", date(2022, 12, 2)),
        ("thứ sáu tuần trước", date(2022, 11, 18)),
        ("cn tuan nay", date(2022, 11, 27)),
        ("cuối tuần này", date(2022, 11, 27)),
        ("đầu tuần sau", date(2022, 11, 28)),
        ("đầu tháng này", date(2022, 11, 1)),
        ("cuối tháng này", date(2022, 11, 30)),
        ("end of this month", date(2022, 11, 30)),
        ("cuối tháng sau", date(2022, 12, 31)),
        ("end of next month", date(2022, 12, 31)),
        ("đầu tháng trước", date(2022, 10, 1)),
    ],
)
def test_a_day_that_names_its_week_or_month_needs_no_direction(text: str, day: date) -> None:
    assert read(text) == read(text, forward=True) == day


@pytest.mark.parametrize(
    ("text", "back", "ahead"),
    [
        ("đầu tháng", date(2022, 11, 1), date(2022, 12, 1)),
        ("start of month", date(2022, 11, 1), date(2022, 12, 1)),
        ("cuối tháng", date(2022, 10, 31), date(2022, 11, 30)),
        ("end of the month", date(2022, 10, 31), date(2022, 11, 30)),
    ],
)
def test_the_edge_of_a_month_follows_the_direction(text: str, back: date, ahead: date) -> None:
    assert read(text) == back
    assert read(text, forward=True) == ahead


def test_the_edges_of_months_cross_the_year() -> None:
    new_year = date(2023, 1, 1)
    assert read("cuối tháng", today=new_year) == date(2022, 12, 31)
    assert read("đầu tháng", today=new_year) == new_year
    assert read("đầu tháng sau", today=date(2022, 12, 31)) == new_year
    assert read("cuối tháng", today=date(2022, 12, 31)) == date(2022, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "thứ tám",
        "t8",
        "tuần sau",
        "thứ sáu sau",
        "tháng sau",
        "mai kia",
        "22",
        "20221122",
        "22/11-2022",
        "22//11",
        "22/11/20222",
        "+",
        "+3,5",
        "1e1",
        "२२/११",
        "22/11/2022 08:00",
        "x" * 100_000,
    ],
)
def test_what_names_no_day_is_refused(text: str) -> None:
    assert refusal(text).code == "not-a-date"


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_nothing_typed_is_its_own_refusal(text: str) -> None:
    assert refusal(text).code == "empty"


@pytest.mark.parametrize("text", ["+9999", "ngày mai", "cuối tháng", "cuối tuần sau"])
def test_a_day_after_the_last_of_all_is_refused(text: str) -> None:
    with pytest.raises(DateError) as caught:
        read(text, today=date.max, forward=True)
    assert caught.value.code == "impossible"


def test_a_day_is_written_day_first_in_every_language() -> None:
    assert format_date(TODAY) == "22/11/2022"
    assert format_date(date(2022, 9, 3), year=False) == "03/09"
    assert long_date(TODAY) == "Thứ Ba 22/11/2022"
    assert long_date(TODAY, "en") == "Tuesday 22/11/2022"
    assert weekday_name(date(2022, 11, 27)) == "Chủ Nhật"
    assert weekday_name(date(2022, 11, 27), "en") == "Sunday"


@pytest.mark.parametrize(
    ("days", "vi", "en"),
    [
        (-6, "6 ngày trước", "6 days ago"),
        (-2, "2 ngày trước", "2 days ago"),
        (-1, "hôm qua", "yesterday"),
        (0, "hôm nay", "today"),
        (1, "ngày mai", "tomorrow"),
        (3, "3 ngày nữa", "in 3 days"),
    ],
)
def test_a_day_near_today_is_told_in_words(days: int, vi: str, en: str) -> None:
    day = TODAY + timedelta(days)
    assert relative_day(day, TODAY) == vi
    assert relative_day(day, TODAY, "en") == en


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_written_and_read_again_is_the_same(day: date) -> None:
    for text in (format_date(day), format_date(day).replace("/", "."), day.isoformat()):
        assert read(text) == day


@given(st.dates(*WINDOW))
def test_a_day_of_the_campaign_needs_no_year(day: date) -> None:
    assert read(format_date(day, year=False)) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 6))
def test_a_named_weekday_is_within_a_week_of_today(today: date, days: int) -> None:
    for lang in ("vi", "en"):
        name = weekday_name(today + timedelta(days), lang)
        for text in (name, fold(name), normalize("NFD", name)):
            assert read(text, today=today, forward=True) == today + timedelta(days)
            assert read(text, today=today) == today - timedelta(-days % 7)


@given(DATE_LIKE | st.text(st.characters(exclude_categories=[])), st.dates(), st.booleans())
def test_no_text_raises_anything_but_a_date_error(text: str, today: date, forward: bool) -> None:
    with suppress(DateError):
        assert isinstance(read(text, today=today, forward=forward), date)
