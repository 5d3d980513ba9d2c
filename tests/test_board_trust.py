"""Forms and other people: what is typed survives whatever happens to the file meanwhile."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from db.records import Task
from tests import make
from tests.boards import Driver, board, elsewhere
from tests.faulty import faulty_connections
from tests.processes import ROOT
from tracker.operations import figures, reports
from tracker.operations.reports import Report
from tracker.tui.fields import Area, Line
from tracker.tui.forms.form import Form
from tracker.tui.forms.question import Question
from tracker.tui.forms.quick_entry import QuickEntry
from tracker.tui.list_screen import ListScreen

CODE, CHIEF = "NS-04.KD", "vpub.tonghop"
HOLDER = """
import sys
from pathlib import Path
from tracker.files import open_file

held = open_file(Path(sys.argv[1]), writing=True)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
held.execute("ROLLBACK")
"""


@dataclass(frozen=True)
class Trial:
    """One form on a task: its key, the text typed into it, what the file says once it is saved."""

    key: str
    typed: str
    collides: Callable[[make.Desk], object]
    saved: Callable[[Task], object]
    mine: object
    theirs: object

    async def fill(self, b: Driver) -> None:
        """Open the form and type."""
        b.grid.move_to(CODE)
        await b.press(self.key)
        await b.until(lambda: isinstance(b.app.screen, Form) and b.app.focused is not None)
        await b.type(self.typed)

    def stands(self, b: Driver) -> bool:
        """Whether the form is in front with all that was typed."""
        screen = b.app.screen
        fields = [*screen.query(Area), *screen.query(Line)]
        texts = [field.text if isinstance(field, Area) else field.value for field in fields]
        return isinstance(screen, Form) and self.typed in texts


def latest(task: Task) -> Decimal | None:
    """Return the newest figure of a task."""
    assert task.measure is not None
    return task.measure.latest


def reads(figure: int) -> Callable[[make.Desk], object]:
    """Return the work of another program that enters a figure."""
    return lambda desk: figures.record(desk, CODE, Decimal(figure))


TRIALS = {
    "update": Trial(
        "u",
        "thu them hai ho",
        lambda desk: reports.update(desk, [CODE], Report(result="đã giao tổ công tác")),
        lambda task: task.result,
        "thu them hai ho",
        "đã giao tổ công tác",
    ),
    "reading": Trial("m", "52", reads(49), latest, Decimal(52), Decimal(49)),
    "quick": Trial("f", "52", reads(49), latest, Decimal(52), Decimal(49)),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a campaign with a figure of two weeks ago."""
    made = make.file(tmp_path)
    elsewhere(made, reads(40), "kd.vptk", now="2022-11-08 09:00")
    return made


@pytest.fixture(params=TRIALS.values(), ids=TRIALS.keys())
def trial(request: pytest.FixtureRequest) -> Trial:
    """Return each form in turn."""
    assert isinstance(request.param, Trial)
    return request.param


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let another process hold the write lock while the block runs."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate()


async def closed(b: Driver) -> None:
    """Wait until the form is gone."""
    await b.until(lambda: isinstance(b.app.screen, ListScreen))


async def test_a_change_of_something_else_is_told_with_its_author_and_merges(
    path: Path, trial: Trial
) -> None:
    async with board(path) as b:
        await trial.fill(b)
        elsewhere(path, lambda desk: reports.update(desk, [CODE], Report(request="thêm người")),
                  CHIEF)  # fmt: skip
        await b.until(lambda: "thêm người" in b.said("#message"))
        assert "Văn phòng HĐND và UBND quận" in b.said("#message")
        assert trial.stands(b)
        await b.press("ctrl+s")
        await closed(b)
        assert b.task(CODE).request == "thêm người"
        assert trial.saved(b.task(CODE)) == trial.mine


async def test_a_change_of_the_same_thing_is_asked_about(path: Path, trial: Trial) -> None:
    async with board(path) as b:
        await trial.fill(b)
        elsewhere(path, trial.collides, CHIEF)
        await b.until(lambda: "Văn phòng HĐND và UBND quận" in b.said("#message"))
        assert trial.stands(b)
        await give_reason(b)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, Question))
        await b.press("escape")
        assert trial.stands(b)
        assert trial.saved(b.task(CODE)) == trial.theirs


@pytest.mark.parametrize("keeps_mine", [True, False], ids=["mine", "theirs"])
async def test_the_answer_decides_which_of_the_two_stands(
    path: Path, trial: Trial, keeps_mine: bool
) -> None:
    async with board(path) as b:
        await trial.fill(b)
        elsewhere(path, trial.collides, CHIEF)
        await b.until(lambda: "Văn phòng HĐND và UBND quận" in b.said("#message"))
        await give_reason(b)
        await b.press("ctrl+s")
        await b.until(lambda: isinstance(b.app.screen, Question))
        b.at("#answer-mine" if keeps_mine else "#answer-theirs").focus()
        await b.press("enter")
        await b.until(lambda: not isinstance(b.app.screen, Question))
        await b.settle()
        expected = trial.mine if keeps_mine else trial.theirs
        await b.until(lambda: trial.saved(b.task(CODE)) == expected)
        await b.settle()
        assert any("Đã thay nội dung" in toast for toast in b.toasts) is keeps_mine


async def give_reason(b: Driver) -> None:
    """Say why, where the news made the figure a correction."""
    screen = b.app.screen
    if isinstance(screen, QuickEntry):
        row = screen.rows.with_field(b.app.focused)
        assert row is not None
        await b.until(lambda: row.lacks_reason)
        row.reason.value = "đối chiếu lại"
    elif screen.query("#reason"):
        await b.fill("#reason", "đối chiếu lại")


async def test_a_lock_that_does_not_end_is_said_and_saving_again_works(
    path: Path, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.connection._SETTINGS", ("PRAGMA busy_timeout=50",))
    async with board(path) as b:
        await trial.fill(b)
        with locked(path):
            await b.press("ctrl+s")
            await b.until(lambda: "Chưa lưu" in b.said("#message"))
            assert trial.stands(b)
        await b.press("ctrl+s")
        await closed(b)
        assert trial.saved(b.task(CODE)) == trial.mine


@pytest.mark.parametrize("trial", [TRIALS["update"], TRIALS["quick"]], indirect=True)
async def test_saving_that_takes_its_time_says_so(path: Path, trial: Trial) -> None:
    async with board(path) as b:
        await trial.fill(b)
        with locked(path):
            await b.press("ctrl+s")
            await b.until(lambda: "đang lưu" in b.said("#message"))
        await closed(b)
        assert trial.saved(b.task(CODE)) == trial.mine


async def test_a_full_disk_is_said_and_saving_again_works(path: Path, trial: Trial) -> None:
    with faulty_connections() as opened:
        async with board(path) as b:
            await trial.fill(b)
            before = b.log(CODE)
            on_board = list(opened)
            for connection in on_board:
                connection.arm(1, for_good=True)
            await b.press("ctrl+s")
            await b.until(lambda: "đầy" in b.said("#message"))
            assert trial.stands(b)
            for connection in on_board:
                connection.arm(0)
            assert b.log(CODE) == before
            await b.press("ctrl+s")
            await closed(b)
            assert trial.saved(b.task(CODE)) == trial.mine
