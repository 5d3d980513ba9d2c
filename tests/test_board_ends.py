"""Boards in real terminals: killed with a form open, and two side by side on one file."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

if sys.platform == "win32":
    pytest.skip("there are no ptys on Windows", allow_module_level=True)

from db import events
from tests import inputs
from tests.inputs import CHIEF, STREET, WARD
from tests.proof import assert_sound
from tests.terminals import Terminal
from tracker.files import open_file

SLACK = 10.0  # seconds; the board looks once a second, a loaded machine is slow

Opener = Callable[[str], Terminal]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A demonstration, which carries its own day."""
    return inputs.campaign(tmp_path, demo=True)


@pytest.fixture
def opener(path: Path) -> Iterator[Opener]:
    """Opens boards on the file, with the list in front."""
    boards: list[Terminal] = []

    def opened(login: str) -> Terminal:
        boards.append(Terminal("-m", "tracker", "--db", str(path), "--as", login))
        boards[-1].until("F1 Trợ giúp")
        boards[-1].send(b"1")
        boards[-1].until(STREET)
        return boards[-1]

    yield opened
    for terminal in boards:
        terminal.close()


@pytest.mark.parametrize(
    ("login", "steps"),
    [
        (WARD, ("f", "Số liệu kỳ này", "48,5", "48,5")),
        (CHIEF, ("e", "╭─ Sửa ─", "\tmới", "mới")),
        (CHIEF, ("a", "đã chọn", "e", "Sửa chung", "\t\t20/12", "20/12")),
    ],
    ids=["quick entry", "edit", "several tasks"],
)
def test_a_board_killed_in_the_middle_of_a_form_leaves_the_file_as_it_was(
    path: Path, opener: Opener, login: str, steps: tuple[str, ...]
) -> None:
    with closing(open_file(path, writing=True)) as conn:
        before = events.head(conn)
        terminal = opener(login)
        for typed, wanted in zip(steps[::2], steps[1::2], strict=True):
            terminal.send(typed.encode())
            terminal.until(wanted)
        terminal.process.kill(signal.SIGKILL)
        terminal.until_ended()
        assert events.head(conn) == before
        assert_sound(conn)


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM])
def test_a_board_ended_from_outside_keeps_its_place(path: Path, opener: Opener, how: int) -> None:
    terminal = opener(WARD)
    terminal.send(b"6")
    terminal.until("Nội dung")
    terminal.process.kill(how)
    terminal.until_ended()
    again = Terminal("-m", "tracker", "--db", str(path), "--as", WARD)
    again.until("Nội dung")
    again.close()


def open_page(terminal: Terminal) -> None:
    """Open the page of a task, by the palette."""
    terminal.send(b"\x10")
    terminal.until("Các lệnh")
    terminal.send(STREET.encode(), b"\r")
    terminal.until("LỊCH SỬ")


def test_what_one_board_saves_shows_on_the_other_with_its_author(opener: Opener) -> None:
    ward, chief = opener(WARD), opener(CHIEF)
    for terminal in (ward, chief):
        open_page(terminal)
    ward.send(b"u")
    ward.until("Cập nhật ─")
    ward.send("đã thông hè phố".encode(), b"\x13")
    ward.until("Đã lưu")
    saved = monotonic()
    chief.until("đã thông hè phố", "Văn phòng - thống kê, P. Kênh Dương")
    assert monotonic() - saved < SLACK


def test_what_the_ward_saves_is_said_inside_the_open_form_of_another(opener: Opener) -> None:
    ward, chief = opener(WARD), opener(CHIEF)
    for terminal in (ward, chief):
        open_page(terminal)
        terminal.send(b"u")
        terminal.until("Cập nhật ─")
    chief.send("đang gõ dở".encode())
    chief.until("đang gõ dở")
    ward.send("đã thông hè phố".encode(), b"\x13")
    ward.until("Đã lưu")
    chief.until("P. Kênh Dương", "đang gõ dở")
