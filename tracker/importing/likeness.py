"""When two titles of tasks are one, nearly one, or not alike: by their words, without accents.

Numbering, bullets and marks say nothing; a figure or a roman number tells tasks apart.
"""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from tracker.vietnamese import fold

_LED = re.compile(
    r"(?:(?:[-+*•–—●▪]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-h]|[ivx]+)[.)/])\s*)+(?=[^\W\d_])"
)
_WORD = re.compile(r"[^\W_]+")
_COUNTING = re.compile(r"[ivx]+|.*\d.*")
_SMALL = frozenset("va cac cua tren tai cho ve theo voi trong cong tac viec".split())
_LONGER_BY = 6  # one word in so many may lack
_INITIALS = range(2, 7)
_LEAST_WORDS = 3
_MISSPELT = 0.7
_HALF = 0.5


@lru_cache(20_000)
def words(title: str) -> tuple[str, ...]:
    """Return the words by which a title is compared: "1. Thu nợ thuế;" is "thu no thue"."""
    plain = fold(title)
    led = _LED.match(plain)
    return tuple(_WORD.findall(plain[led.end() :] if led else plain))


def is_near(one: str, other: str) -> bool:
    """Whether two titles that are not the same most likely mean the same task: some words lack,
    are misspelt or written as initials ("TTHC").
    """
    written = words(one), words(other)
    full = _spelled_out(*written), _spelled_out(*reversed(written))
    first, second = ([word for word in each if word not in _SMALL] for each in full)
    if min(len(first), len(second)) < _LEAST_WORDS:
        return False
    left, right = _beyond(first, second), _beyond(second, first)
    if any(_COUNTING.fullmatch(word) for word in (*left, *right)):
        return False
    if not (left and right):
        return len(left) + len(right) <= max(1, max(len(first), len(second)) // _LONGER_BY)
    if len(left) != len(right) or 2 * len(left) > len(first):
        return False
    return all(
        SequenceMatcher(None, *pair).ratio() >= _MISSPELT for pair in zip(left, right, strict=True)
    )


def is_alike(one: str, other: str) -> bool:
    """Whether one of two titles may be a shorter or changed wording of the other."""
    first, second = words(one), words(other)
    first, second = _spelled_out(first, second), _spelled_out(second, first)
    common = sum((Counter(first) & Counter(second)).values())
    return common >= _HALF * min(len(first), len(second))


def _beyond(these: Sequence[str], those: Sequence[str]) -> list[str]:
    """Return the words that only the first has, in their order."""
    rest = Counter(these) - Counter(those)
    return [word for word in these if rest[word] > 0]


def _spelled_out(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    """Return words with the initials among them written as the other title has them in full."""
    initials = "".join(word[0] for word in those)
    found: list[str] = []
    for word in these:
        at = initials.find(word) if len(word) in _INITIALS and word not in those else -1
        found += those[at : at + len(word)] if at >= 0 else (word,)
    return tuple(found)
