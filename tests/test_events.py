"""The append-only log: its numbers, its hash chain, and every way to read it."""

import hashlib
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import chain, events, units
from db.connection import raw_connect, write
from db.engine import Connection, sqlite3
from db.log_records import Draft, Event, Stamp
from db.projection import creation
from db.records import Kind
from tests import make
from tracker.operations import answers, figures, planning, reports
from tracker.operations.reports import Report
from tracker.vietnamese import fold

KD, LS, CHIEF = "kd.vptk", "ls.vptk", "vpub.tonghop"
TASK, COPY, OTHER_COPY = "TTDH-01.KD", "NS-04.KD", "NS-04.LS"
STAMP = Stamp(
    "00000000-0000-4000-8000-0000000000ff", "2022-11-22T02:00:00Z", "2022-11-22", KD, "KD", "test"
)


@pytest.fixture
def worked(conn: Connection) -> Connection:
    """Return a file in which officers worked on three days."""
    reports.update(make.desk(conn, KD, "2022-11-20 09:00"), [TASK, COPY], Report(result="Đã họp"))
    reports.done(make.desk(conn, LS, "2022-11-21 08:00"), [OTHER_COPY])
    answers.send_back(
        make.desk(conn, "tckh.cv", "2022-11-21 10:00"), [OTHER_COPY], "thiếu biên bản"
    )
    reports.update(make.desk(conn, CHIEF, "2022-11-22 09:00"), [TASK], Report(request="Hỗ trợ xe"))
    return conn


def everything(conn: Connection) -> list[Event]:
    """Return the whole log."""
    return list(events.everything(conn))


# The chain


def hash_by_the_book(previous: str, row: dict[str, object]) -> str:
    """Hash a row as documented: sorted keys, no spaces, UTF-8, after the hash before."""
    body = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


def test_the_chain_is_what_the_documentation_says(worked: Connection) -> None:
    cursor = worked.execute("SELECT * FROM events ORDER BY seq")
    names = [column[0] for column in cursor.description]
    previous = hashlib.sha256(units.campaign(worked).uuid.encode()).hexdigest()
    for values in cursor:
        row = dict(zip(names, values, strict=True))
        stored = row.pop("hash")
        assert stored == hash_by_the_book(previous, row)
        previous = stored
    assert events.head(worked)[2] == previous


def test_a_sound_log_has_no_broken_event(worked: Connection) -> None:
    assert chain.first_broken(events.everything(worked), units.campaign(worked).uuid) is None


def test_the_log_of_another_campaign_is_broken_from_its_first_event(worked: Connection) -> None:
    assert chain.first_broken(events.everything(worked), make.campaign().uuid) == 1


def edited(log: list[Event], n: int) -> list[Event]:
    return [*log[:n], log[n]._replace(reason="khác"), *log[n + 1 :]]


def rehashed(log: list[Event], n: int) -> list[Event]:
    """Edit an event and give it the hash that fits: the next one does not follow it."""
    row = log[n]._replace(actor="ai đó")
    previous = log[n - 1].hash if n else ""
    return [*log[:n], row._replace(hash=chain.link(previous, row)), *log[n + 1 :]]


def deleted(log: list[Event], n: int) -> list[Event]:
    return [*log[:n], *log[n + 1 :]]


def deleted_and_renumbered(log: list[Event], n: int) -> list[Event]:
    return [*log[:n], *(event._replace(seq=event.seq - 1) for event in log[n + 1 :])]


def inserted(log: list[Event], n: int) -> list[Event]:
    return [*log[:n], log[n], *(event._replace(seq=event.seq + 1) for event in log[n:])]


def swapped(log: list[Event], n: int) -> list[Event]:
    return [*log[:n], log[n + 1]._replace(seq=log[n].seq), log[n]._replace(seq=log[n + 1].seq)]


@pytest.mark.parametrize(
    "tamper", [edited, rehashed, deleted, deleted_and_renumbered, inserted, swapped]
)
def test_tampering_with_any_event_is_found(
    tamper: Callable[[list[Event], int], list[Event]], worked: Connection
) -> None:
    log, uuid = everything(worked), units.campaign(worked).uuid
    for n in range(len(log) - 1):
        broken = chain.first_broken(tamper(log, n), uuid)
        assert broken in (n + 1, n + 2)


def test_a_chain_that_was_made_anew_over_a_gap_is_found(worked: Connection) -> None:
    uuid = units.campaign(worked).uuid
    drafts = [Draft(Kind.UPDATE, "task", TASK, TASK, "result", None, text) for text in "abc"]
    gap = chain.number(drafts, STAMP, seq=4, group=1, previous=chain.first_hash(uuid))
    assert chain.first_broken(gap, uuid) == 1


@pytest.mark.parametrize("field", [name for name in Event._fields if name != "hash"])
def test_every_column_is_under_the_hash(field: str, worked: Connection) -> None:
    log, uuid = everything(worked), units.campaign(worked).uuid
    last = log[-1]
    forged = 99 if isinstance(getattr(last, field), int) else "khác"
    assert chain.first_broken([*log[:-1], last._replace(**{field: forged})], uuid) == last.seq


def test_tampering_in_the_file_is_found(worked: Connection, tmp_path: Path) -> None:
    with closing(raw_connect(tmp_path / "campaign.sqlite")) as raw:
        raw.execute("DROP TRIGGER events_no_update")
        raw.execute("UPDATE events SET new = 'Chưa họp' WHERE new = 'Đã họp' AND task = ?", (TASK,))
    wrong = chain.first_broken(events.everything(worked), units.campaign(worked).uuid)
    assert [event.new for event in everything(worked) if event.seq == wrong] == ["Chưa họp"]


@given(st.text(), st.none() | st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_chained(previous: str, text: str | None) -> None:
    (event,) = chain.number(
        [Draft(Kind.UPDATE, "task", TASK, TASK, "result", None, text)],
        STAMP,
        seq=0,
        group=1,
        previous=hashlib.sha256(previous.encode("utf-8", "replace")).hexdigest(),
    )
    assert len(event.hash) == 64
    assert event.hash == chain.link(
        hashlib.sha256(previous.encode("utf-8", "replace")).hexdigest(), event
    )


# Numbers


def test_the_events_of_a_command_share_its_group_and_uuid(worked: Connection) -> None:
    seq, group, _ = events.head(worked)
    with write(worked):
        written = chain.append(
            worked,
            [
                Draft(Kind.EDIT, "task", TASK, TASK, "weight", "4", "5"),
                Draft(Kind.EDIT, "task", COPY, COPY, "weight", "10", "11"),
            ],
            STAMP,
            fold,
        )
    assert [(each.seq, each.group, each.row, each.uuid) for each in written] == [
        (seq + 1, group + 1, 1, STAMP.uuid),
        (seq + 2, group + 1, 2, STAMP.uuid),
    ]
    assert everything(worked)[-2:] == written == events.of_uuid(worked, STAMP.uuid)
    assert events.head(worked) == (seq + 2, group + 1, written[-1].hash)


def test_one_uuid_serves_one_command(worked: Connection) -> None:
    draft = Draft(Kind.EDIT, "task", TASK, TASK, "weight", "4", "5")
    with write(worked):
        chain.append(worked, [draft], STAMP, fold)
    before = everything(worked)
    with pytest.raises(Exception, match="append-only"), write(worked):
        chain.append(worked, [draft], STAMP, fold)
    assert everything(worked) == before


def test_an_empty_log_has_a_head_all_the_same() -> None:
    conn = sqlite3.connect(":memory:")
    conn.execute('CREATE TABLE events (seq, "group", hash, at, day)')
    assert events.head(conn) == (0, 0, "")
    assert events.last_at(conn) is None
    assert events.first_day(conn) is None


# Reading


def test_first_and_last_are_told_from_the_log(worked: Connection) -> None:
    assert events.first_day(worked) == "2022-09-26"
    assert events.last_at(worked) == "2022-11-22T02:00:00Z"


def test_between_leaves_out_the_first_day_and_takes_the_last(worked: Connection) -> None:
    found = events.between(worked, "2022-11-20", "2022-11-21")
    assert {(event.day, event.task) for event in found} == {("2022-11-21", OTHER_COPY)}
    assert found == sorted(found)
    everywhere = events.between(worked, "", "9999")
    assert [event for event in everything(worked) if event.task] == everywhere


def test_between_tells_only_the_fields_that_are_asked_and_every_creation(
    worked: Connection,
) -> None:
    everywhere = events.between(worked, "", "9999")
    some = events.between(worked, "", "9999", fields={"status", "request"})
    assert some == [each for each in everywhere if each.field in (None, "status", "request")]
    assert {event.field for event in some} == {None, "status", "request"}


def test_the_history_of_a_task_is_its_own(worked: Connection) -> None:
    history = events.of_task(worked, TASK)
    assert [event for event in everything(worked) if event.task == TASK] == history
    latest = history[-1]
    assert events.of_task(worked, TASK, after=latest.seq - 1) == [latest]
    assert events.of_task(worked, TASK, to_day="2022-11-21") == [
        event for event in history if event.day < "2022-11-22"
    ]


def test_after_and_of_group_continue_the_log(worked: Connection) -> None:
    log = everything(worked)
    assert events.after(worked, log[-3].seq) == log[-2:]
    assert events.of_group(worked, log[-1].group) == [
        event for event in log if event.group == log[-1].group
    ]
    assert events.of_group(worked, 999) == []


def test_a_return_stands_until_the_lead_reports_again(worked: Connection) -> None:
    assert events.returned(worked, "2022-11-22") == {OTHER_COPY}
    assert events.returned(worked, "2022-11-20") == set()
    reports.update(
        make.desk(worked, LS, "2022-11-23 09:00"), [OTHER_COPY], Report(result="Bổ sung")
    )
    assert events.returned(worked, "2022-11-23") == set()
    assert events.returned(worked, "2022-11-22") == {OTHER_COPY}


def test_what_was_written_of_one_entity_is_told(worked: Connection) -> None:
    first, *later = events.of_entity(worked, "task", TASK, after=0)
    assert first.field is None
    assert events.of_entity(worked, "task", TASK, after=first.seq) == later
    assert [event.new for event in events.of_entity(worked, "setting", "stale_days", after=0)] == [
        '{"value":"7"}'
    ]
    assert events.of_entity(worked, "task", "NS-99", after=0) == []


def test_the_commands_of_an_officer_are_listed_but_those_of_one_session(worked: Connection) -> None:
    mine = events.groups_of(worked, KD, "2022-11-20T00:00:00Z", other_than_session="init")
    assert [(kind, undone) for _, kind, undone in mine] == [("update", None)]
    assert events.groups_of(worked, KD, "2022-11-20T00:00:00Z", other_than_session="test") == []
    assert events.groups_of(worked, KD, "2022-11-23T00:00:00Z", other_than_session="init") == []


def test_a_search_meets_all_its_conditions(worked: Connection) -> None:
    def found(**conditions: str) -> set[tuple[str | None, str]]:
        return {(event.task, event.kind) for event in events.search(worked, **conditions)}

    assert found(task="NS-04", since_day="2022-11-01") == {
        (COPY, "update"), (OTHER_COPY, "done"), (OTHER_COPY, "return"),
    }  # fmt: skip
    assert found(task=COPY, since_day="2022-11-01") == {(COPY, "update")}
    assert found(unit="KD", since_day="2022-11-21") == {(TASK, "update")}
    assert found(actor="tckh.cv") == {(OTHER_COPY, "return")}
    assert found(kind="done", to_day="2022-11-20") == set()
    assert found(kind="done", actor=LS) == {(OTHER_COPY, "done")}
    assert found(task="NS") == set()


def test_a_task_and_a_reading_belong_to_the_history_of_the_task(conn: Connection) -> None:
    new = planning.NewTask("TTDH", "Kẻ vạch chỗ để xe", "KD")
    code = planning.add(make.desk(conn, KD), new).tasks[0].code
    assert [event.field for event in events.of_task(conn, code)] == [None]
    figures.record(make.desk(conn, KD), COPY, make.Decimal(20))
    assert {event.entity for event in events.of_task(conn, COPY)} == {"task", "reading"}


def test_a_document_of_a_creation_is_one_line_of_sorted_json() -> None:
    draft = creation("unit", "KD", {"name": "Kênh Dương", "aliases": ""}, kind="init")
    assert draft.new == '{"aliases":"","name":"Kênh Dương"}'
