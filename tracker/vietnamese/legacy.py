"""Vietnamese typed in the fonts of before Unicode: telling that it is, and reading it.

TCVN3 (.VnTime) gives each letter with its tone one code of Western Europe, VNI writes a mark
behind the letter. Either is plain text to a program, and looks like "Céng hßa" or "Coäng hoøa"
without the font. Knows nothing of files and cells.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Literal
from unicodedata import combining, normalize

Font = Literal["tcvn3", "vni"]

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of both tables

# By vowel, the codes of its five tones in TCVN3; capitals with a tone have none, for .VnTimeH
# draws small letters as capitals.
_TCVN3_TONED = {
    "a": "µ¶·¸¹",
    "ă": "»¼½¾Æ",
    "â": "ÇÈÉÊË",
    "e": "ÌÎÏÐÑ",
    "ê": "ÒÓÔÕÖ",
    "i": "×ØÜÝÞ",
    "o": "ßáâãä",
    "ô": "åæçèé",
    "ơ": "êëìíî",
    "u": "ïñòóô",
    "ư": "õö÷øù",
    "y": "úûüýþ",
}
_TCVN3_PLAIN = dict(zip("¡¢£¤¥¦§¨©ª«¬\u00ad®", "ĂÂÊÔƠƯĐăâêôơưđ", strict=True))

# In VNI the mark behind the letter says its shape and its tone, in the case of the letter.
_VNI_MARKS = {"": "øûõùï", "\u0306": "èúüéë", "\u0302": "àåãáä"}
_VNI_SHAPES = {"ê": "\u0306", "â": "\u0302"}
_VNI_LETTERS = {
    "ô": "ơ",
    "ö": "ư",
    "ñ": "đ",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "í": "í",
    "ò": "ị",
    "î": "ỵ",
}
_VNI_BASES = {"": "aeouyôö", "\u0306": "a", "\u0302": "aeo"}

# A syllable of Vietnamese by its sound and its spelling, tones taken off.
_SYLLABLE = (
    "(?:b|c(?![eêiy])|ch|d|đ|g(?![eêy])|gh(?=[eêi])|gi|h|k(?=[eêiy])|kh|l|m|n|ng(?![eêiy])"
    "|ngh(?=[eêi])|nh|ph|qu|r|s|t|th|tr|v|x)?"
    "(?:(?:a|e|ê|i|o|ô|ơ|u|ư|y|oa|oe|uê|uy)(?:ch|nh|ng|[cmnpt])?"
    "|(?:ă|â|iê|yê|oă|uâ|uô|ươ|uyê|oo)(?:ng|[cmnpt])"
    "|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|iêu|yêu|oai|oay|oao|oeo|oi|ôi|ơi|ua|uơ|ui|uây|uôi|uya|uyu"
    "|ưa|ưi|ươi|ươu|ưu)"
)
_STOPPED = r".*(?:c|ch|p|t)"  # such a syllable has sắc or nặng
_RISING_OR_HEAVY = {"\u0301", "\u0323"}
_WORDS = r"[^\W\d_]+"
_TYPED = r"[A-Za-z\u00a1-\u00ff]+"  # a word as it lies in the file: signs are letters there too
# Letters that only Unicode has: what holds one was typed in no old font.
_MODERN = r"[\u0100-\u017f\u01a0-\u01b0\u0300-\u036f\u1ea0-\u1ef9]"
_LEAST_WORDS = 2
_LEAST_SHARE = 0.7


def detect(texts: Iterable[str]) -> Font | None:
    """Return the old font that `texts`, those of a sheet or a column, were typed in, if any.

    By their words: which become Vietnamese syllables when read in the font and are none as they
    stand. Texts already in Unicode are no evidence, so a sheet may mix both. The longer the
    texts, the surer the answer; a single word is never enough.
    """
    typed = {text for text in texts if not text.isascii()}
    old = [text for text in typed if not re.search(_MODERN, normalize("NFC", text))]
    hits = {font: _hits(old, font) for font in _TABLES}
    found = max(hits, key=lambda font: hits[font])
    return found if hits[found] else None


def convert(text: str, font: Font) -> str:
    """Return a text typed in `font` as Unicode; one that is in Unicode already stays as it is.

    .VnTimeH, the TCVN3 font of capitals, cannot be told by the text: a word of capitals with
    small letters that have a tone becomes all capitals, another one stays in small letters.
    """
    if text.isascii() or re.search(_MODERN, normalize("NFC", text)):
        return text
    read = _read(normalize("NFC", text), font)
    return re.sub(_WORDS, _capitals, read) if font == "tcvn3" else read


def _read(text: str, font: Font) -> str:
    table = _TABLES[font]
    return re.sub(_PATTERNS[font], lambda found: table[found[0]], text)


def _hits(texts: list[str], font: Font) -> int:
    """Return how many words only become Vietnamese in this font; 0 if too many do not."""
    hits: set[str] = set()
    misses: set[str] = set()
    for typed in {word for text in texts for word in re.findall(_TYPED, normalize("NFC", text))}:
        # What has no plain letter at all is a sign more often than a syllable: "×", "·", "«".
        if typed.isascii() or not re.search("[A-Za-z]", typed):
            continue
        if not all(map(_is_syllable, re.findall(_WORDS, _read(typed, font)))):
            misses.add(typed)
        elif not typed.isalpha() or not _is_syllable(typed):
            hits.add(typed)
    enough = max(_LEAST_WORDS, _LEAST_SHARE * (len(hits) + len(misses)))
    return len(hits) if len(hits) >= enough else 0


def _is_syllable(word: str) -> bool:
    letters = normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    bare = normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    if len(tones) > 1 or not re.fullmatch(_SYLLABLE, bare):
        return False
    return not re.fullmatch(_STOPPED, bare) or set(tones) <= _RISING_OR_HEAVY


def _capitals(found: re.Match[str]) -> str:
    word = found[0]
    plain = [c for c in word if not combining(normalize("NFD", c)[-1]) or c.isupper()]
    shouted = len(plain) > 1 and all(c.isupper() for c in plain)
    return word.upper() if shouted else word


def _tcvn3() -> Mapping[str, str]:
    toned = {
        code: normalize("NFC", vowel + tone)
        for vowel, codes in _TCVN3_TONED.items()
        for code, tone in zip(codes, _TONES, strict=True)
    }
    return {**_TCVN3_PLAIN, **toned}


def _vni() -> Mapping[str, str]:
    small = dict(_VNI_LETTERS)
    for shape, marks in _VNI_MARKS.items():
        for base in _VNI_BASES[shape]:
            letter = normalize("NFC", _VNI_LETTERS.get(base, base) + shape)
            for mark, tone in zip(marks, _TONES, strict=True):
                small[base + mark] = normalize("NFC", letter + tone)
    for mark, shape in _VNI_SHAPES.items():
        for base in _VNI_BASES[shape]:
            small[base + mark] = normalize("NFC", base + shape)
    capitals = {typed.upper(): letter.upper() for typed, letter in small.items()}
    mixed = {typed.capitalize(): letter.upper() for typed, letter in small.items()}
    return {**small, **mixed, **capitals}


_TABLES: Mapping[Font, Mapping[str, str]] = {"tcvn3": _tcvn3(), "vni": _vni()}
_PATTERNS: Mapping[Font, str] = {
    font: "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    for font, table in _TABLES.items()
}
