"""The names of the filter language's tokens, and the name that a mistyped one may have meant."""

import re
from collections.abc import Iterable

from tracker.i18n import language
from tracker.vietnamese import accent_key, fold, has_accents

KEYS = {
    "phuong": "unit", "don-vi": "unit", "unit": "unit",
    "chu-tri": "unit", "lead": "unit",
    "linh-vuc": "stream", "stream": "stream",
    "nguoi": "owner", "owner": "owner",
    "tinh-trang": "state", "state": "state",
    "han": "due", "due": "due",
    "truoc": "before", "before": "before",
    "sau": "after", "after": "after",
    "phoi-hop": "coop", "coop": "coop",
    "xac-nhan": "confirm", "confirm": "confirm",
    "khong": "not", "not": "not",
}  # fmt: skip
FLAGS = {
    "qua-han": "overdue", "overdue": "overdue",
    "sap-han": "due-soon", "due-soon": "due-soon",
    "chua-xong": "open", "open": "open",
    "xong": "done", "done": "done",
    "im-lang": "stale", "stale": "stale",
    "cua-toi": "mine", "mine": "mine",
    "vuong": "blocked", "blocked": "blocked",
    "cham-nhip": "behind", "behind": "behind",
    "nguy-co": "at-risk", "at-risk": "at-risk",
    "dung-nhip": "on-pace", "on-pace": "on-pace",
    "dat-ke-hoach": "reached", "reached": "reached",
    "vuot-ke-hoach": "beyond", "beyond": "beyond",
    "chua-co-so": "no-data", "no-data": "no-data",
}  # fmt: skip
# What a person sees offered, by language; the spelling with accents stands for all its synonyms.
KEYS_SHOWN = {
    "vi": (
        "phường:", "đơn-vị:", "chủ-trì:", "lĩnh-vực:", "người:", "tình-trạng:", "hạn:", "trước:",
        "sau:", "phối-hợp:", "xác-nhận:", "không:",
    ),
    "en": (
        "unit:", "lead:", "stream:", "owner:", "state:", "due:", "before:", "after:", "coop:",
        "confirm:", "not:",
    ),
}  # fmt: skip
FLAGS_SHOWN = {
    "vi": (
        "quá-hạn", "sắp-hạn", "chưa-xong", "xong", "im-lặng", "của-tôi", "vướng", "chậm-nhịp",
        "nguy-cơ", "đúng-nhịp", "đạt-kế-hoạch", "vượt-kế-hoạch", "chưa-có-số",
    ),
    "en": (
        "overdue", "due-soon", "open", "done", "stale", "mine", "blocked", "behind", "at-risk",
        "on-pace", "reached", "beyond", "no-data",
    ),
}  # fmt: skip
SHOWN = tuple(
    name for shown in (KEYS_SHOWN, FLAGS_SHOWN) for names in shown.values() for name in names
)
EXAMPLES = {
    "unit": "phường:KD",
    "coop": "phối-hợp:CAQ",
    "confirm": "xác-nhận:TCKH",
    "stream": "lĩnh-vực:NS",
    "owner": "người:kd.vptk",
    "state": "tình-trạng:quá-hạn",
    "due": "hạn:15/12",
    "before": "trước:15/12",
    "after": "sau:01/12",
    "not": "không:xong",
}
_LETTERS = r"[^\W\d_]"
_KEYLIKE = rf"(?:{_LETTERS}|[-_ ]){{2,20}}"
_OTHER_MARK = rf"({_KEYLIKE}?)([;.,=/<>]+)(\S.*)"  # phuong;KD
_NO_MARK = rf"({_LETTERS}+)(\d{{1,2}}[-/.]\d.*)"  # truoc15/12
_ALIKE = 0.6  # as difflib measures likeness, of a name that stands where only a name can stand
_VERY_ALIKE = 0.8  # of a flag and a word that may just be a word
_SHORTEST_GUESSED = 6  # letters of a flag that a word may have meant
_LONGEST_GUESSED = 80


def name_of(text: str) -> str:
    """Return the key by which token names are compared: folded, with dashes between words."""
    return re.sub(r"[\s_-]+", "-", fold(text).strip())


_SPELLED = {name_of(shown.rstrip(":")): shown for shown in SHOWN}


def flag_of(text: str) -> str | None:
    """Return the flag that one word names.

    Accents may be left out; but "vương" and "vuông" are words, only "vướng" and "vuong" the flag.
    """
    name = name_of(text)
    if " " in text or name not in FLAGS:
        return None
    is_other_word = "-" not in name and has_accents(text)
    if is_other_word and accent_key(text) != accent_key(_SPELLED[name]):
        return None
    return FLAGS[name]


def looks_like_a_key(head: str) -> bool:
    """Whether what stands before a colon can only be meant as the name of a token."""
    return re.fullmatch(_KEYLIKE, head) is not None and " " not in head


def near_token(text: str) -> str | None:
    """Return the token that a word without a key may have meant, or None for an ordinary word."""
    for pattern in (_OTHER_MARK, _NO_MARK):
        if (parts := re.fullmatch(pattern, text)) and (name := name_of(parts[1])) in KEYS:
            return _SPELLED[name] + parts[parts.re.groups]
    if " " in text:
        return None
    joined = name_of(text).replace("-", "")
    guessed = {
        plain: spelled
        for flag, spelled in _SPELLED.items()
        if flag in FLAGS and len(plain := flag.replace("-", "")) >= _SHORTEST_GUESSED
    }
    return next(iter(nearest(joined, guessed, guessed.values(), cutoff=_VERY_ALIKE)), None)


def near_keys(head: str) -> list[str]:
    """Return the names of tokens that look like what was typed before a colon."""
    return nearest(head, _SPELLED, _SPELLED.values())


def keys_shown() -> tuple[str, ...]:
    """Return the keys to offer where nothing looks like what was typed."""
    return KEYS_SHOWN[language()]


def nearest(
    text: str, keys: Iterable[str], values: Iterable[str], *, cutoff: float = _ALIKE
) -> list[str]:
    """Return the one or two values whose keys (folded) look most like `text`."""
    from difflib import get_close_matches

    if len(text) > _LONGEST_GUESSED:
        return []
    known = dict(zip(keys, values, strict=True))
    found = get_close_matches(name_of(text), known, n=4, cutoff=cutoff)
    return list(dict.fromkeys(known[key] for key in found))[:2]
