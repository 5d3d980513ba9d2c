"""Paces, rates and forecasts of measured targets in words; every percentage names what it is of."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from db.records import Measure, Task
from tracker.i18n import N_, _, language, ngettext
from tracker.pace import Pace, Standing, has_reached
from tracker.vietnamese import format_date, format_number, format_percent
from tracker.wording.measures import figure, figure_text, number

if TYPE_CHECKING:
    from tracker.forecast import Outlook, Unforeseen

PACES: Mapping[Pace, str] = {
    Pace.BEYOND: N_("Beyond the plan"),
    Pace.REACHED: N_("Plan reached"),
    Pace.ON_PACE: N_("On pace"),
    Pace.BEHIND: N_("Behind pace"),
    Pace.AT_RISK: N_("At risk of missing"),
    Pace.NO_DATA: N_("No figures yet"),
    Pace.COMPLETED: N_("Done under plan"),
}
UNFORESEEN: Mapping[str, str] = {
    "too_few": N_("not enough data yet"),
    "stalled": N_("no progress for 14 days"),
    "reached": N_("reached"),
    "past_deadline": N_("past its deadline"),
    "no_deadline": N_("no deadline"),
    "no_baseline": N_("no opening figure yet"),
}
"""Why nothing is foreseen, by the values of `tracker.forecast.Unforeseen`."""

_SYMBOLS: Mapping[Pace, str] = {
    Pace.BEYOND: "★*",
    Pace.REACHED: "●x",
    Pace.ON_PACE: "◑~",
    Pace.BEHIND: "◔?",
    Pace.AT_RISK: "▲!",
    Pace.NO_DATA: "○.",
    Pace.COMPLETED: "◉X",
}
_TENTH, _HUNDREDTH, _FULL = Decimal("0.1"), Decimal("0.01"), Decimal(100)


def pace(value: Pace) -> str:
    """Return the word for a pace."""
    return _(PACES[value])


def pace_symbol(value: Pace, *, ascii: bool = False) -> str:
    """Return one cell that says the pace without colour."""
    return _SYMBOLS[value][ascii]


def unforeseen(value: "Unforeseen") -> str:
    """Return why nothing is foreseen."""
    return _(UNFORESEEN[value.value])


def missing(standing: Standing) -> str:
    """Return what a target lacks to be judged; "" where it lacks nothing."""
    if standing.missing == "baseline":
        return _("no opening figure yet")
    return _("no figure yet") if standing.missing == "reading" else ""


def unreached(task: Task, day: date) -> str:
    """Return what is to be known before a measured task counts as completed: that its newest figure
    has not reached the plan in force on a day; "" where it has, or the task has no figures.
    """
    if task.measure is None:
        return ""
    measure = task.measure.in_force(day)
    if measure.latest is None or measure.latest_on is None:
        text = _("{code} has no figure yet; its plan is {plan}.")
        return text.format(code=task.code, plan=figure(measure.plan, measure))
    if has_reached(measure, measure.latest):
        return ""
    return _("{code} has not reached its plan: {figure} on {day}.").format(
        code=task.code, figure=figure_text(measure), day=format_date(measure.latest_on)
    )


def ratio(value: Decimal) -> str:
    """Return how much of the gain that the plan wants by the day is there: "72,4% of the pace"."""
    return _("{share} of the pace").format(share=share(value))


def share(value: Decimal) -> str:
    """Return a ratio in per cent, cut to one decimal: what is short of the pace is never 100%."""
    cut = (value * _FULL).quantize(_TENTH, ROUND_DOWN)
    return format_percent(cut, None, lang=language())


def computed(value: Decimal, measure: Measure) -> str:
    """Return a figure that was computed, not read, with its unit: to two decimals."""
    return figure(value.quantize(_HUNDREDTH, ROUND_HALF_UP), measure)


def against(standing: Standing, measure: Measure) -> str:
    """Return the newest figure beside what the plan wants by the day, which names the denominator:
    "76,1 / needs 88% KH HĐND quận".
    """
    actual, expected = standing.actual, standing.expected
    if actual is None or expected is None:
        return figure_text(measure, actual)
    text = _("{actual} / needs {expected}")
    return text.format(actual=number(actual, measure), expected=computed(expected, measure))


def behind_title(n: int, risks: int) -> str:
    """Return the heading of the targets behind their plan, and how many of them are at risk."""
    if not risks:
        return _("TARGETS BEHIND PACE ({n})").format(n=n)
    return _("TARGETS BEHIND PACE ({n}, {risks} at risk)").format(n=n, risks=risks)


def days_ahead(days: int) -> str:
    """Return how many days a target is ahead of its plan or behind it."""
    if days == 0:
        return _("on the day")
    if days > 0:
        return ngettext("{n} day ahead", "{n} days ahead", days).format(n=days)
    return ngettext("{n} day behind", "{n} days behind", -days).format(n=-days)


def rates(standing: Standing, measure: Measure) -> str:
    """Return what is needed per day beside what is gained: "needs 0,4 points/day, gains 0,25"; what
    is not known, or no longer needed, is left out.
    """
    needed, recent = standing.needed, standing.recent
    if needed and recent is not None:
        text = _("needs {needed}, gains {recent}")
        return text.format(needed=per_day(needed, measure), recent=rate(recent))
    if needed:
        return _("needs {rate}").format(rate=per_day(needed, measure))
    return "" if recent is None else _("gains {rate}").format(rate=per_day(recent, measure))


def in_brief(standing: Standing, measure: Measure) -> tuple[str, str]:
    """Return, for a narrow place, figure and expected value as "76,1/88% KH HĐND quận", and the
    rates, in the unit beside them, as "gains 0,25, needs 0,4/day".
    """
    actual, expected = standing.actual, standing.expected
    told = figure_text(measure, actual)
    if actual is not None and expected is not None:
        told = f"{number(actual, measure)}/{computed(expected, measure)}"
    needed, recent = standing.needed, standing.recent
    if not needed or recent is None:
        return told, rates(standing, measure)
    text = _("gains {recent}, needs {needed}/day")
    return told, text.format(recent=rate(recent), needed=rate(needed))


def per_day(value: Decimal, measure: Measure) -> str:
    """Return a rate with its unit: "0,4 points/day" of per cent, else "2 cases/day"."""
    if measure.unit.startswith("%"):
        return _("{rate} points/day").format(rate=rate(value))
    return _("{rate} {unit}/day").format(rate=rate(value), unit=measure.unit)


def per_working_day(value: Decimal, measure: Measure) -> str:
    """Return a rate of working days with its unit."""
    if measure.unit.startswith("%"):
        return _("{rate} points/working day").format(rate=rate(value))
    return _("{rate} {unit}/working day").format(rate=rate(value), unit=measure.unit)


def rate(value: Decimal) -> str:
    """Return a rate to two decimals; one that is needed is never told as nothing."""
    shown = value.quantize(_HUNDREDTH, ROUND_HALF_UP)
    if not shown and value:
        shown = _HUNDREDTH.copy_sign(value)
    return format_number(shown, lang=language())


def foreseen(outlook: "Outlook", measure: Measure) -> str:
    """Return the range that is foreseen at the deadline, with its unit and its denominator:
    "91,2–95,8% KH HĐND quận".
    """
    low, high = (value.quantize(_TENTH, ROUND_HALF_UP) for value in (outlook.low, outlook.high))
    shown = figure(high, measure)
    if low != high:
        shown = f"{format_number(low, lang=language())}–{shown}"
    return shown


def forecast(outlook: "Outlook | Unforeseen", measure: Measure) -> str:
    """Return the range that is foreseen and the day, or why nothing is."""
    if isinstance(outlook, str):  # Unforeseen; its module is not loaded for its name alone
        return _("no forecast: {why}").format(why=unforeseen(outlook))
    day = format_date(outlook.on, year=False)
    return _("forecast for {day}: {range}").format(day=day, range=foreseen(outlook, measure))


def finish(outlook: "Outlook") -> str:
    """Return between which days the plan is foreseen to be reached."""
    first, last = outlook.finish_first, outlook.finish_last
    if first is None:
        return _("not within sight")
    if last is None:
        return _("{day} at the earliest").format(day=format_date(first))
    if first == last:
        return format_date(first)
    return f"{format_date(first)} – {format_date(last)}"
