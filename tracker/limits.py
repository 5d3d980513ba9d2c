"""Within what bounds the days and numbers of a task must lie: said while one types, and decided by
the same code when it is saved. Pure; everything here raises `BadInput`.
"""

from datetime import date, timedelta
from decimal import Decimal

from db.records import Campaign
from tracker.errors import BadInput

MOST_WEIGHT = MOST_PROGRESS = MOST_BONUS = 100
YEAR = timedelta(days=365)


def weight(number: object) -> None:
    """A weight is a number from 0 to 100."""
    if not isinstance(number, Decimal) or not 0 <= number <= MOST_WEIGHT:
        raise BadInput("weight-range", value=number)


def progress(number: Decimal | int) -> None:
    """A progress is a whole number of per cent from 0 to 100."""
    if number % 1 or not 0 <= number <= MOST_PROGRESS:
        raise BadInput("progress-range", value=number)


def due_day(day: date, campaign: Campaign) -> None:
    """A deadline is a day from the launch until the books close."""
    _between("due-window", day, campaign.launch, campaign.books_close)


def order(start: date | None, due: date | None) -> None:
    """A task does not begin after its deadline."""
    if start is not None and due is not None and start > due:
        raise BadInput("start-after-due", start=start, due=due)


def claimed_day(day: date, campaign: Campaign, today: date) -> None:
    """A task is completed on a day from the launch to today."""
    _between("claim-date", day, campaign.launch, today)


def figure_day(day: date, campaign: Campaign, today: date, *, is_opening: bool = False) -> None:
    """A figure is of a day from the launch to today, an opening figure at most a year older."""
    _between("figure-date", day, campaign.launch - YEAR * is_opening, today)


def plan_day(day: date, campaign: Campaign) -> None:
    """A plan is in force from a day between the launch and the day the books close."""
    _between("plan-date", day, campaign.launch, campaign.books_close)


def bonus(points: Decimal) -> None:
    """Points given or taken at once are not 0, at most 100, to two decimals."""
    if not points or abs(points) > MOST_BONUS or points != round(points, 2):
        raise BadInput("bonus-range", value=points, most=MOST_BONUS)


def bonus_day(day: date, campaign: Campaign, today: date) -> None:
    """Points are for a day from the launch to today."""
    _between("bonus-date", day, campaign.launch, today)


def urging_day(day: date, today: date) -> None:
    """What is urged is asked for by today or a later day."""
    if day < today:
        raise BadInput("urge-date", value=day, today=today)


def _between(code: str, day: date, first: date, last: date) -> None:
    if last < first:  # today is before every day that counts
        raise BadInput("too-early", first=first, last=last)
    if not first <= day <= last:
        raise BadInput(code, value=day, first=first, last=last)
