"""Plan files: all that is wrong is listed, and what is right becomes the campaign it describes."""

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import db
from db.errors import NotFound
from db.records import Behaviour, Curve, Status, Task
from db.units import to_campaign
from tracker import i18n
from tracker.errors import BadInput
from tracker.plan import Plan, PlanProblems, Problem, problems, read, shipped
from tracker.plan.measures import months_between
from tracker.plan.records import DueOnDayOff

SMALL = """
schema = 1
[campaign]
id = "small-2024"
name_vi = "Thi đua năm {year}, chuẩn bị {next_year}"
short_vi = "Thi đua"
place_vi = "Quận"
launch = 2024-02-20
start = 2024-02-26
end = 2024-04-30
books_close = 2024-05-31
office = "VP"
[calendar]
work_days = [1, 2, 3, 4, 5]
holidays = [2024-04-18]
due_soon_days = 3
stale_days = 7
[[calendar.event]]
date = 2024-03-08
name_vi = "Họp giao ban"
[scoring]
max_points = 100
late_factor = 0.5
measure_cap = 1.0
bonus_cap = 10
penalty_cap = 20
decimals = 1
[[scoring.band]]
min = 90
name_vi = "Xuất sắc"
[[scoring.band]]
min = 0
name_vi = "Yếu"

[[workstream]]
code = "NS"
name_vi = "Thu ngân sách"
article = "thu ngân sách"
[[workstream]]
code = "TD"
name_vi = "Thi đua"

[[unit]]
code = "KD"
name_vi = "Phường Kênh Dương"
short_vi = "Kênh Dương"
kind = "phuong"
[[unit]]
code = "LS"
name_vi = "Phường Lam Sơn"
short_vi = "Lam Sơn"
kind = "phuong"
[[unit]]
code = "VP"
name_vi = "Văn phòng"
short_vi = "VP"
kind = "phong"
aliases = ["VPUB"]
[[unit]]
code = "CCT"
name_vi = "Chi cục Thuế"
short_vi = "Thuế"
kind = "nganhdoc"

[[task]]
code = "NS-01"
workstream = "NS"
title_vi = "Thu đạt kế hoạch thành phố năm {year}"
scope = "quan"
lead = "CCT"
coop = ["VP"]
confirm = "VP"
type = "measure"
start = 2024-02-29
due = 2024-04-30
weight = 9
numbers = "article"
[task.measure]
indicator = "thu"
denominator = 100.0
name_vi = "Thu lũy kế"
unit = "% KH"
direction = "up"
behaviour = "cumulative"
baseline = 76.7
baseline_date = 2024-02-20
plan = 100.0
checkpoints = [{ date = 2024-03-15, value = 84.0 }, { date = 2024-03-31, value = 91.9 }]

[[task]]
code = "NS-02"
workstream = "NS"
title_vi = "Thu đạt kế hoạch HĐND"
scope = "quan"
lead = "CCT"
type = "measure"
start = 2024-02-26
due = 2024-04-18
weight = 2.50
[task.measure]
indicator = "thu"
denominator = 105.647
name_vi = "Thu lũy kế theo HĐND"
unit = "% KH"
direction = "up"
behaviour = "cumulative"
baseline = 72.6
plan = 100

[[task]]
code = "TD-01"
workstream = "TD"
title_vi = "Ra quân"
scope = "phuong"
lead = "@phuong"
coop = ["CCT", "KD"]
confirm = "VP"
type = "milestone"
start = 2024-02-26
due = 2024-03-31
weight = 4

[[task]]
code = "TD-02"
workstream = "TD"
title_vi = "Xử lý tồn đọng"
scope = "phuong"
lead = "@phuong"
confirm = "VP"
type = "measure"
start = 2024-02-26
due = 2024-04-30
weight = 4
[task.measure]
name_vi = "Số vụ tồn đọng"
unit = "vụ"
direction = "down"
behaviour = "stock"
baseline_required = true
plan = 0
"""


@dataclass(frozen=True)
class Mistake:
    """A change to the small plan, and the problem that it must raise."""

    old: str
    new: str
    table: str
    code: str
    field: str
    what: str
    count: int = 1  # replacements, from the top


TASK, MEASURE, WEIGHTS = "task", "task.measure", "task.measure.month_weights"
MISTAKES = [
    # The file
    Mistake("schema = 1", "schema = 2", "", "", "schema", "schema"),
    Mistake("schema = 1", "", "", "", "schema", "missing"),
    Mistake("schema = 1", "schema = 1\nshema = 2", "", "", "shema", "unknown-key-near"),
    Mistake("schema = 1", "schema = 1\nzzz = 2", "", "", "zzz", "unknown-key"),
    # Types, needed keys, words, texts
    Mistake('office = "VP"', "office = 3", "campaign", "", "office", "wrong-type"),
    Mistake('place_vi = "Quận"', "", "campaign", "", "place_vi", "missing"),
    Mistake("2024-05-31", '"2024-05-31"', "campaign", "", "books_close", "wrong-type"),
    Mistake("2024-05-31", "2024-05-31T00:00:00", "campaign", "", "books_close", "wrong-type"),
    Mistake("short_vi =", "short_v =", "campaign", "", "short_v", "unknown-key-near"),
    Mistake('"Ra quân"', '""', TASK, "TD-01", "title_vi", "empty"),
    Mistake('"Ra quân"', '"Ra qua\u0302n"', TASK, "TD-01", "title_vi", "not-composed"),
    Mistake('"Ra quân"', r'"Ra\u202Equân"', TASK, "TD-01", "title_vi", "not-plain"),
    Mistake('"Ra quân"', r'"Ra\nquân"', TASK, "TD-01", "title_vi", "not-plain"),
    Mistake('"Ra quân"', '"Ra  quân"', TASK, "TD-01", "title_vi", "not-plain"),
    Mistake('"Ra quân"', f'"{"a" * 301}"', TASK, "TD-01", "title_vi", "too-long"),
    Mistake('"Ra quân"', '"Ra quân {month}"', TASK, "TD-01", "title_vi", "placeholder"),
    Mistake('"Ra quân"', '"Ra quân {"', TASK, "TD-01", "title_vi", "placeholder"),
    Mistake("weight = 9", 'weight = "9"', TASK, "NS-01", "weight", "wrong-type"),
    Mistake("weight = 9", "weight = true", TASK, "NS-01", "weight", "wrong-type"),
    Mistake("weight = 9", "weight = nan", TASK, "NS-01", "weight", "wrong-type"),
    Mistake("weight = 9", "weight = inf", TASK, "NS-01", "weight", "wrong-type"),
    Mistake("weight = 9", "weight = 1e99999", TASK, "NS-01", "weight", "wrong-type"),
    Mistake("weight = 9", f"weight = 0.{'3' * 99}", TASK, "NS-01", "weight", "wrong-type"),
    Mistake("weight = 9", f"weight = {10**30}", TASK, "NS-01", "weight", "wrong-type"),
    Mistake("weight = 9", "", TASK, "NS-01", "weight", "missing"),
    Mistake("weight = 9", "weihgt = 9", TASK, "NS-01", "weihgt", "unknown-key-near"),
    Mistake('coop = ["VP"]', 'coop = "VP"', TASK, "NS-01", "coop", "wrong-type"),
    Mistake('numbers = "article"', 'numbers = "mine"', TASK, "NS-01", "numbers", "not-one-of"),
    Mistake("baseline_required = true", "baseline_required = 1", MEASURE, "TD-02",
            "baseline_required", "wrong-type"),
    # Codes
    Mistake('code = "TD-01"', "", TASK, "#3", "code", "missing"),
    Mistake('code = "TD-01"', 'code = "TD1"', TASK, "TD1", "code", "bad-code"),
    Mistake('code = "TD-01"', 'code = "TD-01.KD"', TASK, "TD-01.KD", "code", "bad-code"),
    Mistake('code = "TD-01"', 'code = "TD-02"', TASK, "TD-02", "code", "duplicate"),
    Mistake('code = "TD-01"', 'code = "NS-09"', TASK, "NS-09", "code", "prefix"),
    Mistake('code = "LS"', 'code = "KD"', "unit", "KD", "code", "duplicate"),
    Mistake('code = "LS"', 'code = "L.S"', "unit", "L.S", "code", "bad-code"),
    Mistake('"Phường Lam Sơn"', '"Phường Kênh Dương"', "unit", "LS", "name_vi", "duplicate"),
    Mistake('code = "TD"', 'code = "NS"', "workstream", "NS", "code", "duplicate"),
    Mistake('id = "small-2024"', 'id = "Small 2024"', "campaign", "", "id", "bad-code"),
    Mistake('indicator = "thu"', 'indicator = "Thu"', MEASURE, "NS-01", "indicator", "bad-code"),
    # References
    Mistake('office = "VP"', 'office = "ZZ"', "campaign", "", "office", "unknown-reference"),
    Mistake('workstream = "TD"', 'workstream = "TDD"', TASK, "TD-01", "workstream",
            "unknown-reference-near"),
    Mistake('lead = "CCT"', 'lead = "CCTT"', TASK, "NS-01", "lead", "unknown-reference-near"),
    Mistake('coop = ["VP"]', 'coop = ["ZZ"]', TASK, "NS-01", "coop", "unknown-reference"),
    Mistake('coop = ["VP"]', 'coop = ["VP", "VP"]', TASK, "NS-01", "coop", "duplicate"),
    Mistake('coop = ["VP"]', 'coop = ["CCT"]', TASK, "NS-01", "coop", "lead-cooperates"),
    Mistake('confirm = "VP"', 'confirm = "ZZ"', TASK, "NS-01", "confirm", "unknown-reference"),
    Mistake('confirm = "VP"', 'confirm = "CCT"', TASK, "NS-01", "confirm", "own-confirm"),
    Mistake('scope = "quan"', 'scope = "phuong"', TASK, "NS-01", "lead", "lead-of-wards"),
    Mistake('scope = "phuong"', 'scope = "quan"', TASK, "TD-01", "lead", "lead-of-wards"),
    Mistake('scope = "phuong"', 'scope = "ward"', TASK, "TD-01", "scope", "not-one-of"),
    Mistake('kind = "phuong"', 'kind = "phong"', TASK, "TD-01", "lead", "no-wards", count=2),
    Mistake('office = "VP"', 'office = "VP"\ntimezone = "Asia/Haiphong"', "campaign", "",
            "timezone", "unknown-reference"),
    # Dates and limits
    Mistake("launch = 2024-02-20", "launch = 2024-02-27", "campaign", "", "start", "before"),
    Mistake("start = 2024-02-26", "start = 2024-05-01", "campaign", "", "end", "before"),
    Mistake("books_close = 2024-05-31", "books_close = 2024-04-29", "campaign", "",
            "books_close", "before"),
    Mistake("due = 2024-03-31", "due = 2024-02-25", TASK, "TD-01", "due", "before"),
    Mistake("due = 2024-03-31", "due = 2025-03-31", TASK, "TD-01", "due", "outside"),
    Mistake("start = 2024-02-29", "start = 2024-02-19", TASK, "NS-01", "start", "outside"),
    Mistake("date = 2024-03-08", "date = 2023-03-08", "calendar.event", "#1", "date", "outside"),
    Mistake("weight = 9", "weight = 101", TASK, "NS-01", "weight", "outside"),
    Mistake("weight = 9", "weight = -1", TASK, "NS-01", "weight", "outside"),
    Mistake("[1, 2, 3, 4, 5]", "[0, 8]", "calendar", "", "work_days", "outside"),
    Mistake("[1, 2, 3, 4, 5]", "[1, 1]", "calendar", "", "work_days", "duplicate"),
    Mistake("[1, 2, 3, 4, 5]", "[]", "calendar", "", "work_days", "empty"),
    Mistake("[2024-04-18]", "[2024-04-18, 2024-04-18]", "calendar", "", "holidays", "duplicate"),
    Mistake("[2024-04-18]", '["18/04"]', "calendar", "", "holidays", "wrong-type"),
    Mistake("stale_days = 7", "stale_days = 0", "calendar", "", "stale_days", "outside"),
    Mistake("late_factor = 0.5", "late_factor = 5", "scoring", "", "late_factor", "outside"),
    Mistake("decimals = 1", "decimals = 1\nmin_counted = 0", "scoring", "", "min_counted",
            "outside"),
    Mistake("decimals = 1", "decimals = 1\ntop_share = 25", "scoring", "", "top_share", "outside"),
    Mistake("min = 0", "min = 90", "scoring.band", "#2", "min", "duplicate"),
    Mistake("bonus_cap = 10", "", "scoring", "", "bonus_cap", "missing"),
    # Measures
    Mistake('type = "measure"', 'type = "milestone"', TASK, "NS-01", "measure",
            "measure-of-milestone"),
    Mistake('type = "milestone"', 'type = "measure"', TASK, "TD-01", "measure", "measure-missing"),
    Mistake('direction = "up"', 'direction = "down"', MEASURE, "NS-01", "direction", "direction"),
    Mistake('direction = "down"', 'direction = "up"', MEASURE, "TD-02", "direction", "direction"),
    Mistake('behaviour = "stock"', 'behaviour = "flow"', MEASURE, "TD-02", "behaviour",
            "not-one-of"),
    Mistake("baseline = 76.7", "", MEASURE, "NS-01", "baseline", "baseline"),
    Mistake("baseline = 76.7", "", MEASURE, "NS-01", "baseline_date", "baseline-date"),
    Mistake("baseline_required = true", "baseline_required = true\nbaseline = 4", MEASURE,
            "TD-02", "baseline", "baseline"),
    Mistake("baseline = 76.7", "baseline = -1", MEASURE, "NS-01", "baseline", "negative"),
    Mistake("baseline_date = 2024-02-20", "baseline_date = 2024-03-01", MEASURE, "NS-01",
            "baseline_date", "after"),
    Mistake("plan = 100.0", "plan = 76.7", MEASURE, "NS-01", "plan", "way"),
    Mistake("denominator = 100.0", "denominator = 0", MEASURE, "NS-01", "denominator",
            "not-positive"),
    Mistake("denominator = 105.647", "denominator = 104", MEASURE, "NS-02", "denominator",
            "denominators"),
    Mistake("plan = 100\n", "plan = 100\n[extra]\n", "", "", "extra", "unknown-key"),
    Mistake('name_vi = "Số vụ tồn đọng"', 'name_vi = "Số vụ"\nindicator = "vu"', MEASURE, "TD-02",
            "indicator", "shared-by-wards"),
    Mistake("2024-03-15", "2024-02-01", "task.measure.checkpoints", "NS-01 #1", "date", "outside"),
    Mistake("2024-03-15", "2024-04-01", "task.measure.checkpoints", "NS-01 #2", "date",
            "not-after"),
    Mistake("value = 84.0", "value = 104", "task.measure.checkpoints", "NS-01 #1", "value",
            "off-way"),
    Mistake("value = 91.9", "value = 83", "task.measure.checkpoints", "NS-01 #2", "value",
            "off-way"),
    Mistake("plan = 100.0", "plan = 100.0\nmaximum = 99.5", MEASURE, "NS-01", "plan",
            "above-maximum"),
    # Curves: NS-01 runs from February to April, NS-02 likewise, TD-02 is made a level
    Mistake("plan = 100.0", 'plan = 100.0\ncurve = "weeks"', MEASURE, "NS-01", "curve",
            "not-one-of"),
    Mistake("plan = 100.0", 'plan = 100.0\ncurve = "months"', MEASURE, "NS-01", "month_weights",
            "missing"),
    Mistake("plan = 100.0", "plan = 100.0\nmonth_weights = {2 = 1, 3 = 1, 4 = 1}", MEASURE,
            "NS-01", "month_weights", "weights-of-curve"),
    Mistake("plan = 100.0", 'plan = 100.0\ncurve = "months"\nmonth_weights = {2 = 1, 3 = 2}',
            WEIGHTS, "NS-01", "4", "month-missing"),
    Mistake("plan = 100.0", 'plan = 100.0\ncurve = "months"\n'
            "month_weights = {2 = 1, 3 = 2, 4 = 3, 5 = 1}", WEIGHTS, "NS-01", "5",
            "month-outside"),
    Mistake("plan = 100.0", 'plan = 100.0\ncurve = "months"\nmonth_weights = {2 = 0, 3 = 2, 4 = 3}',
            WEIGHTS, "NS-01", "2", "not-positive"),
    Mistake("plan = 100.0", 'plan = 100.0\ncurve = "months"\n'
            'month_weights = {2 = "a", 3 = 2, 4 = 3}', WEIGHTS, "NS-01", "2", "wrong-type"),
    Mistake("plan = 100.0", 'plan = 100.0\ncurve = "months"\nmonth_weights = {13 = 1}', WEIGHTS,
            "NS-01", "13", "unknown-key-near"),
    Mistake("plan = 100.0", 'plan = 100.0\ncurve = "months"\nmonth_weights = [25, 35]', MEASURE,
            "NS-01", "month_weights", "wrong-type"),
    Mistake('direction = "down"\nbehaviour = "stock"',
            'direction = "down"\nbehaviour = "level"\ncurve = "working_days"', MEASURE, "TD-02",
            "curve", "curve-of-level"),
    Mistake(", value = 84.0", "", "task.measure.checkpoints", "NS-01 #1", "value", "missing"),
]  # fmt: skip


def problems_of(folder: Path, text: str) -> tuple[Problem, ...]:
    """Return what is wrong in a plan file of this text."""
    path = folder / "plan.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PlanProblems) as found:
        read(str(path))
    assert found.value.code == "plan-problems"
    assert found.value.data["problems"] == found.value.problems
    return found.value.problems


def small(folder: Path, *changes: tuple[str, str], year: int | None = None) -> Plan:
    """Return the small plan, with changes to its text."""
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "plan.toml"
    path.write_text(text, "utf-8")
    return read(str(path), year=year)


def by_code(plan: Plan) -> dict[str, Task]:
    """Return a plan's tasks by code."""
    return {task.code: task for task in plan.tasks}


# What is wrong


@pytest.mark.parametrize(
    "mistake", MISTAKES, ids=lambda each: f"{each.table}-{each.field}-{each.what}"
)
def test_every_problem_names_its_table_code_and_field(tmp_path: Path, mistake: Mistake) -> None:
    assert mistake.old in SMALL
    text = SMALL.replace(mistake.old, mistake.new, mistake.count)
    found = problems_of(tmp_path, text)
    wanted = (mistake.table, mistake.code, mistake.field, mistake.what)
    places = [(each.table, each.code, each.field, each.what) for each in found]
    assert wanted in places
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        sentence = found[places.index(wanted)].text()
        assert all(part in sentence for part in wanted[:3])
        assert "{" not in sentence.replace("{year}", "").replace("{next_year}", "").replace(
            mistake.new.strip('"'), ""
        )


def test_mistakes_cover_every_sentence() -> None:
    elsewhere = {"toml", "not-utf8", "no-rows", "shared-unlike"}
    assert {mistake.what for mistake in MISTAKES} | elsewhere == problems._SENTENCES.keys()


def test_all_problems_are_listed_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = SMALL
    for mistake in (MISTAKES[0], MISTAKES[5], MISTAKES[9], MISTAKES[17]):
        text = text.replace(mistake.old, mistake.new)
    assert [(each.table, each.field) for each in problems_of(tmp_path, text)] == [
        ("", "schema"),
        ("campaign", "place_vi"),
        ("task", "weight"),
        ("task", "title_vi"),
    ]


def test_there_is_no_limit_to_the_problems(tmp_path: Path) -> None:
    row = '[[unit]]\ncode = "KD"\n'
    found = problems_of(tmp_path, SMALL + row * 400)
    assert len(found) == 400 * 4


def test_tables_that_are_empty_or_missing_are_named(tmp_path: Path) -> None:
    found = problems_of(tmp_path, "schema = 1\nworkstream = []\nunit = []\ntask = []\n")
    assert {(each.field, each.what) for each in found} == {
        ("campaign", "missing"),
        ("calendar", "missing"),
        ("workstream", "no-rows"),
        ("unit", "no-rows"),
        ("task", "no-rows"),
    }


def test_a_curve_and_the_weights_of_its_months_are_kept(tmp_path: Path) -> None:
    lines = 'plan = 100.0\ncurve = "months"\nmonth_weights = { 4 = 40.0, 2 = 25, 3 = 35.50 }'
    measures = [task.measure for task in small(tmp_path, ("plan = 100.0", lines)).tasks]
    first, second = (measure for measure in measures if measure and measure.indicator == "thu")
    assert (first.curve, first.month_weights) == (
        Curve.MONTHS,
        ((2, Decimal(25)), (3, Decimal("35.5")), (4, Decimal(40))),
    )
    assert (second.curve, second.month_weights) == (Curve.LINE, ())


def test_the_months_of_a_task_may_lie_in_two_years() -> None:
    assert months_between(date(2022, 11, 30), date(2023, 1, 1)) == [11, 12, 1]
    assert months_between(date(2022, 1, 1), date(2023, 6, 1)) == list(range(1, 13))


def test_tasks_on_one_indicator_must_be_alike(tmp_path: Path) -> None:
    cumulative = 'behaviour = "cumulative"\nbaseline = 72.6'
    text = SMALL.replace(cumulative, 'behaviour = "level"\nbaseline = 72.6')
    assert [(each.code, each.field, each.what) for each in problems_of(tmp_path, text)] == [
        ("NS-02", "behaviour", "shared-unlike")
    ]


@pytest.mark.parametrize("denominator", ["105.55", "105.75"])
def test_denominators_may_differ_by_the_rounding_of_the_baselines(
    tmp_path: Path, denominator: str
) -> None:
    assert small(tmp_path, ("105.647", denominator))


def test_what_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, SMALL.replace('office = "VP"', "office = VP"))
    assert found.what == "toml"
    line = next(n for n, text in enumerate(SMALL.splitlines(), 1) if text.startswith("office"))
    assert found.data["line"] == str(line)
    assert f"dòng {line}" in found.text()


def test_a_number_beyond_all_reading_is_no_crash(tmp_path: Path) -> None:
    found = problems_of(tmp_path, SMALL.replace("weight = 9", f"weight = {'9' * 5000}"))
    assert [each.what for each in found] == ["toml"]


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(SMALL.encode("utf-16"))
    with pytest.raises(PlanProblems) as found:
        read(str(path))
    assert [each.what for each in found.value.problems] == ["not-utf8"]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, "utf-8-sig")
    assert len(read(str(path)).tasks) == 6


# Which plan is meant


@pytest.mark.parametrize("name", ["le-chan-2022", "le_chan_2022", "LE-CHAN_2022"])
def test_a_shipped_plan_is_found_by_id_or_stem(name: str) -> None:
    assert read(name).settings["id"] == "le-chan-2022"


def test_the_names_of_shipped_plans_are_their_ids() -> None:
    assert shipped() == ("le_chan_2022",)
    for name in shipped():
        assert read(name).settings["id"].replace("-", "_") == name


@pytest.mark.parametrize(("source", "what"), [("le-chan", "plan"), ("no/plan.toml", "plan-file")])
def test_a_plan_that_is_not_there_is_named(source: str, what: str) -> None:
    with pytest.raises(NotFound) as refused:
        read(source)
    assert (refused.value.what, refused.value.key) == (what, source)


# What becomes of it


def test_the_plan_of_le_chan_is_whole() -> None:
    plan = read("le-chan-2022")
    assert (len(plan.workstreams), len(plan.units), len(plan.tasks)) == (15, 35, 264)
    assert sum(unit.is_ward for unit in plan.units) == 15
    assert sum("." in task.code for task in plan.tasks) == 16 * 15
    assert len({task.code for task in plan.tasks}) == 264
    assert plan.warnings == ()
    tasks = by_code(plan)
    ward = tasks["NS-04.KD"]
    assert (ward.lead, ward.due_on, ward.confirm) == ("KD", date(2022, 12, 15), "CCT")
    assert ward.measure is not None
    assert ward.measure.indicator == "NS-04.KD"
    city, council = tasks["NS-01"].measure, tasks["NS-02"].measure
    assert city is not None
    assert council is not None
    assert city.indicator == council.indicator == "thu-nqd"
    assert (city.baseline, council.baseline) == (Decimal("76.7"), Decimal("72.6"))
    assert plan.indicators["thu-nqd"] == city.name
    assert "KD" in tasks["GPMB-02"].coop
    weights = [task.weight for task in plan.tasks if task.lead == "KD"]
    assert sum(weights) == sum(task.weight for task in plan.tasks if "." not in task.code) == 100


def test_settings_are_those_that_a_campaign_needs() -> None:
    plan = read("le-chan-2022")
    campaign = to_campaign({"uuid": "u", **plan.settings})
    assert (campaign.launch, campaign.start) == (date(2022, 9, 26), date(2022, 10, 3))
    assert (campaign.end, campaign.books_close) == (date(2022, 12, 31), date(2023, 1, 31))
    assert campaign.timezone == "Asia/Ho_Chi_Minh"
    assert campaign.office == "VPUB"
    assert campaign.name.endswith("năm 2022")
    assert json.loads(plan.settings["calendar_events"])[0]["date"] == "2022-10-10"
    scoring = json.loads(plan.settings["scoring"])
    assert scoring["late_factor"] == "0.5"
    assert (scoring["min_counted"], scoring["top_share"]) == (3, "0.25")
    assert [band["min"] for band in scoring["band"]] == ["90", "80", "65", "50", "0"]


def test_numbers_are_exact_and_plain(tmp_path: Path) -> None:
    tasks = by_code(small(tmp_path))
    assert str(tasks["NS-02"].weight) == "2.5"
    measure = tasks["NS-01"].measure
    assert measure is not None
    assert (str(measure.denominator), str(measure.plan)) == ("100", "100")
    assert [str(point.value) for point in measure.checkpoints] == ["84", "91.9"]
    assert measure.plans[0].from_on == date(2024, 2, 20)


def test_a_ward_task_has_a_copy_for_every_ward(tmp_path: Path) -> None:
    plan = small(tmp_path)
    tasks = by_code(plan)
    assert list(tasks) == ["NS-01", "NS-02", "TD-01.KD", "TD-01.LS", "TD-02.KD", "TD-02.LS"]
    assert tasks["TD-01.KD"].coop == ("CCT",)
    assert tasks["TD-01.LS"].coop == ("CCT", "KD")
    assert plan.indicators.keys() == {"thu", "TD-02.KD", "TD-02.LS"}
    stock = tasks["TD-02.LS"].measure
    assert stock is not None
    assert stock.behaviour is Behaviour.STOCK
    assert stock.baseline_required
    assert stock.baseline is None
    assert tasks["TD-01.KD"].status is Status.NOT_STARTED
    assert tasks["TD-01.KD"].first_due_on == tasks["TD-01.KD"].due_on


def test_the_own_year_fills_the_texts(tmp_path: Path) -> None:
    plan = small(tmp_path)
    assert plan.settings["name"] == "Thi đua năm 2024, chuẩn bị 2025"
    assert by_code(plan)["NS-01"].title == "Thu đạt kế hoạch thành phố năm 2024"


# Another year


def test_a_year_moves_every_date_and_fills_every_text(tmp_path: Path) -> None:
    plan = small(tmp_path, year=2027)
    campaign = to_campaign({"uuid": "u", **plan.settings})
    assert campaign.id == "small-2027"
    assert campaign.name == "Thi đua năm 2027, chuẩn bị 2028"
    assert (campaign.launch, campaign.books_close) == (date(2027, 2, 20), date(2027, 5, 31))
    assert campaign.holidays == {date(2027, 4, 18)}
    assert json.loads(plan.settings["calendar_events"])[0]["date"] == "2027-03-08"
    task = by_code(plan)["NS-01"]
    assert (task.start_on, task.due_on) == (date(2027, 2, 28), date(2027, 4, 30))
    assert task.title.endswith("2027")
    assert task.measure is not None
    assert [point.on.year for point in task.measure.checkpoints] == [2027, 2027]
    assert task.measure.plans[0].from_on == date(2027, 2, 20)


def test_a_year_turns_printed_baselines_into_required_ones(tmp_path: Path) -> None:
    tasks = by_code(small(tmp_path, year=2027))
    printed, own = tasks["NS-01"].measure, tasks["NS-02"].measure
    assert printed is not None
    assert own is not None
    assert (printed.baseline, printed.baseline_on, printed.baseline_required) == (None, None, True)
    assert (own.baseline, own.baseline_required) == (Decimal("72.6"), False)


def test_the_own_year_named_changes_nothing_but_warns(tmp_path: Path) -> None:
    named, unnamed = small(tmp_path, year=2024), small(tmp_path)
    assert named.settings == unnamed.settings
    assert named.tasks == unnamed.tasks
    assert [warning.code for warning in named.warnings] == ["NS-02", "TD-01"]
    assert unnamed.warnings == ()


def test_warnings_name_the_task_the_day_and_why(tmp_path: Path) -> None:
    holiday, sunday = small(tmp_path, year=2024).warnings
    assert (holiday.due_on, holiday.holiday) == (date(2024, 4, 18), True)
    assert (sunday.due_on, sunday.holiday) == (date(2024, 3, 31), False)
    assert sunday.text() == "TD-01: hạn 31/03/2024 không phải ngày làm việc (Chủ Nhật)"
    i18n.set_language("en")
    assert sunday.text() == "TD-01: the due date 31/03/2024 is not a working day (Sunday)"
    assert holiday.text() == "NS-02: the due date 18/04/2024 is a public holiday (Thursday)"


def test_days_of_the_campaign_that_are_days_off_are_told_in_one_line() -> None:
    first, *others = read("le-chan-2022", year=2023).warnings  # it ends on a Sunday
    assert first.text() == "Rơi vào ngày nghỉ: ngày kết thúc 31/12/2023 (Chủ Nhật)"
    assert all(isinstance(each, DueOnDayOff) for each in others)


def test_another_year_has_another_chair() -> None:
    assert read("le-chan-2022").settings["chair"]
    assert read("le-chan-2022", year=2022).settings["chair"]
    moved = read("le-chan-2022", year=2026).settings
    assert (moved["chair"], bool(moved["chair_title"])) == ("", True)


@pytest.mark.parametrize("year", [0, 1999, 2100, 99999])
def test_a_year_outside_this_century_is_refused(year: int) -> None:
    with pytest.raises(BadInput) as refused:
        read("le-chan-2022", year=year)
    assert refused.value.code == "plan-year"


@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_the_shipped_plan_works_in_other_years(year: int) -> None:
    plan = read("le-chan-2022", year=year)
    assert plan.settings["id"] == f"le-chan-{year}"
    assert {task.due_on.year for task in plan.tasks if task.due_on} == {year}
    tax = by_code(plan)["NS-01"]
    assert tax.measure is not None
    assert tax.measure.baseline is None
    assert str(year) in plan.settings["name"]


# The file that is shipped


def test_every_percentage_of_the_shipped_plan_names_its_denominator() -> None:
    units = {task.measure.unit for task in read("le-chan-2022").tasks if task.measure}
    shares = {unit for unit in units if unit.startswith("%")}
    assert len(shares) > 10
    for unit in shares:
        assert unit.startswith("% ")
        assert 4 <= len(unit) <= 15, "the columns of the board are narrow"


def test_every_number_of_the_shipped_plan_says_where_it_comes_from() -> None:
    path = Path(db.__file__).parent / "plans" / "le_chan_2022.toml"
    tasks = tomllib.loads(path.read_text("utf-8"))["task"]
    assert [t["code"] for t in tasks if t["numbers"] == "article"] == ["NS-01", "NS-02"]
    for task in tasks:
        assert (task["numbers"] == "none") == (task["type"] == "milestone")
        if task["numbers"] == "public":
            assert task["numbers_note"]
