"""Every place of the program where a text is typed: how to get there, and the stops of Tab.

A new field is one word in this table; `test_board_typing.py` says so when it is missing.
"""

from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from db.records import Status
from tests import make
from tracker.files import open_file
from tracker.operations import figures, reports
from tracker.operations.desk import Desk
from tracker.operations.reports import Report
from tracker.operations.views import save_view
from tracker.tui.days import DayPrompt
from tracker.tui.file_pick import FilePick
from tracker.tui.forms.add_form import AddForm
from tracker.tui.forms.answer_forms import ConfirmForm, DoneForm, ReturnForm
from tracker.tui.forms.bonus_form import BonusForm
from tracker.tui.forms.bulk_form import BulkForm
from tracker.tui.forms.edit_form import EditForm
from tracker.tui.forms.estimate_form import EstimateForm
from tracker.tui.forms.import_file import ImportFile
from tracker.tui.forms.paper_form import PaperForm
from tracker.tui.forms.pick import Pick, PickMany
from tracker.tui.forms.plan_form import PlanForm
from tracker.tui.forms.quick_entry import QuickEntry
from tracker.tui.forms.reading_form import ReadingForm
from tracker.tui.forms.status_forms import HoldForm, NotApplicableForm, ReopenForm
from tracker.tui.forms.update_form import UpdateForm
from tracker.tui.forms.urge_form import UrgeForm
from tracker.tui.forms.views import ViewForm, ViewList
from tracker.tui.found_form import FoundForm
from tracker.tui.list_screen import ListScreen
from tracker.tui.log_screen import LogScreen
from tracker.tui.ninety_screen import NinetyScreen
from tracker.tui.targets_screen import TargetsScreen
from tracker.tui.theme_pick import ThemePick

STREET, ARREARS, SITES, CITY, COUNCIL = "TTDH-01.KD", "NS-04.KD", "TTXD-02.KD", "NS-01", "NS-02"
THEIRS = "NS-04.LS"
CHIEF, WARD = "vpub.tonghop", "kd.vptk"
ESC, TAB, ENTER, RIGHT, BACK_TAB, F3, F4 = (
    "\x1b",
    "\t",
    "\r",
    "\x1b[C",
    "\x1b[Z",
    "\x1bOR",
    "\x1bOS",
)
CTRL_P = "\x10"
WAIT = "?"
"""Stands before a text to wait for on the screen."""


class Typed(NamedTuple):
    """A place where one types.

    `keys` lead there from the list, as a terminal sends them; before them the page of `task` is
    opened, if one is named. `stops` are what Tab comes by: the name of a field, or "=" and what is
    typed there to get on, as in "=20/12".
    """

    name: str
    screen: type
    keys: tuple[str, ...]
    stops: tuple[str, ...] = ("line",)
    task: str = ""
    narrow: bool = False
    """Whether the field is too narrow to show much of what is typed."""


def forms(task: str, key: str, screen: type, *stops: str) -> Typed:
    """Return a form that a key opens on a task's page."""
    return Typed(screen.__name__, screen, (key,), stops, task)


FIGURES = ("f", "?Nhập số liệu của", "kenh", ENTER, "?Số liệu kỳ này", BACK_TAB)
ASSIGNED = ("=", "title", "product", "=", "=", "=", "=", "start_on", "due_on", "weight")
BOARD = (
    Typed("filter of the list", ListScreen, ("/",), ("filter",)),
    Typed("filter of the log", LogScreen, ("6", "/"), ("filter",)),
    Typed("palette", Pick, (CTRL_P,)),
    Typed("day", DayPrompt, (":",)),
    Typed("who I am", Pick, ("i",)),
    Typed("colours", ThemePick, ("\x1b[24~",)),
    Typed("name of a view", ViewForm, ("+",), ("name",)),
    Typed("views", ViewList, ("b",)),
    Typed("whose figures", Pick, ("f",)),
    forms(STREET, "u", UpdateForm, "result", "obstacle", "request", f"={RIGHT}{RIGHT}", "reason",
          "progress"),
    Typed("long text", UpdateForm, ("u", F4), ("result",), STREET),
    forms(CITY, "m", ReadingForm, "figure", "on", "note", "document"),
    Typed("figure once more", ReadingForm, ("m",), ("=48", "=", "=", "=", "reason"), ARREARS),
    Typed("bonus", BonusForm, ("4", "+"), ("points", "evidence", "on")),
    Typed("plan", PlanForm, ("3", "s"), ("figure", "on", "reason", "document")),
    Typed("estimate", EstimateForm, ("3", "d"), ("figure", "on", "reason")),
    Typed("filter of the ninety days", NinetyScreen, ("5", "/"), ("filter",)),
    Typed("filter of the targets", TargetsScreen, ("3", "/"), ("filter",)),
    Typed("opening figure", ReadingForm, ("m",), ("figure", "on"), SITES),
    forms(STREET, "x", DoneForm, "on", "result"),
    forms(THEIRS, "c", ConfirmForm, "on"),
    forms(THEIRS, "r", ReturnForm, "reason"),
    forms(STREET, "@", UrgeForm, "by", "text"),
    Typed("a spreadsheet to import", ImportFile, ("<",)),
    Typed("which paper", Pick, (">",)),
    Typed("a paper", PaperForm, (">", ENTER), ("file",)),
    forms(STREET, "p", HoldForm, "reason", "obstacle"),
    forms(STREET, "z", NotApplicableForm, "reason"),
    forms(COUNCIL, "y", ReopenForm, "reason"),
    forms("", "n", AddForm, *ASSIGNED),
    forms(STREET, "e", EditForm, *ASSIGNED[:-1], "reason", "weight"),
    Typed("a list to pick from", Pick, ("n", ENTER)),
    Typed("a list to pick several from", PickMany, ("n", *[TAB] * 5, ENTER)),
    Typed("several tasks", BulkForm, ("a", "e"), ("=", "=", "due_on", "result")),
    Typed("several deadlines", BulkForm, ("a", "e"), ("=", "=", "=20/12", "=", "reason")),
    Typed("quick entry", QuickEntry, (*FIGURES, BACK_TAB, BACK_TAB),
          ("on", "note", "figure", "figure")),
    Typed("quick entry once more", QuickEntry, FIGURES, ("=48", "why")),
)  # fmt: skip
START = (
    Typed("a campaign from a plan", FoundForm, ("2",), ("year", "place", "name", "login", "file")),
    Typed("a plan of one's own", FoundForm, ("2", BACK_TAB, "\x1b[D", TAB), ("plan-file",)),
    Typed("another file", FilePick, ("3",)),
)


def campaign(folder: Path, *, demo: bool = False) -> Path:
    """Found a campaign in which each of these places can be reached."""
    settings = make.settings(
        make.campaign(demo_day=date(2022, 11, 22), demo_officer=CHIEF) if demo else make.campaign()
    )
    path = make.file(folder, make.plan(settings=settings))
    with closing(open_file(path, writing=True)) as conn:
        for login, deed in DEEDS:
            deed(make.desk(conn, login))
    return path


DEEDS: tuple[tuple[str, Callable[[Desk], object]], ...] = (
    (WARD, lambda desk: figures.record(desk, ARREARS, Decimal("47.5"))),
    ("ls.vptk", lambda desk: reports.done(desk, [THEIRS])),
    (CHIEF, lambda desk: reports.update(
        desk, [COUNCIL], Report(status=Status.ON_HOLD, reason="chờ")
    )),
    (CHIEF, lambda desk: save_view(desk, "Của tôi", "ttdh")),
)  # fmt: skip
