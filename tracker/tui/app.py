"""The board as a program: from the first frame to the last, and the only clock it has."""

import gc
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.worker import WorkerFailed

from db.errors import NotFound, StoreError
from tracker import i18n, settings
from tracker.calendar import local_now
from tracker.i18n import _
from tracker.tui import crash, words
from tracker.tui.board_screen import (
    LEAGUE,
    LOG,
    MATRIX,
    NINETY,
    OVERVIEW,
    TARGETS,
    TASKS,
    BoardScreen,
)
from tracker.tui.commands import Place, bindings
from tracker.tui.ending import heed
from tracker.tui.everywhere import Everywhere
from tracker.tui.gateway import Gateway, News
from tracker.tui.list_screen import ListScreen
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.small import OpeningScreen
from tracker.tui.workers import work_anew

DAY_CHECK_SECONDS = 30
TERMINATED = 143  # what a shell calls the end by SIGTERM


# The board starts with one screen; the others, like the forms, are imported when they are opened.
def _overview(session: Session) -> BoardScreen:
    from tracker.tui.overview import OverviewScreen

    return OverviewScreen(session)


def _log(session: Session) -> BoardScreen:
    from tracker.tui.log_screen import LogScreen

    return LogScreen(session)


def _targets(session: Session) -> BoardScreen:
    from tracker.tui.targets_screen import TargetsScreen

    return TargetsScreen(session)


def _league(session: Session) -> BoardScreen:
    from tracker.tui.league_screen import LeagueScreen

    return LeagueScreen(session)


def _ninety(session: Session) -> BoardScreen:
    from tracker.tui.ninety_screen import NinetyScreen

    return NinetyScreen(session)


def _matrix(session: Session) -> BoardScreen:
    from tracker.tui.matrix_screen import MatrixScreen

    return MatrixScreen(session)


MODES: dict[str, Callable[[Session], BoardScreen]] = {
    TASKS: ListScreen,
    OVERVIEW: _overview,
    TARGETS: _targets,
    LEAGUE: _league,
    NINETY: _ninety,
    MATRIX: _matrix,
    LOG: _log,
}


class Board(Everywhere):
    """The campaign on a terminal."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.BOARD)

    class Heard(Message):
        """Others have written; posted from the gateway's thread."""

        def __init__(self, news: News) -> None:
            self.news = news
            super().__init__()

    def __init__(
        self,
        session: Session,
        *,
        theme: str | None = None,
        ascii: bool = False,
        welcome: bool = False,
    ) -> None:
        """`welcome`: ask who acts where nobody does, and show the tour to whoever is new."""
        super().__init__(theme=theme, ascii=ascii)
        self.session = session
        self._welcomes = welcome

    def get_default_screen(self) -> Screen[None]:
        """Paint something at once; the file is read meanwhile."""
        return OpeningScreen()

    def on_mount(self) -> None:
        """Begin to read, and to listen."""
        self.session.gateway.on_news = self._post
        self.session.on_trouble = self._tell_trouble
        self.session.listeners.append(self._hear)
        if not self.is_headless:
            heed(self.session.keep_memory, lambda: self.exit(return_code=TERMINATED))
        self.run_worker(self._open(), group="open")

    async def on_unmount(self) -> None:
        """Finish what is being written, then let the file go; remember how it was left."""
        self.session.keep_memory()
        await self.session.gateway.close()

    async def _open(self) -> None:
        try:
            await self.session.read_all()
        except words.PROBLEMS as problem:
            self.exit(return_code=1, message=Text(words.error(problem)))
            return
        for mode, screen in MODES.items():
            self.add_mode(mode, partial(self._make, screen))
        await self.switch_mode(self.first_mode)
        self.begin()
        if not self.is_headless:
            # Off since the program began. What the start has made stays: it need not be looked at.
            gc.freeze()
            gc.enable()
        if self._welcomes:
            self.offer_tour()
            self.ask_who_acts()
        self.set_interval(DAY_CHECK_SECONDS, self._check_day)

    def _make(self, screen: Callable[[Session], BoardScreen]) -> BoardScreen:
        """Return the screen of a mode, in step with the styles: they were parsed a moment ago.

        A screen takes them when it is mounted. Textual would first parse all of them anew, twice.
        The count is its own affair: a version that does not keep it so parses, and nothing breaks.
        """
        made = screen(self.session)
        count = getattr(self, "_css_update_count", None)
        if count is not None and hasattr(made, "_css_update_count"):
            made._css_update_count = count
        return made

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
            work_anew(self, self.session.read_summary, "summary")

    def _read_all(self) -> None:
        work_anew(self, self._reread, "open")

    async def _reread(self) -> None:
        try:
            await self.session.read_all()
        except StoreError as problem:
            self._tell_trouble(problem)

    def _tell_trouble(self, problem: StoreError) -> None:
        self.warn(words.error(problem))

    def _check_day(self) -> None:
        """At midnight everything is read against the new day."""
        picture = self.session.picture
        if local_now(picture.state.campaign, self.session.now()).date() != picture.today:
            self._read_all()

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
    session = Session(gateway, now=now, on=on, shelf=settings.state_dir())
    preferences = settings.load()
    board = Board(session, theme=preferences.theme, ascii=ascii, welcome=True)
    board.rebind(preferences.keys, settings.unreadable())
    board.run()
    if board.return_code:
        raise SystemExit(board.return_code)
