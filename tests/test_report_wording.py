"""How a report words what is easily said wrong: missed targets, periods, names, who signs."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from db.engine import Connection
from tests import make
from tests.decree import Paper, faults
from tests.shell import ok, tracker
from tests.test_report_content import made, part, path_of, standing
from tracker import targets
from tracker.errors import BadInput
from tracker.files import open_file
from tracker.founding import found
from tracker.pace import is_missed
from tracker.papers import report, standings
from tracker.papers.report import Kind
from tracker.papers.report import decree as measures
from tracker.papers.report.records import Band, Part, Text, texts
from tracker.state import current

DAY = date(2022, 11, 22)
TROUBLES = "Tồn tại, hạn chế và nguyên nhân"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Open the demonstration of day 51."""
    path = make.demo(tmp_path_factory.mktemp("demo") / "demo.sqlite", day=51)
    with closing(open_file(path, writing=False)) as conn:
        yield conn


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def written(db: Path, *words: str) -> Paper:
    """Return a report as a file, after it was held against the decree."""
    target = db.parent / "report.docx"
    ok("report", *words, "-o", str(target), "--force", db=db, now="2022-11-22 15:00")
    assert faults(target.read_bytes()) == []
    return Paper(target.read_bytes())


def configure(db: Path, key: str, value: str) -> None:
    ok("config", "set", key, value, "--as", "vpub.tonghop", db=db)


def test_targets_past_their_deadline_are_told_apart_everywhere(shown: Connection) -> None:
    paper = made(shown, Kind.WEEKLY)
    rows = standing(ok("target", "list", "--format", "json", db=path_of(shown)).json["targets"])
    late = [row for row in rows if row["pace"] in ("behind", "at_risk")]
    missed = {row["code"] for row in late if row["due_on"] and row["due_on"] < DAY.isoformat()}
    at_risk = {row["code"] for row in late if row["pace"] == "at_risk"} - missed
    assert missed
    [count] = [line for line in part(paper, TROUBLES) if line.startswith("Trong ")]
    assert f"gồm {len(missed)} chỉ tiêu đã hết hạn, chưa đạt kế hoạch; " in count
    assert f"; {len(at_risk)} chỉ tiêu có nguy cơ không đạt" in count
    [table] = [each.table for each in paper.appendices if each.about == "targets"]
    paces = {row[0]: row[-1] for row in table.rows if not isinstance(row, Band)}
    told = {code for code, pace in paces.items() if pace == "Đã hết hạn, chưa đạt kế hoạch"}
    assert told == missed
    assert {code for code, pace in paces.items() if pace == "Nguy cơ không đạt"} == at_risk
    [vaccinated] = [line for line in part(paper, TROUBLES) if "(YT-01):" in line]
    n = sum(code.startswith("YT-01.") for code in missed)
    assert f"gồm {n} đã hết hạn, chưa đạt kế hoạch và 1 có nguy cơ không đạt" in vaccinated
    [field] = [line for line in part(paper, "Kết quả thực hiện") if "(YT-01), 15 phường:" in line]
    assert f"(YT-01), 15 phường: {n} đã hết hạn, chưa đạt kế hoạch, 1 nguy cơ" in field


def test_a_table_of_targets_says_which_were_missed(shown: Connection) -> None:
    known = current(shown, DAY)
    held = targets.targets(known, known.tasks.values())
    rows = {str(row[0]): row[10] for row in standings.targets(held, known).rows}
    late = [each for each in held if is_missed(each.task, each.standing.pace, DAY)]
    said = {code for code, cell in rows.items() if "đã hết hạn, chưa đạt kế hoạch" in str(cell)}
    assert said == {each.task.code for each in late} != set()


def test_an_estimate_is_of_the_campaigns_year_and_has_no_place_after_it(conn: Connection) -> None:
    end = date(2022, 12, 31)
    paper = report.make(conn, Kind.ESTIMATE, day=end, today=date(2023, 1, 5))
    assert paper.subject[0].startswith("Ước thực hiện cả năm 2022 ")
    with pytest.raises(BadInput) as refused:
        report.make(conn, Kind.ESTIMATE, day=date(2023, 1, 1), today=date(2023, 1, 5))
    assert refused.value.code == "estimate-too-late"


def test_a_day_after_a_weekend_names_one_period_everywhere(shown: Connection) -> None:
    paper = made(shown, Kind.DAILY, date(2022, 11, 20))
    period = "từ ngày 19/11/2022 đến ngày 20/11/2022"
    assert paper.subject[1] == f"({period})"
    assert paper.body[1] == Part(f"Kết quả {period}")
    assert any(line.startswith(f"T{period[1:]}: ") for line in part(paper, f"Kết quả {period}"))
    assert period in paper.closing


def test_the_first_day_of_a_campaign_is_no_week(conn: Connection) -> None:
    paper = report.make(conn, Kind.WEEKLY, day=make.LAUNCH, today=DAY)
    assert paper.subject[1] == "(ngày 26/09/2022)"
    assert any(line.startswith("Trong ngày 26/09/2022: ") for line in texts(paper))
    [opening, *_] = [block.text for block in paper.body if isinstance(block, Text)]
    assert "90 ngày, chưa bắt đầu), Ủy ban nhân dân quận Lê Chân báo cáo" in opening


def test_a_file_that_began_within_the_period_compares_with_nothing(tmp_path: Path) -> None:
    path, now = tmp_path / "late.sqlite", make.moment("2022-11-21 09:00")
    found(path, make.plan(), supervisor="vpub.tonghop", session="test", now=now)
    with closing(open_file(path, writing=False)) as conn:
        [said] = [line for line in texts(made(conn, Kind.WEEKLY)) if line.startswith("Trong tuần")]
        told = " ".join(texts(made(conn)))
    assert "chưa có số liệu đầu kỳ để so sánh vì số liệu được ghi nhận từ ngày 21/11/2022" in said
    assert "phát sinh" not in said
    assert "(NS-01): chưa có số liệu, kế hoạch 100%." in told


def test_a_task_on_hold_is_marked_and_a_unit_is_not_named_to_itself(shown: Connection) -> None:
    title = "Nhiệm vụ trọng tâm thời gian tới"
    assert any(
        line.endswith("(GPMB-03; Trung tâm Phát triển quỹ đất quận), đang tạm dừng")
        for line in part(made(shown), title)
    )
    own = made(shown, unit="PTQD")
    assert any(line.endswith("(GPMB-03), đang tạm dừng") for line in part(own, title))
    assert not any("Trung tâm Phát triển" in line for line in part(own, title))
    assert own.head.agency == ("Trung tâm Phát triển quỹ đất quận Lê Chân",)


def test_wards_are_common_nouns_within_a_sentence_and_points_alike(shown: Connection) -> None:
    [ranking] = [line for line in texts(made(shown)) if line.startswith("Theo điểm thi đua")]
    assert "là: phường " in ranking
    points = re.findall(r"\(([\d,]+) điểm\)", ranking)
    assert {len(each.partition(",")[2]) for each in points} == {1}


def test_a_single_target_is_told_in_the_singular(shown: Connection) -> None:
    told = part(made(shown, unit="TCKH"), TROUBLES)
    assert any(line.startswith("Chỉ tiêu định lượng được giao có nguy cơ") for line in told)
    assert any("66,8%, theo kế hoạch đến nay cần 77,68% kế hoạch vốn," in line for line in told)


@pytest.mark.parametrize("filing", ["Lưu: VT, VP", "LƯU: VT, VP.", "Lưu VT, VP."])
def test_a_given_line_on_filing_replaces_the_usual_one(db: Path, filing: str) -> None:
    configure(db, "report_recipients", f"Như trên; {filing}; TT Quận ủy.")
    lines = written(db).lines
    at = lines.index("Nơi nhận:")
    assert lines[at + 1 : at + 4] == ["- Như trên;", "- TT Quận ủy;", "- Lưu: VT, VP."]
    assert sum("Lưu" in line for line in lines) == 1


def test_a_deputy_signs_for_the_committee_and_not_under_the_chairs_name(db: Path) -> None:
    configure(db, "report_title", "KT. CHỦ TỊCH|PHÓ CHỦ TỊCH")
    answer = ok("report", "-o", str(db.parent / "x.docx"), db=db)
    assert "tracker config set report_signer" in answer.err
    lines = written(db).lines
    at = lines.index("TM. ỦY BAN NHÂN DÂN")
    assert lines[at + 1 : at + 3] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert "Nguyễn Văn Phiệt" not in lines
    configure(db, "report_signer", "Trần Thị B")
    assert "Trần Thị B" in written(db).lines
    configure(db, "report_signer", "")
    configure(db, "report_title", "TM. Ủy ban nhân dân quận|Chủ tịch")
    assert "Nguyễn Văn Phiệt" in written(db).lines


@pytest.mark.parametrize("value", ["12/BC", "12-BC", "BC UBND", "BC-", "/BC-UBND"])
def test_a_symbol_is_letters_and_dashes(db: Path, value: str) -> None:
    for key in ("report_symbol", "report_symbol.KD"):
        refused = tracker("config", "set", key, value, "--as", "vpub.tonghop", db=db)
        assert (refused.code, refused.err.count("\n")) == (2, 1)
    configure(db, "report_symbol", "BC-HĐTĐKT")


def test_who_made_a_report_is_told_what_is_left_to_fill_in(db: Path) -> None:
    answer = ok("report", "-o", str(db.parent / "x.docx"), db=db)
    assert "“Nguyên nhân”" in answer.err
    assert answer.out.count("\n") == 1


def test_no_word_of_a_title_or_of_an_agency_stands_alone() -> None:
    title = "Tổng kết kết quả thực hiện phong trào thi đua 90 ngày nước rút"
    for line, size, room in (
        (title, 14, 120),
        ("ĐỘI QUẢN LÝ TRẬT TỰ ĐÔ THỊ QUẬN LÊ CHÂN", 12, 63),
        ("ĐỘI QUẢN LÝ TRẬT TỰ ĐÔ THỊ QUẬN", 12, 63),
        ("TRUNG TÂM PHÁT TRIỂN QUỸ ĐẤT QUẬN LÊ CHÂN", 12, 63),
    ):
        broken = measures.fitted([line], size, room)
        assert " ".join(broken) == line
        assert len(broken) > 1
        assert all(len(part.split()) > 1 for part in broken)
        assert all(measures.width(part, size) <= room for part in broken)


@pytest.mark.parametrize("code", ["CAQ", "VPUB"])
def test_an_office_of_the_district_is_named_with_it(shown: Connection, code: str) -> None:
    paper = made(shown, unit=code)
    assert paper.head.name.endswith(" quận Lê Chân")
    assert paper.head.name in paper.closing
