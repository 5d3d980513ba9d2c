"""Backups, restoring one, and the doctor: the file is never lost, and what is wrong is found."""

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from db import chain, events, projection
from db.connection import connect, raw_connect
from db.engine import is_wal_safe
from tests import make
from tests.shell import ok, tracker
from tracker import keeping
from tracker.checks import examine
from tracker.founding import found
from tracker.vietnamese import fold

NOW = make.moment("2022-11-22 15:00")
KD, CHIEF = ("--as", "kd.vptk"), ("--as", "vpub.tonghop")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def wrong(path: Path) -> set[str]:
    """Return the ids of the checks that fail."""
    return {check.id for check in examine(path, NOW) if not check.ok}


def assert_whole(path: Path) -> None:
    """The chain holds and the tables are the replay of the log."""
    with closing(connect(path, read_only=True)) as conn:
        log = list(events.everything(conn))
        uuid = conn.execute("SELECT value FROM campaign WHERE key = 'uuid'").fetchone()[0]
        assert chain.first_broken(log, uuid) is None
        assert projection.mismatches(conn, projection.replay(log), fold) == []


# Backup


def test_a_backup_is_a_whole_file_for_its_owner_only(db: Path, tmp_path: Path) -> None:
    ok("update", "TTDH-01.KD", "--result", "x", *KD, db=db)
    target = tmp_path / "copy.sqlite"
    assert ok("backup", str(target), db=db).out == f"{target}\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert_whole(target)
    assert (
        ok("list", "--format", "json", db=target).json == ok("list", "--format", "json", db=db).json
    )
    again = tracker("backup", str(target), db=db)
    assert again.code == 1
    assert "giữ nguyên" in again.err


def test_a_backup_without_a_name_is_named_by_the_day(db: Path) -> None:
    names = [Path(ok("backup", db=db).out.strip()).name for _ in range(3)]
    assert names == [
        "campaign-2022-11-22.sqlite",
        "campaign-2022-11-22-2.sqlite",
        "campaign-2022-11-22-3.sqlite",
    ]


def test_a_backup_holds_what_an_open_writer_has_saved(db: Path, tmp_path: Path) -> None:
    with closing(connect(db)):  # a board that is open
        ok("update", "TTDH-01.KD", "--result", "x", *KD, db=db)
        ok("backup", str(tmp_path / "copy.sqlite"), db=db)
    shown = ok("show", "TTDH-01.KD", "--format", "json", db=tmp_path / "copy.sqlite").json
    assert shown["result"] == "x"


# Restore


def test_a_restore_brings_back_the_backup_and_keeps_what_it_replaces(
    db: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    ok("update", "TTDH-01.KD", "--result", "sau sao lưu", *KD, db=db)
    answer = ok("restore", str(copy), *CHIEF, db=db)
    kept = tmp_path / "campaign-before-restore-2022-11-22.sqlite"
    assert str(kept) in answer.out
    assert "thêm 3 sự kiện" in answer.err
    assert ok("show", "TTDH-01.KD", "--format", "json", db=db).json["result"] is None
    assert ok("show", "TTDH-01.KD", "--format", "json", db=kept).json["result"] == "sau sao lưu"
    last = ok("log", "--format", "json", db=db).json["events"][-1]
    assert (last["kind"], last["actor"], last["new"]) == (
        "restore",
        "vpub.tonghop",
        '{"value":"copy.sqlite"}',
    )
    assert_whole(db)
    assert_whole(kept)
    assert wrong(db) == set()
    assert tracker("undo", *CHIEF, db=db).code == 1


def test_a_file_is_restored_twice(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    ok("restore", str(copy), *CHIEF, db=db)
    ok("backup", str(tmp_path / "second.sqlite"), db=db)
    ok("restore", str(tmp_path / "second.sqlite"), *CHIEF, db=db)
    assert_whole(db)
    restores = ok("log", "--kind", "restore", "--format", "json", db=db).json["events"]
    assert [event["new"] for event in restores] == ['{"value":"copy.sqlite"}', "second.sqlite"]


def test_a_restore_works_where_the_file_is_gone_or_ruined(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    fresh = tmp_path / "new" / "campaign.sqlite"
    ok("restore", str(copy), *CHIEF, db=fresh)
    assert_whole(fresh)
    assert fresh.stat().st_mode & 0o777 == 0o600
    ruined = tmp_path / "ruined.sqlite"
    ruined.write_bytes(b"nothing of a database" * 1000)
    ok("restore", str(copy), *CHIEF, db=ruined)
    assert_whole(ruined)
    (kept,) = tmp_path.glob("ruined-before-restore*")
    assert kept.read_bytes().startswith(b"nothing")


@pytest.mark.skipif(not is_wal_safe(), reason="without WAL an idle board holds no lock")
def test_a_restore_is_refused_while_a_board_is_open(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    with closing(connect(db)) as board, pytest.MonkeyPatch.context() as patch:
        board.execute("SELECT count(*) FROM tasks").fetchone()
        patch.setattr("db.connection._SETTINGS", ("PRAGMA busy_timeout=50",))
        assert tracker("restore", str(copy), *CHIEF, db=db).code == 1
    assert_whole(db)
    assert not list(tmp_path.glob("*before-restore*"))


def test_only_a_supervisor_restores_and_only_a_sound_backup(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    assert tracker("restore", str(copy), db=db).code == 1
    assert tracker("restore", str(copy), *KD, db=db).code == 1
    assert tracker("restore", str(tmp_path / "none"), *CHIEF, db=db).code == 1
    with closing(raw_connect(copy)) as conn:
        conn.execute("UPDATE tasks SET title = 'khác' WHERE code = 'NS-01'")
    answer = tracker("restore", str(copy), *CHIEF, db=db)
    assert answer.code == 1
    assert "tasks/NS-01" in answer.err
    assert_whole(db)


def test_a_backup_of_another_campaign_is_refused(db: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    founded = make.moment("2022-09-26 14:35")
    found(other, make.plan(), supervisor="vpub.tonghop", session="test", now=founded)
    before = db.read_bytes()
    answer = tracker("restore", str(other), *CHIEF, db=db)
    assert answer.code == 1
    assert "là của chiến dịch khác (le-chan-2022)" in answer.err
    assert "--db" in answer.err
    assert db.read_bytes() == before
    assert not list(tmp_path.glob("*before-restore*"))


def test_a_demonstration_is_not_restored_over_a_real_campaign(db: Path, tmp_path: Path) -> None:
    shown = tmp_path / "demo.sqlite"
    make.demo(shown, day=51)
    answer = tracker("restore", str(shown), *CHIEF, db=db)
    assert answer.code == 1
    assert "dữ liệu trình diễn" in answer.err
    assert not list(tmp_path.glob("*before-restore*"))


def test_the_right_to_restore_is_looked_up_in_the_file_that_is_replaced(
    db: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    new = ("moi.tp", "--name", "Mới", "--unit", "VPUB", "--role", "supervisor")
    ok("officer", "add", *new, *CHIEF, db=copy)
    before = ok("log", "--format", "json", db=db).out
    refused = tracker("restore", str(copy), "--as", "moi.tp", db=db)
    assert refused.code == 1
    assert "moi.tp" in refused.err
    assert ok("log", "--format", "json", db=db).out == before
    ok("restore", str(copy), *CHIEF, db=db)


def test_a_new_supervisor_restores_a_backup_from_before_their_time(
    db: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    new = ("moi.tp", "--name", "Mới", "--unit", "VPUB", "--role", "supervisor")
    ok("officer", "add", *new, *CHIEF, db=db)
    ok("restore", str(copy), "--as", "moi.tp", db=db)
    assert_whole(db)
    assert wrong(db) == set()


def test_a_backup_whose_log_cannot_be_replayed_is_called_unsound(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    with closing(raw_connect(copy)) as conn:
        conn.executescript(
            "DROP TRIGGER events_no_update; UPDATE events SET new = 'x' WHERE seq = 7"
        )
    answer = tracker("restore", str(copy), *CHIEF, db=db)
    assert "Không khôi phục từ" in answer.err
    assert "sự kiện 7" in answer.err
    assert {"chain", "replay", "schema"} <= wrong(copy)


def test_what_is_no_backup_is_said_plainly(db: Path, tmp_path: Path) -> None:
    itself = tracker("restore", str(db), *CHIEF, db=db)
    assert itself.code == 1
    assert "chính là tệp đang dùng" in itself.err
    missing = tracker("restore", str(tmp_path / "none.db"), *CHIEF, db=db)
    assert missing.code == 1
    assert "Không có bản sao lưu" in missing.err
    assert "init" not in missing.err


# The doctor


def test_a_sound_file_passes_every_check(db: Path) -> None:
    assert wrong(db) == set()
    answer = ok("doctor", "--format", "json", db=db)
    assert [set(check) for check in answer.json["checks"]] == [{"id", "ok", "message"}] * 10
    assert "SAI" not in ok("doctor", db=db).out


@pytest.mark.parametrize("day", [-7, 51, 120])
def test_a_demonstration_passes_every_check(day: int, tmp_path: Path) -> None:
    make.demo(tmp_path / "demo.sqlite", day=day)
    assert wrong(tmp_path / "demo.sqlite") == set()


@pytest.mark.parametrize(
    ("statement", "checks"),
    [
        ("UPDATE tasks SET weight = '5' WHERE code = 'NS-01'", {"replay"}),
        ("DROP TRIGGER events_no_update", {"schema"}),
        (
            "DROP TRIGGER events_no_update; UPDATE events SET actor = 'x' WHERE seq = 7",
            {"schema", "chain"},
        ),
        (
            "PRAGMA foreign_keys=OFF; UPDATE tasks SET lead = 'ZZ' WHERE code = 'NS-01'",
            {"references", "replay"},
        ),
    ],
)
def test_what_was_tampered_with_is_found(statement: str, checks: set[str], db: Path) -> None:
    with closing(raw_connect(db)) as conn:
        conn.executescript(statement)
    assert wrong(db) == checks
    answer = tracker("doctor", db=db)
    assert answer.code == 1
    assert answer.out.count("SAI") == len(checks)


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
@pytest.mark.parametrize(("mode", "cure"), [(0o644, 640), (0o604, 600), (0o662, 660)])
def test_a_file_that_anyone_can_open_is_named(mode: int, cure: int, db: Path) -> None:
    db.chmod(mode)
    assert wrong(db) == {"permissions"}
    assert f"chmod {cure} " in tracker("doctor", db=db).out


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_shared_with_a_group_is_told_and_no_fault(db: Path) -> None:
    db.chmod(0o660)
    assert wrong(db) == set()
    assert "chia sẻ trong nhóm (quyền 660)" in ok("doctor", db=db).out
    db.chmod(0o600)
    assert "nhóm" not in ok("doctor", db=db).out


def test_a_damaged_page_is_found(db: Path) -> None:
    with closing(raw_connect(db)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with db.open("rb+") as file:
        file.seek(4096 * 12)
        file.write(os.urandom(4096))
    assert wrong(db) & {"pages", "file"}


def test_a_missing_file_is_one_failed_check(tmp_path: Path) -> None:
    answer = tracker("doctor", "--format", "json", db=tmp_path / "none.sqlite")
    assert answer.code == 1
    assert [(check["id"], check["ok"]) for check in answer.json["checks"]] == [
        ("engine", True),
        ("file", False),
    ]


def test_a_wal_file_under_an_older_sqlite_is_turned_to_a_rollback_journal(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("db.connection", "tracker.checks"):
        monkeypatch.setattr(f"{module}.is_wal_safe", lambda: False)
    checks = {check.id: check for check in examine(db, NOW)}
    assert all(check.ok for check in checks.values())
    assert "delete" in checks["journal"].message


def test_keeping_names_a_copy_that_is_free(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    shutil.copy(make.file(tmp_path), path)
    with closing(connect(path, read_only=True)) as conn:
        first = keeping.backup(conn, path, None, NOW)
        second = keeping.backup(conn, path, None, NOW)
    assert (first.name, second.name) == ("c-2022-11-22.sqlite", "c-2022-11-22-2.sqlite")


def test_a_restore_counts_one_event_as_one(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    ok("backup", str(copy), db=db)
    ok("config", "set", "chair", "", *CHIEF, db=db)
    answer = ok("restore", str(copy), *CHIEF, "--lang", "en", db=db)
    assert "The file was 1 event ahead of the backup; it is" in answer.err
