"""What a form says of a figure while it is typed is what the operation decides when it is saved."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from db import readings, tasks, units
from db.engine import Connection
from tests import make
from tracker.errors import BadInput
from tracker.operations import figures, undoing
from tracker.operations.desk import Desk
from tracker.tui.forms.known_figures import KnownFigures

CUMULATIVE, STOCK = "NS-04.KD", "TTXD-02.KD"
COUNCIL = "NS-02"  # on one sum of money with NS-01
DAYS = [date(2022, 11, day) for day in (1, 8, 15, 22)]
OPENING, GIVEN = Decimal(40), Decimal(60)  # the latter on the second of the days


@pytest.fixture
def supervisor(conn: Connection) -> Desk:
    """Return the desk of whoever may enter figures of every unit."""
    return make.desk(conn, "vpub.tonghop")


def known_of(conn: Connection, code: str) -> KnownFigures:
    """Return what a form would know of a task."""
    task = tasks.get(conn, code)
    assert task.measure is not None
    chain = readings.of_indicator(conn, task.measure.indicator)
    return KnownFigures.of(task, readings.valid(chain), units.campaign(conn))


def is_taken(desk: Desk, code: str, figure: Decimal, day: date) -> bool:
    """Return whether a figure is taken without a reason; leave all as it was."""
    try:
        figures.record(desk, code, figure, on=day)
    except BadInput:
        return False
    undoing.undo(desk)
    return True


@pytest.mark.parametrize("code", [CUMULATIVE, STOCK])
@pytest.mark.parametrize("opening_on", [DAYS[0], DAYS[1], DAYS[2]])
def test_a_reason_is_asked_for_exactly_where_a_figure_without_one_is_refused(
    supervisor: Desk, code: str, opening_on: date
) -> None:
    figures.set_baseline(supervisor, code, OPENING, on=opening_on, reason="đối chiếu")
    figures.record(supervisor, code, GIVEN, on=DAYS[1], reason="đối chiếu")
    near = (OPENING - 1, OPENING, OPENING + 1, GIVEN, GIVEN + 1, Decimal(160), Decimal(161))
    for figure, day in product(near, DAYS):
        why = known_of(supervisor.conn, code).why_reason(figure, day)
        assert bool(why) is not is_taken(supervisor, code, figure, day), (figure, day, why)


def test_a_figure_entered_for_another_task_is_known_in_the_own_unit(supervisor: Desk) -> None:
    figures.record(supervisor, "NS-01", Decimal("76.7"), on=DAYS[0])
    newest = known_of(supervisor.conn, COUNCIL).newest()
    assert newest is not None
    assert round(newest.figure, 1) == Decimal("72.6")
