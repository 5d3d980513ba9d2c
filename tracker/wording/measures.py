"""Figures of measured tasks: a number always names its unit and its denominator."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from db import readings
from db.records import Behaviour, Measure, Task
from tracker import rules
from tracker.i18n import _, language
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


def recorded(document: Mapping[str, object], task: Task) -> str:
    """Return the figure in a reading's own document, as the log keeps it, as a figure of `task`,
    which is measured.
    """
    assert task.measure is not None
    value, typed_for, entered = (str(document[key]) for key in ("value", "task", "entered"))
    own = readings.figure_for(task.code, task.measure.denominator, value, typed_for, entered)
    return figure(own, task.measure, exact=typed_for == task.code)


def figure_text(measure: Measure, value: Decimal | None = None, *, exact: bool = False) -> str:
    """Return a figure, the newest if none is given, over the plan: "52 / 80%"; "—" without one.

    A stock is told by what is left of it: "2 cases left (target 0)".
    """
    value = measure.latest if value is None else value
    if measure.behaviour is Behaviour.STOCK and value is not None:
        left = figure(value, measure, exact=exact)
        text = _("{figure} left (target {target})")
        return text.format(figure=left, target=number(measure.plan, measure))
    actual = "—" if value is None else number(value, measure, exact=exact)
    return f"{actual} / {figure(measure.plan, measure)}"


def progress(task: Task) -> str:
    """Return the progress as a short text: "30%", "2/3" where units are counted, "2 left" of a
    stock; "" without one.
    """
    measure = task.measure
    if measure is not None and not measure.unit.startswith("%") and measure.latest is not None:
        if measure.behaviour is Behaviour.STOCK:
            return _("{n} left").format(n=number(measure.latest, measure))
        return f"{number(measure.latest, measure)}/{number(measure.plan, measure)}"
    done = rules.progress(task)
    return "" if done is None else f"{done}%"
