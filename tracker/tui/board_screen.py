"""What the screens of the board share: the frame of lines around them, and hearing of changes."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widget import Widget

from tracker import logbook
from tracker.tui import words
from tracker.tui.bars import KeyBar, ModeTab, StatusLine, Tone
from tracker.tui.commands import BY_ID, Place, of
from tracker.tui.fields import Line
from tracker.tui.header import Header
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.tour import TourStrip
from tracker.tui.view_tabs import FILTER_CELLS, ViewTabs

TASKS, OVERVIEW, LOG = "tasks", "overview", "log"
"""The modes, as they are kept."""
MODES = ("show-tasks", "show-overview", "show-log")


class BoardScreen(Screen[None]):
    """A screen under the countdown; subclasses give its body and show changes in it."""

    PLACES: ClassVar[tuple[Place, ...]] = ()
    MODE: ClassVar[str] = ""
    """The command that leads here, whose tab is lit."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._missed: Change | None = None

    def compose(self) -> ComposeResult:
        """Lay the frame around the body."""
        yield Header(self.session.picture)
        with Horizontal(id="modes"):
            for mode in MODES:
                tab = ModeTab(BY_ID[mode])
                tab.set_class(mode == self.MODE, "-on")
                yield tab
            yield ViewTabs()
            yield from self.compose_beside_modes()
        yield from self.compose_body()
        yield TourStrip()
        yield StatusLine(id="status")
        yield KeyBar(of(*self.PLACES, Place.BOARD))

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
        """Give the tabs of the views what the window has."""
        self.show_views()

    def show_views(self) -> None:
        """Bring the tabs of the views in step with the session."""
        taken = sum(tab.cells for tab in self.query(ModeTab))
        room = self.size.width - taken - FILTER_CELLS
        self.query_exactly_one(ViewTabs).show(self.session.views, room)

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
