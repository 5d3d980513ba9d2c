"""A campaign as JSON Lines: made again from them it is equal, and what was changed is refused."""

import io
import json
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import chain, events
from db import transfer as rows
from db.connection import connect
from db.errors import Duplicate
from db.log_records import Event
from tests import make
from tests.proof import assert_sound, log, standing
from tests.shell import ok
from tracker import transfer
from tracker.errors import Refused
from tracker.files import open_file
from tracker.operations import bonus, planning, reports, undoing, views
from tracker.operations.reports import Report

KD, CHIEF, TASK = "kd.vptk", "vpub.tonghop", "TTDH-01.KD"
HOSTILE = "=1+1 [/] [gấp] “x”\n\u2028'\\n\"}"


def lines_of(path: Path) -> list[bytes]:
    """Return the lines that a file is exported as."""
    stream = io.BytesIO()
    with closing(connect(path, read_only=True)) as conn:
        transfer.write(conn, stream)
    return stream.getvalue().splitlines(keepends=True)


def rebuilt(path: Path, lines: list[bytes]) -> transfer.Moved:
    return transfer.rebuild(path, io.BytesIO(b"".join(lines)))


def rechained(lines: list[bytes], change: Callable[[list[dict[str, Any]]], None]) -> list[bytes]:
    """Return an export that somebody changed and whose hashes they computed anew."""
    header, *documents = [json.loads(line) for line in lines]
    log = documents[: header["events"]]
    change(log)
    previous = chain.first_hash(header["uuid"])
    for document in log:
        document["hash"] = previous = chain.link(previous, Event(**document))
    header["head"] = previous
    told = [header, *log, *documents[header["events"] :]]
    return [json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in told]


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file in which much was done and some of it taken back, with a saved view."""
    path = make.file(tmp_path_factory.mktemp("worked"))
    with closing(open_file(path, writing=True)) as conn:
        reports.update(make.desk(conn, KD), [TASK], Report(result=HOSTILE, obstacle="@x"))
        undoing.undo(make.desk(conn, KD, "2022-11-22 09:01"))
        undoing.redo(make.desk(conn, KD, "2022-11-22 09:02"))
        chief = make.desk(conn, CHIEF, "2022-11-22 09:03")
        planning.edit(chief, [TASK], {"title": HOSTILE.partition("\n")[0]})
        bonus.give(chief, "KD", Decimal("1.5"), evidence="Thư khen")
        views.save_view(chief, "Của tôi", "NS")
    return path


@pytest.fixture
def exported(worked: Path) -> list[bytes]:
    return lines_of(worked)


def test_what_was_exported_makes_an_equal_campaign(worked: Path, tmp_path: Path) -> None:
    lines, path = lines_of(worked), tmp_path / "new" / "campaign.sqlite"
    moved = rebuilt(path, lines)
    with (
        closing(connect(worked, read_only=True)) as old,
        closing(open_file(path, writing=True)) as new,
    ):
        assert_sound(new)
        assert log(new) == log(old)
        assert standing(new) == standing(old)
        assert rows.views(new) == rows.views(old) != []
        assert (moved.events, moved.views) == (events.head(old)[0], 1)
        assert moved.head == events.head(new)[2] == events.head(old)[2]
        assert reports.update(make.desk(new, KD, "2022-11-23 09:00"), [TASK], Report(result="đi"))
    assert lines_of(path)[1 : 1 + moved.events] == lines[1 : 1 + moved.events]


def test_a_demonstration_travels_too(tmp_path: Path) -> None:
    old, file, new = tmp_path / "demo.sqlite", tmp_path / "all.jsonl", tmp_path / "new.sqlite"
    make.demo(old)
    assert "sự kiện" in ok("export", str(file), db=old).out
    with file.open("rb") as stream:
        assert transfer.rebuild(new, stream).campaign.demo
    assert lines_of(new) == lines_of(old) == file.read_bytes().splitlines(keepends=True)
    assert json.loads(lines_of(new)[0])["demo"] is True


def test_a_file_that_stands_is_left_alone(
    worked: Path, exported: list[bytes], tmp_path: Path
) -> None:
    before = worked.read_bytes()
    with pytest.raises(Duplicate):
        rebuilt(worked, exported)
    assert worked.read_bytes() == before


def refused(lines: list[bytes], folder: Path) -> str:
    """Return the code by which an export is refused; nothing may be left of it."""
    with pytest.raises(Refused) as caught:
        rebuilt(folder / "new.sqlite", lines)
    assert list(folder.iterdir()) == []
    return caught.value.code


def replaced(lines: list[bytes], n: int, old: bytes, new: bytes) -> list[bytes]:
    """Return the lines with one of them changed."""
    return [*lines[:n], lines[n].replace(old, new), *lines[n + 1 :]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda lines: [], "not-a-log"),
        (lambda lines: [b"{}\n"], "not-a-log"),
        (lambda lines: [b"\xff\xfe"], "not-a-log"),
        (lambda lines: lines[1:], "not-a-log"),
        (lambda lines: lines[:-1], "log-cut"),
        (lambda lines: [*lines[:9], lines[9][:40]], "log-cut"),
        (lambda lines: [*lines, lines[-1]], "log-line"),
        (lambda lines: [*lines[:5], *lines[6:]], "log-changed"),
        (lambda lines: [*lines[:5], lines[6], lines[5], *lines[7:]], "log-changed"),
        (lambda lines: replaced(lines, 0, b'"head":"', b'"head":"f'), "log-changed"),
        (lambda lines: replaced(lines, 0, b'"uuid":"', b'"uuid":"f'), "log-changed"),
        (lambda lines: [*lines[:5], b"[" * 100_000 + b"\n", *lines[6:]], "log-line"),
        (lambda lines: [*lines[:5], b"[1]\n", *lines[6:]], "log-line"),
        (lambda lines: replaced(lines, 5, b'"seq":5', b'"seq":"5"'), "log-line"),
        (lambda lines: replaced(lines, 5, b'"init"', b'"x"'), "log-line"),
        (lambda lines: replaced(lines, 0, b'_version":1', b'_version":2'), "newer-log"),
    ],
)
def test_what_was_cut_or_changed_is_refused_and_nothing_left(
    change: Callable[[list[bytes]], list[bytes]],
    code: str,
    exported: list[bytes],
    tmp_path: Path,
) -> None:
    assert refused(change(exported), tmp_path) == code


def test_one_changed_letter_is_found(exported: list[bytes], tmp_path: Path) -> None:
    n = next(n for n, line in enumerate(exported) if b"Th\xc6\xb0 khen" in line)
    exported[n] = exported[n].replace(b"khen", b"chen")
    with pytest.raises(Refused) as caught:
        rebuilt(tmp_path / "new.sqlite", exported)
    assert (caught.value.code, caught.value.data["line"]) == ("log-changed", n + 1)


def into_sql(log: list[dict[str, Any]]) -> None:
    """Give a unit a column whose name goes on as SQL."""
    unit = next(document for document in log if document["entity"] == "unit")
    unit["new"] = json.dumps(json.loads(unit["new"]) | {"x) VALUES (1); DROP TABLE tasks; --": 1})


def setting(key: str, value: object) -> Callable[[list[dict[str, Any]]], None]:
    def change(log: list[dict[str, Any]]) -> None:
        created = next(each for each in log if each["entity"] == "setting" and each["ref"] == key)
        created["new"] = json.dumps({"value": value})

    return change


def field(entity: str, name: str, value: object) -> Callable[[list[dict[str, Any]]], None]:
    def change(log: list[dict[str, Any]]) -> None:
        created = next(each for each in log if each["entity"] == entity)
        created["new"] = json.dumps(json.loads(created["new"]) | {name: value})

    return change


@pytest.mark.parametrize(
    "change",
    [
        into_sql,
        setting("uuid", "another"),
        setting("end", "tomorrow"),
        setting("timezone", "Nowhere/Else"),
        setting("work_days", ["1"]),
        field("task", "status", "flying"),
        field("task", "lead", "NOBODY"),
        field("task", "weight", "heavy"),
        field("task", "extensions", 2**70),
        field("task", "title", {"a": 1}),
        field("task", "title", None),
        lambda log: log[5].update(entity="nothing"),
        lambda log: log[5].update(new="[" * 100_000),
        lambda log: log[-1].update(entity="task", ref="NO-1", field="title"),
        lambda log: log[-1].update(entity="task", ref=TASK, field="no_such_column"),
    ],
)
def test_a_chain_that_somebody_computed_anew_does_not_make_a_bad_file(
    change: Callable[[list[dict[str, Any]]], None], exported: list[bytes], tmp_path: Path
) -> None:
    assert refused(rechained(exported, change), tmp_path) == "log-unfit"


@settings(max_examples=60)
@given(st.floats(0, 0.999999), st.sampled_from(["flip", "cut", "drop"]), st.integers(1, 255))
def test_damage_anywhere_is_refused_in_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, worked: Path, share: float, kind: str, bits: int
) -> None:
    whole = b"".join(lines_of(worked))
    at = int(share * len(whole))
    damaged = {
        "flip": whole[:at] + bytes([whole[at] ^ bits]) + whole[at + 1 :],
        "cut": whole[:at],
        "drop": whole[:at] + whole[at + 1 :],
    }[kind]
    path = tmp_path_factory.mktemp("damaged") / "new.sqlite"
    try:
        transfer.rebuild(path, io.BytesIO(damaged))
    except Refused:
        assert list(path.parent.iterdir()) == []
    else:  # the name of the campaign in the first line, a blank, or the last line end
        assert lines_of(path)[1:] == lines_of(worked)[1:]
