"""The command line called from a test: words in, exit code, stdout and stderr out."""

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests import make
from tracker.cli.main import run

NOW = "2022-11-22 15:00"


class Answer(NamedTuple):
    """What one run of the command line gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """The lines of stdout."""
        return self.out.splitlines()


def tracker(*words: str, db: Path | None = None, now: str = NOW) -> Answer:
    """Run the command line in this process, on a file, with a clock that stands still."""
    instant = make.moment(now)
    clock: Callable[[], datetime] = lambda: instant  # noqa: E731
    out, err = io.StringIO(), io.StringIO()
    place = ["--db", str(db)] if db else []
    with redirect_stdout(out), redirect_stderr(err):
        code = run([*place, *words], now=clock)
    return Answer(code, out.getvalue(), err.getvalue())


def ok(*words: str, db: Path | None = None, now: str = NOW) -> Answer:
    """Run the command line where it must succeed."""
    answer = tracker(*words, db=db, now=now)
    assert answer.code == 0, answer.err
    return answer
