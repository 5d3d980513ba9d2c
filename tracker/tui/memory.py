"""What the board remembers of one campaign and one officer: where it stood when it was left.

A small private file of the user's; one that is missing, old or damaged counts as empty. Knows
nothing of widgets. A past day that was looked at is not remembered.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path

from tracker import settings

LONGEST = 100_000  # characters; a file that long is none of ours


@dataclass(slots=True)
class Memory:
    """Where the board stands; None is what it begins with.

    Screens keep it current as they go, and take their beginning from it when they are made.
    """

    mode: str | None = None
    line: str | None = None
    """The filter as typed."""
    grouping: str | None = None
    sort: str | None = None
    collapsed: tuple[str, ...] = ()
    cursor: str | None = None
    bars: str | None = None
    """What has a line of its own over the ninety days."""
    targets: str | None = None
    """What the targets stand under."""


def recall(folder: Path, campaign: str, login: str | None) -> Memory:
    """Return what was kept of a campaign (its UUID) for an officer."""
    try:
        text = _place(folder, campaign, login).read_text("utf-8")
        found = json.loads(text) if len(text) <= LONGEST else None
    except (OSError, ValueError, RecursionError):
        return Memory()
    if not isinstance(found, dict):
        return Memory()
    known = {
        each.name: found[each.name]
        for each in fields(Memory)
        if each.name in found and _FITS.get(each.name, _is_text)(found[each.name])
    }
    return Memory(**{**known, "collapsed": tuple(known.get("collapsed", ()))})


def keep(folder: Path, campaign: str, login: str | None, memory: Memory) -> None:
    """Write down where the board stands, where that is possible."""
    with suppress(OSError):
        text = json.dumps(asdict(memory), ensure_ascii=False)
        settings.write_private(_place(folder, campaign, login), text)


def _place(folder: Path, campaign: str, login: str | None) -> Path:
    # A login may hold what a file's name may not, in a file made by others.
    key = sha256(json.dumps([campaign, login]).encode()).hexdigest()[:24]
    return folder / f"{key}.json"


def _is_text(value: object) -> bool:
    return value is None or (isinstance(value, str) and value.isprintable())


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, str) and _is_text(each) for each in value
    )


_FITS: dict[str, Callable[[object], bool]] = {"collapsed": _are_texts}
