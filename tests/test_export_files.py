"""`tracker export FILE.csv` and `.json`, and what the command refuses."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests import make
from tests.shell import ok, tracker
from tracker.cli.session import MISUSED

TASK = "TTDH-01.KD"
CHIEF = ("--as", "vpub.tonghop")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return the small campaign in a file."""
    return make.file(tmp_path)


def sheet(path: Path, delimiter: str = ";") -> list[dict[str, str]]:
    """Return the rows of a .csv file as Excel reads it."""
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_a_csv_opens_in_vietnamese_and_holds_no_formula(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    ok("edit", TASK, "--title", '=cmd|"/C calc"!A0;[/]', *CHIEF, db=db)
    ok("update", TASK, "--result", "+84 912", "--obstacle", "@x\n-1", "--as", "kd.vptk", db=db)
    ok("export", str(path), db=db)
    found = {row["Mã"]: row for row in sheet(path)}
    assert len(found) == 6
    row = found[TASK]
    assert row["Nội dung nhiệm vụ"] == '\'=cmd|"/C calc"!A0;[/]'
    assert (row["Kết quả thực hiện"], row["Khó khăn, vướng mắc"]) == ("'+84 912", "'@x\n-1")
    assert (row["Thời hạn"], row["Số ngày quá hạn"]) == ("2022-10-14", "39")


@pytest.mark.parametrize(("typed", "used"), [(",", ","), ("tab", "\t"), (";", ";")])
def test_the_separator_can_be_chosen(typed: str, used: str, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    ok("export", str(path), "NS", "--separator", typed, db=db)
    assert len(sheet(path, used)) == 4


def test_english_spreadsheets_part_cells_by_commas(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    ok("--lang", "en", "export", str(path), db=db)
    assert len(sheet(path, ",")) == 6


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return the JSON document of the demonstration."""
    folder = tmp_path_factory.mktemp("export")
    db, path = make.demo(folder / "demo.sqlite"), folder / "all.json"
    ok("export", str(path), db=db)
    return json.loads(path.read_text("utf-8"))


def test_the_document_holds_everything_under_the_names_of_the_commands(document: Any) -> None:
    assert list(document) == [
        "schema_version", "demo", "on", "campaign", "workstreams", "units", "officers", "tasks",
        "targets", "matrix", "league", "summary",
    ]  # fmt: skip
    assert (document["demo"], document["on"]) == (True, "2022-11-22")
    assert document["campaign"]["end"] == "2022-12-31"
    assert document["campaign"]["scoring"]["max_points"] == "100"
    assert len(document["tasks"]) == 264
    assert {task["workstream"] for task in document["tasks"]} <= {
        stream["code"] for stream in document["workstreams"]
    }
    task = next(task for task in document["tasks"] if task["code"] == "NS-01")
    assert task["measure"]["baseline"] == "76.7"
    assert [reading["on"] for reading in task["readings"]]
    assert document["summary"]["totals"]["assigned"] == sum(
        unit["assigned"] for unit in document["summary"]["by_unit"]
    )


def test_the_parts_of_the_document_are_what_the_commands_print(
    document: Any, tmp_path: Path
) -> None:
    db = make.demo(tmp_path / "demo.sqlite")
    league = ok("league", "--format", "json", db=db).json
    assert document["league"]["blocks"] == league["blocks"]
    assert document["matrix"]["rows"] == ok("matrix", "--format", "json", db=db).json["rows"]
    shown = ok("show", "NS-01", "--format", "json", db=db).json
    task = next(task for task in document["tasks"] if task["code"] == "NS-01")
    assert task == {name: value for name, value in shown.items() if name in task}
    summary = ok("summary", "--on", "today", "--format", "json", db=db).json
    assert document["summary"] == {name: summary[name] for name in document["summary"]}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["x.pdf"], "export-kind"),
        (["x"], "export-kind"),
        (["x.json", "NS"], "export-whole"),
        (["x.jsonl", "--unit", "KD"], "export-whole"),
        (["x.jsonl", "--on", "20/11"], "export-today"),
        (["x.csv", "--separator", "abc"], "separator"),
        (["x.xlsx", "--separator", ","], "separator-kind"),
        (["no/such/folder/x.csv"], "no-folder"),
    ],
)
def test_what_cannot_be_exported_is_refused(
    words: list[str], code: str, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(each.name for each in tmp_path.iterdir())
    answer = tracker("export", *words, db=db)
    assert answer.code == MISUSED, code
    assert len(answer.err.splitlines()) == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == before
