"""What waits for an officer: each task is a question about one noun, counted on the desk and answered by its list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from registry.models import (
    ApiKey,
    Certificate,
    Conflict,
    CorrectionRequest,
    Engagement,
    Enterprise,
    ImportBatch,
    Investor,
    Milestone,
    OperatingReport,
    Opportunity,
    Policy,
    Project,
    RowProblem,
    Source,
    Statement,
    Zone,
)
from registry.models.account import may
from registry.statistics.duplicates import repeated
from registry.statistics.stale import AGES
from registry.templatetags.register_format import vague_day
from registry.vocabulary.batch import BatchState
from registry.vocabulary.report import Quarter
from registry.vocabulary.role import Deed
from registry.vocabulary.statement import Review

from .address import list_of, page_of

PUBLISHED_NOUNS = (Project, Investor, Enterprise, Zone, Source, Policy, Engagement, Opportunity)
# Capital that is to be contributed within so many days is told of beforehand.
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    """``word`` stands in the address of the list: ``?task=overdue``. ``rows(user, today)`` are the records that wait;
    tasks of one ``title`` stand together on the desk. ``note(today)`` says by when. ``page`` is the page of the noun
    that shows what waits where its list does not, ``noun`` what is counted where it is no records."""

    word: str
    title: str
    model: type[Model]
    rows: Callable[[object, date], QuerySet]
    note: Callable[[date], str] = lambda today: ""
    page: str = ""
    noun: str = ""

    @property
    def told_noun(self) -> str:
        return str(self.noun or self.model._meta.verbose_name)

    @property
    def url(self) -> str:
        return page_of(self.model, self.page) if self.page else list_of(self.model, task=self.word)


def _mine(model) -> Task:
    return Task("mine", _("Bản nháp của tôi"), model, lambda user, today: model.objects.drafts_of(user))


def _repeated(model) -> Task:
    return Task("repeated", _("Có thể trùng: cùng tên hoặc cùng mã số thuế với hồ sơ khác"), model,
                lambda user, today: repeated(model), page="duplicates")


def _in_review(model) -> Task:
    return Task("review", _("Chờ duyệt"), model, lambda user, today: model.objects.in_review())


def _deadline(today: date) -> str:
    """The quarter that is over, and the day before which companies report of it."""
    quarter = Quarter.before(today)
    return _("%(quarter)s, trước ngày %(day)s") % {
        "quarter": vague_day(quarter.days), "day": date_format(quarter.due_before, "SHORT_DATE_FORMAT")}


def _keys_of(user) -> QuerySet:
    """The keys for who keeps them; others are not told of any."""
    return ApiKey.objects.all() if may(user, Deed.ACCOUNTS) else ApiKey.objects.none()


TASKS = (
    *(_mine(model) for model in PUBLISHED_NOUNS),
    *(_in_review(model) for model in (*PUBLISHED_NOUNS, Certificate)),
    Task("review", _("Chờ duyệt"), ImportBatch,
         lambda user, today: ImportBatch.objects.filter(state=BatchState.IN_REVIEW)),
    Task("failed", _("Tệp nhập không thành"), ImportBatch, lambda user, today: RowProblem.objects.files(),
         page="failed", noun=_("tệp")),
    Task("dossier", _("Hồ sơ đã tiếp nhận, chưa có kết quả"), Certificate,
         lambda user, today: Certificate.objects.dossiers()),
    Task("overdue", _("Mốc tiến độ quá hạn"), Milestone, lambda user, today: Milestone.objects.overdue(today)),
    Task("contribution", _("Hạn góp vốn đã qua, hoặc trong 30 ngày tới"), Certificate,
         lambda user, today: Certificate.objects.contribution_due(today + AHEAD)),
    Task("waiting", _("Báo cáo quý chờ tiếp nhận"), OperatingReport,
         lambda user, today: OperatingReport.objects.waiting()),
    Task("due", _("Báo cáo quý đến hạn"), Project,
         lambda user, today: Project.objects.report_due(Quarter.before(today)), _deadline),
    Task("differing", _("Lũy kế báo cáo khác sổ vốn"), Conflict,
         lambda user, today: Conflict.objects.waiting().of_reports()),
    Task("unsettled", _("Báo sai sót chờ kết luận"), CorrectionRequest,
         lambda user, today: CorrectionRequest.objects.unsettled()),
    Task("approve", _("Khóa API chờ duyệt"), ApiKey, lambda user, today: _keys_of(user).to_approve()),
    Task("ending", _("Khóa API hết hạn trong 30 ngày tới"), ApiKey,
         lambda user, today: _keys_of(user).ending(today + AHEAD)),
    Task("open", _("Mâu thuẫn chờ xem xét"), Conflict,
         lambda user, today: Conflict.objects.waiting().of_statements()),
    Task("open", _("Nội dung chờ xem xét"), Statement,
         lambda user, today: Statement.objects.filter(review=Review.OPEN)),
    *(_repeated(model) for model in (Investor, Enterprise)),
    Task("untouched", _("Dự án không thay đổi hơn nửa năm"), Project,
         lambda user, today: Project.objects.untouched(since=today - timedelta(days=AGES[0]))),
    Task("sourceless", _("Chưa có nguồn"), Project, lambda user, today: Project.objects.sourceless()),
    Task("sourceless", _("Chưa có nguồn"), Milestone, lambda user, today: Milestone.objects.filter(source=None)),
    Task("sourceless", _("Chưa có nguồn"), Zone, lambda user, today: Zone.objects.filter(sources=None)),
)


def tasks_of(model) -> list[Task]:
    """Those that narrow the list of a noun; what is no records of it has a page of its own."""
    return [task for task in TASKS if task.model is model and not task.noun]


def _told(task: Task) -> str:
    note = task.note(timezone.localdate())
    return f"{task.title} ({note})" if note else task.title


class TaskFilter(admin.SimpleListFilter):
    """The list of a noun narrowed to what waits, exactly as the desk counts it."""

    title = _("việc đang chờ")
    parameter_name = "task"

    def __init__(self, request, params, model, model_admin):
        self.tasks = {task.word: task for task in tasks_of(model)}
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(word, _told(task)) for word, task in self.tasks.items()]

    def queryset(self, request, queryset):
        task = self.tasks.get(self.value())
        if task is None:
            return queryset
        return queryset.filter(pk__in=task.rows(request.user, timezone.localdate()).order_by().values("pk"))
