"""Chance that falls the same way on every machine and in every version of Python."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Draws named by a seed. Only `Random.random` is used: it alone is promised never to change."""

    def __init__(self, seed: str) -> None:
        self._draw = Random(seed).random

    def chance(self, likely: float) -> bool:
        """Return True in a part `likely` of all draws."""
        return self._draw() < likely

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` up to `high`."""
        return low + (high - low) * self._draw()

    def number(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int((high - low + 1) * self._draw())

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of the items."""
        return items[self.number(0, len(items) - 1)]
