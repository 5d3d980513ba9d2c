"""Figures of measured tasks: a number always names its unit and its denominator."""

from decimal import Decimal

from db.records import Measure, Task
from tracker import rules
from tracker.i18n import language
from tracker.vietnamese import format_number


def figure(value: Decimal, measure: Measure) -> str:
    """Return a figure with its unit, which names the denominator: "72,6% KH HĐND quận", "2
    cuộc".
    """
    text = number(value, measure)
    if measure.unit.startswith("%"):
        return text + measure.unit
    return f"{text} {measure.unit}"


def number(value: Decimal, measure: Measure) -> str:
    """Return the bare number: per cent to one decimal where a conversion made more, else its own
    digits.
    """
    places = 1 if measure.unit.startswith("%") and value != round(value, 1) else None
    return format_number(value, places, lang=language())


def figure_text(measure: Measure) -> str:
    """Return the newest figure over the plan: "52 / 80%"; "—" without one."""
    actual = "—" if measure.latest is None else number(measure.latest, measure)
    return f"{actual} / {figure(measure.plan, measure)}"


def progress(task: Task) -> str:
    """Return the progress as a short text: "30%", or "2/3" where units are counted; "" without
    one.
    """
    measure = task.measure
    if measure is not None and not measure.unit.startswith("%") and measure.latest is not None:
        return f"{number(measure.latest, measure)}/{number(measure.plan, measure)}"
    done = rules.progress(task)
    return "" if done is None else f"{done}%"
