"""Deadlines as a calendar file: read back as a calendar program reads it."""

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

from db.connection import raw_connect
from tests import make
from tests.shell import ok, tracker

TASK, ARREARS = "TTDH-01.KD", "NS-04.KD"
CHIEF = ("--as", "vpub.tonghop")
HOSTILE = "gấp; đỏ, xanh\\n BEGIN:VEVENT\r\nUID:giả " + "dài " * 40 + "🎌"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the small campaign in a file."""
    return make.file(tmp_path)


def written(db: Path, *words: str, **more: Any) -> bytes:
    """Write a calendar file and return it."""
    path = db.with_name("hạn.ics")
    ok("calendar", str(path), "--force", *words, db=db, **more)
    return path.read_bytes()


def events(content: bytes) -> dict[str, Event]:
    """Return the entries by what stands before the @ of their UID."""
    (book,) = Calendar.from_ical(content, multiple=True)
    assert not book.errors
    found = [each for each in book.walk("VEVENT")]
    assert len({str(each["UID"]) for each in found}) == len(found)
    return {str(each["UID"]).partition("@")[0]: each for each in found}


def test_every_task_has_an_all_day_entry_that_leaves_the_day_free(db: Path) -> None:
    found = events(written(db))
    assert {code for code in found if not code.startswith("campaign-")} == {
        "NS-01", "NS-02", ARREARS, "NS-04.LS", TASK, "TTXD-02.KD",
    }  # fmt: skip
    entry = found[ARREARS]
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2022, 12, 15), date(2022, 12, 16))
    assert entry["SUMMARY"] == f"{ARREARS} Đôn đốc thu nộp các khoản nợ thuế"
    assert (entry["TRANSP"], entry["STATUS"]) == ("TRANSPARENT", "CONFIRMED")
    assert entry["CATEGORIES"].cats == ["Thu ngân sách"]
    assert "Đơn vị chủ trì: Kênh Dương" in entry["DESCRIPTION"]
    (alarm,) = entry.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(days=-1))


def test_the_days_of_the_campaign_stand_beside_them(db: Path) -> None:
    with closing(raw_connect(db)) as conn:
        conn.execute(
            "UPDATE campaign SET value = ? WHERE key = 'calendar_events'",
            ('[{"date": "2022-10-10", "name": "Ngày Chuyển đổi số (10/10)"}]',),
        )
    days = {
        code: each["DTSTART"].dt
        for code, each in events(written(db)).items()
        if code.startswith("campaign-")
    }
    assert days == {
        "campaign-start": date(2022, 10, 3),
        "campaign-end": date(2022, 12, 31),
        "campaign-books-close": date(2023, 1, 31),
        "campaign-2022-ngay-chuyen-doi-so-10-10": date(2022, 10, 10),
    }


def test_the_same_state_gives_the_same_bytes_and_a_change_a_higher_number(db: Path) -> None:
    first = written(db)
    assert written(db, now="2022-11-29 08:00") == first
    ok("edit", TASK, "--due", "20/12", "--reason", "lùi", *CHIEF, db=db)
    before, after = events(first), events(written(db))
    assert after[TASK]["UID"] == before[TASK]["UID"]
    assert after[TASK]["SEQUENCE"] > before[TASK]["SEQUENCE"]
    assert after[TASK]["LAST-MODIFIED"].dt > before[TASK]["LAST-MODIFIED"].dt
    assert after[TASK]["DTSTAMP"].dt == make.moment("2022-11-22 15:00")
    assert after[TASK]["DTSTART"].dt == date(2022, 12, 20)
    assert after[ARREARS].to_ical() == before[ARREARS].to_ical()


def test_what_is_over_says_so_and_alarms_nobody(db: Path) -> None:
    ok("done", TASK, "--as", "kd.vptk", db=db)
    entry = events(written(db))[TASK]
    assert entry["SUMMARY"].startswith("Chờ xác nhận: TTDH-01.KD")
    ok("confirm", TASK, *CHIEF, db=db)
    ok("update", ARREARS, "--status", "withdrawn", "--reason", "bỏ", *CHIEF, db=db)
    found = events(written(db))
    assert found[TASK]["SUMMARY"].startswith("Xong: TTDH-01.KD")
    assert (found[TASK]["STATUS"], found[ARREARS]["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert not found[TASK].walk("VALARM") + found[ARREARS].walk("VALARM")


def test_a_task_whose_adding_was_taken_back_is_cancelled(db: Path) -> None:
    words = "--workstream", "TTDH", "--title", "Việc mới", "--lead", "KD", "--due", "20/12"
    ok("add", *words, *CHIEF, db=db)
    (code,) = set(events(written(db))) - set(events(written(db, "--on", "21/11")))
    ok("undo", *CHIEF, db=db)
    assert events(written(db))[code]["STATUS"] == "CANCELLED"


def test_a_unit_and_an_officer_have_calendars_of_their_own(db: Path) -> None:
    def codes(*words: str) -> set[str]:
        return {code for code in events(written(db, *words)) if "campaign" not in code}

    assert codes("--unit", "kenh duong") == {TASK, ARREARS, "TTXD-02.KD"}
    ok("edit", TASK, "--owner", "vpub.tonghop", *CHIEF, db=db)
    assert codes("--officer", "kd.vptk") == {ARREARS, "TTXD-02.KD"}
    assert codes("--officer", "vpub.tonghop") == {TASK}
    both = tracker("calendar", "x.ics", "--unit", "KD", "--officer", "kd.vptk", db=db)
    assert both.code == 2


def test_hostile_titles_stay_in_their_line(db: Path) -> None:
    with closing(raw_connect(db)) as conn:
        conn.execute(
            "UPDATE tasks SET title = ?, product = ?, title_en = NULL",
            (HOSTILE, "a\r\n\r\nb\x00\x1b" + HOSTILE),
        )
    content = written(db)
    assert len(events(content)) == 9
    assert events(content)[TASK]["SUMMARY"].startswith(f"{TASK} gấp; đỏ, xanh\\n BEGIN:VEVENT UID")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(byte in content for byte in (b"\x00", b"\x1b"))
    assert content.count(b"\n") == len(lines) - 1
    content.decode()


def test_a_file_that_stands_there_is_left(db: Path) -> None:
    path = db.with_name("hạn.ics")
    written(db)
    answer = tracker("calendar", str(path), db=db)
    assert (answer.code, "--force" in answer.err) == (2, True)
