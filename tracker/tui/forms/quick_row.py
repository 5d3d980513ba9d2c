"""One figure of the quick entry: what stood last, the field, and what the typed number means."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from db import readings
from tracker import wording
from tracker.errors import BadInput
from tracker.i18n import _, language
from tracker.operations.figure_checks import refuse_above_maximum
from tracker.operations.period import Entry
from tracker.operations.reports import TEXT_LIMIT
from tracker.period import Owed
from tracker.tui import words
from tracker.tui.fields import Line
from tracker.tui.forms.known_figures import KnownFigures, Point
from tracker.vietnamese import NumberError, format_date, format_number, parse_in_unit
from tracker.wording.measures import number

_PLACES = 2  # of a difference between percentages, which a conversion makes longer


class QuickLine(Line):
    """A line of the quick entry: Enter goes on before the next key is looked at."""

    async def action_submit(self) -> None:
        """Go on at once: a message would come after the digits typed next."""
        await self.run_action("screen.quick_next")


class FigureRow(Vertical):
    """One figure that a unit gives. Typing changes only what the row says of itself."""

    def __init__(self, owed: Owed) -> None:
        super().__init__(classes="-opening" if owed.is_opening else "")
        self.owed = owed
        self.known = KnownFigures(owed.task)
        self.says_same = False
        """Whether "no change" is to be saved."""
        self.problem = ""
        """Why the row cannot be saved as it is, in words."""
        self.figure: Decimal | None = None
        """The number typed, where it is one."""
        self._said: dict[str, tuple[object, ...]] = {}
        self.why = ""
        """Why the number needs a reason, if it does."""
        self.field = QuickLine(placeholder=owed.measure.unit, classes="figure")
        self.reason = QuickLine(placeholder=_("say why"), limit=TEXT_LIMIT, classes="why")
        self._asked = Horizontal(
            Static(_("Reason"), markup=False, classes="last"), self.reason, classes="line"
        )
        self._asked.display = False

    def compose(self) -> ComposeResult:
        """Two lines; a third where a reason is asked, a fourth where others wrote."""
        with Horizontal(classes="head"):
            yield Static(self._title(), markup=False, classes="title")
            yield Static(markup=False, classes="state")
        with Horizontal(classes="line"):
            yield Static(markup=False, classes="last before")
            yield self.field
            yield Static(markup=False, classes="echo")
        yield self._asked
        yield Static(markup=False, classes="news")

    def _title(self) -> Content:
        codes = ", ".join(task.code for task in self.owed.tasks)
        name = self.owed.measure.name
        if self.owed.is_opening:
            name = _("opening figure: {name}").format(name=name)
        return Content.assemble((codes, "bold $text-primary"), "  ", name)

    def on_resize(self) -> None:
        """Stay in sight as a whole when what the row says of a number makes it taller."""
        if self.has_focus_within:
            self.scroll_visible(animate=False)

    # What is typed

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.value.strip()

    @property
    def is_filled(self) -> bool:
        """Whether the row has something to save."""
        return bool(self.text) or self.says_same

    @property
    def is_touched(self) -> bool:
        """Whether anything was typed or chosen here."""
        return self.is_filled or bool(self.reason.value.strip())

    @property
    def is_open(self) -> bool:
        """Whether the figure is still owed and not filled in."""
        return self.owed.given_on is None and not self.is_filled

    @property
    def lacks_reason(self) -> bool:
        """Whether a reason is asked for and not given."""
        return bool(self.why) and not self.reason.value.strip()

    @property
    def is_wrong(self) -> bool:
        """Whether the row cannot be saved as it is."""
        return bool(self.problem) or self.lacks_reason

    def attend(self) -> Line:
        """Return the field to go to: the reason, brought into sight, where that is missing."""
        if not self.lacks_reason:
            return self.field
        self._asked.display = True
        return self.reason

    def entry(self) -> Entry | None:
        """Return the figure to save; None without one."""
        if self.figure is None or self.says_same:
            return None
        return Entry(
            self.owed.task.code,
            self.figure,
            reason=self.reason.value.strip() if self.why else None,
            is_opening=self.owed.is_opening,
        )

    def mine(self) -> dict[str, str]:
        """Return what would be saved, by field of the log, in words."""
        if self.says_same:
            return {"figure": _("no change")}
        if self.figure is None:
            return {}
        name = "baseline" if self.owed.is_opening else "figure"
        return {name: wording.figure(self.figure, self.owed.measure)}

    def clear(self) -> None:
        """Take everything off the row."""
        self.field.value = self.reason.value = ""
        self.says_same = False

    def say_same(self, lead: str, unit: str | None) -> str:
        """Turn "no change" on or off; return why it cannot be, if so. `unit` is who acts."""
        if self.says_same:
            self.says_same = False
            return ""
        if self.text:
            return _("A number stands here; delete it before you say that nothing changed.")
        if self.owed.is_opening or self.known.newest() is None:
            return _("There is no figure yet that could stay the same; enter one.")
        if unit != self.owed.task.lead:
            code = self.owed.task.code
            return words.error(BadInput("lead-only", code=code, lead=lead))
        self.says_same = True
        return ""

    # What is known

    def learn(self, owed: Owed, known: KnownFigures) -> None:
        """Take in what the file says now; what is typed stays."""
        self.owed, self.known = owed, known

    def hear(self, news: str) -> None:
        """Say under the row what others wrote."""
        self._put("news", Content(news))

    def judge(self, day: date | None, opening: Decimal | None) -> None:
        """Say what the typed number means on that day (None: the day itself is wrong).

        `opening` is the opening figure typed in another row, where the task has none yet.
        """
        self.problem, self.why, self.figure, said = "", "", None, Content("")
        if self.text:
            self.says_same = False
            try:
                self.figure = parse_in_unit(self.text, self.owed.measure.unit)
                self.problem = self._refusal(self.figure, opening)
                if day is not None and not self.problem:
                    self.why = self._why(self.figure, day, opening)
                said = self._meaning(self.figure, day, opening)
            except NumberError as problem:
                self.problem = words.error(problem)
        if self.says_same:
            said = Content.styled("= " + _("no change"), "bold $text-success")
        if self.problem:
            said = Content.styled(self.problem, "$text-error")
        elif self.why:
            said = Content.assemble(said, "  ", (self.why, "$text-warning"))
        self._put("echo", said)
        # Not while the number is being typed: its first digit is nearly always a fall.
        self._asked.display = bool(self.why) and (self._asked.display or not self.field.has_focus)
        self._put("before", self._last(day))
        self._put("state", self._state())

    def _put(self, part: str, said: Content) -> None:
        """Show a text in a part of the row; what is shown already is not drawn again."""
        if self._said.get(part) != (now := (said.plain, *said.spans)):
            self._said[part] = now
            shown = self.query_exactly_one(f".{part}", Static)
            shown.update(said)
            shown.display = bool(said)

    def _refusal(self, figure: Decimal, opening: Decimal | None) -> str:
        task, measure = self.owed.task, self.owed.measure
        if figure < 0:
            data = {"code": task.code, "value": figure, "unit": measure.unit}
            return words.error(BadInput("negative-figure", **data))
        try:
            refuse_above_maximum(task, figure)
        except BadInput as problem:
            return words.error(problem)
        if self._waits_for_opening and opening is None:
            return _("Enter the opening figure in the row above first.")
        return ""

    @property
    def _waits_for_opening(self) -> bool:
        measure = self.owed.measure
        lacks = measure.baseline_required and measure.baseline is None
        return lacks and not self.owed.is_opening

    def _why(self, figure: Decimal, day: date, opening: Decimal | None) -> str:
        if self.owed.is_opening:
            stands = self.owed.measure.baseline is not None
            return _("changes the opening figure that stands") if stands else ""
        return self._known_with(opening).why_reason(figure, day)

    def _known_with(self, opening: Decimal | None) -> KnownFigures:
        if opening is None or self.known.opening is not None:
            return self.known
        return replace(self.known, opening=Point(date.min, opening))

    def _meaning(self, figure: Decimal, day: date | None, opening: Decimal | None) -> Content:
        """Return the number with its unit and denominators, and the difference to last time."""
        measure = self.owed.measure
        said = [(f"= {wording.figure(figure, measure, exact=True)}", "bold $text-success")]
        value = readings.to_value(figure, measure.denominator)
        for other in self.owed.tasks[1:]:
            if other.measure is not None:
                own = readings.to_figure(value, other.measure.denominator)
                said.append((f" · {wording.figure(own, other.measure)}", "$text-success"))
        before = None if self.owed.is_opening else self._known_with(opening).before(day or date.max)
        if before is not None:
            change = round(figure - before.figure, _PLACES)
            sign = "+" if change > 0 else ""
            moved = sign + format_number(change, lang=language())
            text = moved if change else _("as last time")
            said.append((f"  ({text})", "$text-muted"))
        return Content.assemble(*said)

    def _last(self, day: date | None) -> Content:
        """Return the last figure with its day, and the plan."""
        measure = self.owed.measure
        last = None if self.owed.is_opening else self.known.before(day or date.max)
        if self.owed.is_opening:
            text = _("counts from the launch")
        elif last is None:
            text = _("no figure yet")
        else:
            text = _("last {figure} ({day})").format(
                figure=number(last.figure, measure), day=_short(last.on)
            )
        plan = number(measure.plan, measure)
        said = _("{last} · plan {plan}").format(last=text, plan=plan)
        return Content.styled(said, "$text-muted")

    def _state(self) -> Content:
        given = self.owed.given_on
        if self.problem:
            return Content.styled("▲ " + _("to put right"), "$text-error")
        if self.lacks_reason:
            return Content.styled("▲ " + _("say why"), "$text-warning")
        if self.is_filled:
            return Content.styled("◑ " + _("to be saved"), "$text-primary")
        if given is None:
            return Content.styled("○ " + _("owed"), "$text-warning")
        if self.owed.is_unchanged:
            text = _("no change {day}").format(day=_short(given))
        else:
            text = _("given {day}").format(day=_short(given))
        return Content.styled(f"● {text}", "$text-success")


def _short(day: date) -> str:
    return format_date(day, year=False)
