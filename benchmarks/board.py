"""Measure the board in a terminal against a bare table; print the table of docs/performance.md.

    python -m benchmarks.board [--rounds 5] [--idle 20] [--tasks 5000] [--keep FOLDER]

Board and bare table take turns, round after round, so that a slow minute of the machine falls on
both. Limits are ratios, because milliseconds say more about the machine than about the program.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from platform import python_version
from statistics import median
from typing import NamedTuple

from textual import __version__ as textual_version

from benchmarks.generate import generate
from benchmarks.terminal import QUIET, SIZE, Frame, Terminal
from db import units
from db.connection import connect
from db.records import Status
from tracker import state
from tracker.filters import sort
from tracker.tui import task_rows
from tracker.tui.commands import BY_ID

ROOT = Path(__file__).resolve().parent.parent
NOBODY = "xem"
"""A login that no file knows: the board then lists all tasks from the start, as the table does."""
LISTED = {*range(4, 20), 35}
"""Lines of the screen where the board draws nothing but its list, and the line that counts it."""
WALK = ("down",) * 40 + ("page down", "page up") * 10
TYPED = (
    *("t", "h", "u", *["backspace"] * 3, "n", "g", *["backspace"] * 2),
    *("k", "d", *["backspace"] * 2),
)
"""Words that nearly all tasks have, then one that few have; each is taken back."""

Samples = defaultdict[str, list[float]]


class Campaign(NamedTuple):
    """A file to measure on; `officer` can report on the task `code`."""

    tasks: int
    path: Path
    rows: Path
    first: str
    """What stands in the first row, and nowhere before it."""
    officer: str
    code: str


class Line(NamedTuple):
    """A line of the table: which samples of the board are held against which of the bare table."""

    words: str
    board: str
    bare: str
    of: Callable[[Sequence[float]], float]
    unit: str
    limit: float | None = None
    """How many times the bare table it may take; without a bare figure, how much at most."""


def p95(values: Sequence[float]) -> float:
    """Return the value that one in twenty exceeds."""
    return sorted(values)[int(len(values) * 0.95)]


LINES = (
    Line("first paint", "paint", "paint", median, "ms", 1.6),
    Line("first rows", "rows", "rows", median, "ms", 1.6),
    Line("processor time until the first rows are at rest", "start", "start", median, "ms"),
    Line("resident memory", "memory", "memory", median, "MB", 1.4),
    Line("cursor key to changed screen, median", "key", "key", median, "ms", 2),
    Line("the same, p95", "key", "key", p95, "ms", 2),
    Line("cursor key to screen at rest, p95", "rest", "rest", p95, "ms"),
    Line("processor time of a cursor key", "work", "work", median, "ms"),
    Line("drawn for a cursor key", "drawn", "drawn", median, "bytes"),
    Line("filter keystroke to filtered list, median", "filter", "key", median, "ms", 2),
    Line("the same, p95", "filter", "key", p95, "ms", 2),
    Line("frames of a filter keystroke", "filter_frames", "", median, ""),
    Line("processor, idle", "idle", "idle", median, "%", 0.005),
    Line("drawn, idle", "idle_drawn", "idle_drawn", sum, "bytes", 0),
    Line("drawn when another person changes a row in sight", "told", "", median, "bytes"),
)


def campaigns(folder: Path, tasks: int, environment: Mapping[str, str]) -> list[Campaign]:
    """Make the files to measure on, where they are not there yet."""
    demo, large = folder / "demo.sqlite", folder / f"{tasks}.sqlite"
    if not demo.exists():
        command = [sys.executable, "-m", "tracker", "demo", "--to", str(demo)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    if not large.exists():
        generate(large, tasks, 10 * tasks)
    return [_campaign(path) for path in (demo, large)]


def _campaign(path: Path) -> Campaign:
    """Choose an officer of a file, and write its rows for the bare table."""
    with closing(connect(path, read_only=True)) as conn:
        today = units.campaign(conn).demo_day
        assert today is not None
        known = state.current(conn, today)
    tasks = sort(known.tasks.values(), "code", known)
    columns = task_rows.columns(SIZE[1])
    rows = [task_rows.row(task, known).cells for task in tasks]
    texts = [[row[column.key].text for column in columns] for row in rows]
    written = path.with_suffix(".json")
    written.write_text(json.dumps([[column.title for column in columns], texts]), "utf-8")
    chosen = next(task for task in tasks if task.status is Status.IN_PROGRESS)
    officer = next(each.login for each in known.officers.values() if each.unit == chosen.lead)
    return Campaign(len(tasks), path, written, tasks[0].code, officer, chosen.code)


class Bench:
    """One program on one file, run again and again, and what it took."""

    def __init__(self, campaign: Campaign, environment: Mapping[str, str]) -> None:
        self.campaign, self._environment = campaign, environment
        self.samples: Samples = defaultdict(list)

    def run(self, idle: float) -> None:
        """Open the program and walk through its rows; then leave it alone for `idle` seconds."""
        with self._open("benchmarks.bare", self.campaign.rows) as terminal:
            self._start(terminal)
            self._walk(terminal)
            self._idle(terminal, idle)

    def warm(self) -> None:
        """Open it once unmeasured: for bytecode, page cache, and the tour that greets newcomers."""
        with self._open("benchmarks.bare", self.campaign.rows) as terminal:
            terminal.until(lambda text: self.campaign.first in text)

    def _open(self, module: str, *words: str | Path) -> Terminal:
        command = [sys.executable, "-m", module, *map(str, words)]
        return Terminal(command, {**self._environment, "TERM": "xterm-256color"})

    def _start(self, terminal: Terminal) -> None:
        paint, rows = terminal.until(str.strip, lambda text: self.campaign.first in text)
        terminal.rest(2 * QUIET)
        self._note(paint=paint, rows=rows, start=terminal.processor, memory=terminal.memory)

    def _walk(self, terminal: Terminal) -> None:
        before = terminal.processor
        for key in WALK:
            frames = terminal.press(key)
            self._note(key=frames[0].after, rest=frames[-1].after, drawn=_size(frames))
        self._note(work=(terminal.processor - before) / len(WALK))

    def _idle(self, terminal: Terminal, seconds: float) -> None:
        before, begun = terminal.processor, time.perf_counter()
        frames = terminal.rest(seconds)
        share = (terminal.processor - before) / (time.perf_counter() - begun)
        self._note(idle=share, idle_drawn=_size(frames))

    def _note(self, **figures: float) -> None:
        for name, figure in figures.items():
            self.samples[name].append(figure)


class BoardBench(Bench):
    """The board: opened by nobody, who sees all rows at once, and then by an officer."""

    def run(self, idle: float) -> None:
        """Open it as if for the first time, walk, filter, leave it alone, and let somebody else
        change a row in sight.
        """
        shutil.rmtree(Path(self._environment["XDG_STATE_HOME"]), ignore_errors=True)
        with self._open("tracker", *self._on_file(NOBODY)) as terminal:
            self._start(terminal)
        with self._open("tracker", *self._on_file(self.campaign.officer)) as terminal:
            terminal.until(lambda text: BY_ID["help"].words in text)
            terminal.rest(2 * QUIET)
            self._list_all(terminal)
            terminal.press("home")
            self._walk(terminal)
            self._filter(terminal)
            self._idle(terminal, idle)
            self._tell(terminal)

    def warm(self) -> None:
        """Open it once unmeasured, and let the tour be seen."""
        with self._open("tracker", *self._on_file(self.campaign.officer)) as terminal:
            terminal.until(lambda text: BY_ID["help"].words in text)
            terminal.rest(1)

    def _on_file(self, login: str) -> tuple[str, ...]:
        return "--db", str(self.campaign.path), "--as", login

    def _list_all(self, terminal: Terminal) -> None:
        """Take off the filter with which an officer begins; the line below then counts all rows."""
        frames = terminal.press(BY_ID["show-mine"].keys[0])
        told = "".join(frame.text for frame in frames)
        if told.count(str(self.campaign.tasks)) < 2:
            raise RuntimeError("the board does not list all tasks")

    def _filter(self, terminal: Terminal) -> None:
        terminal.press(BY_ID["filter"].keys[0])
        for key in TYPED:
            frames = terminal.press(key)
            listed = [frame.after for frame in frames if frame.touches(LISTED)]
            if listed:  # else the letter leaves the same tasks: nothing is waited for
                self._note(filter=listed[-1], filter_frames=len(frames))
        terminal.press("escape")

    def _tell(self, terminal: Terminal) -> None:
        words = "update", self.campaign.code, "--result", f"đợt {len(self.samples['told']) + 1}"
        command = [sys.executable, "-m", "tracker", *self._on_file(self.campaign.officer), *words]
        subprocess.run(command, cwd=ROOT, env=self._environment, check=True, capture_output=True)
        self._note(told=_size(terminal.rest(3)))


def _size(frames: Iterable[Frame]) -> int:
    return sum(len(frame.drawn) for frame in frames)


def table(pairs: Iterable[tuple[Bench, Bench]]) -> str:
    """Return the Markdown table of boards against bare tables."""
    lines = ["| tasks | | bare table | board | ratio | limit | |", "|--:|---|--:|--:|--:|--:|---|"]
    for bare, board in pairs:
        for line in LINES:
            lines.append(line_of(line, bare.samples, board.samples, f"{board.campaign.tasks:,}"))
    return "\n".join(lines)


def line_of(line: Line, bare: Samples, board: Samples, name: str) -> str:
    got = line.of(board[line.board])
    floor = line.of(bare[line.bare]) if line.bare else None
    ratio = got / floor if floor and line.unit != "%" else None
    held = ratio if ratio is not None else got
    limit = verdict = ""
    if line.limit is not None:
        limit = f"{line.limit:g} x" if ratio is not None else _figure(line.limit, line.unit)
        verdict = "held" if held <= line.limit else "**missed**"
    shown = [_figure(value, line.unit) for value in (floor, got)]
    times = "" if ratio is None else f"{ratio:.2f} x"
    return f"| {name} | {line.words} | {shown[0]} | {shown[1]} | {times} | {limit} | {verdict} |"


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    scale = {"ms": 1000, "%": 100}.get(unit, 1)
    digits = 0 if unit == "bytes" else 2 if unit == "%" else 1
    return f"{value * scale:.{digits}f} {unit}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--idle", type=float, default=20, help="seconds to be left alone")
    parser.add_argument("--tasks", type=int, default=5000, help="tasks of the large file")
    parser.add_argument("--keep", type=Path, help="keep the files here, and use those there")
    options = parser.parse_args(arguments)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="tracker-benchmark-"))
    folder.mkdir(parents=True, exist_ok=True)
    left_out = ("TRACKER_", "TEXTUAL", "PYTHON", "NO_COLOR")
    environment = {n: value for n, value in os.environ.items() if not n.startswith(left_out)}
    environment |= {"HOME": str(folder), "COLORTERM": "truecolor", "PYTHONPATH": str(ROOT)}
    environment["XDG_STATE_HOME"] = str(folder / "state")  # how the board was left last time
    try:
        pairs = [
            (Bench(campaign, environment), BoardBench(campaign, environment))
            for campaign in campaigns(folder, options.tasks, environment)
        ]
        for pair in pairs:
            for bench in pair:
                bench.warm()
        for _ in range(options.rounds):
            for pair in pairs:
                for bench in pair:
                    bench.run(options.idle)
        print(f"{os.cpu_count()} cores, CPython {python_version()}, Textual {textual_version},")
        print(f"{SIZE[1]} x {SIZE[0]}, {options.rounds} rounds\n\n{table(pairs)}")
    finally:
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
