"""What a grid lists: rows under their groups, and which of them have a line of their own.

Plain data. Knows nothing of screens and widgets, nor of what the rows stand for.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple


class Cell(NamedTuple):
    """Plain text, shown as it stands. `style` names a component class such as `grid--overdue`.

    `short` stands for the text where that does not fit.
    """

    text: str
    style: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its cells by column key. `style` is worn by the cells that name none."""

    key: str
    cells: Mapping[str, Cell]
    style: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The heading of the rows that follow it, up to the next group."""

    key: str
    title: str
    note: str = ""


Entry = Row | Group


class Outline:
    """The entries in order, and the lines that are left when some groups are collapsed.

    Rows and groups share one space of keys; the same key twice raises ValueError.
    """

    def __init__(self, entries: Iterable[Entry] = (), collapsed: Set[str] = frozenset()) -> None:
        listed = list(entries)
        self.entries: dict[str, Entry] = {entry.key: entry for entry in listed}
        if len(self.entries) < len(listed):
            ((key, _times),) = Counter(entry.key for entry in listed).most_common(1)
            raise ValueError(f"two entries of a grid have the key {key!r}")
        self.lines = list(self.entries)
        if collapsed:
            self.lines = [key for key in self.lines if self.group_of.get(key) not in collapsed]
        self.line_of = {key: line for line, key in enumerate(self.lines)}

    @cached_property
    def group_of(self) -> dict[str, str]:
        """The group of each row that has one; made when it is asked for, which few outlines are."""
        found: dict[str, str] = {}
        group: str | None = None
        for key, entry in self.entries.items():
            if isinstance(entry, Group):
                group = key
            elif group is not None:
                found[key] = group
        return found

    def replace(self, entry: Entry) -> None:
        """Put `entry` in the place of the one with its key, which must be of the same kind."""
        if type(self.entries[entry.key]) is not type(entry):
            raise ValueError(f"{entry.key!r} cannot change between a row and a group")
        self.entries[entry.key] = entry

    def shown(self, key: str | None) -> str | None:
        """The line that stands for `key`: its own, else its collapsed group's, else none."""
        if key is None or key in self.line_of:
            return key
        return self.group_of.get(key)

    def rows_under(self, key: str) -> frozenset[str]:
        """The rows of a group, collapsed or not; a row's own key; nothing for an unknown key."""
        if isinstance(self.entries.get(key), Row):
            return frozenset((key,))
        return frozenset(row for row, group in self.group_of.items() if group == key)

    def heir(
        self, key: str | None, former: "Outline", served: Set[str] = frozenset()
    ) -> str | None:
        """Where a cursor that stood on `key` in `former` belongs now.

        The same entry if it is still here; else the nearest row that is, looking down first, as
        one does after finishing a task; else the first row. A row in `served` that has moved
        counts as gone.
        """
        same = self.shown(key)
        moved = key in served and self._above(key, served) != former._above(key, served)
        if same is not None and not moved:
            return same
        at = former.line_of.get(key, -1) if key is not None else -1
        neighbours = chain(former.lines[at + 1 :], reversed(former.lines[: max(at, 0)]))
        for candidate in chain(neighbours if at >= 0 else (), self.lines):
            is_here = candidate in self.line_of and candidate not in served
            if is_here and isinstance(self.entries[candidate], Row):
                return candidate
        return same or (self.lines[0] if self.lines else None)

    def _above(self, key: str | None, passing: Set[str]) -> str | None:
        """The nearest line above a row, those in `passing` left out."""
        at = self.line_of.get(key or "", 0)
        return next((line for line in reversed(self.lines[:at]) if line not in passing), None)
