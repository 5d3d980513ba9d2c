"""Adding a task and editing one: what is offered, what is written, where the cursor stands."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from textual.widget import Widget

from db.records import Kind, Status
from tests import make
from tests.boards import Driver, board, elsewhere
from tracker.operations import planning, reports
from tracker.operations.reports import Report
from tracker.tui.forms.add_form import AddForm
from tracker.tui.forms.edit_form import EditForm
from tracker.tui.forms.inputs import PickField
from tracker.tui.list_screen import ListScreen

STREET, DEBT = "TTDH-01.KD", "NS-04.KD"
CHIEF = "vpub.tonghop"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


async def save(b: Driver) -> None:
    """Save, and wait until the list is in front again."""
    await b.press("ctrl+s")
    await b.until(lambda: isinstance(b.app.screen, ListScreen))


async def open_on(b: Driver, code: str, key: str = "e") -> None:
    """Open a form on a task of the list."""
    b.grid.move_to(code)
    await b.press(key)


def picked(b: Driver, name: str) -> PickField:
    """A field of the form in front from which things are picked."""
    return b.app.screen.query_exactly_one(f"#{name}", PickField)


def labelled(b: Driver) -> tuple[Widget, Widget]:
    """The field that has the focus, and its label."""
    field = b.app.focused
    assert field is not None
    assert isinstance(field.parent, Widget)
    siblings = field.parent.children
    return siblings[siblings.index(field) - 1], field


# Adding


async def test_a_ward_adds_a_task_of_its_own_and_the_cursor_stands_on_it(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "n")
        assert isinstance(b.app.screen, AddForm)
        assert picked(b, "workstream").key == "TTDH"
        assert not b.app.screen.query("#lead")
        await b.press("tab")
        await b.type("Kiem tra cho Hang")
        await save(b)
        await b.until(lambda: b.grid.cursor_key == "TTDH-02.KD")
        task = b.task("TTDH-02.KD")
        assert (task.title, task.lead, task.confirm) == ("Kiem tra cho Hang", "KD", "VPUB")
        assert (task.start_on, task.due_on) == (date(2022, 11, 22), date(2022, 12, 31))
        assert b.toasts == ["Đã thêm: TTDH-02.KD Kiem tra cho Hang"]


async def test_a_supervisor_sets_the_terms_of_a_new_task(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("1", "n")
        await b.fill("#title", "Rà soát hộ kinh doanh")
        picked(b, "workstream").keys = ("NS",)
        picked(b, "lead").keys = ("LS",)
        await b.settle()
        picked(b, "owner").keys = ("ls.vptk",)
        picked(b, "confirm").keys = ("TCKH",)
        picked(b, "coop").keys = ("KD", "TCKH")
        await b.fill("#due_on", "thứ sáu")
        await b.fill("#weight", "2,5")
        await save(b)
        await b.until(lambda: b.grid.cursor_key == "NS-05.LS")
        task = b.task("NS-05.LS")
        assert (task.owner, task.confirm, task.weight) == ("ls.vptk", "TCKH", Decimal("2.5"))
        assert task.coop == ("KD", "TCKH")
        assert task.due_on == date(2022, 11, 25)


async def test_what_is_missing_is_said_under_its_field_and_the_first_gets_the_focus(
    path: Path,
) -> None:
    async with board(path, CHIEF) as b:
        await b.press("1", "n", "ctrl+s")
        assert isinstance(b.app.screen, AddForm)
        assert "phải có nội dung" in b.said("#title-note")
        assert "chọn" in b.said("#lead-note")
        assert b.app.focused is b.at("#title")
        await b.type("x")
        assert not b.at("#title-note").display


@pytest.mark.parametrize("login", ["kd.vptk", CHIEF])
async def test_a_title_too_long_is_said_while_typing(path: Path, login: str) -> None:
    async with board(path, login, size=(80, 24)) as b:
        await b.press("1", "n", "tab")
        await b.fill("#title", "a" * 300)
        assert "tối đa" not in b.text
        await b.type("b")
        assert "dài 301 ký tự, tối đa 300" in b.text


async def test_the_officers_offered_are_those_of_the_lead_unit(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("1", "n")
        picked(b, "lead").keys = ("KD",)
        await b.settle()
        picked(b, "owner").keys = ("kd.vptk",)
        picked(b, "lead").keys = ("LS",)
        await b.settle()
        assert picked(b, "owner").keys == ()


async def test_a_viewer_adds_nothing_and_is_told(path: Path) -> None:
    async with board(path, "ubnd.xem") as b:
        await b.press("n")
        assert not isinstance(b.app.screen, AddForm)
        assert b.toasts != []


async def test_a_task_added_behind_a_filter_is_shown(path: Path) -> None:
    async with board(path) as b:
        await b.fill("#filter", "khong co gi nhu the")
        await b.press("escape", "ctrl+n")
        picked(b, "workstream").keys = ("TTXD",)
        await b.fill("#title", "Việc mới")
        await save(b)
        await b.until(lambda: b.grid.cursor_key == "TTXD-03.KD")


async def test_saving_twice_at_once_adds_one_task(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "n")
        await b.fill("#title", "Một lần")
        await b.press("ctrl+s", "ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        await b.until(lambda: b.grid.cursor_key == "TTDH-02.KD")
        assert "TTDH-03.KD" not in b.app.session.picture.state.tasks


# Editing


async def test_only_what_was_changed_is_written(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET)
        assert isinstance(b.app.screen, EditForm)
        before = len(b.log(STREET))
        await b.fill("#product", "Báo cáo kèm ảnh")
        await save(b)
        assert [event.field for event in b.log(STREET)[before:]] == ["product"]
        assert b.toasts == ["Đã lưu: TTDH-01.KD, Sản phẩm"]


async def test_what_an_officer_may_not_change_is_shown_with_the_reason(path: Path) -> None:
    async with board(path, size=(120, 50)) as b:
        await open_on(b, STREET)
        for name in ("workstream", "lead", "confirm", "due_on", "weight"):
            assert not b.app.screen.query(f"#{name}")
        assert "người giám sát quyết định" in b.text
        assert "14/10/2022" in b.text


async def test_nothing_changed_is_said_and_nothing_written(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET)
        before = len(b.log(STREET))
        await b.press("ctrl+s")
        await b.until(lambda: "Chưa sửa gì" in b.said("#message"))
        assert isinstance(b.app.screen, EditForm)
        assert len(b.log(STREET)) == before


async def test_another_deadline_asks_why(path: Path) -> None:
    async with board(path, CHIEF) as b:
        await b.press("1")
        await open_on(b, STREET)
        assert not b.at("#reason").display
        await b.fill("#due_on", "cuối tháng")
        assert b.at("#reason").display
        await b.press("ctrl+s")
        assert "Cần nêu lý do" in b.said("#reason-note")
        assert b.app.focused is b.at("#reason")
        await b.type("cho kinh phi")
        await save(b)
        task = b.task(STREET)
        assert (task.due_on, task.first_due_on) == (date(2022, 11, 30), date(2022, 10, 14))
        assert task.extensions == 1
        assert b.log(STREET)[-1].kind == Kind.EXTEND


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("due_on", "15/02/2023", "31/01/2023"),
        ("due_on", "01/10", "muộn hơn thời hạn"),
        ("due_on", "32/11", "không có thật"),
        ("weight", "130", "0 đến 100"),
        ("weight", "nhiều", "không phải là số"),
        ("title", "a" * 301, "300"),
    ],
)
async def test_a_fault_is_said_while_typing_under_its_field(
    path: Path, field: str, typed: str, said: str
) -> None:
    async with board(path, CHIEF) as b:
        await b.press("1")
        await open_on(b, STREET)
        await b.fill(f"#{field}", typed)
        assert said in b.said(f"#{field}-note")
        await b.press("ctrl+s")
        assert isinstance(b.app.screen, EditForm)
        assert b.app.focused is b.at(f"#{field}")
        assert b.app.screen.value(field) == typed


async def test_a_text_near_its_limit_says_how_much_room_is_left(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET)
        await b.fill("#title", "a" * 200)
        assert not b.at("#title-note").display
        await b.fill("#title", "a" * 290)
        assert b.said("#title-note") == "còn 10 ký tự"


async def test_a_change_of_others_is_said_and_nothing_typed_is_touched(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET)
        await b.fill("#title", "Tên của tôi")
        elsewhere(path, lambda desk: reports.update(desk, [STREET], Report(progress=40)), CHIEF)
        await b.until(lambda: "Tiến độ 40%" in b.said("#message"))
        assert b.app.screen.value("title") == "Tên của tôi"
        await save(b)
        assert b.task(STREET).title == "Tên của tôi"
        assert "Đã ghép" in b.toasts[-1]


async def test_a_title_changed_by_both_asks_which(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET)
        await b.fill("#title", "Tên của tôi")
        await b.fill("#product", "Ảnh")
        elsewhere(path, lambda desk: planning.edit(desk, [STREET], {"title": "Tên của họ"}), CHIEF)
        await b.press("ctrl+s")
        await b.until(lambda: bool(b.app.screen.query("#answer-theirs")))
        b.at("#answer-theirs").focus()
        await b.press("enter")
        await b.until(lambda: isinstance(b.app.screen, ListScreen))
        assert (b.task(STREET).title, b.task(STREET).product) == ("Tên của họ", "Ảnh")


async def test_another_lead_unit_takes_the_owner_off(path: Path) -> None:
    elsewhere(path, lambda desk: planning.edit(desk, [STREET], {"owner": "kd.vptk"}), CHIEF)
    async with board(path, CHIEF) as b:
        await b.press("1")
        await open_on(b, STREET)
        picked(b, "lead").keys = ("LS",)
        await b.settle()
        await save(b)
        assert (b.task(STREET).lead, b.task(STREET).owner) == ("LS", None)
        assert b.task(STREET).status is Status.NOT_STARTED


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
@pytest.mark.parametrize("key", ["n", "e", "p", "z"])
async def test_every_field_comes_into_sight_with_its_label(
    path: Path, size: tuple[int, int], key: str
) -> None:
    async with board(path, CHIEF, size=size) as b:
        await b.press("1")
        await open_on(b, STREET, key)
        inside = b.at(".fields").region
        assert b.at("#key-save").region.bottom < size[1]
        for _field in range(12):
            await b.until(lambda: all(widget.region in inside for widget in labelled(b)))
            await b.press("tab")
