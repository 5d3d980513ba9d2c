"""The lines around every screen: the modes at the top, what just happened and the keys below."""

from collections.abc import Iterable
from typing import Literal

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tracker.tui.commands import Command, key_name, key_names

Tone = Literal["quiet", "good", "warning", "error"]


class KeyHint(Static):
    """A key and its word; a click does what the key does."""

    def __init__(self, command: Command) -> None:
        key = key_name(command.keys[0])
        super().__init__(
            Content.assemble((key, "bold $text-primary"), " ", command.hint),
            id=f"key-{command.id}",
        )
        self.command = command
        self.tooltip = _explained(command)

    def on_click(self, event: events.Click) -> None:
        """Run the command."""
        event.stop()
        _run(self, self.command)


class KeyBar(Horizontal):
    """The keys that matter here; the least important go when the line is short."""

    def __init__(self, commands: Iterable[Command]) -> None:
        shown = [command for command in commands if command.rank is not None]
        self._hints = [KeyHint(command) for command in shown]
        super().__init__()

    def compose(self) -> ComposeResult:
        """Put the hints side by side."""
        yield from self._hints

    def on_resize(self, event: events.Resize) -> None:
        """Show as many hints as fit, the most important first."""
        room = event.size.width
        for hint in sorted(self._hints, key=lambda hint: hint.command.rank or 0):
            if not hint.is_attached:
                continue
            width = hint.visual.get_optimal_width({}, 1000) + 2
            hint.display = width <= room
            if hint.display:
                room -= width

    def grey(self, commands: Iterable[str]) -> None:
        """Show these commands as not possible now, and all others as possible."""
        off = set(commands)
        for hint in self._hints:
            hint.set_class(hint.command.id in off, "-off")


class ModeTab(Static):
    """One mode: its key and its name, or the key alone where the line is short."""

    def __init__(self, command: Command, *, is_lit: bool = False) -> None:
        self._bare = key_name(command.keys[0])
        self._named = f"{self._bare} {command.words}"
        super().__init__(self._named, markup=False, id=f"tab-{command.id}")
        self.command, self.is_lit = command, is_lit
        self.set_class(is_lit, "-on")
        self.tooltip = _explained(command)
        self._is_named = True

    def cells(self, *, named: bool) -> int:
        """Return how wide it is, with a blank at each side, also before it is laid out."""
        return cell_len(self._named if named else self._bare) + 2

    def show(self, *, named: bool) -> None:
        """Show the key with the name, or without."""
        if named is not self._is_named:
            self._is_named = named
            self.update(self._named if named else self._bare)

    def on_click(self, event: events.Click) -> None:
        """Go to the mode."""
        event.stop()
        _run(self, self.command)


def name_tabs(tabs: Iterable[ModeTab], room: int) -> int:
    """Name as many of the tabs as fit into so many cells; return the cells that all take.

    The lit one always has its name, the others in their order.
    """
    tabs = list(tabs)
    taken = sum(tab.cells(named=False) for tab in tabs)
    for tab in sorted(tabs, key=lambda tab: not tab.is_lit):
        longer = taken + tab.cells(named=True) - tab.cells(named=False)
        if fits := tab.is_lit or longer <= room:
            taken = longer
        else:
            room = 0  # those behind stay short too: names stand together
        tab.show(named=fits)
    return taken


def _run(widget: Widget, command: Command) -> None:
    """Run a command as its key would, by the app: it may take away the widget's own screen.

    A screen that goes waits for what its widgets are at; a widget that waited for the screen to
    go would stop the board.
    """
    widget.app.call_later(widget.app.run_action, command.target, widget)


def _explained(command: Command) -> Content:
    """Return what stands in a tooltip: the label, all keys, and what the command does."""
    return Content(f"{command.words} ({key_names(command)}): {command.explanation}")


class StatusLine(Static):
    """What has just happened, or what is wrong; after a while again what the screen shows."""

    LINGERS = 6.0

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._rest: tuple[str, Tone] = ("", "quiet")
        self._shown: tuple[str, Tone] = ("", "quiet")
        self._timer: Timer | None = None

    def rest(self, text: str, tone: Tone) -> None:
        """Set what stands here when there is nothing to tell."""
        self._rest = (text, tone)
        if self._timer is None:
            self._show(text, tone)

    def say(self, text: str, tone: Tone) -> None:
        """Tell something for a while."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(self.LINGERS, self.be_quiet)
        self._show(text, tone)

    def be_quiet(self) -> None:
        """Go back to what the screen shows."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._show(*self._rest)

    def _show(self, text: str, tone: Tone) -> None:
        if (text, tone) == self._shown:
            return
        self._shown = (text, tone)
        said = Content(" ".join(text.split()))
        # What the screen shows keeps to one line; what is told is never cut short of its cure.
        is_long = self._timer is not None and said.cell_length > self.content_size.width
        self.set_classes([f"-{tone}", "-long"] if is_long else f"-{tone}")
        self.update(said, layout=is_long)
