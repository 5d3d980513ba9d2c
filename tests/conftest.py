"""What keeps every test apart from the machine it runs on, and from the test before it."""

import gc
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest
from textual import constants

from db.engine import Connection
from tests import make, stillness, styles
from tracker import i18n
from tracker.files import open_file

# Whatever the person at this terminal has set says nothing to the tests. What the snapshot plugin
# has set does: parallel workers take it over from the process that started them.
for name in list(os.environ):
    if name.startswith("TEXTUAL_SNAPSHOT"):
        continue
    if name.startswith(("TRACKER_", "TEXTUAL", "XDG_")) or name in {
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "FORCE_COLOR",
        "LINES",
        "NO_COLOR",
    }:
        del os.environ[name]
os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", TEXTUAL_ANIMATIONS="none")
# Textual read that when the snapshot plugin imported it, before this file.
constants.TEXTUAL_ANIMATIONS = "none"
stillness.install()
styles.install()

# A shared office machine is slow at moments; a slow example is no failure.
hypothesis.settings.register_profile("tracker", deadline=None)
hypothesis.settings.load_profile("tracker")


def move_to_new_home(factory: pytest.TempPathFactory) -> None:
    """Make an empty folder the user's home."""
    home = str(factory.mktemp("home"))
    os.environ.update(HOME=home, USERPROFILE=home)


def pytest_collection_finish() -> None:
    """Leave thousands of collected tests out of every search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def home_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep fixtures that serve many tests out of the person's home as well."""
    move_to_new_home(tmp_path_factory)


@pytest.fixture(scope="session", autouse=True)
def demos_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Make each demonstration once, whoever of the parallel workers needs it."""
    folder = tmp_path_factory.getbasetemp()
    is_of_all = "PYTEST_XDIST_WORKER" not in os.environ
    make.demos = folder if is_of_all else folder.parent


@pytest.fixture(autouse=True)
def hermetic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give each test a home of its own, and Vietnamese; put the environment back after it.

    By hand, for if this asked for `monkeypatch`, hypothesis would take every property for one
    that shares a fixture between its examples.
    """
    before = dict(os.environ)
    move_to_new_home(tmp_path_factory)
    i18n.set_language("vi")
    yield
    os.environ.clear()
    os.environ.update(before)
    i18n.set_language("vi")


@pytest.fixture
def conn(tmp_path: Path) -> Iterator[Connection]:
    """Open a new file of the small campaign for writing."""
    with closing(open_file(make.file(tmp_path), writing=True)) as opened:
        yield opened
