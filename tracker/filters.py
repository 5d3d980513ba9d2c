"""The filter language, the same for `tracker list` and the board: words and tokens that must all
hold. Pure.

Token names and values are compared accent-blind; each has a Vietnamese and an English name.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.records import Officer, Status, Task
from tracker import rules
from tracker.errors import BadInput
from tracker.i18n import _
from tracker.rules import State
from tracker.state import State as CampaignState
from tracker.vietnamese import clean_line, collation_key, fold, has_accents, match_unit, parse_date
from tracker.wording.labels import STATES, STATUSES

Test = Callable[[Task], bool]

KEYS = {
    "phuong": "unit", "don-vi": "unit", "unit": "unit",
    "linh-vuc": "stream", "stream": "stream",
    "nguoi": "owner", "owner": "owner",
    "tinh-trang": "state", "state": "state",
    "han": "due", "due": "due",
    "truoc": "before", "before": "before",
    "sau": "after", "after": "after",
    "phoi-hop": "coop", "coop": "coop",
    "xac-nhan": "confirm", "confirm": "confirm",
    "khong": "not", "not": "not",
}  # fmt: skip
FLAGS = {
    "qua-han": "overdue", "overdue": "overdue",
    "sap-han": "due-soon", "due-soon": "due-soon",
    "chua-xong": "open", "open": "open",
    "xong": "done", "done": "done",
    "im-lang": "stale", "stale": "stale",
    "cua-toi": "mine", "mine": "mine",
    "vuong": "blocked", "blocked": "blocked",
}  # fmt: skip
# What a person sees offered; the spelling with accents stands for all of its synonyms.
SHOWN = (
    "phường:", "đơn-vị:", "unit:", "lĩnh-vực:", "stream:", "người:", "owner:", "tình-trạng:",
    "state:", "hạn:", "due:", "trước:", "before:", "sau:", "after:", "phối-hợp:", "coop:",
    "xác-nhận:", "confirm:", "không:", "not:", "quá-hạn", "overdue", "sắp-hạn", "due-soon",
    "chưa-xong", "open", "xong", "done", "im-lặng", "stale", "của-tôi", "mine", "vướng",
    "blocked",
)  # fmt: skip
ME = frozenset({"toi", "me"})
SORTS = ("code", "title", "unit", "due", "state", "progress", "updated", "weight", "stream")
_EXAMPLES = {
    "unit": "phường:KD",
    "coop": "phối-hợp:CAQ",
    "confirm": "xác-nhận:TCKH",
    "stream": "lĩnh-vực:NS",
    "owner": "người:kd.vptk",
    "state": "tình-trạng:quá-hạn",
    "due": "hạn:15/12",
    "before": "trước:15/12",
    "after": "sau:01/12",
    "not": "không:xong",
}
_COMPARED = {"<": "before", "<=": "before", ">": "after", ">=": "after", "=": "due"}


@dataclass(frozen=True, slots=True)
class Filter:
    """A parsed filter. `words` are what was typed as plain words, accents kept, for ranking."""

    tests: tuple[Test, ...]
    words: tuple[str, ...]

    def __call__(self, task: Task) -> bool:
        """Whether every word and token holds."""
        return all(test(task) for test in self.tests)

    def apply(self, tasks: Iterable[Task]) -> list[Task]:
        """Keep the tasks that pass, in their order; those that match typed accents exactly come
        first.
        """
        found = [task for task in tasks if self(task)]
        accented = [word.casefold() for word in self.words if has_accents(word)]
        if accented:
            found.sort(key=lambda task: not all(word in _plain(task) for word in accented))
        return found


def _plain(task: Task) -> str:
    return " ".join(
        filter(None, (task.title, task.product, task.result, task.obstacle, task.request))
    ).casefold()


def split(line: str) -> list[str]:
    """Split a typed line into arguments: spaces part them, quotes keep them together; never
    raises.
    """
    parts = re.findall(r'(?:[^\s"]|"[^"]*"?)+', line)
    return [part.replace('"', "") for part in parts if part.replace('"', "")]


def parse(arguments: Sequence[str], state: CampaignState, officer: Officer | None = None) -> Filter:
    """Read arguments as tokens or words.

    Raises `BadInput` for a wrong token, naming the nearest right one, and what `match_unit` and
    `parse_date` raise.
    """
    tests: list[Test] = []
    words: list[str] = []
    lens = _Lens(state, officer)
    for argument in arguments:
        text = clean_line(argument)
        if not text:
            continue
        test = lens.token(text)
        if test is None:
            words.append(text)
            test = _word(text)
        tests.append(test)
    return Filter(tuple(tests), tuple(words))


def _word(text: str) -> Test:
    folded = fold(text)
    code = folded.upper()
    return lambda task: folded in task.folded or task.code.startswith(code)


@dataclass(frozen=True, slots=True)
class _Lens:
    """What tokens are read against: the campaign, its day, and who asks."""

    state: CampaignState
    officer: Officer | None

    def token(self, text: str) -> Test | None:
        """Return the test of a token, or None for a plain word or phrase."""
        if text.startswith("-") and len(text) > 1:
            inner = self.token(text[1:]) or _word(text[1:])
            return lambda task: not inner(task)
        if compared := re.fullmatch(r"(\S+?)(<=|>=|<|>|=)(.+)", text):
            name, sign, value = compared.groups()
            if KEYS.get(_name(name)) == "due":
                return self._keyed(_COMPARED[sign], value, text)
        head, colon, value = text.partition(":")
        key = KEYS.get(_name(head))
        if colon and key:
            return self._keyed(key, value.strip(), text)
        if colon and " " not in head and head:
            raise BadInput("unknown-token", token=text, nearest=_nearest(head + ":", SHOWN))
        flag = FLAGS.get(_name(text))
        if flag:
            return self._flag(flag, text)
        if "-" in text and " " not in text and not any(c.isdigit() for c in text):
            raise BadInput("unknown-token", token=text, nearest=_nearest(text, SHOWN))
        return None

    def _keyed(self, key: str, value: str, token: str) -> Test:
        if not value:
            raise BadInput("empty-token", token=token, example=_EXAMPLES[key])
        match key:
            case "not":
                inner = self.token(value) or _word(value)
                return lambda task: not inner(task)
            case "unit" | "coop" | "confirm":
                unit = match_unit(value, self.state.units.values()).code
                if key == "unit":
                    return lambda task: task.lead == unit
                if key == "coop":
                    return lambda task: unit in task.coop
                return lambda task: task.confirm == unit
            case "stream":
                stream = self._stream(value)
                return lambda task: task.workstream == stream
            case "owner":
                login = self._login(value, token)
                return lambda task: task.owner == login
            case "state":
                return self._state(value)
        day = self._day(value)
        if key == "before":
            return lambda task: task.due_on is not None and task.due_on <= day
        if key == "after":
            return lambda task: task.due_on is not None and task.due_on >= day
        return lambda task: task.due_on == day

    def _day(self, value: str) -> date:
        campaign = self.state.campaign
        window = (campaign.launch, campaign.books_close)
        return parse_date(value, today=self.state.day, window=window, forward=True)

    def _stream(self, value: str) -> str:
        wanted = fold(value)
        streams = self.state.workstreams.values()
        for stream in streams:
            if wanted in (fold(stream.code), fold(stream.name), fold(stream.name_en)):
                return stream.code
        parts = [s.code for s in streams if wanted in fold(s.name) or wanted in fold(s.name_en)]
        if len(parts) == 1:
            return parts[0]
        known = parts or [stream.code for stream in streams]
        raise BadInput("unknown-stream", value=value, nearest=_nearest(value, known))

    def _login(self, value: str, token: str) -> str:
        if fold(value) in ME:
            if self.officer is None:
                raise BadInput("nobody-is-me", token=token)
            return self.officer.login
        if value.lower() not in self.state.officers:
            raise BadInput(
                "unknown-person", value=value, nearest=_nearest(value, self.state.officers)
            )
        return value.lower()

    def _lateness(self, task: Task) -> State:
        return rules.lateness(task, self.state.day, self.state.campaign.due_soon_days).state

    def _state(self, value: str) -> Test:
        wanted = _name(value)
        if wanted in FLAGS:
            return self._flag(FLAGS[wanted], value)
        for status in STATUSES:
            if wanted in _spellings(status.value, STATUSES[status]):
                return lambda task: task.status is status
        for state in STATES:
            if wanted in _spellings(state.value, STATES[state]):
                return lambda task: self._lateness(task) is state
        known = [*Status, *State]
        raise BadInput("unknown-state", value=value, nearest=_nearest(value, known))

    def _flag(self, flag: str, token: str) -> Test:
        day, stale_days = self.state.day, self.state.campaign.stale_days
        match flag:
            case "overdue":
                return lambda task: self._lateness(task) is State.OVERDUE
            case "due-soon":
                return lambda task: self._lateness(task) is State.DUE_SOON
            case "open":
                return lambda task: task.status in rules.OPEN
            case "done":
                return lambda task: task.status is Status.COMPLETED
            case "stale":
                return lambda task: rules.is_stale(task, day, stale_days)
            case "blocked":
                return rules.is_blocked
        officer = self.officer
        if officer is None:
            raise BadInput("nobody-is-me", token=token)
        return lambda task: rules.is_mine(task, officer)


def _name(text: str) -> str:
    """Return the key by which token names are compared: folded, with dashes between words."""
    return re.sub(r"[\s_-]+", "-", fold(text).strip())


def _spellings(key: str, label: str) -> set[str]:
    return {_name(key), _name(label), _name(_(label))}


def _nearest(text: str, known: Iterable[str]) -> str:
    """Return the one or two known spellings that look most like `text`."""
    from difflib import get_close_matches

    spellings = {fold(name): name for name in reversed(list(known))}
    found = get_close_matches(fold(text)[:80], spellings, n=2, cutoff=0.3)
    return " / ".join(spellings[name] for name in found) or next(iter(spellings.values()))


def sort(tasks: Iterable[Task], key: str, state: CampaignState) -> list[Task]:
    """Sort tasks by one of `SORTS`, reversed with a leading "-"; equal ones stay in code order."""
    name, down = key.removeprefix("-"), key.startswith("-")
    if name not in SORTS:
        raise BadInput("unknown-sort", value=key, known=SORTS)
    order = {stream: n for n, stream in enumerate(state.workstreams)}
    ranks = {each: n for n, each in enumerate(State)}
    soon = state.campaign.due_soon_days
    keys: dict[str, Callable[[Task], Any]] = {
        "code": lambda task: 0,
        "title": lambda task: collation_key(task.title),
        "unit": lambda task: collation_key(state.unit_name(task.lead)),
        "due": lambda task: (task.due_on is None, task.due_on or date.max),
        "state": lambda task: ranks[rules.lateness(task, state.day, soon).state],
        "progress": lambda task: rules.progress(task) if rules.progress(task) is not None else -1,
        "updated": lambda task: task.updated_on or date.min,
        "weight": lambda task: task.weight,
        "stream": lambda task: order.get(task.workstream, 0),
    }
    by_code = sorted(tasks, key=lambda task: (order.get(task.workstream, 0), task.code))
    if name == "code":
        return by_code[::-1] if down else by_code
    return sorted(by_code, key=keys[name], reverse=down)
