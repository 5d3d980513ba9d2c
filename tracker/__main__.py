"""The door: the command `tracker` and `python -m tracker` both come in here."""

from tracker.cli.main import run


def main() -> None:
    """Run the command line and leave with its exit code."""
    raise SystemExit(run())


if __name__ == "__main__":
    main()
