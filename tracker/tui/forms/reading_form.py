"""The figure of a measured task: echoed with its unit and its denominator before it is saved."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from textual.widget import Widget

from db import readings
from db.records import Task
from tracker import limits, rules, wording
from tracker.i18n import _
from tracker.operations.desk import Receipt
from tracker.operations.figures import record, set_baseline
from tracker.operations.plans import DOCUMENT_LIMIT
from tracker.operations.reports import TEXT_LIMIT
from tracker.tui.fields import Line
from tracker.tui.forms.figure_form import FigureForm
from tracker.tui.forms.form import label
from tracker.tui.forms.known_figures import KnownFigures
from tracker.tui.session import Session
from tracker.vietnamese import format_date


class ReadingForm(FigureForm):
    """Enters one figure; where the opening figure is missing, that one comes first."""

    def __init__(self, session: Session, tasks: Sequence[Task]) -> None:
        super().__init__(session, tasks)
        self._opening = rules.needs_baseline(self.measured)
        self._known = KnownFigures.of(self.measured, (), session.picture.state.campaign)

    def heading(self) -> str:
        """Name the form."""
        return _("Opening figure") if self._opening else _("Enter figure")

    def compose_fields(self) -> Iterable[Widget]:
        """The figure with its echo, the day, note and document, a reason where one is needed."""
        campaign, today = self.session.picture.state.campaign, self.session.picture.today
        day = campaign.launch if self._opening else today
        yield from self.figure_fields(_("Figure"), day, _("As of"))
        if not self._opening:
            yield label(_("Note"), _("where the figure comes from"))
            yield Line(limit=TEXT_LIMIT, id="note")
            yield label(wording.field("document"), _("number and date of the report, if any"))
            yield Line(limit=DOCUMENT_LIMIT, id="document")
        yield label(_("Reason"), reason=True)
        yield Line(limit=TEXT_LIMIT, id="reason", classes="-reason")

    def on_mount(self) -> None:
        """Read the figures that are there already."""
        self.run_worker(self._read())

    def show_news(self) -> None:
        """Read again what the figure is compared with."""
        self.run_worker(self._read())

    async def _read(self) -> None:
        chain = await self.session.look(readings.of_indicator, self.measure.indicator)
        campaign = self.session.picture.state.campaign
        self._known = KnownFigures.of(self.measured, readings.valid(chain or []), campaign)
        self.echo()

    def check_day(self, day: date) -> None:
        """An opening figure may be older than the campaign."""
        campaign, today = self.session.picture.state.campaign, self.session.picture.today
        limits.figure_day(day, campaign, today, is_opening=self._opening)

    def why_reason(self, figure: Decimal, day: date) -> str:
        """A correction, a fall and an unlikely figure need a reason."""
        return "" if self._opening else self._known.why_reason(figure, day)

    def compared(self, day: date) -> str:
        """Return the last figure, and the plan."""
        plan = _("plan {figure}").format(figure=wording.figure(self.measure.plan, self.measure))
        before = self._known.before(day)
        if before is None:
            last = _("no figure yet")
        elif before is self._known.opening:
            last = _("opening figure {figure}").format(
                figure=wording.figure(before.figure, self.measure)
            )
        else:
            last = _("last time {figure} ({day})").format(
                figure=wording.figure(before.figure, self.measure), day=format_date(before.on)
            )
        return f"{last} · {plan}"

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Write the figure."""
        reason = self.value("reason") or None
        if self._opening:
            return await self.session.write(
                set_baseline, self.measured.code, self.figure(),
                on=self.day(), reason=reason, uuid=self.uuid,
            )  # fmt: skip
        return await self.session.write(
            record, self.measured.code, self.figure(),
            on=self.day(), note=self.value("note") or None,
            document=self.value("document") or None, reason=reason,
            uuid=self.uuid, versions=self.versions,
        )  # fmt: skip
