"""Bars of tasks and of what they are bundled in, and the columns of days that they are drawn on."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Status
from tests import make
from tracker import ninety
from tracker.rules import State
from tracker.state import State as CampaignState
from tracker.tui import ninety_bars
from tracker.tui.ninety_days import LEAST_LABEL, MOST_LABEL, days_line, months_line, window

CAMPAIGN = make.campaign()
DAY = date(2022, 11, 22)
dates = st.dates(date(2022, 9, 1), date(2023, 3, 1))


def on(day: int, month: int, year: int = 2022) -> date:
    return date(year, month, day)


def task(code: str = "NS-10", **changes):
    """A task from 10/10 to 20/11."""
    usual = {"code": code, "start_on": on(10, 10), "due_on": on(20, 11), "first_due_on": on(20, 11)}
    return make.task(**{**usual, **changes})


def known(*tasks, day: date = DAY, **changes) -> CampaignState:
    """What is known of these tasks on a day."""
    found = {each.code: each for each in tasks}
    plan = make.plan()
    streams = {stream.code: stream for stream in plan.workstreams}
    units = {unit.code: unit for unit in plan.units}
    return CampaignState(make.campaign(**changes), day, streams, units, {}, found)


def bar(day: date = DAY, **changes) -> ninety.Bar:
    given = task(**changes)
    return ninety.bar(given, known(given, day=day))


# Bars


def test_a_bar_goes_from_start_to_deadline_and_is_late_up_to_the_day_looked_at() -> None:
    made = bar()
    assert (made.start, made.due, made.first_due) == (on(10, 10), on(20, 11), None)
    assert made.overdue_until == DAY
    assert made.late.days_overdue == 2
    assert bar(day=on(20, 11)).overdue_until is None


def test_a_moved_deadline_keeps_the_first_one() -> None:
    assert bar(first_due_on=on(9, 11)).first_due == on(9, 11)


@pytest.mark.parametrize("status", [Status.AWAITING, Status.COMPLETED])
def test_a_finished_bar_is_late_only_up_to_the_day_of_the_claim(status: Status) -> None:
    made = bar(status=status, claimed_on=on(21, 11))
    assert made.done_on == on(21, 11)
    assert made.overdue_until == on(21, 11)
    in_time = bar(status=status, claimed_on=on(19, 11), completed_on=on(25, 11))
    assert in_time.done_on == on(19, 11)
    assert in_time.overdue_until is None


def test_what_is_outside_the_totals_is_never_late() -> None:
    made = bar(status=Status.NOT_APPLICABLE)
    assert made.late.state is State.EXCLUDED
    assert made.overdue_until is None


# Bundles


def test_a_bundle_counts_what_is_done_open_and_overdue() -> None:
    tasks = (
        task("NS-10", status=Status.COMPLETED, claimed_on=on(1, 11)),
        task("NS-11", due_on=on(1, 11)),
        task("NS-12", due_on=on(30, 11), start_on=on(3, 10)),
        task("NS-13", due_on=on(30, 11)),
        task("NS-14", status=Status.NOT_APPLICABLE, due_on=on(31, 12)),
    )
    (bundle,) = ninety.by_workstream(tasks, known(*tasks))
    assert (bundle.done, bundle.total, bundle.overdue) == (1, 4, 1)
    assert (bundle.start, bundle.due) == (on(3, 10), on(30, 11))
    assert bundle.overdue_since == on(1, 11)
    assert bundle.dues == ((on(1, 11), 1), (on(30, 11), 2))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(Status)),
            st.none() | dates,
            st.none() | dates,
            st.none() | dates,
            st.sampled_from(["KD", "LS", "??"]),
        ),
        max_size=8,
    ),
    dates,
)
def test_bundles_hold_every_counted_task_once(facts, day: date) -> None:
    tasks = [
        task(f"NS-{n}", status=status, start_on=start, due_on=due, claimed_on=claimed, lead=lead)
        for n, (status, start, due, claimed, lead) in enumerate(facts)
    ]
    state = known(*tasks, day=day)
    for bundles in (ninety.by_unit(tasks, state), ninety.by_workstream(tasks, state)):
        counted = [each for each in tasks if ninety.bar(each, state).late.state != "excluded"]
        assert sum(bundle.total for bundle in bundles) == len(counted)
        late = [each for each in counted if ninety.bar(each, state).late.state is State.OVERDUE]
        assert sum(bundle.overdue for bundle in bundles) == len(late)
        for bundle in bundles:
            dated = sum(n for _due, n in bundle.dues)
            assert dated <= bundle.total - bundle.done
            assert (bundle.overdue_since is None) == (bundle.overdue == 0)


def test_days_with_a_name_stand_by_date() -> None:
    text = '[{"date": "2022-12-09", "name": "b"}, {"date": "2022-10-10", "name": "a"}]'
    assert ninety.marked_days(make.campaign(calendar_events=text)) == [
        (on(10, 10), "a"),
        (on(9, 12), "b"),
    ]
    assert ninety.marked_days(CAMPAIGN) == []


# Columns


@pytest.mark.parametrize(
    ("width", "per", "columns", "label"),
    [
        (119, 1, 90, 29),
        (118, 1, 90, 28),
        (117, 2, 59, 58),
        (99, 2, 45, 54),
        (79, 2, 45, 34),
        (59, 3, 30, 29),
    ],
)
def test_ninety_days_fit_the_window(width: int, per: int, columns: int, label: int) -> None:
    shown = window(CAMPAIGN, DAY, width)
    assert (shown.per, shown.label) == (per, label)
    assert shown.columns == columns
    assert shown.column(CAMPAIGN.start) >= 0
    assert shown.column(CAMPAIGN.end) < shown.columns


@given(st.integers(1, 400), dates, st.none() | dates)
def test_the_days_in_view_lie_between_the_launch_and_the_closing_of_the_books(
    width: int, day: date, wanted: date | None
) -> None:
    shown = window(CAMPAIGN, day, width, wanted)
    one_column = timedelta(days=shown.per)
    assert CAMPAIGN.launch - one_column < shown.first <= shown.last
    assert shown.last < CAMPAIGN.books_close + one_column
    assert (CAMPAIGN.start - shown.first).days % shown.per == 0
    if width >= LEAST_LABEL + 3:
        assert shown.label + shown.columns <= width
        assert shown.label >= LEAST_LABEL
    if wanted is None and CAMPAIGN.launch <= day <= CAMPAIGN.books_close:
        assert 0 <= shown.column(day) < shown.columns
    for line in (months_line(shown, []), days_line(shown)):
        assert sum(len(text) for text, _style in line) == shown.columns


def test_a_wide_window_shows_the_preparation_week_too() -> None:
    shown = window(CAMPAIGN, DAY, MOST_LABEL + 97)
    assert (shown.first, shown.columns) == (CAMPAIGN.launch, 97)


def test_before_the_start_and_after_the_end_today_is_in_view() -> None:
    assert window(CAMPAIGN, on(27, 9), 118).first == CAMPAIGN.launch
    assert window(CAMPAIGN, on(15, 1, 2023), 118).last == CAMPAIGN.books_close


def test_one_column_of_every_weekend_is_shaded_where_a_column_has_two_days() -> None:
    shown = window(CAMPAIGN, DAY, 79)
    shaded = [column for column in range(shown.columns) if shown.off[column]]
    assert len(shaded) == 12
    assert {after - before for before, after in pairwise(shaded)} == {3, 4}


def test_a_holiday_is_shaded() -> None:
    campaign = make.campaign(holidays=frozenset({on(3, 11)}))
    for width in (118, 79):
        shown = window(campaign, DAY, width)
        assert shown.off[shown.column(on(3, 11))]


# Drawing


def line(pieces) -> str:
    return "".join(text for text, _style in pieces)


def styles(pieces, sign: str) -> set[str]:
    return {style.split()[0] for text, style in pieces if sign in text}


WIDE = window(CAMPAIGN, DAY, 118)


def drawn(day: date = DAY, width: int = 118, **changes) -> str:
    shown = window(CAMPAIGN, day, width)
    return line(ninety_bars.of_task(bar(day, **changes), "*", shown))


def test_an_overdue_task_has_its_deadline_and_a_tail_up_to_today() -> None:
    text = drawn(progress=50)
    assert text[7] == "━"
    assert text[6] == "."  # a Sunday
    assert text[48:51] == "┤▓▓"
    assert text[7:28] == "━" * 21
    assert text[28:48] == "─" * 20
    pieces = ninety_bars.of_task(bar(), "*", WIDE)
    assert styles(pieces, "▓") == {"grid--overdue"}


def test_a_moved_deadline_shows_both() -> None:
    text = drawn(first_due_on=on(9, 11), due_on=on(30, 11))
    assert (text[37], text[58], text[50]) == ("╎", "┤", "│")
    assert "▓" not in text


def test_a_finished_task_ends_on_the_day_of_the_claim() -> None:
    text = drawn(status=Status.COMPLETED, claimed_on=on(1, 11))
    assert text[7:30] == "━" * 22 + "*"
    assert text[30:49] == "─" * 18 + "┤"
    late = drawn(status=Status.COMPLETED, claimed_on=on(25, 11))
    assert late[48:54] == "┤▓▓▓▓*"


def test_what_lies_outside_the_view_is_cut_not_wrapped() -> None:
    given = {"start_on": on(1, 1), "first_due_on": on(1, 6, 2023)}
    assert drawn(**given, due_on=on(1, 6, 2023)).count("─") == 89
    assert "┤" not in drawn(due_on=on(1, 6, 2023))


@given(
    st.sampled_from(list(Status)),
    *[st.none() | dates] * 4,
    st.none() | st.integers(0, 100),
    dates,
    st.sampled_from([118, 99, 79, 59, 40, 10]),
)
def test_every_bar_fills_its_line_exactly(
    status, start, due, first_due, claimed, progress, day, width
) -> None:
    facts = {"status": status, "start_on": start, "due_on": due, "first_due_on": first_due}
    given = task(**facts, claimed_on=claimed, progress=progress)
    state, shown = known(given, day=day), window(CAMPAIGN, day, width)
    made = ninety.bar(given, state)
    assert len(line(ninety_bars.of_task(made, "*", shown))) == shown.columns
    for bundle in ninety.by_unit([given], state):
        assert len(line(ninety_bars.of_bundle(bundle, shown))) == shown.columns


def bundled(*dues: tuple[date, int]) -> str:
    bundle = ninety.Bundle(
        "KD", "KD", CAMPAIGN.start, CAMPAIGN.end, dues, done=0, total=40, overdue=0,
        overdue_since=None,
    )  # fmt: skip
    return line(ninety_bars.of_bundle(bundle, WIDE))


def test_a_bundle_says_how_many_are_due_when() -> None:
    text = bundled((on(30, 11), 3), (on(15, 12), 12))
    assert (text[58], text[72:74]) == ("3", "12")


def test_numbers_side_by_side_are_added_at_the_earlier_day() -> None:
    text = bundled((on(14, 12), 5), (on(15, 12), 1), (on(17, 12), 2))
    assert text[72:76] == "6──2"
    assert sum(int(each) for each in text if each.isdigit()) == 8


@given(st.dictionaries(st.integers(0, 89), st.integers(1, 120), max_size=40))
def test_no_due_task_is_lost_from_the_numbers(counts: dict[int, int]) -> None:
    apart = ninety_bars._apart(sorted(counts.items()))
    assert sum(n for _column, n in apart) == sum(counts.values())
    for (before, _n), (column, n) in pairwise(apart):
        assert column - len(str(n)) + 1 > before + 1


def test_a_weight_does_not_matter_to_a_bar() -> None:
    assert bar(weight=Decimal(9)) == bar(weight=Decimal(1))
