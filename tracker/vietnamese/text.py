"""Clean and compare text: what may be stored, and when two spellings are the same.

Owns the rule for every text that enters the file, whoever typed or pasted it. Knows nothing of
fields, screens or terminal cell widths.
"""

import re
from itertools import filterfalse
from unicodedata import category, combining, normalize

# Patterns stay text until first used: `re` keeps them compiled, and a command that cleans nothing
# does not pay for them at its start.

# What neither a terminal nor a spreadsheet may receive: C0 and C1 controls, surrogates,
# noncharacters, interlinear annotations, and all that Unicode calls default-ignorable (soft
# hyphen, zero-width and bidi characters, fillers, variation selectors, tags). Listed, not asked
# of unicodedata, so that every Python version stores the same text.
_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_SPACES = r"\s+"
# Words of composed Latin letters and ASCII marks with single spaces: nothing to clean.
_CLEAN = r"[!-~À-ɏẠ-ỹ]+(?: [!-~À-ɏẠ-ỹ]+)*"
# NFC Vietnamese needs no combining mark at all; three more on a letter serve other languages.
_MOST_MARKS = 3

_TONE = "[\u0300\u0309\u0303\u0301\u0323]"  # huyền, hỏi, ngã, sắc, nặng


class TextTooLong(ValueError):
    """A cleaned text has `length` characters where `limit` are allowed."""

    def __init__(self, limit: int, length: int) -> None:
        super().__init__(limit, length)
        self.limit = limit
        self.length = length


def clean_line(s: str, limit: int | None = None) -> str:
    """Return `s` as one line of plain NFC text: no controls, no invisible characters.

    All white space, line ends included, becomes single spaces. Raises TextTooLong instead of
    cutting. Cleaning twice changes nothing.
    """
    if not re.fullmatch(_CLEAN, s):
        s = re.sub(_HIDDEN, "", re.sub(_SPACES, " ", s))
        s = _drop_piled_marks(normalize("NFC", s))
        # A dropped mark may have kept two characters apart that NFC joins.
        s = normalize("NFC", re.sub(_SPACES, " ", s)).strip()
    return _within(limit, s)


def clean_text(s: str, limit: int | None = None) -> str:
    """Return `s` with every line cleaned, at most one blank line in a row, none at the ends.

    Raises TextTooLong; line ends count as one character each.
    """
    kept: list[str] = []
    for line in map(clean_line, s.splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return _within(limit, "\n".join(kept).rstrip("\n"))


def fold(s: str) -> str:
    """Return the key by which texts are compared: no case, no accents, đ as d, single spaces.

    Texts that differ only in where the tone is written ("Ủy", "Uỷ") or in their Unicode form
    have one key.
    """
    letters = filterfalse(combining, normalize("NFD", s.casefold()))
    folded = "".join(letters).replace("đ", "d")
    return " ".join(normalize("NFC", folded).split())


def has_accents(s: str) -> bool:
    """Say whether `s` carries an accent or a đ, so that its writer took care of them."""
    decomposed = normalize("NFD", s.casefold())
    return "đ" in decomposed or any(map(combining, decomposed))


def accent_key(s: str) -> str:
    """Return a key of whole words that keeps the accents and only forgets case and tone position.

    "Ủy" and "Uỷ" have one key, "Ủy" and "Úy" have two. For preferring an exact hit among
    texts that `fold` makes equal.
    """
    words = normalize("NFD", normalize("NFC", s).casefold()).split()
    return " ".join(
        normalize("NFC", re.sub(_TONE, "", word)) + "".join(re.findall(_TONE, word))
        for word in words
    )


def _drop_piled_marks(s: str) -> str:
    """Drop combining marks beyond the third on a letter, and those with no letter to stand on."""
    kept: list[str] = []
    marks = _MOST_MARKS
    for c in s:
        if category(c) in ("Mn", "Me"):
            marks += 1
        else:
            marks = _MOST_MARKS if c == " " else 0
        if marks <= _MOST_MARKS:
            kept.append(c)
    return "".join(kept)


def _within(limit: int | None, s: str) -> str:
    if limit is not None and len(s) > limit:
        raise TextTooLong(limit, len(s))
    return s
