"""Mode 2: where the campaign stands and where it slips, from the same record as `summary`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import RenderResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tracker import wording
from tracker.i18n import _, ngettext
from tracker.tui import overview_blocks
from tracker.tui.board_screen import BoardScreen
from tracker.tui.commands import Place, bindings
from tracker.tui.digits import large
from tracker.tui.overview_blocks import Block
from tracker.tui.picture import Change

if TYPE_CHECKING:
    from tracker.tui.everywhere import Everywhere


WIDTHS = [(0, "-slim"), (72, "-narrow"), (110, "-wide")]


class BlockView(Widget, can_focus=True):
    """One block: as many lines as fit, and how many more there are."""

    block: reactive[Block | None] = reactive(None)

    def __init__(self, block: Block) -> None:
        super().__init__(id=f"block-{block.id}")
        self.set_reactive(BlockView.block, block)

    def render(self) -> RenderResult:
        """Draw heading and lines."""
        block = self.block
        if block is None:
            return ""
        width, height = self.size
        lines = [Content.styled(block.title, "bold $text-accent")]
        room = height - 1
        if not block.lines:
            lines.append(Content.styled(block.nothing, "$text-muted"))
        elif len(block.lines) <= room:
            lines += [line.content(width) for line in block.lines]
        else:
            lines += [line.content(width) for line in block.lines[: max(0, room - 1)]]
            more = len(block.lines) - max(0, room - 1)
            text = ngettext("... and {n} more", "... and {n} more", more).format(n=more)
            lines.append(Content.styled(text, "$text-muted"))
        return Content("\n").join(lines[:height])

    async def on_click(self, event: events.Click) -> None:
        """Open the list behind the block."""
        event.stop()
        self.focus()
        await self.run_action("screen.open_block")


class OverviewScreen(BoardScreen):
    """The countdown in large digits, the totals that add up, and the blocks."""

    MODE = "show-overview"
    PLACES = (Place.OVERVIEW,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.OVERVIEW)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    AUTO_FOCUS = ""

    @property
    def _board(self) -> "Everywhere":
        return cast("Everywhere", self.app)

    def compose_body(self) -> Iterable[Widget]:
        """Digits and totals above, the blocks below."""
        with VerticalScroll(id="overview", can_focus=False):
            with Horizontal(id="headline"):
                yield Static(id="digits", markup=False)
                yield Static(id="digits-words", markup=False)
                with Vertical(id="totals"):
                    yield Static(id="identity", markup=False)
                    yield Static(id="weeks", markup=False)
            with Container(id="blocks"):
                for block in self._blocks():
                    yield BlockView(block)

    def _blocks(self) -> tuple[Block, ...]:
        return overview_blocks.blocks(self.session.picture.summary)

    def on_mount(self) -> None:
        """Begin at the top, with the worst."""
        self.query(BlockView).first().focus(scroll_visible=False)

    def show_change(self, change: Change) -> None:
        """Draw the numbers and whichever block says something else than before."""
        summary = change.picture.summary
        count = summary.countdown
        number = count.days_left if count.days_left is not None else count.distance
        self.query_exactly_one("#digits", Static).update(
            Content.styled("\n".join(large(number, plain=self._board.plain)), "bold $text-accent")
        )
        self.query_exactly_one("#digits-words", Static).update(
            Content("\n").join([*overview_blocks.caption(count), wording.position(count)])
        )
        totals = Content("\n").join(overview_blocks.identity(summary))
        self.query_exactly_one("#identity", Static).update(totals)
        bars = overview_blocks.weeks(summary)
        caption = _("done, week by week") if bars else ""
        self.query_exactly_one("#weeks", Static).update(
            Content.assemble((bars, "$primary"), (f"  {caption}", "$text-muted"))
        )
        for block in self._blocks():
            self.query_exactly_one(f"#block-{block.id}", BlockView).block = block

    async def action_open_block(self) -> None:
        """List the tasks behind the block that has the focus."""
        if isinstance(self.focused, BlockView) and self.focused.block is not None:
            await self._board.show_filtered(self.focused.block.filter)

    def action_next_block(self) -> None:
        """Go to the next block."""
        self.focus_next(BlockView)

    def action_previous_block(self) -> None:
        """Go to the block before."""
        self.focus_previous(BlockView)
