"""What a heading means, however an office spells it: shortened, in another order of words, with a
remark in brackets or the day up to which its column counts.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from tracker.importing.fields import (
    ABBREVIATIONS,
    HEADINGS,
    LEFT_ALONE,
    OF_BOTH,
    PERSONAL,
    PLANS,
    RATE,
    SHORT,
    YIELDING,
)
from tracker.vietnamese import clean_line, fold

_JOINING = frozenset({"va", "cac", "cua"})  # words that two spellings of a heading may differ in
_TO_DAY = re.compile(r" *\(?(?:tinh )?den (?:het )?(?:ngay )?\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{4})?\)?")


def key(heading: str) -> str:
    """Return the key by which headings are compared: folded words written in full, without remarks
    in brackets and without the day up to which a column counts.
    """
    plain = re.sub(r"\([^)]*\)?", " ", _TO_DAY.sub(" ", fold(clean_line(heading))))
    return " ".join(ABBREVIATIONS.get(word, word) for word in re.findall(r"[^\W_]+", plain))


def is_rate(heading: str) -> bool:
    """Whether a column of figures holds shares only."""
    return key(heading) == key(RATE)


def is_of_both(heading: str) -> bool:
    """Whether a column of results may hold statuses as well."""
    return key(heading) == key(OF_BOTH)


def shown(field: str) -> str:
    """Return the heading under which a field is best written."""
    return HEADINGS[field][0]


def field_of(text: str) -> str | None:
    """Return the field that a name or a heading means, or None: "due", "due_on", "Thời hạn"."""
    wanted = text.strip().lower().replace("-", "_")
    return wanted if wanted in HEADINGS else SHORT.get(wanted) or meaning(text, {})


def is_known(text: str) -> bool:
    """Whether a text is a heading that is known, as it stands."""
    return means_something(text, {})


def nearest(heading: str, named: Mapping[str, str]) -> tuple[str, ...]:
    """Return the known headings that look most like one that is not known, best first."""
    spelled = {key(each): each for names in HEADINGS.values() for each in names}
    spelled |= {each: shown(field) for each, field in named.items()}
    alike = get_close_matches(key(heading)[:80], spelled, n=2, cutoff=0.65)
    return tuple(spelled[each] for each in alike)


def means_something(label: str, named: Mapping[str, str]) -> bool:
    """Whether a heading is known: by itself, or by what somebody said of it."""
    return bool(meaning(label, named)) or is_left_alone(label, named)


def meaning(label: str, named: Mapping[str, str]) -> str | None:
    """Return the field that a heading means, or None; `named` goes before what is known."""
    spelled = key(label)
    if found := named.get(spelled) or _KNOWN.get(spelled):
        return found
    return None if spelled in _IGNORED else _REORDERED.get(_unordered(spelled))


def is_left_alone(label: str, named: Mapping[str, str]) -> bool:
    """Whether a heading is known and its column holds nothing to import."""
    return key(label) in _IGNORED and not meaning(label, named)


def _unordered(spelled: str) -> str:
    """Return the words of a heading in one order: "khó khăn, vướng mắc" as "vướng mắc và ..."."""
    return " ".join(sorted(set(spelled.split()) - _JOINING))


def _reordered(known: Mapping[str, str]) -> dict[str, str]:
    """Return the fields by words in one order, where the order makes no other field of them."""
    found: dict[str, set[str]] = {}
    for spelled, field in known.items():
        found.setdefault(_unordered(spelled), set()).add(field)
    return {words: fields.pop() for words, fields in found.items() if len(fields) == 1}


_KNOWN = {key(each): field for field, names in HEADINGS.items() for each in names}
_REORDERED = _reordered(_KNOWN)
YIELDS = {key(heading): fields for heading, fields in YIELDING.items()}
_IGNORED = frozenset(map(key, LEFT_ALONE)) - _KNOWN.keys()
OF_PLANS, OF_PERSONS = (frozenset(map(key, each)) for each in (PLANS, PERSONAL))
