"""Urging units to get on with tasks: who may, what is kept, what is said of it and where."""

from datetime import date
from pathlib import Path

import pytest

from db import tasks, urgings
from db.engine import Connection
from db.records import Kind, Status
from db.urgings import Medium, Urging
from tests import make
from tests.proof import assert_sound, refused
from tests.shell import ok, tracker
from tracker import logbook, state
from tracker.operations import answers, planning, reports, undoing, urging
from tracker.operations.desk import Desk
from tracker.operations.reports import Report
from tracker.papers import messages

TODAY, BY = date(2022, 11, 22), date(2022, 11, 25)
TASK, ARREARS, THEIRS = "TTDH-01.KD", "NS-04.KD", "NS-04.LS"
CHIEF = ("--as", "vpub.tonghop")
HOSTILE = "=1+1 [/] <b> \x1b[31m \u202e đỏ"


@pytest.fixture
def chief(conn: Connection) -> Desk:
    """Return the desk of the supervisor."""
    return make.desk(conn, "vpub.tonghop")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the small campaign in a file."""
    return make.file(tmp_path)


def test_an_urging_keeps_who_when_what_how_and_by_when(chief: Desk) -> None:
    before = tasks.get(chief.conn, TASK)
    receipt = urging.urge(chief, [TASK], by=BY, text="  Gửi\tảnh ", medium=Medium.ZALO)
    (sent,) = urgings.of_all(chief.conn)
    assert sent[:8] == (
        f"{TASK}#1", TASK, TODAY, BY, "Gửi ảnh", Medium.ZALO, "vpub.tonghop", False,
    )  # fmt: skip
    assert [(event.kind, event.task) for event in receipt.events] == [(Kind.URGE, TASK)]
    assert tasks.get(chief.conn, TASK) == before
    assert state.current(chief.conn, TODAY).urgings == (sent,)
    assert_sound(chief.conn)


def test_several_tasks_are_urged_as_one_command_that_is_taken_back_whole(chief: Desk) -> None:
    receipt = urging.urge(chief, [TASK, ARREARS, TASK], by=TODAY)
    assert [event.ref for event in receipt.events] == [f"{TASK}#1", f"{ARREARS}#1"]
    undoing.undo(chief)
    assert state.current(chief.conn, TODAY).urgings == ()
    undoing.redo(chief)
    assert [each.task for each in state.current(chief.conn, TODAY).urgings] == [TASK, ARREARS]
    undoing.undo(chief)
    urging.urge(chief, [TASK], by=TODAY)
    assert [each.id for each in state.current(chief.conn, TODAY).urgings] == [f"{TASK}#2"]
    assert_sound(chief.conn)


def test_a_past_day_knows_the_urgings_of_then(chief: Desk) -> None:
    urging.urge(make.desk(chief.conn, "vpub.tonghop", "2022-11-21 09:00"), [TASK], by=BY)
    urging.urge(chief, [ARREARS], by=BY)
    then = state.at(chief.conn, date(2022, 11, 21), TODAY)
    assert [each.task for each in then.urgings] == [TASK]
    assert state.at(chief.conn, date(2022, 9, 20), TODAY).urgings == ()


def test_the_confirming_unit_may_urge_and_takes_its_urging_back(conn: Connection) -> None:
    office = make.desk(conn, "tckh.cv")
    urging.urge(office, [TASK], by=BY)
    undoing.undo(office)
    assert_sound(conn)


@pytest.mark.parametrize("login", ["kd.vptk", "ls.vptk", "ubnd.xem"])
def test_others_may_not_urge(conn: Connection, login: str) -> None:
    with refused(conn, "not-urger", login=login, code=TASK, unit="TC-KH"):
        urging.urge(make.desk(conn, login), [TASK], by=BY)


def test_a_past_day_and_no_day_cannot_be_asked_for(chief: Desk) -> None:
    with refused(chief.conn, "urge-date", value=date(2022, 11, 21), today=TODAY):
        urging.urge(chief, [TASK], by=date(2022, 11, 21))
    with refused(chief.conn, "by-needed"):
        urging.urge(chief, [TASK], by=None)
    with refused(chief.conn, "too-long", limit=300):
        urging.urge(chief, [TASK], by=BY, text="a" * 301)


def test_what_is_over_is_not_urged(chief: Desk, conn: Connection) -> None:
    reports.done(make.desk(conn, "kd.vptk"), [TASK])
    with refused(conn, "urge-awaiting", code=TASK, unit="Kênh Dương"):
        urging.urge(chief, [ARREARS, TASK], by=BY)
    answers.confirm(chief, [TASK])
    with refused(conn, "urge-closed", code=TASK, status=Status.COMPLETED):
        urging.urge(chief, [TASK], by=BY)
    away = Report(status=Status.NOT_APPLICABLE, reason="không có trên địa bàn")
    reports.update(chief, [ARREARS], away)
    with refused(conn, "urge-closed", status=Status.NOT_APPLICABLE):
        urging.urge(chief, [ARREARS], by=BY)


def test_the_log_finds_what_was_urged(chief: Desk) -> None:
    receipt = urging.urge(chief, [TASK], by=BY, text="Gửi ảnh hiện trường")
    (entry,) = logbook.entries(receipt.events)
    assert logbook.mentions(entry, "hien truong")


# The notice


def test_a_notice_says_what_domain_people_expect(db: Path) -> None:
    ok("update", TASK, "--result", "Đã dẹp 3 tuyến.", "--as", "kd.vptk", db=db)
    words = "urge", TASK, "--by", "25/11", "--medium", "zalo", "--text", "Gửi ảnh hiện trường"
    answer = ok(*words, *CHIEF, db=db)
    assert answer.lines == [
        "[90 NGÀY NƯỚC RÚT] 22/11/2022",
        "Đề nghị Phường Kênh Dương khẩn trương hoàn thành và báo cáo trước ngày 25/11/2022 các "
        "nhiệm vụ sau:",
        f"- {TASK} Ra quân lập lại trật tự đường hè: hạn 14/10/2022, quá hạn 39 ngày. Kết quả báo "
        "cáo gần nhất: Đã dẹp 3 tuyến.",
        "Đề nghị thêm: Gửi ảnh hiện trường",
        "Văn phòng HĐND và UBND quận.",
    ]
    assert "tracker undo" in answer.err


def test_each_unit_gets_a_notice_of_its_own(db: Path) -> None:
    out = ok("urge", THEIRS, TASK, ARREARS, "--by", "25/11", "--as", "tckh.cv", db=db).out
    first, second = out.rstrip("\n").split("\n\n")
    assert (TASK in first, ARREARS in first, THEIRS in second) == (True, True, True)
    assert "Phường Kênh Dương" in first
    assert "Phường Lam Sơn" in second
    assert second.endswith("Phòng Tài chính - Kế hoạch.")


def test_many_tasks_make_several_short_notices(chief: Desk) -> None:
    for n in range(9):
        planning.add(
            chief, planning.NewTask(workstream="TTDH", title=f"Việc {n} " + "dài " * 40, lead="KD")
        )
    added = [code for code, task in tasks.load(chief.conn).items() if "dài" in task.title]
    urging.urge(chief, added, by=BY)
    known = state.current(chief.conn, TODAY)
    told = messages.notices(known.urgings, known)
    assert 1 < len(told) < 9
    assert all(len(each.text) < messages.LIMIT for each in told)
    assert [code for code in added if code in "".join(each.text for each in told)] == added


def test_titles_are_whole_in_all_notices_of_a_unit_or_cut_alike_in_all() -> None:
    title = "Tiêm vắc xin phòng Covid-19 mũi nhắc lại cho người thuộc diện trên địa bàn phường mình"
    rows = [make.task(code=f"YT-{n:02}.KD", title=title) for n in range(16)]
    known = make.state(rows)
    sent = [
        Urging(str(n), row.code, TODAY, BY, None, None, "vpub.tonghop", False, 1)
        for n, row in enumerate(rows)
    ]
    told = messages.notices(sent, known)
    assert len(told) > 1
    assert all(len(each.text) < messages.LIMIT for each in told)
    whole = sum(each.text.count(title) for each in told)
    cuts = sum(each.text.count("…") for each in told)
    assert (whole, cuts) in ((16, 0), (0, 16))


def test_a_day_beyond_the_campaign_is_the_next_one(db: Path) -> None:
    assert "trước ngày 05/02/2023" in ok("urge", TASK, "--by", "5/2", *CHIEF, db=db).out


def test_a_notice_is_short_whatever_the_texts(db: Path) -> None:
    long = "Việc rất dài " * 20
    ok("edit", TASK, "--title", long, *CHIEF, db=db)
    ok("update", TASK, "--result", long * 3, "--as", "kd.vptk", db=db)
    out = ok("urge", TASK, "--by", "25/11", "--text", long[:290], *CHIEF, db=db).out
    assert len(out.rstrip("\n")) < messages.LIMIT
    assert "Việc rất dài" in out


def test_hostile_words_are_plain_text_in_a_notice(db: Path) -> None:
    ok("edit", TASK, "--title", HOSTILE, *CHIEF, db=db)
    words = "urge", TASK, "--by", "25/11", "--text", HOSTILE, *CHIEF
    out = ok(*words, db=db).out
    assert "=1+1 [/] <b>" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_the_command_says_what_is_wrong(db: Path) -> None:
    for words, code, said in (
        ((TASK,), 2, "--by 25/11"),
        ((TASK, "--by", "21/11"), 2, "22/11/2022"),
        ((TASK, "--by", "25/11", "--medium", "fax"), 2, "zalo, phone, paper, mail"),
        (("NS-04", "--by", "25/11"), 1, ARREARS),
    ):
        answer = tracker("urge", *words, *CHIEF, db=db)
        assert (answer.code, said in answer.err) == (code, True)


# Where an urging is told


def test_an_urging_is_told_on_the_tasks_page_and_to_whoever_has_it_to_do(db: Path) -> None:
    words = "urge", ARREARS, "--by", "25/11", "--medium", "phone", *CHIEF
    ok(*words, db=db)
    page = ok("show", ARREARS, db=db).out
    assert "đôn đốc ngày 22/11/2022: báo cáo trước 25/11/2022" in page
    assert "vpub.tonghop · đôn đốc · báo cáo trước 25/11/2022 · qua điện thoại" in page
    (told,) = ok("show", ARREARS, "--format", "json", db=db).json["urgings"]
    assert told == {
        "on": "2022-11-22", "by": "2022-11-25", "text": None, "medium": "phone",
        "officer": "vpub.tonghop",
    }  # fmt: skip
    own = ok("today", "--as", "kd.vptk", db=db).out
    assert "ĐƯỢC ĐÔN ĐỐC, PHẢI BÁO CÁO (1)" in own
    row = ok("today", "--as", "kd.vptk", "--format", "json", db=db).json["urged"][0]
    assert (row["code"], row["urging"]) == (ARREARS, told)
    assert ok("today", "--as", "ls.vptk", "--format", "json", db=db).json["urged"] == []


def test_the_summary_counts_the_urgings_since_its_reference_day(db: Path) -> None:
    ok("urge", TASK, ARREARS, "--by", "25/11", *CHIEF, db=db, now="2022-11-21 09:00")
    ok("urge", TASK, THEIRS, "--by", "25/11", *CHIEF, db=db)
    assert ok("summary", "--format", "json", db=db).json["urgings"] == 2
    assert ok("summary", "--format", "json", "--unit", "KD", db=db).json["urgings"] == 1
    assert ok("summary", "--since", "20/11", "--format", "json", db=db).json["urgings"] == 4
    assert ok("summary", "--on", "21/11", "--format", "json", db=db).json["urgings"] == 2
    assert ok("summary", db=db).lines[4].endswith(" · 2 đôn đốc")
    assert "- Số lượt đôn đốc từ đó: 2\n" in ok("summary", "--format", "md", db=db).out
    ok("undo", *CHIEF, db=db)
    assert "đôn đốc" not in ok("summary", db=db).lines[5]
