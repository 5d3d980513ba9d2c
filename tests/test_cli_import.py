"""`tracker import`: the plan that is shown, who is asked, what is written, the exit code."""

from contextlib import closing
from pathlib import Path

import pytest

from db import events
from tests import make
from tests.shell import ok, tracker
from tracker import settings
from tracker.files import open_file

KD, CHIEF = ("--as", "kd.vptk"), ("--as", "vpub.tonghop")
FORM = """UBND PHƯỜNG KÊNH DƯƠNG;;;;
STT;Mã;Nội dung nhiệm vụ;Tình trạng;Kết quả;Khó khăn;Số liệu
(1);(2);(3);(4);(5);(6);(7)
1;TTDH-01;Ra quân lập lại trật tự đường hè;Đang thực hiện;xong 6/10 tuyến;thiếu xe;
2;NS-04;Đôn đốc thu nộp các khoản nợ thuế;Đang thực hiện;đợt 2;Không;12,5%
"""
BAD = FORM + "3;NS-01;;Đang thực hiện;của đơn vị khác;;80\n4;TTXD-02;;đang dở;x;;\n"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make.file(tmp_path_factory.mktemp("founded")).read_bytes()


@pytest.fixture
def db(founded: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "campaign.sqlite"
    path.write_bytes(founded)
    return path


@pytest.fixture
def form(tmp_path: Path) -> str:
    return written(tmp_path, FORM)


@pytest.fixture
def bad(tmp_path: Path) -> str:
    return written(tmp_path, BAD, "sai.csv")


def written(folder: Path, text: str, name: str = "tuần 8.csv") -> str:
    """Write a file to import; return its path."""
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def head(db: Path) -> int:
    """Return the number of the last event."""
    with closing(open_file(db, writing=False)) as conn:
        return events.head(conn)[0]


def test_a_file_is_shown_written_undone_and_written_again(db: Path, form: str) -> None:
    shown = ok("import", form, "--dry-run", *KD, db=db)
    assert "0 mới · 2 thay đổi · 0 giữ nguyên · 1 dòng không phải nhiệm vụ" in shown.out
    assert "Số liệu: 12,5% ngày 22/11/2022" in shown.out
    first = head(db)
    done = ok("import", form, "--yes", *KD, db=db)
    assert done.out == shown.out
    assert "Đã nhập 2 thay đổi. Muốn bỏ: `tracker undo`." in done.err
    assert head(db) > first
    again = ok("import", form, *KD, db=db)
    assert "Không có gì để ghi" in again.err
    assert "nhập từ tệp" in ok("undo", *KD, db=db).err.lower()
    assert "2 thay đổi" in ok("import", form, "--dry-run", *KD, db=db).out


def test_a_problem_leaves_its_row_and_the_exit_code_says_so(db: Path, bad: str) -> None:
    answer = tracker("import", bad, "--yes", *KD, db=db)
    assert answer.code == 3
    assert "2 thay đổi · 0 giữ nguyên · 2 vấn đề" in answer.out
    assert "Dòng 6, cột B (Mã): kd.vptk (Cán bộ) không được" in answer.out
    assert 'Dòng 7, cột D (Tình trạng): "đang dở" không phải là một tình trạng' in answer.out
    again = tracker("import", bad, *KD, db=db)
    assert (again.code, "0 thay đổi" in again.out) == (3, True)


def test_strict_writes_nothing_at_all(db: Path, bad: str, form: str) -> None:
    before = head(db)
    answer = tracker("import", bad, "--strict", "--yes", *KD, db=db)
    assert (answer.code, head(db)) == (1, before)
    assert "có 2 chỗ trong tệp cần xem lại" in answer.err
    assert ok("import", form, "--strict", "--yes", *KD, db=db)


def test_nobody_is_asked_where_nobody_sits(db: Path, form: str) -> None:
    before = head(db)
    answer = tracker("import", form, *KD, db=db)
    assert (answer.code, head(db)) == (2, before)
    assert "--yes" in answer.err
    assert "2 thay đổi" in answer.out


@pytest.mark.parametrize(
    ("typed", "writes"), [("c", True), ("Có", True), ("", False), ("k", False)]
)
def test_who_sits_there_is_asked(
    typed: str, writes: bool, db: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.cli.output.Output.ask", lambda self, question: typed)
    before = head(db)
    ok("import", form, *KD, db=db)
    assert (head(db) > before) is writes


def test_json_is_complete_and_never_asks(db: Path, bad: str) -> None:
    assert tracker("import", bad, "--format", "json", *KD, db=db).json["error"]["code"] == (
        "import-unanswered"
    )
    looked = tracker("import", bad, "--json", "--dry-run", *KD, db=db)
    assert looked.code == 3
    found = looked.json
    assert found["counts"] == {
        "new": 0, "changed": 2, "same": 0, "problems": 2, "unknown_headings": 0, "skipped": 1,
    }  # fmt: skip
    assert found["items"][1]["changes"][-1] == {
        "field": "status", "old": "not_started", "new": "in_progress",
    }  # fmt: skip
    assert [each["row"] for each in found["problems"]] == [6, 7]
    wrong = found["problems"][1]
    assert (wrong["row"], wrong["column"], wrong["heading"], wrong["code"]) == (
        7, "D", "Tình trạng", "import-status",
    )  # fmt: skip
    assert (found["applied"], found["group"]) == (False, None)
    done = tracker("import", bad, "--json", "--yes", *KD, db=db).json
    assert done["applied"]
    assert done["group"]


def test_a_past_day_and_nobody_are_refused(db: Path, form: str) -> None:
    for words in ((), ("--dry-run",)):
        answer = tracker("import", form, "--on", "1/11", *words, *KD, db=db)
        assert (answer.code, "01/11/2022" in answer.err) == (1, True)
        assert "--as" in tracker("import", form, *words, db=db).err


def test_a_mapping_is_remembered(db: Path, tmp_path: Path) -> None:
    odd = written(tmp_path, "Mã;Đơn vị;Tuần này làm gì\nTTDH-01;KD;xong\n")
    shown = tracker("import", odd, "--dry-run", *KD, db=db)
    assert (shown.code, 'Cột C "Tuần này làm gì" không rõ' in shown.out) == (3, True)
    wrong = tracker("import", odd, "--map", "result", *KD, db=db)
    assert (wrong.code, "--map" in wrong.err) == (2, True)
    mapped = ("--map", "result=Tuần này làm gì")
    ok("import", odd, *mapped, "--save-map", "--dry-run", *KD, db=db)
    assert settings.load().headings == "result=Tuần này làm gì"
    assert "1 thay đổi" in ok("import", odd, "--dry-run", *KD, db=db).out
    ok("config", "set", "headings", "", db=db)
    assert tracker("import", odd, "--dry-run", *KD, db=db).code == 3


def test_a_plan_fits_the_screen_and_many_lines_are_cut_unless_all_are_asked_for(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f";Việc số {n};TTDH;KD;{'dài ' * 60}\n" for n in range(30))
    many = written(tmp_path, f"Mã;Nội dung nhiệm vụ;Lĩnh vực;Đơn vị;Kết quả\n{rows}")
    monkeypatch.setenv("COLUMNS", "80")
    shown = ok("import", many, "--dry-run", *CHIEF, db=db)
    assert max(map(len, shown.lines)) <= 80
    assert shown.lines[-1] == "  … và 10 mục khác (--all)"
    full = ok("import", many, "--dry-run", "--all", *CHIEF, db=db)
    assert full.out.count("Việc số") == 60  # the title of each, above its changes and among them


def test_a_legacy_font_is_refused_with_advice_and_converted_on_wish(
    db: Path, tmp_path: Path
) -> None:
    old = written(
        tmp_path,
        "Mã;Nội dung nhiệm vụ;Kết quả\n"
        "TTDH-01;Ra qu©n lËp l¹i trËt tù ®­êng hÌ;§· ra qu©n 12 tuyÕn ®­êng\n",
    )
    answer = tracker("import", old, "--dry-run", *KD, db=db)
    assert (answer.code, "--legacy tcvn3" in answer.err) == (2, True)
    shown = ok("import", old, "--legacy", "tcvn3", "--dry-run", *KD, db=db)
    assert "Chuyển sang Unicode" in shown.out
    assert "Kết quả: Đã ra quân 12 tuyến đường" in shown.out
    assert tracker("import", old, "--legacy", "abc", *KD, db=db).code == 2


def test_a_whole_campaign_is_rebuilt_where_there_is_none(db: Path, tmp_path: Path) -> None:
    transfer = pytest.importorskip("tracker.transfer")
    log = tmp_path / "all.jsonl"
    with closing(open_file(db, writing=False)) as conn, log.open("wb") as stream:
        transfer.write(conn, stream)
    assert tracker("import", str(log), "--strict", db=tmp_path / "x.sqlite").code == 2
    ok("import", str(log), db=tmp_path / "new.sqlite")
    assert head(tmp_path / "new.sqlite") == head(db)
    assert tracker("import", str(log), db=db).code == 1
