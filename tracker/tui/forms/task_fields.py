"""The fields of a task as it is assigned, for the forms that add and edit one.

What an officer may not change is shown grey, with the reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from textual.widget import Widget
from textual.widgets import Static

from db.records import Task
from tracker import limits, wording
from tracker.errors import BadInput
from tracker.i18n import _, language
from tracker.operations.desk import to_text
from tracker.operations.planning import ASSIGNED, LINE_LIMIT
from tracker.tui import words
from tracker.tui.fields import Line
from tracker.tui.forms import offers
from tracker.tui.forms.calendar import Days
from tracker.tui.forms.form import Form, label
from tracker.tui.forms.inputs import DayField, PickField
from tracker.tui.session import Session
from tracker.vietnamese import NumberError, clean_line, format_number, parse_number

NAMES = (
    "workstream", "title", "product", "lead", "owner", "coop", "confirm",
    "start_on", "due_on", "weight",
)  # fmt: skip
TEXTS, DAYS = ("title", "product"), ("start_on", "due_on")


class TaskForm(Form):
    """A form on what is assigned; `stood` is what the fields begin with, by name."""

    def __init__(
        self, session: Session, tasks: Sequence[Task], stood: Mapping[str, object]
    ) -> None:
        super().__init__(session, tasks)
        self.stood = dict(stood)
        self._manages = session.picture.may_manage

    def why_fixed(self, name: str) -> str:
        """Say why a field cannot be changed; empty where it can."""
        if name in ASSIGNED and not self._manages:
            return _("a supervisor decides this")
        return ""

    def compose_fields(self) -> Iterable[Widget]:
        """All fields, each with its label."""
        for name in NAMES:
            if why := self.why_fixed(name):
                yield label(wording.field(name), why)
                yield Static(self._words(name, self.stood[name]), classes="fixed", markup=False)
            else:
                yield label(wording.field(name), self._hint(name))
                yield self._field(name)

    def _hint(self, name: str) -> str:
        match name:
            case "owner":
                return _("of the lead unit, or a supervisor; may stay empty")
            case "coop" | "product":
                return _("may stay empty")
            case "weight":
                return _("0 to 100")
            case "start_on":
                return _("a day, or a word such as Friday")
        return ""

    def _field(self, name: str) -> Widget:
        state, value = self.session.picture.state, self.stood[name]
        title = wording.field(name)
        match name:
            case "title" | "product":
                return Line(str(value or ""), limit=LINE_LIMIT, id=name)
            case "start_on" | "due_on":
                day = value if isinstance(value, date) else None
                days = Days.of(self.session.picture, _day(self.stood["due_on"]))
                return DayField(days, day, title=title, forward=True, id=name)
            case "weight":
                return Line(self._words(name, value), id=name)
            case "workstream":
                return PickField(title, offers.workstreams(state), _keys(value), id=name)
            case "owner":
                lead = str(self.stood["lead"] or "")
                people = offers.officers(state, lead)
                nobody = _("the whole unit")
                return PickField(
                    title, people, _keys(value), optional=True, empty=nobody, id=name
                )  # fmt: skip
            case "coop":
                every = offers.units(state)
                return PickField(title, every, _keys(value), many=True, optional=True, id=name)
        return PickField(title, offers.units(state), _keys(value), id=name)

    def on_pick_field_changed(self, message: PickField.Changed) -> None:
        """A lead unit brings its own officers."""
        if message.field.id == "lead":
            people = offers.officers(self.session.picture.state, message.field.key)
            self.query_exactly_one("#owner", PickField).offer(people)

    # What stands in the fields

    def read(self, name: str) -> object:
        """Return what a field holds, as the operations take it.

        Raises `DateError` and `NumberError`; what cannot be changed is as it stood.
        """
        if self.why_fixed(name):
            return self.stood[name]
        if name in TEXTS:
            return clean_line(self.value(name)) or None
        if name in DAYS:
            return self.query_exactly_one(f"#{name}", DayField).day
        if name == "weight":
            return parse_number(self.value(name))
        if name == "coop":
            return self.query_exactly_one("#coop", PickField).keys
        return self.value(name) or None

    def changed(self) -> dict[str, object]:
        """Return the fields that differ from what stood there. Raises what `read` raises."""
        found = {name: self.read(name) for name in NAMES}
        return {name: value for name, value in found.items() if value != self.stood[name]}

    def faults(self) -> dict[str, str]:
        """Say what is wrong with number and days, alone and together."""
        found = super().faults()
        try:
            limits.weight(self.read("weight"))
        except (BadInput, NumberError) as problem:
            found["weight"] = words.error(problem)
        if found.keys() & set(DAYS):
            return found
        start, due = _day(self.read("start_on")), _day(self.read("due_on"))
        try:
            if due and due != self.stood["due_on"]:
                limits.due_day(due, self.session.picture.state.campaign)
            limits.order(start, due)
        except BadInput as problem:
            found["start_on" if self.why_fixed("due_on") else "due_on"] = words.error(problem)
        return found

    def missing(self) -> dict[str, str]:
        """A task needs a title, a workstream and a lead unit."""
        found = {}
        if not self.read("title"):
            found["title"] = words.error(BadInput("title-needed"))
        for name in ("workstream", "lead"):
            if not self.read(name):
                found[name] = _("Choose one.")
        return found

    def _words(self, name: str, value: object) -> str:
        state = self.session.picture.state
        if name == "weight" and isinstance(value, Decimal):
            return format_number(value, lang=language())
        if name == "workstream" and value in state.workstreams:
            return state.workstreams[str(value)].name
        return wording.value(name, to_text(value), state.units, state.officers)


def stands(task: Task) -> dict[str, object]:
    """Return the fields of a task as they stand."""
    return {name: getattr(task, name) for name in NAMES}


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _keys(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (str(value),) if value else ()
