"""Programs that tests run beside themselves: `python -m tests.workers JOB FILE ...`.

Each says "ready", waits for a line on its standard input, does its job and says what came of it, a
line at a time. Imports no more than the core, for twenty of them start at once.
"""

import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from uuid import UUID, uuid4

from db import chain, projection, tasks
from db.connection import write
from db.errors import StaleEdit, StoreError
from db.log_records import Stamp
from tracker.files import open_file
from tracker.operations import reports
from tracker.operations.desk import Desk
from tracker.operations.reports import Report


def say(text: object) -> None:
    """Tell the test something, at once."""
    print(text, flush=True)


def start(path: Path) -> None:
    """Open a file for writing, as every program does first."""
    with closing(open_file(path, writing=True)) as conn:
        say(conn.execute("SELECT count(*) FROM events").fetchone()[0])


def create(path: Path, mark: str) -> None:
    """Create a campaign file whose only event carries a mark."""
    draft = projection.creation("setting", "mark", {"value": mark}, kind="init")
    stamp = Stamp(str(UUID(int=1)), "2022-09-26T01:00:00Z", "2022-09-26", None, None, mark)
    log = chain.number([draft], stamp, seq=0, group=0, previous=chain.first_hash(mark))
    with import_module("db.schema").creating(path) as conn, write(conn):
        chain.fill(conn, log, projection.replay(log), str)
    say(mark)


def build(path: Path) -> None:
    """Begin to create a campaign file, and be killed over it."""
    with import_module("db.schema").creating(path) as conn, write(conn):
        conn.execute("INSERT INTO indicators VALUES ('a', 'b', 1)")
        say("building")
        sys.stdin.readline()


def count(path: Path, login: str, times: str, *codes: str) -> None:
    """Count on by one in the result of one task after the other; whoever was overtaken retries."""
    with closing(open_file(path, writing=True)) as conn:
        desk = Desk(conn, login, lambda: datetime.now(UTC), login)
        overtaken = 0
        for n in range(int(times)):
            code = codes[n % len(codes)]
            while True:
                task = tasks.get(conn, code)
                report = Report(result=str(int(task.result or 0) + 1))
                try:
                    reports.update(desk, [code], report, versions={code: task.version})
                    break
                except StaleEdit:
                    overtaken += 1
    say(overtaken)


def report(path: Path, login: str, *codes: str) -> None:
    """Report on tasks without end, each command on all of them; name every one that is saved."""
    with closing(open_file(path, writing=True)) as conn:
        desk = Desk(conn, login, lambda: datetime.now(UTC), login)
        while True:
            uuid = str(uuid4())
            reports.update(desk, codes, Report(result=f"Đã xong đợt {uuid}"), uuid=uuid)
            say(uuid)


def hold(path: Path) -> None:
    """Take the write lock, and keep it until killed."""
    with closing(open_file(path, writing=True)) as conn, write(conn):
        conn.execute("UPDATE tasks SET title = 'nửa chừng'")
        say("held")
        sys.stdin.readline()


JOBS: dict[str, Callable[..., None]] = {
    job.__name__: job for job in (start, create, build, count, report, hold)
}

if __name__ == "__main__":
    say("ready")
    sys.stdin.readline()
    try:
        JOBS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
    except StoreError as problem:
        say(f"refused {problem.code}")
