"""The JSON documents: what programs may rely on, whatever the values."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.log_records import Event
from db.records import Status
from tests import make
from tracker import documents
from tracker.errors import BadInput


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (date(2022, 11, 22), "2022-11-22"),
        (Decimal("76.70"), "76.7"),
        (Decimal("80.00"), "80"),
        (Decimal("100"), "100"),
        (Decimal("1E+3"), "1000"),
        ((Decimal("0.1"), None), ["0.1", None]),
        (None, None),
        (True, True),
        (3, 3),
    ],
)
def test_values_are_exact_and_plain(value: object, plain: object) -> None:
    assert documents.plain(value) == plain


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_decimal_comes_back_as_it_was(value: Decimal) -> None:
    text = json.loads(json.dumps(documents.plain(value)))
    assert Decimal(text) == value
    assert "E" not in text


def test_an_envelope_says_its_version_first_and_marks_a_demonstration() -> None:
    real, shown = make.campaign(), make.campaign(demo_day=date(2022, 11, 22))
    assert documents.envelope(real) == {"schema_version": 1}
    assert list(documents.envelope(shown).items()) == [("schema_version", 1), ("demo", True)]


def test_an_obstacle_is_shown_only_while_it_stands() -> None:
    blocked = make.task(obstacle="Thiếu xe", obstacle_on=date(2022, 10, 5))
    done = blocked._replace(status=Status.COMPLETED, claimed_on=date(2022, 10, 7))
    for task, text, on in ((blocked, "Thiếu xe", "2022-10-05"), (done, None, None)):
        shown = documents.show(task, make.state([task]), {}, [], [])
        assert (shown["obstacle"], shown["obstacle_on"]) == (text, on)


def test_an_error_carries_its_code_and_data() -> None:
    problem = BadInput("claim-date", value=date(2022, 11, 30), first=date(2022, 9, 26), code="x")
    document = documents.error(problem.code, "câu", problem.data)
    assert document["error"] == {
        "code": "claim-date",
        "message": "câu",
        "value": "2022-11-30",
        "first": "2022-09-26",
    }


def test_a_text_part_of_an_event_stands_under_its_own_name() -> None:
    event = Event(
        7, "u", 1, 2, "2022-11-22T01:00:00Z", "2022-11-22", "kd.vptk", "KD", "test", "update",
        "task", "NS-01", "NS-01", "obstacle", None, "thiếu [/] xe", None, None, "h",
    )  # fmt: skip
    document = documents.event(event)
    assert (document["result"], document["obstacle"], document["request"]) == (
        None,
        "thiếu [/] xe",
        None,
    )
    assert {
        "seq", "uuid", "at", "actor", "unit", "task", "kind", "field", "old", "new", "result",
        "obstacle", "request", "reason", "group", "hash",
    } <= set(document)  # fmt: skip
