"""Where things lie on this machine, what its user prefers, and who acts.

Knows no front end. A settings file that cannot be read counts as empty: a program that runs at
night must not stop for a preference.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from db import units
from db.engine import Connection
from tracker.i18n import LANGUAGES
from tracker.logins import login_of

APP = "campaign-tracker"
FILE_NAME = "campaign.sqlite"
ASIDE = "settings.unreadable.toml"
"""Where settings that cannot be read are kept, once others are saved."""
OWN_KEYS = ("officer", "language", "theme", "file", "tour", "headings")
"""What commands set in the settings file; all else about a campaign stands in its own file."""
THEMES = ("dark", "light", "high-contrast", "colour-blind", "ansi-dark", "ansi-light")
"""The colours of the board to choose from; the first is the default."""
TOUR_SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user of this machine prefers; None is no preference.

    `file` is the campaign's file that the board opened or made last on the user's wish; `tour` is
    `TOUR_SEEN` once the board has shown itself. `keys` is the table `[keys]` as the user wrote it:
    a key, or a list of keys, by command of the board. `headings` are the headings of files to
    import that were mapped to fields, as `headings_of` reads them.
    """

    officer: str | None = None
    language: str | None = None
    theme: str | None = None
    file: str | None = None
    tour: str | None = None
    keys: Mapping[str, object] = field(default_factory=dict)
    headings: str | None = None


def data_dir() -> Path:
    """Return the folder of the user's campaign file."""
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def state_dir() -> Path:
    """Return the folder where the board keeps how it was left."""
    from platformdirs import user_state_path

    return user_state_path(APP, appauthor=False)


def default_file() -> Path:
    """Return where a new campaign's file lies unless something else is said."""
    return data_dir() / FILE_NAME


def campaign_file(given: str | None, remembered: str | None) -> Path:
    """Return the campaign's file: the one given, else the remembered one, else the default."""
    wish = given or remembered
    return Path(wish).expanduser() if wish else default_file()


def settings_file() -> Path:
    """Return where the user's settings lie."""
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "settings.toml"


def load() -> Settings:
    """Read the user's settings."""
    found, _text, _problem = _read()
    own = {key: found[key] for key in OWN_KEYS if isinstance(found.get(key), str)}
    keys = found.get("keys")
    return Settings(**own, keys=keys if isinstance(keys, dict) else {})


def unreadable() -> ValueError | None:
    """Return what is wrong with the settings file as a whole; None where it can be read."""
    return _read()[2]


def headings_of(text: str | None) -> dict[str, str]:
    """Return the heading of each field that "result=Tình hình; owner=Cán bộ" names."""
    pairs = (part.partition("=") for part in re.split(r";\s*(?=[a-z_]+=)", text or ""))
    return {name.strip(): heading.strip() for name, _is, heading in pairs if heading.strip()}


def save(**changes: str | None) -> Settings:
    """Change preferences and write the file whole, for its owner only; "" or None forgets one.

    Whatever else the user wrote into the file stays, remarks too. A file that cannot be read is
    put aside, not lost.
    """
    wishes: dict[str, Any] = {key: value or None for key, value in changes.items()}
    wanted = replace(load(), **wishes)
    path = settings_file()
    _found, text, problem = _read()
    if problem:
        path.replace(path.with_name(ASIDE))
    # A TOML basic string is written like a JSON one.
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n"
        for key in OWN_KEYS
        if (value := getattr(wanted, key)) is not None
    ]
    write_private(path, "".join(lines) + ("" if problem else _not_ours(text)))
    return wanted


def _read() -> tuple[dict[str, Any], str, ValueError | None]:
    """Return what the settings file holds, its text, and why it cannot be read."""
    try:
        text = settings_file().read_text("utf-8-sig")  # Notepad puts a mark before it
    except UnicodeDecodeError as problem:
        return {}, "", problem
    except OSError:
        return {}, "", None
    from tomllib import TOMLDecodeError, loads

    try:
        return loads(text), text, None
    except TOMLDecodeError as problem:
        return {}, text, problem


def _not_ours(text: str) -> str:
    """Return the lines of a settings file but those at its top that `save` writes."""
    table = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    end = table.start() if table else len(text)
    ours = rf"^[ \t]*[\"']?(?:{'|'.join(OWN_KEYS)})[\"']?[ \t]*=.*\n?"
    return re.sub(ours, "", text[:end], flags=re.MULTILINE) + text[end:]


def write_private(path: Path, text: str) -> None:
    """Write a file whole, for its owner only: it holds the new text or the old one, never half."""
    make_private(path.parent)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(
        os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    draft.replace(path)


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
