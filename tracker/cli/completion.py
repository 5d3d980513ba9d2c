"""Shell completion: task codes, units, logins and filter words, quickly and never with an error.

Reads the file that the session points to; whatever goes wrong, there is simply nothing to offer.
"""

from collections.abc import Callable, Iterator
from contextlib import closing

from typer._click.core import Context

from db import tasks, units
from db.engine import Connection
from tracker import wording
from tracker.files import open_file

Offers = Iterator[tuple[str, str]]
FILTER_WORDS = (
    "overdue due-soon open done stale mine blocked behind at-risk on-pace reached beyond no-data "
    "unit: stream: owner: state: due: before: after: not: coop: confirm:"
).split()


def _offering(
    find: Callable[[Connection], Offers],
) -> Callable[[Context, list[str], str], list[tuple[str, str]]]:
    """Turn a reader of the open file into what Typer asks for: the pairs that continue a word."""

    def offers(ctx: Context, args: list[str], incomplete: str) -> list[tuple[str, str]]:
        typed = incomplete.casefold()
        try:
            with closing(open_file(ctx.obj.path, writing=False)) as conn:
                # A shell keeps only what continues the word as it was typed.
                return [
                    (incomplete + value[len(incomplete) :], note)
                    for value, note in find(conn)
                    if value.casefold().startswith(typed)
                ]
        except Exception:
            return []

    return offers


def _codes(conn: Connection) -> Offers:
    for code, task in sorted(tasks.load(conn).items()):
        if not task.undone:
            yield code, wording.title(task)[:60]


def _units(conn: Connection) -> Offers:
    for code, unit in units.units(conn).items():
        yield code, unit.name


def _logins(conn: Connection) -> Offers:
    for login, officer in units.officers(conn).items():
        if officer.active:
            yield login, officer.name


def _workstreams(conn: Connection) -> Offers:
    for code, workstream in units.workstreams(conn).items():
        yield code, workstream.name


def _filters(conn: Connection) -> Offers:
    for word in FILTER_WORDS:
        yield word, ""
    for code, name in _units(conn):
        yield f"unit:{code}", name
    yield from _codes(conn)


codes = _offering(_codes)
unit_codes = _offering(_units)
logins = _offering(_logins)
workstreams = _offering(_workstreams)
filters = _offering(_filters)
