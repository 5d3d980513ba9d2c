"""One sitting at the board: the file behind the gateway, the picture made of it, who looks at it.

Screens read the picture, write through here, and hear of every change. Knows nothing of widgets.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from db import views
from db.engine import Connection
from db.errors import StoreError
from db.views import SavedView
from tracker.errors import Refused
from tracker.operations.desk import Desk, Receipt
from tracker.tui import memory
from tracker.tui.gateway import Gateway, News
from tracker.tui.memory import Memory
from tracker.tui.picture import PATCHED, Change, Picture, patched, retell, take

P = ParamSpec("P")
T = TypeVar("T")


class Session:
    """What all screens of one board share.

    `now` tells an aware instant; `on` is the past day to look at, None for today. `shelf` is the
    folder where is kept how the board was left; without one nothing outlives the sitting.
    """

    def __init__(
        self,
        gateway: Gateway,
        *,
        now: Callable[[], datetime],
        on: date | None = None,
        shelf: Path | None = None,
    ) -> None:
        self.gateway, self.now, self.on = gateway, now, on
        self.memory = Memory()
        """Where the board stands, or stood when it was last left."""
        self.views: tuple[SavedView, ...] = ()
        """The saved views that the one who acts sees, in order; the first have keys."""
        self._shelf = shelf
        self.listeners: list[Callable[[Change], None]] = []
        self.on_trouble: Callable[[StoreError], None] = lambda problem: None
        """Told when something that is only looked at cannot be read."""
        self._picture: Picture | None = None

    @property
    def picture(self) -> Picture:
        """The campaign as last read; screens exist only after the first reading."""
        if self._picture is None:
            raise RuntimeError("the board was used before its file was read")
        return self._picture

    @property
    def is_open(self) -> bool:
        """Whether the file was read."""
        return self._picture is not None

    async def read_all(self) -> None:
        """Read the whole campaign, at the start and when more than tasks has changed."""
        await self.show_day(self.on)

    async def show_day(
        self, day: date | None, *, wanted: Callable[[], bool] = lambda: True
    ) -> bool:
        """Read the campaign as it was known at the end of a past day, None for today, and show it.

        `wanted` is asked once it is read: unless it agrees, all stays as it was, and this returns
        False. Raises `BadInput("future-day")`.
        """
        login, is_first = self.gateway.login, not self.is_open
        picture = await self.gateway.read(take, login, self.now(), day)
        if is_first:
            await self.read_views()
        if not wanted():
            return False
        if is_first and self._shelf:
            self.memory = memory.recall(self._shelf, picture.state.campaign.uuid, login)
        self.on = day if picture.is_past else None
        self._show(Change(picture))
        return True

    async def read_views(self) -> None:
        """Read the saved views anew: other boards change them without events."""
        login = self.gateway.login
        self.views = await self.look(views.of, login) or ()

    async def keep_views(
        self,
        operation: Callable[Concatenate[Desk, P], tuple[SavedView, ...]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Change the saved views, which are no part of the record: a past day does not matter.

        Raises what the operation raises.
        """
        self.views = await self.gateway.do(operation, *args, **kwargs)

    def keep_memory(self) -> None:
        """Put down where the board stands, for its next start."""
        if self._shelf and self.is_open:
            campaign = self.picture.state.campaign.uuid
            memory.keep(self._shelf, campaign, self.gateway.login, self.memory)

    async def read_summary(self) -> None:
        """Bring the summary in step with the tasks."""
        if summary := await self.look(retell, self.picture):
            self._show(Change(replace(self.picture, summary=summary), frozenset()))

    async def look(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Read something by the way; None where the file cannot be read now, which is told."""
        try:
            return await self.gateway.read(work, *args, **kwargs)
        except StoreError as problem:
            self.on_trouble(problem)
            return None

    async def write(
        self, operation: Callable[Concatenate[Desk, P], Receipt], *args: P.args, **kwargs: P.kwargs
    ) -> Receipt:
        """Carry out one command; the picture shows it before this returns.

        Raises what the operation raises, and `Refused("past-day")` while a past day is shown.
        """
        if self.picture.is_past:
            raise Refused("past-day", on=self.picture.state.day)
        receipt, news = await self.gateway.write(operation, *args, **kwargs)
        if not self.learn(news):
            try:
                await self.read_all()
            except StoreError as problem:  # what was written is written
                self.on_trouble(problem)
        return receipt

    def learn(self, news: News) -> bool:
        """Take in what was written; False if so much has changed that all must be read again."""
        if self.picture.is_past:
            return True
        others = tuple(event for event in news.events if event.group != news.own)
        codes = frozenset(task.code for task in news.tasks)
        self._show(Change(patched(self.picture, news.tasks), codes, others))
        return not news.replaced and all(event.entity in PATCHED for event in news.events)

    def act_as(self, login: str) -> None:
        """Let another officer act; the memory is from here on what that officer left.

        Whoever looked on before saying who they are goes on with the task they stood on.
        """
        self.keep_memory()
        stood = self.memory.cursor if self.gateway.login is None else None
        self.gateway.login = login
        campaign = self.picture.state.campaign.uuid
        self.memory = memory.recall(self._shelf, campaign, login) if self._shelf else Memory()
        self.memory.cursor = stood or self.memory.cursor
        officer = self.picture.state.officers.get(login)
        self._show(Change(replace(self.picture, officer=officer)))

    def _show(self, change: Change) -> None:
        self._picture = change.picture
        for listener in tuple(self.listeners):
            listener(change)
