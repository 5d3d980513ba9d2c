"""Vietnamese that was spoilt on its way through another program, and cannot be put right here.

Two ways are told: UTF-8 that was read as letters of Western Europe ("triá»u"), and letters that a
program did not have and replaced ("?ang th?c hi?n"). Knows nothing of files and cells.
"""

import re
from itertools import pairwise

# How the first two bytes of the letters of Vietnamese, and of curly quotation marks, look in
# windows-1252 or -1258. Pairs that good text may hold too, such as a capital before a quotation
# mark, are not among them.
_MISREAD = re.compile("áº|á»|â€|[ÃĂ][¡-ª¬\u00ad´µº½]|Ä[ƒ‘‚©¨\u0081-\u0091]|Å[©¨]|Æ[¡°¯]|Ì[€‰ƒ£]")
_READ_AS = ("windows-1252", "windows-1258", "latin-1")
_LETTER = r"[^\W\d_]"
_LEADING = re.compile(rf"[(\"'“]*\?+{_LETTER}")
_INSIDE = re.compile(rf"({_LETTER})\?+({_LETTER})")
_ADDRESS = re.compile(r"://|www\.|[/=]")  # where a question mark has its own meaning
_LEAST = 2


def is_spoilt(text: str, *, suspected: bool = False) -> bool:
    """Whether letters of a text were misread or lost. A single sign of it is enough only where
    that is `suspected`, as in a file that holds other such texts.
    """
    if text.isascii() and "?" not in text:
        return False
    if "\ufffd" in text:
        return True
    least = 1 if suspected else _LEAST
    misread = len(_MISREAD.findall(text))
    return misread >= least or (misread > 0 and _was_utf8(text)) or _lost(text) >= least


def _was_utf8(text: str) -> bool:
    """Whether a text, as bytes of an encoding that it may have been read in, is UTF-8."""
    for encoding in _READ_AS:
        try:
            text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        return True
    return False


def _lost(text: str) -> int:
    """Return how many words have a question mark where only a letter can be.

    One at the end of a word may be a question, so it counts only beside a surer one, and only
    where the sentence goes on.
    """
    if "?" not in text:
        return 0
    words = text.split()
    sure = sum(_has_lost(word) for word in words)
    if not sure:
        return 0
    return sure + sum(
        bool(re.search(rf"{_LETTER}\?$", word)) and following[0].islower()
        for word, following in pairwise(words)
    )


def _has_lost(word: str) -> bool:
    if "?" not in word or _ADDRESS.search(word):
        return False
    if _LEADING.match(word):
        return True
    # "không?Có" is a question and its answer, without the space between them.
    return any(
        found[2].islower() or (found[1].isupper() and found[2].isupper())
        for found in _INSIDE.finditer(word)
    )
