"""On hold, not applicable, reopened: what the short forms say, ask and write; who may not."""

from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from db.records import Kind, Status, Task
from tests import make
from tests.boards import Driver, board, elsewhere
from tests.faulty import faulty_connections
from tracker.errors import Refused
from tracker.files import open_file
from tracker.operations import answers, figures, reports, undoing
from tracker.operations.desk import Desk
from tracker.operations.reports import Report
from tracker.tui.forms.answer_forms import DoneForm
from tracker.tui.forms.form import Form
from tracker.tui.forms.status_forms import HoldForm, NotApplicableForm, ReopenForm
from tracker.tui.list_screen import ListScreen
from tracker.tui.picture import Picture, take
from tracker.tui.rights import refusal

STREET, DEBT, SITES = "TTDH-01.KD", "NS-04.KD", "TTXD-02.KD"
CHIEF = "vpub.tonghop"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


async def open_on(b: Driver, code: str, key: str) -> None:
    """Open a form on a task of the list."""
    b.grid.move_to(code)
    await b.press(key)


async def save(b: Driver) -> None:
    """Save, and wait until the list is in front again."""
    await b.press("ctrl+s")
    await b.until(lambda: isinstance(b.app.screen, ListScreen))


def stop(path: Path, status: Status, *codes: str) -> None:
    """Give tasks a status from another program."""
    report = Report(status=status, reason="chờ")
    elsewhere(path, lambda desk: reports.update(desk, codes, report), CHIEF)


async def test_a_task_is_put_on_hold_with_reason_and_obstacle(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "p")
        assert isinstance(b.app.screen, HoldForm)
        assert "14/10/2022 vẫn giữ" in b.text
        await b.type("cho kinh phi")
        await b.press("tab")
        await b.type("thieu kinh phi")
        await save(b)
        task = b.task(STREET)
        assert (task.status, task.obstacle) == (Status.ON_HOLD, "thieu kinh phi")
        held = [event for event in b.log(STREET) if event.kind == Kind.HOLD]
        assert [event.reason for event in held] == ["cho kinh phi"]


async def test_several_tasks_leave_the_totals_together_and_come_back_by_undo(path: Path) -> None:
    async with board(path) as b:
        b.grid.set_marks((STREET, DEBT))
        await b.press("z")
        assert isinstance(b.app.screen, NotApplicableForm)
        assert "ra khỏi tổng số" in b.text
        await b.type("khong phat sinh")
        await save(b)
        assert {b.task(code).status for code in (STREET, DEBT)} == {Status.NOT_APPLICABLE}
        await b.until(lambda: "0/4 xong" in b.lines[1])
        await b.press("ctrl+z")
        await b.until(lambda: b.task(STREET).status is Status.NOT_STARTED)
        assert b.task(DEBT).status is Status.NOT_STARTED


async def test_a_confirmed_task_is_reopened_by_who_may_confirm_it(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [STREET]), CHIEF)
    async with board(path, "tckh.cv") as b:
        await b.press("v")
        await open_on(b, STREET, "y")
        assert isinstance(b.app.screen, ReopenForm)
        await b.type("thieu bien ban")
        await save(b)
        task = b.task(STREET)
        assert (task.status, task.claimed_on, task.completed_on) == (Status.IN_PROGRESS, None, None)


async def test_work_that_was_on_hold_goes_on_without_a_reason_or_with_one(path: Path) -> None:
    stop(path, Status.ON_HOLD, STREET, DEBT)
    async with board(path) as b:
        await open_on(b, STREET, "y")
        await save(b)
        assert b.task(STREET).status is Status.IN_PROGRESS
        await open_on(b, DEBT, "y")
        await b.type("da co kinh phi")
        await save(b)
        assert b.log(DEBT)[-1].reason == "da co kinh phi"


async def test_a_target_short_of_its_plan_is_named_before_it_counts_as_completed(
    path: Path,
) -> None:
    elsewhere(path, lambda desk: figures.record(desk, DEBT, Decimal(15)), CHIEF)
    async with board(path, CHIEF) as b:
        await b.press("1")
        await open_on(b, DEBT, "x")
        assert isinstance(b.app.screen, DoneForm)
        assert f"{DEBT} chưa đạt kế hoạch: 15 / 80% ngày 22/11/2022." in b.text
        await b.press("escape")
        await open_on(b, STREET, "x")
        assert "chưa đạt kế hoạch" not in b.text
        await b.press("escape")
        b.grid.set_marks((DEBT, "NS-04.LS", "NS-01", "NS-02", SITES))
        await b.press("x")
        assert "NS-01 chưa có số liệu; kế hoạch là 100% KH thành phố." in b.text
        assert b.text.count("... và 2 việc khác") == 2  # of the tasks, and of these sentences


@pytest.mark.parametrize("key", ["p", "z"])
async def test_without_a_reason_nothing_is_saved_and_the_field_says_so(
    path: Path, key: str
) -> None:
    async with board(path) as b:
        await open_on(b, STREET, key)
        assert not b.at("#reason-note").display
        await b.press("ctrl+s")
        assert "Cần nêu lý do" in b.said("#reason-note")
        assert b.app.focused is b.at("#reason")
        await b.type("ly do")
        assert not b.at("#reason-note").display
        assert b.said("#message") == ""
        await save(b)


async def test_a_reason_that_is_too_long_is_said_while_typing(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "p")
        await b.fill("#reason", "a" * 2001)
        assert "2000" in b.said("#reason-note")
        await b.press("ctrl+s")
        assert isinstance(b.app.screen, HoldForm)
        assert len(b.app.screen.value("reason")) == 2001


async def test_a_change_of_others_is_said_in_the_short_forms_too(path: Path) -> None:
    async with board(path) as b:
        await open_on(b, STREET, "p")
        await b.type("ly do")
        elsewhere(path, lambda desk: reports.update(desk, [STREET], Report(progress=40)), CHIEF)
        await b.until(lambda: "Tiến độ 40%" in b.said("#message"))
        assert isinstance(b.app.screen, Form)
        assert b.app.screen.value("reason") == "ly do"


async def test_a_full_disk_is_said_and_the_form_stays(path: Path) -> None:
    with faulty_connections() as opened:
        async with board(path) as b:
            for key, fields in {"p": "reason", "n": "title", "e": "title"}.items():
                await open_on(b, STREET, key)
                await b.fill(f"#{fields}", "viết dài")
                for connection in opened:
                    connection.arm(3, for_good=True)
                await b.press("ctrl+s")
                await b.until(lambda: "đầy" in b.said("#message"))
                for connection in opened:
                    connection.arm(0)
                assert isinstance(b.app.screen, Form)
                assert b.app.screen.value(fields) == "viết dài"
                await save(b)


# Early refusals


@pytest.mark.parametrize(
    ("key", "status", "said"),
    [
        ("p", Status.ON_HOLD, "đã ở tình trạng"),
        ("z", Status.NOT_APPLICABLE, "đã ở tình trạng"),
        ("p", Status.NOT_APPLICABLE, "bấm y"),
        ("y", Status.IN_PROGRESS, "không cần mở lại"),
    ],
)
async def test_a_command_that_makes_no_sense_says_why_at_once(
    path: Path, key: str, status: Status, said: str
) -> None:
    stop(path, status, STREET)
    async with board(path) as b:
        await open_on(b, STREET, key)
        assert isinstance(b.app.screen, ListScreen)
        assert said in b.said()


async def test_a_ward_is_told_who_may_reopen_its_confirmed_task(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [STREET]), CHIEF)
    async with board(path) as b:
        for key in ("u", "x", "k", "p", "z", "y"):
            await open_on(b, STREET, key)
            assert isinstance(b.app.screen, ListScreen), key
            assert "chỉ TC-KH" in b.said(), key


async def test_who_may_not_confirm_is_told_the_unit_by_its_name(path: Path) -> None:
    elsewhere(path, lambda desk: reports.done(desk, [STREET]), "kd.vptk")
    async with board(path) as b:
        await open_on(b, STREET, "c")
        assert "TC-KH" in b.said()


OPERATIONS = {
    "update": lambda desk, code: reports.update(desk, [code], Report(result="x")),
    "done": lambda desk, code: reports.done(desk, [code]),
    "no-change": lambda desk, code: reports.no_change(desk, [code]),
    "confirm": lambda desk, code: answers.confirm(desk, [code]),
    "return": lambda desk, code: answers.send_back(desk, [code], "x"),
    "hold": lambda desk, code: reports.update(
        desk, [code], Report(status=Status.ON_HOLD, reason="x")
    ),
    "not-applicable": lambda desk, code: reports.update(
        desk, [code], Report(status=Status.NOT_APPLICABLE, reason="x")
    ),
    "reopen": lambda desk, code: reports.update(
        desk, [code], Report(status=Status.IN_PROGRESS, reason="x")
    ),
}
"""What each command writes; a task may be reported on in a form that also reopens it, so an
`update` may be tried where its operation alone would refuse."""
EVERY_STATUS = tuple(Status)


def in_status(path: Path, status: Status) -> None:
    """Bring the milestone into a status."""
    match status:
        case Status.AWAITING:
            elsewhere(path, lambda desk: reports.done(desk, [STREET]), "kd.vptk")
        case Status.COMPLETED:
            elsewhere(path, lambda desk: reports.done(desk, [STREET]), CHIEF)
        case Status.NOT_STARTED:
            pass
        case _:
            stop(path, status, STREET)


@pytest.mark.parametrize("login", ["kd.vptk", "ls.vptk", "tckh.cv", CHIEF, "ubnd.xem"])
@pytest.mark.parametrize("status", EVERY_STATUS)
def test_what_is_refused_early_the_operation_refuses_too(
    tmp_path: Path, status: Status, login: str
) -> None:
    path = make.file(tmp_path)
    in_status(path, status)
    picture, task = read(path, login)
    refused = {command: refusal(command, task, picture) for command in OPERATIONS}
    for command, operation in OPERATIONS.items():
        problem = attempt(path, operation, login)
        early = refused[command]
        if early is not None and early.code not in ("status-stands", "not-stopped"):
            assert problem is not None, command
        elif early is None and command != "update":
            assert problem is None, command


def read(path: Path, login: str) -> tuple[Picture, Task]:
    """Return what a board of this officer would see."""
    with closing(open_file(path, writing=False)) as conn:
        picture = take(conn, login, make.moment("2022-11-22 09:00"), None)
        return picture, picture.state.tasks[STREET]


def attempt(path: Path, operation: Callable[[Desk, str], object], login: str) -> str | None:
    """Carry out an operation, take it back, and return the code of its refusal, if any."""
    try:
        elsewhere(path, lambda desk: operation(desk, STREET), login)
    except Refused as problem:
        return problem.code
    elsewhere(path, undoing.undo, login)
    return None
