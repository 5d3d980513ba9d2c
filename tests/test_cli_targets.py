"""`tracker target`, and figures with estimates and papers: prints, documents, sheets, refusals."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests import make
from tests.shell import Answer, ok, tracker
from tracker.cli.layout import cells
from tracker.targets import WORST_FIRST

KD, TCKH, CHIEF = ("--as", "kd.vptk"), ("--as", "tckh.cv"), ("--as", "vpub.tonghop")
WHY = ("--reason", "Thành phố giao bổ sung")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration of day 51."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    make.demo(path, day=51)
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the small campaign with seven weeks of figures of NS-01."""
    path = make.file(tmp_path)
    for n in range(7):
        on = date(2022, 10, 7) + timedelta(weeks=n)
        ok("record", "NS-01", f"{78 + n},5", *TCKH, db=path, now=f"{on} 15:00")
    return path


def row(answer: Answer, code: str) -> dict[str, object]:
    """Return a target of a JSON list."""
    found: dict[str, object] = next(each for each in answer.json["targets"] if each["code"] == code)
    return found


def measured(db: Path) -> int:
    """Return how many tasks of a file are measured."""
    tasks = ok("list", "--format", "json", db=db).json["tasks"]
    return sum(each["measure"] is not None for each in tasks)


# The list


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("words", [(), ("--all",), ("NS-04",)])
def test_a_list_fits_its_width(
    shown: Path, width: int, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for language in ("vi", "en"):
        lines = ok("--lang", language, "target", "list", *words, db=shown).lines
        assert max(map(cells, lines)) <= width


def test_the_bare_list_folds_what_every_ward_has(shown: Path) -> None:
    answer = ok("target", "list", db=shown)
    heads = [line for line in answer.lines if "×" in line]
    assert len(heads) == 13
    assert any("NS-04 ×15" in line for line in heads)
    assert "NS-04.KD" not in answer.out
    assert "nguy cơ không đạt" in answer.out
    assert "kém nhất" in answer.out
    assert answer.lines[0] == "SỐ LIỆU MINH HỌA"
    counted = [each for each in ok("target", "list", "--format", "json", db=shown).json["targets"]
               if each["status"] not in ("not_applicable", "withdrawn")]  # fmt: skip
    assert f"{len(counted)} chỉ tiêu: " in answer.out


def test_every_copy_is_told_with_a_filter_or_on_demand(shown: Path) -> None:
    every = ok("target", "list", "--all", db=shown)
    assert "×" not in every.out
    assert every.out.count("NS-04.") == 15
    ward = ok("target", "list", "phường:KD", db=shown)
    assert "NS-04.KD" in ward.out
    assert "NS-04.LS" not in ward.out
    assert "Không có chỉ tiêu nào khớp bộ lọc." in ok("target", "list", "zzzz", db=shown).out


def test_the_list_says_what_a_supervisor_asks(db: Path) -> None:
    out = " ".join(ok("target", "list", db=db).out.split())
    assert "NS-02 Nguy cơ không đạt · chậm" in out
    assert "84,5 / 100% KH thành phố · đến nay cần 89,77% KH thành phố (59,6% nhịp)" in out
    assert "cần 0,4 điểm %/ngày, đang 0,14" in out
    assert "dự báo đến 31/12: " in out
    assert "TTXD-02.KD" in out
    assert "chưa có số đầu kỳ" in out


def test_the_worst_comes_first(shown: Path) -> None:
    found = ok("target", "list", "--format", "json", db=shown).json["targets"]
    ranks = [WORST_FIRST.index(each["pace"]) for each in found]
    assert ranks == sorted(ranks)
    assert len(found) == measured(shown)  # those outside the totals, too


def test_the_document_has_all_that_a_computation_needs(db: Path) -> None:
    ok("record", "NS-01", "98", "--estimate", *TCKH, db=db)
    answer = ok("target", "list", "--format", "json", db=db)
    assert list(answer.json) == ["schema_version", "on", "calendar", "targets"]
    assert answer.json["calendar"] == {"work_days": [1, 2, 3, 4, 5], "holidays": []}
    city, council = row(answer, "NS-01"), row(answer, "NS-02")
    assert (city["baseline"], city["plan"], city["plan_from"], city["latest"]) == (
        "76.7", "100", "2022-09-26", "84.5",
    )  # fmt: skip
    assert (city["expected"], city["pace"], city["estimate"]) == ("89.770492", "at_risk", "98")
    assert (city["needed_per_day"], city["recent_per_day"]) == ("0.397436", "0.142857")
    assert city["checkpoints"] == [{"on": "2022-10-31", "value": "84"}]
    assert city["checkpoints_in_force"] == city["checkpoints"]
    assert {"low", "likely", "high"} < set(city["forecast"])
    assert row(answer, "NS-04.KD")["forecast"] == {"refused": "too_few"}
    assert Decimal(str(city["latest"])) / Decimal(str(council["latest"])) == pytest.approx(
        Decimal("1.05647"), abs=Decimal("0.00001")
    )
    ward = row(answer, "NS-04.KD")
    assert (ward["latest"], ward["pace"], ward["missing"]) == (None, "no_data", "reading")
    assert row(answer, "TTXD-02.KD")["missing"] == "baseline"


def test_checkpoints_are_told_as_laid_down_and_as_they_count(db: Path) -> None:
    ok("target", "plan", "NS-01", "104", *WHY, *CHIEF, db=db)
    document = ok("target", "show", "NS-01", "--format", "json", db=db).json
    assert document["checkpoints"] == [{"on": "2022-10-31", "value": "84"}]
    # 76,7 + (84 - 76,7) x (104 - 76,7) / (100 - 76,7)
    assert document["checkpoints_in_force"] == [{"on": "2022-10-31", "value": "85.253219"}]
    out = " ".join(ok("target", "show", "NS-01", db=db).out.split())
    assert "mốc 31/10/2022 85,25% KH thành phố" in out


def test_numbers_below_zero_stay_numbers_in_a_sheet(db: Path) -> None:
    sheet = ok("target", "list", "--format", "csv", db=db).out.removeprefix("\ufeff")
    lines = list(csv.DictReader(io.StringIO(sheet), delimiter=";"))
    (city,) = (line for line in lines if line["Mã"] == "NS-01")
    assert int(city["Số ngày sớm"]) < 0


def test_what_is_completed_short_of_its_plan_is_said_and_no_longer_behind(db: Path) -> None:
    ok("record", "NS-04.KD", "20", *KD, db=db)
    assert row(ok("target", "list", "--format", "json", db=db), "NS-04.KD")["pace"] == "at_risk"
    for words in (("done", *KD), ("confirm", *TCKH)):
        said = ok(words[0], "NS-04.KD", *words[1:], db=db)
        assert "NS-04.KD chưa đạt kế hoạch: 20 / 80% ngày 22/11/2022." in said.err
    assert row(ok("target", "list", "--format", "json", db=db), "NS-04.KD")["pace"] == "completed"
    assert "Xong mà chưa đạt" in ok("target", "list", "NS-04.KD", db=db).out
    assert "1 xong mà chưa đạt" in ok("target", "list", db=db).out
    assert "chưa có số liệu" in ok("done", "NS-04.LS", *CHIEF, db=db).err
    assert ok("done", "TTDH-01.KD", *KD, db=db).err == ""


def test_a_list_in_ascii_has_no_sign_beyond_it(shown: Path) -> None:
    out = ok("target", "list", "--ascii", db=shown).out
    assert "NS-04 x15" in out
    assert [sign for sign in out if not sign.isascii() and not sign.isalpha()] == []


def test_the_sheet_has_every_target(shown: Path) -> None:
    sheet = ok("target", "list", "--format", "csv", db=shown)
    lines = list(csv.reader(io.StringIO(sheet.out.removeprefix("\ufeff")), delimiter=";"))
    assert len(lines) == 1 + measured(shown)
    assert {len(line) for line in lines} == {len(lines[0])}


# One target


def test_a_target_is_shown_whole(db: Path) -> None:
    ok("record", "NS-02", "74,0", "--date", "10/10", "--document", "BC 9/BC-KBNN",
       "--reason", "bổ sung", *TCKH, db=db)  # fmt: skip
    ok("record", "NS-01", "98", "--estimate", *TCKH, db=db)
    ok("target", "plan", "NS-01", "104", "--from", "1/12", "--document", "QĐ 3571", *WHY, *CHIEF,
       db=db)  # fmt: skip
    out = " ".join(ok("target", "show", "ns-01", db=db).out.split())
    for words in (
        "Số đầu kỳ 76,7% KH thành phố (26/09/2022)",
        "Ước cả năm 98% KH thành phố (22/11/2022)",
        "Cùng số tiền 84,5% KH thành phố = 79,98% KH HĐND quận (hai kế hoạch 1 : 1,056)",
        "từ 26/09/2022 100% KH thành phố · giao ban đầu",
        "từ 01/12/2022 104% KH thành phố · chưa áp dụng · QĐ 3571 · Thành phố giao bổ sung",
        "nhập cho NS-02 · tckh.cv · nhập ngày 22/11/2022 · muộn 43 ngày",
        "BC 9/BC-KBNN",
        "Dự báo đến 31/12",
    ):
        assert words in out
    document = ok("target", "show", "NS-01", "--format", "json", db=db).json
    assert [plan["coming"] for plan in document["plans"]] == [False, True]
    assert [plan["officer"] for plan in document["plans"]] == ["vpub.tonghop", "vpub.tonghop"]
    assert set(document["forecast"]) == {
        "on", "low", "likely", "high", "finish_first", "finish_last",
    }  # fmt: skip
    assert [each["code"] for each in document["same_indicator"]] == ["NS-02"]
    assert [each["days_late"] for each in document["readings"]].count(43) == 1


def test_a_refused_forecast_says_why(db: Path) -> None:
    assert ok("target", "show", "NS-04.KD", "--format", "json", db=db).json["forecast"] == {
        "refused": "too_few"
    }
    assert "chưa đủ dữ liệu" in ok("target", "show", "NS-04.KD", db=db).out
    assert "chưa có số đầu kỳ" in ok("target", "list", "TTXD-02.KD", db=db).out


def test_the_code_of_copies_shows_their_table(shown: Path) -> None:
    answer = ok("target", "show", "ns-04", db=shown)
    rows = [line for line in answer.lines if line.startswith("NS-04.")]
    assert len(rows) == 15
    assert max(map(cells, answer.lines)) <= 80
    assert all(" / 80% nợ phải thu" in line for line in rows)
    found = ok("target", "show", "NS-04", "--format", "json", db=shown).json["targets"]
    assert [each["code"] for each in found] == [line.split()[0] for line in rows]


@pytest.mark.parametrize("code", ["QPAN-01", "TTDH-03", "CDS-01", "TTKN-02", "TTXD-02"])
def test_the_table_of_copies_fits_and_keeps_denominators(shown: Path, code: str) -> None:
    for language in ("vi", "en"):
        answer = ok("--lang", language, "target", "show", code, db=shown)
        assert max(map(cells, answer.lines)) <= 80
        assert not any("…" in line.partition(" / ")[2] for line in answer.lines)


def test_a_past_day_is_shown_as_it_was_known(db: Path) -> None:
    day = ("--on", "2022-10-29")
    before = ok("target", "show", "NS-01", "--format", "json", *day, db=db).json
    listed = ok("target", "list", *day, db=db).out
    ok("target", "plan", "NS-01", "110", "--from", "26/9", *WHY, *CHIEF, db=db)
    ok("record", "NS-01", "79,1", "--date", "12/10", "--reason", "bổ sung", *TCKH, db=db)
    assert ok("target", "show", "NS-01", "--format", "json", *day, db=db).json == before
    assert ok("target", "list", *day, db=db).out == listed
    assert (before["plan"], before["latest"]) == ("100", "81.5")
    nothing = ok("target", "list", "--on", "2022-09-20", db=db)
    assert "26/09/2022" in nothing.out


# Plans


def test_a_plan_is_said_back(db: Path) -> None:
    told = ok("target", "plan", "ns-01", "104,5", *WHY, *CHIEF, db=db)
    assert told.out == "NS-01  đã lưu: kế hoạch 104,5% KH thành phố từ 22/11/2022\n"
    told = ok("target", "plan", "NS-01", "106", "--from", "1/12", *WHY, *CHIEF, db=db)
    assert told.out.endswith("· trước ngày đó là 104,5% KH thành phố\n")
    log = " ".join(ok("log", "NS-01", "--limit", "2", db=db).out.split())
    assert "điều chỉnh kế hoạch · KH từ 01/12/2022: 104,5 → 106% KH thành phố" in log
    ok("undo", *CHIEF, db=db)
    assert "hoàn tác · điều chỉnh kế hoạch" in " ".join(ok("log", db=db).out.split())


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("NS-01", "104"), 2, "lý do"),
        (("NS-01", "104", *WHY, "--from", "1/3/2023"), 2, "ngày áp dụng"),
        (("NS-01", "104", *WHY, "--from", "32/13"), 2, "ngày"),
        (("NS-01", "70", *WHY), 2, "không cao hơn số đầu kỳ"),
        (("NS-01", "-5", *WHY), 2, "không được âm"),
        (("NS-01", "72.6", *WHY), 2, "72,6"),
        (("NS-01", "nhiều", *WHY), 2, "không phải là số"),
        (("NS-01", "9" * 400, *WHY), 2, "quá dài"),
        (("NS-04", "70", *WHY), 1, "NS-04"),
        (("TTDH-01.KD", "70", *WHY), 1, "không phải chỉ tiêu"),
        (("NS-99", "70", *WHY), 1, "NS-99"),
        (("\x1b[31m", "70", *WHY), 1, ""),
        (("NS-01", "104", "--reason", "a" * 5000), 2, "5000"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_one_sentence(
    db: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = tracker("target", "plan", *words, *CHIEF, db=db)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert "\x1b" not in answer.err
    assert len(answer.err.splitlines()) == 1


def test_only_a_supervisor_revises(db: Path) -> None:
    answer = tracker("target", "plan", "NS-01", "104", *WHY, *TCKH, db=db)
    assert (answer.code, answer.out) == (1, "")
    assert "giám sát" in answer.err


def test_after_the_books_closed_nothing_is_taken(db: Path) -> None:
    late = {"db": db, "now": "2023-02-01 08:00"}
    plan = tracker("target", "plan", "NS-01", "104", *WHY, *CHIEF, db=db, now=late["now"])
    figure = tracker("record", "NS-01", "99", "--estimate", *TCKH, db=db, now=late["now"])
    for answer in (plan, figure):
        assert answer.code == 1
        assert "31/01/2023" in answer.err
    assert "NS-01" in ok("target", "list", db=db, now=late["now"]).out


# Figures


def test_an_estimate_is_said_back_for_both_plans(db: Path) -> None:
    told = ok("record", "NS-01", "98,5", "--estimate", *TCKH, db=db)
    assert told.lines == [
        "NS-01  đã lưu: ước cả năm 98,5% KH thành phố",
        "NS-02  đã lưu: ước cả năm 93,24% KH HĐND quận",
    ]
    assert "ước cả năm" in told.err
    shown = " ".join(ok("show", "NS-01", db=db).out.split())
    assert "Ước cả năm 98,5% KH thành phố (22/11/2022)" in shown
    assert "Số liệu 84,5 / 100% KH thành phố" in shown


@pytest.mark.parametrize(
    "words",
    [
        ("--estimate", "--baseline"),
        ("--estimate", "--note", "a"),
        ("--baseline", "--document", "a"),
    ],
)
def test_what_does_not_go_together_is_refused(db: Path, words: tuple[str, ...]) -> None:
    answer = tracker("record", "NS-01", "98", *words, *TCKH, db=db)
    assert (answer.code, answer.out) == (2, "")
    assert "--" in answer.err


def test_a_figure_after_the_end_is_marked(db: Path) -> None:
    late = "2023-01-20 08:00"
    told = ok("record", "NS-01", "99", "--document", "BC 3", *TCKH, db=db, now=late)
    assert "sau ngày kết thúc, chỉnh lý" in told.out
    for command in (("show",), ("target", "show")):
        out = " ".join(ok(*command, "NS-01", db=db, now=late).out.split())
        assert "sau ngày kết thúc, chỉnh lý" in out
        assert "BC 3" in out


# The check


def test_a_check_finds_what_is_missing_and_leaves_with_3(db: Path) -> None:
    answer = tracker("target", "check", db=db)
    assert answer.code == 3
    assert "TTXD-02.KD  Kênh Dương: chưa có số đầu kỳ; cần nhập" in answer.out
    assert max(map(cells, answer.lines)) <= 80
    found = tracker("target", "check", "--format", "json", db=db)
    assert found.code == 3
    assert {each["check"] for each in found.json["findings"]} == {"no-baseline", "no-reading"}
    assert all(each["message"] for each in found.json["findings"])
    assert answer.lines[-1].endswith("điểm cần xem lại")


def test_a_check_takes_the_filters_of_the_list(db: Path) -> None:
    every = tracker("target", "check", "--format", "json", db=db).json["findings"]
    ward = tracker("target", "check", "phường:KD", "--format", "json", db=db).json["findings"]
    assert ward == [each for each in every if each["lead"] == "KD"]
    assert 0 < len(ward) < len(every)
    assert ok("target", "check", "việc-không-có", db=db).out


def test_a_check_of_a_sound_campaign_leaves_with_0(db: Path) -> None:
    ok("record", "TTXD-02.KD", "8", "--baseline", *KD, db=db)
    for code in ("NS-04.KD", "TTXD-02.KD"):
        ok("record", code, "5", *KD, db=db)
    ok("record", "NS-04.LS", "5", "--as", "ls.vptk", db=db)
    answer = ok("target", "check", db=db)
    assert answer.out == "Không thiếu, không sai chỗ nào.\n"
    assert ok("target", "check", "--format", "json", db=db).json["findings"] == []
