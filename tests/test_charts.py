"""Charts: their series, what is drawn of them, what they say in words."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import plotext
import pytest

from db.records import Behaviour, Checkpoint, PlanRevision, Task
from tests import make
from tracker import charts
from tracker.burnup import Burnup
from tracker.charts import Chart
from tracker.forecast import Unforeseen
from tracker.forecast import outlook as foreseen
from tracker.pace import Point, expected, standing
from tracker.state import in_force
from tracker.targets import Target
from tracker.trends import Range

TODAY = date(2022, 11, 22)
LATE = Decimal(60)  # of the checkpoint in December
READINGS = tuple(
    Point(date(2022, 10, 18) + timedelta(7 * n), Decimal(8 * (n + 1))) for n in range(5)
)


def arrears(**measure: Any) -> Task:
    """A cumulative figure from 0 on 17/10 to 80 on 15/12."""
    return make.task(
        code="NS-04.KD",
        workstream="NS",
        start_on=date(2022, 10, 17),
        due_on=date(2022, 12, 15),
        measure=make.measure(**{"unit": "% nợ phải thu", **measure}),
    )


def target(task: Task, points: Sequence[Point] = READINGS, day: date = TODAY) -> Target:
    assert task.measure is not None
    if points:
        latest = {"latest": points[-1].value, "latest_on": points[-1].on}
        task = task._replace(measure=task.measure._replace(**latest))
    campaign = make.campaign()
    return Target(
        task,
        tuple(points),
        standing(task, day, campaign, points),
        foreseen(task, day, campaign, points),
    )


def chart(task: Task, points: Sequence[Point] = READINGS, day: date = TODAY) -> Chart:
    return charts.of_target(target(task, points, day), make.state([task], day=day))


def counts(**changes: Any) -> Burnup:
    """Ten tasks, one due every tenth day, one done every eighth."""
    days = tuple(make.LAUNCH + timedelta(n) for n in range(97))
    made = Burnup(
        days=days,
        planned=tuple(min(10, n // 10) for n in range(97)),
        actual=tuple(n // 8 for n in range(58)),
        whole=10,
        outlook=Range(Decimal("8.2"), Decimal("9.5"), Decimal(10)),
        cone=((TODAY, Decimal(7), Decimal(7)), (days[-1], Decimal("8.2"), Decimal(10))),
    )
    return made._replace(**changes)


def burnup(**changes: Any) -> Chart:
    return charts.of_burnup(counts(**changes), make.state(day=TODAY), of="Kênh Dương")


@pytest.fixture(autouse=True)
def plt() -> Iterator[Any]:
    """Plotext, whose figure is one for the whole process."""
    yield plotext
    plotext.clear_figure()


def drawn(of: Chart, width: int = 80, height: int = 20, *, plain: bool = False) -> list[str]:
    charts.draw(plotext, of, width, height, plain=plain)
    plotext.theme("clear")
    return plotext.uncolorize(plotext.build()).splitlines()


# The series


def test_the_plan_is_the_expected_value_of_each_day_from_the_start_to_the_deadline() -> None:
    task = arrears(checkpoints=(Checkpoint(date(2022, 10, 31), Decimal(30)),))
    found = chart(task)
    assert (found.first, found.last) == (date(2022, 10, 17), date(2022, 12, 15))
    assert found.plan == tuple(
        Point(day, wanted)
        for n in range(60)
        if (wanted := expected(task, day := date(2022, 10, 17) + timedelta(n), make.campaign()))
        is not None
    )
    assert found.checkpoints == (Point(date(2022, 10, 31), Decimal(30)),)
    assert found.goal == Point(date(2022, 12, 15), Decimal(80))
    assert found.unit == "% nợ phải thu"


def test_a_revised_plan_makes_a_step_on_the_day_from_which_it_is_in_force() -> None:
    revised = date(2022, 11, 10)
    plans = (
        PlanRevision(make.LAUNCH, Decimal(80), None, None),
        PlanRevision(revised, Decimal(95), "HĐND điều chỉnh", "12/NQ-HĐND"),
    )
    found = chart(arrears(plans=plans))
    by_day = dict(found.plan)
    steps = {day: by_day[day] - by_day[day - timedelta(1)] for day in list(by_day)[1:]}
    assert max(steps, key=lambda day: steps[day]) == revised
    assert found.goal == Point(date(2022, 12, 15), Decimal(95))
    assert any(
        "điều chỉnh từ 80% nợ phải thu thành 95% nợ phải thu, áp dụng từ 10/11/2022" in line
        for line in charts.told(found)
    )


def test_a_revision_for_a_coming_day_is_drawn_and_told_but_judges_nothing_yet() -> None:
    coming = PlanRevision(date(2022, 12, 1), Decimal(95), "HĐND điều chỉnh", "12/NQ-HĐND")
    plans = (PlanRevision(make.LAUNCH, Decimal(80), None, None), coming)
    points = (Checkpoint(date(2022, 10, 31), Decimal(20)), Checkpoint(date(2022, 12, 8), LATE))
    whole = arrears(plans=plans, checkpoints=points)
    task = in_force(whole, TODAY)
    found, now = chart(task), chart(arrears(checkpoints=points))
    by_day, before = dict(found.plan), dict(now.plan)
    assert all(by_day[day] == before[day] for day in by_day if day < coming.from_on)
    assert by_day[coming.from_on] == expected(whole, coming.from_on, make.campaign())
    assert by_day[coming.from_on] > before[coming.from_on]
    assert found.goal == Point(date(2022, 12, 15), Decimal(95))
    assert found.coming == (coming,)
    for on, value in found.checkpoints:  # each lies on the line, fitted to the plan of its day
        assert by_day[on] == value
    assert [value for _on, value in found.checkpoints] == [Decimal(20), LATE * 95 / 80]
    lines = charts.told(found)
    assert "Kế hoạch từ 01/12/2022: 95% nợ phải thu." in lines
    assert "Kế hoạch: 80% nợ phải thu, hạn 15/12/2022." in lines
    assert "Mốc sắp tới: 08/12/2022 71,25% nợ phải thu." in lines
    assert target(task).standing == target(arrears(checkpoints=points)).standing


def test_a_checkpoint_that_no_longer_counts_is_not_drawn() -> None:
    plans = (PlanRevision(make.LAUNCH, Decimal(0), None, None),)  # no way on which it could lie
    revised = (*plans, PlanRevision(date(2022, 10, 20), Decimal(80), "bổ sung", None))
    points = (Checkpoint(date(2022, 10, 31), Decimal(0)),)
    assert chart(arrears(plans=revised, checkpoints=points)).checkpoints == ()
    early = (Checkpoint(date(2022, 10, 1), Decimal(5)),)
    assert chart(arrears(checkpoints=early)).checkpoints == ()


def test_the_readings_follow_the_opening_figure() -> None:
    found = chart(arrears(baseline=Decimal(2), baseline_on=make.LAUNCH))
    assert found.actual == (Point(make.LAUNCH, Decimal(2)), *READINGS)
    assert found.first == make.LAUNCH
    assert chart(arrears(), points=()).actual == (Point(date(2022, 10, 17), Decimal(0)),)


def test_a_forecast_leads_from_the_newest_reading_to_the_deadline() -> None:
    found = chart(arrears())
    assert found.cone[0][0] == READINGS[-1].on
    assert found.cone[-1][0] == date(2022, 12, 15)
    assert found.likely is not None
    assert found.likely.on == date(2022, 12, 15)
    assert found.cone[-1][1] <= found.likely.value <= found.cone[-1][2]
    assert chart(arrears(), points=READINGS[:2]).cone == ()


def test_without_a_baseline_that_is_required_there_is_no_plan_to_draw() -> None:
    task = arrears(baseline=None, baseline_required=True, behaviour=Behaviour.STOCK)
    found = chart(task, points=())
    assert (found.plan, found.actual) == ((), ())
    assert any("Chưa có số đầu kỳ" in line for line in charts.told(found))
    assert drawn(found)


def test_a_burnup_counts_all_days_and_draws_no_sign_for_each() -> None:
    found = burnup()
    assert (len(found.plan), len(found.actual)) == (97, 58)
    assert not found.readings
    assert found.title == "Số việc hoàn thành · Kênh Dương"


# The drawing


def test_every_series_has_a_sign_of_its_own_that_the_legend_explains() -> None:
    found = chart(arrears(checkpoints=(Checkpoint(date(2022, 10, 31), Decimal(30)),)))
    text = "\n".join(drawn(found))
    keys = charts.legend(found)
    assert [key.word for key in keys] == ["kế hoạch", "mốc", "thực tế", "dự báo", "hôm nay"]
    assert len({key.sign for key in keys}) == 5
    assert all(key.sign in text for key in keys)


def test_what_is_not_there_is_neither_drawn_nor_explained() -> None:
    found = chart(arrears(), points=READINGS[:2], day=date(2022, 10, 26))
    assert "dự báo" not in [key.word for key in charts.legend(found)]
    assert "░" not in "\n".join(drawn(found))
    after = chart(arrears(), day=date(2023, 6, 1))
    assert after.last == make.campaign().books_close
    assert "hôm nay" not in [key.word for key in charts.legend(after)]


@pytest.mark.parametrize("found", [chart(arrears()), burnup()], ids=["target", "burnup"])
def test_a_plain_drawing_is_ascii(found: Chart) -> None:
    assert "\n".join(drawn(found, plain=True)).isascii()
    assert all(key.sign.isascii() for key in charts.legend(found, plain=True))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("height", [8, 14, 20])
def test_a_drawing_has_its_size_and_ticks_that_do_not_touch(width: int, height: int) -> None:
    for found in (chart(arrears()), burnup()):
        lines = drawn(found, width, height)
        assert len(lines) == height
        assert max(map(len, lines)) <= width
        days = lines[-1].split()
        assert len(days) >= 2
        assert all(len(day) == 5 and day[2] == "/" for day in days)


def test_the_days_named_begin_with_today() -> None:
    assert "22/11" in drawn(chart(arrears()))[-1].split()


def test_a_figure_that_never_moves_can_be_drawn() -> None:
    task = arrears(plans=(PlanRevision(make.LAUNCH, Decimal(0), None, None),))
    assert drawn(chart(task, points=()))


# The words


def test_a_target_is_told_with_unit_and_denominator_in_every_figure() -> None:
    lines = charts.told(chart(arrears()))
    text = "\n".join(lines)
    assert "Thực tế: 40% nợ phải thu, số liệu ngày 15/11/2022." in lines
    assert "Kế hoạch: 80% nợ phải thu, hạn 15/12/2022." in lines
    assert "Theo kế hoạch, đến 22/11/2022 cần đạt 48,81% nợ phải thu: " in text
    assert (
        text.count("%") <= text.count("% nợ phải thu") + 2
    )  # "83,3% of the pace", and rates in points of per cent
    assert lines[-1].split()[0] == "15/11/2022"


def test_why_nothing_is_forecast_is_told() -> None:
    for points, why in ((READINGS[:2], "chưa đủ dữ liệu"), ((), "chưa đủ dữ liệu")):
        told = "\n".join(charts.told(chart(arrears(), points=points)))
        assert why in told.lower()


def test_a_stock_is_told_by_what_may_be_left() -> None:
    task = arrears(
        unit="vụ",
        behaviour=Behaviour.STOCK,
        direction="down",
        baseline=Decimal(10),
        plans=(PlanRevision(make.LAUNCH, Decimal(0), None, None),),
    )
    points = (Point(date(2022, 11, 1), Decimal(7)),)
    assert any("chỉ còn không quá" in line for line in charts.told(chart(task, points)))


def test_a_burnup_is_told_in_whole_tasks() -> None:
    lines = charts.told(burnup())
    assert "Đến cuối ngày 22/11/2022 đã hoàn thành 7/10 việc." in lines
    assert (
        "Với đà hiện nay, đến 31/12/2022 sẽ hoàn thành từ 8 đến 10 việc, nhiều khả năng là 10."
        in lines
    )
    assert lines[-1].split() == ["22/11/2022", "5", "7"]
    stalled = charts.told(burnup(outlook=Unforeseen.STALLED, cone=()))
    assert any("14 ngày" in line for line in stalled)
    assert charts.told(burnup(whole=0))[1] == "Không có việc nào được tính ở đây."


def test_on_the_last_day_nothing_is_left_to_foresee() -> None:
    last = make.campaign().end
    found = counts(actual=tuple(n // 10 for n in range(97)))
    told = charts.told(charts.of_burnup(found, make.state(day=last)))
    assert not any("Với đà hiện nay" in line for line in told)
    assert told[1] == "Đến cuối ngày 31/12/2022 đã hoàn thành 9/10 việc."
