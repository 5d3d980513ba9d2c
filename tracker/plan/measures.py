"""Whether the measures of a plan make sense: which way a figure goes, from where to where, by when,
along which curve.

Tasks on one indicator must agree, because one reading serves them all.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker.plan.shapes import Row
from tracker.plan.sheet import Measured

HUNDRED = Decimal(100)
_INDICATOR = r"[a-z0-9]+(-[a-z0-9]+)*"
_DIRECTIONS = {"cumulative": "up", "stock": "down"}  # a level may go either way


def check_measure(task: Row, measured: Measured) -> None:
    """Note what is wrong with one measure: identity, direction, opening figure, checkpoints."""
    row = measured.row
    if (name := row.get("indicator")) and not re.fullmatch(_INDICATOR, name):
        row.wrong("indicator", "bad-code", value=name, example="thu-nqd")
    if denominator(row) <= 0:
        row.wrong("denominator", "not-positive", value=denominator(row))
    wanted = _DIRECTIONS.get(row.get("behaviour"))
    if wanted and row.get("direction") not in (None, wanted):
        row.wrong("direction", "direction", behaviour=row.get("behaviour"), expected=wanted)
    most = row.get("maximum")
    for key in ("baseline", "plan"):
        if (value := row.get(key)) is not None and value < 0:
            row.wrong(key, "negative", value=value)
        if None not in (value, most) and value > most:
            row.wrong(key, "above-maximum", value=value, limit=most)
    _check_baseline(task, row)
    _check_checkpoints(task, measured)
    _check_curve(task, measured)


def check_shared(rows: Sequence[tuple[Row, Row]]) -> None:
    """Note where tasks on one indicator disagree; takes tasks with their measures."""
    firsts: dict[str, Row] = {}
    for task, row in rows:
        indicator = row.get("indicator")
        if indicator is None:
            continue
        if task.get("scope") == "phuong":
            row.wrong("indicator", "shared-by-wards")
        elif first := firsts.get(indicator):
            _check_agreement(first, row)
        else:
            firsts[indicator] = row


def denominator(row: Row) -> Decimal:
    """Return what a measure's figure is a percentage of, in the indicator's own scale."""
    held = row.get("denominator")
    return HUNDRED if held is None else Decimal(held)


def _check_baseline(task: Row, row: Row) -> None:
    baseline, plan = row.get("baseline"), row.get("plan")
    unread = row.has_problem("baseline") or row.has_problem("baseline_required")
    if not unread and (baseline is not None) == bool(row.get("baseline_required")):
        row.wrong("baseline", "baseline")
    if (dated := row.get("baseline_date")) is not None:
        if baseline is None:
            row.wrong("baseline_date", "baseline-date")
        elif (start := task.get("start")) and dated > start:
            row.wrong("baseline_date", "after", value=dated, other="start", limit=start)
    if baseline is not None and plan is not None and row.get("behaviour") != "level":
        ahead = plan - baseline if row.get("direction") == "up" else baseline - plan
        if ahead <= 0:
            row.wrong("plan", "way", plan=plan, baseline=baseline)


def _check_checkpoints(task: Row, measured: Measured) -> None:
    start, due = task.get("start"), task.get("due")
    row = measured.row
    low, high = row.get("baseline"), row.get("plan")
    monotone = row.get("behaviour") != "level"
    before = None
    for point in measured.checkpoints:
        on, value = point.get("date"), point.get("value")
        if on and start and due and not start <= on <= due:
            point.wrong("date", "outside", value=on, first=start, last=due)
        elif on and before and on <= before:
            point.wrong("date", "not-after", value=on, limit=before)
        before = on or before
        if monotone and None not in (value, low, high):
            if not min(low, high) <= value <= max(low, high):
                point.wrong("value", "off-way", value=value, first=low, last=high)
            else:
                low = value


def _check_curve(task: Row, measured: Measured) -> None:
    """Note a curve that has no way to follow, and weights that do not name each month of the task
    once with a number above 0.
    """
    row, curve = measured.row, measured.row.get("curve")
    is_flat = row.get("behaviour") == "level" and not measured.checkpoints
    if curve in ("working_days", "months") and is_flat and not row.has_problem("checkpoints"):
        row.wrong("curve", "curve-of-level")
    if measured.months is None:
        if curve == "months" and not row.has_problem("month_weights"):
            row.wrong("month_weights", "missing")
        return
    if curve != "months" and not row.has_problem("curve"):
        row.wrong("month_weights", "weights-of-curve")
    _check_months(task, measured.months)


def _check_months(task: Row, weights: Row) -> None:
    for month, weight in weights.values.items():
        if weight <= 0:
            weights.wrong(month, "not-positive", value=weight)
    start, due = task.get("start"), task.get("due")
    if not start or not due or due < start:
        return
    running = [str(month) for month in months_between(start, due)]
    for month in weights.values:
        if month not in running:
            weights.wrong(month, "month-outside", first=start, last=due)
    for month in running:
        if month not in weights.values and not weights.has_problem(month):
            weights.wrong(month, "month-missing")


def months_between(first: date, last: date) -> list[int]:
    """Return the numbers of the months that days from `first` to `last` lie in, each once."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return list(dict.fromkeys((first.month - 1 + n) % 12 + 1 for n in range(count)))


def _check_agreement(first: Row, row: Row) -> None:
    indicator = row.get("indicator")
    for key in ("behaviour", "direction"):
        if None not in (first.get(key), row.get(key)) and first.get(key) != row.get(key):
            row.wrong(key, "shared-unlike", other=first.code, value=indicator)
    mine, other = row.get("baseline"), first.get("baseline")
    if mine is None or other is None:
        return
    apart = abs(mine * denominator(row) - other * denominator(first))
    if apart > _rounding(mine) * denominator(row) + _rounding(other) * denominator(first):
        row.wrong(
            "denominator",
            "denominators",
            value=mine * denominator(row),
            other_value=other * denominator(first),
            other=first.code,
        )


def _rounding(figure: Decimal) -> Decimal:
    """Return half a unit of the last decimal that is written: how far the true figure may be."""
    exponent = figure.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(min(exponent, 0) - 1)
