"""`tracker league` and `tracker bonus`: what is printed; another program computes the same."""

import csv
import io
import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from tests import make
from tests.shell import Answer, ok, tracker
from tracker.cli.layout import cells

CHIEF = ("--as", "vpub.tonghop")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration of day 51."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    make.demo(path, day=51)
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def widest(answer: Answer) -> int:
    return max(map(cells, answer.lines))


# On the screen


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("words", [["league"], ["league", "TC"], ["league", "KD", "--working"]])
def test_the_league_and_a_working_fit_80_columns(
    words: list[str], language: str, shown: Path
) -> None:
    answer = ok(*words, "--lang", language, db=shown)
    assert widest(answer) <= 80
    assert answer.lines[0] == {"vi": "SỐ LIỆU MINH HỌA", "en": "ILLUSTRATIVE FIGURES"}[language]


def test_the_league_tells_all_blocks_and_what_its_columns_mean(shown: Path) -> None:
    out = ok("league", db=shown).out
    order = [
        "Khối phường", "An Biên", "Khối phòng, ban, đơn vị sự nghiệp", "TC-KH",
        "không xếp hạng", "Chi cục Thuế", "Điểm: điểm chính thức", "so với cuối ngày 15/11/2022",
        "tối đa 25% đơn vị Xuất sắc", "chưa đủ việc để xếp hạng (có dưới 3 việc",
        "Hội đồng Thi đua - Khen thưởng quyết định",
    ]  # fmt: skip
    flat = " ".join(out.split())
    assert [flat.index(words) for words in order] == sorted(map(flat.index, order))


@pytest.mark.parametrize(
    ("words", "block", "units"),
    [
        (["wards", "phường", "Phuong"], "wards", 15),
        (["offices", "phòng ban", "phong-ban", "phòng"], "offices", 9),
        (["others", "khác", "khac"], "others", 2),
    ],
)
def test_one_block_alone_by_its_key_or_in_vietnamese(
    words: list[str], block: str, units: int, shown: Path
) -> None:
    for word in words:
        (found,) = ok("league", "--block", word, "--format", "json", db=shown).json["blocks"]
        assert (found["block"], len(found["units"])) == (block, units)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_new_campaign_has_no_ranks_and_says_why(language: str, db: Path) -> None:
    said = {"vi": "chưa có số liệu để xếp hạng", "en": "no figures to rank by yet"}[language]
    out = " ".join(ok("league", "--lang", language, db=db).out.split())
    assert said in out
    found = ok("league", "--format", "json", db=db).json["blocks"][0]["units"]
    blank = [unit for unit in found if unit["unranked"] == "no_figures"]
    assert blank
    assert {(unit["rank"], unit["band"], unit["official"]) for unit in blank} == {(None, None, "0")}
    for unit in blank:
        working = ok("league", unit["code"], "--format", "json", db=db).json
        assert (working["rank"], working["unranked"]) == (None, "no_figures")
        page = ok("league", unit["code"], "--lang", language, db=db).lines
        assert said in page[1].lower()


@pytest.mark.parametrize(
    ("typed", "block"),
    [("phường", "wards"), ("PHUONG", "wards"), ("phòng-ban", "offices"), ("khác", "others")],
)
def test_a_block_may_be_named_in_vietnamese(typed: str, block: str, shown: Path) -> None:
    (found,) = ok("league", "--block", typed, "--format", "json", db=shown).json["blocks"]
    assert found["block"] == block


def test_a_page_and_a_sheet_have_every_unit(shown: Path) -> None:
    page = ok("league", "--format", "md", db=shown).out
    assert "| Trần Nguyên Hãn |" in page
    rows = list(
        csv.reader(io.StringIO(ok("league", "--format", "csv", db=shown).out), delimiter=";")
    )
    assert len(rows) == 1 + 15 + 9 + 2
    assert (rows[1][1], rows[1][3][:7]) == ("1", "Phường ")
    working = ok("league", "KD", "--format", "csv", db=shown).out
    assert len(working.splitlines()) >= 17
    assert "## Được tính điểm" in ok("league", "KD", "--format", "md", db=shown).out


def test_before_anything_was_recorded_the_league_says_so(db: Path) -> None:
    assert "nhật ký bắt đầu từ 26/09/2022" in ok("league", "--on", "20/9", db=db).out
    first = ok("league", "KD", "--on", "26/9", db=db).out
    assert "Chưa có việc nào được tính nên chưa có điểm." in first


def test_a_day_after_the_books_have_closed(db: Path) -> None:
    found = ok("league", "--format", "json", db=db, now="2023-03-01 09:00").json
    assert [unit["official"] for unit in found["blocks"][0]["units"]] == ["0", "0"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["league", "XX"], '"XX" không phải đơn vị'),
        (["league", "--working"], "bảng tính điểm của đơn vị nào"),
        (["league", "--block", "x"], 'Không có khối đơn vị "x"; có các khối: phường, phòng, khác'),
        (["league", "Kênh Dương", "--block", "offices"], "bỏ --block offices, hoặc bỏ KD"),
        (["league", "--format", "xml"], 'không có dạng "xml"'),
        (["bonus", "KD", "2"], "Chưa có minh chứng"),
        (["bonus", "KD", "--evidence", "A"], "Chưa ghi số điểm"),
        (["bonus", "KD", "0", "--evidence", "A"], "khác 0"),
        (["bonus", "KD", "hai", "--evidence", "A"], "không phải là số"),
    ],
)
def test_wrong_words_are_named(words: list[str], said: str, db: Path) -> None:
    answer = tracker(*words, *CHIEF, db=db)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


# A ward checks its sheet by hand


def number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def division(reason: str) -> Decimal | None:
    """Compute what stands before the equals sign: "(8 - 5)/(8 - 4,2) vụ = 0,789"."""
    found = re.match(r"([\d,() -]+)/([\d,() -]+)[^=]*= ", reason)
    if found is None:
        return None

    def value(text: str) -> Decimal:
        parts = [number(part) for part in text.strip(" ()").split(" - ")]
        return parts[0] - sum(parts[1:])

    return value(found[1]) / value(found[2])


@pytest.mark.parametrize("unit", ["KD", "TC", "CD", "HN", "VHTT", "CCT"])
def test_what_is_printed_adds_up_by_hand(unit: str, shown: Path) -> None:
    text = ok("league", unit, "--format", "csv", db=shown).out
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))[1:]
    weight = earned = Decimal(0)
    for part, _code, _title, points, factor, product, reason in rows:
        if part != "Được tính điểm":
            continue
        weight += number(points)
        earned += number(product)
        assert number(points) * number(factor) == number(product)
        if (by_hand := division(reason)) is not None:
            places = len(factor.partition(",")[2])
            assert round(by_hand, places) == pytest.approx(number(factor), abs=Decimal("1e-9"))
    screen = " ".join(ok("league", unit, db=shown).out.split())
    working = ok("league", unit, "--format", "json", db=shown).json
    given = Decimal(working["bonus_counted"]) - Decimal(working["penalty_counted"])
    final = (100 * earned / weight + given).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert f"Chính thức {final}".replace(".", ",") in screen


# Another program computes it from the documents


def again(task: dict[str, Any], day: date) -> Decimal | None:
    """Compute the factor of a row of `list --format json` where no checkpoints bend its way."""
    due = task["due_on"] and date.fromisoformat(task["due_on"])
    start = task["start_on"] and date.fromisoformat(task["start_on"])
    measure = task["measure"]
    if task["status"] in ("not_applicable", "withdrawn"):
        return None
    if task["status"] == "completed":
        done = date.fromisoformat(task["claimed_on"] or task["completed_on"])
        if not due or done <= due:
            return Decimal(1)
        if measure is None or measure["latest"] is None:
            return Decimal("0.5")
    if measure is None:
        return Decimal(0) if due and day > due else None
    if not (due and day > due) and day <= start:
        return None
    if measure["latest"] is None or (measure["baseline"] is None and measure["baseline_required"]):
        return Decimal(0)
    actual, plan = Decimal(measure["latest"]), Decimal(measure["plan"])
    if measure["behaviour"] == "level":
        return min(Decimal(1), actual / plan)
    opening = Decimal(measure["baseline"] or 0)
    part = Decimal(min((day - start).days, (due - start).days)) / (due - start).days
    wanted = opening + (plan - opening) * part
    return min(Decimal(1), max(Decimal(0), (actual - opening) / (wanted - opening)))


@pytest.mark.parametrize("on", ["2022-10-03", "2022-10-15", "2022-11-03", "2022-11-22"])
def test_another_program_finds_the_same_scores_and_ranks(on: str, shown: Path) -> None:
    day = date.fromisoformat(on)
    tasks = ok("list", "--format", "json", "--on", on, db=shown).json["tasks"]
    found = ok("league", "--block", "wards", "--format", "json", "--on", on, db=shown).json
    scored = {}
    for unit in found["blocks"][0]["units"]:
        weight = earned = Decimal(0)
        entries = ok("league", unit["code"], "--format", "json", "--on", on, db=shown).json["tasks"]
        said = {entry["code"]: entry for entry in entries}
        for task in (each for each in tasks if each["lead"] == unit["code"]):
            entry = said.pop(task["code"])
            factor = again(task, day)
            if task["measure"] and task["measure"]["checkpoints"]:
                factor = entry["factor"] and Decimal(entry["factor"])
            assert entry["counted"] == (factor is not None)
            if factor is not None:
                assert abs(Decimal(entry["factor"]) - factor) < Decimal("1e-20")
                weight += Decimal(task["weight"])
                earned += Decimal(task["weight"]) * factor
        assert not said
        given = Decimal(unit["bonus"]) - Decimal(unit["penalty"])
        bare = min(weight and 100 * earned / weight + given, Decimal(110))
        points = bare.quantize(Decimal("0.1"), ROUND_HALF_UP)
        official = unit["official"] and Decimal(unit["official"])
        assert official == (points if weight else None)
        late = sum(each["state"] == "overdue" for each in tasks if each["lead"] == unit["code"])
        assert unit["overdue"] == late
        own = [each["state"] for each in tasks if each["lead"] == unit["code"]]
        timely = own.count("completed_on_time")
        judged = timely + own.count("completed_late") + late
        assert (unit["on_time"], unit["judged"]) == (timely, judged)
        rate = judged and Decimal(100 * timely) / judged
        if judged:
            assert abs(Decimal(unit["on_time_rate"]) - rate) <= Decimal("0.005")
        else:
            assert unit["on_time_rate"] is None
        if unit["rank"]:
            scored[unit["code"]] = -points, late, -rate, unit["rank"]
    for *merit, rank in scored.values():
        assert rank == 1 + sum(tuple(other[:3]) < tuple(merit) for other in scored.values())


def test_the_change_is_the_difference_of_two_leagues(shown: Path) -> None:
    def units(on: date) -> dict[str, Any]:
        found = ok("league", "--format", "json", "--on", on.isoformat(), db=shown).json
        return {unit["code"]: unit for block in found["blocks"] for unit in block["units"]}

    day = date(2022, 11, 22)
    now, then = units(day), units(day - timedelta(7))
    for code, unit in now.items():
        before = then[code]
        assert (unit["official_before"], unit["rank_before"]) == (
            before["official"], before["rank"],
        )  # fmt: skip
        if unit["change"] is not None:
            assert Decimal(unit["change"]) == Decimal(unit["official"]) - Decimal(
                before["official"]
            )


def test_the_documents_tell_the_calendar_the_rules_and_the_figures_of_what_is_done(
    db: Path,
) -> None:
    kd = ("--as", "kd.vptk")
    ok("record", "NS-04.KD", "60", *kd, db=db)
    ok("done", "NS-04.KD", *kd, db=db)
    ok("confirm", "NS-04.KD", *CHIEF, db=db)
    league, working = (
        ok("league", *words, "--format", "json", db=db).json for words in ([], ["KD"])
    )
    for found in (league, working):
        assert found["calendar"] == {"work_days": [1, 2, 3, 4, 5], "holidays": []}
        assert (found["rules"]["min_counted"], found["rules"]["top_share"]) == (3, "0.25")
    (done,) = (task for task in working["tasks"] if task["code"] == "NS-04.KD")
    assert (done["reason"], done["factor"], done["actual"], done["wanted"]) == (
        "on_time", "1", "60", "80",
    )  # fmt: skip


def test_a_target_completed_late_loses_nothing_and_the_sheet_says_why(db: Path) -> None:
    kd, late = ("--as", "kd.vptk"), "2022-12-20 09:00"
    ok("record", "NS-04.KD", "60", *kd, db=db)
    before = ok("league", "KD", "--format", "json", db=db, now=late).json["official"]
    ok("done", "NS-04.KD", *kd, db=db, now=late)
    ok("confirm", "NS-04.KD", *CHIEF, db=db, now=late)
    after = ok("league", "KD", db=db, now=late)
    assert "60/80%" in after.out
    assert "= 0,750; hoàn thành quá hạn 5 ngày" in " ".join(after.out.split())
    assert ok("league", "KD", "--format", "json", db=db, now=late).json["official"] == before


# Points given and taken


def test_points_are_given_taken_listed_and_undone(db: Path) -> None:
    none = ok("bonus", "KD", db=db)
    assert none.out == "Kênh Dương chưa có điểm thưởng, điểm trừ.\n"
    given = ok(
        "bonus", "Kênh Dương", "2,5", "--evidence", "QĐ 12", "--date", "18/11", *CHIEF, db=db
    )
    assert "KD#1 Kênh Dương: +2,5 điểm, ngày 18/11/2022, người ghi vpub.tonghop" in given.out
    for words in (["-1"], ["1", "--penalty"], ["--penalty", "-1"]):
        ok("bonus", "KD", *words, "--evidence", "-5 phiếu", *CHIEF, db=db)
    listed = ok("bonus", "KD", db=db)
    assert re.findall(r"^KD#\d", listed.out, re.MULTILINE) == ["KD#1", "KD#2", "KD#3", "KD#4"]
    assert listed.lines[-1] == "Điểm thưởng được tính: 2,5 (tối đa 10) · điểm trừ: 3 (tối đa 20)"
    ok("undo", *CHIEF, db=db)
    working = ok("league", "KD", "--format", "json", db=db).json
    assert [each["points"] for each in working["bonus"]] == ["2.5", "-1", "-1"]
    assert working["bonus"][0] == {
        "id": "KD#1", "points": "2.5", "evidence": "QĐ 12", "on": "2022-11-18",
        "officer": "vpub.tonghop",
    }  # fmt: skip
    assert (working["bonus_counted"], working["penalty_counted"]) == ("2.5", "2")
    screen = ok("league", "KD", db=db).out
    assert "KD#1" in screen
    assert "QĐ 12" in screen


def test_points_beyond_a_cap_are_told(db: Path) -> None:
    ok("bonus", "KD", "9", "--evidence", "A", *CHIEF, db=db)
    within = ok("bonus", "KD", "1", "--evidence", "B", *CHIEF, db=db).out
    assert "vượt mức" not in within
    beyond = ok("bonus", "KD", "2,5", "--evidence", "C", *CHIEF, db=db).out
    said = "Tổng điểm thưởng là 12,5, vượt mức tối đa nên chỉ tính 10."
    assert said in beyond
    assert said in ok("bonus", "KD", db=db).out
    assert said in ok("league", "KD", db=db).out
    taken = ok("bonus", "KD", "-21", "--evidence", "D", *CHIEF, db=db).out
    assert "Tổng điểm trừ là 21, vượt mức tối đa nên chỉ tính 20." in taken


def test_points_are_a_supervisors_and_not_given_on_a_past_day(db: Path) -> None:
    refused = tracker("bonus", "KD", "2", "--evidence", "A", "--as", "kd.vptk", db=db)
    assert (refused.code, "kd.vptk" in refused.err) == (1, True)
    past = tracker("bonus", "KD", "2", "--evidence", "A", "--on", "21/11", *CHIEF, db=db)
    assert past.code == 1
    assert ok("bonus", "KD", "--on", "21/11", db=db).code == 0
