"""The tables are the replay of the log: written as they are, and found out when they are not."""

import json
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from db import chain, events, projection, tasks
from db.connection import raw_connect, write
from db.engine import Connection
from db.errors import Duplicate, NotFound, Tampered
from db.log_records import Draft, Event, Stamp, Step
from db.projection import RowTarget, SqlTarget, mismatches, project, replay
from db.records import Kind
from db.schema import creating
from tests import make
from tests.proof import assert_sound
from tracker.operations import figures, office, planning, reports
from tracker.operations.reports import Report
from tracker.vietnamese import fold

TASK, MEASURED = "TTDH-01.KD", "NS-02"


@pytest.fixture
def worked(conn: Connection) -> Connection:
    """Return a file in which every table has rows that a command wrote."""
    chief = make.desk(conn, "vpub.tonghop")
    reports.update(make.desk(conn), [TASK], Report(result="Đã họp", obstacle="Thiếu xe"))
    figures.record(make.desk(conn, "tckh.cv"), MEASURED, Decimal("80.5"))
    figures.set_baseline(make.desk(conn), "TTXD-02.KD", Decimal(12))
    planning.edit(chief, [TASK], {"coop": ("TCKH", "LS")})
    office.configure(chief, "stale_days", "10")
    return conn


def found(conn: Connection) -> list[str]:
    """Return the rows that differ from the replay."""
    return mismatches(conn, replay(events.everything(conn)), fold)


def written(conn: Connection, *drafts: Draft) -> list[Event]:
    """Write one command of these drafts."""
    at = "2022-11-22T03:00:00Z"
    stamp = Stamp("00000000-0000-4000-8000-0000000000ff", at, at[:10], None, None, "test")
    with write(conn):
        return chain.append(conn, drafts, stamp, fold)


def test_tables_equal_the_replay(worked: Connection) -> None:
    assert found(worked) == []
    assert_sound(worked)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE tasks SET progress = 90 WHERE code = 'NS-01'", ["tasks/NS-01"]),
        ("UPDATE tasks SET version = 1 WHERE code = 'NS-01'", ["tasks/NS-01"]),
        ("UPDATE tasks SET result = NULL WHERE code = 'TTDH-01.KD'", ["tasks/TTDH-01.KD"]),
        ("UPDATE tasks SET title_fold = 'x' WHERE code = 'NS-01'", ["tasks/NS-01"]),
        ("UPDATE tasks SET undone = 1 WHERE code = 'NS-01'", ["tasks/NS-01"]),
        ("UPDATE campaign SET value = '9' WHERE key = 'stale_days'", ["campaign/stale_days"]),
        ("INSERT INTO campaign VALUES ('extra', '1', 1)", ["campaign/extra"]),
        ("UPDATE units SET name = 'Khác' WHERE code = 'KD'", ["units/KD"]),
        ("UPDATE officers SET role = 'supervisor' WHERE login = 'kd.vptk'", ["officers/kd.vptk"]),
        ("UPDATE measures SET denominator = '1' WHERE task = 'NS-02'", ["measures/NS-02"]),
        ("UPDATE plan_revisions SET value = '1' WHERE task = 'NS-02'",
         ["plan_revisions/NS-02/2022-09-26"]),
        ("UPDATE checkpoints SET value = '1' WHERE task = 'NS-02'",
         ["checkpoints/NS-02/2022-10-31"]),
        ("UPDATE readings SET value = '99'", ["readings/thu-nqd@2022-11-22#1"]),
        ("UPDATE readings SET withdrawn = 1", ["readings/thu-nqd@2022-11-22#1"]),
        ("DELETE FROM task_units WHERE task = 'TTDH-01.KD' AND unit = 'LS'",
         ["task_units/TTDH-01.KD/LS"]),
        ("UPDATE task_units SET position = 3 - position WHERE task = 'TTDH-01.KD'",
         ["task_units/TTDH-01.KD/LS", "task_units/TTDH-01.KD/TCKH"]),
        ("INSERT INTO indicators VALUES ('x', 'x', 1)", ["indicators/x"]),
        ("DROP TRIGGER tasks_no_delete; DELETE FROM checkpoints WHERE 0;"
         "PRAGMA foreign_keys=OFF; DELETE FROM tasks WHERE code = 'NS-04.LS'", ["tasks/NS-04.LS"]),
    ],
)  # fmt: skip
def test_a_row_that_was_tampered_with_is_named(
    statement: str, named: list[str], worked: Connection, tmp_path: Path
) -> None:
    with closing(raw_connect(tmp_path / "campaign.sqlite")) as raw:
        raw.executescript(statement)
    assert found(worked) == named


def test_a_command_that_is_cut_off_the_end_of_the_log_is_missed_by_the_tables(
    worked: Connection,
) -> None:
    log = list(events.everything(worked))
    assert mismatches(worked, replay(log[:-1]), fold) == ["campaign/stale_days"]


@pytest.mark.parametrize(
    "step",
    [
        Step(9, "task", "NS-99", "title", "x"),
        Step(9, "task", "NS-99", "baseline", "1"),
        Step(9, "song", "x", None, "{}"),
        Step(9, "song", "x", "title", "x"),
        Step(9, "unit", "KD", None, "no json"),
        Step(9, "unit", "KD", None, "[1]"),
        Step(9, "unit", "KD", None, '"x"'),
        Step(9, "task", "NS-99", None, '{"measure": {"plans": []}}'),
        Step(9, "officer", "kd", "active", "có"),
    ],
)
def test_an_event_that_no_command_wrote_ends_a_replay(step: Step) -> None:
    creation = Step(1, "officer", "kd", None, '{"active": 1}')
    with pytest.raises(Tampered) as caught:
        replay([creation, step])
    assert caught.value.args == (9,)


def test_a_change_of_what_is_not_there_is_refused_and_nothing_is_written(conn: Connection) -> None:
    before = events.head(conn)
    with pytest.raises(NotFound):
        written(conn, Draft(Kind.EDIT, "task", "NS-99", "NS-99", "title", None, "x"))
    assert events.head(conn) == before


def test_searched_texts_are_folded_as_they_are_written(worked: Connection) -> None:
    query = "SELECT title_fold, result_fold, obstacle_fold, request_fold FROM tasks WHERE code = ?"
    assert worked.execute(query, (TASK,)).fetchone() == (
        "ra quan lap lai trat tu duong he", "da hop", "thieu xe", "",
    )  # fmt: skip
    written(worked, Draft(Kind.EDIT, "task", TASK, TASK, "title", "", "Kẻ vạch ĐƯỜNG"))
    written_off = Draft(Kind.UPDATE, "task", TASK, TASK, "result", "Đã họp", None)
    with pytest.raises(Tampered):  # the UUID of `written` is used up
        written(worked, written_off)
    assert worked.execute(query, (TASK,)).fetchone()[0] == "ke vach duong"


def test_a_baseline_belongs_to_the_measure_and_versions_the_task(worked: Connection) -> None:
    task = tasks.get(worked, "TTXD-02.KD")
    assert task.measure is not None
    assert task.measure.baseline == Decimal(12)
    seqs = [event.seq for event in events.of_task(worked, task.code)]
    assert task.version == max(seqs)


def test_co_operating_units_are_replaced_in_their_order(worked: Connection) -> None:
    assert tasks.get(worked, TASK).coop == ("TCKH", "LS")
    written(worked, Draft(Kind.EDIT, "task", TASK, TASK, "coop", "TCKH LS", "VPUB TCKH"))
    assert tasks.get(worked, TASK).coop == ("VPUB", "TCKH")
    assert found(worked) == []


def test_one_mapping_serves_the_file_and_the_replay(worked: Connection, tmp_path: Path) -> None:
    """Projecting onto an empty file event by event gives what filling it from rows gives."""
    log = list(events.everything(worked))
    with creating(tmp_path / "one.sqlite") as one, creating(tmp_path / "two.sqlite") as two:
        with write(one), write(two):
            target = SqlTarget(one, fold)
            for event in log:
                project(event, target)
            replay(log).write(two, fold)
        for table in RowTarget().tables:
            select = f"SELECT * FROM {table} ORDER BY 1, 2, 3"
            expected = worked.execute(select).fetchall()
            assert one.execute(select).fetchall() == expected
            assert two.execute(select).fetchall() == expected


def test_what_exists_cannot_be_created_again(conn: Connection) -> None:
    projection.refuse_existing(conn, "unit", "ZZ")
    with pytest.raises(Duplicate) as caught:
        projection.refuse_existing(conn, "unit", "KD")
    assert (caught.value.what, caught.value.key) == ("unit", "KD")
    document = json.loads('{"name": "x", "short_name": "x", "kind": "phuong"}')
    again = projection.creation("unit", "KD", document, kind=Kind.INIT)
    with pytest.raises(Tampered):
        written(conn, again)
