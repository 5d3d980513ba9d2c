"""Workbooks are read in a process of their own, which is stopped when it takes too long."""

import os
import subprocess
import sys
from pathlib import Path

import tracker
from tracker.errors import BadInput
from tracker.sheets.protocol import OUT_OF_MEMORY, understood
from tracker.sheets.records import LIMITS, Sheet

_ROOT = Path(tracker.__file__).parent.parent


def read(data: bytes, file: str, wanted: str | None) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook. Raises BadInput, whatever becomes of the other process."""
    # -P: no module of the folder in which somebody happens to stand is taken for one of Python.
    command = [sys.executable, "-P", "-m", "tracker.sheets.child", file]
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    try:
        done = subprocess.run(
            [*command, *([] if wanted is None else [wanted])],
            input=data,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore"},
            timeout=LIMITS.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadInput("sheet-slow", file=file, seconds=LIMITS.seconds) from error
    if done.returncode == OUT_OF_MEMORY:
        raise BadInput("sheet-memory", file=file)
    try:
        return understood(done.stdout)
    except ValueError as error:  # it broke before it could say anything
        raise BadInput("sheet-damaged", file=file) from error
