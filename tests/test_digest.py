"""Who owes what: as records, as a message for a chat, as a draft for a mail program."""

from contextlib import closing
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.connection import raw_connect
from db.records import Status
from tests import make
from tests.shell import ok, tracker
from tracker import owing
from tracker.papers import messages
from tracker.state import State

TODAY = date(2022, 11, 22)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a demonstration on day 51."""
    path = tmp_path_factory.mktemp("digest") / "demo.sqlite"
    make.demo(path)
    return path


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the small campaign in a file."""
    return make.file(tmp_path)


def known() -> State:
    """Return the small campaign, a task awaiting the finance office among it."""
    rows = list(make.tasks())
    rows[3] = rows[3]._replace(status=Status.AWAITING, claimed_on=TODAY)
    return make.state(rows)


def test_a_unit_owes_its_open_work_and_its_answers() -> None:
    ward = owing.of_unit(known(), "KD")
    assert [each.task.code for each in ward.overdue] == ["TTDH-01.KD"]
    assert [task.code for task in ward.baselines_missing] == ["TTXD-02.KD"]
    assert [task.code for task in ward.figures_missing] == ["NS-04.KD"]
    assert ward.silent
    office = owing.of_unit(known(), "TCKH")
    assert [task.code for task in office.to_confirm] == ["NS-04.LS"]
    assert owing.of_unit(known(), "LS").is_empty


def test_an_officer_owes_the_own_tasks_and_those_that_nobody_owns() -> None:
    rows = list(make.tasks())
    rows[4] = rows[4]._replace(owner="vpub.tonghop")
    seen = make.state(rows)
    assert owing.of_officer(seen, seen.officers["kd.vptk"]).overdue == ()
    assert len(owing.of_officer(seen, seen.officers["vpub.tonghop"]).overdue) == 1


def test_the_message_of_a_unit_names_all_that_it_owes(db: Path) -> None:
    ok("urge", "NS-04.KD", "--by", "25/11", "--as", "vpub.tonghop", db=db)
    assert ok("digest", "--unit", "KD", db=db).lines == [
        "[90 NGÀY NƯỚC RÚT] Ngày 51/90 (22/11/2022), còn 39 ngày",
        "Phường Kênh Dương:",
        "QUÁ HẠN (1): TTDH-01.KD Ra quân lập lại trật tự đường hè (39 ngày).",
        "ĐÃ ĐÔN ĐỐC, HẠN BÁO CÁO (1): NS-04.KD (25/11).",
        "THIẾU SỐ ĐẦU KỲ (1): TTXD-02.KD Xử lý dứt điểm các vụ vi phạm trật tự xây dựng.",
        "CHƯA CÓ SỐ LIỆU MỚI (1): NS-04.KD Đôn đốc thu nộp các khoản nợ thuế.",
        "Đơn vị chưa cập nhật lần nào.",
        "Đề nghị khẩn trương hoàn thành việc chậm, báo cáo đúng hẹn việc đã đôn đốc, bổ sung số "
        "đầu kỳ còn thiếu, cập nhật trước 16h00. Văn phòng HĐND và UBND quận.",
    ]


@pytest.mark.parametrize(
    ("unit", "day", "asked"),
    [
        ("AD", "22/11", "Đề nghị hoàn thành đúng hạn việc sắp đến hạn."),
        ("GDDT", "26/9", "Đề nghị bổ sung số đầu kỳ còn thiếu."),
    ],
)
def test_what_is_asked_is_what_is_owed(unit: str, day: str, asked: str, shown: Path) -> None:
    last = ok("digest", "--unit", unit, "--on", day, db=shown).lines[-1]
    assert last == f"{asked} Văn phòng HĐND và UBND quận."


def test_a_text_is_cut_between_words() -> None:
    assert messages.cut("cho người thuộc diện trên", 16) == "cho người thuộc…"
    assert messages.cut("cho người thuộc, diện", 17) == "cho người thuộc…"
    assert messages.cut("cho người", 9) == "cho người"
    assert messages.cut("cho người thuộc", 9) == "cho…"
    assert messages.cut("a" * 20, 9) == "a" * 8 + "…"
    assert messages.cut("cho", 0) == ""


def test_what_is_cut_has_no_full_stop_behind_it(shown: Path) -> None:
    out = ok("digest", db=shown).out
    assert "…" in out
    assert "…." not in out


def test_every_unit_that_owes_gets_a_message_and_no_other(shown: Path) -> None:
    parts = ok("digest", db=shown).out.rstrip("\n").split("\n\n")
    assert all(len(part) < messages.LIMIT for part in parts)
    assert all("SỐ LIỆU MINH HỌA" in part for part in parts)
    assert not any("Hôm nay không còn việc" in part for part in parts)
    assert len(parts) > 10
    assert "Hôm nay không còn việc" in ok("digest", "--unit", "KD", db=shown).out


def test_a_past_day_is_told_as_it_was(db: Path) -> None:
    out = ok("digest", "--unit", "KD", "--on", "12/10", db=db).out
    assert "ĐẾN HẠN 3 NGÀY TỚI (1): TTDH-01.KD" in out
    assert "nhật ký bắt đầu từ 26/09/2022" in ok("digest", "--on", "20/9", db=db).out


LONG = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=LONG, name=LONG)
def test_a_message_is_short_whatever_the_texts(
    title: str, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = make.file(tmp_path_factory.mktemp("nasty"))
    with closing(raw_connect(path)) as conn:
        conn.execute("UPDATE tasks SET title = ?", (title,))
        conn.execute("UPDATE units SET short_name = ?, name = ?", (name, name))
        conn.execute("UPDATE campaign SET value = ? WHERE key = 'short_name'", (name,))
    assert len(ok("digest", "--unit", "KD", db=path).out.rstrip("\n")) < messages.LIMIT


# The draft of a mail


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Return a place for a draft."""
    return tmp_path / "thư.eml"


def test_a_mail_is_a_draft_without_sender_receiver_or_day(shown: Path, drafts: Path) -> None:
    ok("digest", "--unit", "HN", "--format", "eml", "-o", str(drafts), db=shown)
    content = drafts.read_bytes()
    draft = message_from_bytes(content, policy=policy.default)
    assert draft["Subject"] == "[90 NGÀY NƯỚC RÚT] Phường Hồ Nam, 22/11/2022"
    assert draft["X-Unsent"] == "1"
    assert not {"To", "From", "Cc", "Date", "Bcc"} & set(draft.keys())
    assert draft.get_content_charset() == "utf-8"
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.splitlines())) <= 78
    text = ok("digest", "--unit", "HN", db=shown).out
    assert draft.get_content().replace("\r\n", "\n") == text


def test_a_subject_cannot_smuggle_a_header(db: Path) -> None:
    with closing(raw_connect(db)) as conn:
        conn.execute("UPDATE units SET name = 'Kênh' || char(13, 10) || 'To: x@example.org'")
    draft = ok("digest", "--unit", "KD", "--format", "eml", db=db).out
    head = message_from_bytes(draft.encode(), policy=policy.default)
    assert head["To"] is None
    assert "To: x@example.org" in head["Subject"]


def test_a_file_that_stands_there_is_left_unless_forced(db: Path, drafts: Path) -> None:
    drafts.write_text("của tôi")
    refused = tracker("digest", "-o", str(drafts), db=db)
    assert (refused.code, "--force" in refused.err) == (2, True)
    assert drafts.read_text() == "của tôi"
    ok("digest", "-o", str(drafts), "--force", db=db)
    assert drafts.read_text(encoding="utf-8") == ok("digest", db=db).out


def test_unit_and_officer_exclude_each_other(db: Path) -> None:
    assert tracker("digest", "--unit", "KD", "--officer", "kd.vptk", db=db).code == 2
    assert tracker("digest", "--officer", "ai.do", db=db).code == 1
    assert "Văn phòng - thống kê, P. Kênh" in ok("digest", "--officer", "kd.vptk", db=db).out
