"""A text of thousands of lines that scrolls: only what is in sight is drawn.

What people wrote stands in it as plain text. Knows nothing of what the lines say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

LEAST = 8
"""The least width of a wrapped line: a window that is hidden for its size may have none at all."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text that is wrapped, every line of it so many cells from the left."""

    text: Content
    indent: int = 0

    def lines(self, width: int) -> Sequence["Paragraph"]:
        """Return it in lines of at most `width` cells, each a paragraph of its own."""
        room = max(width - self.indent, LEAST)
        if self.text.cell_length <= room and "\n" not in self.text.plain:
            return (self,)
        return [Paragraph(line, self.indent) for line in self.text.wrap(room)]


class LongText(ScrollView, can_focus=False):
    """Paragraphs under each other; as high as they are, where there is room."""

    DEFAULT_CSS = """
    LongText {
        height: auto;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, paragraphs: Iterable[Paragraph] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._paragraphs = tuple(paragraphs)
        self._wrapped: tuple[int, list[Paragraph]] | None = None

    def show(self, paragraphs: Iterable[Paragraph]) -> None:
        """Show another text, from its beginning."""
        self._paragraphs = tuple(paragraphs)
        self._wrapped = None
        self._fit()
        self.scroll_home(animate=False)
        self.refresh(layout=True)

    def _lines(self, width: int) -> list[Paragraph]:
        """Return the lines at a width, a blank before the scrollbar; kept until text or width
        change.
        """
        if self._wrapped is None or self._wrapped[0] != width:
            found = [line for each in self._paragraphs for line in each.lines(width - 1)]
            self._wrapped = width, found
        return self._wrapped[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for all lines."""
        return len(self._lines(width))

    def on_resize(self) -> None:
        """Wrap the text anew."""
        self._fit()

    def _fit(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._lines(width)))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line `y` of the view."""
        width = self.scrollable_content_region.width
        lines, at = self._lines(width), self.scroll_offset.y + y
        if at >= len(lines):
            return Strip.blank(width, self.rich_style)
        line = Content.assemble(" " * lines[at].indent, lines[at].text)
        return Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)[0]
