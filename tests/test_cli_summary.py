"""`tracker summary` in every format: what a supervisor reads, pastes, and lets a nightly job
check.
"""

import json
import re
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import reports
from db.connection import raw_connect
from tests import make
from tests.shell import ok, tracker
from tracker.cli.layout import cells
from tracker.cli.summary_zalo import LIMIT

SUM = (
    "completed_on_time",
    "completed_late",
    "completed_no_due",
    "open_in_time",
    "open_overdue",
    "open_no_due",
)
HOSTILE = "[/] [gấp] =cmd|' /C calc'!A0 *_`<b>|#"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration of day 51."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    make.demo(path, day=51)
    return path


@pytest.fixture(scope="module")
def shown_each(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return the demonstration of every fifth day."""
    folder = tmp_path_factory.mktemp("days")
    paths = {day: folder / f"{day}.sqlite" for day in range(5, 91, 5)}
    for day, path in paths.items():
        make.demo(path, day=day)
    return paths


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("day", [-7, 1, 30, 51, 90, 120])
def test_the_summary_fits_one_screen(day: int, language: str, tmp_path: Path) -> None:
    make.demo(tmp_path / "demo.sqlite", day=day)
    lines = ok("summary", "--lang", language, db=tmp_path / "demo.sqlite").lines
    assert len(lines) < 24
    assert max(map(cells, lines)) <= 80


@pytest.mark.parametrize("columns", [40, 60, 100, 160])
def test_the_summary_follows_the_width(
    columns: int, shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(cells, ok("summary", db=shown).lines)) <= max(columns, 80)


def test_the_blocks_stand_in_the_order_a_supervisor_asks(shown: Path) -> None:
    out = ok("summary", db=shown).out
    order = [
        "SỐ LIỆU MINH HỌA", "CÒN 39 NGÀY", "phường cập nhật trong 7 ngày", "Giao ",
        "trong đó sắp đến hạn", "So với cuối ngày", "QUÁ HẠN", "ĐẾN HẠN 3 NGÀY TỚI",
        "VƯỚNG MẮC MỚI", "CHƯA CẬP NHẬT 7 NGÀY",
    ]  # fmt: skip
    assert [out.index(words) for words in order] == sorted(out.index(words) for words in order)


def test_what_is_cut_says_how_many_more(shown: Path) -> None:
    document = ok("summary", "--format", "json", db=shown).json
    out = ok("summary", db=shown).out
    more = len(document["overdue"]) - 5
    assert more > 0
    assert f"… và {more} việc khác: tracker list quá-hạn" in out
    for late in document["overdue"][:5]:
        assert re.search(rf"▲ +{late['days_overdue']} ngày +{late['code']} ", out)


@pytest.mark.parametrize("on", ["hôm nay", "1/11", "20/10", "26/9"])
def test_counts_add_up_in_every_row_on_every_day(on: str, shown: Path) -> None:
    document = ok("summary", "--format", "json", "--on", on, db=shown).json
    rows = [document["totals"], *document["by_workstream"], *document["by_unit"]]
    assert all(row["assigned"] == sum(row[name] for name in SUM) for row in rows)
    for part in ("by_workstream", "by_unit"):
        for name in ("assigned", "due_soon", "awaiting_confirmation", "excluded", *SUM):
            assert sum(row[name] for row in document[part]) == document["totals"][name]


def test_counts_are_those_that_sql_takes_from_the_file(shown: Path) -> None:
    document = ok("summary", "--format", "json", db=shown).json
    with closing(raw_connect(shown)) as conn:
        by_sql = reports.totals(
            conn,
            day="2022-11-22",
            soon="2022-11-25",
            completed="completed",
            awaiting="awaiting_confirmation",
            excluded=["not_applicable", "withdrawn"],
            by="lead",
        )
    for row in document["by_unit"]:
        assert {name: row[name] for name in by_sql[row["code"]]} == by_sql[row["code"]]


def test_the_document_has_the_promised_shape(shown: Path) -> None:
    text = ok("summary", "--format", "json", db=shown).out
    document = json.loads(text)
    assert list(document)[:2] == ["schema_version", "demo"]
    assert document["schema_version"] == 1
    assert text.startswith('{\n  "schema_version": 1')
    assert "Chi cục Thuế" in text  # not escaped
    assert set(document["campaign"]) == {"id", "name", "name_en", "start", "end", "launch"}
    assert (document["on"], document["day"], document["days_left"]) == ("2022-11-22", 51, 39)
    assert set(document["since_yesterday"]) == {"completed", "newly_overdue", "updates"}
    assert {"code", "title", "lead", "due_on", "days_overdue"} <= set(document["overdue"][0])
    assert {"code", "title", "lead", "text", "since"} <= set(document["obstacles"][0])
    assert {"code", "name", "kind", "last_update_on"} <= set(document["by_unit"][0])
    assert document["not_reporting"] == ["CD", "TC"]
    late = [row["days_overdue"] for row in document["overdue"]]
    assert late == sorted(late, reverse=True)
    assert (
        len(document["overdue"]) + len(document["awaiting_late"])
        == document["totals"]["open_overdue"]
    )


def test_outside_the_window_days_are_null(tmp_path: Path) -> None:
    make.demo(tmp_path / "demo.sqlite", day=120)
    document = ok("summary", "--format", "json", db=tmp_path / "demo.sqlite").json
    assert (document["day"], document["days_left"], document["working_days_left"]) == (
        None,
        None,
        None,
    )


def test_a_unit_has_its_own_summary(shown: Path) -> None:
    by_name = ok("summary", "--format", "json", "--unit", "kenh duong", db=shown).json
    whole = ok("summary", "--format", "json", db=shown).json
    row = next(row for row in whole["by_unit"] if row["code"] == "KD")
    assert by_name["unit"] == "KD"
    assert by_name["totals"] == {name: row[name] for name in by_name["totals"]}
    assert "Phường Kênh Dương" in ok("summary", "--unit", "KD", db=shown).out
    ambiguous = tracker("summary", "--unit", "hang", db=shown)
    assert ambiguous.code == 2
    assert "Hàng Kênh" in ambiguous.err


def test_a_demonstration_says_so_on_every_print(shown: Path) -> None:
    for words in (
        ["summary"], ["summary", "--format", "zalo"], ["summary", "--format", "md"],
        ["list", "overdue"], ["show", "NS-01"], ["show", "NS-04"], ["log", "--limit", "3"],
        ["today"], ["officer", "list"],
    ):  # fmt: skip
        assert "SỐ LIỆU MINH HỌA" in ok(*words, db=shown).out
        assert "ILLUSTRATIVE FIGURES" in ok(*words, "--lang", "en", db=shown).out
    for words in (["summary"], ["list"], ["show", "NS-01"], ["log", "--limit", "3"], ["today"]):
        assert ok(*words, "--format", "json", db=shown).json["demo"] is True
    sheet = ok("list", "--format", "csv", db=shown)
    assert "SỐ LIỆU MINH HỌA" in sheet.err
    assert "MINH" not in sheet.lines[0]


def test_a_real_campaign_is_not_marked(db: Path) -> None:
    assert "MINH" not in ok("summary", db=db).out
    assert "demo" not in ok("summary", "--format", "json", db=db).json


def test_before_the_first_event_it_says_so(db: Path) -> None:
    for format in ("text", "zalo", "md"):
        answer = ok("summary", "--on", "25/9", "--format", format, db=db)
        assert "Ngày này chưa ghi nhận gì; nhật ký bắt đầu từ 26/09/2022" in answer.out
    assert ok("summary", "--on", "25/9", "--format", "json", db=db).json["totals"]["assigned"] == 0


def test_the_comparison_names_its_day(shown: Path) -> None:
    assert "So với cuối ngày 21/11:" in ok("summary", db=shown, now="2022-11-22 15:00").out
    assert "So với cuối ngày 18/11:" in ok("summary", db=shown, now="2022-11-22 08:00").out
    assert "So với cuối ngày 01/11:" in ok("summary", "--since", "1/11", db=shown).out
    assert "So với cuối ngày 18/11:" in ok("summary", "--on", "21/11", db=shown).out


def test_a_named_day_is_compared_with_the_day_before_it_at_any_hour(
    shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    morning = "2022-11-22 08:00"
    for day in ("22/11", "hôm nay"):
        assert "cuối ngày 21/11:" in ok("summary", "--on", day, db=shown, now=morning).out
    monkeypatch.setenv("TRACKER_ON", "22/11")
    assert "cuối ngày 21/11:" in ok("summary", db=shown, now=morning).out


def test_silent_units_are_named_as_far_as_they_fit(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.demo(db.with_name("silent.sqlite"), day=1)
    with closing(raw_connect(db.with_name("silent.sqlite"))) as conn:
        conn.execute("UPDATE tasks SET updated_on = NULL, start_on = '2022-09-01'")
    for columns, names in ((80, 3), (60, 1), (160, 5)):
        monkeypatch.setenv("COLUMNS", str(columns))
        line = ok("summary", db=db.with_name("silent.sqlite")).lines[-1]
        told = re.fullmatch(r"CHƯA CẬP NHẬT 7 NGÀY \((\d+)\): (.+) … và (\d+) đơn vị khác", line)
        assert told, line
        assert (len(told[2].split(", ")), cells(line) <= columns) == (names, True)
        assert int(told[1]) == names + int(told[3])


@pytest.mark.parametrize("format", ["text", "zalo", "md"])
def test_what_is_late_and_awaits_confirmation_is_counted_beside_the_list(
    format: str, db: Path
) -> None:
    ok("done", "TTDH-01.KD", "--date", "20/11", "--as", "kd.vptk", db=db)
    document = ok("summary", "--format", "json", db=db).json
    assert len(document["awaiting_late"]) == 1
    told = f"({len(document['overdue'])}, thêm 1 chờ xác nhận)"
    assert f"quá hạn {told}" in ok("summary", "--format", format, db=db).out.lower()


def test_new_obstacles_are_told_as_part_of_all(shown: Path) -> None:
    n = len(ok("summary", "--format", "json", db=shown).json["obstacles"])
    out = ok("summary", db=shown).out
    heading = re.search(r"VƯỚNG MẮC MỚI \((\d+) trong (\d+)\) · … và (\d+) việc khác", out)
    assert heading
    assert int(heading[2]) == n == min(int(heading[1]), 3) + int(heading[3])


def test_check_is_for_a_nightly_job(shown: Path, db: Path) -> None:
    assert tracker("summary", "--check", db=shown).code == 3
    assert tracker("summary", "--check", "--format", "zalo", db=shown).code == 3
    assert tracker("summary", "--check", "--on", "1/10", db=db).code == 0
    assert tracker("summary", "--check", "--on", "17/10", db=db).code == 3
    assert tracker("summary", "--check=new", "--on", "17/10", db=db).code == 3
    assert tracker("summary", "--check=new", "--on", "19/10", db=db).code == 0


def test_a_target_at_risk_raises_the_alarm_and_once_known_is_no_news(db: Path) -> None:
    ok("edit", "TTDH-01.KD", "--due", "20/12", "--reason", "lùi", "--as", "vpub.tonghop", db=db)
    assert tracker("summary", "--check", db=db).code == 0
    ok("record", "NS-04.KD", "10", "--date", "20/11", "--as", "kd.vptk", db=db)
    assert tracker("summary", "--check", db=db).code == 3
    assert tracker("summary", "--check=new", db=db).code == 3
    ok("record", "NS-04.KD", "11", "--as", "kd.vptk", db=db, now="2022-11-23 09:00")
    for when, code in (("2022-11-23 15:00", 0), ("2022-11-24 08:00", 0)):
        assert tracker("summary", "--check=new", db=db, now=when).code == code
    assert tracker("summary", "--check", db=db, now="2022-11-24 08:00").code == 3


# Targets behind their plan


def test_targets_behind_name_the_figure_the_need_and_the_rate(shown: Path) -> None:
    out = ok("summary", db=shown).out
    rows = ok("summary", "--format", "json", db=shown).json["targets_behind"]
    risks = sum(row["pace"] == "at_risk" for row in rows)
    assert f"CHỈ TIÊU CHẬM NHỊP ({len(rows)}, {risks} nguy cơ) · … và " in out
    line = r"▲ +NS-02 +82,73 / cần 88,02% KH HĐND quận · cần 0,44 điểm %/ngày, đang 0,21\n"
    assert re.search(line, out)


def test_the_document_has_every_target_behind_the_worst_first(shown: Path) -> None:
    rows = ok("summary", "--format", "json", db=shown).json["targets_behind"]
    listed = ok("target", "list", "--format", "json", db=shown).json["targets"]
    late = {row["code"]: row for row in listed if row["pace"] in ("behind", "at_risk")}
    assert {row["code"] for row in rows} == {
        code for code, row in late.items() if row["status"] not in ("completed", "not_started")
    }
    ratios = [float(row["ratio"]) for row in rows]
    assert ratios == sorted(ratios)
    keys = (
        "code title title_en lead unit actual actual_on expected plan ratio pace needed_per_day "
        "recent_per_day"
    ).split()
    for row in rows:
        assert list(row) == keys
        for name in ("expected", "plan", "ratio", "pace", "needed_per_day"):
            assert row[name] == late[row["code"]][name]
    tax = next(row for row in rows if row["code"] == "NS-02")
    # By hand: 81,2 on 31/10 and 90,5 on 30/11, 22 of 30 days on; (100 - 82,728...) over 39 days.
    assert tax["expected"] == "88.02"
    assert tax["actual"].startswith("82.72")
    assert float(tax["needed_per_day"]) == pytest.approx((100 - float(tax["actual"])) / 39)


def test_a_unit_has_its_own_targets_behind(shown: Path) -> None:
    document = ok("summary", "--format", "json", "--unit", "HN", db=shown).json
    whole = ok("summary", "--format", "json", db=shown).json
    own = [row for row in whole["targets_behind"] if row["lead"] == "HN"]
    assert document["targets_behind"] == own
    assert own
    out = ok("summary", "--unit", "HN", db=shown).out
    assert own[0]["code"] in out
    assert "XẾP HẠNG PHƯỜNG" not in out


def test_the_message_has_a_target_too(shown: Path) -> None:
    text = ok("summary", "--format", "zalo", db=shown).out
    assert re.search(r"^CHỈ TIÊU CHẬM NHỊP \(\d+, \d+ nguy cơ\): DTC-01 66,8 / cần ", text, re.M)


def test_the_first_and_the_last_wards_stand_in_one_line(
    shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wards = ok("league", "--format", "json", db=shown).json["blocks"][0]["units"]
    first, last = (
        " ".join((str(ward["rank"]), ward["name"][len("Phường ") :], points.replace(".", ",")))
        for ward in (wards[0], wards[-1])
        for points in [ward["official"]]
    )
    for columns, told in ((80, 3), (160, 6)):
        monkeypatch.setenv("COLUMNS", str(columns))
        lines = ok("summary", db=shown).lines
        line = next(line for line in lines if line.startswith("XẾP HẠNG PHƯỜNG: "))
        assert line.startswith(f"XẾP HẠNG PHƯỜNG: {first} · ")
        assert line.endswith(f" · … · {last}" if told == 3 else f" · {last}")
        assert line.count(" · ") == told, line


def test_a_past_day_is_told_by_what_was_known_then(db: Path) -> None:
    late = "--date 18/11 --as kd.vptk".split()
    ok("record", "NS-04.KD", "10", *late, db=db)
    rows = ok("summary", "--format", "json", "--on", "21/11", db=db).json["targets_behind"]
    assert rows == []
    rows = ok("summary", "--format", "json", db=db).json["targets_behind"]
    assert [(row["code"], row["actual_on"]) for row in rows] == [("NS-04.KD", "2022-11-18")]


# The message for a chat


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("day", [-7, 1, 30, 45, 51, 60, 75, 90, 91, 120])
def test_the_message_is_short_on_every_day(day: int, language: str, tmp_path: Path) -> None:
    make.demo(tmp_path / "demo.sqlite", day=day)
    text = ok("summary", "--format", "zalo", "--lang", language, db=tmp_path / "demo.sqlite").out
    assert len(text.rstrip("\n")) < LIMIT


def test_the_message_tells_all_counts_then_what_fits(shown: Path) -> None:
    text = ok("summary", "--format", "zalo", db=shown).out
    document = ok("summary", "--format", "json", db=shown).json
    n = document["totals"]
    done = n["completed_on_time"] + n["completed_late"]
    unfinished = n["open_in_time"] + n["open_overdue"]
    assert (
        f"\nToàn quận: {n['assigned']} việc; hoàn thành {done} "
        f"(đúng hạn {n['completed_on_time']}, quá hạn {n['completed_late']}); "
        f"chưa xong {unfinished} (trong hạn {n['open_in_time']}, quá hạn {n['open_overdue']}). "
        f"Chờ xác nhận {n['awaiting_confirmation']}, ngoài tổng số {n['excluded']}.\n"
    ) in text
    for name, most in (("overdue", 5), ("due_soon", 3)):
        told = [row["code"] for row in document[name] if row["code"] in text]
        assert told[: len(document[name][:most])] == [row["code"] for row in document[name][:most]]
        assert f"… và {len(document[name]) - most} việc khác" in text
    assert "Cát Dài, Trại Cau" in text
    assert text.endswith("\nĐề nghị các đơn vị cập nhật trước 16h00. Văn phòng.\n")


def test_the_message_of_one_unit_names_it(shown: Path) -> None:
    text = ok("summary", "--format", "zalo", "--unit", "KD", db=shown).out
    assert "\nPhường Kênh Dương: 16 việc; hoàn thành " in text


@pytest.mark.parametrize("day", range(5, 91, 5))
def test_obstacles_in_the_message_stay_readable(day: int, shown_each: dict[int, Path]) -> None:
    answer = ok("summary", "--format", "json", db=shown_each[day]).json
    whole = [" ".join(row["text"].split()).rstrip(".") for row in answer["obstacles"]]
    text = ok("summary", "--format", "zalo", db=shown_each[day]).out
    line = re.search(r"^VƯỚNG MẮC \(\d+\): (.*)\.$", text, re.MULTILINE)
    assert line
    parts = [part for part in line[1].split("; ") if not part.startswith("… và")]
    told = [part.partition(": ")[2] for part in parts if part != "không có"]
    assert bool(told) == bool(whole)
    for said, meant in zip(told, whole, strict=False):
        assert said == meant or (len(said) >= 38 and meant.startswith(said.rstrip("…")))


LONG = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=LONG, name=LONG, obstacle=LONG)
def test_the_message_is_short_whatever_the_texts(
    title: str, name: str, obstacle: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = make.file(tmp_path_factory.mktemp("nasty"))
    with closing(raw_connect(path)) as conn:
        conn.execute(
            "UPDATE tasks SET title = ?, obstacle = ?, obstacle_on = '2022-11-22'",
            (title, obstacle),
        )
        conn.execute("UPDATE units SET short_name = ?, name = ?", (name, name))
        conn.execute("UPDATE campaign SET value = ? WHERE key IN ('short_name', 'place')", (name,))
    assert len(ok("summary", "--format", "zalo", db=path).out.rstrip("\n")) < LIMIT
    assert max(map(cells, ok("summary", db=path).lines)) <= 80


# Hostile text


@pytest.mark.parametrize("format", ["text", "md", "zalo", "json"])
def test_hostile_text_is_shown_as_it_was_typed(format: str, db: Path) -> None:
    ok("edit", "TTDH-01.KD", "--title", HOSTILE, "--as", "vpub.tonghop", db=db)
    ok("update", "TTDH-01.KD", "--obstacle", HOSTILE, "--as", "kd.vptk", db=db)
    out = ok("summary", "--format", format, db=db).out
    if format == "md":
        assert r"\[/\] \[gấp\]" in out
        assert r"\*\_\`\<b\>\|\#" in out
    elif format == "json":
        assert json.loads(out)["overdue"][0]["title"] == HOSTILE
    else:
        assert "[/] [gấp]" in out


def test_the_markdown_tables_have_even_rows(shown: Path) -> None:
    page = ok("summary", "--format", "md", db=shown).out
    tables = re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE)
    assert len(tables) == 6
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
    for table in tables[4:]:
        *rows, whole = (row.strip("|").split(" | ")[2:] for row in table.splitlines()[2:])
        assert [sum(map(int, column)) for column in zip(*rows, strict=True)] == [
            int(n) for n in whole
        ]
