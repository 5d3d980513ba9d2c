"""Urgings in words: the way they were sent, what was asked, by when."""

from collections.abc import Mapping
from datetime import date

from db.urgings import Medium, Urging
from tracker.i18n import N_, _, ngettext
from tracker.vietnamese import format_date

MEDIA: Mapping[Medium, str] = {
    Medium.ZALO: N_("by Zalo"),
    Medium.PHONE: N_("by phone"),
    Medium.PAPER: N_("on paper"),
    Medium.MAIL: N_("by mail"),
}


def medium(value: str) -> str:
    """Return the way by which an urging was sent."""
    return _(MEDIA[Medium(value)])


def asked(by: date, sent: str | None, text: str | None) -> str:
    """Return what was asked: the day by which to report, the way it was sent, own words."""
    day = _("report by {day}").format(day=format_date(by))
    return " · ".join(filter(None, (day, medium(sent) if sent else "", text)))


def newest(urged: Urging) -> str:
    """Return an urging that stands, with the day on which it was sent."""
    on = _("urged on {day}").format(day=format_date(urged.on))
    return f"{on}: {asked(urged.by, urged.medium, urged.text)}"


def sent(n: int) -> str:
    """Return how many urgings were sent."""
    return ngettext("{n} urging", "{n} urgings", n).format(n=n)
