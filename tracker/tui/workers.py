"""Work beside the event loop of which only the newest of its kind matters."""

from collections.abc import Callable, Coroutine

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker


def work_anew(node: DOMNode, work: Callable[[], Coroutine[None, None, None]], group: str) -> None:
    """Begin a work for a screen or widget; what it was at in the same group is given up.

    Takes what makes the coroutine, not the coroutine itself: one that is given up before it begins
    would never be awaited. What comes back to a screen that is being taken down finds no widgets
    there any more, and has nothing to show.
    """

    async def while_it_stands() -> None:
        try:
            await work()
        except NoMatches:
            if node.app.is_running and node.is_running and not node._pruning:
                raise

    _worker: Worker[None] = node.run_worker(while_it_stands, exclusive=True, group=group)
