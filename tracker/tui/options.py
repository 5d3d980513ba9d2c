"""The list of every dialog in which one thing is chosen."""

from dataclasses import replace

from textual.style import Style
from textual.widgets import OptionList

LIT = "option-list--option-highlighted"


class Options(OptionList):
    """A list whose lit line is legible on consoles of sixteen colours, or of none.

    There the two colours of the terminal are exchanged over the whole line, whatever they are: a
    note in its own colour would vanish on a ground chosen here. Textual knows of no such exchange
    for a part of a widget.
    """

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """Return the style of a part."""
        style = super().get_visual_style(*component_classes, partial=partial)
        exchanges = LIT in component_classes and self.has_pseudo_class("ansi")
        return replace(style, reverse=True) if exchanges else style
