"""Text that another program spoilt: told from ordinary Vietnamese, with all that is typed in it."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_vietnamese_legacy import SMALL, WORDS, typed
from tracker.vietnamese.damage import is_spoilt


def misread(text: str, encoding: str) -> str:
    """Return what a program shows that takes UTF-8 for `encoding`."""
    return text.encode().decode(encoding, "replace").replace("\ufffd", "")


def without_letters(text: str) -> str:
    """Return what a program leaves that knows the letters of Western Europe only."""
    return text.encode("windows-1252", "replace").decode("windows-1252")


@pytest.mark.parametrize("encoding", ["windows-1252", "windows-1258", "latin-1"])
@pytest.mark.parametrize("text", ["Đã thu được 350 triệu đồng", "nợ", "Tiến độ", "TỔNG CỘNG"])
def test_utf8_read_as_something_else_is_told(text: str, encoding: str) -> None:
    assert is_spoilt(misread(text, encoding))


@pytest.mark.parametrize(
    "text",
    [
        "?ă thu ???c 350 tri?u ??ng",
        "H? bà Nguy?n Th? ?t",
        "T?NG C?NG",
        "S? LI?U MINH H?A",
        "Ch? xác nh?n",
        "?ã ki?m tra",
        "đã \ufffd\ufffdm",
    ],
)
def test_letters_that_were_lost_are_told(text: str) -> None:
    assert is_spoilt(text)


@pytest.mark.parametrize(
    "text",
    [
        "Có đúng không? Nếu còn nợ thì báo lại.",
        "Số liệu này có đúng không?",
        "Thu chưa?Bao giờ xong?Ai làm?",
        "??? hỏi lại chị Hà (?)",
        "Còn ?/11 tuyến",
        "xem https://lechan.vn/tim?ma=kd&nam=2022?x=y",
        "“ĐÃ” «khá» ĐÃ… XÃ – MÃ’",
        "diện tích 20 m², 30 °C, công ty Bảo Việt®",
        "Ã",
        typed(WORDS, "tcvn3"),
        typed(WORDS, "vni"),
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert not is_spoilt(text)
    assert not is_spoilt(normalize("NFD", text))


def test_a_single_sign_is_enough_where_it_is_suspected() -> None:
    assert not is_spoilt("c?a")
    assert is_spoilt("c?a", suspected=True)
    assert not is_spoilt("xong chưa?", suspected=True)


WORD = st.one_of(
    st.sampled_from(WORDS.split()),
    st.text(st.sampled_from([*SMALL, *map(str.upper, SMALL), *"aeiouycghnmtpđ"]), min_size=1),
)
MARKED = st.tuples(
    st.sampled_from(["", "", "“", "«", "(", "- "]),
    WORD,
    st.sampled_from(["", "", "", "?", "?!", "”", "»", ")", "…", ".", "?”", "’", " –", "²"]),
).map("".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(MARKED, max_size=12), st.booleans())
def test_no_vietnamese_is_taken_for_spoilt(words: list[str], suspected: bool) -> None:
    text = " ".join(words)
    assert not is_spoilt(text, suspected=suspected)
    assert not is_spoilt(normalize("NFD", text), suspected=suspected)
