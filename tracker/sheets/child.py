"""`python -m tracker.sheets.child FILE [SHEET]`: reads the workbook on standard input, in a process
that may break without harm.
"""

import sys

from tracker.errors import BadInput
from tracker.sheets.protocol import OUT_OF_MEMORY, told, told_refusal
from tracker.sheets.records import LIMITS
from tracker.sheets.spreadsheet import read

if sys.platform != "win32":
    import resource


def main() -> None:
    """Print the answer; leave with OUT_OF_MEMORY if there was too little of it."""
    _limit_memory()
    file, *rest = sys.argv[1:]
    try:
        print(told(read(sys.stdin.buffer.read(), file, rest[0] if rest else None)))
    except BadInput as refused:
        print(told_refusal(refused))
    except MemoryError:
        raise SystemExit(OUT_OF_MEMORY) from None


def _limit_memory() -> None:
    """Let this process have no more than its share, where the operating system can see to it."""
    if sys.platform == "win32":
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = LIMITS.memory if hard == resource.RLIM_INFINITY else min(LIMITS.memory, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (OSError, ValueError):  # macOS does not take it
        return


if __name__ == "__main__":
    main()
