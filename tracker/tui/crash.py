"""When the program itself fails: one line for the person, the details in a private file.

The details never hold local values: a title, a note or a name stays in the campaign's file.
"""

import os
import traceback
from datetime import datetime
from pathlib import Path


def write(error: BaseException, folder: Path, now: datetime) -> Path | None:
    """Write where an error happened to a new file (0600) in `folder`; None where that fails."""
    path = folder / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.log"
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        private = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(private, "w", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError:
        return None
    return path
