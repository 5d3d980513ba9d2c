"""`tracker chart`, `compare`, `matrix`: on a terminal, in a pipe, for a program."""

import csv
import io
import re
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests import make
from tests.shell import ok, tracker
from tracker.cli.layout import cells
from tracker.cli.output import Output
from tracker.files import open_file
from tracker.operations import figures, planning, undoing

COMPARED = {
    "status", "state", "claimed_on", "completed_on", "due_on", "latest", "latest_on", "plan",
    "baseline", "baseline_on", "estimate", "estimate_on", "progress", "owner", "lead",
}  # fmt: skip
COLOUR = re.compile(r"\x1b\[[0-9]*m")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demonstration of day 51."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    make.demo(path, day=51)
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Have the answer go to a terminal of 80 cells."""
    monkeypatch.setattr(Output, "is_terminal", property(lambda _self: True))
    monkeypatch.setenv("COLUMNS", "80")
    return monkeypatch


# Charts


def test_a_pipe_gets_the_words_only(shown: Path) -> None:
    answer = ok("chart", "NS-02", db=shown)
    assert answer.lines[1].startswith("NS-02 · ")
    assert "│" not in answer.out
    assert "Kế hoạch: 100% KH HĐND quận, hạn 31/12/2022." in answer.lines
    assert max(map(cells, answer.lines)) <= 80


def test_a_terminal_gets_the_drawing_with_its_legend_and_then_the_same_words(
    shown: Path, terminal: pytest.MonkeyPatch
) -> None:
    answer = ok("chart", "NS-02", db=shown)
    plain = COLOUR.sub("", answer.out)
    assert "\x1b[36m" in answer.out
    assert "\x1b" not in plain
    assert "─ kế hoạch   ◆ mốc   ● thực tế   ░ dự báo   │ hôm nay   [% KH HĐND quận]" in plain
    assert max(map(cells, plain.splitlines())) <= 80
    told = ok("chart", "NS-02", "--text", db=shown)
    assert COLOUR.sub("", told.out).splitlines()[2:] == plain.splitlines()[-len(told.lines) + 2 :]
    assert "│" not in told.out


@pytest.mark.parametrize("name", ["NO_COLOR", "TERM"])
def test_without_colours_the_drawing_stays_readable(
    name: str, shown: Path, terminal: pytest.MonkeyPatch
) -> None:
    terminal.setenv(name, "dumb")
    answer = ok("chart", db=shown)
    assert "\x1b" not in answer.out
    assert "░ dự báo" in answer.out


def test_ascii_draws_without_box_characters(shown: Path, terminal: pytest.MonkeyPatch) -> None:
    answer = ok("chart", "NS-01", "--ascii", db=shown)
    assert "- kế hoạch" in COLOUR.sub("", answer.out)
    assert not re.search("[│─░●◆┤┼]", answer.out)


def test_without_a_code_completed_tasks_are_counted(shown: Path) -> None:
    summary = ok("summary", "--format", "json", db=shown).json["totals"]
    whole = ok("chart", db=shown).out
    done = sum(n for name, n in summary.items() if name.startswith("completed"))
    assert f"đã hoàn thành {done}/{summary['assigned']} việc" in whole
    ward = ok("summary", "--unit", "KD", "--format", "json", db=shown).json["totals"]
    part = ok("chart", "--unit", "Kênh Dương", db=shown)
    assert part.lines[1] == "Số việc hoàn thành · Kênh Dương"
    assert f"/{ward['assigned']} việc" in part.out
    both = ok("chart", "--unit", "KD", "--stream", "NS", db=shown)
    assert both.lines[1].startswith("Số việc hoàn thành · Kênh Dương · Thu ngân sách")
    assert "/2 việc" in both.out


def test_a_chart_for_programs_holds_its_series(shown: Path) -> None:
    found = ok("chart", "NS-02", "--format", "json", db=shown).json
    assert (found["schema_version"], found["demo"], found["on"]) == (1, True, "2022-11-22")
    assert found["goal"] == {"on": "2022-12-31", "value": "100"}
    assert [point["on"] for point in found["checkpoints"]] == ["2022-10-31", "2022-11-30"]
    assert found["actual"][0] == {"on": "2022-09-26", "value": "72.6"}
    assert found["forecast"][-1]["on"] == found["likely"]["on"] == "2022-12-31"
    last = found["forecast"][-1]
    assert float(last["low"]) <= float(found["likely"]["value"]) <= float(last["high"])
    assert found["coming"] == []
    counted = ok("chart", "--format", "json", db=shown).json
    assert len(counted["plan"]) == 97
    assert counted["actual"][-1]["on"] == "2022-11-22"
    assert counted["actual"][-1]["value"] == "94"


def test_a_past_day_uses_nothing_that_was_known_only_later(shown: Path) -> None:
    then = ok("chart", "NS-02", "--on", "31/10", "--format", "json", db=shown).json
    now = ok("chart", "NS-02", "--format", "json", db=shown).json
    assert max(point["on"] for point in then["actual"]) <= "2022-10-31"
    early = [point for point in now["actual"] if point["on"] <= "2022-10-31"]
    assert then["actual"][:-1] == early[:-1]
    assert then["actual"][-1]["value"] == "80.077996"
    assert early[-1]["value"] == "79.983341"  # corrected on 1 November
    counted = ok("chart", "--on", "31/10", "--format", "json", db=shown).json
    assert counted["actual"][-1] == {"on": "2022-10-31", "value": "19"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["TTDH-01.KD"], 1, "TTDH-01.KD không đo bằng số liệu nên không có biểu đồ"),
        (["NS-04"], 1, "NS-04 giao cho 2 phường"),
        (["NS-99"], 1, "Không có nhiệm vụ NS-99"),
        (["--stream", "XYZ"], 2, "XYZ"),
        (["--format", "csv"], 2, "csv"),
        (["NS-01", "--unit", "KD"], 2, "NS-01 là một chỉ tiêu"),
        (["NS-01", "--stream", "NS"], 2, "bỏ mã"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_sentence(
    words: list[str], code: int, said: str, db: Path
) -> None:
    answer = tracker("chart", *words, db=db)
    assert answer.code == code
    assert said in answer.err
    assert answer.out == ""


def test_a_day_before_the_log_is_said_in_words(db: Path) -> None:
    for words in (["chart"], ["chart", "NS-01"], ["matrix"], ["compare"]):
        assert "nhật ký bắt đầu từ 26/09/2022" in ok(*words, "--on", "20/9", db=db).out, words


# Comparing


def test_old_values_stand_in_brackets_before_the_new_ones(shown: Path) -> None:
    answer = ok("compare", "--since", "thứ sáu tuần trước", "--unit", "HN", db=shown)
    assert answer.lines[1] == "Thay đổi từ cuối Thứ Sáu 18/11/2022 đến Thứ Ba 22/11/2022"
    assert "    Tình trạng       [Đang thực hiện] → Xong đúng hạn" in answer.lines
    assert "    Ngày hoàn thành  [—] → 20/11/2022" in answer.lines
    moved = "[87,5% công trình (14/11)] → 100% công trình (21/11)"
    assert f"    Số liệu          {moved}" in answer.lines
    assert not any("Tiến độ" in line for line in answer.lines)  # it follows from the figure
    assert max(map(cells, answer.lines)) <= 80


def test_percentages_whose_unit_does_not_say_of_what_are_explained(db: Path) -> None:
    with closing(open_file(db, writing=True)) as conn:
        ward = make.desk(conn, "kd.vptk", "2022-11-18 09:00")
        figures.record(ward, "NS-04.KD", Decimal(41))
    lines = ok("compare", "NS-04.KD", "--since", "17/11", db=db).lines
    assert "    Số liệu     [—] → 41% (18/11)" in lines
    assert "    % = Nợ thuế đã thu / nợ có khả năng thanh toán trong danh sách" in lines


def test_a_terminal_strikes_the_old_value_too(shown: Path, terminal: pytest.MonkeyPatch) -> None:
    out = ok("compare", "--since", "18/11", "--unit", "HN", db=shown).out
    assert "\x1b[9m[Đang thực hiện]\x1b[0m → Xong đúng hạn" in out


def test_a_week_is_compared_unless_a_day_is_named(shown: Path) -> None:
    assert ok("compare", "--format", "json", db=shown).json["since"] == "2022-11-15"
    early = ok("compare", "--on", "31/10", "--format", "json", db=shown).json
    assert (early["since"], early["on"]) == ("2022-10-24", "2022-10-31")
    assert tracker("compare", "--since", "22/11", db=shown).code == 2
    assert tracker("compare", "--since", "1/11", "--on", "31/10", db=shown).code == 2


def test_the_comparison_for_programs_agrees_with_the_lists_of_both_days(shown: Path) -> None:
    found = ok("compare", "--since", "14/11", "--format", "json", db=shown).json
    old, new = (
        {row["code"]: row for row in ok("list", *words, "--format", "json", db=shown).json["tasks"]}
        for words in (["--on", "14/11"], [])
    )
    changed = {row["code"]: row for row in found["tasks"]}
    assert found["counts"]["changed"] == len(changed) > 50
    for code, row in new.items():
        then, now = (each | (each["measure"] or {}) for each in (old[code], row))
        sides = changed.get(code, {"before": {}, "after": {}})
        moved = {name for name in COMPARED & now.keys() if then[name] != now[name]}
        assert moved <= sides["after"].keys(), code
        for told, known in ((sides["before"], then), (sides["after"], now)):
            for name in told.keys() - {"obstacle"}:  # a list does not have it
                assert told[name] == known[name], (code, name)


def test_filters_narrow_the_comparison(shown: Path) -> None:
    whole = ok("compare", "--since", "14/11", "--format", "json", db=shown).json["tasks"]
    done = ok("compare", "done", "--since", "14/11", "--format", "json", db=shown).json["tasks"]
    assert 0 < len(done) < len(whole)
    assert {row["after"]["status"] for row in done} <= {"completed"}
    stream = ok("compare", "stream:NS", "--since", "14/11", "--format", "json", db=shown).json
    assert {row["workstream"] for row in stream["tasks"]} == {"NS"}


def test_nothing_changed_is_said_in_words(db: Path) -> None:
    assert "Không có thay đổi." in ok("compare", "NS-01", "--since", "21/11", db=db).lines


def test_added_moved_and_taken_back_tasks_are_told(db: Path) -> None:
    with closing(open_file(db, writing=True)) as conn:
        monday = make.desk(conn, "vpub.tonghop", "2022-11-14 09:00")
        new = planning.NewTask(workstream="NS", title="Việc phát sinh", lead="KD")
        planning.add(monday, new)
        friday = make.desk(conn, "vpub.tonghop", "2022-11-18 09:00")
        planning.edit(friday, ["TTDH-01.KD"], {"due_on": date(2022, 12, 20)}, reason="mưa bão")
        planning.edit(friday, ["NS-04.KD"], {"lead": "LS"}, reason="chuyển địa bàn")
    out = ok("compare", "--since", "11/11", db=db).out
    assert "mới thêm: Chưa thực hiện" in out
    assert "[14/10/2022] → 20/12/2022" in out
    assert "1 việc đổi hạn" in out
    for unit in ("KD", "LS"):  # who had it, and who has it now
        assert (
            "[Kênh Dương] → Lam Sơn" in ok("compare", "--since", "11/11", "--unit", unit, db=db).out
        )
    assert "NS-04.KD" in ok("compare", "--since", "15/11", "unit:LS", db=db).out


def test_a_task_whose_adding_was_taken_back_is_told_as_that(db: Path) -> None:
    with closing(open_file(db, writing=True)) as conn:
        evening = make.desk(conn, "vpub.tonghop", "2022-11-14 22:00")
        new = planning.NewTask(workstream="NS", title="Việc nhầm", lead="KD")
        planning.add(evening, new)
        undoing.undo(make.desk(conn, "vpub.tonghop", "2022-11-15 08:00"))
    out = ok("compare", "--since", "14/11", "nhầm", db=db).out
    assert "[Chưa thực hiện] → Đã rút" in out


def test_a_page_of_changes_is_markdown(shown: Path) -> None:
    lines = ok("compare", "--unit", "HN", "--format", "md", db=shown).lines
    assert lines[0].startswith("# 90 ngày nước rút · Thứ Ba 22/11/2022")
    assert "**SỐ LIỆU MINH HỌA**" in lines
    heads = [line for line in lines if line.startswith("| Mã |")]
    assert len(heads) == len([line for line in lines if line.startswith("## ")]) > 3
    assert any(r"| \[Đang thực hiện\] | Xong đúng hạn |" in line for line in lines)


# The matrix


def test_the_matrix_fits_eighty_columns_and_a_narrow_one_is_cut_in_two(
    shown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = ok("matrix", db=shown).lines
    assert max(map(cells, lines)) <= 80
    head = next(line for line in lines if line.lstrip().startswith("AB"))
    assert head.split()[:15] == ("AB AD CD DUH DHK DOH HK HN KD LS NX NN TC TNH VN".split())
    assert any(line.startswith("TTDH-03 ") and line.endswith("10/15  ▲4") for line in lines)
    assert any(line.startswith("Đã xong ") and line.endswith("87/234 ▲11") for line in lines)
    monkeypatch.setenv("COLUMNS", "60")
    narrow = ok("matrix", db=shown).lines
    assert max(map(cells, narrow)) <= 60
    assert sum(line.startswith("NS-04 ") for line in narrow) == 2


def test_a_wide_terminal_names_the_tasks(shown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    lines = ok("matrix", db=shown).lines
    assert any("NS-05    Ban chỉ đạo chống thất thu" in line for line in lines)
    assert max(map(cells, lines)) <= 140


def test_the_legend_explains_every_sign(shown: Path) -> None:
    lines = ok("matrix", db=shown).lines
    legend = "\n".join(lines[lines.index("", 3) :])
    signs = set(re.findall("[▲◔◇◑○‖●◉–]", "\n".join(lines)))
    assert all(re.search(rf"{sign} [A-ZĐ]", legend) for sign in signs)


def test_in_words_every_ward_of_every_task_is_told(shown: Path) -> None:
    out = ok("matrix", "--words", db=shown).out
    assert "  Quá hạn (2): Hồ Nam (39 ngày), Trại Cau (39 ngày)" in out
    assert max(map(cells, out.splitlines())) <= 80
    whole = re.sub(r"\s+", " ", out)
    assert whole.count("Kênh Dương") == 16


def test_the_matrix_for_programs_and_sheets_agrees_with_the_list(shown: Path) -> None:
    found = ok("matrix", "--format", "json", db=shown).json
    listed = ok("list", "--format", "json", db=shown).json["tasks"]
    states = {row["code"]: row["state"] for row in listed if "." in row["code"]}
    cells_of = [cell for row in found["rows"] for cell in row["cells"].values() if cell]
    assert {cell["code"]: cell["state"] for cell in cells_of} == states
    assert sum(row["assigned"] for row in found["rows"]) == found["totals"]["assigned"]
    assert sum(ward["open_overdue"] for ward in found["wards"]) == found["totals"]["open_overdue"]
    sheet = ok("matrix", "--format", "csv", db=shown).out.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(sheet), delimiter=";"))
    assert len(rows) == 1 + 16 + 3
    assert rows[0][2:4] == ["An Biên", "An Dương"]
    assert "Quá hạn 39 ngày" in next(row for row in rows if row[0] == "TTDH-01")
    page = ok("matrix", "--format", "md", db=shown).lines
    assert len([line for line in page if line.startswith("| ")]) == 1 + 1 + 16 + 3


def test_a_campaign_without_wards_says_so(tmp_path: Path) -> None:
    office = make.task(code="TTDH-05", lead="TCKH")
    path = make.file(tmp_path, make.plan(tasks=(office,), indicators={}))
    assert "Chưa phường nào được giao việc" in ok("matrix", db=path).out
