"""What may have been meant by a cell that is not understood: rather no guess than a wild one."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches

from db.records import Status, Workstream
from tracker.importing import words
from tracker.vietnamese import UnitLike, fold, unit_key

_MOST = 2
_LIKE = 0.75  # of words of which none is the same
_TURNED = 0.85  # of names whose words stand in another order
_STREAM = 0.6
_LEADING = 2  # first words that make the name of a workstream likely
_ALL = re.compile(r"(?:\d+|cac|tat ca(?: cac)?|toan bo(?: cac)?|moi) .*")
_LONGEST = 80


def statuses(said: str) -> tuple[Status, ...]:
    """Return the statuses whose words look like a text, best first: a word of them must be in it,
    or nearly all of it.
    """
    wanted = fold(said)[:_LONGEST]
    near = get_close_matches(wanted, words.statuses(), n=_MOST, cutoff=0.5)
    kept = [
        each
        for each in near
        if set(each.split()) & set(wanted.split())
        or SequenceMatcher(None, each, wanted).ratio() >= _LIKE
    ]
    return tuple(dict.fromkeys(map(words.status_of, kept)))


def workstreams(said: str, streams: Mapping[str, Workstream]) -> tuple[str, ...]:
    """Return the codes of the workstreams whose names begin as a text does, else look like it."""
    wanted = fold(said)[:_LONGEST]
    known = {fold(each.name): code for code, each in streams.items()}
    leading = sorted(known, key=lambda name: -_leading(name, wanted))
    begun = [name for name in leading if _leading(name, wanted) >= _LEADING]
    near = begun or get_close_matches(wanted, known, cutoff=_STREAM)
    return tuple(known[name] for name in near[:_MOST])


def units(
    said: str, known: Iterable[UnitLike], nearest: Iterable[UnitLike]
) -> tuple[UnitLike, ...]:
    """Return the units that may be meant: those first whose words perhaps stand in another
    order. All wards together are no unit.
    """
    if _ALL.fullmatch(fold(said)):
        return ()
    wanted = _sorted(said)
    turned = [
        unit
        for unit in known
        if SequenceMatcher(None, _sorted(unit.short_name), wanted).ratio() >= _TURNED
    ]
    return tuple({unit.code: unit for unit in (*turned, *nearest)}.values())


def _sorted(name: str) -> str:
    return " ".join(sorted(unit_key(name).split()))


def _leading(name: str, said: str) -> int:
    """Return how many words two texts begin with alike."""
    n = 0
    for one, other in zip(
        name.replace(",", "").split(), said.replace(",", "").split(), strict=False
    ):
        if one != other:
            break
        n += 1
    return n
