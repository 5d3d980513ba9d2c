"""The matrix of wards on a screen, in words, as a Markdown page and as a sheet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from db.records import Task, Unit
from tracker import wording
from tracker.cli.layout import GAP, cells, pad, wrap
from tracker.cli.markdown import plain, table
from tracker.cli.marks import identity, illustrative
from tracker.cli.output import Output
from tracker.cli.task_text import STYLES
from tracker.i18n import _, language, ngettext
from tracker.matrix import Matrix, Row
from tracker.summary import Totals
from tracker.vietnamese import long_date
from tracker.wording import matrices

_CELL = 4  # a ward's code of three letters, and a gap
_LEAST_TITLE, _MOST_TITLE = 20, 60


def empty() -> str:
    """Return what is said where no ward has a task."""
    return _("No ward has a task in this campaign.")


def show(found: Matrix, out: Output, *, in_words: bool) -> None:
    """Print the matrix: by signs with their legend, or task by task in words."""
    out.lines(_in_words(found, out) if in_words else Screen(found, out).lines())


def _title(found: Matrix) -> str:
    text = _("The wards on {day}: {tasks} tasks, {n} wards")
    day = long_date(found.state.day, language())
    return text.format(day=day, tasks=len(found.rows), n=len(found.wards))


@dataclass(frozen=True)
class Screen:
    """The matrix by signs: as many wards beside each other as fit, then the rest below.

    A wide terminal has the titles of the tasks too.
    """

    found: Matrix
    out: Output

    def lines(self) -> Iterator[str]:
        """Yield the lines from top to bottom."""
        found, width = self.found, self.out.width
        yield from wrap(_title(found), width)
        for first in range(0, len(found.wards), self._room):
            yield ""
            yield from self._block(found.wards[first : first + self._room])
        yield ""
        signs = matrices.legend(found, ascii=self.out.ascii).items()
        yield from _packed([f"{sign} {text}" for sign, text in signs], width)
        yield from _packed([f"{ward.code} {ward.short_name}" for ward in found.wards], width)
        if not self._title_cells:
            yield _("tracker matrix --words tells the tasks by name")
        yield from identity(found.totals, width)

    @cached_property
    def _code_cells(self) -> int:
        return max(cells(text) for text in (*self.found.by_row, *_counts_of(self.found)))

    @cached_property
    def _done_cells(self) -> int:
        totals = (self.found.totals, *self.found.by_row.values())
        return max(map(cells, (_("Done"), *map(matrices.done, totals)))) + len(GAP)

    @cached_property
    def _room(self) -> int:
        """How many wards stand beside each other."""
        return max(1, (self.out.width - self._fixed) // _CELL)

    @property
    def _fixed(self) -> int:
        return self._code_cells + self._done_cells + _CELL

    @cached_property
    def _title_cells(self) -> int:
        left = self.out.width - self._fixed - _CELL * len(self.found.wards) - len(GAP)
        return min(_MOST_TITLE, left) if left >= _LEAST_TITLE else 0

    def _block(self, wards: Sequence[Unit]) -> Iterator[str]:
        """Yield the lines of some wards: heads, one line a task, three lines of counts; behind the
        last of all wards stand the counts of each task.
        """
        is_last = wards[-1] == self.found.wards[-1]
        late = "!" if self.out.ascii else "▲"
        heads = self._row("", "", (_right(ward.code) for ward in wards))
        yield self.out.paint(heads + (self._tail(_("Done"), late) if is_last else ""), "muted")
        for row in self.found.rows:
            marks = (self._mark(self.found.cells[row.code, ward.code]) for ward in wards)
            totals = self.found.by_row[row.code]
            tail = self._totals(totals) if is_last else ""
            yield self._row(row.code, matrices.title(row), marks) + tail
        for label, numbers in _counts_of(self.found, ascii=self.out.ascii).items():
            columns = (_right(numbers[ward.code]) for ward in wards)
            tail = self._totals(self.found.totals) if is_last and label == _("Done") else ""
            yield self.out.paint(self._row(label, "", columns) + tail, "muted")

    def _row(self, code: str, title: str, columns: Iterable[str]) -> str:
        named = f"{GAP}{pad(title, self._title_cells)}" if self._title_cells else ""
        return pad(code, self._code_cells) + named + "".join(columns)

    def _totals(self, totals: Totals) -> str:
        late = matrices.late(totals, ascii=self.out.ascii)
        return self._tail(matrices.done(totals), late).rstrip()

    def _tail(self, done: str, late: str) -> str:
        return pad(done, self._done_cells, right=True) + _right(late)

    def _mark(self, task: Task | None) -> str:
        if task is None:
            return _right("")
        late = self.found.lateness(task)
        sign = wording.symbol(task, late, ascii=self.out.ascii)
        return self.out.paint(_right(sign), STYLES.get(late.state, ""))


def _right(text: str) -> str:
    return pad(text, _CELL, right=True)


def _packed(items: Iterable[str], width: int) -> Iterator[str]:
    """Yield items in lines, none of them broken."""
    line = ""
    for item in items:
        longer = f"{line}   {item}" if line else item
        if line and cells(longer) > width:
            yield line
            longer = item
        line = longer
    yield line


def _counts_of(found: Matrix, *, ascii: bool = False) -> dict[str, dict[str, str]]:
    """Return what stands below the columns: a label, and a number for each ward."""
    by_ward = found.by_ward.items()
    return {
        _("Assigned"): {code: str(totals.assigned) for code, totals in by_ward},
        _("Done"): {code: str(totals.completed) for code, totals in by_ward},
        _("Overdue"): {code: matrices.late(totals, ascii=ascii) for code, totals in by_ward},
    }


def _in_words(found: Matrix, out: Output) -> Iterator[str]:
    yield from wrap(_title(found), out.width)
    for row in found.rows:
        yield ""
        yield from wrap(f"{row.code} · {matrices.title(row)}", out.width)
        for line in _row_in_words(found, row):
            yield from _hanging(line, out.width)
    yield ""
    yield from identity(found.totals, out.width)


def _hanging(line: str, width: int) -> Iterator[str]:
    first, *rest = wrap(line, width - 4)
    yield f"  {first}"
    yield from (f"    {each}" for each in rest)


def _row_in_words(found: Matrix, row: Row) -> Iterator[str]:
    """Yield for each state of a task its count and the wards, the most pressing state first."""
    wards: dict[str, list[str]] = {text: [] for text in matrices.legend(found).values()}
    for ward in found.wards:
        task = found.cells[row.code, ward.code]
        if task is not None:
            late = found.lateness(task)
            n = late.days_overdue
            days = ngettext("{n} day", "{n} days", n).format(n=n)
            name = f"{ward.short_name} ({days})" if n else ward.short_name
            wards[matrices.word(task, late)].append(name)
    for text, names in wards.items():
        if names:
            yield f"{text} ({len(names)}): {', '.join(names)}"


def markdown(found: Matrix) -> Iterator[str]:
    """Yield a Markdown page: the matrix as a table of signs, and their legend."""
    campaign = found.state.campaign
    yield f"# {plain(campaign.short_name)} · {long_date(found.state.day, language())}"
    yield ""
    if mark := illustrative(campaign):
        yield from (f"**{mark}**", "")
    yield from (_title(found), "")
    head = (_("Code"), _("Task"), *(ward.code for ward in found.wards), _("Done"), _("Overdue"))
    rows = [
        (row.code, matrices.title(row), *_signs(found, row), *_numbers(found.by_row[row.code]))
        for row in found.rows
    ]
    whole = {_("Done"): _numbers(found.totals)}
    totals = [
        ("", label, *numbers.values(), *whole.get(label, ("", "")))
        for label, numbers in _counts_of(found).items()
    ]
    yield from table(head, [*rows, *totals])
    signs = matrices.legend(found).items()
    yield from ("", " · ".join(f"{sign} {text}" for sign, text in signs))
    yield from ("", wording.identity(found.totals))


def _signs(found: Matrix, row: Row) -> Iterator[str]:
    for ward in found.wards:
        task = found.cells[row.code, ward.code]
        yield wording.symbol(task, found.lateness(task)) if task else ""


def _numbers(totals: Totals) -> tuple[str, str]:
    return matrices.done(totals), matrices.late(totals)


def sheet(found: Matrix) -> Iterator[Sequence[object]]:
    """Yield the rows of a spreadsheet: each cell is the state in words, empty without a task."""
    yield (
        _("Code"), _("Task"), *(ward.short_name for ward in found.wards), _("Assigned"),
        _("Done"), _("Overdue"),
    )  # fmt: skip
    for row in found.rows:
        copies = (found.cells[row.code, ward.code] for ward in found.wards)
        totals = found.by_row[row.code]
        yield (
            row.code, matrices.title(row),
            *(wording.state(task, found.lateness(task)) if task else None for task in copies),
            totals.assigned, totals.completed, totals.open_overdue,
        )  # fmt: skip
    by_ward = found.by_ward.values()
    for label, numbers in (
        (_("Assigned"), [totals.assigned for totals in by_ward]),
        (_("Done"), [totals.completed for totals in by_ward]),
        (_("Overdue"), [totals.open_overdue for totals in by_ward]),
    ):
        yield (None, label, *numbers, None, None, None)
