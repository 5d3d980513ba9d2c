"""Choices of the board that are kept in a file of the user by a name that is no label."""

from enum import StrEnum


class Kept(StrEnum):
    """A choice whose value is what is said of it."""

    @property
    def key(self) -> str:
        """The name by which it is kept in files."""
        return self.name.lower()
