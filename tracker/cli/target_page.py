"""Everything about one target in words: where it stands, its plans, its readings."""

from collections.abc import Iterator, Sequence

from db import readings
from db.records import Behaviour, Measure, Task
from tracker import wording
from tracker.cli import target_text
from tracker.cli.layout import Paint, hanging, wrap
from tracker.cli.marks import deadline
from tracker.cli.task_text import estimate, field, opening
from tracker.i18n import _, language, ngettext
from tracker.pace import Standing
from tracker.planned import checkpoints
from tracker.state import State
from tracker.target_history import Entered, History, LaidDown
from tracker.targets import Target
from tracker.vietnamese import format_date, format_number
from tracker.wording import pacing


def page(
    found: Target,
    sisters: Sequence[Target],
    told: History,
    state: State,
    width: int,
    paint: Paint,
    *,
    ascii: bool,
) -> list[str]:
    """Return all lines of one target; `sisters` measure the same money over other plans."""
    task, standing = found.task, found.standing
    measure = target_text.measure_of(found)
    mark = pacing.pace_symbol(standing.pace, ascii=ascii)
    parts = [
        pacing.pace(standing.pace),
        "" if standing.ratio is None else pacing.ratio(standing.ratio),
        "" if standing.ahead is None else pacing.days_ahead(standing.ahead),
    ]
    said = f"{mark} {' · '.join(filter(None, parts))}"
    lines = [
        *wrap(f"{task.code} · {wording.title(task)}", width),
        paint(said, target_text.STYLES.get(standing.pace, "")),
        "",
    ]
    for label, text in _fields(found, measure, state):
        if text:
            lines += field(label, text, width)
    for sister in sisters:
        lines += field(_("Same money"), _sister(found, sister), width)
    lines += ["", _("Plan")]
    for laid in told.plans:
        lines += _plan(laid, measure, state, width)
    for point in checkpoints(task, measure):
        head = "  " + _("checkpoint {day}").format(day=format_date(point.on)) + "  "
        lines += hanging(head, pacing.computed(point.value, measure), width)
    count = ngettext("{n} figure, newest first", "{n} figures, newest first", len(told.readings))
    lines += ["", count.format(n=len(told.readings)) if told.readings else _("No figures yet")]
    for entered in reversed(told.readings):
        lines += _reading(entered, task, measure, state, width)
    return lines


def _fields(found: Target, measure: Measure, state: State) -> Iterator[tuple[str, str]]:
    task, standing = found.task, found.standing
    yield _("Measure"), measure.name
    yield _("Lead unit"), state.unit_name(task.lead)
    yield _("Start"), format_date(task.start_on) if task.start_on else ""
    yield _("Deadline"), deadline(task)
    on = f" ({format_date(standing.actual_on)})" if standing.actual_on else ""
    yield _("Figure"), wording.figure_text(measure, standing.actual) + on
    yield _("Opening figure"), opening(measure)
    yield _("Full-year estimate"), estimate(measure)
    if standing.expected is not None:
        yield _("By now"), pacing.computed(standing.expected, measure)
    yield _("Needed"), _needed(standing, measure)
    if standing.recent is not None:
        yield _("Gained lately"), pacing.per_day(standing.recent, measure)
    outlook = found.outlook
    if outlook is None:
        return
    if isinstance(outlook, str):  # Unforeseen; its module is not loaded for its name alone
        yield _("Forecast"), pacing.unforeseen(outlook)
        return
    day = format_date(outlook.on, year=False)
    yield _("Forecast for {day}").format(day=day), pacing.foreseen(outlook, measure)
    yield _("Likely"), pacing.computed(outlook.likely, measure)
    if measure.behaviour is not Behaviour.LEVEL:  # which is never reached for good
        yield _("Reaches the plan"), pacing.finish(outlook)


def _needed(standing: Standing, measure: Measure) -> str:
    if not standing.needed:
        return ""
    text = pacing.per_day(standing.needed, measure)
    if standing.needed_working:
        text += f"; {pacing.per_working_day(standing.needed_working, measure)}"
    return text


def _sister(found: Target, sister: Target) -> str:
    """Say where the same money stands over another plan: each percentage with what it is of."""
    pace = f"{sister.task.code} · {pacing.pace(sister.standing.pace)}"
    if found.standing.actual is None or sister.standing.actual is None:
        return pace
    pair = sorted(
        (target_text.measure_of(each).denominator, each.task.code, each) for each in (found, sister)
    )
    same = " = ".join(
        wording.figure(each.standing.actual, target_text.measure_of(each))
        for _over, _code, each in pair
        if each.standing.actual is not None
    )
    ratio = round(pair[1][0] / pair[0][0], 3)
    plans = _("plans 1 : {ratio}").format(ratio=format_number(ratio, lang=language()))
    return f"{same} ({plans}) · {pace}"


def _plan(laid: LaidDown, measure: Measure, state: State, width: int) -> Iterator[str]:
    plan = laid.plan
    first = plan.from_on == measure.plans[0].from_on and not plan.reason
    parts = [
        wording.figure(plan.value, measure),
        _("as assigned") if first else "",
        _("coming") if laid.coming else "",
        plan.document or "",
        plan.reason or "",
        laid.by if laid.by and not first else "",
        "" if first else _("laid down {day}").format(day=format_date(laid.laid_on)),
    ]
    head = "  " + _("from {day}").format(day=format_date(plan.from_on)) + "  "
    yield from hanging(head, " · ".join(filter(None, parts)), width)


def _reading(
    entered: Entered, task: Task, measure: Measure, state: State, width: int
) -> Iterator[str]:
    reading, own = entered.reading, entered.reading.task == task.code
    late = entered.days_late > state.campaign.stale_days
    n = entered.days_late
    notes = [
        "" if own else _("entered for {code}").format(code=reading.task),
        reading.officer,
        _("entered {day}").format(day=format_date(entered.entered_on)) if n else "",
        ngettext("{n} day late", "{n} days late", n).format(n=n) if late else "",
        _("taken back") if reading.withdrawn else "",
        _("corrected") if entered.replaced else "",
        _("correction") if reading.corrects else "",
        _("after the closing day, adjustment") if entered.after_end else "",
        reading.note or "",
        reading.document or "",
    ]
    figure = wording.figure(readings.figure_of(reading, task), measure, exact=own)
    head = f"  {format_date(reading.on, year=reading.on.year != state.campaign.end.year)}  "
    yield from hanging(head, " · ".join(filter(None, (figure, *notes))), width)
