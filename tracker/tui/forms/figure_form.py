"""What every form of one figure does: echo it with its unit and its denominator before it is saved.

Knows the figure and its day; what is compared with them, and what is written, is for the form.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from db.records import Measure, Task
from tracker import limits, wording
from tracker.errors import BadInput
from tracker.i18n import _
from tracker.operations.figure_checks import refuse_above_maximum
from tracker.tui import words
from tracker.tui.fields import Line
from tracker.tui.forms.calendar import Days
from tracker.tui.forms.form import Form, label
from tracker.tui.forms.inputs import DayField
from tracker.tui.session import Session
from tracker.vietnamese import NumberError, format_date, parse_in_unit


class FigureForm(Form):
    """Enters one figure of a measured task for a day."""

    SAID_ELSEWHERE = frozenset({"figure"})
    FIELD: ClassVar[str] = "figure"
    """The field of the log that is written."""

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        super().__init__(session, tasks[:1])
        self.measured = tasks[0]
        assert self.measured.measure is not None
        self.measure: Measure = self.measured.measure

    def figure_fields(self, named: str, day: date, day_named: str) -> Iterable[Widget]:
        """Yield the figure with its echo, and its day."""
        yield label(named, self.measure.name)
        yield Line(id="figure", placeholder=self.measure.unit)
        yield Static(id="echo", markup=False)
        yield label(day_named, _('a day, or a word such as "yesterday"'))
        days = Days.of(self.session.picture, self.measured.due_on)
        yield DayField(days, day, title=day_named, id="on")

    def check_day(self, day: date) -> None:
        """Raise `BadInput` for a day that the figure cannot have."""
        campaign, today = self.session.picture.state.campaign, self.session.picture.today
        limits.figure_day(day, campaign, today)

    def compared(self, day: date) -> str:
        """Return what the figure is compared with."""
        return ""

    def why_reason(self, figure: Decimal, day: date) -> str:
        """Say why the figure needs a reason; nothing if it needs none."""
        return ""

    def on_mount(self) -> None:
        """Say what the figure is compared with."""
        self.echo()

    def on_input_changed(self) -> None:
        """Say at once what would be saved."""
        self.echo()

    def figure(self) -> Decimal:
        """Return the figure as typed. Raises `NumberError`."""
        return parse_in_unit(self.value("figure"), self.measure.unit)

    def day(self) -> date:
        """Return the day as typed, today where none is. Raises `DateError`."""
        return self.query_exactly_one("#on", DayField).day or self.session.picture.today

    def faults(self) -> dict[str, str]:
        """Say what is wrong with the figure or its day; a figure not typed yet is not wrong."""
        found = super().faults()
        try:
            if self.figure() < 0:
                minus = BadInput("figure-with-minus", value=self.value("figure"))
                found["figure"] = words.error(minus)
            refuse_above_maximum(self.measured, self.figure())
        except BadInput as problem:
            found["figure"] = words.error(problem)
        except NumberError as problem:
            if problem.code != "empty":
                found["figure"] = words.error(problem)
        if "on" not in found:
            try:
                self.check_day(self.day())
            except BadInput as problem:
                found["on"] = words.error(problem)
        return found

    def missing(self) -> dict[str, str]:
        """The figure itself."""
        try:
            self.figure()
        except NumberError as problem:
            return {"figure": words.error(problem)}
        return {}

    def has_figure(self) -> bool:
        """Whether a figure is typed that can be one."""
        try:
            figure = self.figure()
            refuse_above_maximum(self.measured, figure)
        except (NumberError, BadInput):
            return False
        return figure >= 0

    def echo(self) -> None:
        """Show number, unit and denominator, what stood before, and whether a reason is needed."""
        echo = self.query_exactly_one("#echo", Static)
        faults = self.faults()
        if "on" in faults:  # said below the day; without one there is nothing to compare with
            echo.update(Content.styled(faults.get("figure", ""), "$text-error"))
            return
        day = self.day()
        compared = Content.styled(self.compared(day), "$text-muted")
        if not self.has_figure():
            fault = Content.styled(faults.get("figure", ""), "$text-error")
            echo.update(Content("\n").join([fault, compared]))
            self.remove_class("-asks-reason")
            return
        figure = self.figure()
        said = Content.assemble(
            (f"= {wording.figure(figure, self.measure)}", "bold $text-success"),
            (f"  {format_date(day)}", ""),
        )
        why = self.why_reason(figure, day)
        self.set_class(bool(why), "-asks-reason")
        if why:
            said = Content.assemble(said, "  ", (why, "$text-warning"))
        echo.update(Content("\n").join([said, compared]))

    def mine(self) -> dict[str, str]:
        """Return the figure in words."""
        if not self.has_figure():
            return {}
        return {self.FIELD: wording.figure(self.figure(), self.measure)}
