"""Where a measured target stands against its plan on a day: expected value, ratio, pace, rates.

Pure: a task, a day and the campaign's calendar in, numbers out. Nothing here forecasts, scores or
words anything.

Sources. Expected value, ratio and the bounds of the paces are the campaign's own convention (tiến
độ theo đường kế hoạch): expected = baseline + (plan - baseline) x share of the way planned by the
day; ratio = gained / expected gain; 1 and more is on pace, from 0.9 behind, below at risk. The
ratio and the days ahead are what earned value management calls the schedule performance index and
earned schedule (W. Lipke, "Schedule is Different", 2003), over the one quantity of the target.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from db.records import Behaviour, Campaign, Measure, Status, Task
from tracker.calendar import working_days
from tracker.planned import ZERO, Way, baseline, way

BEHIND_FROM = Decimal("0.9")  # below this part of the expected gain a target is at risk
MOST_RATIO = Decimal(2)  # of a level that is to stay low: it has no upper end near zero
RATE_DAYS = (14, 28)  # a recent rate covers at least, and at most, so many days
STALLED_DAYS = 14  # a reading so old does not say how a figure moves now
ONE = Decimal(1)
_LEVEL, _COMPLETED = Behaviour.LEVEL, Status.COMPLETED  # made once: reaching a member is slow


class Pace(StrEnum):
    """How a target goes (nhịp độ). Beyond and reached look at the plan, the others at the day; a
    completed task that is short of its plan is no longer late.
    """

    BEYOND = "beyond"  # vượt kế hoạch
    REACHED = "reached"  # đạt kế hoạch
    ON_PACE = "on_pace"  # đúng nhịp
    BEHIND = "behind"  # chậm nhịp
    AT_RISK = "at_risk"  # nguy cơ không đạt
    NO_DATA = "no_data"  # chưa có số liệu
    COMPLETED = "completed"  # đã hoàn thành, số liệu chưa đạt kế hoạch


class Point(NamedTuple):
    """A figure on a day, in the task's own unit."""

    on: date
    value: Decimal


class Standing(NamedTuple):
    """A target on a day. Rates are per day and positive in the direction wanted.

    `ahead` is the day on which the plan equals the actual, minus the day looked at: below 0 is
    behind. `missing` is "baseline", "reading" or None.
    """

    actual: Decimal | None
    actual_on: date | None
    plan: Decimal
    expected: Decimal | None
    ratio: Decimal | None
    pace: Pace
    ahead: int | None
    needed: Decimal | None
    needed_working: Decimal | None
    recent: Decimal | None
    missing: str | None


def is_late(pace: Pace) -> bool:
    """Whether a target is behind its plan or at risk."""
    return pace is Pace.BEHIND or pace is Pace.AT_RISK


def is_missed(task: Task, pace: Pace, day: date) -> bool:
    """Whether a target is late on a day after its deadline: no risk any more, its plan is unmet."""
    return is_late(pace) and task.due_on is not None and task.due_on < day


def has_reached(measure: Measure, figure: Decimal) -> bool:
    """Whether a figure is at the plan, or better."""
    return (figure - measure.plan) * _sign(measure) >= 0


def opening(task: Task, campaign: Campaign) -> Point | None:
    """Return the opening figure as a point: on the day it was taken, else on the task's first day,
    else at the launch; None without one, and for a level, which does not start from it.
    """
    measure = task.measure
    if measure is None or measure.behaviour is _LEVEL:
        return None
    first = measure.baseline_on or task.start_on or campaign.launch
    value = baseline(measure)
    return None if value is None else Point(first, value)


def expected(task: Task, day: date, campaign: Campaign) -> Decimal | None:
    """Return the value that the plan in force on a day wants by the end of that day.

    The way leads from the baseline at the end of the first day, through the checkpoints, to the
    plan at the end of the due day; before is the baseline, after it the plan. Between two planned
    values it is spread by the measure's curve: evenly over the days, over the working days, or by
    the weights of the months, each spread over the month's days that lie in the task's time.
    Checkpoints outside that time do not count.

    The checkpoints were set for the first plan. Where a revision is in force, they keep their part
    of the way: baseline + (checkpoint - baseline) x (plan - baseline) / (first plan - baseline).

    A level is to stand at the plan on every day from its first, whatever it was before; where it
    has checkpoints, it is led through them as any other figure.

    None where no day can be judged: no first day or no due date, or no baseline although the
    measure requires one. A stock always does; else a missing baseline counts as 0.
    """
    if task.measure is None:
        return None
    planned = way(task, task.measure.in_force(day), campaign)
    return None if planned is None else planned.value(day)


def standing(task: Task, day: date, campaign: Campaign, points: Sequence[Point] = ()) -> Standing:
    """Return how a measured task stands on a day; one that is completed is never late.

    The figure is the newest one known by the day, however old. `points` are the readings in order
    of date, only for the recent rate; later ones than the day are ignored. What is still needed is
    counted from the baseline where there is no reading.
    """
    if task.measure is None:
        raise ValueError(f"{task.code} has no measure")
    measure = task.measure.in_force(day)
    actual, actual_on = _newest(measure, day, points)
    planned = way(task, measure, campaign)
    wanted = None if planned is None else planned.value(day)
    ratio = ahead = None
    if actual is not None and planned is not None and wanted is not None:
        ratio = _ratio(measure, day, actual, wanted, planned)
        if measure.behaviour is not _LEVEL:
            ahead = planned.days_from(day, actual)
    needed, needed_working = _needed(task, measure, day, campaign, actual)
    return Standing(
        actual,
        actual_on,
        measure.plan,
        wanted,
        ratio,
        _pace(task, measure, day, actual, wanted, ratio),
        ahead,
        needed,
        needed_working,
        _recent(task, measure, day, campaign, points),
        "baseline" if baseline(measure) is None else "reading" if actual is None else None,
    )


def judge(
    task: Task, day: date, actual: Decimal, wanted: Decimal | None, planned: Way | None
) -> tuple[Decimal | None, Pace]:
    """Return ratio and pace of a figure, as `standing` has them, where the way that is planned and
    what it wants by the day are known already: for many tasks with the same plan. The measure of
    `task` holds the plan in force; only its figures are not looked at.
    """
    measure, ratio = task.measure, None
    if measure is None:
        raise ValueError(f"{task.code} has no measure")
    if planned is not None and wanted is not None:
        ratio = _ratio(measure, day, actual, wanted, planned)
    return ratio, _pace(task, measure, day, actual, wanted, ratio)


def _sign(measure: Measure) -> int:
    return 1 if measure.direction == "up" else -1


def _newest(
    measure: Measure, day: date, points: Sequence[Point]
) -> tuple[Decimal | None, date | None]:
    """Return the newest figure known by a day and its date."""
    if measure.latest_on is None or measure.latest_on <= day:
        return measure.latest, measure.latest_on
    known = [point for point in points if point.on <= day]
    return (known[-1].value, known[-1].on) if known else (None, None)


def _ratio(
    measure: Measure, day: date, actual: Decimal, wanted: Decimal, planned: Way
) -> Decimal | None:
    """Return gained over expected gain, for a level actual over expected; None where nothing is
    expected yet. A level that is to stay low counts the other way round, at most `MOST_RATIO`.
    """
    if measure.behaviour is not _LEVEL:
        gain = (wanted - planned.opening) * _sign(measure)
        return (actual - planned.opening) * _sign(measure) / gain if gain > 0 else None
    if day < planned.start:
        return None
    if measure.direction == "up":
        return actual / wanted if wanted > 0 else None
    if wanted < 0:
        return None
    if actual * MOST_RATIO <= wanted:
        return ONE if wanted == actual else MOST_RATIO
    return wanted / actual


def _pace(
    task: Task,
    measure: Measure,
    day: date,
    actual: Decimal | None,
    wanted: Decimal | None,
    ratio: Decimal | None,
) -> Pace:
    """Return the word for a figure.

    Where nothing is expected yet, any figure is on pace; but where the baseline already was at the
    plan, a figure short of it is at risk from the first day on.
    """
    if actual is None:
        return Pace.NO_DATA
    beyond = (actual - measure.plan) * _sign(measure)
    if beyond >= 0:
        return Pace.BEYOND if beyond else Pace.REACHED
    if task.status is _COMPLETED:
        return Pace.COMPLETED
    if wanted is None:
        return Pace.NO_DATA
    if ratio is None:
        has_begun = task.start_on is None or task.start_on < day
        return Pace.AT_RISK if wanted == measure.plan and has_begun else Pace.ON_PACE
    if ratio >= ONE:
        return Pace.ON_PACE
    return Pace.BEHIND if ratio >= BEHIND_FROM else Pace.AT_RISK


def _needed(
    task: Task, measure: Measure, day: date, campaign: Campaign, actual: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """Return what is needed per day and per working day left, today not counted unless it is the
    due day; None after it, without a figure, for a level, and where no such day is left.
    """
    figure, due = baseline(measure) if actual is None else actual, task.due_on
    if figure is None or due is None or day > due or measure.behaviour is _LEVEL:
        return None, None
    rest = (measure.plan - figure) * _sign(measure)
    if rest <= 0:
        return ZERO, ZERO
    done = min(max(day, task.start_on or day), due - timedelta(1))
    working = _working_days(campaign, done, due)
    return rest / (due - done).days, rest / working if working else None


@lru_cache(maxsize=256)
def _working_days(campaign: Campaign, done: date, due: date) -> int:
    return working_days(campaign, done + timedelta(1), due)


def _recent(
    task: Task, measure: Measure, day: date, campaign: Campaign, points: Sequence[Point]
) -> Decimal | None:
    """Return the rate per day up to the newest reading, since the earliest figure of the 28 days
    before it; None if that is less than 14 days, or the newest reading is 14 days old.
    """
    known = [point for point in points if point.on <= day]
    if not known or measure.behaviour is _LEVEL:
        return None
    shortest, longest = RATE_DAYS
    newest = known[-1]
    opened = opening(task, campaign)
    if opened is not None and opened.on < known[0].on:
        known.insert(0, opened)
    since = next(point for point in known if (newest.on - point.on).days <= longest)
    days = (newest.on - since.on).days
    if days < shortest or (day - newest.on).days >= STALLED_DAYS:
        return None
    return (newest.value - since.value) * _sign(measure) / days
