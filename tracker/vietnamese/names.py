"""Names of people and units: how they sort, and which unit a typed name means.

A name means a unit only as a whole: "Dư Hàng" is never "Dư Hàng Kênh". A fragment counts when
it can mean one unit only. Knows nothing of where units are stored.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar
from unicodedata import combining, normalize

from tracker.vietnamese.text import accent_key, fold, has_accents

# f, j, w and z stand where administrative lists with foreign names put them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Letters become the code points right after ASCII: digits and marks sort before them.
_RANK = {ord(letter): 0x80 + rank for rank, letter in enumerate(_ALPHABET)}
_SHAPED = {normalize("NFD", letter): letter for letter in "ăâêôơư"}
_TONE_RANK = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_OTHER_MARK = "6"

CollationKey = tuple[str, str, str]
PersonKey = tuple[CollationKey, CollationKey, CollationKey]

_WORD = r"[^\W_]+"
# "phuong" may be the ward prefix typed without accents; "Phương" is part of a name.
_WARD = r"^(?:(?:ubnd|[uủ][yỷ] ban nh[aâ]n d[aâ]n) )?(?:(?:phường|phuong|p) )?"
_OFFICE = "phong "
_LONGEST_GUESSED = 80
_NEAREST = 3


class UnitLike(Protocol):
    """What a unit must show to be found by name; it may also have `aliases`."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...


Unit = TypeVar("Unit", bound=UnitLike)


class AmbiguousName(ValueError):
    """`query` can mean each of `candidates`, which stand in the order of their names."""

    def __init__(self, query: str, candidates: Sequence[UnitLike]) -> None:
        super().__init__(query, [unit.code for unit in candidates])
        self.query = query
        self.candidates = tuple(candidates)


class UnknownName(ValueError):
    """`query` means no unit; `nearest` are the few whose names look like it, best first."""

    def __init__(self, query: str, nearest: Sequence[UnitLike]) -> None:
        super().__init__(query, [unit.code for unit in nearest])
        self.query = query
        self.nearest = tuple(nearest)


def collation_key(s: str) -> CollationKey:
    """Return the sort key of Vietnamese (CLDR `vi`): letters, tones, then case.

    Tones: ngang, huyền, hỏi, ngã, sắc, nặng; small letters before capitals. A space, ASCII
    marks and digits sort before letters.
    """
    composed = normalize("NFC", s)
    letters: list[str] = []
    tones: list[str] = []
    for c in normalize("NFD", composed.casefold()):
        if not combining(c):
            letters.append(c)
            tones.append("0")
        elif letters and (shaped := _SHAPED.get(letters[-1] + c)):
            letters[-1] = shaped
        else:
            tones.append(_TONE_RANK.get(c, _OTHER_MARK))
    return "".join(letters).translate(_RANK), "".join(tones), composed.swapcase()


def given_name(full_name: str) -> str:
    """Return the name by which a person is addressed: the last word."""
    words = full_name.split()
    return words[-1] if words else ""


def person_key(full_name: str) -> PersonKey:
    """Return the sort key of a person: given name, then middle names, then family name."""
    family, *middle = full_name.split()[:-1] or [""]
    return (
        collation_key(given_name(full_name)),
        collation_key(" ".join(middle)),
        collation_key(family),
    )


def unit_key(s: str) -> str:
    """Return the key by which unit names are compared: folded words without "UBND", "phường", "P."

    Marks between words count as spaces. A prefix that is all there is stays.
    """
    return fold(_bare(s))


def match_unit(query: str, units: Iterable[Unit]) -> Unit:
    """Return the one unit that `query` means.

    A code, in any case, counts before a whole name, short name or alias; these before whatever
    begins at a word of a name. Among several, those with exactly the accents typed come first.
    Raises AmbiguousName where more than one remains, UnknownName where there is none.
    """
    units = list(units)
    code, key = fold(query), unit_key(query)
    if not key:
        raise UnknownName(query, ())
    whole = {_words(code), key, key.removeprefix(_OFFICE)}
    found = (
        [unit for unit in units if fold(unit.code) == code]
        or [unit for unit in units if not whole.isdisjoint(_keys(unit))]
        or [unit for unit in units if any(_stands_in(key, name) for name in _keys(unit))]
    )
    if len(found) > 1 and has_accents(_bare(query)):
        typed = accent_key(_bare(query))
        found = [
            unit
            for unit in found
            if any(_stands_in(typed, accent_key(_bare(name))) for name in _names(unit))
        ] or found
    if not found:
        raise UnknownName(query, _nearest(key, units))
    if len(found) > 1:
        raise AmbiguousName(query, sorted(found, key=lambda unit: collation_key(unit.name)))
    return found[0]


def _words(s: str) -> str:
    return " ".join(re.findall(_WORD, s))


def _bare(s: str) -> str:
    """Return the small-letter words of a unit's name, accents kept, without what wards share."""
    return re.sub(_WARD, "", _words(normalize("NFC", s.casefold())))


def _names(unit: UnitLike) -> tuple[str, ...]:
    return unit.name, unit.short_name, *getattr(unit, "aliases", ())


def _keys(unit: UnitLike) -> set[str]:
    full = unit_key(unit.name)
    return {_words(fold(unit.name)), full.removeprefix(_OFFICE), *map(unit_key, _names(unit))}


def _stands_in(part: str, name: str) -> bool:
    return f" {part}" in f" {name}"


def _nearest(key: str, units: Iterable[Unit]) -> list[Unit]:
    from difflib import get_close_matches

    if len(key) > _LONGEST_GUESSED:
        return []
    by_key = {name: unit for unit in units for name in (fold(unit.code), *_keys(unit))}
    alike = (by_key[name] for name in get_close_matches(key, by_key, n=2 * _NEAREST))
    return list({unit.code: unit for unit in alike}.values())[:_NEAREST]
