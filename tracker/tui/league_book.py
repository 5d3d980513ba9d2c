"""The league of what the board shows, worked out once for all screens that show it."""

from asyncio import Lock

from tracker.league import League, league
from tracker.state import State
from tracker.tui.session import Session


class LeagueBook:
    """Keeps one league: that of the session's picture when it was last asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = Lock()
        self._of: State | None = None
        self._league: League | None = None

    @property
    def latest(self) -> League | None:
        """The league as last worked out; None before."""
        return self._league

    @property
    def is_current(self) -> bool:
        """Whether the latest league is that of the picture."""
        return self._of is self._session.picture.state

    async def read(self) -> League | None:
        """Return the league of the picture; None where the file cannot be read now, which is told.

        Who asks while it is being worked out waits for the same.
        """
        async with self._lock:
            if not self.is_current:
                state = self._session.picture.state
                found = await self._session.look(league, state)
                if found is None:
                    return None
                self._of, self._league = state, found
            return self._league
