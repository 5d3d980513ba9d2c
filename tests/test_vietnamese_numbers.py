"""Numbers as officers type and read them: decimal comma, thousands dot, nothing guessed."""

from contextlib import suppress
from decimal import Decimal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.vietnamese import (
    NumberError,
    format_number,
    format_percent,
    parse_in_unit,
    parse_number,
)

NUMBERS = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=6)
NUMBER_LIKE = st.text(st.sampled_from("0123456789.,-−% \u00a0eEtỷriệuđồng"), max_size=20)
UNITS = ("vụ", "%", "% KH thành phố", "tỷ đồng", "triệu đồng", "đồng")


def refusal(text: str, *, money: bool = False) -> NumberError:
    with pytest.raises(NumberError) as caught:
        parse_number(text, money=money)
    assert caught.value.text == text
    return caught.value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("72,6", "72.6"),
        ("0", "0"),
        ("100", "100"),
        ("1.234", "1234"),
        ("1.056", "1056"),
        ("1.234,5", "1234.5"),
        ("1.234.567,50", "1234567.50"),
        ("27.037,0", "27037.0"),
        ("1234567,5", "1234567.5"),
        ("940,133", "940.133"),
        ("940.133", "940133"),
        ("0,125", "0.125"),
        ("76,7%", "76.7"),
        ("76,7 %", "76.7"),
        ("  72,6  ", "72.6"),
        ("\u00a072,6\u202f%\n", "72.6"),
        ("72,6\u200b", "72.6"),
        ("-3,5", "-3.5"),
        ("\u22123,5", "-3.5"),
        ("\u20133,5", "-3.5"),
    ],
)
def test_a_number_is_read_with_decimal_comma_and_thousands_dot(text: str, number: str) -> None:
    assert str(parse_number(text)) == number


@pytest.mark.parametrize(
    ("text", "code", "readings"),
    [
        ("72.6", "dot-decimal", ("72,6",)),
        ("72.6 %", "dot-decimal", ("72,6 %",)),
        ("-72.6", "dot-decimal", ("-72,6",)),
        ("1234.567", "dot-decimal", ("1234,567",)),
        ("0.125", "dot-decimal", ("0,125",)),
        ("1,234.5", "mixed", ("1.234,5",)),
        ("1,234,567.8", "mixed", ("1.234.567,8",)),
        ("1,234,567", "comma-groups", ("1.234.567",)),
        ("1.23.456", "bad-groups", ()),
        ("1.2345.678,9", "bad-groups", ()),
        ("26.9.2022", "bad-groups", ()),
    ],
)
def test_a_spelling_of_another_country_is_refused_with_what_it_may_mean(
    text: str, code: str, readings: tuple[str, ...]
) -> None:
    refused = refusal(text)
    assert (refused.code, refused.readings) == (code, readings)
    for reading in readings:
        parse_number(reading)


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "inf",
        "-Infinity",
        "1e5",
        "1E+3",
        "0x10",
        "1_000",
        "٧٢",
        "７２",  # full width
        "²",
        "½",
        "+5",
        "- 5",
        "--5",
        "5-",
        "1 234",
        "1,2,3",
        "1,5,6",
        "1,2.3",
        ",5",
        "5,",
        ".",
        "%",
        "72,6 % %",
        "khoảng 5",
        "5 vụ",
        "một",
    ],
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    assert refusal(text).code == "not-a-number"


@pytest.mark.parametrize("text", ["", "  ", "\n\u200b"])
def test_nothing_typed_is_its_own_refusal(text: str) -> None:
    assert refusal(text).code == "empty"


@pytest.mark.parametrize("text", ["9" * 25, "0" * 100_000, " " * 61])
def test_a_number_too_long_to_be_one_is_refused(text: str) -> None:
    assert refusal(text).code == "too-long"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("350 triệu", "350000000"),
        ("350 trieu", "350000000"),
        ("350 TRIỆU ĐỒNG", "350000000"),
        ("350tr", "350000000"),
        ("1,25 tỷ", "1250000000"),
        ("1,25 tỉ", "1250000000"),
        ("1,25 ty dong", "1250000000"),
        ("1.234 tỷ", "1234000000000"),
        ("2 nghìn tỷ", "2000000000000"),
        ("500 nghìn đồng", "500000"),
        ("350.000 đ", "350000"),
        ("350.000đ", "350000"),
        ("350.000 VNĐ", "350000"),
        ("350.000", "350000"),
        (normalize("NFD", "0,5 tỷ"), "500000000"),
        ("1,2345678901 tỷ", "1234567890.1"),
    ],
)
def test_an_amount_of_money_is_read_in_dong(text: str, amount: str) -> None:
    assert str(parse_number(text, money=True)) == amount


@pytest.mark.parametrize("text", ["350 triệu", "1,25 tỷ", "5 đồng"])
def test_a_money_word_for_what_is_not_money_is_refused(text: str) -> None:
    assert refusal(text).code == "money-word"


def test_a_share_of_what_is_money_is_refused() -> None:
    assert refusal("76,7%", money=True).code == "percent"


def test_an_amount_with_a_dot_for_its_decimals_is_proposed_with_its_word() -> None:
    refused = refusal("1.25 tỷ", money=True)
    assert (refused.code, refused.readings) == ("dot-decimal", ("1,25 tỷ",))


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("940,133", "tỷ đồng", "940.133"),
        ("940,133 tỷ đồng", "tỷ đồng", "940.133"),
        ("940.133 triệu", "tỷ đồng", "940.133"),
        ("350 triệu", "tỷ đồng", "0.350"),
        ("1,25 tỷ", "triệu đồng", "1250"),
        ("350.000 đồng", "triệu đồng", "0.350000"),
        ("350 triệu", "đồng", "350000000"),
        ("72,6", "% KH HĐND quận", "72.6"),
        ("72,6%", "% KH HĐND quận", "72.6"),
        ("72,6 % kh hđnd quận", "% KH HĐND quận", "72.6"),
        ("27", "vụ", "27"),
        ("27 vụ", "vụ", "27"),
    ],
)
def test_a_number_is_read_in_the_unit_of_its_indicator(text: str, unit: str, number: str) -> None:
    assert str(parse_in_unit(text, unit)) == number


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("27%", "vụ", "percent"),
        ("76,7%", "tỷ đồng", "percent"),
        ("3 tỷ", "%", "money-word"),
        ("3 tỷ", "vụ", "money-word"),
        ("27 cuộc", "vụ", "not-a-number"),
        ("72.6", "%", "dot-decimal"),
    ],
)
def test_a_number_in_another_unit_is_refused(text: str, unit: str, code: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_in_unit(text, unit)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        ("72.6", None, "72,6", "72.6"),
        ("76.70", None, "76,7", "76.7"),
        ("100", None, "100", "100"),
        ("100.00", None, "100", "100"),
        ("1E+3", None, "1.000", "1,000"),
        ("1234567.5", None, "1.234.567,5", "1,234,567.5"),
        ("-1234.5", None, "-1.234,5", "-1,234.5"),
        ("940.133", None, "940,133", "940.133"),
        ("0.000001", None, "0,000001", "0.000001"),
        ("-0.00", None, "0", "0"),
        ("76.65", 1, "76,7", "76.7"),
        ("76.649", 1, "76,6", "76.6"),
        ("-0.05", 1, "-0,1", "-0.1"),
        ("-0.04", 1, "0,0", "0.0"),
        ("0.5", 0, "1", "1"),
        ("100", 1, "100,0", "100.0"),
        ("27037", 1, "27.037,0", "27,037.0"),
        ("123456789012345678901234567890.25", 1, "123.456.789.012.345.678.901.234.567.890,3", ""),
    ],
)
def test_a_number_is_written_as_its_language_does(
    value: str, places: int | None, vi: str, en: str
) -> None:
    assert format_number(Decimal(value), places) == vi
    if en:
        assert format_number(Decimal(value), places, lang="en") == en


def test_a_share_is_written_without_a_space() -> None:
    assert format_percent(Decimal("76.70")) == "76,7%"
    assert format_percent(100) == "100,0%"
    assert format_percent(100, None) == "100%"
    assert format_percent(Decimal("76.65"), lang="en") == "76.7%"


@given(NUMBERS)
def test_a_number_written_and_read_again_is_the_same(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value
    assert parse_number(format_percent(value, None)) == value
    assert parse_in_unit(f"{format_number(value)} tỷ", "tỷ đồng") == value


@given(NUMBERS, st.integers(0, 6))
def test_rounding_is_off_by_half_a_step_at_most(value: Decimal, places: int) -> None:
    assert abs(parse_number(format_number(value, places)) - value) * 2 <= Decimal(10) ** -places


@given(NUMBER_LIKE | st.text(st.characters(exclude_categories=[])), st.booleans())
def test_no_text_raises_anything_but_a_number_error(text: str, money: bool) -> None:
    with suppress(NumberError):
        assert parse_number(text, money=money).is_finite()
    for unit in UNITS:
        with suppress(NumberError):
            assert parse_in_unit(text, unit).is_finite()
