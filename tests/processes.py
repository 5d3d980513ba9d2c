"""Starting the programs of `tests.workers`, all at one moment, and hearing what they say."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Worker:
    """One running worker."""

    def __init__(self, job: str, path: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.workers", job, str(path), *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def hear(self) -> str:
        """Return the next line that the worker says; "" when it has ended."""
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def go(self) -> None:
        """Let the worker begin."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def stop(self) -> None:
        """Stop the worker where it is."""
        self.process.send_signal(signal.SIGSTOP)

    def end(self) -> list[str]:
        """Wait for the worker to end; return the whole lines that were not heard yet."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        said, wrong = self.process.stdout.read(), self.process.stderr.read()
        self.process.wait()
        assert not wrong, wrong
        return said.split("\n")[:-1]


@contextmanager
def workers(*jobs: Sequence[str | Path]) -> Iterator[list[Worker]]:
    """Start workers, wait until all are ready, and let them go at once; none outlives the block."""
    started = [Worker(str(job), Path(path), *map(str, words)) for job, path, *words in jobs]
    try:
        for worker in started:
            assert worker.hear() == "ready", worker.end()
        for worker in started:
            worker.go()
        yield started
    finally:
        for worker in started:
            if worker.process.poll() is None:
                worker.process.kill()
            worker.process.communicate()


def together(*jobs: Sequence[str | Path]) -> list[list[str]]:
    """Run workers at once to their end; return what each said."""
    with workers(*jobs) as started:
        return [worker.end() for worker in started]
