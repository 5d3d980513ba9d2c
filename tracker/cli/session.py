"""One run of the command line: what the global options say, the file, the day, who acts."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date, datetime
from functools import cached_property, partial
from importlib import import_module
from pathlib import Path

from db import units
from db.connection import guarded
from db.engine import Connection
from db.records import Campaign, Officer
from tracker import i18n, settings, state
from tracker.calendar import local_now
from tracker.cli.marks import illustrative
from tracker.cli.output import Output
from tracker.errors import BadInput
from tracker.files import open_file
from tracker.i18n import _
from tracker.vietnamese import format_date, match_unit, parse_date

FAILED, MISUSED, FOUND, INTERRUPTED = 1, 2, 3, 130
"""Exit codes; 0 is fine."""


class Session:
    """What every command of one run shares; `now` is the only clock."""

    def __init__(self, out: Output, now: Callable[[], datetime]) -> None:
        self.out, self.now = out, now
        self.debug = False
        self._chosen: dict[str, str] = {}
        out.ascii = os.environ.get("TRACKER_ASCII", "") not in ("", "0")

    def choose(self, name: str, value: str | bool) -> None:
        """Take one global option."""
        if name == "lang":
            if value not in i18n.LANGUAGES:
                raise BadInput("unknown-language", value=value)
            i18n.set_language(str(value))
        elif name == "ascii":
            self.out.ascii = True
        elif name == "debug":
            self.debug = True
        else:
            self._chosen[name] = str(value)

    def wish(self, name: str) -> str | None:
        """Return what an option or its environment variable says, or None."""
        variables = {"db": "TRACKER_DB", "on": "TRACKER_ON", "as": "TRACKER_OFFICER"}
        return self._chosen.get(name) or os.environ.get(variables[name]) or None

    @cached_property
    def preferences(self) -> settings.Settings:
        """What the user's settings file says."""
        return settings.load()

    @property
    def path(self) -> Path:
        """The campaign's file."""
        given = self.wish("db")
        remembered = None if given else self.preferences.file
        return settings.campaign_file(given, remembered)

    @contextmanager
    def reading(self) -> Iterator["View"]:
        """Open the file to look at it, today or on an earlier day."""
        with (
            closing(open_file(self.path, writing=False)) as conn,
            guarded(str(self.path)),
            closing(View(self, conn)) as view,
        ):
            yield view

    def acting_login(self, conn: Connection) -> str | None:
        """Return who acts on an open file."""
        given = self.wish("as")
        remembered = None if given else self.preferences.officer
        return settings.acting_login(conn, given, remembered)


class View:
    """The open file as one command sees it, and how what was typed is read against it."""

    def __init__(self, session: Session, conn: Connection) -> None:
        self.session, self.conn, self.out = session, conn, session.out
        self._held = ExitStack()
        self.campaign: Campaign = units.campaign(conn)
        self.now = local_now(self.campaign, session.now())
        self.today = self.now.date()
        wish = session.wish("on")
        self.day = self.read_date(wish) if wish else self.today
        if self.day > self.today:
            raise BadInput("future-day", day=self.day, today=self.today)

    @cached_property
    def state(self) -> state.State:
        """The campaign as known at the end of the day that is looked at."""
        return state.of(self.conn, self.then, self.day, self.today)

    @cached_property
    def then(self) -> Connection:
        """The tables as they were known at the end of the day that is looked at."""
        return self._held.enter_context(self.known(self.conn))

    @contextmanager
    def known(self, conn: Connection) -> Iterator[Connection]:
        """Yield the tables as they were known at the end of the day that is looked at; to make them
        again out of a long log shows how far it is.
        """
        if self.day == self.today:
            yield conn
            return
        bar = import_module("tracker.cli.progress")
        steps = import_module("db.scores").last_seq(conn, self.day.isoformat())
        with ExitStack() as held:
            title = _("Looking back to {day}").format(day=format_date(self.day))
            with bar.progress(self.out, title, steps) as advance:
                watch = partial(bar.watched, advance=advance)
                past = state.known_by(conn, self.day, self.today, watch)
                then = held.enter_context(past)
            yield then

    def close(self) -> None:
        """Let go of what was read of a past day; the file itself is closed by who opened it."""
        self._held.close()

    @cached_property
    def login(self) -> str | None:
        """Who acts, or None."""
        return self.session.acting_login(self.conn)

    @property
    def officer(self) -> Officer | None:
        """The officer who acts, if the file knows one."""
        return units.officer(self.conn, self.login) if self.login else None

    @property
    def unrecorded(self) -> str | None:
        """A sentence where nothing was recorded yet on the day that is looked at."""
        first = self.state.first_recorded
        if first is None:
            return None
        return _("Nothing was recorded yet on this day; the log begins on {day}.").format(
            day=format_date(first)
        )

    def mark(self) -> None:
        """Print what every print of this file carries."""
        if words := illustrative(self.campaign):
            self.out.text(self.out.paint(words, "warning"))

    def mark_beside(self) -> None:
        """Say the same beside a sheet, which holds data only."""
        if words := illustrative(self.campaign):
            self.out.note(words)

    def read_date(self, text: str, *, forward: bool = False, to_come: bool = False) -> date:
        """Read a day as typed; words look back, or forward for deadlines and what is to come."""
        window = (self.campaign.launch, self.campaign.books_close)
        return parse_date(text, today=self.today, window=window, forward=forward, to_come=to_come)

    def optional_date(self, text: str | None) -> date | None:
        """Read a day that has been, or nothing."""
        return self.read_date(text) if text else None

    def unit(self, text: str) -> str:
        """Return the code of the unit that is meant."""
        return match_unit(text, units.units(self.conn).values()).code
