"""Points given to a unit, or taken from it: how many, for what, on which day."""

from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tracker import limits, scoring_rules, wording
from tracker.errors import BadInput
from tracker.i18n import _
from tracker.operations.bonus import EVIDENCE_LIMIT, give
from tracker.operations.desk import Receipt
from tracker.tui import words
from tracker.tui.commands import BY_ID
from tracker.tui.fields import Line
from tracker.tui.forms import offers
from tracker.tui.forms.calendar import Days
from tracker.tui.forms.form import Form, label
from tracker.tui.forms.inputs import DayField, PickField
from tracker.tui.session import Session
from tracker.vietnamese import NumberError, clean_line, parse_number
from tracker.wording import scores


class BonusForm(Form):
    """Gives a unit points, or takes some; the sign is the form's, what is typed has none."""

    def __init__(self, session: Session, unit: str | None, *, gives: bool) -> None:
        """`unit` is the likely one, such as that under the cursor."""
        super().__init__(session, ())
        self._unit, self._gives = unit, gives

    def heading(self) -> str:
        """Name what is done."""
        return BY_ID["give-bonus" if self._gives else "take-points"].words

    def begin(self) -> None:
        """Go to the points where the unit is known already."""
        super().begin()
        if self._unit:
            self.set_focus(self.query_exactly_one("#points"), scroll_visible=False)

    def compose_fields(self) -> Iterable[Widget]:
        """The unit, the points, the evidence, the day."""
        picture = self.session.picture
        unit = (self._unit,) if self._unit else ()
        yield Static(self._follows(), id="caps", classes="follows", markup=False)
        yield label(_("Unit"))
        yield PickField(_("Unit"), offers.units(picture.state), unit, id="unit")
        yield label(_("Points"), _("without a sign"))
        yield Line(id="points")
        yield label(_("Evidence"), _("the document, the decision, what was found"))
        yield Line(limit=EVIDENCE_LIMIT, id="evidence")
        yield label(_("Day"), _('a day, or a word such as "yesterday"'))
        yield DayField(Days.of(picture), picture.today, title=_("Day"), id="on")

    def _follows(self) -> str:
        """Say how much of all that a unit has been given counts."""
        rules = scoring_rules.rules(self.session.picture.state.campaign.scoring)
        if self._gives:
            text = _("Of all bonus points of a unit no more than {cap} count.")
            return text.format(cap=scores.number(rules.bonus_cap))
        text = _("Of all points taken from a unit no more than {cap} count.")
        return text.format(cap=scores.number(rules.penalty_cap))

    def check(self) -> dict[str, str]:
        """Say too what of these points would not count."""
        found = super().check()
        state, unit = self.session.picture.state, self.value("unit")
        given = [bonus.points for bonus in state.bonuses if bonus.unit == unit]
        with suppress(BadInput, NumberError):
            given.append(self._points())
        own = [points for points in given if (points > 0) == self._gives]
        rules = scoring_rules.rules(state.campaign.scoring)
        cautions = scores.beyond_caps(own, rules)
        warned = (Content.styled(text, "$text-warning") for text in cautions)
        said = Content("\n").join([Content(self._follows()), *warned])
        self.query_exactly_one("#caps", Static).update(said)
        return found

    def _points(self) -> Decimal:
        """Return the points with the sign of the form. Raises `NumberError` and `BadInput`."""
        typed = parse_number(self.value("points"))
        if typed < 0:
            raise BadInput("figure-with-minus", value=self.value("points"))
        points = typed if self._gives else -typed
        limits.bonus(points)
        return points

    def faults(self) -> dict[str, str]:
        """Say what is wrong with points and day; points not typed yet are not wrong."""
        found = super().faults()
        try:
            self._points()
        except BadInput as problem:
            found["points"] = words.error(problem)
        except NumberError as problem:
            if problem.code != "empty":
                found["points"] = words.error(problem)
        if "on" not in found and (day := self.query_exactly_one("#on", DayField).day):
            picture = self.session.picture
            try:
                limits.bonus_day(day, picture.state.campaign, picture.today)
            except BadInput as problem:
                found["on"] = words.error(problem)
        return found

    def missing(self) -> dict[str, str]:
        """The unit, the points, the evidence."""
        found = {}
        if not self.value("unit"):
            found["unit"] = _("Choose one.")
        try:
            parse_number(self.value("points"))
        except NumberError as problem:
            found["points"] = words.error(problem)
        if not clean_line(self.value("evidence")):
            unit = self.session.picture.state.unit_name(self.value("unit"))
            found["evidence"] = words.error(BadInput("evidence-needed", unit=unit))
        return found

    async def write(self, skip: frozenset[str]) -> Receipt:
        """Give or take the points."""
        return await self.session.write(
            give,
            self.value("unit"),
            self._points(),
            evidence=self.value("evidence"),
            on=self.query_exactly_one("#on", DayField).day,
            uuid=self.uuid,
        )

    def saved(self, receipt: Receipt) -> str:
        """Name the unit and the points."""
        points = self._points()
        return _("Saved: {what} {points}, {unit}").format(
            what=wording.kind(receipt.events[0].kind),
            points=f"{'+' if points > 0 else ''}{scores.number(points)}",
            unit=self.session.picture.state.unit_name(self.value("unit")),
        )
