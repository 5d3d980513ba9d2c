"""From a target or a burn-up to the series of its chart."""

from decimal import Decimal

from db.records import Campaign
from tracker import wording
from tracker.burnup import Burnup
from tracker.charts import telling
from tracker.charts.course import course
from tracker.charts.model import Chart
from tracker.forecast import Outlook
from tracker.i18n import _
from tracker.pace import Point, opening
from tracker.state import State
from tracker.targets import Target
from tracker.trends import Range


def of_target(target: Target, state: State) -> Chart:
    """Return the chart of a measured task: its plan, its readings and, where `target` has one, the
    forecast, from the opening figure to the deadline.
    """
    task, campaign, outlook = target.task, state.campaign, target.outlook
    assert task.measure is not None
    actual = _actual(target, campaign)
    begun = task.start_on or campaign.start
    first = min(begun, actual[0].on) if actual else begun
    due = task.due_on or campaign.end
    last = max(due, min(state.day, campaign.books_close), *(point.on for point in actual))
    planned = course(task, first, state.day, campaign)
    return Chart(
        title=f"{task.code} · {wording.title(task)}",
        unit=task.measure.unit,
        first=first,
        last=last,
        today=state.day,
        plan=planned.line,
        checkpoints=planned.checkpoints,
        goal=planned.goal,
        actual=actual,
        readings=True,
        cone=outlook.cone if isinstance(outlook, Outlook) else (),
        likely=Point(outlook.on, outlook.likely) if isinstance(outlook, Outlook) else None,
        coming=task.measure.coming,
        sentences=tuple(telling.of_target(target, planned.checkpoints, state)),
        rows=tuple(telling.readings(target, state)),
    )


def of_burnup(found: Burnup, state: State, *, of: str = "") -> Chart:
    """Return the chart of completed tasks; `of` names the workstream or unit that is counted."""
    outlook = found.outlook
    planned, actual = (
        tuple(Point(day, Decimal(n)) for day, n in zip(found.days, counts, strict=False))
        for counts in (found.planned, found.actual)
    )
    title = _("Completed tasks · {of}").format(of=of or state.campaign.short_name)
    return Chart(
        title=title,
        unit=_("tasks"),
        first=found.days[0],
        last=found.days[-1],
        today=state.day,
        plan=planned,
        checkpoints=(),
        goal=None,
        actual=actual,
        readings=False,
        cone=found.cone,
        likely=Point(state.campaign.end, outlook.likely) if isinstance(outlook, Range) else None,
        coming=(),
        sentences=tuple(telling.of_burnup(found, state)),
        rows=tuple(telling.weeks(found, state)),
    )


def _actual(target: Target, campaign: Campaign) -> tuple[Point, ...]:
    """Return the readings, behind the opening figure where that is older."""
    opened = opening(target.task, campaign)
    if opened is None or (target.points and target.points[0].on <= opened.on):
        return target.points
    return (opened, *target.points)
