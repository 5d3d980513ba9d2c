"""Which task a row means, and whose it is, where a sheet does not say it plainly: never a guess."""

from dataclasses import replace

import pytest

from db.records import Status
from tests import make
from tests.tables import Cell, sheet
from tests.test_importing import CHIEF, KD, changes, code, only, plan, problem
from tracker import i18n
from tracker.errors import BadInput
from tracker.importing import Plan, Verdict, guesses, likeness, prepare
from tracker.sheets import Merged
from tracker.state import State
from tracker.wording import importing as wording

TAXES = "Đôn đốc thu nộp các khoản nợ thuế"
TITLED = ("Nội dung", "Đơn vị", "Kết quả")


def copies(first: str = "KD") -> State:
    """Return a campaign with one task for each of two wards, and another."""
    wards = sorted(("KD", "LS"), key=lambda ward: ward != first)
    both = [make.task(code=f"NS-04.{ward}", title=TAXES, lead=ward) for ward in wards]
    return make.state([*both, make.task(code="TTDH-01.KD")])


def of(found: Plan) -> list[str | None]:
    """Return the codes of the tasks that a plan changes."""
    return [item.code for item in found.writes]


def codes(found: Plan) -> list[str]:
    return [str(getattr(each.error, "code", type(each.error).__name__)) for each in found.problems]


# Whose a row is


def test_a_merged_unit_holds_for_each_of_its_rows() -> None:
    table = sheet(
        TITLED,
        (TAXES, "Lam Sơn", "một"),
        (make.task().title, "Kênh Dương", "hai"),
        (TAXES, None, "ba"),
    )
    found = prepare([replace(table, merged=(Merged(1, 3, 4),))], copies(), officer=CHIEF)
    assert (of(found), found.problems) == (["NS-04.LS", "TTDH-01.KD", "NS-04.KD"], ())


def test_a_blank_unit_beside_units_of_others_is_not_the_own() -> None:
    rows: tuple[tuple[Cell, ...], ...] = ((TAXES, "Lam Sơn", "một"), (TAXES, None, "hai"))
    found = plan(*rows, heads=TITLED, state=copies())
    assert (of(found), codes(found)) == (["NS-04.LS"], ["import-which"])
    rows = ((TAXES, None, "một"), (make.task().title, "phường D.Kênh", "hai"))
    assert codes(plan(*rows, heads=TITLED, state=copies()))[0] == "import-which"
    rows = ((TAXES, None, "một"), (make.task().title, "KD", "hai"))
    assert of(plan(*rows, heads=TITLED, state=copies())) == ["NS-04.KD", "TTDH-01.KD"]


@pytest.mark.parametrize(
    "above",
    [
        "UBND PHƯỜNG LAM SƠN",
        "(Kèm theo Báo cáo số 5/BC-UBND của UBND P. Lam Sơn)",
        "Lam Sơn",
    ],
)
def test_rows_under_the_name_of_another_ward_are_not_the_own(above: str) -> None:
    rows = (("Nội dung", "Kết quả"), (TAXES, "một"))
    found = prepare([sheet((above,), *rows)], copies(), officer=KD)
    assert (of(found), codes(found)) == ([], ["import-which"])
    found = prepare([sheet(*rows, name="Lam Sơn")], copies(), officer=KD)
    assert codes(found) == ["import-which"]
    for own in ("UBND PHƯỜNG KÊNH DƯƠNG", "BÁO CÁO TUẦN", "UBND QUẬN LÊ CHÂN"):
        assert of(prepare([sheet((own,), *rows)], copies(), officer=KD)) == ["NS-04.KD"]


def test_a_column_left_out_that_names_another_unit_leaves_nothing_to_guess() -> None:
    heads = ("Nội dung", "Nơi gửi lên", "Kết quả")
    assert codes(plan((TAXES, "UBND phường Lam Sơn", "x"), heads=heads, state=copies())) == [
        "import-which"
    ]
    assert of(plan((TAXES, "ngoài giờ", "x"), heads=heads, state=copies())) == ["NS-04.KD"]


def test_the_copy_of_one_ward_is_not_given_to_another() -> None:
    row = ("NS-04.LS", None, "Kênh Dương", None, "x")
    found = plan(row, state=copies(), officer=CHIEF)
    assert code(found) == "import-other-unit"
    i18n.set_language("vi")
    assert wording.reason(problem(found)) == (
        "NS-04.LS là nhiệm vụ giao cho Lam Sơn, nhưng dòng này ghi Kênh Dương."
    )


def test_a_section_of_an_office_does_not_contradict_the_codes_of_wards_below() -> None:
    heads = ("Mã", "Nội dung", "Kết quả")
    rows = ((None, "Phòng Tài chính - Kế hoạch"), ("NS-04.KD", None, "x"))
    assert of(plan(*rows, heads=heads, state=copies())) == ["NS-04.KD"]
    rows = ((None, "Phường Lam Sơn"), ("NS-04.KD", None, "x"))
    assert code(plan(*rows, heads=heads, state=copies())) == "import-other-unit"


def test_a_table_with_a_column_for_each_ward_is_named_as_one() -> None:
    with pytest.raises(BadInput) as refused:
        plan(
            (1, TAXES, "60%", "x"), heads=("STT", "Nội dung", "Lam Sơn", "Kênh Dương", "P. Lam Sơn")
        )
    assert (refused.value.code, refused.value.data["n"]) == ("import-matrix", 3)


# Titles


@pytest.mark.parametrize(
    "title",
    [
        f"1. {TAXES}",
        f"- {TAXES};",
        f"a) {TAXES}.",
        "DON DOC THU, NOP CAC KHOAN NO THUE",
        "II. Đôn đốc thu nộp các khoản nợ thuê",
    ],
)
def test_a_title_that_finds_its_task_does_not_rename_it(title: str) -> None:
    for officer in (KD, CHIEF):
        found = plan((title, "KD", "xong"), heads=TITLED, state=copies(), officer=officer)
        assert set(changes(found)) - {"status"} == {"result"}
        assert only(plan(("NS-04.KD", title), state=copies(), officer=officer)).verdict is (
            Verdict.SAME
        )


@pytest.mark.parametrize(
    "title",
    [
        "Đôn đốc thu nộp các khoản thuế",
        "Đôn đốc thu nộp khoản nợ thuế",
        "Đôn đôc thu nộp các khoản nợ thuếe",
    ],
)
def test_a_title_near_to_that_of_a_task_is_no_new_task(title: str) -> None:
    found = plan(
        (title, "KD", "NS"),
        heads=("Nội dung", "Đơn vị", "Lĩnh vực"),
        state=copies(),
        officer=CHIEF,
    )
    assert (code(found), getattr(problem(found).error, "data", {})["code"]) == (
        "import-near",
        "NS-04.KD",
    )


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("Giải quyết hồ sơ TTHC đúng hạn", "Giải quyết hồ sơ thủ tục hành chính đúng hạn", True),
        ("Tập huấn cán bộ đợt 1", "Tập huấn cán bộ đợt 2", False),
        ("Báo cáo tình hình quý I", "Báo cáo tình hình quý II", False),
        ("Cài đặt VNeID cho công dân", "Cài đặt VNeID cho cán bộ", False),
        ("Giải phóng mặt bằng dự án Hoàng Huy", "Giải phóng mặt bằng dự án Hồ Sen", False),
        ("Thu phí", "Thu thuế", False),
    ],
)
def test_near_titles_differ_in_a_word_that_lacks_or_is_misspelt(
    one: str, other: str, is_near: bool
) -> None:
    assert likeness.is_near(one, other) is likeness.is_near(other, one) is is_near


def test_a_wholly_different_title_beside_a_code_is_asked_about() -> None:
    found = plan(("NS-04.KD", "Việc khác hẳn"), state=copies(), officer=CHIEF)
    assert code(found) == "import-other-title"


def test_rows_that_slipped_are_told_by_the_copy_of_the_same_ward() -> None:
    found = plan(("TTDH-01.KD", TAXES), state=copies(first="LS"))
    assert getattr(problem(found).error, "data", {})["other"] == "NS-04.KD"


# Letters that were lost


def test_a_row_whose_letters_were_lost_is_left_out_whole() -> None:
    rows = (
        ("TTDH-01.KD", None, None, None, "ÄÃ£ thu ÄÆ°á»£c", "tắc"),
        ("NS-04.KD", None, None, None, "xong chưa?"),
    )
    found = plan(*rows, state=copies())
    assert (of(found), codes(found)) == (["NS-04.KD"], ["import-spoilt"])
    assert found.problems[0].place.letter == "E"


def test_a_file_whose_letters_were_lost_is_refused_before_its_headings_are_sought() -> None:
    with pytest.raises(BadInput) as refused:
        plan(("KD-1", "?ang th?c hi?n"), ("KD-2", "ti?n ?? ch?m"), heads=("Mã", "K?t qu? th?c"))
    assert refused.value.code == "import-spoilt-file"


# Places and guesses


def test_what_is_hidden_in_a_workbook_is_said() -> None:
    table = replace(sheet(("Mã", "Kết quả"), ("TTDH-01.KD", "x")), hidden_rows=(2,))
    hidden = replace(sheet(name="Nháp cũ"), is_hidden=True)
    found = prepare([table, hidden], copies(), officer=KD)
    assert (found.hidden, found.left_out, found.used[0].hidden_rows) == (("Nháp cũ",), (), (2,))
    i18n.set_language("vi")
    assert wording.sheets(found) == [
        "Trang ẩn, không nhập: Nháp cũ",
        "Trang Sheet1: nhập cả 1 dòng đang bị ẩn (2)",
    ]


def test_a_problem_of_an_object_is_placed_by_its_code_or_by_counting() -> None:
    rows = (("code", "status"), (None, "lạ"), ("TTDH-01.KD", "lạ"))
    found = prepare([replace(sheet(*rows), of_objects=True)], copies(), officer=KD)
    i18n.set_language("vi")
    assert [wording.place(each.place) for each in found.problems] == [
        'đối tượng thứ 1, "status"',
        'TTDH-01.KD, "status"',
    ]


def test_guesses_are_few_and_likely() -> None:
    assert guesses.statuses("Đạt") == ()
    assert guesses.statuses("Hoàn thành 98,6%") == (Status.COMPLETED,)
    units = make.state().units.values()
    assert guesses.units("15 phường", units, list(units)) == ()
    assert [unit.code for unit in guesses.units("Dương Kênh", units, ())] == ["KD"]
    assert code(plan((TAXES, "UBND phường Lam Sơn, Kênh Dương", "x"), heads=TITLED)) == (
        "import-units"
    )
