"""The floor of the board: the same rows in Textual's own table, and nothing else.

python -m benchmarks.bare ROWS.json [modes]

With `modes` the table stands on two screens, to which the keys 1 and 2 lead.
"""

import json
import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import DataTable


class Page(Screen[None]):
    """A screen with the table."""

    def __init__(self, titles: list[str], rows: list[list[str]]) -> None:
        super().__init__()
        self._titles, self._rows = titles, rows

    def compose(self) -> ComposeResult:
        """The table fills the screen."""
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Put the rows in."""
        fill(self.query_exactly_one(DataTable), self._titles, self._rows)


class Bare(App[None]):
    """A table of rows under a row cursor."""

    def __init__(self, titles: list[str], rows: list[list[str]]) -> None:
        super().__init__()
        self._titles, self._rows = titles, rows

    def get_default_screen(self) -> Screen[None]:
        """The table fills the screen."""
        return Page(self._titles, self._rows)


class TwoModes(App[None]):
    """The table on two screens; each is made when it is first shown."""

    BINDINGS: list[BindingType] = [  # noqa: RUF012
        Binding("1", "switch_mode('1')"),
        Binding("2", "switch_mode('2')"),
    ]

    def __init__(self, titles: list[str], rows: list[list[str]]) -> None:
        super().__init__()
        for mode in ("1", "2"):
            self.add_mode(mode, lambda: Page(titles, rows))

    async def on_mount(self) -> None:
        """Begin with the first."""
        await self.switch_mode("1")


def fill(table: DataTable[str], titles: list[str], rows: list[list[str]]) -> None:
    """Put rows into a table."""
    table.add_columns(*titles)
    table.add_rows(rows)


if __name__ == "__main__":
    kind = TwoModes if sys.argv[2:] == ["modes"] else Bare
    kind(*json.loads(Path(sys.argv[1]).read_text("utf-8"))).run()
