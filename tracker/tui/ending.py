"""What ends a board from outside: its terminal is closed, the machine is shut down.

Knows nothing of what the board shows.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable


def heed(keep: Callable[[], None], leave: Callable[[], None]) -> None:
    """Let a board that is ended from outside `keep` what it remembers, and `leave` in good order.

    A closed terminal takes no more words: there the program ends at once. To be called in the
    event loop; Windows has no such signals.
    """
    if sys.platform == "win32":
        return

    def closed() -> None:
        keep()
        loop.remove_signal_handler(signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGHUP)

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, closed)
    loop.add_signal_handler(signal.SIGTERM, leave)
