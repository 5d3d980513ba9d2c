"""The campaign's policy and use cases. Knows `db`; its own files know no SQL, no Textual, no Typer.

The two front ends, `tracker.cli` and `tracker.tui`, stand above it; nothing here imports them.
"""

__version__ = "0.1.0"
