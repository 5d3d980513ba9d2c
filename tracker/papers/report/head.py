"""Who issues a report, to whom, and who signs it: from the settings, else as is usual.

A setting of one unit carries its code ("report_signer.KD"), one of all units of a kind that kind
("report_parent.phuong"); without either it is the district's own. "-" stands for nothing. Lines of
a head or a title are parted by "|", the members of a list by ";".
"""

import re
from collections.abc import Iterable, Mapping

from db.records import Unit
from tracker.papers.report import phrases
from tracker.papers.report.records import Head
from tracker.state import State

NOTHING = "-"
_FILING = re.compile(r"lưu\s*(?::|(?=(?:vt|văn thư)\b))\s*(.+)", re.IGNORECASE)
_DEPUTISING = ("kt.", "tl.", "tuq.", "q.")  # who signs for somebody else, or in his place
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
    titles = _collective(said("report_title", "|", usual.titles), usual.titles)
    recipients, filing = _filed(said("report_recipients", ";", usual.recipients))
    if not filing:
        drafter = _setting(settings, "report_drafter", unit)
        filing = _kept(one("report_drafter", "")) if drafter else usual.filing
    return Head(
        parent=said("report_parent", "|", usual.parent),
        agency=agency,
        name=usual.name if agency == usual.agency else " ".join(agency),
        symbol=one("report_symbol", usual.symbol) or usual.symbol,
        place=one("report_place", usual.place) or usual.place,
        to=said("report_to", ";", usual.to),
        titles=titles,
        signer=one("report_signer", usual.signer if _is_own(titles, usual.titles) else ""),
        recipients=recipients,
        filing=filing,
    )


def _collective(titles: tuple[str, ...], usual: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines above a signature; a deputy's begin with the body that is led."""
    if titles and titles[0].casefold().startswith("kt.") and usual[0].startswith("TM."):
        return usual[0], *titles
    return titles


def _is_own(titles: Iterable[str], usual: tuple[str, ...]) -> bool:
    """Whether nobody else signs than who does so usually; without a title that stays open."""
    held = [line.casefold() for line in titles]
    return not held or (
        held[-1:] == [line.casefold() for line in usual[-1:]]
        and any(line.startswith(_DEPUTISING) for line in held)
        == any(line.casefold().startswith(_DEPUTISING) for line in usual)
    )


def _filed(recipients: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """Return the recipients without the line on filing, and that line, "" where none was given."""
    others, filing = [], ""
    for each in recipients:
        bare = each.rstrip(" .;")
        if found := _FILING.fullmatch(bare):
            filing = f"Lưu: {found[1]}"
        elif bare:
            others.append(bare)
    return tuple(others), filing


def _kept(drafter: str) -> str:
    """Return the last line of the recipients: the registry, and who drafted the report."""
    return ", ".join(filter(None, ("Lưu: VT", drafter)))


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
        filing=_kept(_letters(office) if office else ""),
    )


def _of_unit(state: State, settings: Mapping[str, str], unit: Unit) -> Head:
    """Return the usual head of a ward's or an office's report to who runs the campaign."""
    above = head(state, settings, None)
    if unit.is_ward:
        agency: tuple[str, ...] = (COMMITTEE, phrases.lower_first(unit.name))
        symbol, titles = "BC-UBND", _chair("Chủ tịch")
    else:
        agency, symbol = (_whole(unit.name, above.place),), f"BC-{_letters(unit)}"
        titles = (_leader(unit.name),)
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
        filing=_kept(""),
    )


def _whole(name: str, place: str) -> str:
    """Return the name of an office that ends in "quận" with the name of that district behind it."""
    for area in _AREAS:
        if name.casefold().endswith(f" {area}") and place.casefold().startswith(f"{area} "):
            return name + place[len(area) :]
    return name


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
