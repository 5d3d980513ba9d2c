"""Targets in words: the list, worst first, and the table of the copies of one target."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from db.records import Measure
from tracker import wording
from tracker.cli.layout import Cell, Column, Paint, cells, cut, wrap
from tracker.cli.task_text import exact
from tracker.i18n import _, language, ngettext
from tracker.pace import Pace
from tracker.state import State
from tracker.targets import WORST_FIRST, Fold, Target
from tracker.vietnamese import format_percent
from tracker.wording import pacing

LEAST_TITLE = 9  # cells; a shorter piece of a title says nothing
STYLES: Mapping[Pace, str] = {
    Pace.AT_RISK: "error",
    Pace.BEHIND: "warning",
    Pace.NO_DATA: "muted",
    Pace.COMPLETED: "muted",
    Pace.REACHED: "success",
    Pace.BEYOND: "success",
}
_OVER = frozenset({Pace.BEYOND, Pace.REACHED, Pace.COMPLETED})  # days ahead say no more


def block(found: Target, state: State, width: int, paint: Paint, *, ascii: bool) -> Iterator[str]:
    """Yield the lines of one target: its pace, the figure against the plan and against what is
    expected by the day, rates and forecast.
    """
    task, standing, measure = found.task, found.standing, measure_of(found)
    head = f"{pacing.pace_symbol(standing.pace, ascii=ascii)} {task.code}"
    indent = " " * (cells(head) + 2)
    said = " · ".join(filter(None, (pacing.pace(standing.pace), *_how_far(found))))
    room = width - cells(indent) - cells(said) - 3
    title = (
        f"{state.unit_name(task.lead)}: {wording.title(task)}"
        if "." in task.code
        else wording.title(task)
    )
    told = f" · {cut(title, room)}" if room >= LEAST_TITLE else ""
    yield paint(f"{head}  {said}", STYLES.get(standing.pace, "")) + told
    yield from wrap(" · ".join(_figures(found, measure)), width, indent)
    if outlooks := " · ".join(filter(None, _outlooks(found, measure))):
        yield from wrap(outlooks, width, indent)


def measure_of(found: Target) -> Measure:
    """Return the measure of a target."""
    assert found.task.measure is not None
    return found.task.measure


def _how_far(found: Target) -> Iterator[str]:
    standing = found.standing
    if standing.ahead is not None and standing.pace not in _OVER:
        yield pacing.days_ahead(standing.ahead)


def _figures(found: Target, measure: Measure) -> Iterator[str]:
    standing = found.standing
    yield wording.figure_text(measure, standing.actual)
    if lacking := pacing.missing(standing):
        yield lacking
    if standing.expected is not None:
        text = _("by now {figure}").format(figure=pacing.computed(standing.expected, measure))
        if standing.ratio is not None:
            text += f" ({pacing.ratio(standing.ratio)})"
        yield text


def _outlooks(found: Target, measure: Measure) -> Iterator[str]:
    yield pacing.rates(found.standing, measure)
    if found.outlook is not None:
        yield pacing.forecast(found.outlook, measure)


def fold(found: Fold, state: State, width: int, *, ascii: bool) -> Iterator[str]:
    """Yield the lines of a target that several units have: how many go at which pace, and which
    goes worst.
    """
    worst = found.worst
    head = f"{pacing.pace_symbol(worst.pace, ascii=ascii)} {found.code} ×{found.size}  "
    yield head + cut(wording.title(worst.task), width - cells(head))
    text = paces(found.counts)
    if worst.ratio is not None:
        text += "; " + _("worst {unit} {ratio}").format(
            unit=state.unit_name(worst.task.lead), ratio=pacing.ratio(worst.ratio)
        )
    yield from wrap(text, width, " " * cells(head))


def paces(counts: Mapping[Pace, int]) -> str:
    """Return how many go at which pace, the worst first: "2 at risk of missing, 9 on pace"."""
    return ", ".join(
        f"{counts[pace]} {pacing.pace(pace).lower()}" for pace in WORST_FIRST if counts.get(pace)
    )


def total(found: Iterable[Pace]) -> str:
    """Return how many targets there are and how they go."""
    counts = Counter(found)
    n = counts.total()
    text = ngettext("{n} target", "{n} targets", n).format(n=n)
    return f"{text}: {paces(counts)}" if n else text


def columns() -> list[Column]:
    """Return the columns of the table of copies; a narrow one has the rates, the forecast, what is
    wanted by now and the share of the pace only where there is room.
    """
    return [
        Column(_("Code")),
        Column(_("Unit"), flexible=True),
        Column(_("Figure"), right=True),
        Column(_("By now"), right=True, drop_order=3),
        Column(_("Of the pace"), right=True, drop_order=4),
        Column(_("Pace")),
        Column(_("Rates"), drop_order=1),
        Column(_("Forecast"), drop_order=2),
    ]


def rows(found: Iterable[Target], state: State, *, ascii: bool) -> list[list[Cell]]:
    """Return the rows of the table of copies, whose heading names their unit of measure."""
    return [_row(each, state, ascii) for each in found]


def _row(found: Target, state: State, ascii: bool) -> list[Cell]:
    task, standing, measure = found.task, found.standing, measure_of(found)
    mark = pacing.pace_symbol(standing.pace, ascii=ascii)
    expected = "—" if standing.expected is None else pacing.computed(standing.expected, measure)
    lacks_start = standing.missing == "baseline"
    word = pacing.missing(standing) if lacks_start else pacing.pace(standing.pace)
    outlook = "" if found.outlook is None else pacing.forecast(found.outlook, measure)
    return [
        Cell(task.code),
        Cell(state.unit_name(task.lead)),
        Cell(wording.figure_text(measure, standing.actual)),
        Cell(expected),
        Cell("—" if standing.ratio is None else pacing.share(standing.ratio)),
        Cell(f"{mark} {word}", STYLES.get(standing.pace, "")),
        Cell(pacing.rates(standing, measure)),
        Cell(outlook),
    ]


def sheet(found: Iterable[Target], state: State) -> Iterator[Sequence[object]]:
    """Yield the rows of a spreadsheet, heads first; days as ISO text, figures exact, computed ones
    to two decimals.
    """
    yield (
        _("Code"), _("Task"), _("Lead unit"), _("Measure"), _("Unit of measure"),
        _("Opening figure"), _("Figure"), _("Figure of"), _("Plan"), _("Plan in force from"),
        _("By now"), _("Of the pace"), _("Pace"), _("Days ahead"), _("Needed per day"),
        _("Needed per working day"), _("Gained per day"), _("Forecast, low"), _("Forecast, likely"),
        _("Forecast, high"), _("Full-year estimate"), _("Deadline"),
    )  # fmt: skip
    for each in found:
        task, standing, measure, outlook = each.task, each.standing, measure_of(each), each.outlook
        ends: tuple[Decimal | None, ...] = (None, None, None)
        if outlook is not None and not isinstance(outlook, str):
            ends = (outlook.low, outlook.likely, outlook.high)
        ratio = standing.ratio and format_percent(standing.ratio * 100, lang=language())
        yield (
            task.code, wording.title(task), task.lead, measure.name, measure.unit,
            exact(measure.baseline), exact(standing.actual), standing.actual_on,
            exact(standing.plan), measure.plans[-1].from_on, _cents(standing.expected), ratio,
            pacing.pace(standing.pace), standing.ahead, _cents(standing.needed),
            _cents(standing.needed_working), _cents(standing.recent), *map(_cents, ends),
            exact(measure.estimate), task.due_on,
        )  # fmt: skip


def _cents(value: Decimal | None) -> str | None:
    return None if value is None else exact(round(value, 2))
