"""What cells say in words: statuses, nothing, no longer, roles. Folded words of both languages.

The words of the campaign's own labels are among them; nothing here knows a task.
"""

import re
from typing import NamedTuple

from db.records import Role, Status
from tracker.importing.fields import ABBREVIATIONS
from tracker.vietnamese import fold


class Said(NamedTuple):
    """What a cell says of a status: None where it only tells how the date stands. `is_timely` is
    set where it says too whether the work was finished in time.
    """

    status: Status | None
    is_timely: bool | None = None


_STATUSES: dict[str, Status] = {
    word: status
    for status, words in {
        Status.NOT_STARTED: "chua thuc hien|chua trien khai|chua bat dau|chua lam|not started",
        Status.IN_PROGRESS: "dang thuc hien|dang trien khai|dang lam|dang tien hanh|dang xu ly"
        "|in progress",
        Status.AWAITING: "cho xac nhan|cho phe duyet|cho duyet|cho|awaiting confirmation|awaiting"
        "|waits",
        Status.COMPLETED: "hoan thanh|da hoan thanh|xong|da xong|ht|completed|done",
        Status.ON_HOLD: "tam dung|dang tam dung|dung|on hold|held",
        Status.NOT_APPLICABLE: "khong phat sinh|not applicable",
        Status.WITHDRAWN: "khong giao nua|withdrawn",
    }.items()
    for word in words.split("|")
}
_IN_TIME = "dung han|trong han|truoc han|dung tien do|on time|in time"
_LATE = "qua han|qua|tre han|tre|cham|late|overdue"
_NEUTRAL = "khong co han|sap den han|sap han|no deadline|no due|due soon"
_DAYS = r"(?: ?\d+)?(?: (?:ngay|days?|late|overdue))*"
_TIME = re.compile(rf"(?:\d+ (?:days? )?)?(?:({_IN_TIME})|({_LATE})|{_NEUTRAL}){_DAYS}")
_OPEN = re.compile(
    rf"(?:(?:chua (?:ht|hoan thanh|xong) ?)?(?:{_IN_TIME}|{_LATE}|{_NEUTRAL}|den han){_DAYS})"
    r"|chua (?:ht|hoan thanh|xong)|ngoai tong so|outside the totals|excluded"
)
_ROLES = {
    "officer": Role.OFFICER,
    "can bo": Role.OFFICER,
    "cong chuc": Role.OFFICER,
    "chuyen vien": Role.OFFICER,
    "supervisor": Role.SUPERVISOR,
    "giam sat": Role.SUPERVISOR,
    "viewer": Role.VIEWER,
    "nguoi xem": Role.VIEWER,
    "lanh dao": Role.VIEWER,
}
_NOTHING = re.compile(r"[-\u2010-\u2015\u2212._…/]*")
_NONE = re.compile(
    r"(?:hien )?(?:khong|chua|het|none|no|nothing)(?: (?:co|con|phat sinh))?"
    r"(?: (?:gi|(?:cac )?(?:kho khan|vuong mac|kien nghi|de xuat|ton tai|han che)"
    r"(?:(?:,| va|/)? ?(?:kho khan|vuong mac|kien nghi|de xuat|han che))*))?"
)
_EXTENDED = re.compile(r".*(?:gia han|han cu|han dau|extended).*")


def status(text: str) -> Said | None:
    """Return what a cell says of a status, or None where it cannot be understood."""
    spelled = re.findall(r"[^\W_]+", fold(text))
    words = " ".join(ABBREVIATIONS.get(word, word) for word in spelled)
    if _OPEN.fullmatch(words):
        return Said(None)
    for end in sorted({len(words), *(m.start() for m in re.finditer(" ", words))}, reverse=True):
        found = _STATUSES.get(words[:end])
        rest = _TIME.fullmatch(words[end:].strip()) if found and end < len(words) else None
        if found and end == len(words):
            return Said(found)
        if found and rest:
            timely = True if rest[1] else False if rest[2] else None
            return Said(found, timely if found is Status.COMPLETED else None)
    return None


def is_finished(said: object) -> bool:
    """Whether what a cell says of a status tells that the work is done."""
    return isinstance(said, Said) and said.status in (Status.AWAITING, Status.COMPLETED)


def statuses() -> list[str]:
    """Return the words that mean a status, folded."""
    return list(_STATUSES)


def status_of(word: str) -> Status:
    """Return the status that one of `statuses` means."""
    return _STATUSES[word]


def role(text: str) -> Role | None:
    """Return the role that a cell names, or None."""
    return _ROLES.get(fold(text))


def is_nothing(text: str) -> bool:
    """Whether a text only marks a cell as left empty: dashes and dots."""
    return bool(_NOTHING.fullmatch(text.strip()))


def is_none(text: str) -> bool:
    """Whether a text says that there is no obstacle or request, or no longer: "-", "không còn"."""
    return is_nothing(text) or bool(_NONE.fullmatch(fold(text).rstrip(".")))


def is_remark(text: str) -> bool:
    """Whether a note only repeats how often the deadline was moved."""
    return bool(_EXTENDED.fullmatch(fold(text)))
