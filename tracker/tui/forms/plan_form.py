"""Another plan for a target from a day on: value, day, reason, and the document that says so."""

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget

from db.records import Kind
from tracker import limits, wording
from tracker.i18n import _
from tracker.operations.desk import Receipt
from tracker.operations.plans import DOCUMENT_LIMIT, revise
from tracker.operations.reports import TEXT_LIMIT
from tracker.tui.fields import Line
from tracker.tui.forms.figure_form import FigureForm
from tracker.tui.forms.form import label
from tracker.vietnamese import format_date


class PlanForm(FigureForm):
    """Revises the plan of a measured task; what was in force before stays so for the days before.

    Only this task's plan changes, also where another one measures the same money.
    """

    FIELD = "plan"

    def heading(self) -> str:
        """Name the form."""
        return _("Change plan")

    def compose_fields(self) -> Iterable[Widget]:
        """The value with its echo, the day from which it counts, the reason, the document."""
        yield from self.figure_fields(_("New plan"), self.session.picture.today, _("From"))
        yield label(_("Reason"))
        yield Line(limit=TEXT_LIMIT, id="reason")
        yield label(wording.field("document"), _("number and date of the decision"))
        yield Line(limit=DOCUMENT_LIMIT, id="document")

    def check_day(self, day: date) -> None:
        """A plan may count from a day ahead."""
        limits.plan_day(day, self.session.picture.state.campaign)

    def compared(self, day: date) -> str:
        """Return the plan in force today, and what is reached."""
        measure, since = self.measure, self.measure.plans[-1].from_on
        parts = [
            _("in force {figure} (from {day})").format(
                figure=wording.figure(measure.plan, measure), day=format_date(since)
            )
        ]
        if measure.latest is not None:
            reached = wording.figure(measure.latest, measure)
            parts.append(_("reached {figure}").format(figure=reached))
        return " · ".join(parts)

    def missing(self) -> dict[str, str]:
        """A plan is not changed without a reason."""
        return super().missing() | self.no_reason_for(Kind.PLAN)

    async def write(self, skip: frozenset[str]) -> Receipt | None:
        """Write the plan."""
        if self.FIELD in skip:
            return None
        return await self.session.write(
            revise, self.measured.code, self.figure(),
            from_on=self.day(), reason=self.value("reason"),
            document=self.value("document") or None,
            uuid=self.uuid, versions=self.versions,
        )  # fmt: skip
