"""Old fonts: told from everything else by their words, and read letter by letter."""

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_vietnamese_text import LETTERS
from tracker.vietnamese import legacy
from tracker.vietnamese.legacy import Font

FONTS: tuple[Font, ...] = ("tcvn3", "vni")

# A second statement of both tables, letter by letter as font documents list them.
SMALL = (
    "à ả ã á ạ ă ằ ẳ ẵ ắ ặ â ầ ẩ ẫ ấ ậ đ è ẻ ẽ é ẹ ê ề ể ễ ế ệ ì ỉ ĩ í ị ò ỏ õ ó ọ "
    "ô ồ ổ ỗ ố ộ ơ ờ ở ỡ ớ ợ ù ủ ũ ú ụ ư ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ"
).split()
TCVN3 = (
    "µ ¶ · ¸ ¹ ¨ » ¼ ½ ¾ Æ © Ç È É Ê Ë ® Ì Î Ï Ð Ñ ª Ò Ó Ô Õ Ö × Ø Ü Ý Þ ß á â ã ä "
    "« å æ ç è é ¬ ê ë ì í î ï ñ ò ó ô \u00ad õ ö ÷ ø ù ú û ü ý þ"
).split(" ")
VNI = (
    "aø aû aõ aù aï aê aè aú aü aé aë aâ aà aå aã aá aä ñ eø eû eõ eù eï eâ eà eå eã eá eä "
    "ì æ ó í ò oø oû oõ où oï oâ oà oå oã oá oä ô ôø ôû ôõ ôù ôï "
    "uø uû uõ uù uï ö öø öû öõ öù öï yø yû yõ yù î"
).split()
TYPED: dict[Font, dict[str, str]] = {
    "tcvn3": dict(zip(SMALL, TCVN3, strict=True)) | dict(zip("ĂÂĐÊÔƠƯ", "¡¢§£¤¥¦", strict=True)),
    "vni": dict(zip(SMALL, VNI, strict=True))
    | {letter.upper(): typed.upper() for letter, typed in zip(SMALL, VNI, strict=True)},
}

MOTTO = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc"
WORDS = MOTTO + (
    ". Ủy ban nhân dân phường Dư Hàng Kênh báo cáo kết quả thu ngân sách quý bốn, khó khăn vướng "
    "mắc trong giải phóng mặt bằng và kiến nghị đề xuất với thành phố"
)


def typed(text: str, font: Font) -> str:
    """Return what a typist of that time left in the file for `text`."""
    codes = TYPED[font]
    return "".join(codes.get(letter, codes.get(letter.lower(), letter)) for letter in text)


def test_the_tables_here_have_every_letter_with_a_mark() -> None:
    assert set(SMALL) | {letter.upper() for letter in SMALL} == {
        letter for letter in LETTERS if not letter.isascii()
    }
    assert len(TYPED["vni"]) == 134


@pytest.mark.parametrize("font", FONTS)
def test_every_letter_is_read_back(font: Font) -> None:
    for letter, codes in TYPED[font].items():
        assert legacy.convert(f"x{codes}x", font) == f"x{letter}x"


@pytest.mark.parametrize("font", FONTS)
@settings(max_examples=60)
@given(st.lists(st.text(st.sampled_from([*SMALL, *"bcdghklmnpqrstvx"]), max_size=8), max_size=8))
def test_whatever_was_typed_in_small_letters_is_read_back(font: Font, words: list[str]) -> None:
    text = " ".join(words)
    assert legacy.convert(typed(text, font), font) == text


def test_capitals_of_vni_are_read_back_and_those_of_tcvn3_by_their_word() -> None:
    shouted = MOTTO.upper()
    assert legacy.convert(typed(shouted, "vni"), "vni") == shouted
    assert legacy.convert("TRUNG ¦¥NG, QUËN L£ CH¢N, Hµ Néi, Uû ban", "tcvn3") == (
        "TRUNG ƯƠNG, QUẬN LÊ CHÂN, Hà Nội, Uỷ ban"
    )


@pytest.mark.parametrize("font", FONTS)
def test_old_text_is_detected_and_read(font: Font) -> None:
    old = typed(WORDS.lower(), font)
    assert legacy.detect(old.split(", ")) == font
    assert legacy.convert(old, font) == WORDS.lower()


@pytest.mark.parametrize(
    ("old", "font"),
    [
        ("Céng hßa", "tcvn3"),
        ("VÜnh NiÖm", "tcvn3"),
        ("ph­êng D­ Hµng", "tcvn3"),
        ("Coäng hoøa", "vni"),
        ("Vónh Nieäm, Keânh Döông", "vni"),
    ],
)
def test_two_words_are_enough(old: str, font: Font) -> None:
    assert legacy.detect(["NS-01", old]) == font


def test_a_sheet_of_both_is_detected_and_only_its_old_texts_are_changed() -> None:
    sheet = ["Phường Dư Hàng", "Thu thuế ngoài quốc doanh", "VÜnh NiÖm", "KÎnh d­¬ng", "Hạn 22/11"]
    assert legacy.detect(sheet) == "tcvn3"
    assert legacy.convert(sheet[0], "tcvn3") == sheet[0]
    assert legacy.convert(normalize("NFD", "Thuế"), "vni") == normalize("NFD", "Thuế")


FRENCH = (
    "Élève né à Besançon, où l'été a été très chaud. Café, thé, crème brûlée; garçon, hôtel, "
    "forêt, là-bas, déjà vu, Noël, naïf, château, côté, âme, île, père, mère, frère"
)
ENGLISH = "Naïve café résumé, 3×4 m, 5 µm, 20 °C, ½ cup · © 2022 § 3 « quoted » co\u00adoperate ±5"
OTHERS = (
    "Über die Straße für schöne Häuser, Äpfel, Öl, Füße",
    "El niño comió jamón en España; así, también, él, sí, más, tú, dé, sé",
    "São Paulo, não, coração, você, está, é, às, avó, avô, três, mãe, nós, pão",
    "Hà Lê Tô Mai Phí Hoà Hồ Lý Bà Cô Trà Vân Thuý Hoàn toàn",
    "Hà, Lê, Tô, Trà, Vân, Hân, Kiên, Nam, Giang, Hoà, Thái",
)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", [WORDS, WORDS.upper(), FRENCH, ENGLISH, *OTHERS])
def test_nothing_else_is_taken_for_old_text(text: str, form: str) -> None:
    shaped = normalize(form, text)
    assert legacy.detect([shaped]) is None
    assert legacy.detect(shaped.split()) is None


@settings(max_examples=100)
@given(st.lists(st.sampled_from(normalize("NFC", WORDS).split()), max_size=12), st.booleans())
def test_ordinary_vietnamese_is_never_detected(words: list[str], apart: bool) -> None:
    assert legacy.detect(words if apart else [" ".join(words)]) is None


@given(st.text())
@settings(max_examples=60)
def test_any_text_at_all_is_borne(text: str) -> None:
    legacy.detect([text])
    for font in FONTS:
        legacy.convert(text, font)
