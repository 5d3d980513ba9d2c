"""How a person begins on this machine: with a demo, an own campaign, or a file that is there.

Checks what was typed, one thing at a time, so that a front end can say it while one types; writes
nothing until everything holds. Knows no front end.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from db import units
from db.errors import Duplicate, StoreError
from db.records import Campaign
from tracker import settings
from tracker.errors import BadInput
from tracker.files import open_file
from tracker.founding import found
from tracker.logins import login_of
from tracker.operations.office import LOGIN
from tracker.vietnamese import clean_line

if TYPE_CHECKING:
    from tracker.plan import Plan

DEMO_NAME = "demo.sqlite"
SUFFIXES = (".sqlite", ".sqlite3", ".db")
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Wish:
    """What is typed to make a campaign: a plan's name or file, and the rest as it stands there."""

    plan: str
    year: str
    place: str
    name: str
    login: str
    file: str


@dataclass(frozen=True, slots=True)
class Founding:
    """A wish that holds: the plan as it will be made, who makes it, and where."""

    plan: "Plan"
    name: str
    login: str
    path: Path


def shipped_plans() -> tuple[str, ...]:
    """Return the names of the plans that come with the program."""
    from tracker.plan import shipped

    return shipped()


def read_plan(source: str, year: str) -> "Plan":
    """Return the plan that is wished for; "" is the plan's own year.

    Raises `BadInput("plan-empty" or "plan-year")` and whatever `plan.read` raises.
    """
    from tracker.plan import read

    wanted, typed = source.strip(), year.strip()
    if not wanted:
        raise BadInput("plan-empty")
    if wanted.startswith("~"):
        wanted = str(Path(wanted).expanduser())
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) == 4):
        raise BadInput("plan-year", value=typed, first=2000, last=2099)
    return read(wanted, year=int(typed) if typed else None)


def check(wish: Wish, plan: "Plan") -> Founding:
    """Return the founding that a wish for a plan already read means.

    Raises `BadInput` ("place-empty", "bad-login", and those of `new_place`), `TextTooLong`, and
    `Duplicate` where a file stands.
    """
    place = clean_line(wish.place, 120)
    if not place:
        raise BadInput("place-empty")
    login = wish.login.strip().lower()
    if not LOGIN.fullmatch(login):
        raise BadInput("bad-login", login=wish.login.strip())
    path = new_place(wish.file)
    made = replace(plan, settings={**plan.settings, "place": place})
    return Founding(made, clean_line(wish.name, 120), login, path)


def new_place(typed: str) -> Path:
    """Return where a new file will lie: a place that is free, in a folder that can be written.

    Raises `BadInput` ("path-empty", "path-folder", "path-closed") and `Duplicate("file")`.
    """
    if not typed.strip():
        raise BadInput("path-empty")
    path = located(typed)
    if path.is_dir():
        raise BadInput("path-folder", path=path)
    if os.path.lexists(path):
        raise Duplicate("file", str(path))
    there = next(folder for folder in path.parents if folder.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise BadInput("path-closed", path=there)
    return path


def make(founding: Founding, now: datetime) -> Path:
    """Make the campaign's file; whole, or not at all. Returns its path."""
    if founding.path.parent == settings.data_dir():
        settings.make_private(founding.path.parent)
    found(
        founding.path,
        founding.plan,
        supervisor=founding.login,
        post=founding.name,
        session=settings.session(),
        now=now,
    )
    return founding.path


def proposed_login() -> str:
    """Return the login proposed to whoever begins: the operating system's user."""
    return login_of(settings.user_name() or "")


def demo_file() -> Path:
    """Return the demo in the user's data folder, made now where there is none.

    Never touches a file that is no demo: then the demo lies beside it, under the next free name.
    """
    from tracker import demo

    settings.make_private(settings.data_dir())
    for path in _demo_names(settings.data_dir()):
        if not os.path.lexists(path):
            demo.make(path)
            return path
        if _is_demo(path):
            return path
    raise AssertionError("the names of demos never end")


def _demo_names(folder: Path) -> Iterator[Path]:
    first = Path(DEMO_NAME)
    yield folder / first
    n = 1
    while True:
        n += 1
        yield folder / f"{first.stem}-{n}{first.suffix}"


def _is_demo(path: Path) -> bool:
    try:
        return campaign_in(path).demo
    except (StoreError, OSError):
        return False


def campaign_in(path: Path) -> Campaign:
    """Return the campaign of a file; raises the errors of `open_file` where it is none."""
    with closing(open_file(path, writing=False)) as conn:
        return units.campaign(conn)


def existing(typed: str) -> Path:
    """Return the file that is meant, once it is known to be a campaign.

    Raises `BadInput("path-empty" or "path-folder")` and the errors of `open_file`.
    """
    if not typed.strip():
        raise BadInput("path-empty")
    path = located(typed)
    if path.is_dir():
        raise BadInput("path-folder", path=path)
    campaign_in(path)
    return path


def near_by(suffixes: Collection[str] = SUFFIXES) -> list[Path]:
    """Return files that may hold campaigns, or have other endings that are wanted, in the folders
    where a person would leave one.
    """
    home = Path.home()
    folders = (settings.data_dir(), Path.cwd(), home, home / "Documents", home / "Downloads")
    found = (path for folder in dict.fromkeys(folders) for path in _listed(folder))
    fitting = (path for path in found if path.suffix.lower() in suffixes and path.is_file())
    return list(islice(fitting, MOST_LISTED))


def completions(typed: str, suffixes: Collection[str] = SUFFIXES) -> list[Path]:
    """Return folders, and files with these endings, whose path begins with what was typed."""
    path = located(typed)
    folder, start = (path, "") if typed.endswith(("/", os.sep)) else (path.parent, path.name)
    fitting = [
        each
        for each in _listed(folder)
        if each.name.lower().startswith(start.lower())
        and (start.startswith(".") or not each.name.startswith("."))
        and (each.suffix.lower() in suffixes or each.is_dir())
    ]
    return fitting[:MOST_LISTED]


def located(typed: str) -> Path:
    """Return the path that is meant by what was typed."""
    return Path(os.path.abspath(Path(typed.strip()).expanduser()))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
