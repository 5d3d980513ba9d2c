"""The command line as a newcomer meets it: help, languages, wrong words, exit codes."""

import re
from pathlib import Path

import pytest

from tests import make
from tests.shell import ok, tracker
from tracker.cli.main import COMMANDS

PATHS = [
    (name, *sub)
    for name, place in COMMANDS.items()
    for sub in ([(c,) for c in place.commands] or [()])
]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def test_the_first_help_names_every_command_under_its_heading() -> None:
    out = ok("--help").out
    headings = [
        "Bắt đầu:",
        "Hằng ngày:",
        "Tra cứu:",
        "Quản lý chiến dịch:",
        "Giữ an toàn tệp dữ liệu:",
    ]
    assert [out.index(heading) for heading in headings] == sorted(map(out.index, headings))
    assert [name for name in COMMANDS if not re.search(rf"^  {name} +\S", out, re.MULTILINE)] == []
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_has_a_help_with_one_worked_example(
    path: tuple[str, ...], language: str
) -> None:
    lines = ok("--lang", language, *path, "--help").lines
    assert lines[0].startswith(
        {"vi": "Cách dùng: ", "en": "Usage: "}[language] + " ".join(("tracker", *path))
    )
    example = lines.index({"vi": "Ví dụ:", "en": "Example:"}[language])
    assert lines[example + 1].startswith("  tracker " + " ".join(path))
    assert lines[example + 2] == ""
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_vietnamese_help_has_no_english_heading(path: tuple[str, ...]) -> None:
    out = ok(*path, "--help").out
    assert not re.search(
        r"\b(Usage|Options|Arguments|Commands|Show this message|required|default)\b", out
    )


def test_a_group_without_a_command_shows_its_help() -> None:
    assert ok("officer").out == ok("officer", "--help").out


@pytest.mark.parametrize(
    ("words", "environment", "first"),
    [
        ((), {}, "Cách dùng"),
        (("--lang", "en"), {"TRACKER_LANG": "vi"}, "Usage"),
        (("--lang=en",), {}, "Usage"),
        ((), {"TRACKER_LANG": "en"}, "Usage"),
        ((), {"TRACKER_LANG": "vi_VN.UTF-8"}, "Cách dùng"),
        ((), {"LANG": "en_US.UTF-8", "LC_ALL": "C"}, "Cách dùng"),
    ],
)
def test_the_language_is_known_before_help_is_built(
    words: tuple[str, ...], environment: dict[str, str], first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ok(*words, "summary", "--help").out.startswith(first)
    assert ok("summary", "--help", *words).out.startswith(first)


def test_global_options_stand_before_or_after_the_command(db: Path) -> None:
    before = ok("--db", str(db), "--on", "20/11", "--lang", "en", "summary")
    after = ok("summary", "--db", str(db), "--on", "20/11", "--lang", "en")
    group = ok("officer", "list", "--db", str(db), "--lang", "en")
    assert before == after
    assert "day 49/90" in before.out
    assert "Supervisor" in group.out


def test_the_environment_says_the_same_as_the_options(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DB", str(db))
    monkeypatch.setenv("TRACKER_ON", "20/11")
    monkeypatch.setenv("TRACKER_ASCII", "1")
    out = ok("summary").out
    assert "ngày 49/90" in out
    assert "·" not in out
    assert "ngày 50/90" in ok("summary", "--on", "21/11").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lis"], 'Không có lệnh "lis"; có phải ý bạn là list'),
        (["officer", "ad"], "có phải ý bạn là add"),
        (["summary", "--frmat", "json"], "Không có tùy chọn --frmat; có phải ý bạn là --format"),
        (["--bogus"], "Không có tùy chọn --bogus"),
        (["show"], "Thiếu MÃ"),
        (["record", "NS-01"], "Thiếu SỐ"),
        (["add", "--title", "x"], "Thiếu --workstream"),
        (["summary", "--unit"], "Tùy chọn --unit thiếu giá trị, ví dụ --unit KD"),
        (["update", "NS-01", "--no-change=1"], "--no-change không nhận giá trị"),
        (["officer", "edit", "kd.vptk"], "Chưa ghi mục cần sửa: --unit"),
        (
            ["init", "--year", "abc"],
            '"abc" không hợp với --year: cần một số nguyên từ 2000 đến 2099',
        ),
        (["config", "set", "stale_days", "1000", "--as", "vpub.tonghop"], "từ 1 đến 90"),
        (["update", "NS-01", "--progress", "x"], "--progress: cần một số nguyên từ 0 đến 100"),
        (["doctor", "too", "many"], "Thừa hoặc thiếu từ"),
        (["summary", "--lang", "fr"], '"fr" không phải ngôn ngữ'),
        (["list", "--format", "xml"], 'không có dạng "xml"'),
        (["summary", "--check=often"], "any, new"),
        (["summary", "--on", "31/11"], "là ngày không có thật"),
        (["summary", "--on", "11/22"], "22/11"),
        (["summary", "--on", "25/11"], "còn ở phía trước"),
        (["summary", "--since", "23/11"], "không ở trước"),
        (["summary", "--unit", "x"], '"x" không phải đơn vị'),
        (["list", "due-son"], "có phải ý bạn là"),
        (["log", "--limit", "0"], "--limit: cần một số nguyên"),
        (["log", "--kind", "dance"], "không phải loại sự kiện"),
        (["update", "NS-04.KD", "--status", "asleep"], "không phải trạng thái"),
        (["config", "get", "colour"], "colour"),
    ],
)
def test_wrong_words_are_named_in_one_vietnamese_sentence(
    words: list[str], said: str, db: Path
) -> None:
    answer = tracker(*words, db=db)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Lỗi: ")
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_an_error_is_a_document_where_json_was_asked_for(db: Path) -> None:
    wrong = tracker("list", "--format", "json", "--sort", "size", db=db)
    assert wrong.code == 2
    assert wrong.json["schema_version"] == 1
    assert wrong.json["error"]["code"] == "unknown-sort"
    assert wrong.err == ""
    before = tracker("list", "--format=json", "--nope", db=db)
    assert (before.code, before.json["error"]["code"]) == (2, "usage")
    missing = tracker("show", "XX-99", "--format", "json", db=db)
    assert (missing.code, missing.json["error"]["code"]) == (1, "not-found")


def test_without_a_file_every_command_says_how_to_begin(tmp_path: Path) -> None:
    for words in (["summary"], ["list"], ["done", "NS-01"], ["log"], ["backup"]):
        answer = tracker(*words, db=tmp_path / "none.sqlite")
        assert answer.code == 1
        assert "tracker init" in answer.err
        assert "tracker demo" in answer.err
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_no_campaign_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, just a note that is long enough to be read as a page" * 100)
    answer = tracker("summary", db=file)
    assert answer.code == 1
    assert "tracker doctor" in answer.err
    assert tracker("doctor", db=file).code == 1


def test_an_unexpected_error_is_one_line_without_values(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise KeyError("secret value")

    monkeypatch.setattr("tracker.cli.daily.build", broken)
    answer = tracker("summary", db=db)
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "secret" not in answer.err
    assert "--debug" in answer.err


def test_the_board_is_refused_where_there_is_no_terminal(db: Path) -> None:
    assert tracker(db=db).code == 1
    assert "tracker summary" in tracker(db=db).err
    assert "--to" in tracker("demo").err


def test_hostile_words_do_not_reach_the_terminal(db: Path) -> None:
    answer = tracker("show", "\x1b]52;c;aGk=\x07\u202e[/]\udcff", db=db)
    assert answer.code == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", answer.err)
    assert "[/]" in answer.err


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"tracker \d+\.\d+\.\d+\n", ok("--version").out)


def test_a_code_is_found_where_the_keyboard_made_one_letter_of_dd(db: Path) -> None:
    ok("show", "ttđh-01.kđ", db=db)
    ok("log", "TTĐH-01.KD", db=db)
    assert tracker("show", "ĐĐ-01", db=db).code == 1


def test_the_log_finds_a_kind_by_the_words_it_prints(db: Path) -> None:
    by_key = ok("log", "--kind", "assign", db=db)
    assert ok("log", "--kind", "giao nhiệm vụ", db=db) == by_key
    assert ok("log", "--kind", "Giao Nhiem Vu", db=db) == by_key
