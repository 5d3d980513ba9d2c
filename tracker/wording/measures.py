"""Figures of measured tasks: a number always names its unit and its denominator."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from db import readings
from db.records import Behaviour, Measure, Task
from tracker import rules
from tracker.i18n import _, language
from tracker.vietnamese import format_date, format_number

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


def coming(measure: Measure) -> Iterator[str]:
    """Yield what was laid down as the plan for days to come."""
    for plan in measure.coming:
        text = _("plan from {day} on: {figure}")
        yield text.format(day=format_date(plan.from_on), figure=figure(plan.value, measure))


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


def progress_named(task: Task) -> str:
    """Return the progress where no heading says what it is: "progress 30%", "2/3"."""
    said = progress(task)
    return share_done(said) if said.endswith("%") else said


def share_done(share: str) -> str:
    """Return how much of a task is done, in words: a bare "37%" would be a figure of unknown
    denominator.
    """
    return _("progress {share}").format(share=share)
