"""What a report says: every number is in the data, sums add up, causes are left to people, each
kind has its own days.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.engine import Connection
from tests import make
from tests.shell import ok, tracker
from tracker.errors import BadInput
from tracker.files import open_file
from tracker.operations import figures, reports, urging
from tracker.operations.reports import Report
from tracker.papers import report
from tracker.papers.report import Kind, Paper
from tracker.papers.report.records import Band, Blank, Dashes, Item, Part, Points, Text, texts

DAY = date(2022, 11, 22)
NUMBER = re.compile(r"\d{2}/\d{2}/\d{4}|\d+(?:\.\d{3})*(?:,\d+)?")
CODE = re.compile(r"\b[A-Z]{2,5}-\d{2}(?:\.[A-Z]+)?\b")
OF_QUOTED = re.compile(r"(khó khăn, vướng mắc|kiến nghị, đề xuất).*(nguyên văn|chưa hết)")
QUOTED = re.compile(r"“[^”]*”")
TIMES = ("on_time", "late", "no_due")
EACH = [Kind.DAILY, Kind.WEEKLY, Kind.MONTHLY, Kind.ESTIMATE]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Open the demonstration of day 51."""
    path = make.demo(tmp_path_factory.mktemp("demo") / "demo.sqlite", day=51)
    with closing(open_file(path, writing=False)) as conn:
        yield conn


def path_of(conn: Connection) -> Path:
    return Path(conn.execute("PRAGMA database_list").fetchone()[2])


def made(conn: Connection, kind: Kind = Kind.MONTHLY, day: date = DAY, **more: Any) -> Paper:
    """Return a report written on the day that it tells of."""
    return report.make(conn, kind, day=day, today=max(day, DAY), **more)


def part(paper: Paper, title: str) -> list[str]:
    """Return the texts of a part, its headings too."""
    found: list[str] = []
    inside = False
    for block in paper.body:
        if isinstance(block, Part):
            inside = block.title == title
        elif inside:
            match block:
                case Points(texts=lines) | Dashes(texts=lines):
                    found += lines
                case Item(title=line) | Text(text=line):
                    found.append(line)
                case Blank(lead=line):
                    found.append(f"{line}……")
    return found


def numbers(documents: list[Any]) -> set[str]:
    """Return the numbers and days of JSON documents as a report writes them."""
    found: set[str] = set()
    for each in documents:
        if isinstance(each, dict):
            found |= numbers(list(each.values()))
            found |= {str(len(value)) for value in each.values() if isinstance(value, list)}
        elif isinstance(each, list):
            found |= numbers(each)
        elif isinstance(each, int):
            found.add(vietnamese(Decimal(each)))
        elif isinstance(each, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", each):
            found.add(date.fromisoformat(each).strftime("%d/%m/%Y"))
        elif isinstance(each, str) and re.fullmatch(r"-?\d+(\.\d+)?", each):
            found |= {
                vietnamese(Decimal(each)),
                vietnamese(round(Decimal(each) + Decimal("1e-9"), 2)),
            }
    return found


def vietnamese(value: Decimal) -> str:
    text = f"{value:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans(",.", ".,"))


def counted(documents: dict[str, Any]) -> set[str]:
    """Return what is counted over the rows of the documents: sums by block, shares, paces."""
    summary, targets = documents["summary"], documents["targets"]
    rows = [summary["totals"], *summary["by_unit"], *summary["by_workstream"]]
    for is_ward in (True, False):
        block = [row for row in summary["by_unit"] if (row["kind"] == "phuong") == is_ward]
        keys = [key for key, value in summary["totals"].items() if isinstance(value, int)]
        rows.append({key: sum(row[key] for row in block) for key in keys})
        rows.append({"assigned": len(block)})
    for row in rows:
        row["completed"] = sum(
            row.get(f"completed_{name}", 0) for name in ("on_time", "late", "no_due")
        )
        row["open"] = row["assigned"] - row["completed"]
    found = {str(value) for row in rows for value in row.values() if isinstance(value, int)}
    for row in rows:
        for key in ("completed", "open", "open_overdue"):
            if row["assigned"]:
                share = Decimal(row.get(key, 0)) * 100 / row["assigned"]
                found.add(f"{share.quantize(Decimal('0.1'), 'ROUND_HALF_UP'):f}".replace(".", ","))
    stems: dict[str, list[Any]] = {}
    for target in targets:
        stems.setdefault(target["code"].partition(".")[0], []).append(target)
    groups = [*stems.values(), targets]
    for group in groups:
        paces = Counter(target["pace"] for target in group)
        late = paces["behind"] + paces["at_risk"]
        told = sum(target["estimate"] is not None for target in group)
        found |= {str(n) for n in (*paces.values(), late, len(group), told, len(group) - told)}
    return found


def standing(targets: list[Any]) -> list[Any]:
    """Return the targets that are inside the totals."""
    return [row for row in targets if row["status"] not in ("not_applicable", "withdrawn")]


@pytest.mark.parametrize("unit", [None, "KD", "TCKH"])
@pytest.mark.parametrize("kind", EACH)
def test_every_number_and_day_in_the_text_is_in_the_data(
    shown: Connection, kind: Kind, unit: str | None
) -> None:
    first = {Kind.DAILY: DAY, Kind.WEEKLY: date(2022, 11, 16)}.get(kind, date(2022, 10, 23))
    since = f"{first - timedelta(days=1):%d/%m}"
    whose, db = ["--unit", unit] if unit else [], path_of(shown)

    def told_by(*words: str) -> Any:
        return ok(*words, "--format", "json", db=db).json

    every = standing(told_by("target", "list")["targets"])
    documents = {
        "summary": told_by("summary", "--on", "22/11", "--since", since, *whose),
        "targets": [row for row in every if unit in (None, row["lead"])],
        "league": told_by("league"),
        "tasks": told_by("list", *([f"unit:{unit}"] if unit else []))["tasks"],
    }
    allowed = numbers(list(documents.values())) | counted(documents)
    ahead = (DAY + timedelta(days=3 if kind is Kind.DAILY else 14), first, DAY)
    allowed |= {f"{on:%d/%m/%Y}" for on in ahead}
    ranked = [unit for block in documents["league"]["blocks"] for unit in block["units"]]
    points = [Decimal(unit["official"]) for unit in ranked if unit["official"]]
    allowed |= {f"{each:.1f}".replace(".", ",") for each in points}
    allowed |= {"3", "7", "90", "100"}  # days of the settings and of the campaign, the top score
    paper = made(shown, kind, unit=unit)
    allowed |= {str(len(block.texts)) for block in paper.body if isinstance(block, Dashes)}
    assert {number for number in NUMBER.findall(bare(paper, documents))} - allowed == set()


def bare(paper: Paper, documents: dict[str, Any]) -> str:
    """Return the text of a report without what is quoted, named, or told of quotations."""
    told = " ; ".join(text for text in texts(paper) if not OF_QUOTED.search(text))
    names = [row[key] for name in ("tasks", "targets") for row in documents[name]
             for key in ("title", "name") if row.get(key)]  # fmt: skip
    for name in sorted({*names, "Covid-19", "năm 2022", "năm 2023"}, key=len, reverse=True):
        told = told.replace(name, " ").replace(name[:1].lower() + name[1:], " ")
    return CODE.sub(" ", QUOTED.sub(" ", told))


@pytest.mark.parametrize("kind", EACH)
def test_totals_are_those_of_the_summary_and_add_up(shown: Connection, kind: Kind) -> None:
    totals = ok("summary", "--format", "json", db=path_of(shown)).json["totals"]
    body = " ".join(texts(made(shown, kind)))
    assert f"tổng số nhiệm vụ được giao là {totals['assigned']} nhiệm vụ" in body
    done = sum(totals[f"completed_{name}"] for name in TIMES)
    assert f"Đã hoàn thành {done} nhiệm vụ, bằng " in body
    assert f"Chưa hoàn thành {totals['assigned'] - done} nhiệm vụ, bằng " in body
    for paragraph in texts(made(shown, kind)):
        for share in re.finditer(r"bằng [\d,]+% ([\w ]+)", paragraph):
            assert share[1].startswith(
                ("tổng số nhiệm vụ được giao", "số nhiệm vụ được giao của khối")
            )


def test_fields_and_blocks_each_add_up_to_the_whole(shown: Connection) -> None:
    blocks = [block.texts for block in made(shown).body if isinstance(block, Points)]
    assigned = re.compile(r"được giao (\d+) nhiệm vụ")
    sums = [sum(map(int, assigned.findall(" ".join(block)))) for block in blocks[1:]]
    totals = ok("summary", "--format", "json", db=path_of(shown)).json["totals"]
    assert sums == [totals["assigned"]] * 2


def test_each_kind_has_its_own_days_and_subject(shown: Connection) -> None:
    subjects = {kind: made(shown, kind).subject for kind in EACH}
    assert subjects == {
        Kind.DAILY: ("Kết quả thực hiện phong trào thi đua 90 ngày nước rút", "(ngày 22/11/2022)"),
        Kind.WEEKLY: (
            "Kết quả thực hiện phong trào thi đua 90 ngày nước rút",
            "(tuần từ ngày 16/11/2022 đến ngày 22/11/2022)",
        ),
        Kind.MONTHLY: (
            "Kết quả thực hiện phong trào thi đua 90 ngày nước rút",
            "(tính đến ngày 22/11/2022)",
        ),
        Kind.ESTIMATE: (
            "Ước thực hiện cả năm 2022 các chỉ tiêu phong trào thi đua 90 ngày nước rút",
            "(tính đến ngày 22/11/2022)",
        ),
    }
    bodies = {kind: " ".join(texts(made(shown, kind))) for kind in EACH}
    assert "Trong ngày 22/11/2022: " in bodies[Kind.DAILY]
    assert "Trong tuần (từ ngày 16/11/2022 đến ngày 22/11/2022): " in bodies[Kind.WEEKLY]
    assert "Trong tháng (từ ngày 23/10/2022 đến ngày 22/11/2022): " in bodies[Kind.MONTHLY]
    assert len(made(shown, Kind.DAILY).body) < len(made(shown, Kind.WEEKLY).body)
    assert {a.about for a in made(shown, Kind.DAILY).appendices} == {"units", "overdue"}


def test_causes_are_never_filled_in(shown: Connection) -> None:
    for kind in EACH:
        said = part(made(shown, kind), "Tồn tại, hạn chế và nguyên nhân")
        at = said.index("Nguyên nhân:")
        assert said[at + 1 :] == ["……"]


def test_obstacles_are_quoted_whole_with_unit_code_and_day(shown: Connection) -> None:
    standing = ok("summary", "--format", "json", db=path_of(shown)).json["obstacles"]
    said = part(made(shown), "Khó khăn, vướng mắc")
    assert len(said) == len(standing) + 1
    for each, line in zip(standing, said[1:], strict=True):
        on = date.fromisoformat(each["since"])
        assert f"({each['code']}, ngày {on:%d/%m/%Y}): “{each['text']}”" in line


def test_a_quiet_campaign_says_so_and_leaves_room(conn: Connection) -> None:
    paper = made(conn, Kind.WEEKLY, date(2022, 10, 5))
    assert part(paper, "Khó khăn, vướng mắc") == [
        "Đến hết ngày 05/10/2022, không có khó khăn, vướng mắc nào do đơn vị báo cáo."
    ]
    assert part(paper, "Kiến nghị, đề xuất")[-1].endswith("……")
    assert "không có nhiệm vụ quá hạn" in " ".join(texts(paper))


def test_what_a_unit_writes_and_an_urging_reach_the_report(conn: Connection) -> None:
    desk = make.desk(conn, "kd.vptk", "2022-11-21 09:00")
    reports.update(desk, ["TTDH-01.KD"], Report(obstacle='Thiếu xe "nóng"', request="Xin hai xe"))
    urging.urge(make.desk(conn, "vpub.tonghop"), ["TTDH-01.KD"], by=date(2022, 11, 25))
    paper = made(conn, Kind.WEEKLY)
    [_, said] = part(paper, "Khó khăn, vướng mắc")
    assert said == 'Phường Kênh Dương (TTDH-01.KD, ngày 21/11/2022): “Thiếu xe "nóng"”'
    [_, asked] = part(paper, "Kiến nghị, đề xuất")
    assert asked == "Phường Kênh Dương (TTDH-01.KD, ngày 21/11/2022): “Xin hai xe”"
    assert "đã gửi 1 lượt đôn đốc" in " ".join(texts(paper))
    [late] = next(a for a in paper.appendices if a.about == "overdue").table.rows
    assert late[:2] == ("TTDH-01.KD", "Ra quân lập lại trật tự đường hè")
    assert "Đề nghị: “Xin hai xe”" in late[-1]
    told = report.make(conn, Kind.DAILY, day=date(2022, 11, 20), today=DAY)
    assert "Thiếu xe" not in " ".join(texts(told))


def test_estimates_are_told_as_the_units_own(conn: Connection) -> None:
    silent = part(made(conn, Kind.ESTIMATE), "Ước thực hiện cả năm")
    assert silent[0] == "Chưa có chỉ tiêu nào được báo số ước thực hiện cả năm."
    desk = make.desk(conn, "tckh.cv")
    figures.record(desk, "NS-01", Decimal("90"), on=DAY)
    figures.set_estimate(desk, "NS-01", Decimal("102"))
    said = part(made(conn, Kind.ESTIMATE), "Ước thực hiện cả năm")
    assert (
        "Thu ngoài quốc doanh lũy kế (NS-01): thực hiện đến ngày 22/11/2022 90% kế hoạch thành phố "
        "giao; Phòng Tài chính - Kế hoạch ước ngày 22/11/2022 cả năm 102%; vượt kế hoạch 100%"
    ) in said


def test_a_final_report_waits_for_the_end(conn: Connection) -> None:
    with pytest.raises(BadInput) as refused:
        made(conn, Kind.FINAL, date(2022, 12, 30))
    assert refused.value.code in ("final-too-early", "future-day")
    end = date(2022, 12, 31)
    paper = report.make(conn, Kind.FINAL, day=end, today=end)
    assert paper.subject[1] == "(tính đến ngày 31/12/2022)"
    assert part(paper, "Nhiệm vụ cần tiếp tục thực hiện")


def test_a_report_to_a_day_says_what_was_known_then_and_is_dated_today(shown: Connection) -> None:
    earlier = date(2022, 11, 14)
    paper = report.make(shown, Kind.MONTHLY, day=earlier, today=DAY)
    assert paper.on == DAY
    on = ok("summary", "--format", "json", "--on", "14/11", db=path_of(shown)).json["totals"]
    assert f"tổng số nhiệm vụ được giao là {on['assigned']} nhiệm vụ" in " ".join(texts(paper))
    assert paper.subject[1] == "(tính đến ngày 14/11/2022)"


def test_lists_of_an_appendix_are_whole(shown: Connection) -> None:
    db = path_of(shown)
    totals = ok("summary", "--format", "json", db=db).json["totals"]
    tables = {each.about: each.table for each in made(shown).appendices}
    assert len(tables["overdue"].rows) == totals["open_overdue"]
    listed = [row for row in tables["targets"].rows if not isinstance(row, Band)]
    known = standing(ok("target", "list", "--format", "json", db=db).json["targets"])
    assert sorted(row[0] for row in listed) == sorted(row["code"] for row in known)


def test_the_paper_is_vietnamese_in_english_too(shown: Connection, tmp_path: Path) -> None:
    db, one, two = path_of(shown), tmp_path / "vi.docx", tmp_path / "en.docx"
    ok("report", "--kind", "daily", "-o", str(one), db=db)
    ok("report", "--kind", "daily", "-o", str(two), "--lang", "en", db=db)
    assert one.read_bytes() == two.read_bytes()


def test_the_command_refuses_in_one_sentence(shown: Connection, tmp_path: Path) -> None:
    db, to = path_of(shown), ["-o", str(tmp_path / "x.docx")]
    for words in (
        ["--kind", "yearly"], ["-o", "-"], ["--to-date", "31/12", *to], ["--kind", "final", *to],
        ["--unit", "MTTQ", *to], ["--on", "20/9", *to],
    ):  # fmt: skip
        answer = tracker("report", *words, db=db)
        assert (answer.code, answer.out) == (2, ""), words
        assert answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
