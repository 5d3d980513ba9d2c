"""Making and upgrading a campaign file: whole or not at all, once, and guarded from then on."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from db import schema, tasks
from db.connection import APPLICATION_ID, SCHEMA, connect, raw_connect, write
from db.engine import Connection, sqlite3
from db.errors import (
    Duplicate,
    NewerSchema,
    OlderSchema,
    ReadOnly,
    SchemaChanged,
    StoreError,
    Tampered,
    Unreadable,
)
from db.fingerprint import FINGERPRINT, check, differences, fingerprint, triggers
from db.migrations import migrations
from tests import make
from tests.faulty import faulty_connections
from tests.processes import together, workers
from tests.proof import assert_sound, rows
from tracker.files import open_file
from tracker.operations import figures, urging

TASK = "TTDH-01.KD"
LATER_COLUMNS = {  # what the second migration added
    "measures": ("curve", "month_weights", "maximum", "estimate", "estimate_on"),
    "readings": ("document",),
    "plan_revisions": ("withdrawn",),
}


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[Connection]:
    """Open a new file of the small campaign, with one reading, for writing."""
    with closing(open_file(make.file(tmp_path), writing=True)) as opened:
        figures.record(make.desk(opened, "tckh.cv"), "NS-01", Decimal(84))
        yield opened


@pytest.fixture
def raw(conn: Connection, tmp_path: Path) -> Iterator[Connection]:
    """Open the same file as a stranger would: no authorizer, none of our settings."""
    path = tmp_path / "campaign.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        yield opened


def unmigrated(path: Path) -> Path:
    """Make a file that is ours and had no migration yet."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
        conn.execute("PRAGMA journal_mode=WAL")
    return path


def others(path: Path) -> list[str]:
    """Return the names beside a file in its folder."""
    return sorted(each.name for each in path.parent.iterdir() if each != path)


# What the tables accept


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tasks SET extensions = 'nhiều'",
        "UPDATE tasks SET progress = 101",
        "UPDATE tasks SET progress = 7.5",
        "UPDATE tasks SET status = 'xong'",
        "UPDATE tasks SET title = ''",
        "UPDATE tasks SET title = NULL",
        "UPDATE tasks SET due_on = '15/12/2022'",
        "UPDATE tasks SET due_on = '2022-12-1'",
        "UPDATE officers SET role = 'chủ tịch'",
        "UPDATE measures SET direction = 'ngang'",
        "INSERT INTO campaign VALUES ('', 'x', 1)",
        "INSERT INTO task_units VALUES ('NS-01', 'KD', 'đầu')",
    ],
)
def test_a_column_takes_only_what_belongs_there(statement: str, raw: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        raw.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tasks SET lead = 'ZZ'",
        "UPDATE tasks SET owner = 'nobody'",
        "UPDATE measures SET indicator = 'none'",
        "INSERT INTO task_units VALUES ('NS-99', 'KD', 1)",
    ],
)
def test_a_reference_leads_somewhere(statement: str, conn: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        conn.execute(statement)


EVENT = """INSERT {how} INTO events SELECT {seq}, {uuid}, "row", "group", at, day, actor, unit,
    session, kind, entity, ref, task, field, old, new, reason, undoes, hash
    FROM events ORDER BY seq DESC LIMIT 1"""
NEXT, LAST = "(SELECT max(seq) + 1 FROM events)", "(SELECT max(seq) FROM events)"
ANOTHER = "'00000000-0000-4000-8000-00000000000a'"
FORBIDDEN = [
    "UPDATE events SET actor = 'x' WHERE seq = 3",
    "UPDATE OR REPLACE events SET seq = 4 WHERE seq = 3",
    "DELETE FROM events WHERE seq = 3",
    "DELETE FROM events",
    "REPLACE INTO events SELECT * FROM events WHERE seq = 3",
    EVENT.format(how="", seq="NULL", uuid=ANOTHER),
    EVENT.format(how="", seq=f"{NEXT} + 1", uuid=ANOTHER),
    EVENT.format(how="OR REPLACE", seq=LAST, uuid=ANOTHER),
    EVENT.format(how="OR REPLACE", seq=NEXT, uuid="uuid"),
    *(
        statement.format(table=table, key=key)
        for table, key in (
            ("campaign", "key"), ("workstreams", "code"), ("units", "code"), ("officers", "login"),
            ("indicators", "id"), ("tasks", "code"), ("measures", "task"),
            ("plan_revisions", "task"), ("checkpoints", "task"), ("readings", "id"),
        )
        for statement in (
            "DELETE FROM {table}",
            "REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
            "UPDATE {table} SET {key} = 'khác'",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_even_a_stranger_cannot_change_history_or_delete(statement: str, raw: Connection) -> None:
    before = rows(raw)
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|never deleted"):
        raw.execute(statement)
    assert rows(raw) == before


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_product_cannot_either(statement: str, conn: Connection) -> None:
    before = rows(conn)
    with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|append-only|never deleted"):
        conn.execute(statement)
    assert rows(conn) == before


def test_an_event_that_continues_the_log_is_taken(raw: Connection) -> None:
    raw.execute(EVENT.format(how="", seq=NEXT, uuid=ANOTHER))


# The fingerprint


def test_a_new_file_has_the_fingerprint_of_this_program(conn: Connection) -> None:
    assert fingerprint(conn) == FINGERPRINT
    assert differences(conn) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DROP TRIGGER events_no_delete", ["events_no_delete"]),
        ("DROP TRIGGER tasks_no_replace", ["tasks_no_replace"]),
        (
            """DROP TRIGGER events_no_update;
               CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT 1; END""",
            ["events_no_update"],
        ),
        ("ALTER TABLE tasks ADD COLUMN note TEXT", ["schema"]),
        ("DROP INDEX events_by_task", ["schema"]),
        ("CREATE TABLE notes (text TEXT) STRICT", ["schema"]),
        ("CREATE VIEW late AS SELECT code FROM tasks", ["schema"]),
        (
            """CREATE TRIGGER _quiet AFTER INSERT ON events BEGIN
               UPDATE tasks SET weight = '0'; END""",
            ["schema"],
        ),
    ],
)
def test_what_is_lost_or_added_is_noticed_before_anything_is_written(
    statement: str, named: list[str], tmp_path: Path
) -> None:
    path = make.file(tmp_path)
    with closing(raw_connect(path)) as conn:
        conn.executescript(statement)
        assert differences(conn) == named
    with pytest.raises(SchemaChanged) as caught:
        open_file(path, writing=True)
    assert (caught.value.path, list(caught.value.names)) == (str(path), named)
    open_file(path, writing=False).close()  # looking is allowed


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)",
        "CREATE TABLE _litestream_lock (id INTEGER)",
        "ANALYZE",
    ],
)
def test_what_replication_and_sqlite_keep_in_the_file_is_no_difference(
    statement: str, raw: Connection
) -> None:
    raw.execute(statement)
    check(raw, "")


# Making a file


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "campaign.sqlite"
    with schema.creating(path):
        assert not path.exists()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert others(path) == []


@pytest.mark.parametrize("name", ["[a]*.sqlite", "chiến dịch 90 ngày.sqlite", "a?b#c%41.sqlite"])
def test_any_name_will_do(name: str, tmp_path: Path) -> None:
    with schema.creating(tmp_path / name):
        pass
    connect(tmp_path / name).close()
    assert others(tmp_path / name) == []


def test_a_file_that_stands_there_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "campaign.sqlite"
    path.write_text("mine")
    with pytest.raises(Duplicate) as caught, schema.creating(path):
        pytest.fail("the block must not run")
    assert caught.value.key == str(path)
    assert path.read_text() == "mine"


def test_a_file_that_came_meanwhile_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "campaign.sqlite"
    with pytest.raises(Duplicate), schema.creating(path):
        path.write_text("theirs")
    assert path.read_text() == "theirs"
    assert others(path) == []


def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: Path) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "campaign.sqlite"
    with schema.creating(path):
        pass
    connect(path).close()
    with pytest.raises(Duplicate), schema.creating(path):
        pass
    assert others(path) == []


def test_a_failure_while_a_file_is_filled_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "campaign.sqlite"
    with pytest.raises(KeyboardInterrupt), schema.creating(path):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def arm_raw_connections(patch: pytest.MonkeyPatch, n: int) -> None:
    """Make the n-th statement fail on each connection that `schema` opens from here on."""
    connect_as_ever = schema.raw_connect

    def armed(path: Path) -> Connection:
        conn = connect_as_ever(path)
        conn.arm(n)
        return conn

    patch.setattr(schema, "raw_connect", armed)


def test_whichever_statement_fails_a_file_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    for n in count(1):
        path = tmp_path / str(n) / "campaign.sqlite"
        with pytest.MonkeyPatch.context() as patch, faulty_connections():
            arm_raw_connections(patch, n)
            try:
                with schema.creating(path) as conn:
                    conn.execute("INSERT INTO indicators VALUES ('a', 'b', 1)")
            except StoreError:
                assert list(path.parent.iterdir()) == []
            else:
                break
    assert n > 50
    with closing(connect(path)) as conn:
        assert conn.execute("SELECT id FROM indicators").fetchall() == [("a",)]


def test_of_five_programs_that_create_one_file_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "campaign.sqlite"
    marks = [f"officer-{n}" for n in range(5)]
    said = together(*(("create", path, mark) for mark in marks))
    won = [lines[0] for lines in said if lines != ["refused duplicate"]]
    assert len(won) == 1
    with closing(connect(path)) as conn:
        assert conn.execute("SELECT value FROM campaign").fetchall() == [(won[0],)]
    assert others(path) == []


def test_a_crash_while_a_file_is_filled_leaves_nothing_at_its_place(tmp_path: Path) -> None:
    path = tmp_path / "campaign.sqlite"
    with workers(("build", path)) as (builder,):
        assert builder.hear() == "building"
        builder.process.kill()
        builder.process.wait()
    assert not path.exists()
    with schema.creating(path):
        pass


# Upgrading a file


def test_an_older_file_says_so_and_is_upgraded_after_a_backup(tmp_path: Path) -> None:
    path = unmigrated(tmp_path / "campaign.sqlite")
    with pytest.raises(OlderSchema):
        connect(path)
    with closing(open_file(path, writing=True)) as conn:
        assert differences(conn) == []
    backup = tmp_path / "campaign.sqlite.schema-0.bak"
    assert others(path) == [backup.name]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with closing(sqlite3.connect(backup)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (0,)
        assert old.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert schema.upgrade(path) is None


def test_an_earlier_backup_is_kept(tmp_path: Path) -> None:
    path = unmigrated(tmp_path / "campaign.sqlite")
    earlier = tmp_path / "campaign.sqlite.schema-0.bak"
    earlier.write_text("earlier")
    assert schema.upgrade(path) == tmp_path / "campaign.sqlite.schema-0-2.bak"
    assert earlier.read_text() == "earlier"


def test_a_migration_keeps_rows_and_gets_its_guards_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make.file(tmp_path)
    later = Migrations("tracker")
    later._migrations = list(migrations._migrations)

    @later()
    def m002_notes(db: Database) -> None:
        db["tasks"].transform(column_order=["code"], types={})  # drops the table's triggers
        db["tasks"].add_column("note", str)

    monkeypatch.setattr(schema, "migrations", later)
    monkeypatch.setattr(schema, "SCHEMA", SCHEMA + 1)
    monkeypatch.setattr(
        schema, "differences", lambda conn: sorted(triggers().keys() - names(conn, "trigger"))
    )
    assert schema.upgrade(path) == path.with_name(f"{path.name}.schema-{SCHEMA}.bak")
    with closing(raw_connect(path)) as conn:
        assert "note" in {row[1] for row in conn.execute("PRAGMA table_info(tasks)")}
        assert (TASK, None) in conn.execute("SELECT code, note FROM tasks").fetchall()
        with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
            conn.execute("DELETE FROM tasks")
    with pytest.raises(NewerSchema):
        connect(path)


def test_a_file_of_the_first_schema_is_upgraded_with_all_that_it_holds(tmp_path: Path) -> None:
    path = make.file(tmp_path)
    with closing(open_file(path, writing=True)) as conn:
        figures.record(make.desk(conn, "tckh.cv"), "NS-01", Decimal(84))
        before = tasks.load(conn)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for trigger in names(conn, "trigger"):
            conn.execute(f"DROP TRIGGER {trigger}")
        for table, columns in LATER_COLUMNS.items():
            for column in columns:
                conn.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        conn.execute("DROP TABLE bonuses")
        conn.execute("DROP TABLE urgings")
        conn.execute("DROP INDEX events_of_status")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name <> 'm001_initial'")
        conn.execute("PRAGMA user_version=1")
    with pytest.raises(OlderSchema):
        connect(path)
    with closing(open_file(path, writing=True)) as conn:
        assert differences(conn) == []
        assert tasks.load(conn) == before
        assert_sound(conn)
    assert others(path) == ["campaign.sqlite.schema-1.bak"]


def test_a_file_of_the_second_schema_takes_urgings_once_it_is_upgraded(tmp_path: Path) -> None:
    path = make.file(tmp_path)
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("DROP TABLE urgings")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_urgings'")
        conn.execute("PRAGMA user_version=2")
    with pytest.raises(OlderSchema):
        connect(path)
    with closing(open_file(path, writing=True)) as conn:
        assert differences(conn) == []
        urging.urge(make.desk(conn, "vpub.tonghop"), [TASK], by=date(2022, 11, 25))
        assert_sound(conn)
    assert others(path) == ["campaign.sqlite.schema-2.bak"]


def names(conn: Connection, kind: str) -> set[str]:
    """Return the names of the schema's objects of one kind."""
    return {
        name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,))
    }


def test_whichever_statement_fails_a_file_is_upgraded_whole_or_not_at_all(tmp_path: Path) -> None:
    before = unmigrated(tmp_path / "before.sqlite").read_bytes()
    for n in count(1):
        path = tmp_path / str(n) / "campaign.sqlite"
        path.parent.mkdir()
        path.write_bytes(before)
        with pytest.MonkeyPatch.context() as patch, faulty_connections():
            arm_raw_connections(patch, n)
            try:
                schema.upgrade(path)
            except StoreError:
                pass
            else:
                break
        with closing(raw_connect(path)) as conn:
            if conn.execute("PRAGMA user_version").fetchone() == (SCHEMA,):
                assert differences(conn) == []  # it failed after all was done
            else:
                assert not names(conn, "table")
    assert n > 50
    with closing(connect(path)) as conn:
        assert differences(conn) == []


def test_five_programs_that_start_on_an_older_file_all_succeed(tmp_path: Path) -> None:
    path = unmigrated(tmp_path / "campaign.sqlite")
    assert together(*[("start", path)] * 5) == [["0"]] * 5
    with closing(connect(path)) as conn:
        applied = conn.execute("SELECT name FROM _sqlite_migrations").fetchall()
        assert applied == [("m001_initial",), ("m002_targets",), ("m003_urgings",)]
        assert differences(conn) == []
    assert others(path) == ["campaign.sqlite.schema-0.bak"]


def test_nobody_writes_between_the_backup_and_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unmigrated(tmp_path / "campaign.sqlite")
    copy, met = schema.copy, []

    def met_by_another(conn: Connection, target: Path) -> None:
        with closing(sqlite3.connect(path, timeout=0)) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as problem:
                met.append(str(problem))
        copy(conn, target)

    monkeypatch.setattr(schema, "copy", met_by_another)
    schema.upgrade(path)
    assert met == ["database is locked"]


def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = make.file(tmp_path)
    with closing(raw_connect(path)) as conn:
        conn.execute(f"PRAGMA user_version={SCHEMA + 1}")
    for attempt in (connect, schema.upgrade, lambda path: connect(path, read_only=True)):
        with pytest.raises(NewerSchema) as caught:
            attempt(path)
        assert (caught.value.found, caught.value.known) == (SCHEMA + 1, SCHEMA)


def test_a_foreign_database_is_never_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE songs (title TEXT)")
    before = path.read_bytes()
    with pytest.raises(Unreadable):
        schema.upgrade(path)
    assert path.read_bytes() == before


# Copies


def test_a_copy_is_consistent_while_others_write(conn: Connection, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("UPDATE tasks SET weight = '9'")
    with closing(connect(tmp_path / "campaign.sqlite", read_only=True)) as reader:
        schema.copy(reader, copy)
    conn.execute("ROLLBACK")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(connect(copy)) as copied:
        assert_sound(copied)
        assert tasks.load(copied) == tasks.load(conn)
    with pytest.raises(Duplicate):
        schema.copy(conn, copy)
    assert not list(tmp_path.glob(".copy*"))


def test_an_error_of_the_system_names_the_file_asked_for(
    conn: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_rest: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(os, "open", refuse)
    path = tmp_path / "n.sqlite"
    with pytest.raises(OSError, match="Read-only") as copied:
        schema.copy(conn, path)
    with pytest.raises(OSError, match="Read-only") as made, schema.creating(path):
        pytest.fail("the block must not run")
    assert copied.value.filename == made.value.filename == str(path)


def test_a_refusal_of_the_guards_reaches_the_product_as_tampering(conn: Connection) -> None:
    for statement in ("DELETE FROM tasks", "REPLACE INTO tasks SELECT * FROM tasks LIMIT 1"):
        with pytest.raises(Tampered), write(conn):
            conn.execute(statement)
    conn.execute("PRAGMA query_only=ON")
    with pytest.raises(ReadOnly), write(conn):
        conn.execute("UPDATE tasks SET weight = '9'")
