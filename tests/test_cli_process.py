"""The command line as a program of its own: exit codes, encodings, pipes, an empty environment."""

import codecs
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import make

posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell's signals")
ROOT = Path(__file__).resolve().parent.parent
BARE = {"PATH": os.defpath}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def program(
    *words: str, environment: dict[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[bytes]:
    """Run `python -m tracker` with nothing but the given environment."""
    return subprocess.run(
        [sys.executable, "-m", "tracker", *words],
        cwd=ROOT,
        env=BARE if environment is None else BARE | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
        **more,
    )


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "LANG": "xx_XX.WRONG"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        {"NO_COLOR": "1", "TERM": "xterm-256color"},
        {"TERM": "dumb"},
    ],
)
def test_a_summary_is_plain_utf8_in_any_environment(
    environment: dict[str, str],
    db: Path,
) -> None:
    done = program("summary", "--db", str(db), environment=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    out = done.stdout.decode("utf-8")
    assert "Quận Lê Chân, thành phố Hải Phòng" in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_words_typed_in_utf8_are_understood_in_the_c_locale(db: Path) -> None:
    for environment in (
        {"LC_ALL": "C"},
        {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
    ):
        done = program(
            "list",
            "phường:Kênh Dương",
            "--format",
            "json",
            "--db",
            str(db),
            environment=environment,
        )
        assert len(json.loads(done.stdout)["tasks"]) == 3


def test_exit_codes(db: Path) -> None:
    place = ("--db", str(db))
    assert program("list", *place).returncode == 0
    assert program("show", "XX-9", *place).returncode == 1
    assert program("lisst", *place).returncode == 2
    assert program("summary", "--check", *place).returncode == 3


@posix
def test_a_closed_pipe_ends_quietly(db: Path) -> None:
    for words in ("list", "log", "summary --format json", "--help"):
        command = (
            f"{sys.executable} -m tracker {words} --db '{db}' | head -n 1; exit ${{PIPESTATUS[0]}}"
        )
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=ROOT,
            env=BARE,
            capture_output=True,
            check=False,
            timeout=60,
        )
        assert done.stderr == b""
        assert done.returncode in (0, 1)
        assert done.stdout.count(b"\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("words", ["list", "list --format json", "--help"])
def test_an_answer_that_finds_no_room_is_one_sentence(words: str, db: Path) -> None:
    command = f"{sys.executable} -m tracker {words} --db '{db}' > /dev/full"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=BARE, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 1
    said = done.stderr.decode()
    assert said.startswith("Lỗi: Không ghi được hết kết quả: nơi nhận đã hết chỗ.")
    assert said.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize(
    ("words", "place", "code", "said"),
    [
        ("summary", ">&-", 0, ""),
        (
            "update TTDH-01.KD --no-change --as kd.vptk",
            "> /dev/full",
            1,
            "Đã lưu, nhưng không in được kết quả.\n",
        ),
    ],
)
def test_an_answer_that_nobody_takes_is_no_failure_of_the_command(
    words: str, place: str, code: int, said: str, db: Path
) -> None:
    command = f"{sys.executable} -m tracker {words} --db '{db}' {place}"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=BARE, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr.decode()) == (code, said)


@posix
def test_an_interrupted_command_ends_with_130(db: Path) -> None:
    code = (
        "import os, signal, sys; from tracker.cli import daily, main;"
        "daily.build = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT);"
        f"sys.exit(main.run(['--db', {str(db)!r}, 'summary']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=BARE,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert signal.SIGINT == 2


def test_a_sheet_begins_with_a_byte_order_mark(db: Path) -> None:
    done = program("list", "--format", "csv", "--db", str(db))
    assert done.stdout.startswith(codecs.BOM_UTF8)
    assert done.stdout.count(codecs.BOM_UTF8) == 1


def test_completion_offers_codes_units_and_logins_fast_and_without_errors(
    db: Path,
) -> None:
    def offered(line: str, file: Path = db) -> list[str]:
        words = line.split(" ")
        environment = {
            "_TRACKER_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
            "TRACKER_DB": str(file),
        }
        done = program(environment=environment)
        assert done.stderr == b""
        return done.stdout.decode().split()

    assert offered("tracker su") == ["summary"]
    assert offered("tracker officer a") == ["add"]
    assert offered("tracker show NS-04") == ["NS-04.KD", "NS-04.LS"]
    assert offered("tracker show ns-04.k") == ["ns-04.kD"]
    assert offered("tracker summary --unit K") == ["KD"]
    assert offered("tracker list --as kd") == ["kd.vptk"]
    assert "overdue" in offered("tracker list over")
    assert "--format" in offered("tracker summary --fo")
    assert offered("tracker show NS", db.with_name("none.sqlite")) == []
