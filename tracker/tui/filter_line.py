"""The line where the filter is typed: it reads the filter language as far as it makes sense."""

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive

from tracker import filters
from tracker.filters import Filter
from tracker.filters.tokens import flag_of
from tracker.tui import tokens, words
from tracker.tui.fields import Line
from tracker.tui.picture import Picture

T = TypeVar("T")


class TokenLine(Line):
    """Tokens being typed. Enter, Esc and the arrow down go back to what they filter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,down", "screen.leave_filter", show=False)
    ]

    problem: Exception | None = None
    """What is wrong with the first token that makes no sense, if one does not."""

    def understood(self, read: Callable[[str], T]) -> list[T]:
        """Return what the tokens are read as; one that makes no sense is left out."""
        problems: list[Exception] = []
        found: list[T] = []
        for token in filters.split(self.value):
            try:
                found.append(read(token))
            except words.PROBLEMS as problem:
                problems.append(problem)
        self.problem = problems[0] if problems else None
        self.set_class(bool(problems), "-wrong")
        return found


class FilterLine(TokenLine):
    """The filter of the list."""

    virtual_size = Reactive(Size(0, 0))
    """As in every input, but a longer text is no reason to lay out the whole screen anew."""

    def __init__(self, value: str, *, placeholder: str, typed: Callable[[], None]) -> None:
        """`typed` is called at once when the text has become another.

        A message would reach the screen after the letter was painted, and what it changes there
        would be a second frame.
        """
        super().__init__(value, placeholder=placeholder, id="filter")
        self._typed = typed

    def watch_value(self, before: str, after: str) -> None:
        """Remember what stood here, and tell."""
        super().watch_value(before, after)
        if self.is_mounted and before != after:
            self._typed()

    def read(self, picture: Picture) -> Filter:
        """Return what is typed as a filter; a token that makes no sense is left out."""
        state, officer = picture.state, picture.officer
        read = self.understood(lambda token: filters.parse([token], state, officer))
        return Filter(
            tuple(test for each in read for test in each.tests),
            tuple(word for each in read for word in each.words),
        )

    def toggle_mine(self) -> None:
        """Ask for my own tasks only, or no longer."""
        typed = filters.split(self.value)
        asked = [token for token in typed if flag_of(token) == "mine"]
        wanted = [token for token in typed if token not in asked]
        if not asked:
            wanted.insert(0, tokens.flag("mine"))
        self.value = " ".join(f'"{token}"' if " " in token else token for token in wanted)
