"""Long work says how far it is, on a terminal only; breaking it off leaves files as they were."""

import io
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path
from time import sleep

import pytest

from tests import make
from tracker.cli import progress as module
from tracker.cli.output import Output
from tracker.cli.progress import progress, watched

SCRIPT = """
import os, sys, time
from pathlib import Path
from tracker.cli import progress
from tracker.cli.output import Output
from tracker.papers.writing import atomic
progress.PATIENCE = 0.05
with progress.progress(Output(os.environ), "Đang [ghi]", 4) as advance, \\
        atomic(Path(sys.argv[1]), force=True) as draft:
    draft.write_text("một nửa")
    advance(2)
    time.sleep(float(sys.argv[2]))
print("hết")
"""


class Screen(io.StringIO):
    """A terminal that remembers what it was sent."""

    def isatty(self) -> bool:
        """Say that a person looks."""
        return True


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a moment only before a bar is drawn."""
    monkeypatch.setattr(module, "PATIENCE", 0.02)


def printer(screen: io.StringIO, **environment: str) -> Output:
    """Return a printer whose stderr is that screen."""
    with redirect_stderr(screen):
        return Output(environment)


def seen(screen: io.StringIO, text: str) -> None:
    """Wait until a text stands on the screen; a loaded machine is slow."""
    for _n in range(500):
        if text in screen.getvalue():
            return
        sleep(0.02)


def test_what_lasts_shows_its_title_and_how_far_it_is() -> None:
    screen = Screen()
    with progress(printer(screen), "Đang [dựng] lại", 8) as advance:
        advance(2)
        seen(screen, "25%")
    assert "Đang [dựng] lại" in screen.getvalue()
    assert "25%" in screen.getvalue()


def test_what_is_done_at_once_shows_nothing() -> None:
    screen = Screen()
    with progress(printer(screen), "Đang dựng lại", 8) as advance:
        advance(8)
    sleep(0.1)
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("screen", "term"), [(Screen(), "dumb"), (io.StringIO(), "xterm")])
def test_nothing_is_shown_to_a_pipe_or_a_dumb_terminal(screen: io.StringIO, term: str) -> None:
    with progress(printer(screen, TERM=term), "Đang dựng lại"):
        sleep(0.1)
    assert screen.getvalue() == ""


def test_a_block_within_another_shows_no_second_bar() -> None:
    screen = Screen()
    out = printer(screen)
    with progress(out, "Bên ngoài"), progress(out, "Bên trong") as advance:
        advance(1)
        seen(screen, "Bên ngoài")
    assert "Bên ngoài" in screen.getvalue()
    assert "Bên trong" not in screen.getvalue()


def test_with_ascii_only_no_bar_is_drawn() -> None:
    screen = Screen()
    out = printer(screen)
    out.ascii = True
    with progress(out, "Writing", 4) as advance:
        advance(1)
        seen(screen, "25%")
    assert "25%" in screen.getvalue()
    assert "━" not in screen.getvalue()


def test_a_walk_is_the_same_when_it_is_watched() -> None:
    told: list[int] = []
    assert list(watched(range(1200), told.append)) == list(range(1200))
    assert told == [500, 500]


def test_a_bar_is_gone_after_an_error() -> None:
    screen = Screen()
    broken = pytest.raises(KeyboardInterrupt)
    with broken, progress(printer(screen), "Đang dựng lại"):
        seen(screen, "Đang dựng lại")
        raise KeyboardInterrupt
    shown = screen.getvalue()
    assert "Đang dựng lại" in shown
    sleep(0.2)
    assert screen.getvalue() == shown


def test_on_a_real_terminal_breaking_off_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    terminals = pytest.importorskip("tests.terminals", reason="needs a pty")
    path = tmp_path / "a.txt"
    path.write_text("cũ")
    shown = terminals.Terminal("-c", SCRIPT, str(path), "60")
    shown.until("Đang [ghi]", "50%")
    shown.send(b"\x03")
    shown.until_ended()
    assert path.read_text() == "cũ"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_commands_that_may_last_do_not_load_rich_while_they_are_fast(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    make.demo(path, day=5)
    code = (
        "import sys; from tracker.cli.main import run; "
        f"run(['--db', {str(path)!r}, 'summary', '--on', '30/9']); "
        "sys.exit('rich' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
