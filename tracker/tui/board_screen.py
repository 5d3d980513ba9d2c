"""What the screens of the board share: the frame of lines around them, and hearing of changes."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget

from tracker import logbook
from tracker.tui import words
from tracker.tui.bars import KeyBar, ModeTab, StatusLine, Tone, name_tabs
from tracker.tui.commands import BY_ID, Place, of
from tracker.tui.fields import Line
from tracker.tui.filter_line import TokenLine
from tracker.tui.header import Header
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.tour import TourStrip
from tracker.tui.view_tabs import FILTER_CELLS, ViewTabs

TASKS, OVERVIEW, LOG = "tasks", "overview", "log"
TARGETS, LEAGUE, NINETY, MATRIX = "targets", "league", "ninety", "matrix"
"""The modes, as they are kept."""
MODES = (
    "show-tasks",
    "show-overview",
    "show-targets",
    "show-league",
    "show-ninety",
    "show-log",
)
"""The commands that lead to the modes with a tab; the matrix has none."""


class BoardScreen(Screen[None]):
    """A screen under the countdown; subclasses give its body and show changes in it."""

    PLACES: ClassVar[tuple[Place, ...]] = ()
    MODE: ClassVar[str] = ""
    """The command that leads here, whose tab is lit."""
    FILTERED_IN: ClassVar[str | None] = TASKS
    """The mode whose filter is meant where this screen has none; None: nothing is filtered here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._missed: Change | None = None

    def compose(self) -> ComposeResult:
        """Lay the frame around the body."""
        yield Header(self.session.picture)
        with Horizontal(id="modes"):
            for mode in MODES:
                yield ModeTab(BY_ID[mode], is_lit=mode == self.MODE)
            yield ViewTabs()
            yield from self.compose_beside_modes()
        yield from self.compose_body()
        yield TourStrip()
        yield StatusLine(id="status")
        keys = of(*self.PLACES, Place.BOARD)
        yield KeyBar(key for key in keys if key.id != "filter" or self.FILTERED_IN)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Do nothing before the screen stands: a key may have been meant for the one before."""
        return super().check_action(action, parameters) if self.is_mounted else False

    def compose_beside_modes(self) -> Iterable[Widget]:
        """Yield what stands to the right of the modes."""
        return ()

    def compose_body(self) -> Iterable[Widget]:
        """Yield what stands between the lines."""
        return ()

    def on_mount(self) -> None:
        """Begin to listen, and show the campaign as it is."""
        self.session.listeners.append(self._hear)
        self.show_change(Change(self.session.picture))

    def on_unmount(self) -> None:
        """Stop listening."""
        self.session.listeners.remove(self._hear)

    def on_screen_resume(self) -> None:
        """Catch up with what happened while another screen was in front."""
        self.show_views()
        missed, self._missed = self._missed, None
        if missed is not None:
            self._take_in(missed)

    def on_resize(self) -> None:
        """Give the tabs what the window has."""
        self.show_views()

    def show_views(self) -> None:
        """Bring the tabs of the modes in step with the window, those of the views with the session.

        What stands beside them keeps its room; the views get what the names of the modes leave.
        """
        line = self.query_exactly_one("#modes")
        kept = 0 if isinstance(line.children[-1], ViewTabs) else FILTER_CELLS
        room = self.size.width - 1 - kept
        modes = [tab for tab in line.children if isinstance(tab, ModeTab)]
        taken = name_tabs(modes, room)
        self.query_exactly_one(ViewTabs).show(self.session.views, room - taken)

    def _hear(self, change: Change) -> None:
        # A form in front leaves the screen in sight: only another mode hides it.
        if self in self.app.screen_stack:
            self._take_in(change)
        else:
            self._missed = Change(change.picture)

    def _take_in(self, change: Change) -> None:
        self.query_exactly_one(Header).picture = change.picture
        if change.others:
            entries = logbook.entries(event for event in change.others if event.task)
            if entries:
                self.say(words.news(entries, change.picture.state))
        self.show_change(change)

    @property
    def filter_line(self) -> TokenLine | None:
        """Where the filter of this screen is typed; None where it has none."""
        return next(iter(self.query(TokenLine)), None)

    def start_filter(self) -> None:
        """Go to the filter, ready for the next word."""
        if line := self.filter_line:
            self.go_to_filter(line)

    def go_to_filter(self, line: Line) -> None:
        """Go to a filter, ready for the next word."""
        if line.value and not line.value.endswith(" "):
            line.value += " "
        line.cursor_position = len(line.value)
        self.set_focus(line)

    def again(self) -> "BoardScreen":
        """Return the same screen made anew, as it is needed in another language."""
        return type(self)(self.session)

    def show_change(self, change: Change) -> None:
        """Draw what changed."""

    def say(self, text: str, tone: Tone = "good") -> None:
        """Tell something above the keys, for a while."""
        self.query_exactly_one(StatusLine).say(text, tone)

    def rest(self, text: str, tone: Tone = "quiet") -> None:
        """Say above the keys what the screen shows."""
        self.query_exactly_one(StatusLine).rest(text, tone)

    def be_quiet(self) -> None:
        """Take back what was said for a while; a key may come before the screen stands."""
        for line in self.query(StatusLine):
            line.be_quiet()

    def grey_keys(self, commands: Iterable[str]) -> None:
        """Show in the footer that these commands are not possible now."""
        self.query_exactly_one(KeyBar).grey(commands)
