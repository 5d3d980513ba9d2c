"""The command line around the first start: which file, whose preferences, what they may hold."""

from pathlib import Path

import pytest

from tests import make
from tests.shell import ok, tracker
from tracker import settings
from tracker.cli.output import Output
from tracker.tui import app, start
from tracker.tui.start import Begun


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str | None]]:
    """The boards that were opened instead of shown: which file, who acts."""
    boards: list[tuple[Path, str | None]] = []
    monkeypatch.setattr(Output, "is_terminal", True)
    monkeypatch.setattr(app, "run", lambda path, *, login, **_: boards.append((path, login)))
    return boards


def test_without_a_file_it_asks_how_to_begin_and_opens_what_was_begun(
    tmp_path: Path, opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make.file(tmp_path)
    asked: list[Path] = []

    def begin(place: Path, **_: object) -> Begun:
        asked.append(place)
        return Begun(path, "kd.vptk")

    monkeypatch.setattr(start, "begin", begin)
    assert tracker(db=tmp_path / "none.sqlite").code == 0
    assert asked == [tmp_path / "none.sqlite"]
    assert opened == [(path, "kd.vptk")]


def test_whoever_leaves_the_first_start_has_opened_nothing(
    opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "begin", lambda place, **_: None)
    assert tracker().code == 0
    assert opened == []


def test_the_remembered_file_is_the_boards_and_every_commands(tmp_path: Path, opened) -> None:
    path = make.file(tmp_path)
    ok("config", "set", "file", str(path))
    assert tracker().code == 0
    assert opened == [(path, None)]
    assert str(path) in ok("info").out
    ok("config", "set", "file", "")
    assert settings.load().file is None


@pytest.mark.parametrize("theme", settings.THEMES)
def test_every_theme_of_the_board_can_be_set(theme: str) -> None:
    ok("config", "set", "theme", theme.upper())
    assert settings.load().theme == theme


@pytest.mark.parametrize(("key", "value"), [("theme", "purple"), ("tour", "x"), ("language", "fr")])
def test_what_no_preference_can_be_is_refused_and_what_can_is_named(key: str, value: str) -> None:
    answer = tracker("config", "set", key, value)
    assert answer.code == 2
    assert value in answer.err
    assert getattr(settings.load(), key) is None


def test_the_tour_can_be_asked_for_once_more() -> None:
    settings.save(tour=settings.TOUR_SEEN)
    ok("config", "set", "tour", "")
    assert settings.load().tour is None
