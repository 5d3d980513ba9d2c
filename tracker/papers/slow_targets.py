"""The targets behind their pace on a page: drawn, and in a table; the copies of one target are told
together, as whoever leads reads them.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tracker import rules, targets, wording
from tracker.behind import Lag
from tracker.i18n import _
from tracker.pace import Pace
from tracker.papers import page, svg
from tracker.papers.svg import Bar
from tracker.state import State
from tracker.summary import Summary
from tracker.targets import Fold
from tracker.wording import pacing

BARS = 10
"""How many are drawn at most; the table has all."""


class _Told(NamedTuple):
    """One row: a target, or of several copies the slowest, with which of them are slow."""

    lag: Lag
    fold: Fold | None


def section(found: Summary) -> str:
    """Return the section; all targets behind must have been read whole."""
    state = found.state
    title = _("Targets behind pace") + f" ({len(found.targets_behind)})"
    told = list(_told(found))
    if not told:
        return page.section(title, page.paragraph(_("none")))
    drawn = [bar for each in told if (bar := _bar(each, state))][:BARS]
    said = [f"{bar.name}: {bar.said}." for bar in drawn]
    text = _("The bar is the part of the way to the plan that is done, the mark what should be.")
    if len(drawn) < len(told):
        more = _("{n} of {all} are drawn; the table has all.")
        text += " " + more.format(n=len(drawn), all=len(told))
    drawing = page.figure(svg.bars(_("Targets behind pace"), said, drawn, "targets"), text)
    folded = _(
        "A target that several units have is one row, with the unit that goes worst; the .xlsx "
        "export has every unit."
    )
    head = (_("Code"), _("Task"), _("Unit"), _("Pace"), _("Figure"), _("Rates"))
    return page.section(
        title,
        page.paragraph(folded, "muted") if any(each.fold for each in told) else "",
        page.table(head, [_row(each, state) for each in told], stacked=True),
        drawing if drawn else "",
    )


def _told(found: Summary) -> Iterator[_Told]:
    """Yield the targets that stand alone, then those of which several copies are slow."""
    lags = {lag.task.code: lag for lag in found.lags}
    alone, folds = targets.folded(found.targets_behind)
    yield from (_Told(lags[each.task.code], None) for each in alone)
    yield from (_Told(lags[fold.worst.task.code], fold) for fold in folds)


def _bar(told: _Told, state: State) -> Bar | None:
    """Return the bar of a target, None where there is no way to measure: it lacks an opening
    figure.
    """
    task, standing = told.lag.task, told.lag.standing
    measure, expected = task.measure, standing.expected
    if measure is None or expected is None:
        return None
    done = rules.attained(measure)
    wanted = rules.attained(measure._replace(latest=expected))
    if done is None or wanted is None:
        return None
    unit = state.unit_name(task.lead)
    name = f"{task.code} {unit}"
    if told.fold:
        name = _("{code}, worst {unit}").format(code=told.fold.code, unit=unit)
    return Bar(name, done, wanted, pacing.against(standing, measure))


def _row(told: _Told, state: State) -> tuple[str, ...]:
    task, standing, fold = told.lag.task, told.lag.standing, told.fold
    assert task.measure is not None
    unit = state.unit_name(task.lead)
    figure = pacing.against(standing, task.measure)
    rates = pacing.rates(standing, task.measure)
    title = wording.title(task)
    if fold is None:
        return (task.code, title, unit, pacing.pace(standing.pace), figure, rates)
    worst = _("worst {unit}: {figure}").format(unit=unit, figure=figure)
    return (fold.code, title, _units(fold, state), _paces(fold), worst, rates)


def _units(fold: Fold, state: State) -> str:
    """Return how many of the units that have a copy are slow."""
    copies = [
        task
        for task in state.tasks.values()
        if task.code.partition(".")[0] == fold.code and task.status not in rules.EXCLUDED
    ]
    wards = all(state.units[task.lead].is_ward for task in copies)
    text = _("{n} of {all} wards") if wards else _("{n} of {all} units")
    return text.format(n=fold.size, all=len(copies))


def _paces(fold: Fold) -> str:
    return ", ".join(
        f"{n} {pacing.pace(pace).lower()}"
        for pace in (Pace.AT_RISK, Pace.BEHIND)
        if (n := fold.counts.get(pace))
    )
