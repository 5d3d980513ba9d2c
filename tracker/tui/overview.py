"""Mode 2: where the campaign stands and where it slips, from the same record as `summary`."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from db.records import Task
from tracker import wording
from tracker.i18n import _
from tracker.summary import Summary
from tracker.tui import overview_beside, overview_blocks, overview_lines
from tracker.tui.commands import Place, bindings
from tracker.tui.digits import large
from tracker.tui.overview_beside import Beside
from tracker.tui.overview_blocks import Block, Line
from tracker.tui.picture import Change
from tracker.tui.session import Session
from tracker.tui.task_actions import TaskActions
from tracker.tui.workers import work_anew

if TYPE_CHECKING:
    from tracker.burnup import Burnup
    from tracker.tui.everywhere import Everywhere


WIDTHS = [(0, "-slim"), (72, "-narrow"), (110, "-wide")]


class BlockView(Widget, can_focus=True):
    """One block: as many lines as fit, and how many more there are.

    The heading opens the list behind the block, as does the line that counts the rest; any other
    line opens its own task or unit.
    """

    block: reactive[Block | None] = reactive(None, layout=True)
    at: reactive[int] = reactive(0)
    """The line under the cursor while the block has the focus; 0 is the heading."""

    def __init__(self, block: Block) -> None:
        super().__init__(id=f"block-{block.id}")
        self.set_reactive(BlockView.block, block)

    @property
    def _shown(self) -> tuple[Line, ...]:
        """The lines that have room under the heading."""
        if self.block is None:
            return ()
        lines, room = self.block.lines, max(0, self.size.height - 1)
        fits = len(lines) + bool(self.block.untold) <= room
        return lines if fits else lines[: max(0, room - 1)]

    @property
    def last(self) -> int:
        """The last line on which the cursor can stand."""
        lines = len(self.block.lines) + self.block.untold if self.block else 0
        return len(self._shown) + (len(self._shown) < lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for a heading and all lines."""
        if self.block is None:
            return 1
        return 1 + max(1, len(self.block.lines) + bool(self.block.untold))

    def render(self) -> RenderResult:
        """Draw heading and lines, the one under the cursor marked."""
        block = self.block
        if block is None:
            return ""
        width, height = self.size
        lines = [Content.styled(block.title, "bold $text-accent")]
        lines += [line.content(width) for line in self._shown]
        if not block.lines:
            lines.append(Content.styled(block.nothing, "$text-muted"))
        elif more := len(block.lines) + block.untold - len(self._shown):
            lines.append(Content.styled(block.rest(more), "$text-muted"))
        if self.has_focus and self.at < len(lines):
            lines[self.at] = Content.styled(lines[self.at].plain.ljust(width), self._cursor_style)
        return Content("\n").join(lines[:height])

    @property
    def _cursor_style(self) -> str:
        """Colours, or what tells without them."""
        if self.has_pseudo_class("nocolor") or self.has_pseudo_class("ansi"):
            return "bold reverse"
        return "bold $block-cursor-foreground on $block-cursor-background"

    def on_resize(self) -> None:
        """Keep the cursor on a line that is there."""
        self.at = min(self.at, self.last)

    def step(self, by: int) -> bool:
        """Move the cursor; False at the edge of the block."""
        if not 0 <= self.at + by <= self.last:
            return False
        self.at += by
        return True

    @property
    def under_cursor(self) -> Line | None:
        """The line that has the cursor, if it stands for a task or a unit."""
        shown = self._shown
        return shown[self.at - 1] if 0 < self.at <= len(shown) else None

    async def on_click(self, event: events.Click) -> None:
        """Open what was clicked: the list, or one task of it."""
        event.stop()
        self.focus()
        self.at = min(max(0, event.y), self.last)
        await self.run_action("screen.open_block")


class Figures(Widget):
    """What a function says of the summary in lines of the width there is."""

    summary: reactive[Summary | None] = reactive(None, layout=True)

    def __init__(self, lines: Callable[[Summary, int], list[Content]], *, id: str) -> None:
        super().__init__(id=id)
        self._lines = lines

    def render(self) -> RenderResult:
        """Draw as much as the width takes."""
        return Content("\n").join(self._told(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Ask for all lines; for nothing where nothing is said."""
        return len(self._told(width))

    def _told(self, width: int) -> list[Content]:
        return self._lines(self.summary, width) if self.summary else []


class Weeks(Figures):
    """The rows of weeks, with a forecast once it is there."""

    burnup: reactive["Burnup | None"] = reactive(None, layout=True)

    def __init__(self, *, id: str) -> None:
        super().__init__(overview_lines.weeks, id=id)

    def _told(self, width: int) -> list[Content]:
        return overview_lines.weeks(self.summary, width, self.burnup) if self.summary else []


class Sheet(VerticalScroll, can_focus=False, inherit_bindings=False):
    """What scrolls under the header; the arrows are left to the blocks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
    ]


class OverviewScreen(TaskActions):
    """The countdown in large digits, the totals that add up, and the blocks."""

    MODE = "show-overview"
    PLACES = (Place.OVERVIEW,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.OVERVIEW)
    HORIZONTAL_BREAKPOINTS = WIDTHS
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._of: Summary | None = None
        self._beside: Beside | None = None

    @property
    def _board(self) -> "Everywhere":
        return cast("Everywhere", self.app)

    def compose_body(self) -> Iterable[Widget]:
        """Digits and totals above, the blocks below."""
        with Sheet(id="overview"):
            with Container(id="headline"):
                with Horizontal(id="count"):
                    yield Static(id="digits", markup=False)
                    yield Static(id="digits-words", markup=False)
                    yield Weeks(id="weeks-beside")
                with Vertical(id="totals"):
                    yield Figures(overview_lines.identity, id="identity")
                    yield Weeks(id="weeks-below")
            with Container(id="blocks"):
                for block in self._blocks():
                    yield BlockView(block)

    def _blocks(self) -> tuple[Block, ...]:
        """The blocks; what takes longer is that of the summary before until it is read anew."""
        return overview_blocks.blocks(self.session.picture.summary, self._beside)

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
            Content("\n").join([*overview_lines.caption(count), wording.position(count)])
        )
        for figures in self.query(Figures):
            figures.summary = summary
        if summary is not self._of:
            work_anew(self, self._read, "overview")
        self._show_blocks()

    def _show_blocks(self) -> None:
        for block in self._blocks():
            self.query_exactly_one(f"#block-{block.id}", BlockView).block = block

    async def _read(self) -> None:
        """Read what takes longer, and show it."""
        picture = self.session.picture
        found = await self.session.look(overview_beside.read, picture)
        if found is not None:
            self._of, self._beside = picture.summary, found
            for weeks in self.query(Weeks):
                weeks.burnup = found.burnup
            self._show_blocks()

    async def action_open_block(self) -> None:
        """Open the line under the cursor, or list the tasks behind the block."""
        view = self.focused
        if not isinstance(view, BlockView) or view.block is None:
            return
        line = view.under_cursor
        if line and line.task:
            self._board.open_task(line.task, [each.task for each in view.block.lines])
        else:
            wanted = line.filter if line else view.block.filter
            await self._board.show_filtered(wanted, view.block.mode)

    def chosen(self) -> list[Task]:
        """Return the task of the line under the cursor."""
        line = self.focused.under_cursor if isinstance(self.focused, BlockView) else None
        task = self.session.picture.state.tasks.get(line.task or "") if line else None
        return [task] if task else []

    def why_none(self) -> str:
        """Say how to come to a task here."""
        return _("Go down to the line of a task first.")

    async def action_urge_line(self) -> None:
        """Urge the unit of the line's task."""
        await self.action_urge()

    def action_next_line(self) -> None:
        """Go to the next line of the block, from the last one to the next block."""
        if isinstance(self.focused, BlockView) and not self.focused.step(1):
            self._enter(self.focus_next(BlockView), last=False)

    def action_previous_line(self) -> None:
        """Go to the line before, from the heading to the last line of the block before."""
        if isinstance(self.focused, BlockView) and not self.focused.step(-1):
            self._enter(self.focus_previous(BlockView), last=True)

    def action_next_block(self) -> None:
        """Go to the next block."""
        self._enter(self.focus_next(BlockView), last=False)

    def action_previous_block(self) -> None:
        """Go to the block before."""
        self._enter(self.focus_previous(BlockView), last=False)

    def _enter(self, view: Widget | None, *, last: bool) -> None:
        if isinstance(view, BlockView):
            view.at = view.last if last else 0
