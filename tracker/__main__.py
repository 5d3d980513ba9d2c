"""The door: the command `tracker` and `python -m tracker` both come in here."""

import gc

from tracker.cli.main import run


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.disable()  # a command ends before collecting pays: a tenth of its time on a large campaign
    raise SystemExit(run())


if __name__ == "__main__":
    main()
