"""What waits for an officer: each task is a question about one noun, counted on the desk and answered by its list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import (
    Certificate,
    Conflict,
    CorrectionRequest,
    Engagement,
    Enterprise,
    ImportBatch,
    Investor,
    Milestone,
    Opportunity,
    Policy,
    Project,
    Source,
    Statement,
    Zone,
)
from registry.vocabulary.batch import BatchState
from registry.vocabulary.statement import ConflictState, Review
from registry.web.project_filters import HAS

PUBLISHED_NOUNS = (Project, Investor, Enterprise, Zone, Source, Policy, Engagement, Opportunity)
# Capital that is to be contributed within so many days is told of beforehand.
AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    """``word`` stands in the address of the list: ``?task=overdue``. ``rows(user, today)`` are the records that wait;
    tasks of one ``title`` stand together on the desk."""

    word: str
    title: str
    model: type[Model]
    rows: Callable[[object, date], QuerySet]


def _mine(model) -> Task:
    return Task("mine", _("Bản nháp của tôi"), model, lambda user, today: model.objects.drafts_of(user))


def _in_review(model) -> Task:
    return Task("review", _("Chờ duyệt"), model, lambda user, today: model.objects.in_review())


TASKS = (
    *(_mine(model) for model in PUBLISHED_NOUNS),
    *(_in_review(model) for model in (*PUBLISHED_NOUNS, Certificate)),
    Task("review", _("Chờ duyệt"), ImportBatch,
         lambda user, today: ImportBatch.objects.filter(state=BatchState.IN_REVIEW)),
    Task("dossier", _("Hồ sơ đã tiếp nhận, chưa có kết quả"), Certificate,
         lambda user, today: Certificate.objects.dossiers()),
    Task("overdue", _("Mốc tiến độ quá hạn"), Milestone, lambda user, today: Milestone.objects.overdue(today)),
    Task("contribution", _("Hạn góp vốn đã qua, hoặc trong 30 ngày tới"), Certificate,
         lambda user, today: Certificate.objects.contribution_due(today + AHEAD)),
    Task("unsettled", _("Báo sai sót chờ kết luận"), CorrectionRequest,
         lambda user, today: CorrectionRequest.objects.unsettled()),
    Task("open", _("Mâu thuẫn chờ xem xét"), Conflict,
         lambda user, today: Conflict.objects.filter(state=ConflictState.OPEN)),
    Task("open", _("Nội dung chờ xem xét"), Statement,
         lambda user, today: Statement.objects.filter(review=Review.OPEN)),
    Task("sourceless", _("Chưa có nguồn"), Project, lambda user, today: Project.objects.exclude(HAS["sources"])),
    Task("sourceless", _("Chưa có nguồn"), Milestone, lambda user, today: Milestone.objects.filter(source=None)),
    Task("sourceless", _("Chưa có nguồn"), Zone, lambda user, today: Zone.objects.filter(sources=None)),
)


def tasks_of(model) -> list[Task]:
    return [task for task in TASKS if task.model is model]


class TaskFilter(admin.SimpleListFilter):
    """The list of a noun narrowed to what waits, exactly as the desk counts it."""

    title = _("việc đang chờ")
    parameter_name = "task"

    def __init__(self, request, params, model, model_admin):
        self.tasks = {task.word: task for task in tasks_of(model)}
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(word, task.title) for word, task in self.tasks.items()]

    def queryset(self, request, queryset):
        task = self.tasks.get(self.value())
        if task is None:
            return queryset
        return queryset.filter(pk__in=task.rows(request.user, timezone.localdate()).order_by().values("pk"))
