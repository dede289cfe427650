"""Imports: a file as one batch in review, what each of its rows proposes, and files that could not be taken."""

from django.db import models
from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet, Versioned
from registry.models.fields import one_of
from registry.vocabulary.batch import IN_FORCE, BatchState, Fate, ImportTable


class ImportBatchQuerySet(NounQuerySet):
    def public(self):
        """Batches are the officers' own."""
        return self.none()

    def in_force(self):
        """The batches that nobody has taken back."""
        return self.filter(state__in=IN_FORCE)


class ImportBatch(Versioned):
    """A file that was imported (lô nhập dữ liệu): reviewed, published and taken back as one.

    Who made it, when and why stand in its acts, what it made in their changes. The file as a source of the register
    has the batch's code as its ``reference``. The counts are of the rows by their fate.
    """

    KIND = "import-batch"

    code = models.CharField(_("mã"), max_length=20, unique=True)
    table = models.CharField(_("bảng"), max_length=20, choices=ImportTable)
    file_name = models.CharField(_("tên tệp"), max_length=200)
    sha256 = models.CharField(_("mã băm SHA-256"), max_length=64)
    state = models.CharField(_("tình trạng"), max_length=10, choices=BatchState, default=BatchState.IN_REVIEW)
    new = models.PositiveIntegerField(_("số dòng nhập mới"), default=0)
    changed = models.PositiveIntegerField(_("số dòng thay đổi"), default=0)
    unchanged = models.PositiveIntegerField(_("số dòng không đổi"), default=0)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("lô nhập dữ liệu")
        verbose_name_plural = _("lô nhập dữ liệu")
        constraints = [
            one_of("batch", "table", ImportTable),
            one_of("batch", "state", BatchState),
            models.UniqueConstraint(
                name="batch_file_once", fields=["table", "sha256"], condition=models.Q(state__in=IN_FORCE),
                violation_error_message=_("Tệp này đã được nhập; hãy hoàn tác lô cũ trước khi nhập lại."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.file_name}"

    @property
    def rows_count(self) -> int:
        return self.new + self.changed + self.unchanged

    def is_public(self) -> bool:
        return False


class ImportRow(models.Model):
    """One row of a batch: its fate, the record it is about, and what it proposes (dòng của lô nhập).

    ``before`` and ``after`` are the columns of an existing record that it changes, ``version`` the one that was seen.
    ``proposed`` are the ledger entries and observations that wait for the batch to be published, as [kind, columns].
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", verbose_name=_("lô nhập dữ liệu"))
    number = models.PositiveIntegerField(_("dòng"))
    fate = models.CharField(_("kết quả"), max_length=10, choices=Fate)
    kind = models.CharField(_("loại bản ghi"), max_length=20)
    code = models.CharField(_("mã"), max_length=70, blank=True, default="")
    name = models.CharField(_("tên"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(_("phiên bản"), null=True)
    before = models.JSONField(_("trước"), default=dict)
    after = models.JSONField(_("sau"), default=dict)
    proposed = models.JSONField(_("bản ghi chờ công bố"), default=list)

    class Meta:
        verbose_name = _("dòng của lô nhập")
        verbose_name_plural = _("dòng của lô nhập")
        constraints = [
            one_of("import_row", "fate", Fate),
            models.UniqueConstraint(name="import_row_once", fields=["batch", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.fate} {self.code}"


class RowProblemQuerySet(models.QuerySet):
    def files(self):
        """One row for each file, as plain values: what it was to be imported as, who tried and when, how many
        ``problems`` it has, and the key of the ``first``."""
        return self.order_by().values("table", "file_name", "by_name", "at").annotate(
            problems=Count("pk"), first=Min("pk"))

    def of_file(self, problem: "RowProblem"):
        """All of the file that has this one."""
        return self.filter(table=problem.table, file_name=problem.file_name)


class RowProblem(models.Model):
    """What was wrong in a file that could not be imported (lỗi của tệp nhập): where, and the way out.

    It stays until the same table is imported from a file of the same name, or an officer lets it go. ``cell`` is empty
    where the whole file is at fault.
    """

    table = models.CharField(_("bảng"), max_length=20, choices=ImportTable)
    file_name = models.CharField(_("tên tệp"), max_length=200)
    sha256 = models.CharField(_("mã băm SHA-256"), max_length=64)
    by_name = models.CharField(_("tên người thực hiện"), max_length=150)
    at = models.DateTimeField(_("lúc"))
    sheet = models.CharField(_("trang tính"), max_length=200, blank=True, default="")
    cell = models.CharField(_("ô"), max_length=12, blank=True, default="")
    code = models.CharField(_("mã lỗi"), max_length=60)
    message = models.TextField(_("lỗi và cách sửa"))

    objects = RowProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("lỗi của tệp nhập")
        verbose_name_plural = _("lỗi của tệp nhập")
        constraints = [one_of("row_problem", "table", ImportTable)]
        indexes = [models.Index(name="row_problem_of_file", fields=["table", "file_name"])]

    def __str__(self) -> str:
        return f"{self.file_name} {self.cell}: {self.message}"
