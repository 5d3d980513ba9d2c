"""Targets in words: paces, rates, forecasts, refusals, and what the log says of them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Connection
from tests import make
from tests.proof import log
from tracker import forecast, i18n, logbook, state, wording
from tracker.cli import layout
from tracker.filters import log as log_filter
from tracker.forecast import Outlook, Unforeseen
from tracker.operations import bonus, figures, plans
from tracker.pace import Pace, Standing
from tracker.wording import logged, pacing

TODAY = date(2022, 11, 22)
CITY = next(task.measure for task in make.tasks() if task.code == "NS-01")
assert CITY is not None


def standing(**changes: object) -> Standing:
    """Return where a target without figures stands."""
    nothing = Standing(None, None, Decimal(100), None, None, Pace.NO_DATA, None, None, None, None,
                       "reading")  # fmt: skip
    return nothing._replace(**changes)  # type: ignore[arg-type]


def test_every_pace_has_its_word_and_a_sign_of_its_own() -> None:
    assert {pace: pacing.pace(pace) for pace in Pace} == {
        Pace.BEYOND: "Vượt kế hoạch",
        Pace.REACHED: "Đạt kế hoạch",
        Pace.ON_PACE: "Đúng nhịp",
        Pace.BEHIND: "Chậm nhịp",
        Pace.AT_RISK: "Nguy cơ không đạt",
        Pace.NO_DATA: "Chưa có số liệu",
        Pace.COMPLETED: "Xong mà chưa đạt",
    }
    for ascii in (False, True):
        signs = [pacing.pace_symbol(pace, ascii=ascii) for pace in Pace]
        assert len(set(signs)) == len(signs)
        assert all(layout.cells(sign) == 1 for sign in signs)
    assert all(pacing.pace_symbol(pace, ascii=True).isascii() for pace in Pace)


def test_every_refusal_to_foresee_has_its_words() -> None:
    assert {why: pacing.unforeseen(why) for why in Unforeseen} == {
        Unforeseen.TOO_FEW: "chưa đủ dữ liệu",
        Unforeseen.STALLED: "không tiến triển 14 ngày",
        Unforeseen.REACHED: "đã đạt",
        Unforeseen.PAST: "đã qua hạn",
        Unforeseen.NO_DEADLINE: "không có hạn",
        Unforeseen.NO_BASELINE: "chưa có số đầu kỳ",
    }
    assert set(pacing.UNFORESEEN) == set(forecast.Unforeseen)
    assert pacing.forecast(Unforeseen.TOO_FEW, CITY) == "không dự báo: chưa đủ dữ liệu"


def test_a_range_names_its_unit_and_its_denominator() -> None:
    outlook = Outlook(
        date(2022, 12, 31), Decimal("91.23"), Decimal("93.5"), Decimal("95.75"), None, None, ()
    )
    assert pacing.forecast(outlook, CITY) == "dự báo đến 31/12: 91,2–95,8% KH thành phố"
    assert pacing.finish(outlook) == "chưa thấy trước ngày khóa sổ"
    first = outlook._replace(finish_first=date(2022, 12, 20))
    assert pacing.finish(first) == "sớm nhất 20/12/2022"
    both = first._replace(finish_last=date(2022, 12, 28))
    assert pacing.finish(both) == "20/12/2022 – 28/12/2022"
    narrow = outlook._replace(low=Decimal("95.8"))
    assert pacing.foreseen(narrow, CITY) == "95,8% KH thành phố"


def test_what_is_short_of_the_pace_is_never_told_as_all_of_it() -> None:
    assert pacing.ratio(Decimal("0.9999")) == "99,9% nhịp"
    assert pacing.ratio(Decimal("0.8999")) == "89,9% nhịp"
    assert pacing.ratio(Decimal(1)) == "100% nhịp"
    assert pacing.ratio(Decimal("1.2345")) == "123,4% nhịp"


def test_a_rate_that_is_needed_is_never_told_as_nothing() -> None:
    needed = standing(needed=Decimal("0.001"), recent=Decimal("-0.254"))
    assert pacing.rates(needed, CITY) == "cần 0,01 điểm %/ngày, đang -0,25"
    assert pacing.rates(standing(needed=Decimal("0.4")), CITY) == "cần 0,4 điểm %/ngày"
    assert pacing.rates(standing(recent=Decimal("0.25")), CITY) == "đang 0,25 điểm %/ngày"
    assert pacing.rates(standing(needed=Decimal(0)), CITY) == ""


def test_a_rate_names_its_unit() -> None:
    counted = CITY._replace(unit="cuộc")
    value = Decimal("0.06")
    assert pacing.per_day(value, counted) == "0,06 cuộc/ngày"
    assert pacing.per_working_day(value, counted) == "0,06 cuộc/ngày làm việc"
    assert pacing.per_working_day(value, CITY) == "0,06 điểm %/ngày làm việc"
    i18n.set_language("en")
    assert pacing.per_day(value, CITY) == "0.06 points/day"
    assert pacing.per_day(value, counted) == "0.06 cuộc/day"


def test_days_ahead_and_behind_are_told_apart() -> None:
    assert [pacing.days_ahead(days) for days in (-12, 0, 5)] == [
        "chậm 12 ngày", "đúng ngày", "sớm 5 ngày",
    ]  # fmt: skip
    i18n.set_language("en")
    assert [pacing.days_ahead(days) for days in (-1, 2)] == ["1 day behind", "2 days ahead"]


def test_what_is_missing_is_told() -> None:
    assert pacing.missing(standing(missing="baseline")) == "chưa có số đầu kỳ"
    assert pacing.missing(standing()) == "chưa có số liệu"
    assert pacing.missing(standing(missing=None)) == ""


# The log


def test_the_log_tells_estimates_plans_and_points(conn: Connection) -> None:
    chief = make.desk(conn, "vpub.tonghop")
    figures.set_estimate(make.desk(conn, "tckh.cv"), "NS-02", Decimal("98.5"))
    plans.revise(chief, "NS-01", Decimal(104), reason="Giao bổ sung")
    plans.revise(chief, "NS-01", Decimal(105), reason="Giao thêm")
    bonus.give(chief, "KD", Decimal("1.5"), evidence="QĐ 12/QĐ-UBND")
    bonus.give(chief, "KD", Decimal(-2), evidence="Báo cáo sai")
    known = state.current(conn, TODAY)
    written = log(conn)[-9:]
    told = {}
    for event in written:
        if event.field is None:
            told[event.kind, event.ref] = logged.created(event, known, event.task)
        elif event.field in ("estimate", "value"):
            told[event.kind, event.ref] = " ".join(logged.changed(event, known))
    assert told == {
        ("estimate", "NS-01"): "Ước cả năm — 104,06% KH thành phố",
        ("estimate", "NS-02"): "Ước cả năm — 98,5% KH HĐND quận",
        ("plan", "NS-01/2022-11-22"): ("KH từ 22/11/2022 104% KH thành phố 105% KH thành phố"),
        ("bonus", "KD#1"): "+1,5 điểm · QĐ 12/QĐ-UBND",
        ("penalty", "KD#2"): "-2 điểm · Báo cáo sai",
    }
    assert [wording.kind(kind) for kind in ("plan", "estimate", "bonus", "penalty")] == [
        "điều chỉnh kế hoạch", "ước cả năm", "điểm thưởng", "điểm trừ",
    ]  # fmt: skip
    entries = logbook.entries(written)
    assert [logged.subject(entry.head, known) for entry in entries] == [
        "NS-01", "NS-02", "NS-01", "NS-01", "Kênh Dương", "Kênh Dương",
    ]  # fmt: skip
    for words, count in (
        (["phường:KD"], 2), (["loại:điểm-trừ"], 1), (["việc:NS-01"], 3), (["qđ 12"], 1),
    ):  # fmt: skip
        passes = log_filter.parse(words, known)
        assert sum(map(passes, entries)) == count, words


# Cells of a terminal


@given(st.text(max_size=40), st.integers(0, 30))
def test_quick_counting_of_cells_is_right(text: str, width: int) -> None:
    assert layout.cells(text) == sum(map(layout._width, text))
    assert layout.cells(layout.cut(text, width)) <= width


@pytest.mark.parametrize("head", ["NS-04.KD ", "  18/11  "])
def test_a_hanging_text_stands_beside_its_head(head: str) -> None:
    lines = layout.hanging(head, "Đã họp tổ dân phố và thông báo kế hoạch", 30)
    assert lines[0].startswith(head + "Đã họp")
    assert all(line.startswith(" " * len(head)) for line in lines[1:])
    assert max(map(layout.cells, lines)) <= 30
    assert layout.hanging(head, "", 30) == [head]
