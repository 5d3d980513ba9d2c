"""From typed arguments to a filter: what each token and word asks of a task."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.records import Officer, Status, Task, Workstream
from tracker import rules
from tracker.errors import BadInput
from tracker.filters import paces, tokens
from tracker.filters.tokens import FLAGS, KEYS, name_of
from tracker.i18n import _
from tracker.rules import State
from tracker.state import State as CampaignState
from tracker.vietnamese import accent_key, clean_line, fold, has_accents, match_unit, parse_date
from tracker.wording.labels import STATES, STATUSES

Test = Callable[[Task], bool]

ME = frozenset({"toi", "me"})
_COMPARED = {"<": "before", "<=": "before", ">": "after", ">=": "after", "=": "due"}
_COMPLETED = {  # as reports say it, and as the states' labels do
    "hoan-thanh-dung-han": "xong-dung-han",
    "hoan-thanh-qua-han": "xong-qua-han",
    "hoan-thanh-muon": "xong-qua-han",
    "completed-on-time": "done-on-time",
    "completed-late": "done-late",
}
_JOINT = r"(?<=[^\W\d_])[-_]|[-_](?=[^\W\d_])"  # the dashes of "hôm-qua", not those of "22-11"
_TWO_TONE_PLACES = r"o[ae]|uy"  # "hòa" and "hoà", "ủy" and "uỷ"


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
        found = list(tasks)
        for test in self.tests:
            found = [task for task in found if test(task)]
        accented = [word for word in self.words if has_accents(word)]
        if accented:
            found.sort(key=lambda task: not _says_exactly(task, accented))
        return found


def _says_exactly(task: Task, words: Sequence[str]) -> bool:
    parts = (task.title, task.product, task.result, task.obstacle, task.request)
    text = " ".join(filter(None, parts))
    return all(
        word.casefold() in text.casefold()
        or (re.search(_TWO_TONE_PLACES, fold(word)) and accent_key(word) in accent_key(text))
        for word in words
    )


def split(line: str) -> list[str]:
    """Split a typed line into arguments: spaces part them, quotes keep them together; never
    raises.
    """
    parts = re.findall(r'(?:[^\s"]|"[^"]*"?)+', line)
    return [part.replace('"', "") for part in parts if part.replace('"', "")]


def parse(arguments: Sequence[str], state: CampaignState, officer: Officer | None = None) -> Filter:
    """Read arguments as tokens or words.

    Raises `BadInput` for a wrong token, naming the nearest right one, and what `match_unit` and
    `parse_date` raise. A word that looks like a mistyped token is one only if no task holds it.
    """
    tests: list[Test] = []
    words: list[str] = []
    lens = _Lens(state, officer)
    for argument in arguments:
        text, negated = positive(clean_line(argument), KEYS)
        if not text:
            continue
        test = lens.token(text)
        if test is None:
            test = _word(text)
            lens.refuse_slip(text, test)
            if not negated:
                words.append(text)
        tests.append(_opposite(test) if negated else test)
    return Filter(tuple(tests), tuple(words))


def positive(text: str, keys: Mapping[str, str]) -> tuple[str, bool]:
    """Return what a token says without its "-" and "không:", and whether it was negated."""
    negated, whole = False, text
    while True:
        head, colon, value = text.partition(":")
        if text.startswith("-") and len(text) > 1:
            text = clean_line(text[1:])
        elif colon and keys.get(name_of(head)) == "not":
            text = clean_line(value)
            if not text:
                raise BadInput("empty-token", token=whole, example=tokens.EXAMPLES["not"])
        else:
            return text, negated
        negated = not negated


def _opposite(test: Test) -> Test:
    return lambda task: not test(task)


def _word(text: str) -> Test:
    folded = fold(text)
    part = "." + folded.upper()
    return lambda task: folded in task.folded or part in f".{task.code}"


def match_stream(text: str, streams: Collection[Workstream]) -> str:
    """Return the code of the workstream that is meant: by code, whole name, or the only name that
    has a word beginning so. Raises `BadInput`, with the nearest or all codes.
    """
    wanted = fold(text)
    names = {each.code: (fold(each.code), fold(each.name), fold(each.name_en)) for each in streams}
    shown = {each.code: f"{each.code} ({each.name})" for each in streams}
    if whole := [code for code, known in names.items() if wanted in known]:
        return whole[0]
    parts = [
        code for code, known in names.items() if any(f" {wanted}" in f" {name}" for name in known)
    ]
    if len(parts) == 1:
        return parts[0]
    if parts:
        known = ", ".join(shown[code] for code in parts)
        raise BadInput("ambiguous-stream", value=text, known=known)
    spelled = [(name_of(name), shown[code]) for code in names for name in names[code]]
    if near := tokens.nearest(text, *zip(*spelled, strict=True)):
        raise BadInput("unknown-stream", value=text, nearest=" / ".join(near))
    raise BadInput("no-stream", value=text, known=tuple(shown))


@dataclass(frozen=True, slots=True)
class _Lens:
    """What tokens are read against: the campaign, its day, and who asks."""

    state: CampaignState
    officer: Officer | None

    def token(self, text: str) -> Test | None:
        """Return the test of a token, or None for a plain word or phrase."""
        if compared := re.fullmatch(r"(\S+?)(<=|>=|<|>|=)(.+)", text):
            name, sign, value = compared.groups()
            if KEYS.get(name_of(name)) == "due":
                return self._keyed(_COMPARED[sign], value.strip(), text)
        head, colon, value = text.partition(":")
        if colon and (key := KEYS.get(name_of(head))):
            return self._keyed(key, value.strip(), text)
        flag = tokens.flag_of(text)
        return self._flag(flag, text) if flag else None

    def refuse_slip(self, text: str, test: Test) -> None:
        """Refuse a word that no task holds and that looks like a mistyped token."""
        if any(map(test, self.state.tasks.values())):
            return
        head, colon, _value = text.partition(":")
        if colon and tokens.looks_like_a_key(head):
            if near := tokens.near_keys(head):
                raise BadInput("unknown-token", token=text, nearest=" / ".join(near))
            raise BadInput("no-token", token=text, known=tokens.keys_shown())
        if near_one := tokens.near_token(text):
            raise BadInput("unknown-token", token=text, nearest=near_one)

    def _keyed(self, key: str, value: str, token: str) -> Test:
        if not value:
            raise BadInput("empty-token", token=token, example=tokens.EXAMPLES[key])
        match key:
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
                login = login_meant(value, token, self.state, self.officer)
                return lambda task: task.owner == login
            case "state":
                return self._state(value)
        day = day_meant(value, self.state)
        if key == "before":
            return lambda task: task.due_on is not None and task.due_on <= day
        if key == "after":
            return lambda task: task.due_on is not None and task.due_on >= day
        return lambda task: task.due_on == day

    def _stream(self, value: str) -> str:
        return match_stream(value, self.state.workstreams.values())

    def _lateness(self, task: Task) -> State:
        return rules.lateness(task, self.state.day, self.state.campaign.due_soon_days).state

    def _state(self, value: str) -> Test:
        wanted = name_of(value)
        if wanted in FLAGS:
            return self._flag(FLAGS[wanted], value)
        wanted = _COMPLETED.get(wanted, wanted)
        for status, label in STATUSES.items():
            if wanted in _spellings(status.value, label):
                return lambda task: task.status is status
        for state, label in STATES.items():
            if wanted in _spellings(state.value, label):
                return lambda task: self._lateness(task) is state
        labels = [_(label) for label in (*STATUSES.values(), *STATES.values())]
        shown = [label.lower().replace(",", "").replace(" ", "-") for label in labels]
        flags = tokens.FLAGS_SHOWN["vi"] + tokens.FLAGS_SHOWN["en"]
        known = [*flags, *shown, *Status, *State]
        if near := tokens.nearest(value, map(name_of, known), known):
            raise BadInput("unknown-state", value=value, nearest=" / ".join(near))
        raise BadInput("no-state", value=value, known=", ".join(dict.fromkeys(shown)))

    def _flag(self, flag: str, token: str) -> Test:
        if flag in paces.PACES:
            return paces.goes(flag, self.state)
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
        officer = whoever_acts(self.officer, token)
        return lambda task: rules.is_mine(task, officer)


def whoever_acts(officer: Officer | None, token: str) -> Officer:
    """Return the officer whom "me" and "mine" mean; refuse the token where nobody acts."""
    if officer is None:
        raise BadInput("nobody-is-me", token=token)
    return officer


def login_meant(value: str, token: str, state: CampaignState, officer: Officer | None) -> str:
    """Return the login that a token's value names; "me" is whoever acts."""
    if fold(value) in ME:
        return whoever_acts(officer, token).login
    logins = state.officers
    if value.lower() in logins:
        return value.lower()
    if near := tokens.nearest(value, logins, logins):
        raise BadInput("unknown-person", value=value, nearest=" / ".join(near))
    raise BadInput("no-person", value=value)


def day_meant(value: str, state: CampaignState, *, forward: bool = True) -> date:
    """Return the day that a token's value names; `forward`: "Friday" is the next one."""
    window = (state.campaign.launch, state.campaign.books_close)
    text = re.sub(_JOINT, " ", value)
    return parse_date(text, today=state.day, window=window, forward=forward)


def _spellings(key: str, label: str) -> set[str]:
    return {name_of(key), name_of(label), name_of(_(label))}
