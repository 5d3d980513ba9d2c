"""The board in a real terminal: Vietnamese input methods, pasting, and a sudden end."""

import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("there are no ptys on Windows", allow_module_level=True)

from db import events, tasks
from db.projection import mismatches, replay
from tests import make
from tests.terminals import Terminal
from tracker.files import open_file
from tracker.vietnamese import fold

# What UniKey sends for "việt" typed as v i e e j t: each correction is a burst of its own.
TELEX = (b"v", b"i", b"e", b"\x08\xc3\xaa", b"\x08\xe1\xbb\x87", b"t")
# The same with the backspace of other systems, and all of it in one chunk.
ONE_BURST = ("vie\x7fê\x7fệt".encode(),)
STREET = "TTDH-01.KD"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A campaign that carries its own clock, so that the day of the test does not matter."""
    demo = make.campaign(demo_day=date(2022, 11, 22), demo_officer="kd.vptk")
    return make.file(tmp_path, make.plan(settings=make.settings(demo)))


def command(path: Path) -> list[str]:
    """How the board is opened on a file, after the interpreter."""
    return ["-m", "tracker", "--db", str(path), "--as", "kd.vptk"]


@pytest.fixture
def terminal(path: Path) -> Iterator[Terminal]:
    """A board opened on the small campaign."""
    opened = Terminal(*command(path))
    opened.until(STREET)
    yield opened
    opened.close()


def stored(path: Path):
    """The task as it is in the file."""
    with closing(open_file(path, writing=False)) as conn:
        return tasks.get(conn, STREET)


@pytest.mark.parametrize("burst", [TELEX, ONE_BURST], ids=["telex", "one burst"])
def test_an_input_method_composes_in_the_filter(terminal: Terminal, burst) -> None:
    terminal.send(b"/", b"\x15", *burst)
    terminal.until("▌ việt")
    assert "vie" not in terminal.text


@pytest.mark.parametrize("burst", [TELEX, ONE_BURST], ids=["telex", "one burst"])
def test_an_input_method_composes_in_every_field_of_a_form(
    terminal: Terminal, path: Path, burst
) -> None:
    terminal.send(b"u")
    terminal.until("Kết quả")
    for field in range(3):
        if field:
            terminal.send(b"\t")
        terminal.send(*burst)
    terminal.until("việt")
    terminal.send(b"\x13")
    terminal.until("Đã lưu")
    task = stored(path)
    assert (task.result, task.obstacle, task.request) == ("việt",) * 3


def test_an_input_method_composes_in_the_palette_and_in_one_line_fields(
    terminal: Terminal,
) -> None:
    terminal.send(b"\x10")
    terminal.until("Các lệnh")
    terminal.send(*TELEX)
    terminal.until("▌ việt")
    terminal.send(b"\x1b")
    terminal.until("TTDH-01.KD")
    terminal.send(b"x")
    terminal.until("Báo hoàn thành")
    terminal.send(b"\x15", *TELEX)
    terminal.until("▌ việt")


def test_what_is_pasted_is_composed_and_without_control_characters(
    terminal: Terminal, path: Path
) -> None:
    terminal.send(b"u")
    terminal.until("Kết quả")
    pasted = "vie\u0323\u0302t\u202e nam\u200b\u0007 [/]"
    terminal.send(b"\x1b[200~" + pasted.encode() + b"\x1b[201~")
    terminal.until("việt nam [/]")
    terminal.send(b"\x13")
    terminal.until("Đã lưu")
    assert stored(path).result == "việt nam [/]"


@pytest.mark.parametrize(
    ("typed", "told"),
    [("uabc d", "▌ abc d"), ("f70", "▌ 70"), (":20/11", "▌ 20/11"), ("\x10cap nhat\rx", "▌ x")],
)
def test_what_is_typed_in_one_burst_with_its_command_stands_in_what_that_opens(
    terminal: Terminal, typed: str, told: str
) -> None:
    terminal.send(typed.encode())
    terminal.until(told)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_board_killed_with_an_open_form_loses_nothing_that_was_saved(path: Path, how) -> None:
    terminal = Terminal(*command(path))
    terminal.until(STREET)
    terminal.send(b"u")
    terminal.until("Kết quả")
    terminal.send("đã lưu".encode(), b"\x13")
    terminal.until("Đã lưu")
    terminal.send(b"u")
    terminal.until("lần trước")
    terminal.send("chưa lưu".encode())
    terminal.until("chưa lưu")
    terminal.process.kill(how)
    terminal.until_ended()
    terminal.close()
    assert stored(path).result == "đã lưu"
    with closing(open_file(path, writing=True)) as conn:
        assert mismatches(conn, replay(events.everything(conn)), fold) == []


def test_the_board_leaves_the_terminal_as_it_was(terminal: Terminal) -> None:
    terminal.send(b"\x11")
    terminal.until_ended()
    assert terminal.process.exitstatus == 0


BROKEN = """
import sys
from pathlib import Path
from tracker.tui import app

def action_help(self):
    secret = "a title that stays private"
    raise RuntimeError("it broke")

app.Board.action_help = action_help
app.run(Path(sys.argv[1]), login="kd.vptk", language="vi", ascii=False, on=None)
"""


def test_when_the_program_fails_it_says_one_line_and_keeps_the_details_private(
    path: Path, tmp_path: Path
) -> None:
    terminal = Terminal("-c", BROKEN, str(path))
    terminal.until(STREET)
    terminal.send(b"\x1bOP")
    terminal.until_ended()
    assert terminal.process.exitstatus == 1
    assert "Bảng theo dõi phải dừng lại" in terminal.text
    assert "Traceback" not in terminal.text
    (log,) = Path.home().rglob("crash-*.log")
    assert log.stat().st_mode & 0o777 == 0o600
    assert "it broke" in log.read_text("utf-8")
    assert "private" not in log.read_text("utf-8")
