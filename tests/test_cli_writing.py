"""Commands that change the file: what they print, what they refuse, who may."""

from contextlib import closing
from pathlib import Path

import pytest

from db import tasks, units
from db.records import Status, Task
from tests import make
from tests.shell import ok, tracker
from tracker import settings
from tracker.files import open_file

KD, TCKH, CHIEF = ("--as", "kd.vptk"), ("--as", "tckh.cv"), ("--as", "vpub.tonghop")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def task(db: Path, code: str) -> Task:
    """Return a task as it is in the file."""
    with closing(open_file(db, writing=False)) as conn:
        return tasks.get(conn, code)


def test_an_update_writes_its_three_parts(db: Path) -> None:
    answer = ok(
        "update", "ttdh-01.kd", "--result", "xong 6/10", "--obstacle", "thiếu xe",
        "--request", "thêm xe", "--progress", "60", *KD, db=db,
    )  # fmt: skip
    assert (
        answer.out
        == "TTDH-01.KD  ▲ Quá hạn 39 ngày · tiến độ 60%  Ra quân lập lại trật tự đường hè\n"
    )
    found = task(db, "TTDH-01.KD")
    assert (found.result, found.obstacle, found.request) == ("xong 6/10", "thiếu xe", "thêm xe")
    assert (found.status, found.progress) == (Status.IN_PROGRESS, 60)
    ok("update", "TTDH-01.KD", "--obstacle", "", *KD, db=db)
    assert task(db, "TTDH-01.KD").obstacle is None


def test_several_tasks_are_one_group(db: Path) -> None:
    ok("update", "TTDH-01.KD", "NS-04.KD", "TTDH-01.KD", "--result", "đang làm", *KD, db=db)
    events = ok("log", "--kind", "update", "--format", "json", db=db).json["events"]
    assert len({event["group"] for event in events}) == 1
    assert {event["task"] for event in events} == {"TTDH-01.KD", "NS-04.KD"}


def test_no_change_stands_alone(db: Path) -> None:
    ok("update", "TTDH-01.KD", "--no-change", *KD, db=db)
    assert task(db, "TTDH-01.KD").updated_on is not None
    assert tracker("update", "TTDH-01.KD", "--no-change", "--result", "x", *KD, db=db).code == 2
    assert tracker("update", "TTDH-01.KD", *KD, db=db).code == 2


@pytest.mark.parametrize("word", ["on_hold", "on-hold", "Tạm dừng", "tam dung", "On hold"])
def test_a_status_is_named_by_key_or_label(word: str, db: Path) -> None:
    ok("update", "TTDH-01.KD", "--status", word, "--reason", "mưa lũ", *KD, db=db)
    assert task(db, "TTDH-01.KD").status is Status.ON_HOLD


def test_a_task_is_done_confirmed_or_returned(db: Path) -> None:
    done = ok("done", "TTDH-01.KD", "--date", "13/10", "--result", "đủ 12 tuyến", *KD, db=db)
    assert "Chờ xác nhận" in done.out
    back = ok("return", "TTDH-01.KD", "--reason", "thiếu ảnh", *TCKH, db=db)
    assert "Quá hạn 39 ngày" in back.out
    ok("done", "TTDH-01.KD", "--date", "13/10", *KD, db=db)
    assert "Xong đúng hạn" in ok("confirm", "TTDH-01.KD", *TCKH, db=db).out
    assert tracker("return", "TTDH-01.KD", *TCKH, db=db).code == 2


def test_a_supervisor_completes_at_once(db: Path) -> None:
    assert "Xong trễ 2 ngày" in ok("done", "TTDH-01.KD", "--date", "16/10", *CHIEF, db=db).out


def test_a_write_to_copies_names_them(db: Path) -> None:
    for words in (
        ["done", "NS-04"],
        ["update", "ns-04", "--result", "x"],
        ["record", "NS-04", "5"],
    ):
        answer = tracker(*words, *KD, db=db)
        assert answer.code == 1
        assert "NS-04.KD" in answer.err


# Figures


def test_a_figure_is_said_back_with_unit_denominator_and_the_one_before(db: Path) -> None:
    first = ok("record", "NS-01", "80,5", *TCKH, db=db, now="2022-11-15 09:00")
    assert "NS-01: 80,5% KH thành phố ngày 15/11/2022 · số liệu đầu tiên" in first.err
    second = ok("record", "NS-01", "81,2", "--note", "báo cáo tuần", *TCKH, db=db)
    assert (
        "81,2% KH thành phố ngày 22/11/2022 · lần trước 80,5% KH thành phố ngày 15/11/2022"
        in second.err
    )
    assert "NS-01  đã lưu: 81,2 / 100% KH thành phố" in second.out
    assert "NS-02  đã lưu: 76,86 / 100% KH HĐND quận ngày 22/11/2022 · tiến độ 16%\n" in second.out


@pytest.mark.parametrize(
    ("typed", "said"),
    [("72.6", "72,6"), ("1,234.5", "1.234,5"), ("350 triệu", "số tiền"), ("", "Cần một con số")],
)
def test_a_figure_typed_another_way_is_refused_with_the_right_one(
    typed: str, said: str, db: Path
) -> None:
    answer = tracker("record", "NS-01", typed, *TCKH, db=db)
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_the_figure_before_is_the_one_before_the_day_of_the_new_one(db: Path) -> None:
    for day, figure in (("10/11", "79"), ("20/11", "82")):
        ok("record", "NS-01", figure, "--date", day, *TCKH, db=db)
    between = ok("record", "NS-02", "76", "--date", "15/11", *TCKH, db=db)
    assert "lần trước 74,78% KH HĐND quận ngày 10/11/2022" in between.err
    assert "lần trước" not in ok("record", "NS-01", "78", "--date", "1/11", *TCKH, db=db).err


def test_a_figure_is_said_back_and_saved_as_typed_with_its_day(db: Path) -> None:
    answer = ok("record", "NS-01", "97,123456", *TCKH, db=db)
    assert "NS-01: 97,123456% KH thành phố" in answer.err
    assert "NS-01  đã lưu: 97,123456 / 100% KH thành phố ngày 22/11/2022" in answer.out
    earlier = ok("record", "NS-01", "88", "--date", "21/11", *TCKH, db=db).out
    assert "NS-01  đã lưu: 88 / 100% KH thành phố ngày 21/11/2022 · mới nhất: 97,12%" in earlier
    above = tracker("record", "NS-02", "90", "--date", "20/11", *TCKH, db=db)
    assert "đến ngày 21/11/2022 NS-02 mới đạt 83,3 (% KH HĐND quận)" in above.err


def test_a_figure_above_twice_the_plan_needs_a_reason(db: Path) -> None:
    answer = tracker("record", "NS-01", "1000", *TCKH, db=db)
    assert answer.code == 2
    assert "gấp đôi kế hoạch của NS-01 là 100. Kiểm tra lại dấu phẩy" in answer.err
    assert '--reason "..."' in answer.err
    ok("record", "NS-01", "1000", "--reason", "truy thu", *TCKH, db=db)


def test_a_figure_below_zero_is_no_option(db: Path) -> None:
    for typed in ("-5", "-5,5%"):
        answer = tracker("record", "NS-01", typed, *TCKH, db=db)
        assert (answer.code, answer.err) == (2, f"Lỗi: Số liệu không được âm: {typed}.\n")
    assert "--dat" in tracker("record", "NS-01", "80", "--dat", "1/11", *TCKH, db=db).err
    ok("record", "NS-01", "80", "--note", "-5", *TCKH, db=db)


def test_the_log_of_the_other_task_of_a_figure_shows_it_and_what_was_taken_back(db: Path) -> None:
    ok("record", "NS-01", "88", *TCKH, db=db)
    ok("record", "NS-01", "89", "--reason", "nhầm số", *TCKH, db=db)
    ok("undo", *TCKH, db=db)
    ok("redo", *TCKH, db=db)
    for code, first, second in (
        ("NS-01", "88% KH thành phố", "89% KH thành phố"),
        ("NS-02", "83,3% KH HĐND quận", "84,24% KH HĐND quận"),
    ):
        told = " ".join(" ".join(ok("log", code, "--limit", "4", db=db).lines).split())
        assert (told.count(first), told.count(second)) == (1, 3)
        assert f"hoàn tác · đính chính số liệu · {second} ngày 22/11/2022" in told


def test_a_missing_right_is_told_before_a_missing_opening_figure(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.cli.output.Output.ask", lambda self, question: "12")
    for words in ([], ["--baseline"]):
        answer = tracker("record", "TTXD-02.KD", "5", *words, "--as", "ls.vptk", db=db)
        assert answer.code == 1
        assert answer.err.startswith("Lỗi: ls.vptk")
        assert "số đầu kỳ" not in answer.err


def test_a_correction_and_a_fall_need_a_reason(db: Path) -> None:
    ok("record", "NS-01", "80,5", *TCKH, db=db, now="2022-11-15 09:00")
    for figure, words in (("79", ["--date", "15/11"]), ("78", [])):
        assert tracker("record", "NS-01", figure, *words, *TCKH, db=db).code == 2
        ok("record", "NS-01", figure, *words, "--reason", "tính lại", *TCKH, db=db)


def test_a_missing_opening_figure_is_refused_with_the_cure_where_nobody_sits(db: Path) -> None:
    answer = tracker("record", "TTXD-02.KD", "5", *KD, db=db)
    assert answer.code == 1
    assert "tracker record TTXD-02.KD SỐ --baseline" in answer.err
    assert "số đầu kỳ 12 vụ" in ok("record", "TTXD-02.KD", "12", "--baseline", *KD, db=db).out
    assert "còn 5 vụ (mục tiêu 0)" in ok("record", "TTXD-02.KD", "5", *KD, db=db).out


def test_a_missing_opening_figure_is_asked_for_on_a_terminal(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.cli.output.Output.ask", lambda self, question: "12")
    ok("record", "TTXD-02.KD", "5", *KD, db=db)
    found = task(db, "TTXD-02.KD").measure
    assert found is not None
    assert (found.baseline, found.latest) == (12, 5)


# Who may, and when


def test_reading_works_for_nobody_and_writing_names_the_cure(db: Path) -> None:
    assert ok("list", db=db).out
    answer = tracker("done", "TTDH-01.KD", db=db)
    assert (answer.code, answer.out) == (1, "")
    assert "--as" in answer.err
    assert "TRACKER_OFFICER" in answer.err


def test_who_acts_is_the_option_then_the_environment_then_the_settings_then_the_user(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def acting() -> str:
        return str(ok("info", "--format", "json", db=db).json["officer"]["login"])

    monkeypatch.setattr("tracker.settings.user_name", lambda: "ls.vptk")
    assert acting() == "ls.vptk"
    settings.save(officer="tckh.cv")
    assert acting() == "tckh.cv"
    monkeypatch.setenv("TRACKER_OFFICER", "kd.vptk")
    assert acting() == "kd.vptk"
    assert ok("info", "--format", "json", *CHIEF, db=db).json["officer"]["login"] == "vpub.tonghop"


def test_writing_is_refused_on_another_day(db: Path) -> None:
    before = db.read_bytes()
    answer = tracker("done", "TTDH-01.KD", "--on", "1/11", *KD, db=db)
    assert answer.code == 1
    assert "01/11/2022" in answer.err
    assert db.read_bytes() == before
    assert ok("done", "TTDH-01.KD", "--on", "22/11", *KD, db=db).code == 0


def test_rights_are_kept(db: Path) -> None:
    for words in (
        ["update", "NS-04.LS", "--result", "x", *KD],
        ["edit", "TTDH-01.KD", "--weight", "9", *KD],
        ["update", "TTDH-01.KD", "--result", "x", "--as", "ubnd.xem"],
        ["confirm", "TTDH-01.KD", *KD],
        ["config", "set", "end", "30/12", *KD],
        ["officer", "off", "ls.vptk", *KD],
    ):
        assert tracker(*words, db=db).code == 1


# The plan, the officers, the settings


def test_a_task_is_added_and_edited(db: Path) -> None:
    added = ok(
        "add", "--workstream", "trat tu duong he", "--lead", "kenh duong", "--title", "Kẻ vạch",
        "--due", "thứ sáu", "--coop", "LS", "--weight", "2,5", *CHIEF, db=db,
    )  # fmt: skip
    assert added.out.startswith("TTDH-02.KD  ◔ Sắp đến hạn")
    ok("edit", "TTDH-02.KD", "--owner", "kd.vptk", "--coop", "", "--product", "Ảnh", *CHIEF, db=db)
    found = task(db, "TTDH-02.KD")
    assert (found.owner, found.coop, found.product, str(found.weight)) == (
        "kd.vptk",
        (),
        "Ảnh",
        "2.5",
    )
    ok("edit", "TTDH-02.KD", "--owner", "", *CHIEF, db=db)
    assert task(db, "TTDH-02.KD").owner is None
    assert tracker("edit", "TTDH-02.KD", "--due", "30/11", *CHIEF, db=db).code == 2
    assert tracker("edit", "TTDH-02.KD", *CHIEF, db=db).code == 2
    assert (
        tracker("add", "--workstream", "ZZ", "--lead", "KD", "--title", "x", *CHIEF, db=db).code
        == 2
    )


def test_undo_says_what_it_undid_and_redo_does_it_again(db: Path) -> None:
    ok("done", "TTDH-01.KD", "--date", "13/10", *KD, db=db)
    undone = ok("undo", *KD, db=db)
    assert "báo cáo hoàn thành (TTDH-01.KD)" in undone.err
    assert task(db, "TTDH-01.KD").status is Status.NOT_STARTED
    assert "báo cáo hoàn thành (TTDH-01.KD)" in ok("redo", *KD, db=db).err
    assert task(db, "TTDH-01.KD").status is Status.AWAITING
    assert tracker("redo", *KD, db=db).code == 1


def test_undo_of_an_added_task_says_that_it_was_taken_back(db: Path) -> None:
    words = ("--workstream", "TTDH", "--lead", "KD", "--title", "Kẻ vạch", *CHIEF)
    assert "Chưa thực hiện" in ok("add", *words, db=db).out
    assert ok("undo", *CHIEF, db=db).out == "TTDH-02.KD  – Đã rút  Kẻ vạch\n"


def test_a_moved_deadline_is_told_with_how_often_it_moved(db: Path) -> None:
    told = ok("edit", "TTDH-01.KD", "--due", "30/11", "--reason", "mưa", *CHIEF, db=db).lines
    assert told[1:] == ["  Thời hạn: 30/11/2022 (gia hạn 1 lần, hạn đầu 14/10/2022)"]
    assert ok("undo", *CHIEF, db=db).lines[1:] == ["  Thời hạn: 14/10/2022"]
    assert len(ok("edit", "TTDH-01.KD", "--weight", "2", *CHIEF, db=db).lines) == 1


def test_a_hold_is_told_with_the_days_overdue(db: Path) -> None:
    words = ("--status", "on_hold", "--reason", "mưa bão", *CHIEF)
    told = ok("update", "TTDH-01.KD", *words, db=db).out
    assert "‖ Tạm dừng · quá hạn 39 ngày" in told
    assert "‖ Tạm dừng · quá hạn 39 ngày" in ok("show", "TTDH-01.KD", db=db).out
    assert "‖ Tạm dừng" in ok("list", "TTDH-01.KD", db=db).out


def test_officers_come_change_and_go(db: Path) -> None:
    ok(
        "officer",
        "add",
        "Moi.Vao",
        "--unit",
        "lam son",
        "--role",
        "viewer",
        "--name",
        "Khách",
        *CHIEF,
        db=db,
    )
    assert "moi.vao" in ok("officer", "list", db=db).out
    ok("officer", "edit", "moi.vao", "--role", "officer", *CHIEF, db=db)
    ok("officer", "off", "moi.vao", *CHIEF, db=db)
    assert "đã tắt" in ok("officer", "list", db=db).out
    assert tracker("update", "NS-04.LS", "--result", "x", "--as", "moi.vao", db=db).code == 1
    ok("officer", "edit", "moi.vao", "--active", *CHIEF, db=db)
    assert ok("update", "NS-04.LS", "--result", "x", "--as", "moi.vao", db=db).code == 0
    listed = ok("officer", "list", "--format", "json", db=db).json["officers"]
    assert {
        "login": "moi.vao",
        "name": "Khách",
        "unit": "LS",
        "role": "officer",
        "active": True,
    } in listed
    assert tracker("officer", "add", "x", "--unit", "LS", "--role", "king", *CHIEF, db=db).code == 2
    assert (
        tracker("officer", "add", "moi.vao", "--unit", "LS", "--role", "viewer", *CHIEF, db=db).code
        == 1
    )


def test_settings_are_shown_and_set(db: Path) -> None:
    assert ok("config", "get", "end", db=db).out == "2022-12-31\n"
    assert ok("config", "set", "end", "30/12/2022", *CHIEF, db=db).out == "end = 2022-12-30\n"
    assert ok("config", "set", "holidays", "2/1, 30/12", *CHIEF, db=db).out.endswith(
        "2022-12-30 2023-01-02\n"
    )
    with closing(open_file(db, writing=False)) as conn:
        assert len(units.campaign(conn).holidays) == 2
    assert ok("config", "set", "office", "tài chính", *CHIEF, db=db).out == "office = TCKH\n"
    assert "Thiết lập" in ok("config", "get", db=db).out
    assert tracker("config", "set", "end", "1/9/2022", *CHIEF, db=db).code == 2


def test_the_users_own_settings_need_no_file(tmp_path: Path) -> None:
    none = tmp_path / "none.sqlite"
    ok("config", "set", "language", "en", db=none)
    assert ok("config", "get", "language", db=none).out == "en\n"
    assert ok("--help").out.startswith("Usage")
    assert tracker("config", "set", "language", "fr", db=none).code == 2
    ok("config", "set", "language", "", db=none)
    assert ok("--help").out.startswith("Cách dùng")


# Beginning


def test_init_makes_a_campaign_whose_first_supervisor_is_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.settings.user_name", lambda: "Nguyễn Thị Phượng")
    db = tmp_path / "new" / "campaign.sqlite"
    answer = ok("init", "--plan", "le-chan-2022", "--year", "2026", db=db, now="2026-09-28 08:00")
    assert "264 việc" in answer.out
    assert "03/10/2026" in answer.out
    assert db.parent.stat().st_mode & 0o777 == 0o700
    assert db.stat().st_mode & 0o777 == 0o600
    officers = ok("officer", "list", "--format", "json", db=db, now="2026-09-28 08:00").json[
        "officers"
    ]
    assert [(o["unit"], o["role"]) for o in officers] == [("VPUB", "supervisor")]
    assert "đã kết thúc" not in answer.err
    again = tracker("init", db=db)
    assert again.code == 1
    assert "giữ nguyên" in again.err


def test_init_warns_of_a_campaign_that_is_over(tmp_path: Path) -> None:
    answer = ok("init", "--as", "vp.a", db=tmp_path / "c.sqlite", now="2026-01-10 08:00")
    assert "Chiến dịch này đã kết thúc 1106 ngày; muốn lập cho năm 2026: " in answer.err
    assert "init --year 2026" in answer.err


def test_the_demonstration_has_no_day_zero(tmp_path: Path) -> None:
    answer = tracker("demo", "--day", "0", "--to", str(tmp_path / "d.sqlite"))
    assert answer.code == 2
    assert "từ -7 đến 120, không có ngày 0" in answer.err


def test_init_lists_every_problem_of_a_plan(tmp_path: Path) -> None:
    plan = tmp_path / "own.toml"
    plan.write_text("schema = 1\n[campaign]\nid = 'x'\n", "utf-8")
    answer = tracker("init", "--plan", str(plan), db=tmp_path / "c.sqlite")
    assert answer.code == 1
    assert len(answer.err.splitlines()) > 5
    assert not (tmp_path / "c.sqlite").exists()
    assert tracker("init", "--plan", "nowhere", db=tmp_path / "c.sqlite").code == 1


def test_plans_are_listed() -> None:
    assert "le-chan-2022" in ok("plans").out


def test_a_demo_goes_into_a_file_and_never_over_one(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    assert ok("demo", "--day", "3", "--to", str(path)).out == f"{path}\n"
    answer = tracker("demo", "--to", str(path))
    assert answer.code == 1
    assert "giữ nguyên" in answer.err
    assert tracker("demo", "--day", "500", "--to", str(tmp_path / "x.sqlite")).code == 2


def test_a_demo_takes_writes_on_its_own_day(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite"
    ok("demo", "--to", str(path))
    answer = ok("update", "NS-05.HN", "--result", "đã họp", db=path, now="2026-11-23 10:00")
    assert "SỐ LIỆU MINH HỌA" in answer.out
    event = ok("log", "NS-05.HN", "--format", "json", db=path).json["events"][-1]
    assert (event["actor"], event["at"][:10]) == ("vpub.tonghop", "2022-11-22")
