"""What sets the wards of the demo apart: how they work, when they fall silent, what goes wrong.

Data only. The days and numbers are made up; the wards' real records are not known to us.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Temper:
    """How a ward works.

    `pace` is added to the part of its window that a task takes; its officers report on `weekdays`
    (ISO), on a task every `gap` days; `words` is the chance that a figure comes with a text, `care`
    that a report is accepted at once; `size` is 0 for the smallest ward and 1 for the largest.
    """

    size: float
    pace: float
    weekdays: tuple[int, ...]
    gap: int
    words: float
    care: float

    @property
    def is_prompt(self) -> bool:
        """Whether it reports completion on the day, not at the next round."""
        return self.gap <= 6


TEMPERS = {
    "AB": Temper(0.40, -0.09, (1, 3, 5), 5, 0.55, 0.95),
    "AD": Temper(0.45, -0.02, (2, 4), 6, 0.55, 0.92),
    "CD": Temper(0.15, 0.10, (2, 5), 8, 0.40, 0.80),
    "DUH": Temper(0.50, 0.00, (1, 4), 6, 0.50, 0.90),
    "DHK": Temper(1.00, 0.06, (1, 3), 7, 0.50, 0.88),
    "DOH": Temper(0.30, 0.02, (2, 4), 6, 0.45, 0.90),
    "HK": Temper(0.60, -0.02, (2, 5), 6, 0.55, 0.92),
    "HN": Temper(0.35, 0.10, (3, 5), 8, 0.45, 0.82),
    "KD": Temper(0.75, -0.14, (1, 3, 5), 5, 0.65, 0.96),
    "LS": Temper(0.45, -0.11, (1, 2, 4), 5, 0.60, 0.96),
    "NN": Temper(0.80, 0.01, (1, 4), 6, 0.50, 0.90),
    "NX": Temper(0.55, 0.04, (2, 4), 7, 0.45, 0.88),
    "TC": Temper(0.25, 0.10, (3, 5), 8, 0.40, 0.80),
    "TNH": Temper(0.50, -0.12, (1, 3, 4), 5, 0.60, 0.96),
    "VN": Temper(0.95, 0.08, (2, 5), 7, 0.45, 0.84),
}

SILENCES = {
    "CD": (
        (date(2022, 10, 21), date(2022, 10, 31)),
        (date(2022, 11, 11), date(2022, 11, 23)),
    ),
    "TC": (
        (date(2022, 11, 10), date(2022, 11, 23)),
        (date(2022, 12, 8), date(2022, 12, 18)),
    ),
}

# Opening figures that were forgotten in the first days, and when they came.
LATE_BASELINES = {"CDS-01.TC": date(2022, 11, 25), "TTXD-02.CD": date(2022, 11, 28)}

# Where the end of a task is part of the story; None: not reached within it.
ENDS: dict[str, date | None] = {
    "TTDH-01.HN": date(2022, 11, 29),
    "TTDH-01.TC": date(2022, 11, 24),
    "TTDH-03.CD": date(2022, 11, 25),
    "TTDH-03.HN": date(2022, 11, 23),
    "TTDH-03.TC": date(2022, 12, 2),
    "TTDH-03.VN": date(2022, 11, 24),
    "TTDH-03.DHK": date(2022, 11, 29),
    "YT-01.CD": date(2022, 11, 30),
    "YT-01.HN": date(2022, 11, 28),
    "YT-01.NN": date(2022, 11, 28),
    "YT-01.NX": date(2022, 11, 23),
    "YT-01.TC": date(2022, 12, 6),
    "YT-01.VN": date(2022, 11, 25),
    "ASXH-01.NX": date(2022, 12, 1),
    "DTC-02.VN": date(2022, 12, 19),
    "NS-04.DHK": date(2022, 12, 22),
    "NS-04.HN": None,
    "CDS-03.TC": date(2022, 12, 27),
    "TTXD-02.VN": None,
    "TTXD-02.TC": date(2023, 1, 12),
    "TTDH-02.CD": None,
    "CCHC-01.TC": date(2022, 12, 28),
}

# More to count than was known: the total grows, and a cumulative figure falls for a reason.
RECOUNTS = {
    "YT-01.AD": (date(2022, 10, 27), 1.05, "Rà soát bổ sung người thuộc diện, mẫu số tăng 5%."),
    "YT-01.DOH": (date(2022, 11, 3), 1.04, "Bổ sung người tạm trú vào danh sách thuộc diện tiêm."),
    "NS-04.NX": (date(2022, 11, 8), 1.12, "Chi cục Thuế bổ sung danh sách nợ giao cho phường."),
    "QPAN-01.VN": (date(2022, 11, 17), 1.08, "Bổ sung công dân chuyển đến vào danh sách gọi khám."),
}

CORRECTIONS = (
    "Nhập nhầm số của kỳ trước, đã đối chiếu lại.",
    "Tính trùng một số trường hợp khi tổng hợp.",
    "Gõ nhầm chữ số, sửa lại theo báo cáo gốc.",
    "Đối chiếu với cơ quan phối hợp, điều chỉnh cho khớp.",
    "Nhầm dòng khi tổng hợp từ các tổ dân phố.",
)


class Points(NamedTuple):
    """Points that a ward was given on a day, or lost, and the evidence."""

    on: date
    unit: str
    points: str
    evidence: str


POINTS = (
    Points(
        date(2022, 10, 17), "LS", "2",
        "Thông báo 168/TB-UBND ngày 14/10/2022: mô hình tuyến phố tự quản được nhân rộng.",
    ),
    Points(
        date(2022, 11, 11), "HN", "-2",
        "Thông báo 195/TB-UBND ngày 10/11/2022: kiểm tra đột xuất, bộ phận một cửa vắng trực.",
    ),
    Points(
        date(2022, 11, 14), "KD", "1.5",
        "Thư khen của Chủ tịch UBND quận ngày 12/11/2022: dẫn đầu về thu nợ thuế trên địa bàn.",
    ),
    Points(
        date(2022, 11, 21), "TC", "-3",
        "Công văn 1276/UBND-VP ngày 18/11/2022: hai lần đôn đốc không báo cáo.",
    ),
    Points(
        date(2022, 12, 5), "AB", "2",
        "Thông báo 221/TB-UBND ngày 02/12/2022: dẫn đầu phúc tra trật tự đường hè.",
    ),
    Points(
        date(2022, 12, 19), "VN", "-1",
        "Biên bản ngày 16/12/2022: số liệu vi phạm trật tự xây dựng báo cáo chưa đúng thực tế.",
    ),
)  # fmt: skip

# Days without work that the plan's window does not name: New Year's day off, and Tết.
DAYS_OFF = frozenset(
    {date(2023, 1, 2), *(date(2023, 1, day) for day in range(20, 27))},
)


def is_silent(ward: str, on: date) -> bool:
    """Whether nothing is heard of a ward on a day."""
    return any(first <= on <= last for first, last in SILENCES.get(ward, ()))


def is_work_day(on: date) -> bool:
    """Whether offices are open on a day."""
    return on.isoweekday() <= 5 and on not in DAYS_OFF
