"""Where things lie on this machine, what its user prefers, and who acts.

Knows no front end. A settings file that cannot be read counts as empty: a program that runs at
night must not stop for a preference.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from db import units
from db.engine import Connection
from tracker.i18n import LANGUAGES
from tracker.logins import login_of

APP = "campaign-tracker"
FILE_NAME = "campaign.sqlite"
OWN_KEYS = ("officer", "language", "theme")
"""The keys of the settings file; everything else about a campaign stands in its own file."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user of this machine prefers; None is no preference."""

    officer: str | None = None
    language: str | None = None
    theme: str | None = None


def data_dir() -> Path:
    """Return the folder of the user's campaign file."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def default_file() -> Path:
    """Return where the campaign's file lies unless something else is said."""
    return data_dir() / FILE_NAME


def settings_file() -> Path:
    """Return where the user's settings lie."""
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "settings.toml"


def load() -> Settings:
    """Read the user's settings."""
    try:
        text = settings_file().read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return Settings()
    from tomllib import TOMLDecodeError, loads

    try:
        found = loads(text)
    except TOMLDecodeError:
        return Settings()
    return Settings(**{key: found[key] for key in OWN_KEYS if isinstance(found.get(key), str)})


def save(**changes: str | None) -> Settings:
    """Change preferences and write the file whole, for its owner only; "" or None forgets one."""
    wanted = replace(load(), **{key: value or None for key, value in changes.items()})
    path = settings_file()
    make_private(path.parent)
    # A TOML basic string is written like a JSON one.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
        for key in OWN_KEYS
        if (value := getattr(wanted, key)) is not None
    ]
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(
        os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as file:
        file.writelines(lines)
    draft.replace(path)
    return wanted


def make_private(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that exists is left as it is."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def language(
    option: str | None, environment: Mapping[str, str], preferred: str | None = None
) -> str:
    """Return the language to speak: the option, TRACKER_LANG, the user's settings, Vietnamese.

    "vi_VN.UTF-8" counts as "vi"; a language that there is not counts as nothing said.
    """
    for wish in (option, environment.get("TRACKER_LANG"), preferred):
        code = (wish or "")[:2].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def user_name() -> str | None:
    """Return the operating system's name of the user, or None where it has none."""
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError, ImportError):
        return None


def session() -> str:
    """Return who works where, as every event keeps it: "user@host"."""
    from platform import node

    return f"{user_name() or os.getpid()}@{node()}"


def acting_login(conn: Connection, given: str | None, remembered: str | None) -> str | None:
    """Return the login that acts on the open file, or None: nobody may write then.

    `given` (the option or TRACKER_OFFICER) counts first, known in the file or not. A demo file then
    has its own officer; elsewhere the one remembered in the settings counts, then the operating
    system's user, if the file knows them.
    """
    if given:
        return given.strip().lower()
    campaign = units.campaign(conn)
    if campaign.demo:
        return campaign.demo_officer
    for login in (remembered, login_of(user_name() or "")):
        if login and units.officer(conn, login) is not None:
            return login
    return None
