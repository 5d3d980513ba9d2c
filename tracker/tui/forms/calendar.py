"""A small calendar: one month, Monday first, from which a day is chosen by keys or by the mouse.

Every mark is a character too, so that it shows without colour: today, the deadline, a holiday, a
day outside the campaign.
"""

from calendar import Calendar, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from textual import events
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from db.records import Campaign
from tracker.calendar import is_working_day
from tracker.i18n import _, language
from tracker.tui.dialog import Dialog
from tracker.tui.picture import Picture
from tracker.vietnamese import long_date, relative_day

TODAY, DUE, HOLIDAY, OUTSIDE = "*", "!", "+", "."


@dataclass(frozen=True, slots=True)
class Days:
    """What a calendar knows of days: today, the campaign's own, and the deadline of a task."""

    today: date
    campaign: Campaign
    due: date | None = None

    @classmethod
    def of(cls, picture: Picture, due: date | None = None) -> "Days":
        """Take what a picture of the campaign knows."""
        return cls(picture.today, picture.state.campaign, due)

    @property
    def window(self) -> tuple[date, date]:
        """The first and the last day on which anything can be due or done."""
        return self.campaign.launch, self.campaign.books_close

    def mark(self, day: date) -> str:
        """Return the character beside a day; the most important one where several hold."""
        first, last = self.window
        found = (
            (day == self.due, DUE),
            (day == self.today, TODAY),
            (day in self.campaign.holidays, HOLIDAY),
            (not first <= day <= last, OUTSIDE),
        )
        return next((mark for holds, mark in found if holds), " ")

    def rests(self, day: date) -> str:
        """Say why offices are closed on a day; nothing on a working day."""
        if day in self.campaign.holidays:
            return _("a holiday")
        return "" if is_working_day(self.campaign, day) else _("a day off")

    def words(self, day: date) -> str:
        """Return a day in full: weekday, date, how far away it is, whether offices work."""
        parts = [
            long_date(day, language()), relative_day(day, self.today, language()), self.rests(day)
        ]  # fmt: skip
        return " · ".join(part for part in parts if part)


class MonthView(Widget, can_focus=True):
    """The month around the chosen day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1)", show=False),
        Binding("right", "go(1)", show=False),
        Binding("up", "go(-7)", show=False),
        Binding("down", "go(7)", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
        Binding("home", "today", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"month--on", "month--off", "month--marked"}

    day: reactive[date] = reactive(date.min, layout=True)

    @dataclass
    class Chosen(Message):
        """A day was clicked."""

        day: date

    def __init__(self, days: Days, day: date) -> None:
        super().__init__()
        self._days = days
        self.set_reactive(MonthView.day, day)

    def render(self) -> RenderResult:
        """Draw the month, the chosen day in full, and what the marks mean."""
        head = Content.assemble(
            ("  <<  ", Style.from_meta({"turn": -1})),
            (_("Month {month}/{year}").format(month=self.day.month, year=self.day.year), "bold"),
            ("  >>  ", Style.from_meta({"turn": 1})),
        )
        columns = "".join(f" {name:<5}" for name in _("Mo Tu We Th Fr Sa Su").split())
        weeks = Calendar().monthdatescalendar(self.day.year, self.day.month)
        rows = [Content("").join(map(self._cell, week)) for week in weeks]
        # Six weeks always: the window must not jump from month to month.
        rows += [Content(" ")] * (6 - len(rows))
        chosen = Content.styled(f" {self._days.words(self.day)}", "bold $text-success")
        return Content("\n").join([head, Content.styled(columns, "bold"), *rows, chosen])

    def _cell(self, day: date) -> Content:
        mark = self._days.mark(day)
        if day == self.day:
            text, style = f"[{day.day:2}{mark}] ", self.get_visual_style("month--on")
        elif day.month != self.day.month:
            return Content(" " * 6)
        else:
            text = f" {day.day:2}{mark}  "
            off = mark in (HOLIDAY, OUTSIDE) or self._days.rests(day)
            name = "off" if off else "marked"
            plain = not off and mark == " "
            style = Style() if plain else self.get_visual_style(f"month--{name}")
        return Content.styled(text, style + Style.from_meta({"day": day.isoformat()}))

    def action_go(self, days: int) -> None:
        """Go some days on, or back."""
        self.day += timedelta(days=days)

    def action_turn(self, months: int) -> None:
        """Turn to another month; a 31st becomes its last day."""
        years, month = divmod(self.day.month - 1 + months, 12)
        year = self.day.year + years
        last = monthrange(year, month + 1)[1]
        self.day = date(year, month + 1, min(self.day.day, last))

    def action_today(self) -> None:
        """Go to today."""
        self.day = self._days.today

    def on_click(self, event: events.Click) -> None:
        """Choose the day that was clicked, or turn the month."""
        event.stop()
        meta = event.style.meta
        if "turn" in meta:
            self.action_turn(int(meta["turn"]))
        elif "day" in meta:
            self.post_message(self.Chosen(date.fromisoformat(meta["day"])))

    def on_mouse_scroll_down(self) -> None:
        """The wheel turns the months."""
        self.action_turn(1)

    def on_mouse_scroll_up(self) -> None:
        """The wheel turns the months."""
        self.action_turn(-1)


class CalendarScreen(Dialog[date]):
    """Chooses one day; the result is the day, None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, title: str, days: Days, day: date) -> None:
        super().__init__()
        self._title, self._days, self._day = title, days, day

    def compose(self) -> ComposeResult:
        """Put the meaning of the marks and the keys under the month."""
        with Vertical(classes="calendar") as frame:
            frame.border_title = Content(self._title)
            yield MonthView(self._days, self._day)
            yield Static(self._legend(), markup=False, classes="quiet")

    def _legend(self) -> Content:
        marks = _("{today} today  {due} deadline  {holiday} holiday  {outside} outside").format(
            today=TODAY, due=DUE, holiday=HOLIDAY, outside=OUTSIDE
        )
        keys = _("arrows, PgUp PgDn month · Home today")
        ends = _("Enter takes the day · Esc leaves")
        return Content(f" {marks}\n {keys}\n {ends}")

    def on_month_view_chosen(self, message: MonthView.Chosen) -> None:
        """Close with the day that was clicked."""
        self.dismiss(message.day)

    def action_take(self) -> None:
        """Close with the chosen day."""
        self.dismiss(self.query_exactly_one(MonthView).day)

    def action_leave(self) -> None:
        """Close without choosing."""
        self.dismiss(None)
