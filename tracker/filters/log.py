"""The filter of the log: words and tokens that an entry must all meet. Pure.

The names are those of the list's filter where both mean the same: `phường:`, `người:`, `không:`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import NotFound
from db.records import Kind, Officer
from tracker import rules, wording
from tracker.errors import BadInput
from tracker.filters import tokens
from tracker.filters.reading import day_meant, login_meant, positive, whoever_acts
from tracker.filters.tokens import name_of
from tracker.i18n import _, language
from tracker.logbook import TEXTS, Entry
from tracker.state import State
from tracker.vietnamese import clean_line, fold, match_unit
from tracker.wording import logged
from tracker.wording.labels import KINDS

Test = Callable[[Entry], bool]

KEYS = {
    "phuong": "unit", "don-vi": "unit", "unit": "unit",
    "nguoi": "actor", "can-bo": "actor", "officer": "actor", "by": "actor",
    "viec": "task", "ma": "task", "nhiem-vu": "task", "task": "task", "code": "task",
    "loai": "kind", "kind": "kind",
    "ngay": "day", "day": "day",
    "tu": "since", "since": "since", "sau": "since", "after": "since",
    "den": "until", "until": "until", "truoc": "until", "before": "until",
    "khong": "not", "not": "not",
}  # fmt: skip
FLAGS = {"cua-toi": "mine", "mine": "mine"}
SHOWN = {
    "vi": ("phường:", "đơn-vị:", "người:", "việc:", "loại:", "ngày:", "từ:", "đến:", "không:"),
    "en": ("unit:", "officer:", "task:", "kind:", "day:", "since:", "until:", "not:"),
}
EXAMPLES = {
    "unit": "phường:KD",
    "actor": "người:kd.vptk",
    "task": "việc:NS-04",
    "kind": "loại:cập-nhật",
    "day": "ngày:20/11",
    "since": "từ:15/11",
    "until": "đến:20/11",
    "not": "không:loại:cập-nhật",
}


@dataclass(frozen=True, slots=True)
class LogFilter:
    """A parsed filter. `first` and `last` are the days outside of which nothing can pass."""

    tests: tuple[Test, ...] = ()
    first: date | None = None
    last: date | None = None

    def __call__(self, entry: Entry) -> bool:
        """Whether every word and token holds."""
        return all(test(entry) for test in self.tests)


def parse(arguments: Sequence[str], state: State, officer: Officer | None = None) -> LogFilter:
    """Read arguments as tokens or words.

    Raises `BadInput` for a wrong token, naming the nearest right one, and what `match_unit` and
    `parse_date` raise.
    """
    lens = _Lens(state, officer)
    tests: list[Test] = []
    firsts: list[date] = []
    lasts: list[date] = []
    for argument in arguments:
        text, negated = positive(clean_line(argument), KEYS)
        if not text:
            continue
        head, colon, value = text.partition(":")
        key = KEYS.get(name_of(head)) if colon else None
        if key in ("day", "since", "until"):
            day = lens.day(key, value.strip(), text)
            tests.append(_opposite(_on(key, day)) if negated else _on(key, day))
            if not negated:
                firsts += [day] if key != "until" else []
                lasts += [day] if key != "since" else []
            continue
        test = lens.test(key, value.strip(), text)
        tests.append(_opposite(test) if negated else test)
    return LogFilter(tuple(tests), max(firsts, default=None), min(lasts, default=None))


class _Said:
    """Tells whether words stand in an entry, or in what is known of its task and officer.

    What many entries have in common is folded once: folding costs more than all the rest.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._about: dict[tuple[str, str | None, str | None, str], str] = {}

    def has(self, entry: Entry, word: str) -> bool:
        """Whether a folded word stands there."""
        if word in self._of_frame(entry):
            return True
        own = [f"{wording.field(part)} {text}" for part in TEXTS if (text := entry.text(part))]
        own += filter(None, (entry.note, entry.reason))
        return any(word in fold(text) for text in own)

    def _of_frame(self, entry: Entry) -> str:
        head, state = entry.head, self._state
        key = (entry.task or head.ref, head.actor, head.unit, entry.kind)
        if key not in self._about:
            task = state.tasks.get(entry.task or "")
            officer = state.officers.get(head.actor or "")
            known = (
                entry.task or head.ref,
                task and task.title,
                task and state.unit_name(task.lead),
                head.actor,
                officer and officer.name,
                state.unit_name(head.unit),
                state.unit_name(logged.unit_of(head)) if head.entity == "bonus" else None,
                wording.kind(entry.kind),
            )
            self._about[key] = fold(" ".join(filter(None, known)))
        return self._about[key]


def _opposite(test: Test) -> Test:
    return lambda entry: not test(entry)


def _on(key: str, day: date) -> Test:
    text = day.isoformat()
    if key == "since":
        return lambda entry: entry.head.day >= text
    if key == "until":
        return lambda entry: entry.head.day <= text
    return lambda entry: entry.head.day == text


@dataclass(frozen=True, slots=True)
class _Lens:
    """What tokens are read against: the campaign, its day, and who asks."""

    state: State
    officer: Officer | None

    def test(self, key: str | None, value: str, token: str) -> Test:
        if key is None:
            if FLAGS.get(name_of(token)):
                return self._mine(token)
            self._refuse_slip(token)
            folded, said = fold(token), _Said(self.state)
            return lambda entry: said.has(entry, folded)
        if not value:
            raise BadInput("empty-token", token=token, example=EXAMPLES[key])
        if key == "unit":
            return self._unit(match_unit(value, self.state.units.values()).code)
        if key == "actor":
            login = login_meant(value, token, self.state, self.officer)
            return lambda entry: entry.head.actor == login
        if key == "task":
            return self._task(value, token)
        return self._kind(value, token)

    def day(self, key: str, value: str, token: str) -> date:
        if not value:
            raise BadInput("empty-token", token=token, example=EXAMPLES[key])
        return day_meant(value, self.state, forward=False)

    def _mine(self, token: str) -> Test:
        officer, tasks = whoever_acts(self.officer, token), self.state.tasks
        own = {code for code, task in tasks.items() if rules.is_mine(task, officer)}
        return lambda entry: entry.head.actor == officer.login or entry.task in own

    def _unit(self, unit: str) -> Test:
        led = {code for code, task in self.state.tasks.items() if task.lead == unit}

        def concerns(entry: Entry) -> bool:
            head = entry.head
            given = head.entity == "bonus" and logged.unit_of(head) == unit
            return head.unit == unit or entry.task in led or given

        return concerns

    def _task(self, value: str, token: str) -> Test:
        code = fold(value).upper()
        codes = self.state.tasks
        if not any(known == code or known.startswith(f"{code}.") for known in codes):
            _refuse(token, value, codes)
            raise NotFound("task", value)
        return lambda entry: entry.task == code or (entry.task or "").startswith(f"{code}.")

    def _kind(self, value: str, token: str) -> Test:
        wanted = name_of(value)
        for kind, label in KINDS.items():
            if wanted in (name_of(kind.value), name_of(label), name_of(_(label))):
                return lambda entry: any(event.kind == kind for event in entry.events)
        known = tuple(map(kind_token, Kind))
        _refuse(token, value, (*known, *Kind))
        raise BadInput("no-token", token=token, known=known)

    def _refuse_slip(self, token: str) -> None:
        head, colon, _value = token.partition(":")
        if not colon or not tokens.looks_like_a_key(head):
            return
        shown = [name for names in SHOWN.values() for name in names]
        if near := tokens.nearest(head, (name_of(name.rstrip(":")) for name in shown), shown):
            raise BadInput("unknown-token", token=token, nearest=" / ".join(near))
        raise BadInput("no-token", token=token, known=SHOWN[language()])


def _refuse(token: str, value: str, known: Iterable[str]) -> None:
    """Refuse a token whose value looks like one that there is, naming that one."""
    spelled = {name_of(each): each for each in known}
    if near := tokens.nearest(value, spelled, spelled.values()):
        head = token.partition(":")[0]
        meant = " / ".join(f"{head}:{each}" for each in near)
        raise BadInput("unknown-token", token=token, nearest=meant)


def kind_token(kind: Kind) -> str:
    """Return a kind of entry as a token's value in the current language: "cập-nhật"."""
    return wording.kind(kind).lower().replace(" ", "-")
