"""What a unit expects to reach by the end of the year: kept apart from the figures themselves."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from textual.widget import Widget

from tracker import wording
from tracker.errors import BadInput
from tracker.i18n import _
from tracker.operations.desk import Receipt
from tracker.operations.figure_checks import refuse_doubtful_estimate, refuse_far_above
from tracker.operations.figures import set_estimate
from tracker.operations.reports import TEXT_LIMIT
from tracker.tui import words
from tracker.tui.fields import Line
from tracker.tui.forms.figure_form import FigureForm
from tracker.tui.forms.form import label
from tracker.vietnamese import format_date


class EstimateForm(FigureForm):
    """Enters the full-year estimate (ước cả năm) of a measured task."""

    FIELD = "estimate"

    def heading(self) -> str:
        """Name the form."""
        return wording.field("estimate")

    def compose_fields(self) -> Iterable[Widget]:
        """The estimate with its echo, the day of estimating, a reason if there is one to tell."""
        today = self.session.picture.today
        yield from self.figure_fields(wording.field("estimate"), today, _("Estimated on"))
        yield label(_("Reason"), _("may stay empty"))
        yield Line(limit=TEXT_LIMIT, id="reason")

    def why_reason(self, figure: Decimal, day: date) -> str:
        """An estimate that is older, or falls short of what is reached, needs a reason."""
        try:
            refuse_doubtful_estimate(self.measured, self.measure, figure, day)
            refuse_far_above(self.measured, self.measure, figure, None)
        except BadInput as problem:
            return words.error(problem)
        return ""

    def compared(self, day: date) -> str:
        """Return the estimate before, what is reached, and the plan."""
        measure = self.measure
        parts = []
        if measure.estimate is not None and measure.estimate_on is not None:
            last = _("last time {figure} ({day})").format(
                figure=wording.figure(measure.estimate, measure),
                day=format_date(measure.estimate_on),
            )
            parts.append(last)
        if measure.latest is not None:
            reached = wording.figure(measure.latest, measure)
            parts.append(_("reached {figure}").format(figure=reached))
        parts.append(_("plan {figure}").format(figure=wording.figure(measure.plan, measure)))
        return " · ".join(parts)

    async def write(self, skip: frozenset[str]) -> Receipt | None:
        """Write the estimate."""
        if self.FIELD in skip:
            return None
        return await self.session.write(
            set_estimate, self.measured.code, self.figure(),
            on=self.day(), reason=self.value("reason") or None,
            uuid=self.uuid, versions=self.versions,
        )  # fmt: skip
