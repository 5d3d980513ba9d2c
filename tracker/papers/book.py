"""Which tables the workbook of a campaign has. Reads what they are made of; writes nothing."""

from collections.abc import Iterator, Sequence

from db import events
from db.engine import Connection
from db.records import Task
from tracker import league, logbook, targets
from tracker.origins import origins
from tracker.papers import lists, logs, matrices, standings
from tracker.papers.tables import Table
from tracker.state import State


def tables(
    conn: Connection,
    then: Connection,
    state: State,
    tasks: Sequence[Task],
    restricted: str = "",
) -> Iterator[Table]:
    """Yield the tables of all tasks in their order: list, units, matrix, targets, league with its
    working, log.

    Where the tasks are `restricted` to some, which each table says, those that compare all of them
    are left out: matrix and league. `conn` is the open file, `then` has the tables of the state's
    day.
    """
    yield lists.listing(tasks, state, restricted)
    yield lists.by_unit(tasks, state, restricted)
    if not restricted and (matrix := matrices.of_wards(state)):
        yield matrix
    standing = [task for task in tasks if targets.counts(task)]
    yield standings.targets(targets.read(then, state, standing), state, restricted)
    if not restricted:
        found = league.league(conn, state)
        yield standings.ranking(found, state)
        yield standings.working(found, state)
    log = events.search(conn, to_day=state.day.isoformat())
    if restricted:
        codes = {task.code for task in tasks}
        log = [event for event in log if event.task in codes]
    entries = logbook.entries(log)
    yield logs.history(entries, origins(conn, entries), state, restricted)
