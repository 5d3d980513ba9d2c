"""Who issues a report, to whom, and who signs it: from the settings, else as is usual.

A setting of one unit carries its code ("report_signer.KD"), one of all units of a kind that kind
("report_parent.phuong"); without either it is the district's own. "-" stands for nothing. Lines of
a head or a title are parted by "|", the members of a list by ";".
"""

from collections.abc import Mapping

from db.records import Unit
from tracker.papers.report import phrases
from tracker.papers.report.records import Head
from tracker.state import State

NOTHING = "-"
COMMITTEE = "Ủy ban nhân dân"
# What an administrative area begins with: it is led by a people's committee.
_AREAS = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn")
# How the head of an office is called, by how the office's name begins; the first that fits.
_LEADERS = (
    ("văn phòng", "Chánh Văn phòng"),
    ("phòng", "Trưởng phòng"),
    ("thanh tra", "Chánh Thanh tra"),
    ("đội", "Đội trưởng"),
    ("trung tâm", "Giám đốc"),
    ("ban quản lý", "Giám đốc"),
    ("ban chỉ huy", "Chỉ huy trưởng"),
    ("chi cục", "Chi cục trưởng"),
    ("kho bạc", "Giám đốc"),
    ("công an", "Trưởng Công an"),
)
_SUBORDINATE = frozenset({"phong", "sunghiep"})  # offices and bodies of the district itself


def head(state: State, settings: Mapping[str, str], code: str | None) -> Head:
    """Return the head of the campaign's own report, or of that of the unit `code`."""
    unit = state.units[code] if code else None
    usual = _of_unit(state, settings, unit) if unit else _of_district(state)

    def said(name: str, mark: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
        """Return a setting as its lines or members; "-" is none, unset is what is usual."""
        text = _setting(settings, name, unit)
        if not text:
            return otherwise
        return tuple(filter(None, (part.lstrip("- ").rstrip() for part in text.split(mark))))

    def one(name: str, otherwise: str) -> str:
        return "".join(said(name, "\n", (otherwise,)))

    agency = said("report_agency", "|", usual.agency) or usual.agency
    return Head(
        parent=said("report_parent", "|", usual.parent),
        agency=agency,
        name=usual.name if agency == usual.agency else " ".join(agency),
        symbol=one("report_symbol", usual.symbol) or usual.symbol,
        place=one("report_place", usual.place) or usual.place,
        to=said("report_to", ";", usual.to),
        titles=said("report_title", "|", usual.titles),
        signer=one("report_signer", usual.signer),
        recipients=said("report_recipients", ";", usual.recipients),
        drafter=one("report_drafter", usual.drafter),
    )


def _setting(settings: Mapping[str, str], name: str, unit: Unit | None) -> str:
    if unit is None:
        return settings.get(name, "")
    return settings.get(f"{name}.{unit.code}") or settings.get(f"{name}.{unit.kind}") or ""


def _of_district(state: State) -> Head:
    """Return the usual head of whoever runs the campaign: the people's committee of its place."""
    campaign = state.campaign
    place, _, above = (part.strip() for part in campaign.place.partition(","))
    is_area = _is_area(place)
    agency = (COMMITTEE, phrases.lower_first(place)) if is_area else (place,)
    upper = above.split(",")[0].strip()
    office = state.units.get(campaign.office)
    return Head(
        parent=(),
        agency=agency,
        name=" ".join(agency),
        symbol="BC-UBND" if is_area else "BC-" + "".join(word[0] for word in place.split()).upper(),
        place=place,
        to=(f"{COMMITTEE} {phrases.lower_first(upper)}",) if _is_area(upper) else (),
        titles=_chair(campaign.chair_title) if is_area else _leaders(campaign.chair_title),
        signer=campaign.chair,
        recipients=(
            *(("Như trên",) if _is_area(upper) else ()),
            *((f"CT, các PCT UBND {place.split(' ')[0].lower()}",) if is_area else ()),
        ),
        drafter=_letters(office) if office else "",
    )


def _of_unit(state: State, settings: Mapping[str, str], unit: Unit) -> Head:
    """Return the usual head of a ward's or an office's report to who runs the campaign."""
    above = head(state, settings, None)
    if unit.is_ward:
        agency: tuple[str, ...] = (COMMITTEE, phrases.lower_first(unit.name))
        symbol, titles = "BC-UBND", _chair("Chủ tịch")
    else:
        agency, symbol, titles = (unit.name,), f"BC-{_letters(unit)}", (_leader(unit.name),)
    return Head(
        parent=above.agency if unit.kind in _SUBORDINATE else (),
        agency=agency,
        name=" ".join(agency),
        symbol=symbol,
        place=unit.name if unit.is_ward else above.place,
        to=(above.name,),
        titles=titles,
        signer="",
        recipients=("Như trên",),
        drafter="",
    )


def _is_area(name: str) -> bool:
    return name.casefold().startswith(tuple(f"{area} " for area in _AREAS))


def _chair(title: str) -> tuple[str, ...]:
    """Return the lines above a chair's signature, who signs for the committee; a deputy signs for
    the chair.
    """
    held = title.casefold()
    if held.startswith("phó chủ tịch"):
        return f"TM. {COMMITTEE}", "KT. Chủ tịch", "Phó Chủ tịch"
    if not held or held.startswith("chủ tịch"):
        return f"TM. {COMMITTEE}", "Chủ tịch"
    return f"TM. {COMMITTEE}", title


def _leaders(title: str) -> tuple[str, ...]:
    return (title,) if title else ()


def _leader(name: str) -> str:
    held = name.casefold()
    return next(
        (title for begins, title in _LEADERS if held.startswith(begins)), "Thủ trưởng đơn vị"
    )


def _letters(unit: Unit) -> str:
    """Return how an office is called in a symbol."""
    return "VP" if unit.name.casefold().startswith("văn phòng") else unit.code
