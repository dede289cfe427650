"""The desk: what waits for an officer, what was done last, and where to begin."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from registry.models import Act, Change
from registry.vocabulary.role import Deed

from .address import address_of, past_address, records_of
from .task import TASKS, Task

# What officers do most: the label, the address by its name and query, and the deed that it leads to.
SHORTCUTS = (
    (_("Ghi GCNĐKĐT mới"), "registry_certificate_add", {}, Deed.POST),
    (_("Mở hồ sơ dự án mới"), "registry_project_add", {}, Deed.EDIT),
    (_("Nhập nguồn mới"), "registry_source_add", {}, Deed.EDIT),
    (_("Nhập báo cáo quý"), "registry_operatingreport_add", {}, Deed.EDIT),
    (_("Nhập dữ liệu từ tệp"), "registry_importbatch_upload", {}, Deed.EDIT),
    (_("Biểu A.IV.1"), "a-iv-1", {}, Deed.LOOK),
    (_("Biểu A.IV.4"), "a-iv-4", {}, Deed.LOOK),
    (_("Bản tin cấp giấy chứng nhận"), "bulletin", {}, Deed.LOOK),
    (_("Chốt số liệu công bố"), "registry_publishedfigure_freeze", {}, Deed.FREEZE),
    (_("Nhà đầu tư có thể trùng"), "registry_investor_duplicates", {}, Deed.LOOK),
    (_("Tổ chức kinh tế có thể trùng"), "registry_enterprise_duplicates", {}, Deed.LOOK),
)
ENOUGH = 8


@dataclass(frozen=True)
class Count:
    """How many records of one noun wait, and the list that shows just those."""

    noun: str
    count: int
    url: str


@dataclass(frozen=True)
class Waiting:
    """One kind of work; ``counts`` holds the nouns of which something waits, empty where nothing does. ``note`` says
    by when, where there is a day."""

    title: str
    counts: tuple[Count, ...]
    note: str = ""


@dataclass(frozen=True)
class Lately:
    """An act, and the first record that it touched."""

    act: Act
    record: str
    url: str


def waiting(user, today: date) -> list[Waiting]:
    """What waits, in the order of ``TASKS``. One query for each task."""
    groups: dict[str, list[Task]] = {}
    for task in TASKS:
        groups.setdefault(str(task.title), []).append(task)
    found = [
        Waiting(title, tuple(count for task in tasks if (count := _count(task, user, today)).count),
                tasks[0].note(today))
        for title, tasks in groups.items()
    ]
    return sorted(found, key=lambda each: not each.counts)


def _count(task: Task, user, today: date) -> Count:
    return Count(task.told_noun, task.rows(user, today).count(), task.url)


def lately(user) -> list[Lately]:
    """What a user did last, the latest first. Two queries, and one for each noun concerned."""
    first = Change.objects.filter(act=OuterRef("pk")).order_by("seq").values("seq")[:1]
    acts = Act.objects.filter(by=user).annotate(first=Subquery(first)).order_by("-pk")[:ENOUGH]
    changes = {change.seq: change for change in Change.objects.filter(seq__in=[act.first for act in acts])}
    records = records_of(changes.values())
    found = []
    for act in acts:
        change = changes[act.first]
        record = records.get((change.kind, change.code))
        found.append(Lately(act, str(record or change.code), address_of(record) if record else past_address(change)))
    return found
