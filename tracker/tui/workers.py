"""Work beside the event loop of which only the newest of its kind matters."""

from collections.abc import Callable, Coroutine

from textual.dom import DOMNode
from textual.worker import Worker


def work_anew(node: DOMNode, work: Callable[[], Coroutine[None, None, None]], group: str) -> None:
    """Begin a work for a screen or widget; what it was at in the same group is given up.

    Takes what makes the coroutine, not the coroutine itself: one that is given up before it begins
    would never be awaited.
    """
    _worker: Worker[None] = node.run_worker(work, exclusive=True, group=group)
