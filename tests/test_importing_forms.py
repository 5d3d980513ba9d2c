"""Everyday forms: headings in short, columns that may mean two things, days and shares in doubt."""

from datetime import date
from decimal import Decimal

import pytest

from db.records import Role, Status
from tests import make
from tests.tables import Cell, sheet
from tracker.errors import BadInput
from tracker.importing import Plan, prepare, spelling
from tracker.importing.records import Figure
from tracker.state import State
from tracker.wording import importing as wording

KD = make.officer()
CHIEF = make.officer(login="vpub.tonghop", unit="VPUB", role=Role.SUPERVISOR)
DUE = date(2022, 10, 14)  # of TTDH-01.KD
DONE = ("Mã", "Tình trạng", "Ngày HT")
COUNTED = ("Mã", "Số liệu", "Ngày số liệu")


def read(heads: tuple[Cell, ...], *rows: tuple[Cell, ...], state: State | None = None) -> Plan:
    """Prepare a supervisor's import of one table."""
    return prepare([sheet(heads, *rows)], state or make.state(), officer=CHIEF)


def changes(plan: Plan) -> dict[str, object]:
    """Return the new values of the only item of a plan without problems."""
    assert plan.problems == ()
    (item,) = plan.items
    return {change.field: change.new for change in item.changes}


def codes(plan: Plan) -> list[str]:
    """Return the codes of the problems."""
    return [getattr(each.error, "code", type(each.error).__name__) for each in plan.problems]


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Mã NV", "code"), ("Đầu việc", "title"), ("ĐV thực hiện", "lead"), ("ĐV phối hợp", "coop"),
     ("Đơn vị báo cáo", "lead"), ("Hạn HT", "due_on"), ("Ngày HT thực tế", "claimed_on"),
     ("KQ thực hiện", "result"), ("Vướng mắc, khó khăn", "obstacle"), ("Tồn tại", "obstacle"),
     ("Kiến nghị và đề xuất", "request"), ("Đề nghị", "request"), ("Ngày lấy số", "figure_on"),
     ("Số liệu kỳ này", "figure"), ("Lũy kế đến 22/11/2022", "figure"), ("TH", "figure"),
     ("Kết quả đến ngày 20/11", "result"), ("Thực hiện tháng 11", None), ("Hoàn thành ngày",
     "claimed_on"), ("Ngày hoàn thành", "due_on"), ("KH", None), ("Tỷ lệ đạt", None)],
)  # fmt: skip
def test_headings_are_read_shortened_reordered_and_dated(heading: str, field: str | None) -> None:
    assert spelling.field_of(heading) == field


def test_a_day_beside_finished_work_is_its_day_of_completion_and_moves_no_deadline() -> None:
    for heading in ("Ngày HT", "Ngày hoàn thành", "Thời gian hoàn thành"):
        found = read(("Mã", "Tình trạng", heading), ("TTDH-01.KD", "Hoàn thành", "13/10"))
        assert changes(found) == {"status": Status.COMPLETED, "claimed_on": date(2022, 10, 13)}


def test_in_such_a_table_finished_work_without_its_day_is_asked_for_it() -> None:
    rows = (("TTDH-01.KD", "Hoàn thành", "13/10"), ("TTXD-02.KD", "Hoàn thành", None))
    found = read(DONE, *rows)
    assert codes(found) == ["import-done-day"]


def test_deadlines_that_stand_make_the_column_one_of_deadlines() -> None:
    same = ("NS-04.KD", "Đang thực hiện", "15/12/2022")
    moved = read(DONE, same, ("NS-04.LS", "Đang thực hiện", "20/12/2022"))
    assert [item.wishes().get("due_on") for item in moved.writes] == [None, date(2022, 12, 20)]
    both = read(DONE, same, ("TTDH-01.KD", "Hoàn thành", "13/10"))
    assert codes(both) == ["import-due-or-done"]
    assert [item.code for item in both.writes] == ["NS-04.KD"]


@pytest.mark.parametrize("status", ["Hoàn thành", "Đang thực hiện", None])
def test_what_stays_in_doubt_is_asked_with_both_ways_to_say_it(status: str | None) -> None:
    day = "14/10/2022" if status == "Hoàn thành" else "13/10/2022"
    found = read(("Mã", "Tình trạng", "Ngày hoàn thành"), ("TTDH-01.KD", status, day))
    assert codes(found) == ["import-due-or-done"]
    assert not {"due_on", "claimed_on"} & {key for item in found.writes for key in item.wishes()}
    advice = wording.advice(found.problems[0])
    assert '--map due="Ngày hoàn thành"' in advice
    assert '--map completed_on="Ngày hoàn thành"' in advice


def test_a_mapping_settles_what_a_heading_means() -> None:
    table = sheet(("Mã", "Ngày hoàn thành"), ("TTDH-01.KD", "13/10/2022"))
    for field, name in (("due", "due_on"), ("completed_on", "claimed_on")):
        mapping = {field: "Ngày hoàn thành"}
        found = prepare([table], make.state(), officer=CHIEF, mapping=mapping)
        assert changes(found)[name] == date(2022, 10, 13)


def test_beside_figures_a_day_is_that_of_the_figures() -> None:
    found = read(("Mã", "Số liệu", "Đến ngày"), ("NS-04.KD", "70", "20/11/2022"))
    assert changes(found)["figure"] == Figure(Decimal(70), date(2022, 11, 20))


def test_the_day_in_a_heading_is_that_of_its_figures_or_refused() -> None:
    found = read(("Mã", "Lũy kế đến 20/11"), ("NS-04.KD", "70"))
    assert changes(found)["figure"] == Figure(Decimal(70), date(2022, 11, 20))
    assert codes(read(("Mã", "Lũy kế đến 31/11"), ("NS-04.KD", "70"))) == ["impossible"]


@pytest.mark.parametrize(
    ("head", "said", "field"),
    [("Số liệu", "70", "figure_on"), ("Tình trạng", "Hoàn thành", "completed_on")],
)
def test_today_is_not_made_up_where_a_left_out_column_holds_a_day(
    head: str, said: str, field: str
) -> None:
    for day in ("20/11", date(2022, 11, 20)):
        found = read(("Mã", head, "Mốc chốt sổ"), ("NS-04.KD", said, day))
        assert (codes(found), found.writes) == (["import-undated"], ())
        assert f'--map {field}="Mốc chốt sổ"' in wording.advice(found.problems[0])
    assert read(("Mã", head, "Mốc chốt sổ"), ("NS-04.KD", said, "cuối kỳ")).writes


@pytest.mark.parametrize(
    ("cell", "value"),
    [(Decimal("0.99"), None), ("0,99", None), (1, None), ("0,99%", "0.99"), ("70 % KH", "70"),
     ("70%", "70"), ("70 % hồ sơ", None)],
)  # fmt: skip
def test_a_bare_share_of_what_is_counted_in_per_cent_is_refused(
    cell: Cell, value: str | None
) -> None:
    measure = make.measure(unit="% KH thành phố")
    state = make.state([make.task(code="NS-04.KD", measure=measure)])
    found = read(COUNTED, ("NS-04.KD", cell, "21/11"), state=state)
    if value is None:
        assert found.writes == ()
        assert len(found.problems) == 1
    else:
        assert changes(found)["figure"] == Figure(Decimal(value), date(2022, 11, 21))


def test_a_share_is_taken_where_the_indicator_is_that_small() -> None:
    measure = make.measure(indicator="NS-04.KD", latest=Decimal("0.8"), latest_on=DUE)
    state = make.state([make.task(code="NS-04.KD", measure=measure)])
    found = read(COUNTED, ("NS-04.KD", "0,9", "21/11"), state=state)
    assert changes(found)["figure"] == Figure(Decimal("0.9"), date(2022, 11, 21))


def test_a_rate_is_no_figure_of_things_and_none_beside_a_plan() -> None:
    assert codes(read(("Mã", "Tỷ lệ"), ("TTXD-02.KD", 90))) == ["import-rate"]
    beside = read(("Mã", "Kết quả", "KH", "Tỷ lệ"), ("NS-04.KD", "x", 80, 70))
    assert [each.place.heading for each in beside.unknown] == ["Tỷ lệ"]


def test_what_an_officer_cannot_change_does_not_stop_the_row() -> None:
    rows = [sheet(("Mã", "Thời hạn", "Kết quả"), ("TTDH-01.KD", "Thường xuyên", "xong"))]
    found = prepare(rows, make.state(), officer=KD)
    assert [item.wishes()["result"] for item in found.writes] == ["xong"]
    assert [each.stops for each in found.problems] == [False]
    assert prepare(rows, make.state(), officer=CHIEF).writes == ()
    heads = ("Mã", "Tình trạng", "Ngày hoàn thành")
    for status, stops in (("Đang thực hiện", False), ("Hoàn thành", True)):
        row = sheet(heads, ("TTDH-01.KD", status, "Quý IV"))
        found = prepare([row], make.state(), officer=KD)
        assert [each.stops for each in found.problems] == [stops]


@pytest.mark.parametrize(("said", "day"), [("15-12-22", 15), ("21/12/22", 21), ("22/12/15", None)])
def test_a_year_of_two_digits_is_read_where_only_one_day_fits(said: str, day: int | None) -> None:
    found = read(("Mã", "Thời hạn"), ("TTDH-01.KD", said))
    if day is None:
        assert codes(found) == ["two-digit-year"]
    else:
        assert changes(found) == {"due_on": date(2022, 12, day)}


def test_statuses_are_read_shortened_and_under_the_progress() -> None:
    found = read(("Mã", "Tình trạng"), ("TTDH-01.KD", "Đang TH"))
    assert changes(found) == {"status": Status.IN_PROGRESS}
    under = read(("Mã", "Tiến độ", "Kết quả"), ("TTDH-01.KD", "Đang thực hiện", "x"))
    assert changes(under)["status"] is Status.IN_PROGRESS
    assert changes(read(("Mã", "Tiến độ", "Kết quả"), ("TTDH-01.KD", "Đúng tiến độ", "x")))
    said = read(("Mã", "Tiến độ"), ("TTDH-01.KD", "72,6%"))
    assert codes(said) == ["import-whole-progress"]


def test_a_workstream_is_known_by_the_beginning_of_its_name_if_only_one_begins_so() -> None:
    heads = ("Nội dung nhiệm vụ", "Đơn vị chủ trì", "Lĩnh vực")
    (stream, *_rest) = make.state().workstreams.values()
    begun = " ".join(stream.name.split()[:2])
    assert changes(read(heads, ("Việc hoàn toàn mới", "KD", begun)))["workstream"] == stream.code


def test_names_of_people_are_not_stored_and_initials_replace_no_post() -> None:
    heads = ("Họ và tên", "Chức vụ", "Đơn vị", "Tên đăng nhập")
    found = read(heads, ("Trần B", "CT", "KD", KD.login))
    assert found.used[0].personal == ("Họ và tên",)
    assert (codes(found), found.writes, found.unknown) == (["import-short-post"], (), ())


def test_headings_that_name_no_task_are_named_with_their_row() -> None:
    heads = ("TT", "Mã hồ sơ gốc", "Đơn vị", "Trạng thái", "Số liệu")
    with pytest.raises(BadInput) as caught:
        read(heads, (1, "NS-04.KD", "KD", "Đang TH", 70))
    assert (caught.value.code, caught.value.data["row"]) == ("import-no-key", 1)
    assert caught.value.data["strange"] == ("Mã hồ sơ gốc",)


def test_a_heading_that_is_not_there_is_answered_with_those_that_are() -> None:
    rows = [sheet(("Mã", "Kết quả"), ("NS-04.KD", "không còn cột nào"))]
    with pytest.raises(BadInput) as caught:
        prepare(rows, make.state(), mapping={"due": "Không có cột này"})
    assert caught.value.data["nearest"] == ("Mã", "Kết quả")


def test_the_newest_figure_of_a_measure_in_json_is_a_figure() -> None:
    heads = ("code", "measure", "measure.latest", "measure.latest_on")
    found = read(heads, ("NS-04.KD", None, Decimal("70.5"), "2022-11-20"))
    assert changes(found)["figure"] == Figure(Decimal("70.5"), date(2022, 11, 20))
    assert found.unknown == ()
