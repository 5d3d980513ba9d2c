"""An import carried out: the rules asked row by row, one group of events, one undo."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import events, readings, tasks, units
from db.engine import Connection
from db.errors import StaleEdit
from db.records import Kind, Status
from tests import make
from tests.tables import Cell, sheet
from tracker import state
from tracker.errors import Refused
from tracker.files import open_file
from tracker.importing import Plan, Verdict, prepare
from tracker.operations import figures, importing, reports, undoing
from tracker.operations.desk import Desk, Receipt
from tracker.operations.reports import Report

DAY = date(2022, 11, 22)
UUID = "00000000-0000-4000-8000-000000000001"
HEADS = (
    "Mã",
    "Nội dung nhiệm vụ",
    "Lĩnh vực",
    "Đơn vị chủ trì",
    "Tình trạng",
    "Kết quả",
    "Số liệu",
)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make.file(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def conn(founded: Path, tmp_path: Path) -> Iterator[Connection]:
    path = tmp_path / "campaign.sqlite"
    path.write_bytes(founded.read_bytes())
    with closing(open_file(path, writing=True)) as opened:
        yield opened


def planned(desk: Desk, *rows: tuple[Cell, ...], heads: tuple[Cell, ...] = HEADS) -> Plan:
    """Return the checked plan of a table for whoever sits at the desk."""
    who = units.officer(desk.conn, desk.login or "")
    known = state.current(desk.conn, DAY)
    found = prepare([sheet(heads, *rows)], known, officer=who, source="tuần 8.xlsx")
    return importing.check(desk, found)


def imported(desk: Desk, *rows: tuple[Cell, ...], heads: tuple[Cell, ...] = HEADS) -> Receipt:
    """Import a table in which nothing is wrong; the same table then changes nothing."""
    plan = planned(desk, *rows, heads=heads)
    assert plan.problems == ()
    receipt = importing.apply(desk, plan)
    again = planned(desk, *rows, heads=heads)
    assert (again.writes, again.problems) == ((), ())
    return receipt


def codes(plan: Plan) -> list[str]:
    """Return the codes of the problems of a plan."""
    return [str(getattr(each.error, "code", type(each.error).__name__)) for each in plan.problems]


def tables(conn: Connection) -> object:
    """Return what stands: tasks without their versions, officers, readings that count."""
    rows = [task._replace(version=0) for task in tasks.load(conn).values() if not task.undone]
    who = {login: each.active for login, each in units.officers(conn).items() if each.active}
    known = {row.measure.indicator for row in rows if row.measure}
    valid = {name: readings.valid(readings.of_indicator(conn, name)) for name in sorted(known)}
    figures_ = {name: [(each.on, each.value) for each in each_] for name, each_ in valid.items()}
    return rows, who, figures_


def test_everything_is_one_group_and_one_undo_takes_it_back(conn: Connection) -> None:
    chief, before = make.desk(conn, "vpub.tonghop"), tables(conn)
    receipt = imported(
        chief,
        ("NS-01", None, None, None, "Đang thực hiện", "thu được", "80"),
        ("NS-02", None, None, None, "Đang thực hiện", None, "75,72"),
        ("TTDH-01", None, None, "KD", "Hoàn thành", "xong 12 tuyến"),
        (None, "Kẻ vạch", "TTDH", "Lam Sơn", "Đang thực hiện", "đã kẻ"),
        (None, "Lắp biển", "TTDH", "Lam Sơn", "Hoàn thành"),
        ("NS-04.LS", None, None, None, "Tạm dừng"),
    )
    assert len({event.group for event in receipt.events}) == 1
    assert {event.reason for event in receipt.events} == {"Nhập từ tệp tuần 8.xlsx"}
    kinds = {Kind(event.kind) for event in receipt.events}
    assert kinds == {Kind.IMPORT, Kind.RECORD, Kind.DONE, Kind.HOLD}
    made = tasks.load(conn, ["TTDH-02.LS", "TTDH-03.LS", "NS-01", "NS-02", "TTDH-01.KD"])
    assert [task.status for task in made.values()] == [
        Status.IN_PROGRESS,
        Status.COMPLETED,
        Status.IN_PROGRESS,
        Status.IN_PROGRESS,
        Status.COMPLETED,
    ]
    after = tables(conn)
    undoing.undo(chief)
    assert tables(conn) == before
    undoing.redo(chief)
    assert tables(conn) == after
    assert receipt.events[0].kind == Kind.IMPORT


def test_each_field_of_a_task_is_set_once(conn: Connection) -> None:
    chief = make.desk(conn, "vpub.tonghop")
    receipt = imported(
        chief,
        ("NS-04.KD", None, None, None, "Hoàn thành", "đủ", "80"),
        ("NS-01", None, None, None, None, None, "80"),
        ("NS-02", None, None, None, "Hoàn thành", "đủ"),
    )
    fields = [(event.ref, event.field) for event in receipt.events if event.field]
    assert len(set(fields)) == len(fields)
    status = {
        event.ref: (event.old, event.new) for event in receipt.events if event.field == "status"
    }
    assert status["NS-04.KD"] == status["NS-02"] == ("not_started", "completed")


def test_rows_of_others_are_refused_by_name_and_the_own_are_written(conn: Connection) -> None:
    ward = make.desk(conn)
    plan = planned(
        ward,
        ("NS-04.LS", None, None, None, None, "của phường khác"),
        ("NS-04.KD", None, None, None, None, "của phường mình"),
        (None, "Việc mới", "TTDH", "Lam Sơn"),
        ("TTDH-01.KD", None, None, "Lam Sơn"),
    )
    assert codes(plan) == ["not-allowed", "not-allowed-lead", "import-other-unit"]
    assert [each.place.row for each in plan.problems] == [2, 4, 5]
    moved = planned(ward, ("TTDH-01.KD", "xong", date(2022, 12, 1)), heads=("Mã", "Kết quả", "Hạn"))
    assert [(each.place.letter, each.error.code) for each in moved.problems] == [  # type: ignore[attr-defined]
        ("C", "supervisor-only")
    ]
    with pytest.raises(Refused) as refused:
        importing.apply(ward, plan, strict=True)
    assert refused.value.code == "import-problems"
    assert {task.code for task in importing.apply(ward, plan).tasks} == {"NS-04.KD"}


@pytest.mark.parametrize(
    ("row", "refusal", "letter"),
    [
        (("TTXD-02.KD", None, None, None, None, None, "5"), "baseline-missing", "G"),
        (("NS-04.KD", None, None, None, None, None, "-5"), "negative-figure", "G"),
        (("NS-04.KD", None, None, None, None, None, "500"), "figure-far-above", "G"),
        (("NS-04.KD", None, None, None, None, None, "9"), "figure-falls", "G"),
    ],
)
def test_what_a_command_would_refuse_is_a_problem_at_its_cell(
    row: tuple[Cell, ...], refusal: str, letter: str, conn: Connection
) -> None:
    ward = make.desk(conn)
    figures.record(ward, "NS-04.KD", Decimal(10), on=date(2022, 11, 1))
    plan = planned(ward, row)
    assert (codes(plan), plan.items) == ([refusal], ())
    assert plan.problems[0].place.letter == letter


def test_another_figure_of_the_same_day_is_a_correction(conn: Connection) -> None:
    ward = make.desk(conn)
    heads = ("Mã", "Số liệu", "Ngày số liệu")
    for day, figure in ((date(2022, 11, 1), 10), (date(2022, 11, 15), 20)):
        figures.record(ward, "NS-04.KD", Decimal(figure), on=day)
    assert planned(ward, ("NS-04.KD", "10", "1/11"), heads=heads).counts[Verdict.SAME] == 1
    assert codes(planned(ward, ("NS-04.KD", "25", "1/11"), heads=heads)) == ["figure-above-later"]
    receipt = imported(ward, ("NS-04.KD", "12", "1/11"), heads=heads)
    (made,) = (event for event in receipt.events if event.entity == "reading")
    assert (made.kind, made.reason) == (Kind.CORRECT, "Nhập từ tệp tuần 8.xlsx")
    undoing.undo(ward)
    valid = readings.valid(readings.of_indicator(conn, "NS-04.KD"))
    assert [int(each.value) for each in valid] == [10, 20]


def test_a_column_of_reasons_lets_a_figure_fall(conn: Connection) -> None:
    ward = make.desk(conn)
    figures.record(ward, "NS-04.KD", Decimal(10), on=date(2022, 11, 1))
    heads = ("Mã", "Số liệu", "Lý do")
    receipt = imported(ward, ("NS-04.KD", "9", "tính lại"), heads=heads)
    assert {event.reason for event in receipt.events} == {"tính lại"}


def test_a_moved_deadline_counts_as_an_extension(conn: Connection) -> None:
    chief = make.desk(conn, "vpub.tonghop")
    receipt = imported(chief, ("TTDH-01.KD", "15/12"), heads=("Mã", "Thời hạn"))
    assert {event.kind for event in receipt.events} == {Kind.EXTEND}
    (task,) = receipt.tasks
    assert (task.due_on, task.extensions) == (date(2022, 12, 15), 1)


def test_officers_come_and_change_by_a_supervisor_only(conn: Connection) -> None:
    heads = ("Tài khoản", "Chức danh", "Đơn vị", "Vai trò")
    rows = (("kd.tuphap", "Tư pháp", "KD", "Cán bộ"), ("ls.vptk", "Văn phòng", "Lam Sơn", "Cán bộ"))
    assert codes(planned(make.desk(conn), *rows, heads=heads)) == ["supervisor-only"] * 2
    chief = make.desk(conn, "vpub.tonghop")
    before = tables(conn)
    imported(chief, *rows, heads=heads)
    assert units.officers(conn)["ls.vptk"].name == "Văn phòng"
    undoing.undo(chief)
    assert tables(conn) == before
    off = planned(chief, rows[0], heads=heads)
    assert codes(off) == ["import-officer-off"]


def test_a_task_that_changed_since_the_preview_refuses_the_whole_import(conn: Connection) -> None:
    ward = make.desk(conn)
    plan = planned(ward, ("NS-04.KD", None, None, None, None, "x"))
    reports.update(ward, ["NS-04.KD"], Report(result="khác"))
    with pytest.raises(StaleEdit):
        importing.apply(ward, plan)


def test_a_command_that_reached_the_file_is_not_done_again(conn: Connection) -> None:
    ward = make.desk(conn)
    plan = planned(ward, ("NS-04.KD", None, None, None, None, "x"))
    first = importing.apply(ward, plan, uuid=UUID)
    assert importing.apply(ward, plan, uuid=UUID) == first
    assert events.head(conn)[1] == first.group


def test_nothing_is_written_to_look_and_a_plan_without_changes_is_refused(conn: Connection) -> None:
    ward = make.desk(conn)
    head = events.head(conn)
    plan = planned(ward, ("NS-04.KD", None, None, None, "Chưa thực hiện"))
    assert (plan.counts[Verdict.SAME], events.head(conn)) == (1, head)
    with pytest.raises(Refused) as refused:
        importing.apply(ward, plan)
    assert refused.value.code == "nothing-to-change"


def test_words_of_work_begin_a_task_and_do_not_make_the_file_differ(conn: Connection) -> None:
    ward = make.desk(conn)
    receipt = imported(ward, ("NS-04.KD", None, None, None, "Chưa thực hiện", "đang chờ kế hoạch"))
    assert [task.status for task in receipt.tasks] == [Status.IN_PROGRESS]


# Whatever a file says

TYPED: dict[str, st.SearchStrategy[Cell]] = {
    "Mã": st.sampled_from(
        [None, "NS-01", "NS-02", "NS-04.KD", "NS-04.LS", "TTDH-01", "TTXD-02.KD"]
    ),
    "Nội dung nhiệm vụ": st.sampled_from([None, None, "Kẻ vạch", "Lắp biển"]),
    "Lĩnh vực": st.sampled_from([None, "TTDH", "Thu ngân sách"]),
    "Đơn vị chủ trì": st.sampled_from([None, None, "KD", "Lam Sơn"]),
    "Tình trạng": st.sampled_from(
        [None, "Đang thực hiện", "Hoàn thành", "Chưa thực hiện", "Tạm dừng", "Chờ xác nhận"]
    ),
    "Số liệu": st.sampled_from([None, "80", "75,72", "12,5%", Decimal("79.4"), 0]),
    "Ngày số liệu": st.one_of(st.none(), st.dates(date(2022, 11, 1), date(2022, 11, 30))),
    "Thời hạn": st.one_of(st.none(), st.dates(date(2022, 10, 1), date(2023, 2, 10))),
    "Kết quả": st.sampled_from([None, "xong", "đang làm"]),
    "Khó khăn": st.sampled_from([None, "Không", "thiếu xe"]),
    "Mức độ hoàn thành": st.sampled_from([None, "50%", "100", "120", 0]),
    "Ngày hoàn thành thực tế": st.one_of(st.none(), st.dates(date(2022, 10, 1), date(2022, 12, 1))),
    "Đầu mối thực hiện": st.sampled_from([None, "kd.vptk", "ls.vptk", "Nguyễn Văn A"]),
    "Điểm chuẩn": st.sampled_from([None, "5", 101]),
}


@settings(max_examples=20)
@given(
    st.lists(st.tuples(*TYPED.values()), min_size=1, max_size=7),
    st.sampled_from(["kd.vptk", "tckh.cv", "vpub.tonghop"]),
)
def test_what_is_promised_is_written_once_and_taken_back(
    founded: Path, rows: list[tuple[Cell, ...]], login: str
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "campaign.sqlite"
        path.write_bytes(founded.read_bytes())
        with closing(open_file(path, writing=True)) as conn:
            desk, heads = make.desk(conn, login), tuple(TYPED)
            plan, before = planned(desk, *rows, heads=heads), tables(conn)
            if not plan.writes:
                return
            importing.apply(desk, plan)
            again = planned(desk, *rows, heads=heads)
            assert again.writes == ()
            assert set(codes(again)) <= set(codes(plan))
            held = tasks.load(conn)
            for item in plan.writes:
                for name, new in item.wishes().items() if item.code else ():
                    stands = getattr(held[item.code or ""], name)
                    assert stands == (new or None) or (name, new) == ("progress", 0)
            undoing.undo(desk)
            assert tables(conn) == before
