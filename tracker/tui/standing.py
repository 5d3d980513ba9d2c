"""Where a screen stands: what is typed, marked, collapsed and under the cursor.

A screen made anew, in another language, is put where the old one stood. Decides nothing else.
"""

from dataclasses import dataclass

from textual.containers import VerticalScroll

from tracker.tui.board_screen import BoardScreen
from tracker.tui.fields import Line
from tracker.tui.grid import Grid


@dataclass(frozen=True, slots=True)
class Standing:
    """How one screen stood; parts that it does not have are empty."""

    typed: tuple[str, ...]
    marked: tuple[str, ...]
    collapsed: frozenset[str]
    cursor: str | None
    scrolled: tuple[float, ...]
    focus: str | None

    @classmethod
    def of(cls, screen: BoardScreen) -> "Standing":
        """Read it off a screen."""
        grids = list(screen.query(Grid))
        return cls(
            typed=tuple(line.value for line in screen.query(Line)),
            marked=tuple(key for grid in grids for key in grid.marked),
            collapsed=frozenset(key for grid in grids for key in grid.collapsed),
            cursor=next((grid.cursor_key for grid in grids), None),
            scrolled=tuple(each.scroll_y for each in screen.query(VerticalScroll)),
            focus=screen.focused.id if screen.focused else None,
        )

    def give(self, screen: BoardScreen) -> None:
        """Put a new screen of the same kind, already laid out, where the old one was."""
        for line, text in zip(screen.query(Line), self.typed, strict=False):
            line.value = text
        for grid in screen.query(Grid):
            grid.collapsed = self.collapsed
            grid.set_marks(self.marked)
            if self.cursor is not None:
                grid.move_to(self.cursor)
        for each, y in zip(screen.query(VerticalScroll), self.scrolled, strict=False):
            each.scroll_to(y=y, animate=False)
        if self.focus:
            for widget in screen.query(f"#{self.focus}"):
                screen.set_focus(widget)
