"""How far long work has come: a bar on the terminal, from the second second on.

Whoever pipes stderr sees nothing, and what is done within a second shows nothing to anybody; Rich
is imported only when there is a bar to draw.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING, TextIO, TypeVar

from tracker.cli.output import Output

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, TaskID

Advance = Callable[[int], None]
PATIENCE = 1.0  # seconds
_STRIDE = 500  # steps that are told at once: to tell each takes longer than the step
_Step = TypeVar("_Step")
_screen = Lock()  # there is room for one bar


@contextmanager
def progress(out: Output, title: str, total: int | None = None) -> Iterator[Advance]:
    """Show that the block is at work, and how far it is where it says so.

    Yields what is called with the number of steps done, of `total`; without a total the bar only
    moves, so that one long call shows too. The bar is gone when the block ends, however it ends. A
    block within another shows none of its own.
    """
    stream = out.narration
    if stream is None or not _screen.acquire(blocking=False):
        yield _nothing
        return
    bar = _Bar(stream, title, total, plain=out.ascii)
    timer = Timer(PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar.advance
    finally:
        timer.cancel()
        bar.close()
        _screen.release()


def watched(steps: Iterable[_Step], advance: Advance) -> Iterator[_Step]:
    """Yield the steps of a long walk and tell how many have passed."""
    for n, step in enumerate(steps, 1):
        yield step
        if not n % _STRIDE:
            advance(_STRIDE)


def _nothing(_steps: int) -> None:
    """Nobody looks."""


class _Bar:
    """A bar that is drawn by another thread, once there is reason to."""

    def __init__(self, stream: TextIO, title: str, total: int | None, *, plain: bool) -> None:
        self._stream, self._title, self._total, self._plain = stream, title, total, plain
        self._done = 0
        self._lock = Lock()  # the timer may go off while the block ends
        self._closed = False
        self._drawn: tuple[Progress, TaskID] | None = None

    def show(self) -> None:
        """Draw the bar, unless the block has ended."""
        with self._lock:
            if self._closed:
                return
            from rich.console import Console
            from rich.progress import Progress

            console = Console(file=self._stream)
            drawn = Progress(*self._columns(), console=console, transient=True)
            task = drawn.add_task(self._title, total=self._total, completed=self._done)
            drawn.start()
            self._drawn = drawn, task

    def _columns(self) -> "Iterator[ProgressColumn]":
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn

        yield TextColumn("{task.description}", markup=False)
        if not self._plain:
            yield BarColumn()
        if self._total is not None:
            yield TaskProgressColumn()
        yield TimeElapsedColumn()

    def advance(self, steps: int) -> None:
        """Count steps that are done."""
        self._done += steps
        if self._drawn:
            drawn, task = self._drawn
            drawn.update(task, completed=self._done)

    def close(self) -> None:
        """Take the bar away."""
        with self._lock:
            self._closed = True
            if self._drawn:
                self._drawn[0].stop()
