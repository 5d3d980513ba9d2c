"""`tracker list`, `show`, `log`, `today`: what there is, on a screen, in a sheet, for a program."""

import csv
import io
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.connection import raw_connect
from tests import make
from tests.shell import ok, tracker
from tracker.cli.layout import cells

HOSTILE = "=cmd|'/C calc'!A0 [/] [gấp]"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration of day 51."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    make.demo(path, day=51)
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


# The list


def test_a_bare_list_shows_every_row_and_the_totals(shown: Path) -> None:
    answer = ok("list", db=shown)
    assert len(answer.lines) == 1 + 1 + 264 + 3
    assert answer.lines[-3] == "264 việc = giao 258 + ngoài tổng số 6"
    assert max(map(cells, answer.lines)) <= 80


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["show", "TTDH-01"],
        ["summary"],
        ["summary", "--format", "md"],
        ["compare", "--since", "26/9"],
        ["chart", "NS-04.KD"],
        ["target", "list"],
        ["target", "show", "NS-04.KD"],
    ],
)
def test_english_tells_english_titles(words: list[str], shown: Path) -> None:
    answer = ok("--lang", "en", *words, db=shown)
    assert "Thu nợ đọng" not in answer.out
    assert "Ra quân" not in answer.out


def test_a_wide_terminal_shows_more(shown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "130")
    head = ok("list", "NS-04", db=shown).lines[1]
    assert "Tiến độ" in head
    assert "Cập nhật" in head


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (["NS-04"], 15),
        (["ns-04.kd"], 1),
        (["unit:KD"], 16),
        (["phuong:kenh duong"], 16),
        (["unit:Dư Hàng"], 16),
        (["unit:KD", "not:done", "before:15/12"], 4),
        (["unit:KD", "không:xong", "hạn<=15/12"], 4),
    ],
)
def test_filters_are_tokens_that_must_all_hold(words: list[str], count: int, shown: Path) -> None:
    assert len(ok("list", *words, "--format", "json", db=shown).json["tasks"]) == count


def test_flags_agree_with_the_summary(shown: Path) -> None:
    summary = ok("summary", "--format", "json", db=shown).json
    for flag, name in (("overdue", "open_overdue"), ("due-soon", "due_soon")):
        found = ok("list", flag, "--format", "json", db=shown).json["tasks"]
        assert len(found) == summary["totals"][name]
    blocked = ok("list", "blocked", "--format", "json", db=shown).json["tasks"]
    assert {row["code"] for row in blocked} == {row["code"] for row in summary["obstacles"]}


def test_an_empty_list_says_why(db: Path) -> None:
    assert ok("list", "nothing-like-it-1", db=db).out == "Không có việc nào đạt điều kiện lọc.\n"
    assert "nhật ký bắt đầu từ 26/09/2022" in ok("list", "--on", "25/9", db=db).out
    for words in (["list"], ["show", "NS-01"]):
        assert ok(*words, "--on", "25/9", "--format", "json", db=db).json["tasks"] == []


def test_an_empty_day_says_why_everywhere(shown: Path) -> None:
    for words in (["today"], ["show", "NS-01"], ["list"]):
        out = ok(*words, "--on", "1/9", db=shown).out
        assert out.startswith("SỐ LIỆU MINH HỌA\n")
        assert "nhật ký bắt đầu từ 26/09/2022" in out


def test_mine_is_whose_who_acts(shown: Path) -> None:
    assert (
        len(ok("list", "mine", "--as", "kd.vptk", "--format", "json", db=shown).json["tasks"]) > 3
    )
    assert ok("list", "owner:me", "--as", "kd.vptk", db=shown).code == 0


@pytest.mark.parametrize(
    "key", ["due", "-due", "state", "unit", "title", "progress", "-updated", "weight"]
)
def test_a_list_is_sorted_by_a_key(key: str, shown: Path) -> None:
    rows = ok("list", "--sort", key, "--format", "json", db=shown).json["tasks"]
    assert len(rows) == 264
    if key == "due":
        assert [r["due_on"] for r in rows] == sorted(r["due_on"] for r in rows)


def test_a_task_in_json_has_the_promised_fields(shown: Path) -> None:
    document = ok("list", "NS-02", "--format", "json", db=shown).json
    (row,) = document["tasks"]
    assert list(document) == ["schema_version", "demo", "on", "tasks"]
    assert list(row)[:19] == [
        "code", "title", "title_en", "workstream", "lead", "owner", "status", "state", "start_on",
        "due_on", "first_due_on", "completed_on", "claimed_on", "days_overdue", "progress",
        "weight", "measure", "updated_on", "updated_at",
    ]  # fmt: skip
    assert row["updated_at"].endswith("Z")
    assert row["measure"]["baseline"] == "72.6"
    assert Decimal(row["measure"]["latest"]) > 72
    assert isinstance(row["version"], int)


def test_a_sheet_is_safe_and_opens_in_vietnamese(db: Path) -> None:
    ok("edit", "TTDH-01.KD", "--title", HOSTILE, "--as", "vpub.tonghop", db=db)
    ok("update", "TTDH-01.KD", "--result", "+84 912", "--obstacle", "@x", "--as", "kd.vptk", db=db)
    out = ok("list", "TTDH", "--format", "csv", db=db).out
    assert out.startswith("\ufeff")
    head, row = csv.reader(io.StringIO(out.removeprefix("\ufeff")), delimiter=";")
    named = dict(zip(head, row, strict=True))
    assert named["Nhiệm vụ"] == "'" + HOSTILE
    assert (named["Kết quả"], named["Khó khăn, vướng mắc"]) == ("'+84 912", "'@x")
    assert named["Thời hạn"] == "2022-10-14"


def test_a_sheet_is_written_as_a_spreadsheet_of_the_language_reads_it(db: Path) -> None:
    ok("record", "NS-01", "80,5", "--as", "tckh.cv", db=db)
    for language, separator, figure in (("vi", ";", "80,5"), ("en", ",", "80.5")):
        out = ok("list", "NS-01", "--format", "csv", "--lang", language, db=db).out
        head, row = csv.reader(io.StringIO(out.removeprefix("\ufeff")), delimiter=separator)
        assert len(head) == len(row) == 22
        assert figure in row


def test_a_file_that_others_filled_cannot_move_the_terminal(db: Path) -> None:
    with closing(raw_connect(db)) as conn:
        conn.execute(
            "UPDATE tasks SET title = ?", ("\x1b]52;c;aGk=\x07\x1b[2J\u202e[/] \x9b31m Nga\u0300y",)
        )
    for words in (["list"], ["show", "NS-01"], ["summary"], ["summary", "--format", "zalo"]):
        out = ok(*words, db=db).out
        assert not set(out) & set("\x1b\x07\x9b\u202e")
        assert "[/]" in out or words[-1] == "zalo"


# One task


def test_a_task_is_shown_with_its_history(db: Path) -> None:
    ok(
        "update",
        "TTDH-01.KD",
        "--result",
        "[/] [gấp] xong 6",
        "--obstacle",
        "thiếu xe",
        "--as",
        "kd.vptk",
        db=db,
    )
    ok("edit", "TTDH-01.KD", "--due", "30/11", "--reason", "chờ xe", "--as", "vpub.tonghop", db=db)
    out = ok("show", "ttdh-01.kd", db=db).out
    for words in (
        "TTDH-01.KD · Ra quân lập lại trật tự đường hè", "Kênh Dương", "TC-KH",
        "[/] [gấp] xong 6", "30/11/2022 (gia hạn 1 lần, hạn đầu 14/10/2022)",
        "Thời hạn: 14/10/2022 → 30/11/2022", "Lý do: chờ xe",
        "Thứ Ba 22/11/2022", "giao nhiệm vụ",
    ):  # fmt: skip
        assert words in out
    assert out.index("điều chỉnh thời hạn") < out.index("giao nhiệm vụ")


def test_figures_show_their_corrections(db: Path) -> None:
    ok("record", "NS-01", "80,5", "--as", "tckh.cv", db=db)
    ok("record", "NS-01", "81", "--reason", "nhập nhầm", "--as", "tckh.cv", db=db)
    out = ok("show", "NS-02", db=db).out
    assert "nhập cho NS-01 · đã được đính chính" in out
    assert "nhập cho NS-01 · đính chính" in out
    first, second = ok("show", "NS-01", "--format", "json", db=db).json["readings"]
    assert (first["value"], second["value"], second["corrects"]) == ("80.5", "81", first["id"])
    task = ok("show", "NS-02", "--format", "json", db=db).json
    assert task["readings"][1]["value"] == task["measure"]["latest"]


def test_a_replicated_task_shows_its_copies(shown: Path) -> None:
    lines = ok("show", "NS-04", db=shown).lines
    assert sum(line.startswith("NS-04.") for line in lines) == 15
    assert (
        ok("show", "NS-04", "--format", "json", db=shown)
        .json["tasks"][0]["code"]
        .startswith("NS-04.")
    )


def test_a_past_day_shows_what_was_known_then(db: Path) -> None:
    ok("record", "NS-01", "79", "--as", "tckh.cv", db=db, now="2022-11-10 09:00")
    ok("record", "NS-01", "79,5", "--date", "10/11", "--reason", "sai", "--as", "tckh.cv", db=db)
    then = ok("show", "NS-01", "--on", "11/11", "--format", "json", db=db).json
    now = ok("show", "NS-01", "--format", "json", db=db).json
    assert ([r["value"] for r in then["readings"]], then["measure"]["latest"]) == (["79"], "79")
    assert [r["value"] for r in now["readings"]] == ["79", "79.5"]
    assert len(then["events"]) < len(now["events"])
    assert "Ngày này chưa ghi nhận gì" in ok("show", "NS-01", "--on", "1/9", db=db).out


def test_an_unknown_code_is_refused(db: Path) -> None:
    for words in (["show", "XX-01"], ["log", "XX-01"]):
        answer = tracker(*words, db=db)
        assert (answer.code, answer.out) == (1, "")
        assert "XX-01" in answer.err


# The log


def test_the_log_is_told_by_day_newest_first(shown: Path) -> None:
    lines = ok("log", "--since", "20/11", db=shown).lines
    days = [line for line in lines if line.startswith(("Thứ", "Chủ Nhật"))]
    assert days[0] == "Thứ Ba 22/11/2022"
    assert len(days) >= 2


def test_a_big_command_is_one_line(shown: Path) -> None:
    out = ok("log", "--on", "26/9", db=shown).out
    assert "giao nhiệm vụ (264 mục)" in out
    assert len(out.splitlines()) < 100


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        (["--by", "kd.vptk"], lambda e: e["actor"] == "kd.vptk"),
        (["--kind", "extend"], lambda e: e["kind"] == "extend"),
        (["--since", "21/11"], lambda e: e["at"] >= "2022-11-20T17:00:00Z"),
        (["NS-04"], lambda e: e["task"].startswith("NS-04.")),
        (["NS-04.KD"], lambda e: e["task"] == "NS-04.KD"),
        (
            ["--unit", "KD"],
            lambda e: (
                e["unit"] == "KD" or (e["task"] or e["ref"]).endswith(".KD") or "KD#" in e["ref"]
            ),
        ),
    ],
)
def test_the_log_is_filtered(words: list[str], holds: object, shown: Path) -> None:
    events = ok("log", *words, "--format", "json", db=shown).json["events"]
    assert events
    groups = {event["group"] for event in events if holds(event)}
    assert {event["group"] for event in events} == groups


def test_the_log_in_json_is_the_chain(shown: Path) -> None:
    events = ok("log", "--format", "json", db=shown).json["events"]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    with closing(raw_connect(shown)) as conn:
        assert (
            events[-1]["hash"]
            == conn.execute("SELECT hash FROM events ORDER BY seq DESC").fetchone()[0]
        )
    report = next(event for event in events if event["field"] == "result")
    assert report["result"] == report["new"]
    assert report["obstacle"] is None


def test_the_log_is_searched_and_limited(shown: Path) -> None:
    found = ok("log", "--text", "rac", "--limit", "3", db=shown).lines
    assert sum(":" in line and line.startswith("  ") and line[2].isdigit() for line in found) == 3
    assert ok("log", "--text", "zzzz", db=shown).lines[-1] == "Không có mục nhật ký nào phù hợp."


# Today


def test_today_lists_what_waits_for_who_acts(shown: Path) -> None:
    document = ok("today", "--as", "hn.vptk", "--format", "json", db=shown).json
    assert list(document)[3:] == [
        "officer", "overdue", "due_soon", "to_report", "to_confirm", "returned",
        "baselines_missing", "urged",
    ]  # fmt: skip
    assert {row["lead"] for row in document["overdue"]} == {"HN"}
    out = ok("today", "--as", "hn.vptk", db=shown).out
    assert "hn.vptk" in out
    assert "QUÁ HẠN (" in out


def test_today_needs_to_know_who_acts(db: Path) -> None:
    answer = tracker("today", db=db)
    assert answer.code == 1
    assert "--as" in answer.err
    assert tracker("today", "--as", "nobody.x", db=db).code == 1
    assert "Hôm nay không có việc nào chờ bạn." in ok("today", "--as", "ubnd.xem", db=db).out


def test_a_demonstration_acts_as_its_supervisor(shown: Path) -> None:
    assert ok("today", db=shown).lines[1].startswith("vpub.tonghop")


def test_every_past_day_of_a_demonstration_is_told(shown: Path) -> None:
    for back in (1, 15, 50):
        day = date(2022, 11, 22) - timedelta(days=back)
        for words in (["list"], ["show", "NS-01"], ["log", "--limit", "5"]):
            assert ok(*words, "--on", day.isoformat(), db=shown).out


def test_the_history_of_a_task_names_the_figure_that_was_entered_for_its_twin(db: Path) -> None:
    ok("record", "NS-01", "88", "--as", "vpub.tonghop", db=db)
    shown = ok("show", "NS-02", db=db).out
    history = shown[shown.index("Lịch sử") :]
    assert "nhập số liệu · 83,3% KH HĐND quận ngày 22/11/2022" in history
