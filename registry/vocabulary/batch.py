"""The words of imports: what becomes of a row, and how far a batch has come."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fate(models.TextChoices):
    """What becomes of a row of a file (số phận của dòng)."""

    NEW = "new", _("nhập mới")
    CHANGED = "changed", _("có thay đổi")
    UNCHANGED = "unchanged", _("không đổi")
    CONFLICT = "conflict", _("cần chọn")
    ERROR = "error", _("lỗi")


class BatchState(models.TextChoices):
    """A batch is reviewed and published as one, and can be taken back as one."""

    IN_REVIEW = "in_review", _("chờ duyệt")
    PUBLISHED = "published", _("đã công bố")
    UNDONE = "undone", _("đã hoàn tác")


IN_FORCE = (BatchState.IN_REVIEW, BatchState.PUBLISHED)


class Step(models.TextChoices):
    """What an import is at; the steps of applying begin with those of looking at the file again."""

    READ = "read", _("Đọc tệp")
    FIND = "find", _("Tìm các bản ghi mà tệp nói đến")
    COMPARE = "compare", _("So từng dòng với sổ đăng ký")
    WRITE = "write", _("Ghi các dòng và bản ghi mới")


class ImportTable(models.TextChoices):
    """The tables that can be imported, by the word of their address in the API."""

    PROJECTS = "projects", _("dự án")
    CERTIFICATES = "certificates", _("giấy chứng nhận đăng ký đầu tư")
    CAPITAL_ENTRIES = "capital-entries", _("bút toán vốn")
    INVESTORS = "investors", _("nhà đầu tư")
    ZONES = "zones", _("khu công nghiệp")
    ZONE_OBSERVATIONS = "zone-observations", _("số liệu quan sát khu công nghiệp")
    OPERATING_REPORTS = "operating-reports", _("báo cáo quý")
