"""The filter language: every token and synonym, with and without accents, and what it refuses."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.records import PlanRevision, Role, Status, Task, Unit
from tests import make
from tracker import behind, filters, i18n, wording
from tracker.errors import BadInput
from tracker.filters import FLAGS, KEYS, SHOWN, SORTS, parse, sort, split
from tracker.filters.paces import PACES
from tracker.rules import State
from tracker.state import State as CampaignState
from tracker.targets import targets
from tracker.vietnamese import AmbiguousName, DateError, UnknownName

TODAY = date(2022, 11, 22)
KD = make.officer()
UNITS = (
    Unit("KD", "Phường Kênh Dương", "Kênh Dương", "phuong", (), 1),
    Unit("DH", "Phường Dư Hàng", "Dư Hàng", "phuong", (), 2),
    Unit("DHK", "Phường Dư Hàng Kênh", "Dư Hàng Kênh", "phuong", (), 3),
    Unit("VPUB", "Văn phòng HĐND và UBND quận", "Văn phòng", "phong", (), 4),
    Unit("TCKH", "Phòng Tài chính - Kế hoạch", "TC-KH", "phong", ("TC - KH",), 5),
)
TASKS = (
    make.task(  # overdue, stale, with an obstacle
        code="TTDH-01.KD", lead="KD", title="Ra quân lập lại trật tự đường hè",
        due_on=date(2022, 11, 16), obstacle="Thiếu xe", confirm="TCKH",
    ),
    make.task(  # due soon, fresh, owned
        code="NS-04.DH", lead="DH", workstream="NS", title="Đôn đốc thu nợ",
        due_on=date(2022, 11, 25), updated_on=TODAY, owner="kd.vptk", confirm="VPUB",
        coop=("VPUB", "TCKH"),
    ),
    make.task(  # in time, on hold
        code="NS-04.DHK", lead="DHK", workstream="NS", title="Đôn đốc thu nợ",
        due_on=date(2022, 12, 15), updated_on=TODAY, status=Status.ON_HOLD, confirm=None,
        result="Đã giải thích, chờ giai đoạn 2",
    ),
    make.task(  # completed late
        code="GPMB-03", lead="TCKH", workstream="TTXD", title="Giải phóng mặt bằng lô TM15",
        due_on=date(2022, 11, 1), status=Status.COMPLETED, claimed_on=date(2022, 11, 3),
        product="Biên bản bàn giao kinh tế - xã hội", confirm=None,
    ),
    make.task(  # awaiting, claimed in time
        code="TTDH-02.KD", lead="KD", title="Hòa giải vướng mắc lô N38-5, họp 17:30",
        due_on=date(2022, 11, 18), status=Status.AWAITING, claimed_on=date(2022, 11, 18),
        updated_on=TODAY, confirm="TCKH",
    ),
    make.task(  # outside the totals, without a due date
        code="TTXD-01.KD", lead="KD", workstream="TTXD", title="Không phát sinh",
        due_on=None, status=Status.NOT_APPLICABLE, confirm=None,
    ),
)  # fmt: skip
LATE, SOON, HELD, DONE, WAITING, OUT = (task.code for task in TASKS)
EVERY = [task.code for task in TASKS]


@pytest.fixture(scope="module")
def held() -> CampaignState:
    """Return the campaign of TASKS on 22/11."""
    return campaign()


def campaign() -> CampaignState:
    """Return the campaign of TASKS, with two wards that share a name, on 22/11."""
    officers = {
        each.login: each
        for each in (
            KD,
            make.officer(login="dh.vptk", unit="DH"),
            make.officer(login="vpub.tonghop", unit="VPUB", role=Role.SUPERVISOR),
        )
    }
    made = make.state(TASKS, day=TODAY)
    return replace(made, units={unit.code: unit for unit in UNITS}, officers=officers)


def found(held: CampaignState, *arguments: str, officer: Any = KD) -> list[str]:
    """Return the codes that pass a filter, in its order."""
    tasks = parse(arguments, held, officer).apply(held.tasks.values())
    return [task.code for task in tasks]


def refusal(held: CampaignState, *arguments: str, officer: Any = KD) -> BadInput:
    """Return how a filter is refused."""
    with pytest.raises(BadInput) as caught:
        parse(arguments, held, officer)
    assert wording.error(caught.value)
    return caught.value


def test_the_campaign_here_shows_every_state_that_matters(held: CampaignState) -> None:
    states = {code: filters.parse(["state:overdue"], held)(held.tasks[code]) for code in EVERY}
    assert states == dict.fromkeys(EVERY, False) | {LATE: True}


# Tokens


@pytest.mark.parametrize(
    ("tokens", "codes"),
    [
        ("phường:KD don-vi:kd unit:KD đơn-vị:Kênh_Dương unit:kênh_d", [LATE, WAITING, OUT]),
        ("phường:Dư_Hàng unit:du_hang đơn_vị:dh phuong:P.Dư_Hàng", [SOON]),
        ("phường:Dư_Hàng_Kênh unit:DHK chủ-trì:DHK chu-tri:dhk lead:DHK", [HELD]),
        ("đơn-vị:TC-KH unit:tài_chính unit:tckh", [DONE]),
        ("lĩnh-vực:NS linh-vuc:ns stream:NS lĩnh_vực:Thu_ngân_sách stream:budget", [SOON, HELD]),
        ("người:kd.vptk nguoi:KD.VPTK owner:kd.vptk người:tôi owner:me nguoi:toi", [SOON]),
        ("hạn:25/11 due:25/11/2022 han:2022-11-25 hạn=25/11 due=25.11", [SOON]),
        ("trước:16/11 truoc:16/11 before:16-11 hạn<16/11 hạn<=16/11 due<16/11", [LATE, DONE]),
        ("sau:25/11 after:25/11 hạn>25/11 due>=25/11", [SOON, HELD]),
        ("phối-hợp:TCKH coop:VPUB phoi-hop:TC-KH", [SOON]),
        ("xác-nhận:TCKH xac-nhan:tckh confirm:TC-KH", [LATE, WAITING]),
        ("quá-hạn qua-han overdue QUÁ-HẠN quá-han Overdue state:overdue", [LATE]),
        ("tình-trạng:quá-hạn tinh-trang:qua_han state:Quá_hạn", [LATE]),
        ("sắp-hạn sap-han due-soon tình-trạng:sắp-đến-hạn state:due_soon", [SOON]),
        ("chưa-xong chua-xong open", [LATE, SOON, HELD, WAITING]),
        ("xong done tình-trạng:hoàn-thành state:completed", [DONE]),
        ("state:completed_late tình-trạng:xong-quá-hạn", [DONE]),
        ("im-lặng im-lang stale", [LATE]),
        ("của-tôi cua-toi mine", [LATE, SOON, WAITING, OUT]),
        ("vướng vuong blocked", [LATE]),
        ("tình-trạng:tạm-dừng state:on_hold state:on-hold", [HELD]),
        ("tình-trạng:chờ-xác-nhận state:awaiting_confirmation", [WAITING]),
        ("state:excluded tình-trạng:không-phát-sinh state:not_applicable", [OUT]),
        ("state:in_time", [HELD, WAITING]),
        ("không:xong not:done khong:xong -xong -done không:không:không:xong --not:done",
         [LATE, SOON, HELD, WAITING, OUT]),
        ("không:phường:KD -unit:KD not:phường:Kênh_Dương", [SOON, HELD, DONE]),
    ],
)  # fmt: skip
def test_each_spelling_of_a_token_finds_the_same(
    held: CampaignState, tokens: str, codes: list[str]
) -> None:
    for token in tokens.split():
        assert found(held, token.replace("_", " ")) == codes, token


def course(code: str, figure: int | None, **changes: Any) -> Task:
    """Return a target from 0 to 80, of which the plan wants about 40 by the day looked at."""
    measured = make.measure(
        indicator=code,
        latest=None if figure is None else Decimal(figure),
        latest_on=None if figure is None else TODAY,
    )
    dates = {"start_on": date(2022, 10, 24), "due_on": date(2022, 12, 21)}
    return make.task(**{"code": code, "measure": measured, **dates, **changes})


TARGETS = (
    course("RISK", 10), course("SLOW", 38), course("FINE", 45), course("MET", 80),
    course("MORE", 81), course("NONE", None),
    course("OVER", 10, status=Status.COMPLETED),  # short of its plan, but no longer late
    course("GONE", 10, status=Status.WITHDRAWN), make.task(code="PLAIN"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("tokens", "codes"),
    [
        ("chậm-nhịp cham-nhip behind tình-trạng:chậm_nhịp state:behind", ["RISK", "SLOW"]),
        ("nguy-cơ nguy-co at-risk tình-trạng:nguy_cơ state:at_risk", ["RISK"]),
        ("đúng-nhịp dung-nhip on-pace", ["FINE"]),
        ("đạt-kế-hoạch dat-ke-hoach reached", ["MET", "MORE"]),
        ("vượt-kế-hoạch vuot-ke-hoach beyond", ["MORE"]),
        ("chưa-có-số chua-co-so no-data", ["NONE"]),
    ],
)
def test_a_token_of_a_pace_finds_the_targets_that_go_so(tokens: str, codes: list[str]) -> None:
    state = make.state(TARGETS, day=TODAY)
    for token in tokens.split():
        assert found(state, token) == codes, token
        kept = [task.code for task in TARGETS if task.code not in codes]
        assert found(state, f"-{token}") == kept, token


def test_behind_is_what_the_summary_counts_and_every_pace_that_of_the_target() -> None:
    state = make.state(TARGETS, day=TODAY)
    assert found(state, "behind") == sorted(each.task.code for each in behind.behind(state))
    shown = {each.task.code: each.standing.pace for each in targets(state, TARGETS)}
    for flag, wanted in PACES.items():
        codes = [task.code for task in TARGETS if task.code != "GONE"]
        assert found(state, flag) == [code for code in codes if shown.get(code) in wanted]


def test_a_figure_of_a_later_day_and_a_revision_to_come_do_not_count_yet() -> None:
    later = make.measure(latest=Decimal(10), latest_on=date(2022, 11, 23))
    plans = (*later.plans, PlanRevision(date(2022, 12, 1), Decimal(30), "điều chỉnh", None))
    revised = later._replace(latest_on=TODAY, latest=Decimal(35), plans=plans)
    state = make.state([course("A", 0, measure=later), course("B", 0, measure=revised)], day=TODAY)
    assert found(state, "no-data") == ["A"]
    assert found(state, "reached") == []


def test_every_name_of_a_token_is_tried_above() -> None:
    marks = (
        *test_each_spelling_of_a_token_finds_the_same.pytestmark,
        *test_a_token_of_a_pace_finds_the_targets_that_go_so.pytestmark,
    )
    tried = " ".join(tokens for mark in marks for tokens, _codes in mark.args[1])
    names = {filters.tokens.name_of(token.partition(":")[0]) for token in tried.split()}
    assert KEYS.keys() | FLAGS.keys() <= names


def test_what_is_offered_is_understood_and_complete(held: CampaignState) -> None:
    for shown in SHOWN:
        name = filters.tokens.name_of(shown.rstrip(":"))
        assert name in (KEYS if shown.endswith(":") else FLAGS), shown
    offered = {filters.tokens.name_of(shown.rstrip(":")) for shown in SHOWN}
    assert offered == KEYS.keys() | FLAGS.keys()
    for example_ in filters.tokens.EXAMPLES.values():
        if not example_.endswith(("CAQ",)):  # a unit that this campaign lacks
            parse([example_], held)


def test_labels_are_understood_in_both_languages(held: CampaignState) -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        for status in Status:
            parse([f"state:{wording.status(status)}"], held)
            parse([f"state:{status}"], held)
        for state in State:
            parse([f"state:{state}"], held)


def test_all_words_and_tokens_must_hold(held: CampaignState) -> None:
    assert found(held, "phường:KD", "chưa-xong") == [LATE, WAITING]
    assert found(held, "phường:KD", "chưa-xong", "hè") == [LATE]
    assert found(held, "phường:KD", "phường:DH") == []


def test_no_filter_is_every_row_in_its_order(held: CampaignState) -> None:
    assert found(held) == found(held, "", "  ", "\u200b") == EVERY


def test_days_may_be_said_in_words_and_look_forward(held: CampaignState) -> None:
    assert found(held, "hạn:thứ sáu") == [SOON]  # Friday 25/11
    assert found(held, "trước:hôm nay", "chưa-xong") == [LATE, WAITING]
    assert found(held, "hạn:thứ-sáu") == found(held, "due:thứ-6") == [SOON]
    assert found(held, "trước:hôm-nay", "chưa-xong") == [LATE, WAITING]
    assert found(held, "han:cuối-tháng") == found(held, "hạn:cuối tháng")
    assert found(held, "hạn:25-11") == found(held, "hạn:2022-11-25") == [SOON]
    assert found(held, "trước:15/1", "sau:1/12") == [HELD]  # 15 January, before books close


def test_a_day_that_is_none_is_refused(held: CampaignState) -> None:
    for token in ("hạn:31/11", "trước:11/25", "sau:mốt", "hạn<99"):
        with pytest.raises(DateError):
            parse([token], held)


# Units


def test_a_fragment_that_means_several_units_is_refused_with_the_candidates(
    held: CampaignState,
) -> None:
    with pytest.raises(AmbiguousName) as caught:
        parse(["phường:Dư"], held)
    assert [unit.code for unit in caught.value.candidates] == ["DH", "DHK", "KD"]
    assert "Dư Hàng Kênh (DHK)" in wording.error(caught.value)


def test_a_unit_that_is_none_is_refused_with_the_nearest(held: CampaignState) -> None:
    with pytest.raises(UnknownName) as caught:
        parse(["phường:Kênh Dươg"], held)
    assert caught.value.nearest[0].code == "KD"


# Words


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("giải phóng", [DONE]),
        ("giai phong", [DONE]),
        ("GIẢI PHÓNG", [DONE]),
        ("duong he", [LATE]),
        ("biên bản", [DONE]),  # the product
        ("giải thích", [HELD]),  # the last note
        ("thiếu xe", [LATE]),
        ("NS-04", [SOON, HELD]),
        ("ns-04", [SOON, HELD]),
        ("NS-04.DH", [SOON, HELD]),  # the prefix of NS-04.DHK, too
        ("DHK", [HELD]),
        ("TM15", [DONE]),
        ("N38-5", [WAITING]),
        ("17:30", [WAITING]),
        ("kinh tế - xã hội", [DONE]),
        ("-", []),
    ],
)
def test_words_are_sought_in_code_title_product_and_notes(
    held: CampaignState, words: str, codes: list[str]
) -> None:
    assert set(found(held, words)) == set(codes or EVERY)


def test_words_one_by_one_and_a_phrase_as_a_whole(held: CampaignState) -> None:
    assert found(held, "lô", "TM15") == [DONE]
    assert found(held, "TM15", "lô") == [DONE]
    assert found(held, "TM15 lô") == []


@pytest.mark.parametrize(
    "word",
    ["kinh-tế", "TM16", "N38-6", "10:30", "a-b", "a:b", "vương", "vuông", "quang", "hạn", "không",
     "quá hạn", "phường", "2022-11-22", "sắp xếp", "open-data", "xe;người", "C++", "1=1", "(xong)",
     "state", "thu hồi", "https", "72,6", "5%", "dươg", "hanh", "overseas", "due"],
)  # fmt: skip
def test_an_ordinary_word_is_sought_even_if_nothing_holds_it(
    held: CampaignState, word: str
) -> None:
    filter_ = parse([word], held, KD)
    assert filter_.words == (word,)


def test_the_accents_of_a_word_tell_it_from_a_flag(held: CampaignState) -> None:
    assert found(held, "vướng") == found(held, "vuong") == [LATE]
    assert found(held, "vương") == [WAITING]  # the folded word is in "vướng mắc"
    assert parse(["vương"], held).words == ("vương",)


def test_hits_with_the_typed_accents_come_first() -> None:
    rows = [
        make.task(code="A-01", title="Giai đoạn 2"),
        make.task(code="A-02", title="Giải đáp"),
        make.task(code="A-03", title="Giấy", result="GIẢI trình"),
    ]
    held = make.state(rows)
    assert found(held, "giải") == ["A-02", "A-03", "A-01"]
    assert found(held, "giai") == ["A-01", "A-02", "A-03"]
    assert found(held, "không:giải") == []


def test_the_place_of_a_tone_does_not_make_a_hit_inexact() -> None:
    rows = [
        make.task(code="A-01", title="hoa quả"),
        make.task(code="A-02", title="Hòa giải, Ủy ban"),
    ]
    assert found(make.state(rows), "hoà") == ["A-02", "A-01"]
    assert found(make.state(rows), "uỷ") == ["A-02"]


# Slips


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("quáhạn", "quá-hạn"),
        ("quahan", "quá-hạn"),
        ("quá-hạm", "quá-hạn"),
        ("qua-hn", "quá-hạn"),
        ("overdu", "overdue"),
        ("over-due", "overdue"),
        ("overude", "overdue"),
        ("duesoon", "due-soon"),
        ("sắphạn", "sắp-hạn"),
        ("chuaxong", "chưa-xong"),
        ("imlặng", "im-lặng"),
        ("củatôi", "của-tôi"),
        ("bloked", "blocked"),
        ("phuong;KD", "phường:KD"),
        ("phường.KD", "phường:KD"),
        ("unit=KD", "unit:KD"),
        ("người=tôi", "người:tôi"),
        ("truoc15/12", "trước:15/12"),
        ("trước<15/12", "trước:15/12"),
        ("phuog:KD", "phường:"),
        ("phườngg:Dư Hàng", "phường:"),
        ("trc:15/12", "trước:"),
        ("trươc-:15/12", "trước:"),
        ("befor:15/12", "before:"),
        ("onwer:me", "owner:"),
        ("tinhtrang:xong", "tình-trạng:"),
        ("linhvuc:NS", "lĩnh-vực:"),
        ("status:done", "state:"),
        ("overdue:yes", "overdue"),
        ("-quahan", "quá-hạn"),
        ("không:overdu", "overdue"),
    ],
)
def test_a_slip_is_refused_with_what_was_meant(
    held: CampaignState, typed: str, nearest: str
) -> None:
    problem = refusal(held, typed)
    assert problem.code == "unknown-token"
    assert str(problem.data["nearest"]).split(" / ")[0] == nearest
    assert nearest in wording.error(problem)


def test_a_word_that_some_task_holds_is_no_slip() -> None:
    held = make.state([make.task(title="Kiểm tra quahan:1, phuong;KD")])
    for word in ("quahan", "quahan:1", "phuong;KD"):
        assert found(held, word) == ["TTDH-01.KD"]


@pytest.mark.parametrize("typed", ["foo:1", "ward:KD", "kinh-phí:5", "https://x"])
def test_a_key_like_no_other_is_refused_with_those_there_are(
    held: CampaignState, typed: str
) -> None:
    problem = refusal(held, typed)
    assert problem.code == "no-token"
    assert "phường:, đơn-vị:, chủ-trì:" in wording.error(problem)
    i18n.set_language("en")
    assert "unit:, lead:, stream:" in wording.error(refusal(held, typed))


@pytest.mark.parametrize(
    ("typed", "code", "offered"),
    [
        ("tình-trạng:hoàn-thnh", "unknown-state", "hoàn-thành"),
        ("state:overdu", "unknown-state", "overdue"),
        ("state:in_progres", "unknown-state", "in_progress"),
        ("tình-trạng:quahan", "unknown-state", "quá-hạn"),
        ("tình-trạng:đẹp", "no-state", "quá-hạn"),
        ("lĩnh-vực:NSS", "unknown-stream", "NS (Thu ngân sách)"),
        ("stream:budget revenu e", "unknown-stream", "NS (Thu ngân sách)"),
        ("lĩnh-vực:trật tự", "ambiguous-stream", "TTDH (Trật tự đường hè)"),
        ("lĩnh-vực:y tế", "no-stream", "NS"),
        ("người:kd.vptkk", "unknown-person", "kd.vptk"),
        ("người:xyz", "no-person", "xyz"),
    ],
)
def test_a_wrong_value_is_refused_with_what_there_is(
    held: CampaignState, typed: str, code: str, offered: str
) -> None:
    problem = refusal(held, typed)
    assert problem.code == code
    assert offered in wording.error(problem)


@pytest.mark.parametrize("typed", ["phường:", "hạn:  ", "không:", "not: ", "state:", "-due:"])
def test_a_token_without_its_value_is_refused_with_an_example(
    held: CampaignState, typed: str
) -> None:
    problem = refusal(held, typed)
    assert problem.code == "empty-token"
    assert ":" in str(problem.data["example"])


@pytest.mark.parametrize("typed", ["của-tôi", "mine", "người:tôi", "owner:me", "tình-trạng:mine"])
def test_nobody_has_no_own_tasks(held: CampaignState, typed: str) -> None:
    assert refusal(held, typed, officer=None).code == "nobody-is-me"


# A typed line


@pytest.mark.parametrize(
    ("line", "arguments"),
    [
        ("", []),
        ("  quá-hạn   phường:KD ", ["quá-hạn", "phường:KD"]),
        ('phường:"Dư Hàng" xong', ["phường:Dư Hàng", "xong"]),
        ('"phường:Dư Hàng" xong', ["phường:Dư Hàng", "xong"]),
        ('"giải phóng"', ["giải phóng"]),
        ('"giải phóng', ["giải phóng"]),  # still being typed
        ('phường:"Dư', ["phường:Dư"]),
        ('"" " " x', [" ", "x"]),
        ("-xong hạn<15/12", ["-xong", "hạn<15/12"]),
        ("[/] [gấp]", ["[/]", "[gấp]"]),
        ("xong\tphường:KD\u00a0x", ["xong", "phường:KD", "x"]),
    ],
)
def test_a_line_is_split_at_spaces_outside_quotes(line: str, arguments: list[str]) -> None:
    assert split(line) == arguments


def test_a_line_finds_what_its_arguments_find(held: CampaignState) -> None:
    assert found(held, *split('phường:"Dư Hàng" -quá-hạn')) == [SOON]


PIECES = st.sampled_from(
    [*SHOWN, *FLAGS, *KEYS, ":", "-", "--", "<", ">=", '"', " ", "15/12", "KD", "Dư Hàng", "tôi",
     "NS", "không:", "[/]", "đ", "\u0323", ";", "=", ".", "0"],
)  # fmt: skip
LINES = st.lists(PIECES | st.text(max_size=6), max_size=8).map("".join)
HELD_OPEN = campaign()


@given(LINES | st.text())
@example("không:" * 4000 + "xong")
@example("-" * 4000)
@example("phường:" + "x" * 4000)
@example("x" * 4000 + ":y")
def test_a_line_is_read_or_refused_in_words_and_never_fails(line: str) -> None:
    arguments = split(line)
    assert all(arguments)
    for officer in (KD, None):
        try:
            filter_ = parse(arguments, HELD_OPEN, officer)
        except (BadInput, AmbiguousName, UnknownName, DateError) as problem:
            said = wording.error(problem)
        else:
            said = "read"
            passed = filter_.apply(HELD_OPEN.tasks.values())
            assert {task.code for task in passed} == {
                code for code, task in HELD_OPEN.tasks.items() if filter_(task)
            }
        assert said


@given(st.lists(PIECES, max_size=3).map("".join))
def test_not_finds_exactly_the_rest(token: str) -> None:
    try:
        positive = parse([token], HELD_OPEN, KD)
        negative = parse([f"không:{token}"], HELD_OPEN, KD)
    except (BadInput, AmbiguousName, UnknownName, DateError):
        return
    if positive.tests:
        for task in TASKS:
            stored: Task = HELD_OPEN.tasks[task.code]
            assert positive(stored) != negative(stored)


# Sorting


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("code", [SOON, HELD, DONE, OUT, LATE, WAITING]),  # by workstream, as the plan has them
        ("stream", [SOON, HELD, DONE, OUT, LATE, WAITING]),
        ("due", [DONE, LATE, WAITING, SOON, HELD, OUT]),  # no due date comes last
        ("title", [SOON, HELD, DONE, WAITING, OUT, LATE]),  # Đ before G
        ("unit", [SOON, HELD, OUT, LATE, WAITING, DONE]),
        ("updated", [DONE, OUT, LATE, SOON, HELD, WAITING]),
        ("state", [DONE, HELD, WAITING, SOON, LATE, OUT]),
    ],
)
def test_tasks_are_sorted_by_a_key_and_equals_by_code(
    held: CampaignState, key: str, codes: list[str]
) -> None:
    assert [task.code for task in sort(held.tasks.values(), key, held)] == codes


@pytest.mark.parametrize("key", SORTS)
def test_every_key_sorts_and_a_dash_turns_it_round(held: CampaignState, key: str) -> None:
    tasks = list(held.tasks.values())
    up, down = sort(tasks, key, held), sort(tasks, f"-{key}", held)
    assert set(up) == set(down) == set(tasks)
    if key in ("code", "due"):
        assert up[0] != down[0]


def test_another_key_is_refused_with_those_there_are(held: CampaignState) -> None:
    with pytest.raises(BadInput) as caught:
        sort([], "màu", held)
    assert caught.value.code == "unknown-sort"
    assert "code, title, unit" in wording.error(caught.value)
