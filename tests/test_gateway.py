"""The gateway: one thread, one connection, errors as exceptions, and an ear for other programs."""

import asyncio
import os
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from db import events, tasks
from db.connection import data_version
from db.engine import Connection
from db.errors import NotFound, StoreError
from db.schema import copy
from tests import make
from tests.faulty import refuse_rollback
from tracker.errors import Refused
from tracker.files import open_file
from tracker.operations import reports
from tracker.operations.reports import Report
from tracker.tui.gateway import MOST_WAITING, Gateway, News

NOW = make.moment("2022-11-22 09:00")
CODE = "TTDH-01.KD"


@asynccontextmanager
async def opened(
    path: Path, login: str | None = "kd.vptk", *, poll: float = 0.01
) -> AsyncIterator[tuple[Gateway, list[News]]]:
    """A gateway on a file, and the news that it brings."""
    gateway = Gateway(path, login=login, now=lambda: NOW, session="test", poll_seconds=poll)
    heard: list[News] = []
    gateway.on_news = heard.append
    yield gateway, heard
    await gateway.close()


async def until(holds: object) -> None:
    """Wait until a condition holds, for as long as a slow machine may need."""
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.005)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make.file(tmp_path)


def write_elsewhere(path: Path, text: str, login: str = "vpub.tonghop") -> None:
    with closing(open_file(path, writing=True)) as conn:
        reports.update(make.desk(conn, login), [CODE], Report(result=text))


async def test_everything_runs_in_one_thread_that_is_not_the_event_loops(path: Path) -> None:
    async with opened(path) as (gateway, _heard):

        def thread(_conn: Connection) -> int:
            return threading.get_ident()

        seen = {await gateway.read(thread) for _turn in range(5)}
        assert len(seen) == 1
        assert threading.get_ident() not in seen


async def test_what_a_reading_returns_comes_back(path: Path) -> None:
    async with opened(path) as (gateway, _heard):
        task = await gateway.read(tasks.get, CODE)
        assert task.lead == "KD"


async def test_errors_come_back_as_themselves(path: Path) -> None:
    async with opened(path) as (gateway, _heard):
        with pytest.raises(NotFound):
            await gateway.read(tasks.get, "NO-99")
        with pytest.raises(Refused) as refused:
            await gateway.write(reports.done, ["NS-04.LS"])
        assert refused.value.code == "not-allowed"
        assert (await gateway.read(tasks.get, CODE)).code == CODE


async def test_errors_of_the_database_come_back_worded_as_ours(path: Path) -> None:
    async with opened(path) as (gateway, _heard):
        with pytest.raises(StoreError):
            await gateway.read(lambda conn: conn.execute("CREATE TABLE mine (a)"))


async def test_a_file_that_is_not_there_is_an_error_of_the_first_reading(tmp_path: Path) -> None:
    async with opened(tmp_path / "none.sqlite") as (gateway, _heard):
        with pytest.raises(NotFound):
            await gateway.read(data_version)


async def test_what_is_written_here_comes_back_with_the_receipt_and_is_not_told_again(
    path: Path,
) -> None:
    async with opened(path) as (gateway, heard):
        receipt, news = await gateway.write(reports.update, [CODE], Report(result="xong 3/10 điểm"))
        assert news.own == receipt.group
        assert [task.code for task in news.tasks] == [CODE]
        assert news.tasks[0].result == "xong 3/10 điểm"
        before = threading.active_count()
        await gateway.read(data_version)
        assert heard == []
        assert threading.active_count() == before


async def test_what_others_write_is_told_without_being_asked(path: Path) -> None:
    async with opened(path) as (gateway, heard):
        await gateway.read(data_version)
        write_elsewhere(path, "từ máy khác")
        await until(lambda: heard)
        assert heard[0].own is None
        assert heard[0].tasks[0].result == "từ máy khác"
        assert {event.actor for event in heard[0].events} == {"vpub.tonghop"}


async def test_what_others_wrote_just_before_comes_with_the_own_writing(path: Path) -> None:
    async with opened(path, poll=60) as (gateway, heard):
        await gateway.read(data_version)
        write_elsewhere(path, "trước")
        receipt, news = await gateway.write(reports.update, ["NS-04.KD"], Report(result="sau"))
        assert {event.group for event in news.events} == {receipt.group - 1, receipt.group}
        assert {task.code for task in news.tasks} == {CODE, "NS-04.KD"}
        assert heard == []


async def test_a_file_put_in_the_place_of_this_one_is_told(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with closing(open_file(path, writing=False)) as conn:
        copy(conn, old)
    write_elsewhere(path, "sẽ mất")
    async with opened(path) as (gateway, heard):
        assert (await gateway.read(tasks.get, CODE)).result == "sẽ mất"
        old.replace(path)
        await until(lambda: heard)
        assert heard == [News(replaced=True)]
        assert (await gateway.read(tasks.get, CODE)).result is None


async def test_a_connection_lost_in_a_failed_writing_is_opened_anew(path: Path) -> None:
    async with opened(path, poll=60) as (gateway, _heard):
        await gateway.read(refuse_rollback)
        with pytest.raises(NotFound):
            await gateway.write(reports.update, ["KHONG-CO.KD"], Report(result="ở đâu?"))
        _receipt, news = await gateway.write(reports.update, [CODE], Report(result="Đã họp"))
        assert news.replaced  # what others wrote in between cannot be told any more
        assert (await gateway.read(tasks.get, CODE)).result == "Đã họp"


async def test_nothing_is_written_to_a_file_that_is_gone(path: Path) -> None:
    async with opened(path) as (gateway, _heard):
        await gateway.read(data_version)
        path.rename(path.with_name("elsewhere.sqlite"))
        with pytest.raises(NotFound):
            await gateway.write(reports.update, [CODE], Report(result="vào đâu?"))


async def test_a_writing_begun_is_finished_when_the_caller_is_gone(path: Path) -> None:
    async with opened(path) as (gateway, _heard):
        begun, go_on = threading.Event(), threading.Event()

        def slowly(desk: object) -> object:
            begun.set()
            assert go_on.wait(10)
            return reports.update(desk, [CODE], Report(result="đến cùng"))

        caller = asyncio.create_task(gateway.write(slowly))
        await until(begun.is_set)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        go_on.set()
        assert (await gateway.read(tasks.get, CODE)).result == "đến cùng"


async def test_closing_finishes_what_waits_and_may_be_done_twice(path: Path) -> None:
    async with opened(path) as (gateway, _heard):
        waiting = [
            asyncio.create_task(gateway.write(reports.update, [CODE], Report(result=f"lần {n}")))
            for n in range(5)
        ]
        await asyncio.sleep(0)
        await gateway.close()
        assert len({receipt.group for receipt, _news in await asyncio.gather(*waiting)}) == 5
        await gateway.close()


async def test_more_callers_than_room_are_all_answered(path: Path) -> None:
    async with opened(path) as (gateway, _heard):
        answers = await asyncio.gather(
            *(gateway.read(events.head) for _n in range(MOST_WAITING * 3))
        )
        assert len(set(answers)) == 1


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the user may write everywhere")
async def test_a_file_that_cannot_be_written_can_be_read(path: Path) -> None:
    path.chmod(stat.S_IRUSR)
    async with opened(path) as (gateway, _heard):
        assert (await gateway.read(tasks.get, CODE)).code == CODE
