"""What may be stored as text, and when two spellings are the same."""

from unicodedata import category, is_normalized, normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.vietnamese import (
    TextTooLong,
    accent_key,
    clean_line,
    clean_text,
    fold,
    has_accents,
)

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES]
LETTERS = [form for letter in (*SMALL, "đ") for form in (letter, letter.upper())]
PLAIN = dict(zip("ăâêôơưđ", "aaeooud", strict=True))

# Surrogates too: they reach a program from file names, and crash whatever encodes them.
ANY_TEXT = st.text(st.characters(exclude_categories=[]))
NASTY_TEXT = st.text(
    st.sampled_from("aệ \t\r\n\x00\x1b\x85\u00ad\u200b\u202e\u2028\ufe0f\u0323\u0302\u0301\u20dd")
)


def test_the_alphabet_here_has_every_letter_of_vietnamese() -> None:
    assert len(LETTERS) == len(set(LETTERS)) == 146


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_survives_cleaning_and_becomes_one_character(form: str) -> None:
    for letter in LETTERS:
        assert clean_line(f"x{normalize(form, letter)}x") == f"x{letter}x"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_folds_to_its_plain_letter(form: str) -> None:
    for letter in LETTERS:
        base = normalize("NFD", letter.lower())[0]
        assert fold(normalize(form, letter)) == PLAIN.get(base, base)


def test_letters_composed_by_unikey_are_stored_as_one_character() -> None:
    assert clean_line("Ni\u00ea\u0323m Nghi\u0303a") == "Niệm Nghĩa"
    assert len(clean_line(normalize("NFD", "Dư Hàng Kênh"))) == 12


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  họp \t giao\u00a0ban \r\n tuần  ", "họp giao ban tuần"),
        ("một\u2028hai\x85ba\x0bbốn", "một hai ba bốn"),
        ("đỏ \x1b[31mgấp\x1b[0m", "đỏ [31mgấp[0m"),
        ("\x1b]52;c;cm0gLXJm\x07", "]52;c;cm0gLXJm"),
        ("\x9b2Jsạch", "2Jsạch"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("mật\u200b\u2060\ufeff\u00adkhẩu", "mậtkhẩu"),
        ("thẻ\U000e0041\U000e007f, dấu\ufe0f", "thẻ, dấu"),
        ("hỏng\ud83d, \ufffe\uffff", "hỏng,"),
        ("vie\x08ê\x7fn", "vieên"),
        ("\u200b \u202e\n", ""),
        ("", ""),
    ],
)
def test_a_line_keeps_its_words_and_nothing_that_acts_on_a_terminal(
    typed: str, stored: str
) -> None:
    assert clean_line(typed) == stored


@pytest.mark.parametrize(
    "title", ["[/] [gấp] họp", "[link=x]", "=1+1", "-5", "“Xóa” – 27.037,0 ₫", "📌"]
)
def test_a_line_that_only_looks_dangerous_is_kept_as_typed(title: str) -> None:
    assert clean_line(title) == title


def test_piled_up_marks_are_cut_to_three_on_a_letter() -> None:
    assert clean_line("x" + "\u0301" * 5000 + "y") == "x" + "\u0301" * 3 + "y"
    assert clean_line("x" + "\u20dd" * 50) == "x" + "\u20dd" * 3


def test_marks_without_a_letter_to_stand_on_are_dropped() -> None:
    assert clean_line("\u0301\u0323 a \u0302b") == "a b"


def test_a_line_over_its_limit_is_refused_and_never_cut() -> None:
    assert clean_line("  " + "ệ" * 10 + "  ", 10) == "ệ" * 10
    assert clean_line(normalize("NFD", "ệ" * 10), limit=10) == "ệ" * 10
    with pytest.raises(TextTooLong) as caught:
        clean_line("ệ" * 11, 10)
    assert (caught.value.limit, caught.value.length) == (10, 11)


def test_a_text_keeps_its_lines_and_one_blank_line_between_paragraphs() -> None:
    typed = "\n\n  Kết quả:  \r\n - xong\t2 tuyến\n \u200b\n\n\n Vướng: thiếu xe\n\n"
    assert clean_text(typed) == "Kết quả:\n- xong 2 tuyến\n\nVướng: thiếu xe"


def test_a_text_over_its_limit_is_refused_and_its_line_ends_count() -> None:
    assert clean_text("ab\ncd", 5) == "ab\ncd"
    with pytest.raises(TextTooLong) as caught:
        clean_text("ab\ncd", 4)
    assert (caught.value.limit, caught.value.length) == (4, 5)


@given(ANY_TEXT | NASTY_TEXT)
@example("\u0cc6" * 4 + "\u0cc2")
def test_cleaning_twice_changes_nothing(s: str) -> None:
    line, text = clean_line(s), clean_text(s)
    assert clean_line(line) == line
    assert clean_text(text) == text
    assert clean_line(text) == line


@given(ANY_TEXT | NASTY_TEXT)
def test_a_clean_line_is_nfc_and_can_be_written_anywhere(s: str) -> None:
    line = clean_line(s)
    assert is_normalized("NFC", line)
    assert line.encode().decode() == line
    assert not any(category(c) in ("Cc", "Cs", "Zl", "Zp") for c in line)
    assert line == line.strip()
    assert "  " not in line


@given(ANY_TEXT | NASTY_TEXT)
def test_folding_twice_changes_nothing(s: str) -> None:
    assert fold(fold(s)) == fold(s)


@given(ANY_TEXT)
def test_the_unicode_form_makes_no_difference_to_a_folded_text(s: str) -> None:
    assert fold(normalize("NFD", s)) == fold(normalize("NFC", s)) == fold(s)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ủy", "Uỷ"), ("HÒA", "HOÀ"), ("thúy", "thuý"), ("Đường  hè", "duong he"), ("ĐẶNG", "dang")],
)
def test_spellings_of_one_word_are_equal_when_folded(one: str, other: str) -> None:
    assert clean_line(one) != clean_line(other)
    assert fold(one) == fold(other)


@pytest.mark.parametrize("s", ["đ", "Đông", "hè", "Uỷ", normalize("NFD", "ơ")])
def test_a_text_with_accents_or_a_barred_d_is_seen_as_such(s: str) -> None:
    assert has_accents(s)


@pytest.mark.parametrize("s", ["", "d", "Kenh Duong 2022, 72.6 %"])
def test_a_plain_text_has_no_accents(s: str) -> None:
    assert not has_accents(s)


@pytest.mark.parametrize(("one", "other"), [("ỦY ban", "uỷ BAN"), ("Hòa", "hoà"), ("thuế", "thuế")])
def test_where_the_tone_is_written_does_not_matter_to_an_exact_comparison(
    one: str, other: str
) -> None:
    assert accent_key(one) == accent_key(normalize("NFD", other))


@pytest.mark.parametrize(("one", "other"), [("Ủy", "Úy"), ("ma", "má"), ("đa", "da"), ("Dư", "Du")])
def test_another_accent_matters_to_an_exact_comparison(one: str, other: str) -> None:
    assert accent_key(one) != accent_key(other)
