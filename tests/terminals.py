"""The program in a pty, and the screen that a person would see; not for Windows."""

import contextlib
import os
import select
import sys
from pathlib import Path
from time import monotonic

import pyte
from ptyprocess import PtyProcess

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120.0  # a loaded machine is slow; what is fast does not wait


class Terminal:
    """A program in a pty, and its screen."""

    def __init__(self, *arguments: str, columns: int = 80, lines: int = 24) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.process = PtyProcess.spawn(
            [sys.executable, *arguments],
            dimensions=(lines, columns),
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)},
        )

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def send(self, *chunks: bytes, pause: float = 0.1) -> None:
        """Send chunks, each read on its own, as an input method does."""
        for chunk in chunks:
            self.process.write(chunk)
            self._pump(pause)

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size."""
        self.process.setwinsize(lines, columns)
        self.screen.resize(lines, columns)

    def until(self, *wanted: str) -> None:
        """Wait until texts stand on the screen."""
        end = monotonic() + PATIENCE
        while not all(text in self.text for text in wanted):
            assert monotonic() < end, f"never saw {wanted!r}:\n{self.text}"
            self._pump(0.05)

    def until_quiet(self) -> None:
        """Read until the program has written nothing for a while."""
        while self._pump(0.5):
            pass

    def until_ended(self) -> None:
        """Wait for the end of the program, and read its last words."""
        end = monotonic() + PATIENCE
        while self.process.isalive():
            assert monotonic() < end
            self._pump(0.05)
        while self._pump(0.5):
            pass

    def _pump(self, seconds: float) -> bool:
        """Draw what the program wrote; False when it writes nothing, or has gone."""
        if select.select([self.process.fd], [], [], seconds)[0]:
            with contextlib.suppress(OSError):
                written = os.read(self.process.fd, 65536)
                self._stream.feed(written)
                return bool(written)
        return False

    def close(self) -> None:
        """End the program."""
        if self.process.isalive():
            self.process.terminate(force=True)
        with contextlib.suppress(OSError):
            self.process.close(force=True)
