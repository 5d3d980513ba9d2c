"""From the sheets of a file and the state of a campaign to the plan of an import. Pure.

A row with a problem is left out whole, and never stops the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain

from db.readings import to_figure, to_value
from db.records import Officer
from tracker.errors import BadInput
from tracker.importing import comparing, headings, spelling, values
from tracker.importing.claims import Claim, Given, Reading, Reported
from tracker.importing.fields import HEADINGS, OFFICER
from tracker.importing.fonts import in_unicode
from tracker.importing.headings import Table
from tracker.importing.matching import Finder
from tracker.importing.records import About, Item, Place, Plan, Problem, Skip, Used, Verdict
from tracker.importing.rows import Record, records
from tracker.importing.settling import settle
from tracker.importing.spelling import key
from tracker.importing.whose import refuse_matrix
from tracker.sheets.records import Sheet
from tracker.state import State
from tracker.vietnamese import clean_line
from tracker.vietnamese.legacy import Font

_FEW = 8  # headings that are named where none looks like the one that was asked for
_NEAR = Decimal("0.01")  # two figures of one indicator, each rounded to two places


def prepare(
    sheets: Sequence[Sheet],
    state: State,
    *,
    mapping: Mapping[str, str] | None = None,
    saved: Mapping[str, str] | None = None,
    officer: Officer | None = None,
    source: str = "",
    legacy: Font | None = None,
) -> Plan:
    """Return what importing the sheets would do, as far as can be told without the file's rules.

    `mapping` names the heading of a field and must fit; `saved` is such a mapping of earlier, used
    where it fits. `source` is the name of the file, `legacy` the font to convert from. Raises
    BadInput where no table is found, a mapping does not fit, or text is in a legacy font.
    """
    sheets, converted = in_unicode(sheets, legacy)
    named = {key(heading): field for field, heading in (saved or {}).items()}
    named |= _checked(mapping or {}, sheets)
    tables, left_out = _tables(sheets, named)
    hidden = {sheet.name: sheet.hidden_rows for sheet in sheets}
    finder = Finder(state, officer)
    skipped: list[tuple[Place, Skip]] = []
    used: list[Used] = []
    claims: list[Claim] = []
    for table in tables:
        refuse_matrix(table, state)
        reading = Reading(table, state, finder, officer)
        found = list(records(table, state))
        skipped += [(table.place(each[0]), each[1]) for each in found if isinstance(each, tuple)]
        said = [reading.claim(each) for each in found if isinstance(each, Record)]
        settle(table, said, state.day)
        claims += said
        columns = {field: table.headings[n] for n, field in table.fields.items()}
        hidden_rows = tuple(n for n in hidden[table.sheet] if n > table.row)
        used.append(
            Used(table.sheet, table.row, columns, reading.figures_on, table.personal, hidden_rows)
        )
    merged = _merged(claims)
    _place_new(merged)
    _agree(merged)
    items = [item for claim in merged if (item := _item(claim, state, officer)) is not None]
    problems = tuple(chain.from_iterable(claim.problems for claim in merged))
    changed = {item.code for item in items if item.verdict is Verdict.CHANGED}
    plan = Plan(
        clean_line(source)[:120],
        tuple(items),
        problems,
        tuple(chain.from_iterable(table.unknown(named) for table in tables)),
        tuple(skipped),
        tuple(used),
        left_out,
        converted,
        {code: task.version for code, task in state.tasks.items() if code in changed},
        tuple(sheet.name for sheet in sheets if sheet.is_hidden),
    )
    return replace(plan, problems=plan.in_order(problems))


def _checked(mapping: Mapping[str, str], sheets: Sequence[Sheet]) -> dict[str, str]:
    """Return fields by heading; refuse a field or a heading that there is not."""
    found: dict[str, str] = {}
    present = {
        key(text): text
        for sheet in sheets
        for row in sheet.rows[:25]
        for cell in row.cells
        if (text := headings.label(cell))
    }
    for name, heading in mapping.items():
        field = spelling.field_of(name)
        if field is None:
            fields = values.nearest_of(name, list(HEADINGS)) or list(HEADINGS)
            known = tuple(f"{each} ({spelling.shown(each)})" for each in fields)
            raise BadInput("import-field", value=values.cut(name), known=known)
        if key(heading) not in present:
            written = _written(sheets) or list(present.values())
            near = values.nearest_of(heading, written) or written[:_FEW]
            nearest = tuple(map(values.cut, near))
            raise BadInput("import-heading", value=values.cut(heading), nearest=nearest)
        found[key(heading)] = field
    return found


def _written(sheets: Sequence[Sheet]) -> list[str]:
    """Return the headings of all tables as written."""
    found = (headings.find(sheet, {}) for sheet in sheets if sheet.rows)
    return [text for table in found if table for text in table.headings.values()]


def _tables(
    sheets: Sequence[Sheet], named: Mapping[str, str]
) -> tuple[list[Table], tuple[str, ...]]:
    """Return the tables to import, and the names of the sheets left out: those whose headings say
    less than the best one's, unless they hold officers. The sheets of wards share one form.
    """
    found = [table for sheet in sheets if sheet.rows and (table := headings.find(sheet, named))]
    if not found:
        raise _no_table(sheets, named)
    best = max((table for table in found if not table.is_of_officers), key=_width, default=None)
    form = set(best.fields.values()) if best else set()
    kept = [table for table in found if table.is_of_officers or set(table.fields.values()) == form]
    names = {table.sheet for table in kept}
    return kept, tuple(sheet.name for sheet in sheets if sheet.rows and sheet.name not in names)


def _no_table(sheets: Sequence[Sheet], named: Mapping[str, str]) -> BadInput:
    """Return what is wrong where no sheet has a table: perhaps only the heading of its tasks."""
    for sheet in sheets:
        if sheet.rows and (found := headings.unidentified(sheet, named)):
            known = tuple(map(spelling.shown, ("code", "title")))
            strange = tuple(map(values.cut, found[1]))
            code = "import-no-key" if strange else "import-no-key-left"
            return BadInput(code, row=found[0], sheet=sheet.name, known=known, strange=strange)
    first = tuple(map(spelling.shown, ("code", "title", "lead", "status")))
    return BadInput("import-no-table", known=first)


def _width(table: Table) -> int:
    return len(set(table.fields.values()) - OFFICER)


def _merged(claims: Sequence[Claim]) -> list[Claim]:
    """Join the rows about one task or officer; rows that contradict each other are both refused."""
    found: dict[tuple[str, ...], Claim] = {}
    alone: list[Claim] = []
    for claim in claims:
        if claim.is_stopped:
            alone.append(claim)
        elif (first := found.setdefault(claim.key, claim)) is not claim:
            _join(first, claim)
    order = {id(claim): n for n, claim in enumerate(claims)}
    return sorted((*found.values(), *alone), key=lambda claim: order[id(claim)])


def _join(first: Claim, second: Claim) -> None:
    for name, given in second.given.items():
        held = first.given.setdefault(name, given)
        if held.value != given.value:
            _contradict(first, held, given)
    for said in second.figures:
        same_day = [each for each in first.figures if each.figure.on == said.figure.on]
        if same_day and same_day[0].figure != said.figure:
            here = Given(same_day[0].figure, same_day[0].place)
            _contradict(first, here, Given(said.figure, said.place))
        elif not same_day:
            first.figures.append(said)
    first.places += second.places
    first.problems += second.problems
    first.has_claimed_column |= second.has_claimed_column


def _contradict(claim: Claim, held: Given, given: Given) -> None:
    error = BadInput("import-contradiction", row=held.place.row, other=given.place.row)
    claim.problems.append(Problem(given.place, error, (held.place,)))


def _place_new(claims: Sequence[Claim]) -> None:
    """Refuse a new task of which no row says to which workstream it belongs."""
    for claim in claims:
        is_new = claim.task is None and claim.officer is None
        if is_new and not claim.is_stopped and "workstream" not in claim.given:
            title = values.cut(str(claim.value("title")))
            error = BadInput("import-workstream-needed", title=title)
            claim.problems.append(Problem(claim.places[0], error))


def _agree(claims: Sequence[Claim]) -> None:
    """Make one figure of those that several tasks give for one indicator and day: the first is
    entered and serves the others; where they differ, all are refused.
    """
    first: dict[tuple[str, date], tuple[Claim, Reported]] = {}
    for claim in claims:
        measure = claim.task.measure if claim.task else None
        if measure is None or claim.is_stopped:
            continue
        for said in list(claim.figures):
            other, held = first.setdefault((measure.indicator, said.figure.on), (claim, said))
            if other is claim:
                continue
            if _is_one_figure(other, held, claim, said):
                claim.figures.remove(said)
            else:
                claim.problems.append(_other_figure(claim, said, other, held))
                other.problems.append(_other_figure(other, held, claim, said))


def _is_one_figure(one: Claim, held: Reported, other: Claim, said: Reported) -> bool:
    assert one.task is not None
    assert one.task.measure is not None
    assert other.task is not None
    assert other.task.measure is not None
    value = to_value(held.figure.value, one.task.measure.denominator)
    return abs(to_figure(value, other.task.measure.denominator) - said.figure.value) <= _NEAR


def _other_figure(claim: Claim, said: Reported, other: Claim, held: Reported) -> Problem:
    codes = [each.task.code if each.task else "" for each in (claim, other)]
    error = BadInput("import-two-figures", code=codes[0], other=codes[1], row=held.place.row)
    return Problem(said.place, error, (held.place,))


def _item(claim: Claim, state: State, officer: Officer | None) -> Item | None:
    """Return what a claim does, or None where a problem keeps it out; the problem stands in it."""
    if claim.is_stopped:
        return None
    is_officer = claim.officer is not None
    try:
        changes = (
            comparing.of_officer(claim, state)
            if is_officer
            else comparing.of_task(claim, state, officer)
        )
    except values.ERRORS as error:
        claim.problems.append(Problem(_cell(claim, error), error))
        return None
    is_new = claim.officer not in state.officers if is_officer else claim.task is None
    assigned = is_new or any(each.field in comparing.ASSIGNED for each in changes)
    held = claim.task.title if claim.task else claim.value("name" if is_officer else "title")
    reason = claim.value("reason")
    return Item(
        tuple(claim.places),
        About.OFFICER if is_officer else About.TASK if assigned else About.UPDATE,
        claim.officer if is_officer else claim.task.code if claim.task else None,
        str(held or ""),
        Verdict.NEW if is_new else Verdict.CHANGED if changes else Verdict.SAME,
        tuple(changes),
        str(reason) if reason else None,
    )


_CELLS = {
    "import-claimed": "claimed_on",
    "import-day-not-done": "claimed_on",
    "import-officer-off": "login",
}


def _cell(claim: Claim, error: Exception) -> Place:
    """Return the cell that a refused claim is about: mostly its status."""
    name = _CELLS.get(getattr(error, "code", ""), "status")
    given = claim.given.get(name)
    return given.place if given else claim.places[0]
