"""Reading a sheet as changes: headings, cells, which task a row means, what stands in its way."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records import Role, Status, Task
from tests import make
from tests.tables import Cell, sheet
from tracker import i18n, rules
from tracker.errors import BadInput
from tracker.importing import Item, Plan, Problem, Verdict, prepare, spelling, words
from tracker.importing.fields import HEADINGS, LEFT_ALONE
from tracker.importing.records import SHOWN, Figure, Place
from tracker.sheets.records import Fault, Sheet, Unread
from tracker.state import State
from tracker.vietnamese import fold
from tracker.wording import importing as wording
from tracker.wording import labels

HEADS = (
    "Mã",
    "Nội dung nhiệm vụ",
    "Đơn vị chủ trì",
    "Tình trạng",
    "Kết quả",
    "Khó khăn",
    "Số liệu",
)
KD = make.officer()
CHIEF = make.officer(login="vpub.tonghop", unit="VPUB", role=Role.SUPERVISOR)


def plan(*rows: tuple[Cell, ...], heads: tuple[Cell, ...] = HEADS, **more: object) -> Plan:
    """Prepare the import of one table by the officer of ward KD."""
    state = more.pop("state", None) or make.state()
    assert isinstance(state, State)
    return prepare([sheet(heads, *rows)], state, officer=more.pop("officer", KD), **more)  # type: ignore[arg-type]


def only(found: Plan) -> Item:
    """Return the one item of a plan without problems."""
    assert found.problems == ()
    (item,) = found.items
    return item


def changes(found: Plan) -> dict[str, object]:
    """Return the new values of the only item."""
    return {change.field: change.new for change in only(found).changes}


def problem(found: Plan) -> Problem:
    """Return the only problem of a plan without items that change anything."""
    assert found.writes == ()
    (one,) = found.problems
    return one


def code(found: Plan) -> str:
    """Return the code of the only problem."""
    return str(getattr(problem(found).error, "code", type(problem(found).error).__name__))


# Headings


def test_every_heading_means_one_field_and_none_is_left_alone_too() -> None:
    spelled = [(spelling.key(each), field) for field, all in HEADINGS.items() for each in all]
    assert len({key for key, _ in spelled}) == len(spelled)
    assert not {spelling.key(each) for each in LEFT_ALONE} & {key for key, _ in spelled}


def test_headings_stand_under_title_rows_over_two_rows_and_above_their_numbers() -> None:
    found = prepare(
        [
            sheet(
                ("UBND PHƯỜNG KÊNH DƯƠNG",),
                ("BÁO CÁO TUẦN (tính đến ngày 20/11/2022)",),
                (),
                (
                    "TT",
                    "MÃ",
                    "Nội dung  nhiệm vụ (*)",
                    "Tình hình thực hiện",
                    None,
                    "Gia hạn",
                    None,
                ),
                (None, None, None, "Kết quả", "Khó khăn, vướng mắc", "Số lần", "Mốc cũ"),
                ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
                (1, "TTDH-01.KD", None, "xong", "thiếu xe", 1, "14/10"),
            )
        ],
        make.state(),
    )
    (used,) = found.used
    assert (used.row, used.figures_on) == (5, date(2022, 11, 20))
    assert set(used.headings) == {"code", "title", "result", "obstacle"}
    assert (found.unknown, [(place.row, why) for place, why in found.skipped]) == (
        (),
        [(6, "numbers")],
    )
    assert changes(found)["obstacle"] == "thiếu xe"


def test_an_unknown_heading_is_named_with_the_nearest_and_can_be_mapped() -> None:
    rows = ((*HEADS[:2], "Kết qả tuần", None), ("TTDH-01.KD", None, "xong", "lạc"))
    found = plan(*rows[1:], heads=rows[0])
    assert [(each.place.letter, each.place.heading) for each in found.unknown] == [
        ("C", "Kết qả tuần"),
        ("D", ""),
    ]
    assert spelling.nearest("Kết qả", {}) == ("Kết quả",)
    for mapping in ({"result": "Kết qả tuần"}, {"Kết quả": "kết qả TUẦN"}):
        assert changes(plan(*rows[1:], heads=rows[0], mapping=mapping))["result"] == "xong"
    assert changes(plan(*rows[1:], heads=rows[0], saved={"result": "Kết qả tuần"}))
    assert plan(*rows[1:], heads=rows[0], saved={"owner": "Nowhere"}).unknown


@pytest.mark.parametrize(
    ("mapping", "refusal"),
    [({"resultt": "Mã"}, "import-field"), ({"result": "Kết qảaa"}, "import-heading")],
)
def test_a_mapping_is_checked_both_ways(mapping: dict[str, str], refusal: str) -> None:
    with pytest.raises(BadInput) as refused:
        plan(("TTDH-01.KD",), mapping=mapping)
    assert refused.value.code == refusal


def test_a_file_without_headings_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadInput) as refused:
        prepare([sheet(("a", "b"), ("c", "d"))], make.state())
    assert refused.value.data["known"] == (
        "Mã",
        "Nội dung nhiệm vụ",
        "Đơn vị chủ trì",
        "Tình trạng",
    )


def test_a_day_of_completion_stands_beside_a_deadline() -> None:
    row, heads = ("TTDH-01.KD", "Hoàn thành", "13/10"), ("Mã", "Trạng thái", "Ngày hoàn thành")
    alone = plan(row[::2], heads=heads[::2])
    assert code(alone) == "import-due-or-done"
    beside = plan((*row, "Xong đúng hạn", "14/10"), heads=(*heads, "Tình trạng", "Thời hạn"))
    assert (beside.unknown, changes(beside)["claimed_on"]) == ((), date(2022, 10, 13))


def test_of_many_sheets_the_fullest_counts_with_those_of_its_form() -> None:
    full = (HEADS, ("TTDH-01.KD", None, None, None, "xong"))
    sheets = [
        sheet(("Tên đơn vị", "Tổng số"), ("Kênh Dương", 3), name="Tổng hợp"),
        sheet(*full, name="Kênh Dương"),
        sheet(HEADS, ("NS-04", None, "LS", None, "x"), name="Lam Sơn"),
        sheet(("Mã", "Nội dung nhiệm vụ", "KD", "LS"), ("NS-04", "Nợ", 1, 2), name="Ma trận"),
        sheet(("Tài khoản", "Chức danh", "Đơn vị"), ("kd.b", "Tư pháp", "KD"), name="Cán bộ"),
    ]
    found = prepare(sheets, make.state(), officer=CHIEF)
    assert found.left_out == ("Tổng hợp", "Ma trận")
    assert [item.code for item in found.items] == ["TTDH-01.KD", "NS-04.LS", "kd.b"]


# Which rows, which task


def test_sections_totals_and_signatures_hold_no_task_and_are_counted() -> None:
    found = plan(
        ("I", "LĨNH VỰC TRẬT TỰ ĐƯỜNG HÈ"),
        (None, "Phường Lam Sơn"),
        (None, "Kẻ vạch sơn"),
        ("II", "Công tác khác"),
        ("NS-04.KD", None, None, None, "thu được"),
        ("Tổng cộng", None, None, 5),
        (None, None, None, None, None, "NGƯỜI LẬP BIỂU"),
        (None, "Lê Chân, ngày 22 tháng 11 năm 2022"),
        officer=CHIEF,
    )
    assert [(place.row, why.value) for place, why in found.skipped] == [
        (2, "section"),
        (3, "section"),
        (5, "section"),
        (7, "total"),
        (8, "below"),
        (9, "below"),
    ]
    new = found.items[0]
    assert (new.verdict, new.title) == (Verdict.NEW, "Kẻ vạch sơn")
    assert new.wishes() == {"title": "Kẻ vạch sơn", "workstream": "TTDH", "lead": "LS"}


@pytest.mark.parametrize(
    ("said", "lead"),
    [("NS-04.KD", None), ("ns04.kd", None), ("NS 04 KD", None), ("NS-4", "P. Kênh Dương"),
     ("NS-04", "KD"), ("NS-04", None)],
)  # fmt: skip
def test_a_code_is_found_as_people_write_it(said: str, lead: str | None) -> None:
    assert only(plan((said, None, lead, None, "x"))).code == "NS-04.KD"


def test_a_row_without_a_code_is_the_task_of_that_unit_with_that_title() -> None:
    title = "ĐÔN ĐỐC THU NỘP các khoản nợ thuế"
    for lead, meant in (
        (None, "NS-04.KD"),
        ("Lam Sơn", "NS-04.LS"),
        ("UBND phường Lam Sơn", "NS-04.LS"),
    ):
        assert only(plan((None, title, lead, None, "x"))).code == meant
    assert only(plan((1, title, None, None, "x"))).code == "NS-04.KD"
    assert code(plan((None, title, None, None, "x"), officer=CHIEF)) == "import-which"


@pytest.mark.parametrize(
    ("row", "refusal", "letter"),
    [
        (("NS-40.KD", None, None, None, "x"), "import-code", "A"),
        ((None, None, None, None, "một ghi chú lạc", "chỗ", "khác"), "import-no-task", "E"),
        ((None, "Việc mới", None, None, "x"), "import-workstream-needed", "B"),
        (("NS-04.KD", "Ra quân lập lại trật tự đường hè"), "import-misfit", "A"),
        (("NS-04.KD", None, "Lam Sn"), "UnknownName", "C"),
        (("NS-04.KD", None, None, "đang nửa chừng"), "import-status", "D"),
        (("NS-04.KD", None, None, None, None, None, "72.6"), "dot-decimal", "G"),
        (("NS-04.KD", None, None, None, None, None, "1,234.5"), "mixed", "G"),
        (("NS-04.KD", None, None, None, None, None, "350 triệu"), "money-word", "G"),
        (("NS-04.KD", None, None, None, None, None, "đã ra quân"), "not-a-number", "G"),
        (("TTDH-01.KD", None, None, None, None, None, "5"), "import-not-measured", "G"),
        (("TTDH-01.KD", None, None, Unread(Fault.ERROR, "#REF!")), "import-unread", "D"),
        (("TTDH-01.KD", None, None, None, "x" * 2001), "TextTooLong", "E"),
    ],
)  # fmt: skip
def test_a_problem_names_cell_and_heading_and_never_the_whole_text(
    row: tuple[Cell, ...], refusal: str, letter: str
) -> None:
    found = plan(row)
    assert code(found) == refusal
    place = problem(found).place
    assert (place.row, place.letter, place.heading) == (2, letter, HEADS["ABCDEFG".index(letter)])
    assert wording.reason(problem(found))
    assert "x" * (SHOWN + 1) not in wording.reason(problem(found))


# Cells


@pytest.mark.parametrize(
    ("cell", "day"),
    [("15/12", (2022, 12, 15)), ("15-12-2022", (2022, 12, 15)), ("2022-12-15", (2022, 12, 15)),
     ("2022-12-15 00:00:00", (2022, 12, 15)), ("ngày 15 tháng 12 năm 2022", (2022, 12, 15)),
     ("5.1", (2023, 1, 5)), (date(2022, 12, 15), (2022, 12, 15))],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(cell: Cell, day: tuple[int, int, int]) -> None:
    found = plan(("TTDH-01.KD", cell), heads=("Mã", "Thời hạn"))
    assert changes(found) == {"due_on": date(*day)}


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("trước 15/12", "15/12"), ("trong tháng 12", ""), ("thứ sáu", ""), (44910, "15/12/2022"),
     ("12/15/2022", "15/12/2022"), ("22/11/15", "22/11/2015"), ("10/12 - 15/12", "10/12")],
)  # fmt: skip
def test_a_day_that_must_be_guessed_is_refused_with_what_it_may_mean(
    cell: Cell, meant: str
) -> None:
    found = problem(plan(("TTDH-01.KD", cell), heads=("Mã", "Thời hạn")))
    assert wording.suggestions(found)[:1] == ([meant] if meant else [])


@pytest.mark.parametrize(
    ("cell", "value"), [("12,5%", "12.5"), (Decimal("12.5"), "12.5"), ("1.012", "1012"), (12, "12")]
)
def test_a_figure_is_of_the_day_of_the_import_unless_one_is_written(cell: Cell, value: str) -> None:
    row = ("NS-04.KD", None, None, None, None, None, cell)
    assert only(plan(row)).figures() == [Figure(Decimal(value), date(2022, 11, 22))]
    dated = plan(
        ("NS-04.KD", cell, "20/11", "tuần 3"), heads=("Mã", "Lũy kế", "Ngày số liệu", "Ghi chú")
    )
    (figure,) = only(dated).figures()
    assert (figure.on, figure.note) == (date(2022, 11, 20), "tuần 3")


def test_a_figure_that_stands_is_no_change() -> None:
    task = make.task(
        code="NS-04.KD",
        measure=make.measure(latest=Decimal("12.345678"), latest_on=date(2022, 11, 1)),
    )
    state = make.state([task])
    for cell in ("12,35", "12,345678"):
        found = plan(("NS-04.KD", None, None, None, None, None, cell), state=state)
        assert only(found).verdict is Verdict.SAME
    dated = plan(
        ("NS-04.KD", "12,35", "20/11"), heads=("Mã", "Lũy kế", "Ngày số liệu"), state=state
    )
    assert only(dated).verdict is Verdict.CHANGED


def test_every_label_of_a_status_or_state_is_understood() -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        for status in Status:
            assert words.status(labels.status(status)) == words.Said(status)
            assert words.status(status.value) == words.Said(status)
        for status in Status:
            task = make.task(
                status=status, claimed_on=date(2022, 10, 20), completed_on=date(2022, 11, 1)
            )
            for day in (date(2022, 10, 1), date(2022, 10, 13), date(2022, 10, 20)):
                late = rules.lateness(task, day)
                for label in (labels.state(task, late), labels.state_in_brief(task, late)):
                    said = words.status(label) if label else words.Said(None)
                    assert said is not None, label
                    assert said.status in (None, status), label


@pytest.mark.parametrize(
    "cell", ["Không", "-", "không có khó khăn, vướng mắc", "Hết", "Không còn."]
)
def test_no_obstacle_clears_the_one_that_stands(cell: str) -> None:
    held = make.task(obstacle="thiếu xe", obstacle_on=date(2022, 11, 1), status=Status.IN_PROGRESS)
    row = ("TTDH-01.KD", None, None, None, None, cell)
    assert changes(plan(row, state=make.state([held]))) == {"obstacle": ""}
    assert only(plan(row)).verdict is Verdict.SAME


def test_an_empty_cell_leaves_what_stands() -> None:
    held = make.task(result="đã họp", obstacle="thiếu xe", status=Status.IN_PROGRESS)
    for cell in (None, "-", "…"):
        row = ("TTDH-01.KD", None, None, None, cell)
        assert only(plan(row, state=make.state([held]))).verdict is Verdict.SAME


def test_an_owner_who_is_no_officer_loses_the_cell_only() -> None:
    found = plan(
        ("TTDH-01.KD", "Nguyễn Văn A", "xong"), heads=("Mã", "Đầu mối thực hiện", "Kết quả")
    )
    assert [change.field for change in found.items[0].changes] == ["result", "status"]
    assert [(each.stops, each.place.letter) for each in found.problems] == [(False, "B")]


def test_the_progress_of_a_measured_task_is_left_out_unless_its_figures_say_the_same() -> None:
    heads = ("Mã", "Mức độ hoàn thành", "Kết quả")
    found = plan(("NS-04.KD", "60%", "x"), heads=heads)
    assert [change.field for change in found.items[0].changes] == ["result", "status"]
    assert [(each.stops, each.place.letter) for each in found.problems] == [(False, "B")]
    half = make.measure(latest=Decimal(40), latest_on=date(2022, 11, 1))
    state = make.state([make.task(code="NS-04.KD", measure=half)])
    assert only(plan(("NS-04.KD", "50%"), heads=heads[:2], state=state)).verdict is Verdict.SAME


def test_units_are_read_one_after_another() -> None:
    for cell in ("Lam Sơn, Phòng Tài chính - Kế hoạch", "LS; TCKH", "P. Lam Sơn\nTC-KH", "LS/TCKH"):
        found = plan(("TTDH-01.KD", cell), heads=("Mã", "Đơn vị phối hợp"))
        assert changes(found) == {"coop": ("LS", "TCKH")}


# Statuses


DONE = ("Mã", "Tình trạng", "Ngày hoàn thành thực tế")


def test_done_is_of_the_written_day_or_of_the_import() -> None:
    assert changes(plan(("TTDH-01.KD", "Hoàn thành", "13/10"), heads=DONE)) == {
        "status": Status.AWAITING,
        "claimed_on": date(2022, 10, 13),
    }
    at_once = plan(("TTDH-01.KD", "đã hoàn thành"), heads=DONE[:2], officer=CHIEF)
    assert changes(at_once) == {"status": Status.COMPLETED, "claimed_on": date(2022, 11, 22)}
    assert code(plan(("TTDH-01.KD", "Hoàn thành", None), heads=DONE)) == "import-done-day"
    assert code(plan(("TTDH-01.KD", "Hoàn thành đúng hạn"), heads=DONE[:2])) == "import-timely"
    assert (
        code(plan(("TTDH-01.KD", "Đang thực hiện", "13/10"), heads=DONE)) == "import-day-not-done"
    )


def test_what_is_done_already_is_the_same_but_not_on_another_day() -> None:
    for status in (Status.AWAITING, Status.COMPLETED):
        state = make.state([make.task(status=status, claimed_on=date(2022, 10, 13))])
        for row in (("Hoàn thành", "13/10"), ("Chờ xác nhận", None), ("Xong đúng hạn", None)):
            assert only(plan(("TTDH-01.KD", *row), heads=DONE, state=state)).verdict is Verdict.SAME
        other = plan(("TTDH-01.KD", "Hoàn thành", "14/10"), heads=DONE, state=state)
        assert code(other) == "import-claimed"


@pytest.mark.parametrize(
    ("held", "said"),
    [(Status.COMPLETED, "Đang thực hiện"), (Status.AWAITING, "Chưa thực hiện"),
     (Status.IN_PROGRESS, "Chưa thực hiện"), (Status.WITHDRAWN, "Hoàn thành")],
)  # fmt: skip
def test_a_file_never_takes_a_task_back(held: Status, said: str) -> None:
    state = make.state([make.task(status=held, claimed_on=None)])
    assert code(plan(("TTDH-01.KD", said), heads=DONE[:2], state=state)) == "import-backwards"


def test_a_derived_state_says_nothing() -> None:
    for said in (
        "Trong hạn",
        "Quá hạn 3 ngày",
        "Sắp đến hạn",
        "Chưa HT quá hạn",
        "Chưa hoàn thành",
    ):
        assert only(plan(("TTDH-01.KD", said), heads=DONE[:2])).verdict is Verdict.SAME


# Rows together


def test_rows_about_one_task_are_joined_unless_they_contradict_each_other() -> None:
    one = ("NS-04", None, "KD", None, "thu được")
    found = plan(one, ("NS-04.KD", None, None, None, None, "thiếu người"))
    assert [place.row for place in only(found).places] == [2, 3]
    assert {change.field for change in only(found).changes} >= {"result", "obstacle"}
    refused = problem(plan(one, ("NS-04.KD", None, None, None, "chưa thu")))
    assert (refused.place.row, [place.row for place in refused.others]) == (3, [2])


def test_two_figures_of_one_indicator_do_not_fight() -> None:
    first, second = ("NS-01", "80"), ("NS-02", "75,72")
    found = plan(first, second, heads=("Mã", "Số liệu"))
    assert [item.figures() for item in found.items] == [
        [Figure(Decimal(80), date(2022, 11, 22))],
        [],
    ]
    against = plan(first, ("NS-02", "80"), heads=("Mã", "Số liệu"))
    assert against.items == ()
    assert [each.place.row for each in against.problems] == [2, 3]


def test_officers_are_read_with_their_unit_and_role() -> None:
    heads = ("Tài khoản", "Chức danh", "Đơn vị", "Vai trò")
    found = plan(
        ("KD.TuPhap", "Tư pháp, P. Kênh Dương", "Kênh Dương", "Cán bộ"),
        ("kd.vptk", KD.name, "KD", "officer"),
        ("kd b", "x", "KD"),
        heads=heads,
        officer=CHIEF,
    )
    assert [(item.code, item.verdict) for item in found.items] == [
        ("kd.tuphap", Verdict.NEW),
        ("kd.vptk", Verdict.SAME),
    ]
    assert [each.place.letter for each in found.problems] == ["A"]


# Fonts, and everything that a cell may hold


def test_a_legacy_font_is_refused_or_converted_and_shown() -> None:
    old = sheet(
        ("M·", "Néi dung nhiÖm vô", "KÕt qu¶"),
        ("TTDH-01.KD", "Ra qu©n lËp l¹i trËt tù ®­êng hÌ", "§· ra qu©n 12 tuyÕn ®­êng"),
    )
    with pytest.raises(BadInput) as refused:
        prepare([old], make.state())
    assert refused.value.data == {"font": "tcvn3"}
    found = prepare([old], make.state(), legacy="tcvn3")
    assert changes(found)["result"] == "Đã ra quân 12 tuyến đường"
    assert [each.place.letter for each in found.converted if each.place.row == 2] == ["B", "C"]


def test_columns_are_lettered_as_a_spreadsheet_does() -> None:
    assert [Place("", 1, n).letter for n in (None, 0, 25, 26, 701, 702, 16383)] == [
        "", "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.sampled_from(
        ["NS-04", "TTDH-01.KD", "KD", "Lam Sơn", "I", "Tổng cộng", "Hoàn thành", "15/12", "12,5%",
         "-", "Không", "72.6", "(1)", "Thu ngân sách", "Chưa thực hiện", "Kẻ vạch"]
    ),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.booleans(),
    st.builds(Unread, st.sampled_from(Fault), st.text(max_size=80)),
)  # fmt: skip
ALL = tuple(names[0] for names in HEADINGS.values())


@settings(max_examples=60)
@given(st.lists(st.lists(CELLS, max_size=10).map(tuple), max_size=6), st.permutations(ALL))
def test_whatever_the_cells_hold_each_row_is_used_or_named(
    rows: list[tuple[Cell, ...]], order: list[str]
) -> None:
    table = sheet(("Mã", *(each for each in order if each != "Mã")), *rows)
    try:
        found = prepare([table], make.state(), officer=CHIEF)
    except BadInput as refusal:
        if refusal.code != "import-legacy":
            raise
        return
    named = {place.row for item in found.items for place in item.places}
    named |= {each.place.row for each in found.problems}
    named |= {place.row for place, _ in found.skipped}
    held = {row.number for row in table.rows[1:] if _says_something(row.cells, table)}
    assert held <= named
    for each in found.problems:
        assert longest_run(each) <= SHOWN
        assert wording.reason(each)
        assert isinstance(wording.advice(each), str)
        assert isinstance(wording.suggestions(each), list)


def longest_run(found: Problem) -> int:
    """Return the length of the longest text in the data of a problem."""
    error = found.error
    data = vars(error).get("data") or {"text": getattr(error, "text", getattr(error, "query", ""))}
    return max((len(text) for text in data.values() if isinstance(text, str)), default=0)


@pytest.mark.parametrize("vast", ["1E+999999", "-1E+400", "1E-999999", "Infinity", "NaN"])
def test_a_vast_number_is_refused_wherever_it_stands(vast: str) -> None:
    for field in HEADINGS:
        if field in ("login", "name", "unit", "role", "note", "document", "figure_on"):
            continue
        heads = (*dict.fromkeys((HEADINGS[field][0], "Mã", "Đơn vị")),)
        row = (Decimal(vast), *("NS-04.KD", "KD")[: len(heads) - 1])
        assert plan(row, heads=heads).problems


def _says_something(cells: tuple[Cell, ...], table: Sheet) -> bool:
    return any(cell is not None for cell in cells[: len(table.rows[0].cells)])


def test_the_same_state_and_sheets_give_the_same_plan() -> None:
    rows = (("NS-04", None, "KD", None, "x"), (None, "Kẻ vạch", "KD"), ("zz",))
    assert repr(plan(*rows)) == repr(plan(*rows))
    assert fold(repr(plan(*rows)))


def test_a_task_keeps_its_title_in_other_capitals() -> None:
    task: Task = make.task()
    assert only(plan((task.code, task.title.upper()))).verdict is Verdict.SAME
    near = "Ra quân lập lại trật tự đường hè, vệ sinh"
    assert changes(plan((task.code, near), officer=CHIEF)) == {"title": near}
    assert only(plan((task.code, near))).verdict is Verdict.SAME
    assert code(plan((task.code, "Tên khác"), officer=CHIEF)) == "import-other-title"
