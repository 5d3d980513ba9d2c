"""What a chart says, in sentences and as a short table: what is read aloud, or goes into a pipe."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from db.records import Behaviour, Measure
from tracker.burnup import Burnup
from tracker.charts.model import Chart
from tracker.forecast import Outlook
from tracker.i18n import _, ngettext
from tracker.pace import Point, Standing, expected
from tracker.state import State
from tracker.targets import Target
from tracker.trends import Range
from tracker.vietnamese import format_date
from tracker.wording import measures, pacing

NEWEST = 6
"""How many readings, or weeks, the table has."""
_WEEK = timedelta(days=7)


def told(chart: Chart) -> list[str]:
    """Return a chart in words: its title, a sentence a line, then its table."""
    return [chart.title, *chart.sentences, *table(chart)]


def table(chart: Chart) -> list[str]:
    """Return the newest figures in columns, heads first; [] without figures."""
    widths = [max(map(len, column)) for column in zip(*chart.rows, strict=True)]
    return [
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in chart.rows
    ]


def of_target(target: Target, checkpoints: Sequence[Point], state: State) -> Iterator[str]:
    """Yield what is to be said of a target on a state's day; `checkpoints` lie on the way to its
    plan.
    """
    task, standing = target.task, target.standing
    measure = task.measure
    assert measure is not None
    yield _("Measured: {name}.").format(name=measure.name)
    yield from _actual(standing, measure)
    yield from _plan(measure, task.due_on)
    yield from _ahead(checkpoints, measure, state.day)
    yield from _expected(standing, measure, state.day)
    if rates := pacing.rates(standing, measure):
        yield _("Rates: {rates}.").format(rates=rates)
    if target.outlook is not None:
        yield _sentence(pacing.forecast(target.outlook, measure))
    if isinstance(target.outlook, Outlook):
        likely = pacing.computed(target.outlook.likely, measure)
        yield _("Most likely: {figure}.").format(figure=likely)
        if measure.behaviour is not Behaviour.LEVEL:  # which is never reached for good
            finish = pacing.finish(target.outlook)
            yield _("The plan would be reached: {days}.").format(days=finish)
    yield from _estimate(measure)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _actual(standing: Standing, measure: Measure) -> Iterator[str]:
    if standing.actual is not None:
        figure = measures.figure(standing.actual, measure)
        if standing.actual_on:
            text = _("Actual: {figure} on {day}.")
            yield text.format(figure=figure, day=format_date(standing.actual_on))
        else:
            yield _("Actual: {figure}.").format(figure=figure)
    if lacking := pacing.missing(standing):
        yield _sentence(lacking)


def _estimate(measure: Measure) -> Iterator[str]:
    """Tell what the unit itself expects to reach by the end of the year, which is no figure."""
    if measure.estimate is not None and measure.estimate_on is not None:
        yield _("Full-year estimate: {figure}, made on {day}.").format(
            figure=measures.figure(measure.estimate, measure),
            day=format_date(measure.estimate_on),
        )


def _plan(measure: Measure, due: date | None) -> Iterator[str]:
    plan = measures.figure(measure.plan, measure)
    if due:
        yield _("Plan: {plan} by {day}.").format(plan=plan, day=format_date(due))
    else:
        yield _("Plan: {plan}, without a deadline.").format(plan=plan)
    for n, revision in enumerate(measure.plans[1:]):
        text = _("The plan was changed from {old} to {new} from {day} on.")
        yield text.format(
            old=measures.figure(measure.plans[n].value, measure),
            new=measures.figure(revision.value, measure),
            day=format_date(revision.from_on),
        )
    yield from map(_sentence, measures.coming(measure))


def _ahead(checkpoints: Sequence[Point], measure: Measure, day: date) -> Iterator[str]:
    """Tell the checkpoints after a day; those before are history."""
    figures = [
        f"{format_date(on)} {pacing.computed(value, measure)}"
        for on, value in checkpoints
        if on > day
    ]
    if figures:
        yield _("Checkpoints ahead: {figures}.").format(figures=", ".join(figures))


def _expected(standing: Standing, measure: Measure, day: date) -> Iterator[str]:
    """Tell what the plan wants by the day, and how the actual figure compares with it."""
    if standing.expected is None:
        return
    parts = [pacing.pace(standing.pace)]
    if standing.actual is not None and standing.ratio is not None:
        parts.append(pacing.ratio(standing.ratio))
    if standing.ahead is not None:
        parts.append(pacing.days_ahead(standing.ahead))
    text = _("By the plan {figure} should be reached on {day}: {words}.")
    if measure.behaviour is Behaviour.STOCK:
        text = _("By the plan no more than {figure} should be left on {day}: {words}.")
    yield text.format(
        figure=pacing.computed(standing.expected, measure),
        day=format_date(day),
        words=", ".join(parts),
    )


def readings(target: Target, state: State) -> Iterator[tuple[str, ...]]:
    """Yield the newest readings beside what the plan wanted on their days, heads first."""
    measure = target.task.measure
    if not target.points or measure is None:
        return
    yield _("Day"), _("Actual"), _("By the plan")
    for point in target.points[-NEWEST:]:
        wanted = expected(target.task, point.on, state.campaign)
        yield (
            format_date(point.on),
            measures.figure(point.value, measure),
            "—" if wanted is None else pacing.computed(wanted, measure),
        )


def of_burnup(found: Burnup, state: State) -> Iterator[str]:
    """Yield what is to be said of the completed tasks on a state's day."""
    if not found.whole:
        yield _("No task is counted here.")
        return
    day, n = format_date(state.day), found.completed
    text = ngettext(
        "{n} of {whole} task is completed at the end of {day}.",
        "{n} of {whole} tasks are completed at the end of {day}.",
        found.whole,
    )
    yield text.format(n=n, whole=found.whole, day=day)
    text = ngettext("{n} task was due by then.", "{n} tasks were due by then.", found.due)
    yield text.format(n=found.due)
    if not isinstance(found.outlook, Range):
        why = pacing.unforeseen(found.outlook)
        yield _sentence(_("no forecast: {why}").format(why=why))
    elif state.day < state.campaign.end:  # on the last day there is nothing left to foresee
        low, likely, high = found.outlook.counted
        text = _(
            "If it goes on like this, {low} to {high} will be completed by {day}, most likely {n}."
        )
        yield text.format(low=low, high=high, day=format_date(state.campaign.end), n=likely)


def weeks(found: Burnup, state: State) -> Iterator[tuple[str, ...]]:
    """Yield the counts of the day looked at and of the same day of the weeks before, heads
    first.
    """
    known = zip(found.days, found.planned, found.actual, strict=False)  # up to the day looked at
    counts = {day: (plan, n) for day, plan, n in known}
    days = (state.day - _WEEK * n for n in reversed(range(NEWEST)))
    shown = [day for day in days if day in counts]
    if not shown:
        return
    yield _("Day"), _("Due by then"), _("Completed")
    for day in shown:
        plan, n = counts[day]
        yield format_date(day), str(plan), str(n)
