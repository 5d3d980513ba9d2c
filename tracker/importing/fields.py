"""The headings that offices write over the fields of an import: of the forms that wards fill in, of
this program's own papers, and the English keys of its JSON.
"""

from collections.abc import Mapping

# The first heading of each field is the one that is shown and written in templates.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("Mã", "Mã nhiệm vụ", "Mã việc", "Mã số", "ID nhiệm vụ", "ID", "code"),
    "title": (
        "Nội dung nhiệm vụ", "Tên nhiệm vụ", "Nhiệm vụ", "Nội dung", "Nội dung công việc",
        "Tên công việc", "Công việc", "Nhiệm vụ được giao", "Nội dung nhiệm vụ được giao",
        "Nội dung thực hiện", "Chỉ tiêu, nhiệm vụ", "Việc", "Đầu việc", "Công việc được giao",
        "title", "task",
    ),
    "title_en": ("Tên tiếng Anh", "English title", "title_en"),
    "workstream": ("Lĩnh vực", "Nhóm nhiệm vụ", "workstream"),
    "lead": (
        "Đơn vị chủ trì", "Đơn vị chủ trì thực hiện", "Chủ trì", "Cơ quan chủ trì", "Đơn vị",
        "Tên đơn vị", "Đơn vị thực hiện", "Đơn vị được giao", "Đơn vị báo cáo", "Phường",
        "UBND phường",
        "Lead unit", "lead",
    ),
    "coop": (
        "Đơn vị phối hợp", "Phối hợp", "Cơ quan phối hợp", "Co-operating units", "coop",
    ),
    "owner": (
        "Đầu mối thực hiện", "Người thực hiện", "Cán bộ phụ trách", "Người phụ trách", "Phụ trách",
        "Cán bộ thực hiện", "Cán bộ đầu mối", "Đầu mối", "Officer in charge", "owner",
    ),
    "confirm": ("Đơn vị xác nhận", "Cơ quan xác nhận", "Confirming unit", "confirm"),
    "product": ("Sản phẩm", "Sản phẩm đầu ra", "Kết quả đầu ra", "Product"),
    "start_on": (
        "Ngày bắt đầu", "Ngày thực hiện", "Bắt đầu", "Từ ngày", "Ngày giao", "Start", "start_on",
    ),
    "due_on": (
        "Thời hạn", "Hạn", "Ngày hoàn thành", "Hạn hoàn thành", "Thời hạn hoàn thành", "Hạn xử lý",
        "Thời gian hoàn thành", "Thời hạn thực hiện", "Kết thúc", "Ngày kết thúc", "Đến ngày",
        "Deadline", "Due", "due_on",
    ),
    "weight": ("Điểm chuẩn", "Trọng số", "Weight"),
    "status": (
        "Tình trạng", "Trạng thái", "Trạng thái nhiệm vụ", "Tình trạng thực hiện", "Hiện trạng",
        "Status",
    ),
    "progress": (
        "Mức độ hoàn thành", "Tiến độ", "Hoàn thành",
        "Tỷ lệ hoàn thành", "Tiến độ thực hiện", "Progress",
    ),
    "figure": (
        "Số liệu", "Lũy kế", "Số thực hiện", "Thực hiện", "Số liệu thực hiện", "Lũy kế thực hiện",
        "Kết quả lũy kế", "Số liệu kỳ này", "Số liệu lũy kế", "Tỷ lệ", "measure.latest", "Figure",
    ),
    "figure_on": (
        "Ngày số liệu", "Tính đến ngày", "Số liệu đến ngày", "Ngày lấy số", "Ngày lấy số liệu",
        "measure.latest_on", "figure_on",
    ),
    "result": (
        "Kết quả thực hiện", "Kết quả", "Kết quả đạt được", "Kết quả thực hiện nhiệm vụ",
        "Kết quả đến nay", "Nội dung đã thực hiện", "Tình hình thực hiện",
        "Tình hình, kết quả thực hiện", "Result",
    ),
    "obstacle": (
        "Khó khăn, vướng mắc", "Khó khăn", "Vướng mắc", "Tồn tại", "Tồn tại, hạn chế",
        "Tồn tại, vướng mắc",
        "Khó khăn, vướng mắc, nguyên nhân", "Obstacle",
    ),
    "request": (
        "Kiến nghị, đề xuất", "Kiến nghị", "Đề xuất", "Đề nghị", "Request",
    ),
    "claimed_on": (
        "Ngày hoàn thành thực tế", "Hoàn thành ngày", "Ngày hoàn thành công việc",
        "Thời gian hoàn thành thực tế", "Finished on", "claimed_on",
    ),
    "reason": ("Lý do", "Lý do điều chỉnh", "Lý do gia hạn", "Reason"),
    "note": ("Ghi chú", "Note"),
    "document": ("Văn bản", "Số văn bản", "Căn cứ", "Document"),
    "login": ("Tên đăng nhập", "Tài khoản", "Login"),
    "name": ("Chức danh", "Chức vụ", "Post", "name"),
    "unit": ("Đơn vị công tác", "unit"),
    "role": ("Vai trò", "Quyền", "Role"),
}  # fmt: skip
OFFICER = frozenset({"login", "name", "unit", "role"})
"""The fields of a table of officers; such a table has the field "login"."""
SHORT = {"due": "due_on", "start": "start_on", "completed_on": "claimed_on", "done": "claimed_on"}
"""Other names of fields, for a mapping."""

YIELDING: Mapping[str, tuple[str, str | None]] = {
    "Ngày hoàn thành": ("due_on", "claimed_on"),
    "Ngày kết thúc": ("due_on", "claimed_on"),
    "Thời gian hoàn thành": ("due_on", "claimed_on"),
    "Đến ngày": ("due_on", "figure_on"),
    "Tình trạng": ("status", None),
}
"""Headings that leave their field to another heading of it in the same table, and what they mean
then: beside "Thời hạn", "Ngày hoàn thành" is the day of completion; beside "Trạng thái", "Tình
trạng" is how it stands with the date. Where two of them stand together the first yields. Those of
a deadline are in doubt where nothing else says what their days are.
"""
ABBREVIATIONS: Mapping[str, str] = {
    "cq": "co quan", "cv": "cong viec", "dv": "don vi", "ht": "hoan thanh", "kh": "ke hoach",
    "kq": "ket qua", "nv": "nhiem vu", "sl": "so lieu", "th": "thuc hien",
}  # fmt: skip
"""Words that offices shorten in headings, folded."""
RATE = "Tỷ lệ"
"""A heading of figures only for what is counted in per cent, and where no plan stands beside it."""
OF_BOTH = "Tình hình thực hiện"
"""A heading under which some write results and some a status."""
PLANS = ("Kế hoạch", "Kế hoạch năm", "Chỉ tiêu", "Chỉ tiêu kế hoạch", "Mục tiêu")
PERSONAL = ("Họ và tên", "Họ tên", "Họ và tên cán bộ", "Số điện thoại", "Điện thoại", "Email")
"""Columns of a person, which this program does not store: left alone, and said so."""

# What a program or a clerk counts and repeats: known, and left alone.
LEFT_ALONE = (
    "STT", "TT", "Số TT", "Số thứ tự", "No.", "Số ngày quá hạn", "Quá hạn (ngày)",
    "Cập nhật lúc", "Ngày cập nhật", "Cập nhật", "Gia hạn", "Gia hạn - Số lần", "Số lần gia hạn",
    "Gia hạn - Mốc cũ", "Hạn cũ", "Hạn đầu", "Hạn ban đầu", "Người giao",
    "Người giao nhiệm vụ", "Nguồn gốc", "Lộ trình", "Lộ trình thực hiện", "Loại nhiệm vụ",
    "LĐVP chủ trì", "Lãnh đạo chủ trì", "Người phê duyệt",
    *PLANS, *PERSONAL, "Đơn vị tính", "ĐVT", "Số đầu kỳ",
    "Số liệu kỳ trước", "Kỳ trước", "Số liệu mới nhất", "Ngày số liệu mới nhất",
    "Unit of measure", "Plan", "Newest figure", "Day of the newest figure", "Remark",
    "Ngày xác nhận", "Được hoạt động", "completed_on", "state", "first_due_on", "days_overdue",
    "measure", "updated_on", "updated_at", "version", "extensions", "active",
)  # fmt: skip
