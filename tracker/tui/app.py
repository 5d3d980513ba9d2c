"""The board as a program: from the first frame to the last, and the only clock it has."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed

from db.errors import NotFound, StoreError
from db.records import Role
from tracker import i18n, settings
from tracker.calendar import local_now
from tracker.i18n import _
from tracker.tui import crash, words
from tracker.tui.ascii import AsciiFilter
from tracker.tui.board_screen import BoardScreen
from tracker.tui.commands import Place, bindings
from tracker.tui.everywhere import LOG, OVERVIEW, TASKS, Everywhere
from tracker.tui.gateway import Gateway, News
from tracker.tui.list_screen import ListScreen
from tracker.tui.log_screen import LogScreen
from tracker.tui.overview import OverviewScreen
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.small import LEAST_HEIGHT, LEAST_WIDTH, OpeningScreen, SmallScreen
from tracker.tui.themes import DARK, OWN

DAY_CHECK_SECONDS = 30
MODES: dict[str, Callable[[Session], BoardScreen]] = {
    TASKS: ListScreen,
    OVERVIEW: OverviewScreen,
    LOG: LogScreen,
}


class Board(Everywhere):
    """The campaign on a terminal."""

    CSS_PATH = "tracker.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.BOARD)

    class Heard(Message):
        """Others have written; posted from the gateway's thread."""

        def __init__(self, news: News) -> None:
            self.news = news
            super().__init__()

    def __init__(self, session: Session, *, theme: str | None = None, ascii: bool = False) -> None:
        super().__init__()
        self.session = session
        self.plain = ascii
        for own in OWN:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Draw plainly where that was asked for."""
        filters = super().get_line_filters()
        return [*filters, AsciiFilter()] if self.plain else filters

    def get_default_screen(self) -> Screen[None]:
        """Paint something at once; the file is read meanwhile."""
        return OpeningScreen()

    def on_mount(self) -> None:
        """Begin to read, and to listen."""
        self.session.gateway.on_news = self._post
        self.session.on_trouble = self._tell_trouble
        self.session.listeners.append(self._hear)
        self.run_worker(self._open(), group="open")

    async def on_unmount(self) -> None:
        """Finish what is being written, then let the file go."""
        await self.session.gateway.close()

    async def _open(self) -> None:
        try:
            await self.session.read_all()
        except words.PROBLEMS as problem:
            self.exit(return_code=1, message=Text(words.error(problem)))
            return
        for mode, screen in MODES.items():
            self.add_mode(mode, partial(screen, self.session))
        officer = self.session.picture.officer
        oversees = officer is not None and officer.role is not Role.OFFICER
        await self.switch_mode(OVERVIEW if oversees else TASKS)
        self.begin()
        self._fit(self.size)
        self.set_interval(DAY_CHECK_SECONDS, self._check_day)

    # Changes

    def _post(self, news: News) -> None:
        """Bring news over from the gateway's thread."""
        self.post_message(self.Heard(news))

    def on_board_heard(self, message: Heard) -> None:
        """Take in what others wrote."""
        if self.session.is_open and not self.session.learn(message.news):
            self._read_all()

    def _hear(self, change: Change) -> None:
        """Bring the summary in step once tasks have changed."""
        if change.codes:
            self.run_worker(self.session.read_summary(), exclusive=True, group="summary")

    def _read_all(self) -> None:
        self.run_worker(self._reread(), exclusive=True, group="open")

    async def _reread(self) -> None:
        try:
            await self.session.read_all()
        except StoreError as problem:
            self._tell_trouble(problem)

    def _tell_trouble(self, problem: StoreError) -> None:
        self.notify(words.error(problem), severity="warning", markup=False)

    def _check_day(self) -> None:
        """At midnight everything is read against the new day."""
        picture = self.session.picture
        if local_now(picture.state.campaign, self.session.now()).date() != picture.today:
            self._read_all()

    # The window

    def on_resize(self, event: events.Resize) -> None:
        """Ask for room where there is too little."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        width, height = size
        small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        if small and not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())
        elif not small and isinstance(self.screen, SmallScreen):
            self.pop_screen()

    # Trouble

    def _handle_exception(self, error: Exception) -> None:
        """End with one line; what happened goes to a private file, without anyone's data.

        Textual would print every local value on the terminal. Tests, which run headless, want
        the error itself.
        """
        if self.is_headless:
            super()._handle_exception(error)
            return
        if isinstance(error, WorkerFailed):
            error = error.error if isinstance(error.error, Exception) else error
        path = crash.write(error, settings.data_dir() / "crashes", self.session.now())
        self._return_code = 1
        where = _("Details without anyone's data: {path}").format(path=path) if path else ""
        text = _("The board had to stop; everything saved is in the file.")
        self.panic(Text(f"{text} {where}".rstrip()))


def now() -> datetime:
    """Return the instant; the one reading of the clock on the board."""
    return datetime.now(UTC)


def run(path: Path, *, login: str | None, language: str, ascii: bool, on: date | None) -> None:
    """Open the board on a campaign file and stay until it is left.

    `login` acts, None: nobody; `on` is a past day to look at. Raises `NotFound` where there is no
    file, and `SystemExit` where the board could not go on.
    """
    if not path.is_file():
        raise NotFound("file", str(path))
    i18n.set_language(language)
    gateway = Gateway(path, login=login, now=now, session=settings.session())
    board = Board(Session(gateway, now=now, on=on), theme=settings.load().theme, ascii=ascii)
    board.run()
    if board.return_code:
        raise SystemExit(board.return_code)
