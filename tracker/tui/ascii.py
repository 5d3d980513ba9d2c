"""The board without box, block and other drawing characters: each becomes one of ASCII.

Works on what is about to be drawn, so that nothing else has to know. Letters stay as they are.
"""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_PAIRS = (
    "─-━=╌-┄-│|┃|╭+╮+╰+╯+┌+┐+└+┘+├+┤+┬+┴+┼+╸>╺=",  # frames, the bar of the countdown
    "▌|▐|▎|▏|▊|▍|▋|▉|▕|█#▓#▒=░.▀\"",  # edges, progress, large digits
    "▁_▂.▃:▄o▅o▆0▇8",  # weeks
    "●x✕x◉X◑~○.▲!▼v◔?‖=◇@⚑!✓*★*›>▾v▸>◆*╎:┄-▼v",  # states and signs, as `wording.symbol` has them
    "·-…~–-—-→>←<↑^↓v“\"”\"×x\xa0 ",  # punctuation
)  # fmt: skip
TABLE = {ord(pairs[at]): pairs[at + 1] for pairs in _PAIRS for at in range(0, len(pairs), 2)}


class AsciiFilter(LineFilter):
    """Replaces drawing characters, cell by cell."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in plain characters."""
        return [Segment(text.translate(TABLE), style, control) for text, style, control in segments]
