"""What one row says, field by field and typed, and of which task or officer; or what is wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from db.records import Officer, Task
from tracker import rules
from tracker.errors import BadInput, Refused
from tracker.importing import dating, quantities, spelling, values, words
from tracker.importing.headings import Table, label
from tracker.importing.matching import Finder
from tracker.importing.records import Figure, Place, Problem
from tracker.importing.rows import Record
from tracker.importing.whose import own_unit
from tracker.sheets.records import Fault, Unread, Value
from tracker.state import State
from tracker.vietnamese import fold

_MAY_CLEAR = frozenset({"obstacle", "request"})  # where a dash says that there is none
_NOT_ASSIGNED = frozenset({"start_on", "coop", "confirm", "weight"})  # by an officer of a unit


class Given(NamedTuple):
    """A typed value and the cell that says it."""

    value: object
    place: Place


class Reported(NamedTuple):
    """A figure, the cell that says it, and whether its day was written somewhere."""

    figure: Figure
    place: Place
    is_dated: bool


@dataclass(slots=True)
class Claim:
    """What the file says of one task or officer. `task` is None for a new one."""

    places: list[Place]
    task: Task | None = None
    officer: str | None = None  # the login, in a table of officers
    given: dict[str, Given] = field(default_factory=dict)
    figures: list[Reported] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    has_claimed_column: bool = False
    undated: Place | None = None  # a day under a heading that nobody knows

    @property
    def is_stopped(self) -> bool:
        """Whether a problem keeps it from being imported."""
        return any(problem.stops for problem in self.problems)

    @property
    def key(self) -> tuple[str, ...]:
        """What two rows about the same have in common."""
        if self.officer is not None:
            return ("officer", self.officer)
        if self.task is not None:
            return ("task", self.task.code)
        return ("new", str(self.value("lead")), fold(str(self.value("title"))))

    def value(self, name: str) -> object:
        """Return what is said of a field, or None."""
        return self.given[name].value if name in self.given else None


class Reading:
    """The reading of one table's rows."""

    def __init__(self, table: Table, state: State, finder: Finder, officer: Officer | None) -> None:
        self._table, self._state = table, state
        self._finder = finder.assuming(own_unit(table, finder.own, state))
        self._manages = officer is None or rules.may_manage(officer)
        self._day_of_figures = dating.day_of_figures(table, state)
        # The same few names stand in thousands of rows, and each is compared with all units.
        self._unit = values.remembering(lambda cell: values.unit(cell, state))
        self._units = values.remembering(lambda cell: values.units(cell, state))
        self._stream = values.remembering(lambda cell: values.workstream(cell, state))
        self._owner = values.remembering(lambda cell: values.owner(cell, state.officers))
        self._status = values.remembering(values.status)

    def claim(self, record: Record) -> Claim:
        """Return what a row says; what is wrong with it stands in its problems."""
        claim = Claim([self._table.place(record.row, record.home)])
        claim.has_claimed_column = "claimed_on" in record.columns
        if (column := dating.left_out(record.row, self._table)) is not None:
            claim.undated = self._table.place(record.row, column)
        if self._is_spoilt(record, claim):
            return claim
        if self._table.is_of_officers:
            self._officer(record, claim)
        else:
            self._task(record, claim)
        return claim

    def _is_spoilt(self, record: Record, claim: Claim) -> bool:
        """Whether letters of a cell were lost: then nothing of its row is taken."""
        for column, cell in enumerate(record.row.cells):
            if isinstance(cell, Unread) and cell.fault is Fault.SPOILT:
                place = self._table.place(record.row, column)
                error = BadInput("import-spoilt", value=values.cut(cell.shown))
                claim.problems.append(Problem(place, error))
                return True
        return False

    def _take(
        self,
        record: Record,
        claim: Claim,
        name: str,
        read: Callable[[Value], object],
        *,
        stops: bool = True,
    ) -> object:
        """Read one cell into the claim; return its value, None where there is none."""
        cell = record.cells.get(name)
        if cell is None or (values.is_empty(cell) and name not in _MAY_CLEAR):
            return None
        place = self._table.place(record.row, record.columns[name])
        try:
            claim.given[name] = Given(read(cell), place)
        except values.ERRORS as error:
            claim.problems.append(Problem(place, error, stops=stops))
        return claim.value(name)

    def _officer(self, record: Record, claim: Claim) -> None:
        state = self._state
        login = self._take(record, claim, "login", values.login)
        claim.officer = str(login or "")
        held = state.officers.get(claim.officer)
        self._take(record, claim, "name", lambda cell: values.post(cell, held), stops=False)
        self._take(record, claim, "role", values.role)
        for name in ("unit", "lead"):
            self._take(record, claim, name, self._unit)
        if "lead" in claim.given:
            claim.given.setdefault("unit", claim.given.pop("lead"))
        if login is None and not claim.problems:
            self._refuse(record, claim, "login", BadInput("import-no-login"))
        elif login not in state.officers and "unit" not in claim.given and not claim.problems:
            self._refuse(record, claim, "unit", BadInput("import-unit-needed", login=login))

    def _task(self, record: Record, claim: Claim) -> None:
        self._take(record, claim, "lead", self._unit)
        self._take(record, claim, "workstream", self._stream)
        self._take(record, claim, "title", values.line)
        if not self._find(record, claim):
            return
        self._status_elsewhere(record, claim)
        for name, read in self._readers(claim).items():
            self._take(record, claim, name, read, stops=name not in self._beside(claim))
        self._figure(record, claim)

    def _find(self, record: Record, claim: Claim) -> bool:
        """Find the task that a row means; False where there is none, and none can be made."""
        lead = claim.value("lead") or record.section.lead
        lead = str(lead) if lead else None
        code = label(record.cells.get("code"))
        has_code = not values.is_empty(code) and not (code.isdecimal() and "title" in claim.given)
        named = "code" if has_code else "title"  # a bare number beside a title only counts rows
        try:
            if named == "code":
                said = values.line(record.cells["code"])
                claim.task = self._finder.by_code(said, lead, in_row="lead" in claim.given)
                title = claim.value("title")
                if title and not self._finder.is_renamed(claim.task, str(title)):
                    del claim.given["title"]
            elif title := claim.value("title"):
                claim.task = self._finder.by_title(str(title), lead)
                if claim.task is not None:  # by another wording perhaps: that is no new title
                    del claim.given["title"]
        except values.ERRORS as error:
            if not claim.problems:  # else perhaps only for want of the unit
                self._refuse(record, claim, named, error)
            return False
        if claim.task is not None:
            return True
        return self._new(record, claim, lead)

    def _new(self, record: Record, claim: Claim, lead: str | None) -> bool:
        """Complete what a new task needs from the section it stands in."""
        if "title" not in claim.given:
            if not claim.problems:
                self._refuse(record, claim, None, BadInput("import-no-task"))
            return False
        place = claim.places[0]
        if unit := self._finder.lead_of_new(lead):
            claim.given.setdefault("lead", Given(unit, place))
        if record.section.workstream:
            claim.given.setdefault("workstream", Given(record.section.workstream, place))
        if "lead" not in claim.given and not claim.problems:
            title = values.cut(str(claim.value("title")))
            self._refuse(record, claim, "lead", BadInput("import-lead-needed", title=title))
        return not claim.problems

    @property
    def figures_on(self) -> date | None:
        """The day to which the figures of the table count, where it names one."""
        return self._day_of_figures if isinstance(self._day_of_figures, date) else None

    def _beside(self, claim: Claim) -> frozenset[str]:
        """Return the fields whose cell may be left out without its row: who is in charge, how far a
        task is that is counted by figures, and what this officer cannot change anyway.
        """
        measured = claim.task is not None and claim.task.measure is not None
        beside = {"owner", "progress"} if measured else {"owner"}
        if claim.task is not None and not self._manages:
            beside |= _NOT_ASSIGNED
            if self._table.doubtful is None or not words.is_finished(claim.value("status")):
                beside |= {"due_on"}
        return frozenset(beside)

    def _status_elsewhere(self, record: Record, claim: Claim) -> None:
        """Take a status that stands under "Tiến độ" or "Tình hình thực hiện", where no other is."""
        for name in ("progress", "result"):
            cell = record.cells.get(name)
            is_loose = name == "progress" or spelling.is_of_both(self._table.written(name))
            said = words.status(cell) if isinstance(cell, str) and is_loose else None
            held = record.cells.get("status")
            if said is not None and (values.is_empty(held) or said.status is None):
                place = self._table.place(record.row, record.columns[name])
                claim.given.setdefault("status", Given(said, place))
                del record.cells[name]

    def _progress(self, cell: Value, claim: Claim) -> int:
        """Read a progress; that of a measured task may only repeat what its figures make."""
        said, task = quantities.progress(cell), claim.task
        if task is not None and task.measure is not None and rules.progress(task) != said:
            raise Refused("progress-of-measure", code=task.code, unit=task.measure.unit)
        return said

    def _readers(self, claim: Claim) -> Mapping[str, Callable[[Value], object]]:
        state = self._state
        return {
            "title_en": values.line,
            "product": values.line,
            "coop": self._units,
            "confirm": self._unit,
            "owner": self._owner,
            "start_on": lambda cell: values.day(cell, state),
            "status": self._status,
            "due_on": lambda cell: values.day(cell, state),
            "weight": quantities.weight,
            "claimed_on": lambda cell: values.day(cell, state),
            "progress": lambda cell: self._progress(cell, claim),
            "result": values.text,
            "obstacle": values.standing,
            "request": values.standing,
            "reason": values.text,
        }

    def _figure(self, record: Record, claim: Claim) -> None:
        """Read a figure with its day and what stands beside it."""
        self._take(record, claim, "figure_on", lambda cell: values.day(cell, self._state))
        self._take(record, claim, "note", values.text)
        self._take(record, claim, "document", values.line)
        beside = {name: claim.given.pop(name, None) for name in ("figure_on", "note", "document")}
        self._take(record, claim, "figure", lambda cell: self._measured(cell, claim))
        if (found := claim.given.pop("figure", None)) is not None:
            on = beside["figure_on"].value if beside["figure_on"] else self.figures_on
            if on is None and isinstance(self._day_of_figures, Exception):
                claim.problems.append(Problem(found.place, self._day_of_figures))
                return
            day = on if isinstance(on, date) else self._state.day
            note, document = (
                str(said.value) if (said := beside[name]) else None for name in ("note", "document")
            )
            value = found.value
            assert isinstance(value, Decimal)
            claim.figures.append(
                Reported(Figure(value, day, note, document), found.place, on is not None)
            )
            return
        if "figure" in record.cells and not values.is_empty(record.cells["figure"]):
            return  # refused: named already
        for said in filter(None, (beside["note"], beside["document"])):
            text = str(said.value)
            if not words.is_remark(text):
                error = BadInput("import-beside-figure", value=values.cut(text))
                claim.problems.append(Problem(said.place, error, stops=False))

    def _measured(self, cell: Value, claim: Claim) -> object:
        if claim.task is None:
            raise BadInput("import-figure-new")
        if claim.task.measure is None:
            raise BadInput("import-not-measured", code=claim.task.code)
        heading, unit = self._table.written("figure"), claim.task.measure.unit
        if spelling.is_rate(heading) and not unit.startswith("%"):
            raise BadInput("import-rate", code=claim.task.code, unit=unit, heading=heading)
        return quantities.figure(cell, claim.task.measure)

    def _refuse(self, record: Record, claim: Claim, name: str | None, error: Exception) -> None:
        column = record.columns.get(name, record.home) if name else record.home
        claim.problems.append(Problem(self._table.place(record.row, column), error))
