"""Which task a row means: by its code as people write it, else by its title and lead unit."""

import re
from collections.abc import Iterable, Sequence
from typing import Self

from db.records import Officer, Role, Task
from tracker.errors import BadInput
from tracker.importing import values
from tracker.importing.likeness import is_alike, is_near, words
from tracker.state import State
from tracker.vietnamese import fold


class Finder:
    """The tasks of a campaign by every way that a row names one."""

    def __init__(self, state: State, officer: Officer | None) -> None:
        self._tasks, self._units = state.tasks, state.units
        self._by_key: dict[str, str] = {}
        self._copies: dict[str, list[str]] = {}
        self._by_title: dict[tuple[str, ...], list[Task]] = {}
        for code, task in state.tasks.items():
            self._by_key[_key(code)] = code
            if "." in code:
                self._copies.setdefault(_key(code.partition(".")[0]), []).append(code)
            self._by_title.setdefault(words(task.title), []).append(task)
        self._may_rename = officer is None or officer.role is Role.SUPERVISOR
        is_own = officer is not None and officer.role is Role.OFFICER
        self.own = officer.unit if officer is not None and is_own else None

    def assuming(self, own: str | None) -> Self:
        """Return a finder of the same tasks that takes rows without a unit for those of `own`, or
        takes none for anybody's.
        """
        found = object.__new__(type(self))
        found.__dict__.update(self.__dict__, own=own)
        return found

    def by_code(self, said: str, lead: str | None, *, in_row: bool = True) -> Task:
        """Return the task of a code: as in the campaign, or that of one ward, as "NS-04" in a row
        of Kênh Dương. Raises BadInput, also where the code is the copy of another unit; over a
        section, so not `in_row`, an office may stand for what it coordinates.
        """
        wanted = _key(said)
        if code := self._by_key.get(wanted):
            task = self._tasks[code]
            contradicts = lead is not None and (in_row or self._units[lead].is_ward)
            if lead and contradicts and "." in code and lead != task.lead:
                names = {key: self._units[key].short_name for key in (lead, task.lead)}
                raise BadInput(
                    "import-other-unit", code=code, unit=names[task.lead], said=names[lead]
                )
            return task
        if copies := self._copies.get(wanted):
            for unit in filter(None, (lead, None if lead else self.own)):
                own = [code for code in copies if self._tasks[code].lead == unit]
                if len(own) == 1:
                    return self._tasks[own[0]]
            raise BadInput(
                "replicated", code=values.cut(said).upper(), n=len(copies), example=copies[0]
            )
        near = values.nearest_of(said, list(self._tasks), n=2)
        raise BadInput("import-code", value=values.cut(said), nearest=tuple(near))

    def is_renamed(self, task: Task, title: str) -> bool:
        """Whether the title beside a code renames its task: another wording, written by somebody
        who may decide it. Raises BadInput for the title of another task, mostly of rows that
        slipped in sorting, and for one that has nothing of the task's. Its English title is its
        own too.
        """
        if words(title) in (words(task.title), words(task.title_en or "")):
            return False
        if others := self._by_title.get(words(title)):
            other = _of_the_same_unit(others, task).code
            raise BadInput("import-misfit", code=task.code, title=values.cut(title), other=other)
        if not is_alike(title, task.title):
            raise BadInput(
                "import-other-title",
                code=task.code,
                title=values.cut(title),
                held=values.cut(task.title),
            )
        return self._may_rename

    def by_title(self, said: str, lead: str | None) -> Task | None:
        """Return the task with a title that a unit leads, or None. Without a unit it is the task of
        the officer's own unit, or the only one with this title. Raises BadInput where several are,
        or where one is so near that a new task would be the same once more.
        """
        found = self._by_title.get(words(said), [])
        unit = lead or self.own
        own = [task for task in found if task.lead == unit]
        if unit is None or (not own and lead is None and len(found) == 1):
            own = found
        if len(own) > 1:
            codes = values.listed(task.code for task in own[:3])
            raise BadInput("import-which", title=values.cut(said), n=len(own), codes=codes)
        if not own:
            self._refuse_near(said, unit)
        return own[0] if own else None

    def _refuse_near(self, said: str, unit: str | None) -> None:
        for task in self._tasks.values():
            if unit in (None, task.lead) and is_near(said, task.title):
                raise BadInput(
                    "import-near",
                    title=values.cut(said),
                    code=task.code,
                    held=values.cut(task.title),
                )

    def lead_of_new(self, lead: str | None) -> str | None:
        """Return the unit that leads a new task: the one named, else the officer's own."""
        return lead or self.own


def _of_the_same_unit(tasks: Sequence[Task], task: Task) -> Task:
    return next((each for each in tasks if each.lead == task.lead), tasks[0])


def _key(code: str) -> str:
    """Return the key by which codes are compared: letters and numbers, without leading zeros."""
    parts: Iterable[str] = re.findall(r"[^\W\d_]+|\d+", fold(code))
    return " ".join(part.lstrip("0") or "0" for part in parts)
