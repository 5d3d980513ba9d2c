"""The measures of Nghị định 30/2020/NĐ-CP, Phụ lục I, and how it writes days, numbers and letters.

Lengths are in millimetres, sizes in points. Where the decree leaves a range one value of it is
taken. Knows no Word.
"""

from collections.abc import Iterable
from datetime import date
from itertools import combinations, pairwise
from string import ascii_lowercase, ascii_uppercase
from unicodedata import combining, normalize

FONT = "Times New Roman"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TITLE = "BÁO CÁO"
END = "./."
DEMO = "SỐ LIỆU MINH HỌA, KHÔNG PHẢI VĂN BẢN CHÍNH THỨC"

PAGE = (210, 297)
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
TEXT_WIDTH = PAGE[0] - LEFT - RIGHT
LANDSCAPE_WIDTH = PAGE[1] - LEFT - RIGHT
HEADER_FROM_EDGE = 10
HEAD_COLUMNS = (65, 100)
SIGNING_COLUMNS = (75, 90)
INDENT = 12.7
SIGNATURE_ROOM = 68  # points between the signer's post and name
SIGNING_HEIGHT = 40

BODY, NATION_SIZE, MOTTO_SIZE, AGENCY, NUMBER, PAGE_NUMBER = 14, 12, 13, 12, 13, 13
RECIPIENTS_TITLE, RECIPIENTS, TABLE, APPENDED = 12, 11, 11, 13

LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

# Widths of Times New Roman Bold in thousandths of an em, by the letter without its marks.
_CAPITALS = "722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722"
_CAPITALS += " 722 1000 722 722 667"
_SMALL = "500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389 333 556 500"
_SMALL += " 722 500 500 444"
_WIDTHS = {
    letter: int(width)
    for letter, width in zip(
        ascii_uppercase + ascii_lowercase, f"{_CAPITALS} {_SMALL}".split(), strict=True
    )
}
_NARROW = dict.fromkeys(" .,", 250) | dict.fromkeys("-()", 333) | {"/": 278}
_OTHER = 500
_POINT = 25.4 / 72  # millimetres


def roman(n: int) -> str:
    """Return the number of a part: I, II, III, IV ..."""
    text = ""
    for value, numeral in _ROMAN:
        text += numeral * (n // value)
        n %= value
    return text


def date_line(place: str, on: date) -> str:
    """Return place and date; days below 10 and the months 1 and 2 take a zero, others do not."""
    return f"{place}, {spelled(on)}"


def spelled(on: date) -> str:
    """Return a date as the decree spells it: "ngày 05 tháng 9 năm 2022"."""
    month = f"{on.month:02}" if on.month <= 2 else str(on.month)
    return f"ngày {on.day:02} tháng {month} năm {on.year}"


def number_line(symbol: str) -> str:
    """Return number and symbol; the number is left for the clerk who gives it."""
    return f"Số:      /{symbol}"


def attached(symbol: str, on: date, name: str) -> str:
    """Return the line below the title of an appendix: which report it belongs to."""
    return f"(Kèm theo Báo cáo số      /{symbol} {spelled(on)} của {name})"


def width(text: str, size: int) -> float:
    """Return how wide a text is in bold, in millimetres."""
    letters = normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    thousandths = sum(
        _WIDTHS.get(letter) or _NARROW.get(letter, _OTHER)
        for letter in letters
        if not combining(letter)
    )
    return thousandths / 1000 * size * _POINT


def fitted(lines: Iterable[str], size: int, room: float) -> tuple[str, ...]:
    """Return lines that are no wider than `room`: one that is wider is broken into the fewest that
    fit, as even as can be, at a dash or before VÀ or QUẬN where that is possible; no word stands
    alone if it need not.
    """
    return tuple(part for line in lines for part in _broken(line, size, room))


def _broken(line: str, size: int, room: float) -> list[str]:
    words = line.split()
    if width(line, size) <= room or len(words) < 2:
        return [line]
    good = [n for n in range(2, len(words) - 1) if _is_seam(words, n)]
    for seams in (good, range(2, len(words) - 1), range(1, len(words))):
        for pieces in range(1, min(3, len(words))):
            ways = [_cut(words, cuts) for cuts in combinations(seams, pieces)]
            found = [way for way in ways if _widest(way, size) <= room]
            if found:
                return min(found, key=lambda way: _widest(way, size))
    return [line]


def _widest(lines: Iterable[str], size: int) -> float:
    return max(width(line, size) for line in lines)


def _is_seam(words: list[str], n: int) -> bool:
    return words[n - 1] == "-" or words[n] in ("VÀ", "QUẬN", "PHƯỜNG", "HUYỆN", "THÀNH")


def _cut(words: list[str], cuts: tuple[int, ...]) -> list[str]:
    edges = (0, *cuts, len(words))
    return [" ".join(words[a:b]) for a, b in pairwise(edges)]
