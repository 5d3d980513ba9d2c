"""The floor of the board: the same rows in Textual's own table, and nothing else.

python -m benchmarks.bare ROWS.json
"""

import json
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Bare(App[None]):
    """A table of rows under a row cursor."""

    def __init__(self, titles: list[str], rows: list[list[str]]) -> None:
        super().__init__()
        self._titles, self._rows = titles, rows

    def compose(self) -> ComposeResult:
        """The table fills the screen."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Put the rows in."""
        table = self.query_exactly_one(DataTable)
        table.add_columns(*self._titles)
        table.add_rows(self._rows)


if __name__ == "__main__":
    Bare(*json.loads(Path(sys.argv[1]).read_text("utf-8"))).run()
