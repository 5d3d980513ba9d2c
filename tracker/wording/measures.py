"""Figures of measured tasks: a number always names its unit and its denominator."""

from decimal import ROUND_HALF_UP, Decimal

from db.records import Measure, Task
from tracker import rules
from tracker.i18n import language
from tracker.vietnamese import format_number

_HUNDREDTH = Decimal("0.01")


def figure(value: Decimal, measure: Measure, *, exact: bool = False) -> str:
    """Return a figure with its unit, which names the denominator: "72,6% KH HĐND quận", "2
    cuộc".
    """
    text = number(value, measure, exact=exact)
    if measure.unit.startswith("%"):
        return text + measure.unit
    return f"{text} {measure.unit}"


def number(value: Decimal, measure: Measure, *, exact: bool = False) -> str:
    """Return the bare number, without trailing zeros: per cent to two decimals, since a conversion
    makes more, else, or if it has to be `exact`, its own digits.
    """
    if measure.unit.startswith("%") and not exact:
        value = value.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return format_number(value, lang=language())


def figure_text(measure: Measure, value: Decimal | None = None, *, exact: bool = False) -> str:
    """Return a figure, the newest if none is given, over the plan: "52 / 80%"; "—" without one."""
    value = measure.latest if value is None else value
    actual = "—" if value is None else number(value, measure, exact=exact)
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
