"""Runs a command line in a terminal until the demo's board is painted, and leaves it by Ctrl+Q."""

import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from fcntl import ioctl

PAINTED = "SỐ LIỆU MINH HỌA"
SET_UP_S = 300
LEFT_S = 20
ROWS, COLUMNS = 36, 120
CTRL_Q = b"\x11"
CONTROL = re.compile(
    r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|P[^\x1b]*\x1b\\|[ -/]*.)"
)


def read_until(terminal: int, seconds: float, wanted: str | None = None) -> str:
    """Return what is written, without control sequences, until the wanted text, the end or time."""
    deadline = time.monotonic() + seconds
    written, text = b"", ""
    while wanted is None or wanted not in text:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([terminal], [], [], left)[0]:
            break
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # how Linux says that the last program has left the terminal
            break
        if not chunk:
            break
        written += chunk
        text = CONTROL.sub("", written.decode("utf-8", "replace"))
    return text


def main(line: str) -> str | None:
    """Return what went wrong, or None."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp("bash", ["bash", "-c", line])
    ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    seen = read_until(terminal, SET_UP_S, PAINTED)
    painted = PAINTED in seen
    if painted:
        os.write(terminal, CTRL_Q)
        seen = read_until(terminal, LEFT_S)
    deadline = time.monotonic() + LEFT_S
    ended = 0
    while not ended and painted and time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        time.sleep(0.05)
    if not ended:
        os.killpg(child, signal.SIGKILL)
        _child, status = os.waitpid(child, 0)
    if not painted:
        return f"The board was not painted. Last seen:\n{seen[-2000:]}"
    if not ended:
        return f"Ctrl+Q did not leave the board. Last seen:\n{seen[-2000:]}"
    code = os.waitstatus_to_exitcode(status)
    return (
        None if code == 0 else f"The board left with exit code {code}. Last seen:\n{seen[-2000:]}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
