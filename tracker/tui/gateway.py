"""The board's only way to the file: one thread that owns one connection, and listens for commits.

Every job runs in that thread, one after another, and comes back to the event loop as its result or
its error. Knows nothing of screens and words.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Concatenate, ParamSpec, TypeVar

from db import events, tasks
from db.connection import data_version, guarded, is_open
from db.engine import Connection
from db.errors import NotFound, ReadOnly, StoreError
from db.log_records import Event
from db.records import Task
from tracker.files import open_file
from tracker.operations.desk import Desk, Receipt

P = ParamSpec("P")
T = TypeVar("T")

POLL_SECONDS = 1.0
MOST_WAITING = 32  # jobs before the thread; whoever comes then waits for room


@dataclass(frozen=True, slots=True)
class News:
    """What was written since the board last looked, and the tasks touched, as they are now.

    `own` is the group that this board has just written, if it did; `replaced` says that the file
    was opened anew, mostly because another one has taken its place: all must be read again.
    """

    events: tuple[Event, ...] = ()
    tasks: tuple[Task, ...] = ()
    own: int | None = None
    replaced: bool = False


class Gateway:
    """The thread, its connection, and the queue between it and the event loop.

    `login` is who acts. `on_news` is called, in the gateway's thread, when others wrote.
    """

    def __init__(
        self,
        path: Path,
        *,
        login: str | None,
        now: Callable[[], datetime],
        session: str,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self.path, self.login = path, login
        self.on_news: Callable[[News], None] | None = None
        self._now, self._session, self._poll_seconds = now, session, poll_seconds
        self._room = asyncio.Semaphore(MOST_WAITING)
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: Thread | None = None
        self._closed: Future[None] = Future()
        # From here on the thread's own.
        self._conn: Connection | None = None
        self._place = (0, 0)  # device and inode of the open file
        self._version = self._seen = 0
        self._behind = self._replaced = False

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Return `work(connection, ...)`, run in the thread; its errors are raised here."""
        return await self._ask(lambda conn: work(conn, *args, **kwargs))

    async def write(
        self, operation: Callable[Concatenate[Desk, P], Receipt], *args: P.args, **kwargs: P.kwargs
    ) -> tuple[Receipt, News]:
        """Run `operation(desk, ...)` in the thread; return its receipt and all that is new by then.

        Once begun it is carried to its end, even if the caller is cancelled.
        """
        login = self.login

        def work(conn: Connection) -> tuple[Receipt, News]:
            receipt = operation(self._desk(conn, login), *args, **kwargs)
            self._behind = True
            return receipt, self._fresh(conn, receipt.group) or News(own=receipt.group)

        return await asyncio.shield(self._ask(work))

    async def do(
        self, operation: Callable[Concatenate[Desk, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `operation(desk, ...)`, which writes no events, in the thread; return its result."""
        login = self.login
        return await asyncio.shield(
            self._ask(lambda conn: operation(self._desk(conn, login), *args, **kwargs))
        )

    def _desk(self, conn: Connection, login: str | None) -> Desk:
        return Desk(conn, login, self._now, self._session)

    async def close(self) -> None:
        """Finish the jobs that wait, close the file, end the thread. May be called twice."""
        if self._thread is not None:
            self._jobs.put(None)
            await asyncio.wrap_future(self._closed)

    async def _ask(self, work: Callable[[Connection], T]) -> T:
        if self._thread is None:
            self._thread = Thread(target=self._run, name="gateway", daemon=True)
            self._thread.start()
        answer: Future[T] = Future()

        def job() -> None:
            if not answer.set_running_or_notify_cancel():
                return
            try:
                with guarded(str(self.path)):
                    answer.set_result(work(self._connection()))
            except BaseException as error:
                answer.set_exception(error)

        async with self._room:
            self._jobs.put(job)
            return await asyncio.wrap_future(answer)

    def _run(self) -> None:
        look_at = monotonic() + self._poll_seconds
        while True:
            with suppress(Empty):
                job = self._jobs.get(timeout=max(0.0, look_at - monotonic()))
                if job is None:
                    break
                job()
            if monotonic() >= look_at:
                self._look()
                look_at = monotonic() + self._poll_seconds
        if self._conn is not None:
            self._conn.close()
        self._closed.set_result(None)

    def _connection(self) -> Connection:
        """Open the file at the first job, and again when another one has taken its place or the
        connection was lost with a transaction that could not be ended.

        A file that cannot be written is opened for reading. Raises `NotFound` once it is gone: the
        connection would go on writing to a file without a name.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError as error:
            raise NotFound("file", str(self.path)) from error
        place = (found.st_dev, found.st_ino)
        if self._conn is None or self._place != place or not is_open(self._conn):
            if self._conn is not None:
                self._conn.close()
                self._replaced = True
            try:
                self._conn = open_file(self.path, writing=True)
            except ReadOnly:
                self._conn = open_file(self.path, writing=False)
            self._place = place
            self._version, self._seen = data_version(self._conn), events.head(self._conn)[0]
        return self._conn

    def _look(self) -> None:
        """Tell what others wrote since the last look."""
        if self._conn is None or self.on_news is None:
            return
        # The next job meets the same trouble and says so; an event loop that ends takes no news.
        with suppress(StoreError, RuntimeError), guarded(str(self.path)):
            if news := self._fresh(self._connection(), None):
                self.on_news(news)

    def _fresh(self, conn: Connection, own: int | None) -> News | None:
        """Return what is new, if anything.

        Trouble in reading it is left to the next look: what was just written stays written.
        """
        if self._replaced:
            self._replaced = False
            return News(own=own, replaced=True)
        with suppress(StoreError), guarded(str(self.path)):
            version = data_version(conn)
            if version == self._version and not self._behind:
                return None
            fresh = events.after(conn, self._seen)
            codes = dict.fromkeys(event.task for event in fresh if event.task)
            touched = tuple(tasks.load(conn, codes).values()) if codes else ()
            self._version, self._behind = version, False
            if fresh:
                self._seen = fresh[-1].seq
                return News(tuple(fresh), touched, own)
        return None
