"""Who acts in the demo: officers named by their post, never by a person."""

from collections.abc import Iterable

from db.records import Officer, Role, Unit

SUPERVISOR = "vpub.tonghop"
WARD_POSTS = {
    "vptk": "Văn phòng - thống kê",
    "dcxd": "Địa chính - xây dựng - đô thị và môi trường",
    "tckt": "Tài chính - kế toán",
}
THREE_POSTS = frozenset({"DHK", "HK", "NN", "VN"})  # the larger wards
OWNED = {"dcxd": ("TTXD", "TTDH"), "tckt": ("NS", "DTC")}  # the rest is the first post's
OFFICE_POSTS = {
    "NV": ("thidua", "Thi đua - khen thưởng"),
    "TCKH": ("ngansach", "Ngân sách"),
    "KT": ("doanhnghiep", "Quản lý doanh nghiệp"),
    "QLDT": ("xaydung", "Quản lý xây dựng"),
    "TNMT": ("moitruong", "Môi trường"),
    "VHTT": ("cntt", "Công nghệ thông tin - tuyên truyền"),
    "GDDT": ("chuyenmon", "Chuyên môn"),
    "LDTBXH": ("baotro", "Bảo trợ xã hội"),
    "TP": ("hotich", "Hộ tịch - hòa giải"),
    "TTRA": ("tonghop", "Tổng hợp"),
    "DTTDT": ("tonghop", "Tổng hợp"),
    "PTQD": ("gpmb", "Bồi thường - giải phóng mặt bằng"),
    "BQLDA": ("kehoach", "Kế hoạch"),
    "TTYT": ("duphong", "Y tế dự phòng"),
    "CCT": ("nghiepvu", "Nghiệp vụ - dự toán"),
    "KBNN": ("ketoan", "Kế toán nhà nước"),
    "CAQ": ("thammuu", "Tham mưu"),
    "BCHQS": ("quanluc", "Quân lực"),
    "MTTQ": ("phongtrao", "Phong trào"),
}
_OFFICE = "Văn phòng HĐND và UBND quận"
_SUPERVISING = (
    Officer(SUPERVISOR, f"Tổng hợp, {_OFFICE}", "VPUB", Role.SUPERVISOR, True),
    Officer("vpub.lanhdao", f"Lãnh đạo {_OFFICE}", "VPUB", Role.SUPERVISOR, True),
    Officer("vpub.cntt", f"Quản trị mạng, {_OFFICE}", "VPUB", Role.OFFICER, True),
    Officer("ubnd.thuongtruc", "Thường trực UBND quận", "VPUB", Role.VIEWER, True),
)


def appointed(units: Iterable[Unit]) -> list[Officer]:
    """Return every officer of the demo, the supervising office first."""
    found = list(_SUPERVISING)
    for unit in units:
        if unit.is_ward:
            for post in ward_posts(unit.code):
                name = f"{WARD_POSTS[post]}, P. {unit.short_name}"
                found.append(Officer(login(unit.code, post), name, unit.code, Role.OFFICER, True))
        elif unit.code in OFFICE_POSTS:
            post, title = OFFICE_POSTS[unit.code]
            name = f"{title}, {unit.name}"
            found.append(Officer(login(unit.code, post), name, unit.code, Role.OFFICER, True))
    return found


def ward_posts(ward: str) -> tuple[str, ...]:
    """Return the posts of a ward, the one that reports on most tasks first."""
    return tuple(WARD_POSTS)[: 3 if ward in THREE_POSTS else 2]


def login(unit: str, post: str) -> str:
    """Return the login of a post: "kd.vptk"."""
    return f"{unit.lower()}.{post}"


def owner(ward: str, workstream: str) -> str:
    """Return who reports on a workstream's tasks in a ward."""
    for post in ward_posts(ward)[1:]:
        if workstream in OWNED[post]:
            return login(ward, post)
    return login(ward, "vptk")


def reporter(unit: str) -> str:
    """Return who reports on an office's own tasks."""
    return login(unit, OFFICE_POSTS[unit][0]) if unit in OFFICE_POSTS else "vpub.cntt"


def confirmer(unit: str) -> str:
    """Return who answers for a unit to what is reported completed."""
    return login(unit, OFFICE_POSTS[unit][0]) if unit in OFFICE_POSTS else SUPERVISOR
