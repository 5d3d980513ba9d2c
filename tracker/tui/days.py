"""Any past day: the prompt that asks which, and the whole board as it stood at the end of it."""

from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Static

from db import events
from tracker.errors import BadInput
from tracker.i18n import _, language
from tracker.tui import words
from tracker.tui.bars import Tone
from tracker.tui.board_screen import BoardScreen
from tracker.tui.detail import TaskScreen
from tracker.tui.dialog import Dialog
from tracker.tui.fields import Line
from tracker.tui.forms.question import answers
from tracker.tui.keys import OrderedKeys
from tracker.tui.picture import Picture
from tracker.tui.session import Session
from tracker.tui.workers import work_anew
from tracker.vietnamese import clean_line, format_date, long_date, parse_date, relative_day

GROUP = "day"


def day_meant(text: str, picture: Picture) -> date:
    """Return the day that a person typed, looking back from today; nothing typed is today.

    Raises DateError, and `BadInput("future-day")`.
    """
    if not clean_line(text):
        return picture.today
    campaign = picture.state.campaign
    window = (campaign.launch, campaign.books_close)
    day = parse_date(text, today=picture.today, window=window)
    if day > picture.today:
        raise BadInput("future-day", day=day, today=picture.today)
    return day


class DayPrompt(Dialog[date]):
    """Asks for a day and returns it, today too; None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """One line, what it is read as, and two answers for the mouse."""
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(_("Show a day"))
            yield Line(placeholder=_("20/11, yesterday, last friday; empty: today"))
            yield Static(id="message", markup=False)
            yield answers([("show", _("Show")), ("cancel", _("Cancel"))])

    def on_mount(self) -> None:
        """Say what an empty line means."""
        self._echo("")

    def on_input_changed(self, event: Line.Changed) -> None:
        """Say what is meant, as far as it can be understood."""
        event.stop()
        self._echo(event.value)

    def _echo(self, text: str) -> None:
        picture = self._session.picture
        try:
            day = day_meant(text, picture)
        except words.PROBLEMS as problem:
            self._tell(words.error(problem), "-warning")
        else:
            away = relative_day(day, picture.today, language())
            self._tell(f"{long_date(day, language())} · {away}", "-good")

    def _tell(self, text: str, tone: str) -> None:
        message = self.query_exactly_one("#message", Static)
        message.set_classes(tone)
        message.update(Content(text))

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Close with the day, or say why it cannot be shown."""
        event.stop()
        work_anew(self, partial(self._answer, event.value), GROUP)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by the mouse."""
        if event.button.id == "answer-show":
            line = self.query_exactly_one(Line)
            work_anew(self, partial(self._answer, line.value), GROUP)
        else:
            self.dismiss(None)

    async def _answer(self, text: str) -> None:
        try:
            day = day_meant(text, self._session.picture)
            first = await self._session.gateway.read(events.first_day)
        except words.PROBLEMS as problem:
            self._tell(words.error(problem), "-error")
            return
        if first and day.isoformat() < first:
            shown = format_date(date.fromisoformat(first))
            self._tell(_("Nothing was recorded before {day}.").format(day=shown), "-error")
            return
        self.dismiss(day)

    def action_leave(self) -> None:
        """Leave the board on the day that it shows."""
        self.dismiss(None)


class Days(OrderedKeys):
    """An app that can show a past day, on every screen or on a page of its own."""

    @property
    def session_in_sight(self) -> Session:
        """The session behind the screen in front: a page of a past day has its own."""
        screen = self.screen
        return screen.session if isinstance(screen, BoardScreen) else self.session

    def action_go_to_day(self) -> None:
        """Ask which day to show."""
        self.push_screen(DayPrompt(self.session), self._show_asked)

    def _show_asked(self, day: date | None) -> None:
        if day is not None:
            self.show_day(day)

    def action_show_today(self) -> None:
        """Leave the past day, or the page of a task as it once was."""
        if self.session_in_sight is not self.session:
            self.pop_screen()
        elif self.session.picture.is_past:
            self.show_day(None)
        else:
            self._say(_("The board shows today."), "quiet")

    def show_day(self, day: date | None) -> None:
        """Show the whole board as it was known at the end of a day, None for today.

        A form that is opened while the day is being read keeps the board on its day.
        """
        work_anew(self, partial(self._show_day, day), GROUP)

    async def _show_day(self, day: date | None) -> None:
        session, stood = self.session, self.screen
        self._say(_reading(day or session.picture.today), "quiet")
        try:
            shown = await session.show_day(day, wanted=self._has_no_form)
        except words.PROBLEMS as problem:
            self._say(words.error(problem), "error")
            return
        _be_quiet(stood)
        if not shown:
            self.notify(_("The day stays, because a form was opened meanwhile."), markup=False)
        elif session.picture.is_past:
            self._say(words.as_it_was(session.picture.state.day), "warning")
        else:
            self._say(_("The board shows today."), "good")

    def _has_no_form(self) -> bool:
        from tracker.tui.forms.form import Form

        return not any(isinstance(screen, Form) for screen in self.screen_stack)

    def _say(self, text: str, tone: Tone) -> None:
        if isinstance(self.screen, BoardScreen):
            self.screen.say(text, tone)

    def open_task_then(self, code: str, day: date) -> None:
        """Open a task's page as it stood at the end of a day; the board stays on its own day."""
        if day >= self.session.picture.state.day:
            self.push_screen(TaskScreen(self.session, code))
        else:
            work_anew(self, partial(self._open_task_then, code, day), GROUP)

    async def _open_task_then(self, code: str, day: date) -> None:
        self._say(_reading(day), "quiet")
        then = Session(self.session.gateway, now=self.session.now, on=day)
        then.on_trouble = self.session.on_trouble
        stood = self.screen
        try:
            await then.read_all()
        except words.PROBLEMS as problem:
            self._say(words.error(problem), "error")
            return
        _be_quiet(stood)
        if self.screen is stood:
            await self.push_screen(TaskScreen(then, code))


def _be_quiet(screen: Screen[Any]) -> None:
    """Say no longer that something is being read; the screen may be gone meanwhile."""
    if isinstance(screen, BoardScreen) and screen.is_attached:
        screen.be_quiet()


def _reading(day: date) -> str:
    return _("Reading {day} ...").format(day=long_date(day, language()))
