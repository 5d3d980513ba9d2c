"""A program in a pseudo-terminal, fed with keys and timed as a person would see it.

It answers as a modern terminal does when asked for synchronised output, so that the program marks
where each of its frames ends. Knows nothing of the programs.
"""

import os
import re
import select
import time
from collections.abc import Callable, Container, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Self

from ptyprocess import PtyProcess

SIZE = (36, 120)
PATIENCE = 60.0
QUIET = 0.3
"""Seconds without a byte after which the answer to a key is taken to be whole."""

KEYS = {
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "home": b"\x1b[H",
    "page down": b"\x1b[6~",
    "page up": b"\x1b[5~",
    "backspace": b"\x7f",
    "escape": b"\x1b",
    "quit": b"\x11",
}
_SYNC_ASKED, _SYNC_KNOWN = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_FRAME_END = b"\x1b[?2026l"
_CONTROL = re.compile(
    rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-~])"
)
_SPOT = re.compile(rb"\x1b\[(\d+);\d+H")
_TICKS = os.sysconf("SC_CLK_TCK")


class Frame(NamedTuple):
    """What was drawn at once, and when it had come in full: seconds since the key, or the start."""

    after: float
    drawn: bytes

    @property
    def text(self) -> str:
        """The text of the frame, without its control sequences."""
        return _CONTROL.sub(b"", self.drawn).decode(errors="replace")

    def touches(self, lines: Container[int]) -> bool:
        """Whether it draws on one of these lines, counted from 1."""
        return any(int(line) in lines for line in _SPOT.findall(self.drawn))


class Terminal:
    """A running program; ended when the context is left."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._begun = time.perf_counter()
        self._process = PtyProcess.spawn(list(command), dimensions=SIZE, env=dict(environment))
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._process.terminate(force=True)
        self._process.close(force=True)

    def until(self, *wanted: Callable[[str], object]) -> list[float]:
        """Return when what was drawn first fulfilled each wish, in seconds since the start."""
        found: dict[int, float] = {}
        drawn = ""
        while len(found) < len(wanted):
            drawn += Frame(0, self._read(PATIENCE)).text
            now = time.perf_counter() - self._begun
            found |= {n: now for n, wish in enumerate(wanted) if n not in found and wish(drawn)}
        return [found[n] for n in range(len(wanted))]

    def press(self, key: str, first: float = QUIET) -> list[Frame]:
        """Press a key, wait until the screen is at rest again, and return what was drawn.

        `first` is how long the program may take until it draws at all.
        """
        pressed = time.perf_counter()
        self._process.write(KEYS.get(key) or key.encode())
        return self.rest(since=pressed, first=first)

    def rest(
        self, quiet: float = QUIET, since: float | None = None, first: float | None = None
    ) -> list[Frame]:
        """Return what is drawn until nothing came for `quiet` seconds, or at all for `first`."""
        since = time.perf_counter() if since is None else since
        frames: list[Frame] = []
        now, wait = 0.0, quiet if first is None else first
        while chunk := self._read(wait):
            now, wait = time.perf_counter() - since, quiet
            *whole, self._rest = (self._rest + chunk).split(_FRAME_END)
            frames += (Frame(now, drawn) for drawn in whole)
        if self._rest:
            frames.append(Frame(now, self._rest))
            self._rest = b""
        return frames

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._process.fd], [], [], seconds)[0]:
            if seconds == PATIENCE:
                raise TimeoutError("a program drew nothing")
            return b""
        chunk: bytes = os.read(self._process.fd, 1 << 16)
        if _SYNC_ASKED in chunk:
            self._process.write(_SYNC_KNOWN)
        return chunk

    @property
    def processor(self) -> float:
        """Seconds of user and system time that the program has used."""
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory(self) -> float:
        """Its resident memory now, in MB."""
        (size,) = re.findall(r"^VmRSS:\s+(\d+) kB", self._proc("status"), re.MULTILINE)
        return int(size) / 1024

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self._process.pid}/{name}").read_text()
