"""The filter language, the same for `tracker list` and the board: words and tokens that must all
hold. Pure.

Token names and values are compared accent-blind; each has a Vietnamese and an English name.
"""

from tracker.filters.reading import Filter, match_stream, parse, split
from tracker.filters.sorting import SORTS, sort
from tracker.filters.tokens import FLAGS, KEYS, SHOWN

__all__ = ["FLAGS", "KEYS", "SHOWN", "SORTS", "Filter", "match_stream", "parse", "sort", "split"]
