"""How the board says in few cells, or in a few sentences, where a target stands. Pure.

The words for paces, rates and forecasts are those of `tracker.wording.pacing`.
"""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from db.records import Behaviour, Measure, Task
from tracker import wording
from tracker.i18n import N_, _, language
from tracker.pace import Pace, Standing
from tracker.state import State
from tracker.targets import Target
from tracker.tui.commands import key_of
from tracker.vietnamese import format_date, format_number
from tracker.wording import measures, pacing

_BRIEF: Mapping[Pace, str] = {
    Pace.BEYOND: N_("Beyond"),
    Pace.REACHED: N_("Reached"),
    Pace.ON_PACE: N_("On pace"),
    Pace.BEHIND: N_("Behind"),
    Pace.AT_RISK: N_("At risk"),
    Pace.NO_DATA: N_("No figure"),
    Pace.COMPLETED: N_("Done"),
}
_NONE_FORESEEN: Mapping[str, str] = {
    "too_few": N_("few figures"),
    "stalled": N_("standing still"),
    "reached": N_("reached"),
    "past_deadline": N_("past due"),
    "no_deadline": N_("no deadline"),
    "no_baseline": N_("not opened"),
}
"""Why nothing is foreseen, where the whole sentence does not fit."""
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


class Outcome(NamedTuple):
    """What is foreseen at the deadline, or why nothing is; `short` for narrow columns."""

    text: str
    short: str = ""
    is_range: bool = False


def pace(value: Pace) -> str:
    """Return the pace with its symbol."""
    return f"{pacing.pace_symbol(value)} {pacing.pace(value)}"


def pace_in_brief(value: Pace) -> str:
    """Return the pace with its symbol, in 12 cells."""
    return f"{pacing.pace_symbol(value)} {_(_BRIEF[value])}"


def counted(pace: Pace, n: int) -> str:
    """Return how many go at a pace, in few cells: "▲ 6 at risk"."""
    return f"{pacing.pace_symbol(pace)} {n} {_(_BRIEF[pace]).lower()}"


def denominator(task: Task) -> str:
    """Return what the percentages of a target are of; "" where its unit does not say."""
    unit = task.measure.unit if task.measure else ""
    return unit.removeprefix("%").strip() if unit.startswith("%") else ""


def figure_in_brief(measure: Measure) -> str:
    """Return the figure over the plan without what a percentage is of, which is to stand beside."""
    if measure.behaviour is Behaviour.STOCK and measure.latest is not None:
        return _("{n} left").format(n=measures.figure(measure.latest, measure))
    return measures.figure_text(measure._replace(unit=measure.unit.partition(" ")[0]))


def number(value: Decimal | None, places: Decimal = _HUNDREDTH) -> str:
    """Return a computed figure without its unit; nothing for none."""
    if value is None:
        return ""
    return format_number(value.quantize(places, ROUND_HALF_UP), lang=language())


def rates(standing: Standing) -> str:
    """Return "0,61 / 0,22": what is needed a day, and what was gained of late."""
    if not standing.needed:
        return ""
    recent = "–" if standing.recent is None else pacing.rate(standing.recent)
    return f"{pacing.rate(standing.needed)} / {recent}"


def outcome(target: Target) -> Outcome:
    """Return what is foreseen at the deadline, without its unit; nothing before it was asked."""
    found = target.outlook
    if found is None:
        return Outcome("")
    if isinstance(found, str):
        return Outcome(pacing.unforeseen(found), _(_NONE_FORESEEN[found.value]))
    low, high = number(found.low, _TENTH), number(found.high, _TENTH)
    return Outcome(low if low == high else f"{low}–{high}", is_range=True)


def why_no_chart(target: Target) -> str:
    """Say why a target has no chart; "" where there is something to draw."""
    if target.standing.missing != "baseline" or target.points:
        return ""
    text = _("No chart yet: the opening figure is missing. Enter it with {key}.")
    return text.format(key=key_of("record"))


def sentences(target: Target, state: State) -> Iterator[str]:
    """Yield in few lines what the plan wanted by now, plans to come, the rates, the forecast, the
    estimate; or what is missing.
    """
    standing, measure = target.standing, target.task.measure
    assert measure is not None
    if lacking := pacing.missing(standing):
        yield _begun(lacking)
    if standing.expected is not None:
        text = _("Wanted by {day}: {figure}").format(
            day=format_date(state.day, year=False),
            figure=pacing.computed(standing.expected, measure),
        )
        if standing.ahead is not None:
            text += f" · {pacing.days_ahead(standing.ahead)}"
        yield text
    yield from map(_begun, measures.coming(measure))
    if said := pacing.rates(standing, measure):
        yield _begun(said)
    if target.outlook is not None:
        yield _begun(pacing.forecast(target.outlook, measure))
    yield from _estimate(measure)


def besides(target: Target) -> Iterator[str]:
    """Yield what the sentences of a chart leave out: the rate of working days."""
    standing, measure = target.standing, target.task.measure
    assert measure is not None
    if standing.needed and standing.needed_working:
        rate = pacing.per_working_day(standing.needed_working, measure)
        yield _("Needed by working days: {rate}.").format(rate=rate)


def _estimate(measure: Measure) -> Iterator[str]:
    if measure.estimate is not None and measure.estimate_on is not None:
        yield _("Full-year estimate {figure} ({day})").format(
            figure=wording.figure(measure.estimate, measure),
            day=format_date(measure.estimate_on),
        )


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]
