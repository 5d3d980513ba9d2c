"""What the officers of a ward do on a working day: opening figures, reports, completion."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from tracker.demo import story
from tracker.demo.acts import Act, Do, Sitting, next_work_day
from tracker.demo.book import Book
from tracker.demo.dice import Dice
from tracker.demo.figures import Count
from tracker.demo.jobs import Job, Obstacle
from tracker.demo.officers import login, ward_posts

ROUND = 5  # tasks that an officer takes up in one sitting
_HANDED_OUT_ON = date(2022, 9, 28)
_OPENING_DAY = date(2022, 9, 30)  # the day that opening figures are counted for


class Ward:
    """A ward with its jobs."""

    def __init__(self, code: str, jobs: Sequence[Job], book: Book) -> None:
        self.code, self.jobs = code, jobs
        self._book, self._temper = book, story.TEMPERS[code]
        self._dice = Dice(f"ward {code}")
        self._opens_on = _HANDED_OUT_ON + timedelta(days=round(45 * (1 - self._temper.care)))

    def acts(self, on: date) -> Iterator[Act]:
        """Yield what the ward does on a day."""
        if story.is_silent(self.code, on):
            return
        for number, post in enumerate(ward_posts(self.code)):
            officer = login(self.code, post)
            jobs = [job for job in self.jobs if job.officer == officer]
            is_round = (on.isoweekday() - 1 - number) % 5 + 1 in self._temper.weekdays
            sitting = Sitting(self._dice)
            if number == 0 and on == _HANDED_OUT_ON:
                yield from map(sitting.act, self._handing_out(officer))
            yield from map(sitting.act, self._work(jobs, on, is_round=is_round))

    def _handing_out(self, officer: str) -> Iterator[Do]:
        """Give tasks to the ward's other officers."""
        for post in ward_posts(self.code)[1:]:
            other = login(self.code, post)
            codes = [job.code for job in self.jobs if job.officer == other]
            yield partial(self._book.give, officer, codes, other)

    def _work(self, jobs: Sequence[Job], on: date, *, is_round: bool) -> Iterator[Do]:
        """Yield one officer's commands of a day; a round takes up the tasks that wait longest."""
        for job in jobs:
            if job.lacks_baseline and on >= story.LATE_BASELINES.get(job.code, self._opens_on):
                figure, day = job.counter.baseline, min(on, _OPENING_DAY)
                yield partial(self._book.baseline, job.officer, job.code, figure, day)
            if job.slip and job.slip.on < on:
                yield self._correction(job)
        started = [job for job in jobs if job.is_open and job.start <= on]
        for job in started:
            if job.is_finished(on) and (is_round or self._temper.is_prompt):
                yield from self._finish(job, on)
        if is_round:
            due = [job for job in started if job.is_due(on) and not job.is_finished(on)]
            due.sort(key=lambda job: -job.age(on))
            for job in due[:ROUND]:
                yield from self._report(job, on)

    def _correction(self, job: Job) -> Do:
        slip, job.slip = job.slip, None
        assert slip is not None
        reason = self._dice.pick(story.CORRECTIONS)
        return partial(
            self._book.record, job.officer, job.code, slip.right, on=slip.on, reason=reason
        )

    def _finish(self, job: Job, on: date) -> Iterator[Do]:
        count, facts = job.count(on)
        if job.measure:
            yield partial(self._book.record, job.officer, job.code, count.figure)
        else:
            yield partial(self._book.update, job.officer, job.code, progress=100)
        if job.row.held["obstacle"] or job.row.held["request"]:
            yield self._clearing(job, facts)
        job.reported_on = on
        result = job.pen.say("done", facts)
        yield partial(self._book.done, job.officer, job.code, on=job.end, result=result)

    def _report(self, job: Job, on: date) -> Iterator[Do]:
        why = job.recount(on)
        count, facts = job.count(on)
        update = partial(self._book.update, job.officer, job.code)
        begun = 5 if job.measure is None else None
        if job.is_new:
            yield partial(update, result=job.pen.say("first", facts), progress=begun)
        elif job.obstacle and job.obstacle.until <= on:
            yield self._clearing(job, facts, None if job.measure else count.progress)
        elif job.meets(on):
            yield self._meeting(job, on, count, facts)
        elif job.measure is None:
            yield self._progress(job, count, facts)
        elif job.lacks_baseline or not job.is_news(count.figure):
            yield partial(self._book.no_change, job.officer, [job.code])
        else:
            typed = count.figure if why else job.mistype(on, count.figure)
            yield partial(self._book.record, job.officer, job.code, typed, reason=why)
            if job.dice.chance(self._temper.words) and typed == count.figure:
                yield partial(update, result=job.pen.report(facts))

    def _progress(self, job: Job, count: Count, facts: Mapping[str, str]) -> Do:
        """Report on a milestone."""
        progress = count.progress
        if str(progress) == job.row.held["progress"] and not job.dice.chance(self._temper.words):
            return partial(self._book.no_change, job.officer, [job.code])
        result = job.pen.report(facts)
        return partial(self._book.update, job.officer, job.code, result=result, progress=progress)

    def _meeting(self, job: Job, on: date, count: Count, facts: Mapping[str, str]) -> Do:
        """Report an obstacle; a result only where its progress stands beside it."""
        text, request, cleared = job.pen.obstacle(facts)
        job.obstacles += 1
        job.obstacle = Obstacle(next_work_day(on + timedelta(days=job.dice.number(5, 15))), cleared)
        asks = request if job.dice.chance(0.6) else None
        result = job.pen.say("result", facts)
        return partial(
            self._book.update,
            job.officer,
            job.code,
            result=None if job.measure else result,
            obstacle=text,
            request=asks,
            progress=None if job.measure else count.progress,
        )

    def _clearing(self, job: Job, facts: Mapping[str, str], progress: int | None = None) -> Do:
        result = job.obstacle.cleared if job.obstacle else job.pen.say("result", facts)
        job.obstacle = None
        return partial(
            self._book.update,
            job.officer,
            job.code,
            result=result,
            obstacle="",
            request="",
            progress=progress,
        )
