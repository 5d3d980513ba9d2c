"""Keeps from the terminal what is no letter: whatever a file holds, it is shown and not obeyed.

What people type is cleaned when it is saved; a file may also have been written by other means.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

# Control characters, and those that turn the direction of a whole line; none takes up a cell.
_SPEAKS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class HarmlessFilter(LineFilter):
    """Takes out of a line what a terminal would take for a command."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with nothing in them but what can be seen."""
        if not any(_SPEAKS.search(segment.text) for segment in segments):
            return segments
        return [Segment(_SPEAKS.sub("", text), style, control) for text, style, control in segments]
