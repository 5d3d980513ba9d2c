"""Measure how fast the board goes from mode to mode, against a bare table on two screens.

    python -m benchmarks.modes [--rounds 5] [--keep FOLDER]

On demo data. The first time a mode is shown its screen is made; from then on it only comes to the
front. What counts is the last frame that was drawn for the key: the screen is whole and at rest.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from platform import python_version
from statistics import median

from textual import __version__ as textual_version

from benchmarks.board import NOBODY, ROOT, Bench, BoardBench, Line, campaigns, line_of
from benchmarks.terminal import QUIET, SIZE, Terminal
from tracker.tui.commands import BY_ID

LIMIT = 3.0
LIST = "show-tasks"
MODES = ("overview", "targets", "league", "ninety", "matrix", "log")
SLOW = 20.0
"""Seconds until the first sign of a screen."""
AGAIN = 3
"""How often a screen that stands is left and shown again."""


class BareModes(Bench):
    """The table on two screens."""

    def run(self, idle: float) -> None:
        """Show the second screen, and go to and fro."""
        with self._open("benchmarks.bare", self.campaign.rows, "modes") as terminal:
            terminal.until(lambda text: self.campaign.first in text)
            terminal.rest(2 * QUIET)
            self._visit(terminal, "", "2", "1")

    def _visit(self, terminal: Terminal, mode: str, there: str, back: str) -> None:
        """Go to a screen, and some times back and there again; note when it was whole."""
        for n in range(1 + AGAIN):
            frames = terminal.press(there, SLOW)
            self._note(**{f"{'again' if n else 'first'}{mode}": frames[-1].after})
            terminal.press(back, SLOW)


class BoardModes(BoardBench, BareModes):
    """The board, opened by nobody: all tasks are listed."""

    def run(self, idle: float) -> None:
        """Show every mode, each some times, from the list."""
        with self._open("tracker", *self._on_file(NOBODY)) as terminal:
            terminal.until(lambda text: self.campaign.first in text)
            terminal.rest(2)
            for mode in MODES:
                self._visit(terminal, mode, _key(f"show-{mode}"), _key(LIST))


def _key(command: str) -> str:
    return BY_ID[command].keys[0]


def lines() -> list[Line]:
    """Return what is compared: each mode's first showing, and its later ones."""
    return [
        Line(f"{BY_ID[f'show-{mode}'].label}, {words}", f"{when}{mode}", when, median, "ms", LIMIT)
        for mode in MODES
        for words, when in (("first time", "first"), ("again", "again"))
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="keep the files here, and use those there")
    options = parser.parse_args(arguments)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="tracker-benchmark-"))
    folder.mkdir(parents=True, exist_ok=True)
    left_out = ("TRACKER_", "TEXTUAL", "PYTHON", "NO_COLOR")
    environment = {n: value for n, value in os.environ.items() if not n.startswith(left_out)}
    environment |= {"HOME": str(folder), "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
    environment["XDG_STATE_HOME"] = str(folder / "state")
    try:
        demo = campaigns(folder, 30, environment)[0]
        bare, board = BareModes(demo, environment), BoardModes(demo, environment)
        board.warm()
        for _ in range(options.rounds):
            shutil.rmtree(folder / "state", ignore_errors=True)
            bare.run(0)
            board.run(0)
        print(f"{os.cpu_count()} cores, CPython {python_version()}, Textual {textual_version},")
        print(f"{SIZE[1]} x {SIZE[0]}, {options.rounds} rounds\n")
        print("| tasks | | bare table | board | ratio | limit | |\n|--:|---|--:|--:|--:|--:|---|")
        for line in lines():
            print(line_of(line, bare.samples, board.samples, f"{demo.tasks:,}"))
    finally:
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
