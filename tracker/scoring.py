"""Scores of units (điểm thi đua): what each task earns and why, their sum, bonus and penalty. Pure.

A proposal, every number of which is the plan's `[scoring]` (`tracker.scoring_rules`).

    S = max_points x sum(weight x factor) / sum(weight)          over the tasks that are counted
    final = S + min(bonus, bonus_cap) - min(penalty, penalty_cap)  in 0 .. max_points + bonus_cap

Counted is a task that is completed, or past its deadline, or a measure from the day after its first
day on; never one that is not applicable or withdrawn. The factor:

    completed on time, or without a deadline      1
    completed late                                late_factor, but a measure by its figures
    open and past the deadline                    0, but a measure by its figures
    measure, cumulative or stock                  (actual - opening) / (expected - opening)
    measure, level                                actual / plan; plan / actual where it is to be low
    measure without a reading or opening figure   0, and marked; late_factor once completed late

A measured factor lies in 0 .. measure_cap. Where nothing is expected yet, it is whole if the figure
is no worse than the opening one. Expected values are those of `tracker.pace`, past the deadline the
plan, whether the task is still open or was completed late: to report a completion takes nothing.

Official is what is confirmed: a task that awaits confirmation counts as open. Provisional is what
it will be if all of them are confirmed as claimed; no claim earns less than the open task, so it is
never below the official figure. Sums are exact; only the final figures are rounded.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from db.records import Behaviour, Bonus, Campaign, Measure, Status, Task
from tracker.pace import expected
from tracker.planned import baseline
from tracker.rules import EXCLUDED, lateness
from tracker.scoring_rules import Rules

ZERO, ONE = Decimal(0), Decimal(1)
# Made once: reaching a member of an enum takes longer than most of a judgement.
_COMPLETED, _AWAITING, _LEVEL = Status.COMPLETED, Status.AWAITING, Behaviour.LEVEL


class Reason(StrEnum):
    """Why a task has its factor."""

    ON_TIME = "on_time"
    NO_DEADLINE = "completed_no_due"
    LATE = "late"
    OVERDUE = "overdue"
    UNCONFIRMED = "unconfirmed"  # past due and awaiting confirmation: nothing official yet
    FIGURE = "figure"
    LATE_FIGURE = "late_figure"  # completed late, and a measure
    NO_READING = "no_reading"
    NO_BASELINE = "no_baseline"
    # not counted:
    NOT_DUE = "not_due"
    NOT_BEGUN = "not_begun"
    NO_DATES = "no_dates"
    EXCLUDED = "excluded"


BY_FIGURES = frozenset({Reason.FIGURE, Reason.LATE_FIGURE})
MISSING = frozenset({Reason.NO_READING, Reason.NO_BASELINE})


class Entry(NamedTuple):
    """One line of the working. `factor` is None where the task is not counted.

    `days` is how late by `rules.lateness`. Of a measure that is counted: `actual`, what that is
    held against (the plan, once completed) and the opening figure (None of a level), also where the
    factor does not come from them.
    """

    task: Task
    weight: Decimal
    factor: Decimal | None
    reason: Reason
    days: int = 0
    actual: Decimal | None = None
    wanted: Decimal | None = None
    opening: Decimal | None = None

    @property
    def earned(self) -> Decimal | None:
        """Weight x factor, exact."""
        return None if self.factor is None else self.weight * self.factor


class Score(NamedTuple):
    """A unit's points on a day. `claims` are the tasks that await confirmation, as if they had it.

    `bonus` and `penalty` are capped, and not below 0. The figures are None where nothing counts.
    """

    unit: str
    rules: Rules
    working: tuple[Entry, ...]
    claims: tuple[Entry, ...]
    bonuses: tuple[Bonus, ...]
    bonus: Decimal
    penalty: Decimal
    official: Decimal | None
    provisional: Decimal | None

    @property
    def counted(self) -> int:
        """How many tasks are counted officially."""
        return sum(entry.factor is not None for entry in self.working)

    @property
    def claimed(self) -> tuple[Entry, ...]:
        """The working of the provisional figure."""
        claims = {entry.task.code: entry for entry in self.claims}
        return tuple(claims.get(entry.task.code, entry) for entry in self.working)

    @property
    def is_blank(self) -> bool:
        """Whether the official figure says nothing: of what is counted nothing is completed or past
        its deadline, and no measure has figures that can be held against its plan.
        """
        return not any(
            entry.days or entry.reason not in MISSING
            for entry in self.working
            if entry.factor is not None
        )


class Judge:
    """Judges tasks on one day. What the plan expects of tasks with the same plan is worked out
    once.
    """

    def __init__(self, day: date, campaign: Campaign, rules: Rules) -> None:
        self.day, self.campaign, self.rules = day, campaign, rules
        self._expected: dict[object, Decimal | None] = {}

    def entry(self, task: Task) -> Entry:
        """Return what a task earns officially."""
        status, due, weight = task.status, task.due_on, task.weight
        if status is _COMPLETED:
            return self.claim(task)
        if status in EXCLUDED:
            return Entry(task, weight, None, Reason.EXCLUDED)
        is_past = due is not None and self.day > due
        days = lateness(task, self.day).days_overdue if is_past else 0
        if task.measure is not None:
            return self._measured(task, task.measure, days, is_past=is_past)
        if is_past:
            reason = Reason.UNCONFIRMED if status is _AWAITING else Reason.OVERDUE
            return Entry(task, weight, ZERO, reason, days)
        return Entry(task, weight, None, Reason.NO_DATES if due is None else Reason.NOT_DUE)

    def claim(self, task: Task) -> Entry:
        """Return what a task earns that is completed, or would be if it were confirmed as
        claimed.
        """
        due, finished, measure = task.due_on, task.claimed_on or task.completed_on, task.measure
        days = max((finished - due).days, 0) if due and finished else 0
        if days and measure is not None:
            found = self._measured(task, measure, days, is_past=True)
            if found.reason is Reason.FIGURE:
                return found._replace(reason=Reason.LATE_FIGURE)
        if days:
            factor, reason = self.rules.late_factor, Reason.LATE
        else:
            factor, reason = ONE, Reason.ON_TIME if due else Reason.NO_DEADLINE
        if measure is None:
            return Entry(task, task.weight, factor, reason, days)
        held = measure.latest, measure.plan, _opening(measure)
        return Entry(task, task.weight, factor, reason, days, *held)

    def _measured(self, task: Task, measure: Measure, days: int, *, is_past: bool) -> Entry:
        weight, actual, opening = task.weight, measure.latest, _opening(measure)
        if not is_past and self.day <= (task.start_on or self.campaign.start):
            return Entry(task, weight, None, Reason.NOT_BEGUN)
        is_level = measure.behaviour is _LEVEL
        if opening is None and not is_level:
            return Entry(task, weight, ZERO, Reason.NO_BASELINE, days, actual)
        wanted = measure.plan if is_level or is_past else self._wanted(task, measure)
        if wanted is None:
            return Entry(task, weight, None, Reason.NO_DATES)
        if actual is None:
            return Entry(task, weight, ZERO, Reason.NO_READING, days, None, wanted, opening)
        factor = measured_factor(measure.direction, actual, wanted, opening, self.rules)
        return Entry(task, weight, factor, Reason.FIGURE, days, actual, wanted, opening)

    def _wanted(self, task: Task, measure: Measure) -> Decimal | None:
        key = (
            task.start_on, task.due_on, measure.baseline, measure.baseline_required, measure.plans,
            measure.checkpoints, measure.behaviour, measure.curve, measure.month_weights,
        )  # fmt: skip
        try:
            return self._expected[key]
        except KeyError:
            found = self._expected[key] = expected(task, self.day, self.campaign)
            return found


def _opening(measure: Measure) -> Decimal | None:
    return None if measure.behaviour is _LEVEL else baseline(measure)


def measured_factor(
    direction: str, actual: Decimal, wanted: Decimal, opening: Decimal | None, rules: Rules
) -> Decimal:
    """Return the factor of a figure in 0 .. `measure_cap`; `opening` is None of a level."""
    gain, gained = (wanted - opening, actual - opening) if opening else (wanted, actual)
    if direction == "down":
        if opening is None:
            gain, gained = (actual, wanted) if actual > wanted else (ONE, ONE)
        else:
            gain, gained = -gain, -gained
    if gained < 0:
        return ZERO
    part, cap = gained / gain if gain > 0 else ONE, rules.measure_cap
    return part if part < cap else cap


def score(unit: str, tasks: Iterable[Task], bonuses: Iterable[Bonus], judge: Judge) -> Score:
    """Return the score of a unit by the tasks that it leads and the points given to it."""
    working = tuple(map(judge.entry, tasks))
    waiting = [entry for entry in working if entry.task.status is _AWAITING]
    claims = tuple(judge.claim(entry.task) for entry in waiting)
    given, rules = tuple(bonuses), judge.rules
    bonus = sum((each.points for each in given if each.points > 0), ZERO)
    penalty = -sum((each.points for each in given if each.points < 0), ZERO)
    capped = min(bonus, rules.bonus_cap), min(penalty, rules.penalty_cap)
    unscored = Score(unit, rules, working, claims, given, *capped, None, None)
    confirmed, less, more = sums(working), sums(waiting), sums(claims)
    claimed = Sums(*(a - b + c for a, b, c in zip(confirmed, less, more, strict=True)))
    return unscored._replace(
        official=_figure(unscored, confirmed), provisional=_figure(unscored, claimed)
    )


class Sums(NamedTuple):
    """What the counted tasks of a working weigh and earn."""

    weight: Decimal
    earned: Decimal


def sums(working: Iterable[Entry]) -> Sums:
    """Add up the counted tasks."""
    weight = earned = ZERO
    for entry in working:
        if entry.factor is not None:
            weight += entry.weight
            earned += entry.weight * entry.factor
    return Sums(weight, earned)


def bare(rules: Rules, total: Sums) -> Decimal | None:
    """Return the points of such sums before bonus, penalty and rounding; None where nothing
    counts.
    """
    return rules.max_points * total.earned / total.weight if total.weight else None


def exact(score: Score, total: Sums) -> Decimal | None:
    """Return the final points of such sums before they are rounded; None where nothing counts."""
    points = bare(score.rules, total)
    return None if points is None else final(score, points)


def final(score: Score, points: Decimal) -> Decimal:
    """Return points for tasks with bonus and penalty, within the bounds of what can be had."""
    rules = score.rules
    with_given = points + score.bonus - score.penalty
    return min(max(with_given, ZERO), rules.max_points + rules.bonus_cap)


def _figure(score: Score, total: Sums) -> Decimal | None:
    points = exact(score, total)
    return None if points is None else score.rules.rounded(points)


def figure(score: Score, working: Iterable[Entry]) -> Decimal | None:
    """Return the final points of a working as they are published; None where nothing counts."""
    return _figure(score, sums(working))
