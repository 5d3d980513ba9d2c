"""The sentences that officers of the demo write, and the scripts of what single tasks do."""

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.demo.dice import Dice

_FOLDER = Path(__file__).parent / "stock"
_COUNTS = "kmrp"  # what a sentence that names it cannot say of none

Step = Mapping[str, Any]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / name).read_text("utf-8"), parse_float=Decimal)


def sentences() -> dict[str, dict[str, list[Any]]]:
    """Return what wards write, by task code without the ward, then by occasion."""
    return _read("order.toml") | _read("services.toml")


def scripts() -> dict[str, list[Step]]:
    """Return the steps of scripted tasks, by code."""
    return _read("offices.toml") | _read("exceptions.toml")


class Pen:
    """Writes the sentences of one task: each occasion goes through its stock before it repeats."""

    def __init__(self, stock: Mapping[str, Sequence[Any]], dice: Dice) -> None:
        self._dice = dice
        self._stock = {
            occasion: sorted(items, key=lambda _: dice.between(0, 1))
            for occasion, items in stock.items()
        }
        self._turns = dict.fromkeys(stock, 0)

    def say(self, occasion: str, facts: Mapping[str, str]) -> str:
        """Return the next sentence that suits the facts."""
        return self._fill(self._suitable(occasion, facts), facts)

    def report(self, facts: Mapping[str, str]) -> str:
        """Return a report of one or two sentences."""
        text = self.say("result", facts)
        return f"{text} {self.say('detail', facts)}" if self._dice.chance(0.4) else text

    def obstacle(self, facts: Mapping[str, str]) -> tuple[str, str, str]:
        """Return an obstacle, what is asked for, and what is said once it is gone."""
        text, request, cleared = self._next("obstacle")
        return self._fill(text, facts), self._fill(request, facts), self._fill(cleared, facts)

    def _next(self, occasion: str) -> Any:
        items, turn = self._stock[occasion], self._turns[occasion]
        self._turns[occasion] = turn + 1
        return items[turn % len(items)]

    def _suitable(self, occasion: str, facts: Mapping[str, str]) -> str:
        none = [f"{{{name}}}" for name in _COUNTS if facts[name] == "0"]
        for _ in self._stock[occasion]:
            text: str = self._next(occasion)
            if not any(mark in text for mark in none):
                break
        return text

    def _fill(self, text: str, facts: Mapping[str, str]) -> str:
        group, small = self._dice.number(1, 14), self._dice.number(2, 6)
        return text.format_map({"t": str(group), "s": str(small), **facts})
