"""Saved views: whose they are, what they hold, and that they are no part of the record."""

from contextlib import closing
from pathlib import Path

import pytest

from db import views
from db.engine import Connection
from db.errors import NotFound
from db.views import SavedView
from tests import make
from tests.proof import assert_sound, log, refused
from tests.shell import ok, tracker
from tracker.files import open_file
from tracker.operations.desk import Desk
from tracker.operations.views import (
    FILTER_LIMIT,
    NAME_LIMIT,
    raise_view,
    remove_view,
    save_view,
    share_view,
)
from tracker.vietnamese import TextTooLong


@pytest.fixture
def kd(conn: Connection) -> Desk:
    """Return the desk of the officer of ward KD."""
    return make.desk(conn, "kd.vptk")


@pytest.fixture
def ls(conn: Connection) -> Desk:
    """Return the desk of the officer of ward LS."""
    return make.desk(conn, "ls.vptk")


@pytest.fixture
def supervisor(conn: Connection) -> Desk:
    """Return the desk of the supervisor."""
    return make.desk(conn, "vpub.tonghop")


def names(desk: Desk) -> list[str]:
    """The views that whoever acts sees, in order."""
    return [view.name for view in views.of(desk.conn, desk.login)]


def test_a_view_keeps_filter_grouping_and_order(kd: Desk) -> None:
    saved = save_view(kd, "Quá hạn nặng", "quá-hạn phường:KD", grouping="state", sort="-due")
    expected = SavedView("Quá hạn nặng", "kd.vptk", "quá-hạn phường:KD", "state", "-due")
    assert saved == (expected,) == views.of(kd.conn, "kd.vptk")


def test_views_stand_in_the_order_in_which_they_were_saved(kd: Desk, supervisor: Desk) -> None:
    save_view(kd, "Của tôi 2", "vướng")
    save_view(supervisor, "Chung A", "quá-hạn", shared=True)
    save_view(kd, "Của tôi 1", "xong")
    assert names(kd) == ["Của tôi 2", "Chung A", "Của tôi 1"]


def test_a_view_keeps_its_place_when_it_is_shared_and_taken_back(supervisor: Desk) -> None:
    for name in "ABC":
        save_view(supervisor, name, "xong")
    for shared in (True, False):
        share_view(supervisor, "A", shared=shared)
        assert names(supervisor) == ["A", "B", "C"]


def test_an_own_view_moves_up_past_the_shared_ones_between(kd: Desk, supervisor: Desk) -> None:
    save_view(kd, "A", "xong")
    save_view(supervisor, "Chung", "xong", shared=True)
    save_view(kd, "B", "xong")
    raise_view(kd, "B")
    assert names(kd) == ["B", "Chung", "A"]


def test_others_see_only_what_is_shared_and_nobody_too(
    kd: Desk, ls: Desk, supervisor: Desk
) -> None:
    save_view(kd, "Riêng", "xong")
    save_view(supervisor, "Chung", "quá-hạn", shared=True)
    assert names(ls) == ["Chung"]
    assert [view.name for view in views.of(kd.conn, None)] == ["Chung"]


def test_the_same_name_however_it_is_written_replaces(kd: Desk) -> None:
    save_view(kd, "Quá hạn", "quá-hạn")
    save_view(kd, "Khác", "xong")
    save_view(kd, "  qua   HAN ", "quá-hạn vướng")
    assert names(kd) == ["Quá hạn", "Khác"]
    assert views.of(kd.conn, "kd.vptk")[0].filter == "quá-hạn vướng"


def test_a_shared_view_may_have_the_name_of_an_own_one(kd: Desk, supervisor: Desk) -> None:
    save_view(kd, "Quá hạn", "của-tôi")
    save_view(supervisor, "Quá hạn", "quá-hạn", shared=True)
    assert names(kd) == ["Quá hạn", "Quá hạn"]


def test_sharing_is_a_supervisors(kd: Desk, supervisor: Desk) -> None:
    save_view(kd, "Riêng", "xong")
    save_view(supervisor, "Chung", "quá-hạn", shared=True)
    with refused(kd.conn, "supervisor-only"):
        save_view(kd, "Khác", "xong", shared=True)
    with refused(kd.conn, "supervisor-only"):
        share_view(kd, "Riêng", shared=True)
    with refused(kd.conn, "supervisor-only"):
        remove_view(kd, "Chung", shared=True)
    assert names(kd) == ["Riêng", "Chung"]


def test_a_view_is_shared_and_taken_back(kd: Desk, supervisor: Desk) -> None:
    save_view(supervisor, "Quá hạn", "quá-hạn", sort="due")
    share_view(supervisor, "quá hạn", shared=True)
    assert names(kd) == ["Quá hạn"]
    assert views.of(kd.conn, None)[0].sort == "due"
    share_view(supervisor, "Quá hạn", shared=False)
    assert names(kd) == []


def test_sharing_never_replaces_another_view(supervisor: Desk) -> None:
    save_view(supervisor, "Quá hạn", "quá-hạn")
    save_view(supervisor, "quá hạn", "vướng", shared=True)
    with refused(supervisor.conn, "view-exists"):
        share_view(supervisor, "Quá hạn", shared=True)


def test_a_removed_view_is_gone_and_one_that_is_not_there_is_named(kd: Desk) -> None:
    save_view(kd, "Quá hạn", "quá-hạn")
    assert remove_view(kd, "qua han") == ()
    with pytest.raises(NotFound, match="Quá hạn"):
        remove_view(kd, "Quá hạn")


def test_a_view_moves_up_among_its_own_kind(kd: Desk, supervisor: Desk) -> None:
    for name in ("A", "B", "C"):
        save_view(kd, name, "xong")
    save_view(supervisor, "Chung", "xong", shared=True)
    raise_view(kd, "c")
    assert names(kd) == ["A", "C", "B", "Chung"]
    for _turn in range(3):
        raise_view(kd, "C")
    assert names(kd) == ["C", "A", "B", "Chung"]
    save_view(kd, "D", "xong")
    assert names(kd)[3:] == ["Chung", "D"]
    with refused(kd.conn, "supervisor-only"):
        raise_view(kd, "Chung", shared=True)


def test_nobody_and_strangers_save_nothing(conn: Connection) -> None:
    with refused(conn, "nobody-acts"):
        save_view(make.desk(conn, None), "Quá hạn", "quá-hạn")
    with refused(conn, "unknown-officer"):
        save_view(make.desk(conn, "la.mat"), "Quá hạn", "quá-hạn")


def test_a_name_is_one_clean_short_line(kd: Desk) -> None:
    with refused(kd.conn, "view-name"):
        save_view(kd, " \u200b\n", "quá-hạn")
    with pytest.raises(TextTooLong):
        save_view(kd, "a" * (NAME_LIMIT + 1), "quá-hạn")
    with pytest.raises(TextTooLong):
        save_view(kd, "a", "a" * (FILTER_LIMIT + 1))
    (view,) = save_view(kd, "Quá\x1b[31m\nha\u0323n", "x\ny")
    assert (view.name, view.filter) == ("Quá[31m hạn", "x y")


def test_views_leave_no_trace_in_the_record(kd: Desk) -> None:
    before = log(kd.conn)
    save_view(kd, "Quá hạn", "quá-hạn")
    remove_view(kd, "Quá hạn")
    assert log(kd.conn) == before
    assert_sound(kd.conn)


# On the command line


def test_list_takes_filter_and_order_of_a_view_and_more_words(tmp_path: Path) -> None:
    path = make.file(tmp_path)
    with closing(open_file(path, writing=True)) as conn:
        save_view(make.desk(conn), "Phường tôi", "phường:KD", sort="-due")
        save_view(make.desk(conn, "vpub.tonghop"), "Chung", "phường:LS", shared=True)

    def codes(*arguments: str) -> list[str]:
        printed = ok("list", *arguments, "--format", "csv", "--as", "kd.vptk", db=path)
        return [row.split(",")[0].split(";")[0].strip("\ufeff") for row in printed.lines[1:]]

    assert codes("--view", "phuong toi") == ["TTXD-02.KD", "NS-04.KD", "TTDH-01.KD"]
    assert codes("--view", "phường tôi", "trước:20/12", "--sort", "due") == [
        "TTDH-01.KD", "NS-04.KD",
    ]  # fmt: skip
    assert codes("--view", "Chung") == ["NS-04.LS"]
    answer = tracker("list", "--view", "Lạ", db=path)
    assert answer.code == 1
    assert '"Lạ"' in answer.err


@pytest.mark.parametrize("stored", ["quá-hạn", "[1]", "{", ""])
def test_what_other_means_put_there_counts_as_a_bare_filter(conn: Connection, stored: str) -> None:
    conn.execute(
        "INSERT INTO saved_views (name, owner, filter, position) VALUES ('x', '', ?, 1)", (stored,)
    )
    assert views.of(conn, None) == (SavedView("x", "", stored, "", ""),)
