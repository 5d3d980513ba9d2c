"""The door: the command `tracker` and `python -m tracker` both come in here."""

import gc
import os
import sys
import threading

from tracker.cli.main import run


def main() -> None:
    """Run the command line and leave with its exit code.

    A command ends before it pays to collect what it has read, or to take the interpreter apart
    piece by piece: a sixth of the time of a short one. Files are closed by then.
    """
    gc.disable()
    code = run()
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):  # None: closed by who started it
            stream.flush()
    except (OSError, ValueError):
        raise SystemExit(code) from None
    if threading.active_count() > 1:  # let it finish what it does
        raise SystemExit(code)
    os._exit(code)


if __name__ == "__main__":
    main()
