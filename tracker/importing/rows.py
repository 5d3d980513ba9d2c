"""The rows of a table that hold something, and what stands over them: the workstream or the unit of
a section. Headings of sections, totals, column numbers and signatures hold nothing, and are named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.importing import values
from tracker.importing.headings import Table, is_numbering, is_repeated, label
from tracker.importing.records import Skip
from tracker.sheets.records import Row, Value
from tracker.state import State
from tracker.vietnamese import UnknownName, clean_line, fold, match_unit, unit_key

_TOTAL = re.compile(
    r"(?:tong (?:cong|so|so nhiem vu|hop)|tong|cong|total)\b"
    r"[ :.\d]*(?:nhiem vu|viec|chi tieu|phuong|don vi)?\.?"
)
_ORDINAL = re.compile(r"(?:[ivxlc]+|[a-h]|\d{1,3}(?:\.\d{1,3})*)[.)]?")
_LETTER = re.compile(r"[ivxlc]+[.)]?|[a-h][.)]?")
_LED = re.compile(r"^(?:[ivxlc]+|[a-h]|\d{1,2})[.)/-]\s+", re.IGNORECASE)
_NAMED = frozenset({"linh vuc", "don vi"})  # words before the name of a section
_SIGNED = re.compile(
    r"(?:nguoi lap|lap bieu|nguoi tong hop|can bo tong hop|tm\.|kt\.|tl\.|t/m|chu tich|pho chu tich"
    r"|thu truong|truong phong|noi nhan|ghi chu\s*:|luu y|ky, ghi|\(ky|xac nhan cua|ke toan"
    r"|.{0,40}, ?ngay .{0,8}thang).*"
)
_SHARED = frozenset(
    {"lead", "unit", "workstream", "title", "coop", "confirm", "owner", "start_on", "due_on"}
)  # fields of which one cell may be merged over several rows
_PHRASE = 3  # cells in a row that is a text only, not a record


@dataclass(frozen=True, slots=True)
class Section:
    """What the rows of a section share."""

    workstream: str | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A row that names something, by field; `section` is what stands over it."""

    row: Row
    cells: dict[str, Value]
    columns: dict[str, int]
    section: Section

    @property
    def home(self) -> int | None:
        """The column that names what the row is about, else the first that holds something."""
        names = ("login", "code", "title")
        named = [self.columns[name] for name in names if self.cells.get(name) is not None]
        held = (n for n, cell in enumerate(self.row.cells) if cell is not None)
        return named[0] if named else next(held, None)


def records(table: Table, state: State) -> Iterator[Record | tuple[Row, Skip]]:
    """Yield what each row of a table holds, or why it holds nothing."""
    section, columns = Section(), {field: n for n, field in table.fields.items()}
    last = max((row.number for row in table.rows if names(row, table)), default=0)
    merged = _merged(table)
    for row in table.rows:
        texts = [text for cell in row.cells if (text := label(cell))]
        cells = {
            field: row.cells[n]
            for field, n in columns.items()
            if n < len(row.cells) and row.cells[n] is not None
        }
        if is_numbering(row) or is_repeated(row, table):
            yield row, Skip.NUMBERS
        elif any(_TOTAL.fullmatch(fold(text)) for text in texts[:2]):
            yield row, Skip.TOTAL
        elif len(texts) <= _PHRASE and any(_SIGNED.fullmatch(fold(text)) for text in texts):
            yield row, Skip.BELOW
        elif (found := _section(texts, section, state)) is not None:
            section = found
            yield row, Skip.SECTION
        elif row.number > last and not names(row, table) and len(texts) < _PHRASE:
            yield row, Skip.BELOW
        elif cells or _others(row, table):
            yield Record(row, merged.get(row.number, {}) | cells, columns, section)


def _merged(table: Table) -> dict[int, dict[str, Value]]:
    """Return by row number what cells that are merged downwards say of each row."""
    by_number = {row.number: row for row in table.rows}
    found: dict[int, dict[str, Value]] = {}
    for column, first, last in table.merged:
        field, row = table.fields.get(column), by_number.get(first)
        if field not in _SHARED or row is None or column >= len(row.cells):
            continue
        for number in by_number:
            if first < number <= last and row.cells[column] is not None:
                found.setdefault(number, {})[field] = row.cells[column]
    return found


def names(row: Row, table: Table) -> bool:
    """Whether a row has a code, a title or a login."""
    columns = [n for n, field in table.fields.items() if field in ("code", "title", "login")]
    return any(n < len(row.cells) and not values.is_empty(row.cells[n]) for n in columns)


def _others(row: Row, table: Table) -> bool:
    """Whether a row holds something in a column that is not left alone."""
    return any(
        cell is not None and n not in table.left_alone and n in table.headings
        for n, cell in enumerate(row.cells)
    )


def _section(texts: list[str], over: Section, state: State) -> Section | None:
    """Return the section that a row begins, or None where it is no heading of one.

    It has one text, perhaps after a number or letter. The name of a workstream or of a unit counts
    for the rows below; any other text does under a roman number or a letter.
    """
    ordinal = texts[0] if len(texts) == 2 and _ORDINAL.fullmatch(fold(texts[0])) else ""
    if len(texts) != 1 + bool(ordinal):
        return None
    said = _bare(texts[-1])
    if stream := values.workstream_named(said, state.workstreams):
        return Section(stream, None)
    if unit := unit_named(said, state):
        return Section(over.workstream, unit)
    is_heading = bool(_LETTER.fullmatch(fold(ordinal))) or _LED.match(texts[-1]) is not None
    return Section() if is_heading else None


def _bare(heading: str) -> str:
    """Return what a section is called, without its number and the word for what it is."""
    parts = _LED.sub("", heading).split()
    led = fold(" ".join(parts[:2])).rstrip(":") in _NAMED
    return clean_line(" ".join(parts[2:] if led else parts))


def unit_named(said: str, state: State) -> str | None:
    """Return the code of the unit of which a text is the whole name, or None."""
    try:
        unit = match_unit(said, state.units.values())
    except (UnknownName, ValueError):
        return None
    names = (unit.code, unit.name, unit.short_name, *unit.aliases)
    whole = {fold(name) for name in names} | {unit_key(name) for name in names}
    return unit.code if {fold(said), unit_key(said)} & whole else None
