"""What events of the log say, in words: changed values with their unit, figures, plans, points."""

import json
from datetime import date
from decimal import Decimal

from db.log_records import Event
from db.records import Measure
from tracker.i18n import _, language
from tracker.state import State
from tracker.vietnamese import format_date, format_number
from tracker.wording import labels
from tracker.wording.measures import figure, number, recorded
from tracker.wording.urgings import asked

_FIGURES = frozenset({"baseline", "estimate"})


def subject(event: Event, state: State) -> str:
    """Return what an event is about: the code of a task, the unit that got points, else the name
    under which its entity is kept.
    """
    if event.entity == "bonus":
        return state.unit_name(unit_of(event))
    return event.task or event.ref


def unit_of(event: Event) -> str:
    """Return the code of the unit that points were given to, from the name of the entry: "KD#3"."""
    return event.ref.rpartition("#")[0]


def changed(event: Event, state: State) -> tuple[str, str, str]:
    """Return the label of a changed field with its old and its new value."""
    measure = _measure(event, state)
    is_plan = event.entity == "plan" and event.field == "value"
    values = [
        figure(Decimal(text), measure)
        if measure and text and (is_plan or event.field in _FIGURES)
        else labels.value(event.field, text, state.units, state.officers)
        for text in (event.old, event.new)
    ]
    label = _plan_from(event) if is_plan else labels.field(event.field or "")
    return label, values[0], values[1]


def created(event: Event, state: State, code: str | None) -> str:
    """Return what was made: a figure of the task `code`, a plan, points, an urging; else its own
    name."""
    document = json.loads(event.new or "{}")
    match event.entity:
        case "reading":
            task = state.tasks.get(code or "")
            value = str(document["entered"])
            if task and task.measure:
                value = recorded(document, task)
            on = format_date(date.fromisoformat(document["on_date"]))
            text = _("{figure} on {day}").format(figure=value, day=on)
            return " · ".join(filter(None, (text, document.get("note"), document.get("document"))))
        case "plan":
            return " · ".join(filter(None, (_plan(event, document, state), document["document"])))
        case "bonus":
            text = _("{points} points").format(points=points(event))
            return f"{text} · {document['evidence']}"
        case "urging":
            by = date.fromisoformat(document["by_date"])
            return asked(by, document["medium"], document["text"])
    return str(document.get("title") or document.get("name") or document.get("value") or event.ref)


def points(event: Event) -> str:
    """Return the points that an entry gave or took, with their sign: "+2,5"."""
    shown = format_number(Decimal(json.loads(event.new or "{}")["points"]), lang=language())
    return shown if shown.startswith("-") else f"+{shown}"


def _plan(event: Event, document: dict[str, str], state: State) -> str:
    """Return "plan from 15/11/2022: 100 → 104% KH thành phố"."""
    measure, value = _measure(event, state), Decimal(document["value"])
    told = figure(value, measure) if measure else format_number(value, lang=language())
    if event.old:
        was = Decimal(event.old)
        before = number(was, measure) if measure else format_number(was, lang=language())
        told = f"{before} → {told}"
    return f"{_plan_from(event)}: {told}"


def _plan_from(event: Event) -> str:
    day = date.fromisoformat(event.ref.rpartition("/")[2])
    return _("Plan from {day}").format(day=format_date(day))


def _measure(event: Event, state: State) -> Measure | None:
    task = state.tasks.get(event.task or "")
    return task.measure if task else None
