"""The line where the filter is typed: it reads the filter language as far as it makes sense."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tracker import filters
from tracker.filters import Filter
from tracker.tui import tokens, words
from tracker.tui.fields import Line
from tracker.tui.picture import Picture


class FilterLine(Line):
    """A filter being typed. Enter, Esc and the arrow down go back to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,down", "screen.leave_filter", show=False)
    ]

    problem: Exception | None = None
    """What is wrong with the first token that makes no sense, if one does not."""

    def read(self, picture: Picture) -> Filter:
        """Return what is typed as a filter; a token that makes no sense is left out."""
        problems: list[Exception] = []
        read: list[Filter] = []
        for token in filters.split(self.value):
            try:
                read.append(filters.parse([token], picture.state, picture.officer))
            except words.PROBLEMS as problem:
                problems.append(problem)
        self.problem = problems[0] if problems else None
        self.set_class(bool(problems), "-wrong")
        return Filter(
            tuple(test for each in read for test in each.tests),
            tuple(word for each in read for word in each.words),
        )

    def toggle_mine(self) -> None:
        """Ask for my own tasks only, or no longer."""
        mine, typed = tokens.flag("mine"), filters.split(self.value)
        wanted = typed[1:] if typed[:1] == [mine] else [mine, *typed]
        self.value = " ".join(f'"{token}"' if " " in token else token for token in wanted)
