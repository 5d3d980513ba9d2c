"""The house rules that a machine can check, for whatever modules there are.

Import-linter follows chains of imports, in `.ci/run`; here is what it cannot see, and what everyone
who runs the tests should meet at once.
"""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    path
    for package in ("tracker", "db")
    for path in (ROOT / package).rglob("*.py")
    if "__pycache__" not in path.parts
)
each_source = pytest.mark.parametrize(
    "path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix()
)

LONGEST = 300
MIGRATIONS = "db/migrations.py"  # append-only: it may grow for as long as the product lives

# Who may import what. A name ending in a slash is a folder.
WALLS = {
    "tracker": ("tracker/",),
    "tracker.cli": ("tracker/cli/", "tracker/__main__.py"),
    "tracker.tui": ("tracker/tui/", "tracker/cli/"),
    "textual": ("tracker/tui/",),
    "typer": ("tracker/cli/",),
    "sqlite_utils": ("db/",),
    "sqlite3": ("db/engine.py",),
    "pysqlite3": ("db/engine.py",),
}

CLOCK_READERS = ("tracker/cli/main.py", "tracker/tui/app.py")
CLOCKS = re.compile(
    r"\b(datetime|date)\.(now|utcnow|today)\b"
    r"|\btime\.(time|time_ns|localtime|gmtime|ctime|strftime)\b"
)
SQL_CLOCK = re.compile(r"\bCURRENT_(DATE|TIME|TIMESTAMP)\b|'now'", re.IGNORECASE)
SQL = re.compile(
    r"\b(SELECT|INSERT\s+INTO|INSERT\s+OR|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA|BEGIN\s+IMMEDIATE"
    r"|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|TRIGGER|VIEW))\s"
)


def name_of(path: Path) -> str:
    """Return the path as the rules write it."""
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    """Return a source file, parsed."""
    return ast.parse(path.read_text("utf-8"))


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every module name imported anywhere in a file, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ".", node.lineno
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def is_within(name: str, package: str) -> bool:
    """Return whether a dotted name is the package or lies in it."""
    return name == package or name.startswith(package + ".")


def strings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the string constants of a file that are used: not docstrings, not standing alone."""
    alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in alone:
            yield node


def trespasses(name: str, tree: ast.AST) -> list[str]:
    """Return the imports of a file that lead through one of the WALLS."""
    return [
        f"line {line}: {imported}"
        for imported, line in imports(tree)
        for wall, inside in WALLS.items()
        if is_within(imported, wall) and not name.startswith(inside)
    ]


def clock_readings(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield where a file reads the clock, under whatever name it imported it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (found := CLOCKS.search(ast.unparse(node))):
            yield found[0], node.lineno
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if found := CLOCKS.search(f"{node.module}.{alias.name}"):
                    yield found[0], node.lineno


@each_source
def test_a_file_is_short_enough_to_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= LONGEST or name_of(path) == MIGRATIONS


@each_source
def test_a_module_and_its_public_names_say_what_they_are(path: Path) -> None:
    tree = tree_of(path)
    silent = [
        f"line {node.lineno}: {node.name}"
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert ast.get_docstring(tree), "the module has no docstring"
    assert silent == []


@each_source
def test_imports_go_one_way(path: Path) -> None:
    assert trespasses(name_of(path), tree_of(path)) == []


@each_source
def test_only_the_two_front_ends_read_the_clock(path: Path) -> None:
    tree = tree_of(path)
    readings = [] if name_of(path) in CLOCK_READERS else list(clock_readings(tree))
    readings += [
        (node.value, node.lineno) for node in strings(tree) if SQL_CLOCK.search(node.value)
    ]
    assert readings == []


@each_source
def test_sql_stays_in_db(path: Path) -> None:
    if name_of(path).startswith("db/"):
        return
    found = [(text.value, text.lineno) for text in strings(tree_of(path)) if SQL.search(text.value)]
    assert found == []


@pytest.mark.parametrize(
    ("name", "code", "is_allowed"),
    [
        ("db/tasks.py", "from tracker.rules import lateness", False),
        ("db/tasks.py", "def f():\n    import tracker", False),
        ("db/tasks.py", "import sqlite3", False),
        ("db/engine.py", "import sqlite3", True),
        ("tracker/summary.py", "from tracker import cli", False),
        ("tracker/tui/app.py", "from tracker.cli.output import text", False),
        ("tracker/cli/main.py", "from tracker.tui.app import Board", True),
        ("tracker/cli/main.py", "from textual.app import App", False),
        ("tracker/tui/app.py", "from textual.app import App", True),
        ("tracker/rules.py", "from db.records import Task", True),
    ],
)
def test_a_trespass_is_told_from_a_visit(name: str, code: str, is_allowed: bool) -> None:
    assert (trespasses(name, ast.parse(code)) == []) == is_allowed


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
        "time.time()",
        "from time import time",
        "run(clock=datetime.now)",
    ],
)
def test_a_clock_reading_is_seen(code: str) -> None:
    assert list(clock_readings(ast.parse(code)))


@pytest.mark.parametrize("code", ["time.monotonic()", "campaign.today", "from time import sleep"])
def test_what_is_no_clock_reading_passes(code: str) -> None:
    assert list(clock_readings(ast.parse(code))) == []


@pytest.mark.parametrize(
    ("text", "is_sql"),
    [
        ("SELECT * FROM tasks", True),
        ("update: UPDATE tasks SET x", True),
        ("PRAGMA data_version ", True),
        ("Select a task", False),
        ("UPDATE", False),
    ],
)
def test_sql_is_told_from_words(text: str, is_sql: bool) -> None:
    assert bool(SQL.search(text)) == is_sql


# What start-up loads

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
TIDY_IMPORTS = PYPROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]
PUT_OFF: list[str] = TIDY_IMPORTS["banned-module-level-imports"]
# Small, and needed to find the user's settings and who it is; Typer loads two of them itself.
LIGHT = {"difflib", "getpass", "platform", "platformdirs"}
LAZY = {*PUT_OFF, "asyncio", "importlib.metadata"} - LIGHT


def tracker(*arguments: str, loaded: bool = False) -> subprocess.CompletedProcess[str]:
    """Run the command line in a program of its own; with `loaded`, listing imports on stderr."""
    listing = ["-X", "importtime"] if loaded else []
    done = subprocess.run(
        [sys.executable, *listing, "-m", "tracker", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done


def lazy_modules_loaded(*arguments: str) -> set[str]:
    """Return which of LAZY a command loads."""
    listing = tracker(*arguments, loaded=True).stderr
    names = re.findall(r"^import time:.*\|\s+(\S+)$", listing, re.MULTILINE)
    assert "tracker.cli.main" in names
    return {lazy for lazy in LAZY if any(is_within(name, lazy) for name in names)}


def test_help_loads_nothing_it_does_not_need() -> None:
    assert lazy_modules_loaded("--help") == set()


def test_a_summary_loads_nothing_it_does_not_need(tmp_path: Path) -> None:
    file = str(tmp_path / "campaign.sqlite")
    tracker("--db", file, "init", "--plan", "le_chan_2022")
    assert lazy_modules_loaded("--db", file, "summary") <= {"rich"}


def test_a_demo_does_load_what_was_put_off(tmp_path: Path) -> None:
    loaded = lazy_modules_loaded("demo", "--to", str(tmp_path / "demo.sqlite"))
    assert {"sqlite_utils", "tracker.demo"} <= loaded
    assert "textual" not in loaded


# What is in the repository

HERE = {str(ROOT), sys.prefix} - {sys.base_prefix}
UNWANTED = {
    "a path of someone's machine": r"(/root|/home/[\w.-]+|/Users/[\w.-]+|[A-Z]:\\Users\\\w+)[/\\]",
    "a path of this machine": rf"({'|'.join(map(re.escape, HERE))})/",
    "a package index": r"pypi\.org|pythonhosted\.org|--(extra-)?index-url|--find-[l]inks",
    "a number of an issue": r"(?i)\bissues? ?#?\d+\b|\(#\d+\)|\bsee #\d+",
    "work left for later": r"\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b|\bNotImplemented[E]rror\b",
}
PICTURES = {".gif", ".jpg", ".png"}


def committed() -> list[Path]:
    """Return the text files of the checkout that are, or are about to be, committed."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = {ROOT / name.decode() for name in listed.stdout.split(b"\0") if name}
    return sorted(path for path in paths if path.suffix not in PICTURES and path.is_file())


@pytest.mark.parametrize("what", UNWANTED)
def test_nothing_committed_carries(what: str) -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in committed()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(UNWANTED[what], line)
    ]
    assert found == []
