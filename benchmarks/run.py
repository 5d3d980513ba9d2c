"""Measure commands as whole processes against two floors; print the table of docs/performance.md.

    python -m benchmarks.run [--rounds 15] [--keep FOLDER]

Every figure of a table comes from one run: the commands take turns, round after round, so that a
slow minute of the machine falls on all of them; medians are compared. Limits are ratios, because
milliseconds say more about the machine than about the program.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from platform import python_version
from statistics import median

from benchmarks.generate import generate
from db import tasks
from db.connection import connect
from db.engine import sqlite3
from db.records import Status

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    "A": "import typer, rich.console, rich.table, sqlite3",
    "B": "import typer, rich.table, sqlite3",
}
MIDDLE = "2022-11-08"
ROW = "| {name} | {wall:.0f} ms | {cpu:.0f} ms | {ratio} | {limit} | {verdict} |"


@dataclass(slots=True)
class Case:
    """One command to measure; `limit` is how many times the `floor` it may take."""

    name: str
    command: Sequence[str]
    floor: str = ""
    limit: float | None = None
    fresh: Path | None = None  # a file that must not be there yet
    walls: list[float] = field(default_factory=list)
    cpus: list[float] = field(default_factory=list)

    def run(self, environment: dict[str, str]) -> None:
        """Run the command once and note its wall time and its user + system time."""
        if self.fresh:
            self.fresh.unlink(missing_ok=True)
        begun = time.perf_counter()
        process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        self.walls.append(time.perf_counter() - begun)
        self.cpus.append(usage.ru_utime + usage.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{self.name}: exit code {process.returncode}")


def cases(folder: Path) -> list[Case]:
    """Make the files to measure on, and return the cases in the order of the table."""
    python = sys.executable
    small, big, fresh = (folder / f"{name}.sqlite" for name in ("demo", "big", "fresh"))

    def tracker(*words: str | Path) -> list[str]:
        return [python, "-m", "tracker", *map(str, words)]

    if not small.exists():
        subprocess.run(tracker("demo", "--to", small), cwd=ROOT, check=True, capture_output=True)
    if not big.exists():
        generate(big, 10_000, 200_000)
    code = _open_task(small)
    on_demo, on_big = tracker("--db", small), tracker("--db", big)
    back = ["summary", "--on", MIDDLE]
    return [
        *(Case(f"floor {name}: `{text}`", [python, "-c", text]) for name, text in FLOORS.items()),
        Case("`summary`", [*on_demo, "summary"], "A", 1.6),
        Case("`list`", [*on_demo, "list"], "A"),
        Case("`show CODE`", [*on_demo, "show", code], "A"),
        Case("`log`", [*on_demo, "log"], "A"),
        Case("`league`", [*on_demo, "league"], "A"),
        Case("`update CODE`", [*on_demo, "update", code, "--result", "Đã họp"], "A"),
        Case("`demo --to FILE`", tracker("demo", "--to", fresh), "B", 15, fresh),
        Case("large: `summary`", [*on_big, "summary"], "A", 3),
        Case(f"large: `summary --on {MIDDLE}`", [*on_big, *back], "A", 20),
        Case("large: `league`", [*on_big, "league"], "A", 3),
        Case("large: `target list`", [*on_big, "target", "list"], "A", 3),
        Case("large: `list`", [*on_big, "list"], "A"),
        Case("large: `show CODE`", [*on_big, "show", code], "A"),
    ]


def _open_task(path: Path) -> str:
    """Return the code of a task that still takes reports."""
    with closing(connect(path, read_only=True)) as conn:
        return next(
            code for code, task in tasks.load(conn).items() if task.status is Status.IN_PROGRESS
        )


def table(measured: Sequence[Case]) -> str:
    """Return the Markdown table: medians, ratios to the floor by wall and by processor, limits."""
    floors = dict(zip(FLOORS, measured, strict=False))
    lines = ["| command | wall | user + sys | of floor | limit | |", "|---|--:|--:|--:|--:|---|"]
    for case in measured:
        wall, cpu = median(case.walls), median(case.cpus)
        ratio = limit = verdict = ""
        if case.floor:
            floor = floors[case.floor]
            times = wall / median(floor.walls), cpu / median(floor.cpus)
            ratio = f"{times[0]:.2f} / {times[1]:.2f} x {case.floor}"
            if case.limit:
                limit = f"{case.limit:g} x"
                verdict = "held" if max(times) <= case.limit else "**missed**"
        lines.append(
            ROW.format(
                name=case.name,
                wall=wall * 1000,
                cpu=cpu * 1000,
                ratio=ratio,
                limit=limit,
                verdict=verdict,
            )
        )
    return "\n".join(lines)


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--keep", type=Path, help="keep the files here, and use those there")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="tracker-benchmark-"))
    folder.mkdir(parents=True, exist_ok=True)
    left_out = ("TRACKER_", "PYTHON")  # among them PYTHONDONTWRITEBYTECODE: bytecode is measured
    environment = {n: value for n, value in os.environ.items() if not n.startswith(left_out)}
    environment |= {"HOME": str(folder), "COLUMNS": "80", "PYTHONPATH": str(ROOT)}
    try:
        measured = cases(folder)
        for case in measured:  # once unmeasured: bytecode and page cache
            case.run(environment)
            case.walls.clear()
            case.cpus.clear()
        for _ in range(options.rounds):
            for case in measured:
                case.run(environment)
        print(
            f"{os.cpu_count()} cores, CPython {python_version()}, SQLite {sqlite3.sqlite_version}"
        )
        print(f"{options.rounds} rounds\n\n{table(measured)}")
    finally:
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
