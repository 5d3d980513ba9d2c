"""A board that the shell puts to sleep and wakes: it paints itself again, and keys work."""

import os
import signal
from contextlib import closing
from pathlib import Path
from time import monotonic

from db import tasks
from tests import make
from tests.terminals import PATIENCE, Terminal
from tracker.files import open_file

STREET = "TTDH-01.KD"


def until_stopped(terminal: Terminal) -> None:
    """Read what the program writes until it sleeps, as the shell that waits for it would."""
    end = monotonic() + PATIENCE
    while not os.WIFSTOPPED(os.waitpid(terminal.process.pid, os.WUNTRACED | os.WNOHANG)[1]):
        assert monotonic() < end
        terminal.send(b"")


def test_a_board_that_was_suspended_paints_itself_again_and_takes_keys(tmp_path: Path) -> None:
    path = make.file(tmp_path)
    terminal = Terminal("-m", "tracker", "--db", str(path), "--as", "kd.vptk")
    try:
        terminal.until(STREET, "Thoát")
        terminal.until_quiet()  # a person sees the board before sending it to sleep
        terminal.process.kill(signal.SIGTSTP)
        until_stopped(terminal)
        terminal.screen.reset()  # the shell has written over what stood there
        terminal.process.kill(signal.SIGCONT)
        terminal.until(STREET)
        terminal.until("Thoát")
        terminal.send(b"u")
        terminal.until("Kết quả")
        terminal.send(b"sau khi ngu", b"\x13")
        terminal.until("Đã lưu")
    finally:
        terminal.close()
    with closing(open_file(path, writing=False)) as conn:
        assert any(task.result == "sau khi ngu" for task in tasks.load(conn).values())
