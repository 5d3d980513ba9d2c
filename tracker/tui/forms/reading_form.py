"""The figure of a measured task: echoed with its unit and its denominator before it is saved."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from db import readings
from db.records import Measure, Task
from tracker import limits, rules, wording
from tracker.errors import BadInput
from tracker.i18n import _
from tracker.operations.desk import Receipt
from tracker.operations.figures import record, set_baseline
from tracker.operations.reports import TEXT_LIMIT
from tracker.tui import words
from tracker.tui.fields import Line
from tracker.tui.forms.calendar import Days
from tracker.tui.forms.form import Form, label
from tracker.tui.forms.inputs import DayField
from tracker.tui.forms.known_figures import KnownFigures
from tracker.tui.session import Session
from tracker.vietnamese import NumberError, format_date, parse_in_unit


class ReadingForm(Form):
    """Enters one figure; where the opening figure is missing, that one comes first."""

    SAID_ELSEWHERE = frozenset({"figure"})

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        super().__init__(session, tasks[:1])
        self._measured = tasks[0]
        assert self._measured.measure is not None
        self._measure: Measure = self._measured.measure
        self._opening = rules.needs_baseline(self._measured)
        self._known = KnownFigures.of(tasks[0], (), session.picture.state.campaign)

    def heading(self) -> str:
        """Name the form."""
        return _("Opening figure") if self._opening else _("Enter figure")

    def compose_fields(self) -> Iterable[Widget]:
        """The figure with its echo, the day, a note, a reason where one is needed."""
        campaign, today = self.session.picture.state.campaign, self.session.picture.today
        day = campaign.launch if self._opening else today
        yield label(_("Figure"), self._measure.name)
        yield Line(id="figure", placeholder=self._measure.unit)
        yield Static(id="echo", markup=False)
        yield label(_("As of"), _('a day, or a word such as "yesterday"'))
        days = Days.of(self.session.picture, self._measured.due_on)
        yield DayField(days, day, title=_("As of"), id="on")
        if not self._opening:
            yield label(_("Note"), _("where the figure comes from"))
            yield Line(limit=TEXT_LIMIT, id="note")
        yield label(_("Reason"), reason=True)
        yield Line(limit=TEXT_LIMIT, id="reason", classes="-reason")

    def on_mount(self) -> None:
        """Read the figures that are there already."""
        self._echo()
        self.run_worker(self._read())

    def show_news(self) -> None:
        """Read again what the figure is compared with."""
        self.run_worker(self._read())

    async def _read(self) -> None:
        chain = await self.session.look(readings.of_indicator, self._measure.indicator)
        campaign = self.session.picture.state.campaign
        self._known = KnownFigures.of(self._measured, readings.valid(chain or []), campaign)
        self._echo()

    def on_input_changed(self) -> None:
        """Say at once what would be saved."""
        self._echo()

    def _figure(self) -> Decimal:
        return parse_in_unit(self.value("figure"), self._measure.unit)

    def _day(self) -> date:
        return self.query_exactly_one("#on", DayField).day or self.session.picture.today

    def faults(self) -> dict[str, str]:
        """Say what is wrong with the figure or its day; a figure not typed yet is not wrong."""
        found = super().faults()
        try:
            if self._figure() < 0:
                minus = BadInput("figure-with-minus", value=self.value("figure"))
                found["figure"] = words.error(minus)
        except NumberError as problem:
            if problem.code != "empty":
                found["figure"] = words.error(problem)
        if "on" not in found:
            campaign, today = self.session.picture.state.campaign, self.session.picture.today
            try:
                limits.figure_day(self._day(), campaign, today, is_opening=self._opening)
            except BadInput as problem:
                found["on"] = words.error(problem)
        return found

    def missing(self) -> dict[str, str]:
        """The figure itself."""
        try:
            self._figure()
        except NumberError as problem:
            return {"figure": words.error(problem)}
        return {}

    def _echo(self) -> None:
        """Show number, unit and denominator, what stood before, and whether a reason is needed."""
        echo = self.query_exactly_one("#echo", Static)
        faults = self.faults()
        if "on" in faults:  # said below the day; without one there is nothing to compare with
            echo.update(Content.styled(faults.get("figure", ""), "$text-error"))
            return
        day = self._day()
        before = self._before(day)
        if self.missing() or "figure" in faults:
            fault = faults.get("figure", "")
            echo.update(Content("\n").join([Content.styled(fault, "$text-error"), *before]))
            self.remove_class("-asks-reason")
            return
        figure = self._figure()
        said = Content.assemble(
            (f"= {wording.figure(figure, self._measure)}", "bold $text-success"),
            (f"  {format_date(day)}", ""),
        )
        why = "" if self._opening else self._known.why_reason(figure, day)
        self.set_class(bool(why), "-asks-reason")
        if why:
            said = Content.assemble(said, "  ", (why, "$text-warning"))
        echo.update(Content("\n").join([said, *before]))

    def _before(self, day: date) -> list[Content]:
        """Return what the figure is compared with: the last one, and the plan."""
        plan = _("plan {figure}").format(figure=wording.figure(self._measure.plan, self._measure))
        before = self._known.before(day)
        if before is None:
            last = _("no figure yet")
        elif before is self._known.opening:
            last = _("opening figure {figure}").format(
                figure=wording.figure(before.figure, self._measure)
            )
        else:
            last = _("last time {figure} ({day})").format(
                figure=wording.figure(before.figure, self._measure), day=format_date(before.on)
            )
        return [Content.styled(f"{last} · {plan}", "$text-muted")]

    def mine(self) -> dict[str, str]:
        """Return the figure in words."""
        try:
            return {"figure": wording.figure(self._figure(), self._measure)}
        except NumberError:
            return {}

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Write the figure."""
        reason = self.value("reason") or None
        if self._opening:
            return await self.session.write(
                set_baseline, self._measured.code, self._figure(),
                on=self._day(), reason=reason, uuid=self.uuid,
            )  # fmt: skip
        return await self.session.write(
            record, self._measured.code, self._figure(),
            on=self._day(), note=self.value("note") or None, reason=reason,
            uuid=self.uuid, versions=self.versions,
        )  # fmt: skip
