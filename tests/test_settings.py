"""Paths, the settings file and who acts."""

from contextlib import closing
from pathlib import Path

import pytest

from db.connection import connect
from tests import make
from tracker import settings
from tracker.settings import Settings


def test_the_file_lies_in_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert settings.default_file() == tmp_path / "campaign-tracker" / "campaign.sqlite"


def test_preferences_come_back_as_they_were_saved() -> None:
    assert settings.load() == Settings()
    settings.save(officer="kd.vptk", theme='a "quoted" \\ thème')
    settings.save(language="en")
    assert settings.load() == Settings("kd.vptk", "en", 'a "quoted" \\ thème')
    settings.save(officer=None, theme="")
    assert settings.load() == Settings(language="en")
    assert settings.settings_file().stat().st_mode & 0o777 == 0o600
    assert settings.settings_file().parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in settings.settings_file().parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("content", [b"", b"officer = ", b"\xff\xfe", b"officer = 3\nother = 'x'"])
def test_settings_that_cannot_be_read_count_as_none(content: bytes) -> None:
    path = settings.settings_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert settings.load() == Settings()


@pytest.mark.parametrize(
    ("option", "variable", "preferred", "chosen"),
    [
        (None, None, None, "vi"),
        (None, None, "en", "en"),
        (None, "vi", "en", "vi"),
        ("en", "vi", "vi", "en"),
        (None, "EN_us.UTF-8", None, "en"),
        (None, "fr", "en", "en"),
        ("fr", None, None, "vi"),
    ],
)
def test_the_language_is_the_nearest_wish_that_there_is(
    option: str | None, variable: str | None, preferred: str | None, chosen: str
) -> None:
    environment = {} if variable is None else {"TRACKER_LANG": variable}
    assert settings.language(option, environment, preferred) == chosen


@pytest.mark.parametrize(
    ("given", "remembered", "user", "acts"),
    [
        ("KD.vptk ", "tckh.cv", "ls.vptk", "kd.vptk"),
        ("stranger", "tckh.cv", "ls.vptk", "stranger"),
        (None, "tckh.cv", "ls.vptk", "tckh.cv"),
        (None, "of.another.campaign", "ls.vptk", "ls.vptk"),
        (None, None, "ls.vptk", "ls.vptk"),
        (None, None, "root", None),
        (None, None, None, None),
    ],
)
def test_who_acts(
    given: str | None,
    remembered: str | None,
    user: str | None,
    acts: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "user_name", lambda: user)
    with closing(connect(make.file(tmp_path), read_only=True)) as conn:
        assert settings.acting_login(conn, given, remembered) == acts


def test_a_demonstration_acts_as_its_own_officer_unless_told(tmp_path: Path) -> None:
    make.demo(tmp_path / "demo.sqlite", day=1)
    with closing(connect(tmp_path / "demo.sqlite", read_only=True)) as conn:
        assert settings.acting_login(conn, None, "kd.vptk") == "vpub.tonghop"
        assert settings.acting_login(conn, "kd.vptk", None) == "kd.vptk"


def test_a_machine_without_user_names_still_has_a_session(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert settings.user_name() is None
    user, at, host = settings.session().partition("@")
    assert user.isdigit()
    assert (at, bool(host)) == ("@", True)
