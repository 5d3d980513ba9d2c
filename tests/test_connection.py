"""Opening a campaign file, the write block, the wall around it, and every way in which it fails."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from itertools import count
from pathlib import Path

import pytest

from db import connection, engine, tasks
from db.connection import connect, data_version, guarded, is_open, raw_connect, snapshot, write
from db.engine import Connection, is_wal_safe, sqlite3
from db.errors import (
    DiskFull,
    Locked,
    NotFound,
    NotOpened,
    ReadOnly,
    StoreError,
    Tampered,
    Unreadable,
)
from tests import make
from tests.faulty import Faulty, faulty_connections, refuse_rollback
from tests.processes import ROOT, workers
from tests.proof import assert_sound, rows
from tracker.files import open_file
from tracker.operations import reports
from tracker.operations.reports import Report

TASKS = ("TTDH-01.KD", "NS-04.KD", "TTXD-02.KD")
Block = Callable[[Connection], AbstractContextManager[Connection]]
SOMEBODY = 12345  # a user id that owns nothing
LOOKED = ["6", "6", "read-only"]  # all tasks were read, twice, and nothing was written


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a new file of the small campaign."""
    return make.file(tmp_path)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let connections wait for a lock no longer than a moment."""
    settings = ("PRAGMA busy_timeout=50", *connection._SETTINGS[1:])
    monkeypatch.setattr(connection, "_SETTINGS", settings)


# What cannot be opened


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        connect(tmp_path / "none.sqlite")
    assert (caught.value.what, caught.value.key) == ("file", str(tmp_path / "none.sqlite"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        connect(tmp_path)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"SQLite format 3\0", bytes(range(256)) * 32, b"Dear officer,\n" * 1000],
    ids=["empty", "one byte", "header alone", "noise", "letter"],
)
def test_what_is_no_campaign_file_is_refused_and_left_alone(
    content: bytes, read_only: bool, tmp_path: Path
) -> None:
    path = tmp_path / "campaign.sqlite"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        connect(path, read_only=read_only)
    assert caught.value.path == str(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(Unreadable):
        connect(path)


def test_a_file_cut_short_is_refused_or_found_damaged_when_it_is_read(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(Unreadable), guarded(str(path)), closing(connect(path)) as conn:
        rows(conn)


def test_a_name_with_marks_of_a_url_is_a_name(tmp_path: Path) -> None:
    path = make.file(tmp_path, name="90%20 ngày?mode=ro#x.sqlite")
    with closing(connect(path)) as conn:
        assert len(tasks.load(conn)) == 6


# Settings


def test_a_connection_is_set_up_for_safety(path: Path) -> None:
    with closing(connect(path)) as conn:
        found = {
            name: conn.execute(f"PRAGMA {name}").fetchone()[0]
            for name in (
                "journal_mode", "synchronous", "foreign_keys", "recursive_triggers",
                "trusted_schema", "busy_timeout",
            )
        }  # fmt: skip
    assert found == {
        "journal_mode": "wal" if is_wal_safe() else "delete",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "busy_timeout": 10_000,
    }


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_versions_that_can_corrupt_a_wal_are_known(version: tuple[int, ...], safe: bool) -> None:
    assert is_wal_safe(version) is safe


def test_this_program_runs_on_the_sqlite_it_asks_for() -> None:
    assert ".".join(map(str, engine.VERSION)) == sqlite3.sqlite_version


def journal(path: Path) -> str:
    """Return the journal mode that a file is in."""
    with closing(sqlite3.connect(path)) as conn:
        return str(conn.execute("PRAGMA journal_mode").fetchone()[0])


@pytest.mark.skipif(not is_wal_safe(), reason="this SQLite makes no WAL files")
def test_an_unsafe_engine_turns_the_file_to_a_rollback_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "is_wal_safe", lambda: False)
    with closing(connect(path)) as conn:
        reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))
        assert_sound(conn)
    assert journal(path) == "delete"


@pytest.mark.skipif(not is_wal_safe(), reason="this SQLite makes no WAL files")
@pytest.mark.usefixtures("impatient")
def test_an_unsafe_engine_only_reads_a_file_that_others_have_open(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "is_wal_safe", lambda: False)
    with closing(raw_connect(path)) as other:
        other.execute("SELECT count(*) FROM tasks").fetchone()
        with closing(connect(path)) as conn:
            assert len(tasks.load(conn)) == 6
            with pytest.raises(ReadOnly):
                reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))
    assert journal(path) == "wal"


# The wall


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE tasks",
        "DROP TRIGGER events_no_update",
        "DROP INDEX events_by_task",
        "ALTER TABLE tasks ADD COLUMN note TEXT",
        "ALTER TABLE events RENAME TO history",
        "CREATE TABLE notes (text TEXT)",
        "CREATE TEMP TABLE notes (text TEXT)",
        "CREATE VIEW late AS SELECT code FROM tasks",
        "CREATE TRIGGER t AFTER INSERT ON events BEGIN SELECT 1; END",
        "CREATE INDEX i ON tasks (title)",
        "CREATE VIRTUAL TABLE words USING fts5 (text)",
        "ATTACH ':memory:' AS other",
        "UPDATE events SET actor = 'x'",
        "DELETE FROM events",
        "DELETE FROM tasks",
        "PRAGMA user_version=9",
        "PRAGMA USER_VERSION=9",
        "PRAGMA application_id=9",
        "PRAGMA writable_schema=ON",
        "PRAGMA foreign_keys=OFF",
        "PRAGMA recursive_triggers=OFF",
        "PRAGMA synchronous=OFF",
        "PRAGMA journal_mode=OFF",
        "PRAGMA ignore_check_constraints=ON",
    ],
)
def test_the_product_cannot_touch_the_schema_the_log_or_the_settings(
    statement: str, path: Path
) -> None:
    with closing(connect(path)) as conn:
        before = rows(conn)
        with pytest.raises(Tampered), guarded(str(path)):
            conn.execute(statement)
        assert rows(conn) == before


def test_a_reader_cannot_write(path: Path) -> None:
    with closing(connect(path, read_only=True)) as conn:
        before = rows(conn)
        with pytest.raises(ReadOnly):
            reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))
        assert rows(conn) == before


# The write block


def test_a_block_is_saved_whole_when_it_ends(path: Path) -> None:
    with closing(connect(path)) as conn, closing(connect(path, read_only=True)) as reader:
        with write(conn):
            conn.execute("UPDATE tasks SET weight = '1'")
            assert rows(reader)["tasks"] != rows(conn)["tasks"]
        assert rows(reader) == rows(conn)


def write_and_raise(conn: Connection, failure: type[BaseException]) -> None:
    """Fail in the middle of a write block."""
    with write(conn):
        conn.execute("UPDATE tasks SET weight = '1'")
        raise failure


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit])
def test_any_failure_takes_everything_back(failure: type[BaseException], path: Path) -> None:
    with closing(connect(path)) as conn:
        before = rows(conn)
        with pytest.raises(failure):
            write_and_raise(conn, failure)
        assert not conn.in_transaction
        assert rows(conn) == before


@pytest.mark.parametrize("block", [write, snapshot])
def test_a_connection_whose_transaction_cannot_be_ended_is_closed(block: Block, path: Path) -> None:
    with closing(connect(path)) as conn, closing(connect(path)) as other:
        before = rows(other)
        refuse_rollback(conn)
        with pytest.raises(NotFound), block(conn):
            tasks.get(conn, "KHONG-CO.KD")
        assert not is_open(conn)
        assert is_open(other)
        with write(other):
            assert rows(other) == before


def test_a_mistake_of_the_program_is_not_called_a_damaged_file(path: Path) -> None:
    with closing(connect(path)) as conn:
        with pytest.raises(sqlite3.OperationalError, match="no such column"), write(conn):
            conn.execute("SELECT colour FROM tasks")
        with pytest.raises(sqlite3.IntegrityError), write(conn):
            conn.execute("UPDATE tasks SET lead = 'ZZ'")
        assert not conn.in_transaction


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "from then on"])
def test_whichever_statement_fails_a_command_changes_nothing(for_good: bool, path: Path) -> None:
    with closing(connect(path)) as reader:
        before = rows(reader)
        for n in count(1):
            with faulty_connections(), closing(open_file(path, writing=True)) as conn:
                assert isinstance(conn, Faulty)
                conn.arm(n, for_good=for_good)
                try:
                    reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))
                except (StoreError, sqlite3.OperationalError):
                    pass
                else:
                    break
            assert rows(reader) == before
        assert n > 30
        assert rows(reader) != before
        assert_sound(reader)


def report_until_full(conn: Connection) -> str:
    """Report until the disk is full; return the result that was reported last."""
    saved = ""
    for n in count():
        text = " ".join([f"lần {n}"] * 100)
        try:
            reports.update(make.desk(conn), TASKS, Report(result=text))
        except DiskFull:
            break
        saved = text
    return saved


def test_a_full_disk_saves_nothing_and_loses_nothing(path: Path) -> None:
    with closing(connect(path)) as conn:
        conn.set_authorizer(None)
        pages = conn.execute("PRAGMA page_count").fetchone()[0]
        conn.execute(f"PRAGMA max_page_count={pages + 20}")
        saved = report_until_full(conn)
        assert not conn.in_transaction
        assert_sound(conn)
        assert {tasks.get(conn, code).result for code in TASKS} == {saved}
        conn.execute("PRAGMA max_page_count=100000")  # somebody makes room
        reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))
        assert_sound(conn)


@pytest.mark.usefixtures("impatient")
def test_a_lock_that_is_kept_too_long_is_said_and_costs_nothing(path: Path) -> None:
    with closing(connect(path)) as holder, closing(connect(path)) as conn:
        before = rows(conn)
        with write(holder):
            holder.execute("UPDATE tasks SET weight = '1'")
            with pytest.raises(Locked):
                reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))
            assert rows(conn) == before  # readers go on
        reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))


@pytest.mark.usefixtures("impatient")
def test_a_stopped_lock_holder_harms_no_reader_and_leaves_with_its_process(path: Path) -> None:
    with workers(("hold", path)) as (holder,), closing(connect(path)) as conn:
        assert holder.hear() == "held"
        holder.stop()
        assert len(tasks.load(conn)) == 6
        with closing(connect(path, read_only=True)) as reader:
            assert_sound(reader)
        with pytest.raises(Locked):
            reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))
        holder.process.kill()
        holder.process.wait()
        reports.update(make.desk(conn), TASKS, Report(result="Đã họp"))
        assert_sound(conn)


# Reading


def test_what_a_snapshot_reads_is_of_one_moment(path: Path) -> None:
    with closing(connect(path)) as writer, closing(connect(path, read_only=True)) as reader:
        with snapshot(reader):
            before = rows(reader)
            if is_wal_safe():  # with a rollback journal the writer would wait
                reports.update(make.desk(writer), TASKS, Report(result="Đã họp"))
            assert rows(reader) == before
        reports.update(make.desk(writer), TASKS, Report(result="Đã họp xong"))
        assert rows(reader) == rows(writer)
        with pytest.raises(ZeroDivisionError), snapshot(reader):
            _ = 1 / 0
        assert not reader.in_transaction


# The change counter


def test_the_counter_moves_for_what_others_commit(path: Path) -> None:
    with closing(connect(path)) as conn, closing(connect(path)) as other:
        seen = [data_version(conn)]
        reports.update(make.desk(conn), TASKS, Report(result="của mình"))
        seen.append(data_version(conn))
        with pytest.raises(KeyboardInterrupt):
            write_and_raise(other, KeyboardInterrupt)
        seen.append(data_version(conn))
        assert len(set(seen)) == 1
        reports.update(make.desk(other), TASKS, Report(result="của người khác"))
        assert data_version(conn) not in seen


# A file or folder that may not be written; as another user, for to root everything may be written

LOOK = """
import os, sys
from db import fingerprint, tasks
from db.connection import write
from db.errors import StoreError
from tracker.files import open_file
if os.geteuid() == 0:
    os.setgroups([]); os.setgid({user}); os.setuid({user})
for writing in (False, True):
    try:
        conn = open_file(sys.argv[1], writing=writing)
        print(len(tasks.load(conn)))
        if writing:
            with write(conn):
                conn.execute("UPDATE tasks SET weight = '1'")
    except StoreError as problem:
        print(problem.code)
    except Exception as problem:
        print(type(problem).__name__, problem)
"""


@pytest.fixture
def visited() -> Iterator[Path]:
    """Return a file in a folder that anybody can reach."""
    with tempfile.TemporaryDirectory() as folder:
        yield make.file(Path(folder))
        Path(folder).chmod(0o700)


def look(path: Path) -> list[str]:
    """Return what somebody who does not own the file sees of it: reading, then writing."""
    found = subprocess.run(
        [sys.executable, "-c", LOOK.format(user=SOMEBODY), str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.split("\n")[:-1]


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "seen"),
    [
        (0o000, 0o711, ["no-access", "no-access"]),
        (0o600, 0o600, ["no-access", "no-access"]),
        (0o444, 0o555, ["sealed", "read-only"] if is_wal_safe() else LOOKED),
        (0o444, 0o777, LOOKED),
    ],
    ids=["secret", "secret folder", "read-only folder", "read-only file"],
)
def test_what_may_not_be_written_is_said(
    file_mode: int, folder_mode: int, seen: list[str], visited: Path
) -> None:
    visited.chmod(file_mode)
    visited.parent.chmod(folder_mode)
    assert look(visited) == seen


# A disk that is full or read-only; a real one, in a name space of its own

DISK = ["unshare", "--mount", "--map-root-user", "sh", "-ec"]
can_mount = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run([*DISK, "mount -t tmpfs none /mnt"], capture_output=True).returncode != 0,
    reason="no file system can be mounted here",
)


def on_disk(folder: Path, file: Path, *steps: str) -> str:
    """Mount a small disk, put the file there, run shell steps; return what they print."""
    script = f"mount -t tmpfs -o size=1m none {folder}; cp {file} {folder}/c.sqlite; cd {folder}"
    done = subprocess.run(
        [*DISK, "\n".join((script, *steps))],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TRACKER_DB": f"{folder}/c.sqlite"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


TRACKER = f"{sys.executable} -m tracker"
FILL = "dd if=/dev/zero of=fill bs=4096 2> /dev/null || true"


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Return a folder to mount a disk on."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@can_mount
@pytest.mark.skipif(not is_wal_safe(), reason="a rollback journal needs no room to read")
def test_a_full_disk_is_no_damage(disk: Path, path: Path) -> None:
    said = on_disk(disk, path, FILL, f"{TRACKER} list || true")
    assert "Đĩa đã đầy" in said
    assert "doctor" not in said


@can_mount
def test_a_backup_to_a_full_disk_says_so_and_leaves_nothing(disk: Path, path: Path) -> None:
    steps = (FILL, f"{TRACKER} --db {path} backup {disk}/x.db || true", "ls -A")
    said = on_disk(disk, path, *steps)
    assert "Đĩa đã đầy" in said
    assert said.split("\n")[:2] == ["c.sqlite", "fill"]


@can_mount
def test_a_read_only_disk_is_read_and_writing_names_the_file_asked_for(
    disk: Path, path: Path
) -> None:
    frozen = f"mount -o remount,ro {disk}"
    said = on_disk(disk, path, frozen, f"{TRACKER} show NS-01")
    assert "NS-01" in said
    said = on_disk(disk, path, frozen, f"{TRACKER} --db {path} backup {disk}/n.db || true")
    assert f"({disk}/n.db)" in said


@can_mount
@pytest.mark.skipif(not is_wal_safe(), reason="this SQLite makes no WAL files")
def test_a_read_only_disk_with_a_log_left_is_not_read_without_it(disk: Path, path: Path) -> None:
    steps = ("echo x > c.sqlite-wal", f"mount -o remount,ro {disk}", f"{TRACKER} list || true")
    said = on_disk(disk, path, *steps)
    assert "-wal" in said
    assert "Chưa lưu" not in said


@pytest.mark.parametrize("word", ["disk I/O error", "unable to open database file"])
def test_trouble_of_the_system_is_not_called_damage(word: str, path: Path) -> None:
    found = connection.translate(sqlite3.OperationalError(word), str(path))
    assert isinstance(found, NotOpened)


def test_errors_without_a_code_are_known_by_their_words(path: Path) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    assert isinstance(connection.translate(full, str(path)), DiskFull)
    damaged = sqlite3.DatabaseError("database disk image is malformed")
    assert isinstance(connection.translate(damaged, str(path)), Unreadable)


def test_trouble_inside_a_write_block_is_told_of_the_file_by_the_guard_around_it(
    path: Path,
) -> None:
    trouble = sqlite3.OperationalError("disk I/O error")
    with (
        closing(connect(path)) as conn,
        pytest.raises(NotOpened) as caught,
        guarded(str(path)),
        write(conn),
    ):
        raise trouble
    assert caught.value.path == str(path)
