"""What is installed, and the commands that the README promises for it."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import tracker

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Return a wheel built from a copy of the checkout that holds nothing compiled."""
    copy = tmp_path_factory.mktemp("wheel") / "source"
    copy.mkdir()
    for name in ("tracker", "db"):
        shutil.copytree(
            ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__")
        )
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel"],
        cwd=copy,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (built,) = (copy / "dist").glob("*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_holds_everything_the_program_reads(wheel: zipfile.ZipFile) -> None:
    expected = {
        path.relative_to(ROOT).as_posix()
        for package in ("tracker", "db")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".po", ".py", ".tcss", ".toml", ".typed"}
    }
    compiled = {name.removesuffix(".po") + ".mo" for name in expected if name.endswith(".po")}
    assert "db/plans/le_chan_2022.toml" in expected
    assert "tracker/locale/vi/LC_MESSAGES/tracker.mo" in compiled
    assert expected | compiled <= set(wheel.namelist())


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert tops == {"tracker", "db", f"campaign_tracker-{tracker.__version__}.dist-info"}
    assert [name for name in wheel.namelist() if name.endswith(".partial")] == []


def test_the_command_is_called_tracker(wheel: zipfile.ZipFile) -> None:
    (listed,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "tracker = tracker.__main__:main" in wheel.read(listed).decode()


# Requirements


def requirements() -> list[Requirement]:
    """Return what the project asks for: to be built, to run, to be tested."""
    project = PYPROJECT["project"]
    lines = [*PYPROJECT["build-system"]["requires"], *project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        lines += extra
    return [Requirement(line) for line in lines]


def pins() -> dict[str, str]:
    """Return the releases of constraints.txt by canonical name."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def needed() -> set[str]:
    """Return every distribution that the requirements bring in here, themselves included."""
    found: set[str] = set()
    waiting = [(requirement, "") for requirement in requirements()]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if requirement.marker and not requirement.marker.evaluate({"extra": extra}):
            continue
        try:
            lines = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # of an extra that is not installed, or not made for this platform
        if name not in found or requirement.extras:
            found.add(name)
            for each in requirement.extras or {""}:
                waiting += [(Requirement(line), each) for line in lines]
    return found - {"campaign-tracker", "pip"}


def test_constraints_pin_everything_that_is_installed() -> None:
    assert needed() >= {"textual", "typer", "pytest"}
    assert needed() - pins().keys() == set()


def test_constraints_satisfy_the_ranges_of_the_project() -> None:
    pinned = pins()
    refused = {
        str(requirement): pinned.get(canonicalize_name(requirement.name))
        for requirement in requirements()
        if requirement.name != "campaign-tracker"
        and pinned.get(canonicalize_name(requirement.name), "0") not in requirement.specifier
    }
    assert refused == {}


@pytest.mark.parametrize(
    ("platform", "machine", "python", "implementation", "has_wheel"),
    [
        ("linux", "x86_64", "3.11", "cpython", True),
        ("linux", "x86_64", "3.14", "cpython", True),
        ("darwin", "arm64", "3.13", "cpython", True),
        ("win32", "AMD64", "3.12", "cpython", True),
        ("linux", "aarch64", "3.11", "cpython", False),
        ("darwin", "x86_64", "3.11", "cpython", False),
        ("win32", "ARM64", "3.12", "cpython", False),
        ("linux", "x86_64", "3.15", "cpython", False),
        ("linux", "x86_64", "3.11", "pypy", False),
    ],
)
def test_a_current_sqlite_is_asked_for_where_a_wheel_of_it_exists(
    platform: str, machine: str, python: str, implementation: str, has_wheel: bool
) -> None:
    (requirement,) = (wanted for wanted in requirements() if wanted.name == "pysqlite3")
    assert requirement.marker is not None
    environment = {
        "sys_platform": platform,
        "platform_machine": machine,
        "python_version": python,
        "implementation_name": implementation,
    }
    assert requirement.marker.evaluate(environment) == has_wheel


# The README's two commands


@pytest.mark.parametrize(
    ("mark", "ends_with"), [("board", "tracker demo"), ("test", "pytest -q -n 3 --dist loadfile")]
)
def test_the_readme_holds_each_command_once_on_a_line_of_its_own(mark: str, ends_with: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (command,) = re.findall(rf"^<!-- {mark} -->\n```sh\n(.+)\n```$", readme, re.MULTILINE)
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert "-c constraints.txt" in command
    assert command.endswith(ends_with)
