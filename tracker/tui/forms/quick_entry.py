"""All figures that a unit owes in the running period on one screen, saved as one group."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Static

from db.errors import Locked, StaleEdit
from tracker import limits, period
from tracker.errors import BadInput, Refused
from tracker.i18n import _, ngettext
from tracker.operations.desk import Receipt
from tracker.operations.period import record_many
from tracker.operations.reports import TEXT_LIMIT
from tracker.tui import words
from tracker.tui.bars import KeyBar
from tracker.tui.commands import Place, bindings, on_top
from tracker.tui.fields import Line
from tracker.tui.forms import conflict
from tracker.tui.forms.calendar import Days
from tracker.tui.forms.form import MOST_MERGES, Form
from tracker.tui.forms.inputs import DayField
from tracker.tui.forms.quick_row import QuickLine
from tracker.tui.forms.quick_rows import FigureRows, Known, read
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.workers import work_anew
from tracker.vietnamese import DateError, format_date

WIDTHS = [(0, "-slim"), (76, "-narrow"), (100, "-wide")]


class QuickEntry(Form):
    """One row a figure; empty rows stay owed.

    `unit` is whose figures they are, `login` the officer whose own tasks are among them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(Place.QUICK),
        Binding("tab,down", "go(1)", show=False),
        Binding("shift+tab,up", "go(-1)", show=False),
    ]
    PLACES: ClassVar[tuple[Place, ...]] = (Place.QUICK, Place.FORM)
    HORIZONTAL_BREAKPOINTS = WIDTHS

    def __init__(self, session: Session, unit: str, login: str | None, known: Known) -> None:
        state = session.picture.state
        codes = dict.fromkeys(code for each in known[0] for code in each.codes)
        super().__init__(session, [state.tasks[code] for code in codes])
        self._unit, self._login = unit, login
        self.rows = FigureRows(known, state)

    def heading(self) -> str:
        """Name the form and the unit."""
        unit = self.session.picture.state.unit_name(self._unit)
        return _("Figures of the period · {unit}").format(unit=unit)

    def compose(self) -> ComposeResult:
        """Put what is common to all figures above them."""
        picture = self.session.picture
        with Vertical(classes="form") as frame:
            frame.border_title = Content(self.heading())
            yield Static(id="period", markup=False)
            with Horizontal(id="common"):
                yield Static(_("On day"), markup=False, classes="caption")
                yield DayField(Days.of(picture), picture.today, title=_("As of"), id="on")
                yield Static(_("Source"), markup=False, classes="caption")
                hint = _("where the figures come from")
                yield QuickLine(id="note", placeholder=hint, limit=TEXT_LIMIT)
            yield self.rows
            with Horizontal(id="end"):
                yield Static(id="message", markup=False)
                yield Button(Content("[ " + _("Save") + " ]"), id="save", compact=True)
            yield KeyBar(on_top(*self.PLACES))

    def begin(self) -> None:
        """Go to the first figure that is owed."""
        self._judge()
        start = self.rows.open_after(None) or self.rows.rows[0]
        self.set_focus(start.field)

    # Where one is

    def action_go(self, by: int) -> None:
        """Go to the next field, or to the one before; a reason that is asked for is one."""
        self._judge()
        row = self.rows.with_field(self.focused)
        if by < 0:
            self.focus_previous()
        elif row is not None and row.attend() is not self.focused:
            self.set_focus(row.attend())
        else:
            self.focus_next()

    def action_quick_next(self) -> None:
        """Go to the next figure that is owed, after the last one to the button that saves.

        What is wrong in this row is put right first.
        """
        self._judge()  # the last digit may not have been told yet
        row = self.rows.with_field(self.focused)
        if row is not None and row.problem:
            self.say(row.problem)
        elif row is not None and row.lacks_reason:
            self.set_focus(row.attend())
        elif following := self.rows.open_after(row):
            self.set_focus(following.field)
        else:
            self.set_focus(self.query_exactly_one("#save", Button))

    def action_quick_same(self) -> None:
        """Say of this figure that nothing has changed, and go on."""
        row = self.rows.with_field(self.focused)
        if row is None:
            self.say(_("Go to a figure first."), "warning")
            return
        officer, state = self.session.picture.officer, self.session.picture.state
        lead = state.unit_name(row.owed.task.lead)
        if refused := row.say_same(lead, officer and officer.unit):
            self.say(refused, "warning")
            return
        self._judge()
        if row.says_same:
            self.action_quick_next()

    def on_descendant_focus(self) -> None:
        """Keep the whole row in sight."""
        self.call_after_refresh(self._show_row)

    def _show_row(self) -> None:
        if row := self.rows.with_field(self.focused):
            row.scroll_visible(animate=False)

    def on_descendant_blur(self) -> None:
        """Ask for what the row left behind lacks."""
        self._judge()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on from the day, too."""
        event.prevent_default()
        self.action_quick_next()

    def on_button_pressed(self) -> None:
        """Save."""
        self.action_save()

    # What is typed

    def on_input_changed(self) -> None:
        """Say at once what would be saved, and what is wrong with the day."""
        self.say(self._day_fault())
        self._judge()

    def _day(self) -> date:
        """Return the day of the figures. Raises `DateError`, or `BadInput` for a day to come."""
        picture = self.session.picture
        day = self.query_exactly_one("#on", DayField).day or picture.today
        limits.figure_day(day, picture.state.campaign, picture.today)
        return day

    def _day_fault(self) -> str:
        try:
            self._day()
        except (DateError, BadInput) as problem:
            return words.error(problem)
        return ""

    def _judge(self) -> None:
        if self not in self.app.screen_stack:
            return  # closed meanwhile, and its rows are gone
        self.rows.judge(None if self._day_fault() else self._day())
        picture = self.session.picture
        owed = sum(row.owed.given_on is None for row in self.rows)
        wrong = sum(row.is_wrong for row in self.rows)
        filled = sum(row.is_filled and not row.is_wrong for row in self.rows)
        first = period.first_day(picture.state.campaign, picture.today)
        parts = [
            _("Period {first} to {last}").format(
                first=format_date(first, year=False), last=format_date(picture.today)
            ),
            ngettext("{n} figure owed", "{n} figures owed", owed).format(n=owed),
            ngettext("{n} to be saved", "{n} to be saved", filled).format(n=filled),
        ]
        if wrong:
            text = ngettext("{n} to be put right", "{n} to be put right", wrong)
            parts.append(text.format(n=wrong))
        self.query_exactly_one("#period", Static).update(Content(" · ".join(parts)))

    def _values(self) -> tuple[str, ...]:
        fields = (field.value for field in self.query(Line))
        return (*fields, *(str(row.says_same) for row in self.rows))

    # What others write

    def _hear(self, change: Change) -> None:
        super()._hear(change)
        if change.codes is None or change.codes & self.versions.keys():
            self.rows.hear(change.others, change.picture.state)
            work_anew(self, self._reread, "standing")

    async def _reread(self) -> None:
        state = self.session.picture.state
        known = await self.session.look(read, state, self._unit, self._login)
        if known is None:
            return
        self.rows.take(known, state)
        for row in self.rows:
            if not row.is_touched:  # whoever types here from now on has seen what came
                self.versions |= {
                    task.code: task.version for task in row.owed.tasks if task.code in self.versions
                }
        self._judge()

    # Saving

    def action_save(self) -> None:
        """Save all rows that are filled in; first show the one that cannot be."""
        self._judge()
        wrong = self.rows.first_wrong()
        if fault := self._day_fault():
            self.set_focus(self.query_exactly_one("#on", DayField))
            self.say(fault)
        elif wrong is not None:
            self.set_focus(wrong.attend())
            why = wrong.problem or _("a reason is needed: {why}").format(why=wrong.why)
            self.say(f"{wrong.owed.task.code}: {why}")
        elif not any(row.is_filled for row in self.rows):
            self.say(_("Nothing is filled in yet."), "warning")
        else:
            super().action_save()

    async def _write_merging(self) -> Receipt | None:
        """Write all filled rows; where others were first with a figure, ask about that row."""
        for _attempt in range(MOST_MERGES + len(self.rows.rows)):
            try:
                return await self._write_all()
            except StaleEdit as stale:
                if not await self._settle(stale):
                    return None
            except Refused as problem:
                if row := self.rows.filled_for(problem.data.get("code")):
                    self.set_focus(row.attend())
                raise
        raise Locked

    async def _settle(self, stale: StaleEdit) -> bool:
        """Ask what to do about a row that others changed first; whether to try again."""
        code = stale.current.code
        row = self.rows.filled_for(code)
        answer = await conflict.ask(self, stale, row.mine() if row else {})
        self.versions[code] = stale.current.version
        if answer == conflict.BACK:
            if row:
                self.set_focus(row.field)
            return False
        replaced = row.mine() if row and answer == conflict.MINE else ()
        self._merged.append(conflict.merged(stale, self.session.picture.state, replaced))
        if answer == conflict.THEIRS and row:
            row.clear()
            self._judge()
        return any(row.is_filled for row in self.rows)

    async def _write_all(self) -> Receipt:
        return await self.session.write(
            record_many,
            self.rows.entries(),
            self.rows.unchanged(),
            on=self._day(),
            note=self.value("note") or None,
            uuid=self.uuid,
            versions=self.versions,
        )

    def saved(self, receipt: Receipt) -> str:
        """Say how much was saved and how much is still owed."""
        same = sum(row.says_same for row in self.rows)
        n = sum(row.is_filled for row in self.rows) - same
        left = sum(row.is_open for row in self.rows)
        parts = [ngettext("{n} figure", "{n} figures", n).format(n=n)] if n else []
        if same:
            parts.append(ngettext("{n} without change", "{n} without change", same).format(n=same))
        owed = ngettext("{n} still owed", "{n} still owed", left).format(n=left)
        return _("Saved: {what}; {left}").format(
            what=", ".join(parts), left=owed if left else _("nothing is owed any more")
        )
