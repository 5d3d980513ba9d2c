"""How names sort, and which unit a typed name means."""

import random
import tomllib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.vietnamese import (
    AmbiguousName,
    UnknownName,
    collation_key,
    fold,
    given_name,
    match_unit,
    person_key,
    unit_key,
)

WARDS = [
    "An Biên",
    "An Dương",
    "Cát Dài",
    "Dư Hàng",
    "Dư Hàng Kênh",
    "Đông Hải",
    "Hàng Kênh",
    "Hồ Nam",
    "Kênh Dương",
    "Lam Sơn",
    "Nghĩa Xá",
    "Niệm Nghĩa",
    "Trại Cau",
    "Trần Nguyên Hãn",
    "Vĩnh Niệm",
]


@dataclass(frozen=True)
class Unit:
    code: str
    name: str
    short_name: str


@dataclass(frozen=True)
class UnitWithAliases(Unit):
    aliases: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def units() -> list[Unit]:
    """Return the wards and offices of the shipped plan."""
    plan = Path(__file__).parent.parent / "db" / "plans" / "le_chan_2022.toml"
    rows = tomllib.loads(plan.read_text(encoding="utf-8"))["unit"]
    return [Unit(row["code"], row["name_vi"], row["short_vi"]) for row in rows]


def codes(units: tuple[Unit, ...]) -> list[str]:
    return [unit.code for unit in units]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_wards_sort_as_in_every_list_of_the_district(form: str) -> None:
    for seed in range(20):
        shuffled = [normalize(form, ward) for ward in WARDS]
        random.Random(seed).shuffle(shuffled)
        assert [normalize("NFC", s) for s in sorted(shuffled, key=collation_key)] == WARDS


@pytest.mark.parametrize(
    "ordered",
    [
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mằ", "mâ", "mấ", "mậ"],
        ["e", "è", "ẻ", "ẽ", "é", "ẹ", "ê", "ề", "ể", "ễ", "ế", "ệ"],
        ["an", "An", "ân", "Ân"],
        ["lan", "Lan", "LAN", "làn"],
        ["ma", "má", "mai"],
        ["Bình", "Dũng", "Đức", "Yến"],
        ["An", "An Biên", "Anh"],
        ["Tổ 1", "Tổ 2", "Tổ dân phố"],
        ["2 tuyến", "ba tuyến"],
        ["NS-01", "NS-02", "NS-02.KD"],
        ["Ha Ná", "Hà Na"],
        ["", "a"],
        ["u", "ü", "ư"],
    ],
)
def test_words_sort_by_letter_then_tone_then_case(ordered: list[str]) -> None:
    assert sorted(reversed(ordered), key=collation_key) == ordered


@given(st.text(st.characters(exclude_categories=[])))
def test_every_text_has_one_place_whatever_its_unicode_form(s: str) -> None:
    assert collation_key(normalize("NFD", s)) == collation_key(normalize("NFC", s))


def test_people_sort_by_given_name_then_middle_then_family_name() -> None:
    people = [
        "Vũ Thị An",
        "Trần Văn Bình",
        "Đỗ Hoàng Dũng",
        "Lê Thị Minh Đức",
        "Phạm Thị Minh Đức",
        "Lê Văn Đức",
        "Bùi Yến",
        "Nguyễn Yến",
        "An Thị Yến",
    ]
    assert sorted(reversed(people), key=person_key) == people


def test_a_person_is_addressed_by_the_last_word_of_the_name() -> None:
    assert given_name("Nguyễn Văn  Phiệt ") == "Phiệt"
    assert given_name("Yến") == "Yến"
    assert given_name(" ") == ""


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_blank_name_sorts_before_every_other(blank: str) -> None:
    assert person_key(blank) < person_key("An")


@pytest.mark.parametrize(
    "typed",
    [
        "Dư Hàng",
        "dư  hàng",
        "du hang",
        "DU-HANG",
        "Phường Dư Hàng",
        "phuong du hang",
        "P. Dư Hàng",
        "p.dư hàng",
        "P Dư Hàng",
        "UBND phường Dư Hàng",
        "UBND P. Dư Hàng",
        "UBND Dư Hàng",
        "Ủy ban nhân dân phường Dư Hàng",
        "Uỷ ban nhân dân phường Dư Hàng",
        "DUH",
        "duh",
        normalize("NFD", "Dư Hàng"),
    ],
)
def test_a_ward_is_known_by_its_whole_name_with_or_without_its_titles(
    units: list[Unit], typed: str
) -> None:
    assert match_unit(typed, units).code == "DUH"


@pytest.mark.parametrize("ward", WARDS)
@pytest.mark.parametrize("spell", [str, fold, str.upper, "Phường {}".format, "P.{}".format])
def test_every_ward_is_found_by_its_own_name_alone(
    units: list[Unit], ward: str, spell: Callable[[str], str]
) -> None:
    assert match_unit(spell(ward), units).short_name == ward


def test_a_code_or_any_name_of_every_unit_finds_that_unit(units: list[Unit]) -> None:
    for unit in units:
        for typed in (unit.code, unit.code.lower(), unit.name, unit.short_name, fold(unit.name)):
            assert match_unit(typed, units) == unit


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Hàng Kênh", "HK"),
        ("Dư Hàng Kênh", "DHK"),
        ("phòng Nội vụ", "NV"),
        ("nội vụ", "NV"),
        ("quản lý đô thị", "QLDT"),
        ("phòng TC-KH", "TCKH"),
        ("tn-mt", "TNMT"),
        ("LĐ TB&XH", "LDTBXH"),
        ("lao động thương binh và xã hội", "LDTBXH"),
        ("Văn phòng", "VPUB"),
    ],
)
def test_a_whole_name_wins_over_the_names_that_contain_it(
    units: list[Unit], typed: str, code: str
) -> None:
    assert match_unit(typed, units).code == code


@pytest.mark.parametrize(
    ("typed", "code"), [("lam", "LS"), ("Hãn", "TNH"), ("thuế", "CCT"), ("niệm ngh", "NN")]
)
def test_a_fragment_that_can_mean_one_unit_only_is_enough(
    units: list[Unit], typed: str, code: str
) -> None:
    assert match_unit(typed, units).code == code


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("Nghĩa", ["NX", "NN"]),
        ("phường Nghĩa", ["NX", "NN"]),
        ("kenh", ["DHK", "HK", "KD"]),
        ("Niệm", ["NN", "VN"]),
        ("Dương", ["AD", "KD"]),
        ("hàng", ["DUH", "DHK", "HK"]),
    ],
)
def test_a_fragment_of_several_names_is_refused_with_all_of_them_in_order(
    units: list[Unit], typed: str, candidates: list[str]
) -> None:
    with pytest.raises(AmbiguousName) as caught:
        match_unit(typed, units)
    assert caught.value.query == typed
    assert codes(caught.value.candidates) == candidates


def test_the_word_ward_alone_means_every_ward(units: list[Unit]) -> None:
    with pytest.raises(AmbiguousName) as caught:
        match_unit("phường", units)
    assert [unit.short_name for unit in caught.value.candidates] == WARDS


@pytest.mark.parametrize(
    ("typed", "nearest"), [("Dư Hàn Kênk", "DHK"), ("KDD", "KD"), ("Lâm Xơn", "LS")]
)
def test_an_unknown_name_is_refused_with_the_names_nearest_to_it(
    units: list[Unit], typed: str, nearest: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        match_unit(typed, units)
    assert caught.value.nearest[0].code == nearest
    assert len(caught.value.nearest) <= 3


@pytest.mark.parametrize("typed", ["", "  ", "...", "xyzzy", "ư" * 100_000, "phòng y tế"])
def test_what_resembles_no_name_is_unknown(units: list[Unit], typed: str) -> None:
    with pytest.raises(UnknownName):
        match_unit(typed, units)


def test_a_word_inside_another_is_no_fragment_of_a_name(units: list[Unit]) -> None:
    with pytest.raises(UnknownName):
        match_unit("uong", units)


def test_an_alias_counts_as_a_whole_name() -> None:
    units = [
        UnitWithAliases("KD", "Phường Kênh Dương", "Kênh Dương", ("Kênh",)),
        UnitWithAliases("HK", "Phường Hàng Kênh", "Hàng Kênh"),
    ]
    assert match_unit("kenh", units).code == "KD"


def test_accents_decide_between_names_that_are_equal_without_them() -> None:
    units = [
        Unit("HA", "Phường Hòa An", "Hòa An"),
        Unit("HB", "Phường Hoa An", "Hoa An"),
        Unit("HC", "Phường Hóa Ân", "Hóa Ân"),
    ]
    assert match_unit("Hoà An", units).code == "HA"
    assert match_unit("hóa ân", units).code == "HC"
    for typed in ("hoa an", "phường hoa an", "Hỏa An"):
        with pytest.raises(AmbiguousName) as caught:
            match_unit(typed, units)
        assert codes(caught.value.candidates) == ["HB", "HA", "HC"]


def test_a_name_that_begins_like_the_word_ward_is_not_shortened() -> None:
    units = [
        Unit("PM", "Phường Phương Mai", "Phương Mai"),
        Unit("BM", "Phường Bạch Mai", "Bạch Mai"),
    ]
    for typed in ("Phương Mai", "phuong mai", "phường Phương Mai", "P. Phuong Mai"):
        assert match_unit(typed, units).code == "PM"
    assert unit_key("Phương Mai") == "phuong mai"
    assert unit_key("Phường Mai") == "mai"


@given(st.text(st.characters(exclude_categories=[])))
def test_no_text_raises_anything_but_the_two_refusals(typed: str) -> None:
    units = [Unit("DUH", "Phường Dư Hàng", "Dư Hàng"), Unit("HK", "Phường Hàng Kênh", "Hàng Kênh")]
    with suppress(AmbiguousName, UnknownName):
        assert match_unit(typed, units) in units
