"""Vietnamese words that many sentences of the report share: counts, shares, figures, days, names.

A report is an official paper and Vietnamese in every language of the program, so these words, like
all of this package, stand here and not in the catalogue.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from db.records import Behaviour, Measure, Task
from tracker.pace import Pace, is_missed
from tracker.state import State
from tracker.summary import Totals
from tracker.targets import Target
from tracker.vietnamese import format_date, format_number, format_percent

PACES = {
    Pace.BEYOND: "vượt kế hoạch",
    Pace.REACHED: "đạt kế hoạch",
    Pace.ON_PACE: "đúng nhịp",
    Pace.BEHIND: "chậm nhịp",
    Pace.AT_RISK: "nguy cơ không đạt",
    Pace.NO_DATA: "chưa có số liệu",
    Pace.COMPLETED: "đã hoàn thành, số liệu chưa đạt kế hoạch",
}
MISSED = "đã hết hạn, chưa đạt kế hoạch"
SHORT = (MISSED, PACES[Pace.AT_RISK], PACES[Pace.BEHIND])  # the worst first
# What a plan is called that somebody has assigned, by how its name begins.
_ASSIGNERS = ("thành phố", "tỉnh", "quận", "huyện", "thị xã", "hđnd", "ubnd")
_PLAN = "KH "  # how a unit of measure shortens the word for a plan
_HUNDREDTH = Decimal("0.01")
_NAMED = 5  # so many units are named, more are counted


def day(on: date) -> str:
    """Return "ngày 31/10/2022"."""
    return f"ngày {format_date(on)}"


def count(n: int, what: str = "nhiệm vụ") -> str:
    """Return a number of things: "1.234 nhiệm vụ"."""
    return f"{format_number(n)} {what}"


def share(part: int, whole: int) -> str:
    """Return a part in per cent of a whole above 0, to one decimal."""
    return format_percent(Decimal(part) * 100 / whole)


def lower_first(text: str) -> str:
    """Return a text as it goes on after a comma; a word in capitals stays."""
    first = text.split(" ", 1)[0]
    return text if first.isupper() and len(first) > 1 else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Return a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def movement(state: State) -> str:
    """Return what the campaign is called in a sentence: its name up to the short name, if that
    stands in it.
    """
    name, short = state.campaign.name, state.campaign.short_name
    at = name.casefold().find(short.casefold()) if short else -1
    return lower_first(name[: at + len(short)] if at >= 0 else name)


def unit(state: State, code: str) -> str:
    """Return the whole name of a unit, as a line begins with it."""
    return state.units[code].name if code in state.units else code


def running(state: State, code: str) -> str:
    """Return the whole name of a unit within a sentence: a ward's begins with a common noun."""
    name = unit(state, code)
    return lower_first(name) if code in _wards(state) else name


def units(state: State, codes: Sequence[str]) -> str:
    """Return the names of a few units, of more, or of all wards together, their number."""
    if len(codes) > _NAMED or (len(codes) > 1 and set(codes) == _wards(state)):
        return many(state, codes)
    return ", ".join(running(state, code) for code in codes)


def many(state: State, codes: Sequence[str]) -> str:
    """Return how many units there are: "15 phường", "3 đơn vị"."""
    return count(len(codes), "phường" if set(codes) <= _wards(state) else "đơn vị")


def _wards(state: State) -> set[str]:
    return {code for code, each in state.units.items() if each.is_ward}


def quoted(text: str) -> str:
    """Return what somebody wrote, whole and as one line, in quotation marks."""
    return f"“{' '.join(text.split())}”"


def number(value: Decimal, measure: Measure) -> str:
    """Return a bare figure: per cent to two decimals, since a conversion makes more."""
    if measure.unit.startswith("%"):
        value = value.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return format_number(value)


def figure(value: Decimal, measure: Measure) -> str:
    """Return a figure with its unit; of a share also of what: "84,6% kế hoạch thành phố giao"."""
    text = number(value, measure)
    if not measure.unit.startswith("%"):
        return f"{text} {measure.unit}"
    return " ".join(filter(None, (f"{text}%", _base(measure))))


def bare(value: Decimal, measure: Measure) -> str:
    """Return a figure beside another one of its measure, which names the denominator of both."""
    return f"{number(value, measure)}%" if _base(measure) else figure(value, measure)


def _base(measure: Measure) -> str:
    """Return what a share is counted of, "" where the measure does not say or is no share."""
    if not measure.unit.startswith("%"):
        return ""
    base = measure.unit[1:].strip()
    if not base.startswith(_PLAN):
        return base
    whose = base.removeprefix(_PLAN)
    return f"kế hoạch {whose}{' giao' if whose.casefold().startswith(_ASSIGNERS) else ''}"


def against(value: Decimal, measure: Measure, as_of: str = "") -> str:
    """Return a figure with its plan: "84,6%/100% kế hoạch thành phố giao"; `as_of` tells of which
    day the figure is.
    """
    if _base(measure) and measure.behaviour is not Behaviour.STOCK:
        return f"{bare(value, measure)}/{figure(measure.plan, measure)}{as_of}"
    return f"{figure(value, measure)}{as_of}, {plan(measure)}"


def rounded(value: Decimal) -> Decimal:
    """Return a computed figure to two decimals."""
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def pace(found: Target, on: date) -> str:
    """Return how a target goes; past its deadline it is no longer at risk: it has not been met."""
    value = found.standing.pace
    return MISSED if is_missed(found.task, value, on) else PACES[value]


def plan(measure: Measure, *, short: bool = False) -> str:
    """Return what is planned of a figure; of a stock, what may be left of it. `short` leaves out
    a denominator that stands before; one that is the plan itself is not said twice.
    """
    left = "còn " if measure.behaviour is Behaviour.STOCK else ""
    is_bare = short or _base(measure).startswith("kế hoạch")
    return f"kế hoạch {left}{(bare if is_bare else figure)(measure.plan, measure)}"


def done(totals: Totals) -> str:
    """Return the completed tasks: "hoàn thành 14 (đúng hạn 13, quá hạn 1)"."""
    if not totals.completed:
        return "chưa có nhiệm vụ hoàn thành"
    return f"hoàn thành {format_number(totals.completed)} ({done_parts(totals)})"


def left(totals: Totals) -> str:
    """Return the open tasks: "chưa hoàn thành 33 (đều trong hạn)"."""
    if not totals.open:
        return "không còn nhiệm vụ chưa hoàn thành"
    return f"chưa hoàn thành {format_number(totals.open)} ({left_parts(totals)})"


def done_parts(totals: Totals) -> str:
    """Return the completed tasks by how they stood to their deadlines."""
    return _parts(
        ("đúng hạn", totals.completed_on_time),
        ("quá hạn", totals.completed_late),
        ("không có hạn", totals.completed_no_due),
    )


def left_parts(totals: Totals) -> str:
    """Return the open tasks by how they stand to their deadlines."""
    return _parts(
        ("trong hạn", totals.open_in_time),
        ("quá hạn", totals.open_overdue),
        ("không có hạn", totals.open_no_due),
    )


def _parts(*classes: tuple[str, int]) -> str:
    """Return the classes that are not empty; where there is one only, that all are in it."""
    told = [(name, n) for name, n in classes if n]
    if len(told) == 1:
        name, n = told[0]
        return name if n == 1 else f"đều {name}"
    return ", ".join(f"{name} {format_number(n)}" for name, n in told)


def identity(totals: Totals) -> str:
    """Return the totals written out as the sum of the six classes of a report."""
    parts = (
        ("hoàn thành đúng hạn", totals.completed_on_time),
        ("hoàn thành quá hạn", totals.completed_late),
        ("hoàn thành không có hạn", totals.completed_no_due),
        ("chưa hoàn thành trong hạn", totals.open_in_time),
        ("chưa hoàn thành quá hạn", totals.open_overdue),
        ("chưa hoàn thành không có hạn", totals.open_no_due),
    )
    told = " + ".join(f"{format_number(n)} ({name})" for name, n in parts)
    return f"Tổng số {format_number(totals.assigned)} = {told}."


def task(state: State, found: Task, *, named: bool = True) -> str:
    """Return a task as it is told of in a list: its unit if that is to be named, title, code."""
    whose = f"{unit(state, found.lead)}: " if named else ""
    return f"{whose}{found.title} ({found.code})"
