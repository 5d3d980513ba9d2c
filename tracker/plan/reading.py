"""Finding a plan file and reading it: nothing is made of a file in which anything is wrong."""

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import db
from db.errors import NotFound
from tracker.errors import BadInput
from tracker.plan.checking import check
from tracker.plan.making import make
from tracker.plan.problems import PlanProblems, Problem
from tracker.plan.records import Plan
from tracker.plan.sheet import take_apart

YEARS = range(2000, 2100)
_PLACE = r"\(at line (\d+), column (\d+)\)"


def shipped() -> tuple[str, ...]:
    """Return the names of the plans that come with the program."""
    return tuple(sorted(path.stem for path in _folder().glob("*.toml")))


def read(source: str, *, year: int | None = None) -> Plan:
    """Return the plan called `source`, or in the file of that path, moved to `year` if given.

    A name is a campaign's id or a file's stem: case and "-" or "_" do not matter. Raises
    `NotFound("plan" or "plan-file")`, `BadInput("plan-year")`, and `PlanProblems` with everything
    that is wrong in the file.
    """
    if year is not None and year not in YEARS:
        raise BadInput("plan-year", value=year, first=YEARS.start, last=YEARS.stop - 1)
    path = _find(source)
    sheet = take_apart(_parse(path))
    check(sheet)
    if problems := [problem for row in sheet.rows() for problem in row.problems]:
        raise PlanProblems(str(path), problems)
    return make(sheet, year)


def _folder() -> Path:
    return Path(db.__file__).parent / "plans"


def _find(source: str) -> Path:
    """Return the file of a plan's name or path."""
    if source.lower().endswith(".toml") or "/" in source or "\\" in source:
        if not Path(source).is_file():
            raise NotFound("plan-file", source)
        return Path(source)
    wanted = _plain(source)
    for name in shipped():
        if _plain(name) == wanted:
            return _folder() / f"{name}.toml"
    raise NotFound("plan", source)


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_")


def _parse(path: Path) -> Mapping[str, Any]:
    """Return the tables of a file, decimals exact."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise PlanProblems(str(path), [Problem("", "", "", "not-utf8", {})]) from error
    except ValueError as error:  # TOMLDecodeError, or a number beyond what Python reads
        place = re.search(_PLACE, str(error))
        where = {"line": place[1], "column": place[2]} if place else {"line": "?", "column": "?"}
        raise PlanProblems(str(path), [Problem("", "", "", "toml", where)]) from error
