"""What changed between two days, in words: the names of what is compared, values, counts."""

from collections.abc import Mapping
from datetime import date

from db.records import Status, Task
from tracker import rules
from tracker.comparison import Aspect, Counts
from tracker.i18n import N_, _, ngettext
from tracker.rules import State as Timeliness
from tracker.state import State
from tracker.vietnamese import format_date
from tracker.wording import labels, measures

ASPECTS: Mapping[Aspect, str] = {
    Aspect.STATE: N_("State"),
    Aspect.CLAIMED: N_("Finished on"),
    Aspect.COMPLETED: N_("Confirmed on"),
    Aspect.DUE: N_("Deadline"),
    Aspect.READING: N_("Figure"),
    Aspect.PLAN: N_("Plan"),
    Aspect.BASELINE: N_("Opening figure"),
    Aspect.ESTIMATE: N_("Full-year estimate"),
    Aspect.PROGRESS: N_("Progress"),
    Aspect.OWNER: N_("Officer in charge"),
    Aspect.LEAD: N_("Lead unit"),
    Aspect.OBSTACLE: N_("Obstacle"),
}
NOTHING = "—"
_UNDER_WAY = (Status.NOT_STARTED, Status.IN_PROGRESS)
_TIMELY = (Timeliness.OVERDUE, Timeliness.DUE_SOON)


def aspect(value: Aspect) -> str:
    """Return the name of what is compared."""
    return _(ASPECTS[value])


def told(task: Task, state: State, value: Aspect) -> str:
    """Return what stood in a task on a state's day; a figure names its unit and denominator."""
    match value:
        case Aspect.STATE:
            return _state(task, state)
        case Aspect.CLAIMED:
            return _day(task.claimed_on)
        case Aspect.COMPLETED:
            return _day(task.completed_on)
        case Aspect.DUE:
            return _day(task.due_on)
        case Aspect.PROGRESS:
            done = rules.progress(task)
            return NOTHING if done is None else f"{done}%"
        case Aspect.OWNER:
            owner = state.officers.get(task.owner or "")
            return owner.name if owner else task.owner or NOTHING
        case Aspect.LEAD:
            return state.unit_name(task.lead)
        case Aspect.OBSTACLE:
            return " ".join((rules.obstacle(task) or "").split()) or NOTHING
    return _figure(task, value)


def counts(found: Counts) -> list[str]:
    """Return how many tasks changed and in which ways; ways that none changed in are left out."""
    ways = (
        (found.completed, ngettext("{n} completed", "{n} completed", found.completed)),
        (found.reopened, ngettext("{n} reopened", "{n} reopened", found.reopened)),
        (found.overdue, ngettext("{n} newly overdue", "{n} newly overdue", found.overdue)),
        (found.moved, ngettext("{n} deadline moved", "{n} deadlines moved", found.moved)),
        (found.readings, ngettext("{n} new figure", "{n} new figures", found.readings)),
        (found.added, ngettext("{n} task added", "{n} tasks added", found.added)),
        (
            found.withdrawn,
            ngettext("{n} task left the totals", "{n} tasks left the totals", found.withdrawn),
        ),
    )
    return [text.format(n=n) for n, text in ways if n]


def _state(task: Task, state: State) -> str:
    """Return status and lateness; a task under way that is late says both."""
    late = rules.lateness(task, state.day, state.campaign.due_soon_days)
    text = labels.state(task, late)
    if task.status in _UNDER_WAY and late.state in _TIMELY:
        return f"{labels.status(task.status)} · {text}"
    return text


def _day(on: date | None) -> str:
    return format_date(on) if on else NOTHING


def _figure(task: Task, value: Aspect) -> str:
    measure = task.measure
    if measure is None:
        return NOTHING
    figure, on = {
        Aspect.READING: (measure.latest, measure.latest_on),
        Aspect.PLAN: (measure.plan, None),
        Aspect.BASELINE: (measure.baseline, measure.baseline_on),
        Aspect.ESTIMATE: (measure.estimate, measure.estimate_on),
    }[value]
    if figure is None:
        return NOTHING
    text = measures.figure(figure, measure)
    return f"{text} ({format_date(on, year=False)})" if on else text
