"""Milestones (mốc tiến độ), planned and actual."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from registry.models.base import NounQuerySet, Versioned
from registry.models.fields import VagueDayField, days_in_order, one_of
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.publication import Publication


class MilestoneQuerySet(NounQuerySet):
    search_at = "project__"

    def public(self):
        return self.filter(project__publication=Publication.PUBLISHED)

    def overdue(self, day: date):
        """The plans whose latest day had passed by ``day`` and of which nobody has recorded that they came true, in
        projects that have not ended."""
        done = Milestone.objects.filter(project=OuterRef("project"), kind=OuterRef("kind"), reality=Reality.ACTUAL)
        plans = self.filter(reality=Reality.PLANNED, happened_latest__lt=day, project__ended_latest__isnull=True)
        return plans.exclude(Exists(done))


class Milestone(Versioned):
    """A step in a project's progress, planned or actual (mốc tiến độ), with the day as stated."""

    KIND = "milestone"

    code = models.CharField(_("mã"), max_length=40, unique=True)
    number = models.PositiveIntegerField(_("số"))
    project = models.ForeignKey("Project", models.PROTECT, related_name="milestones", verbose_name=_("dự án"))
    kind = models.CharField(_("mốc"), max_length=20, choices=MilestoneKind)
    reality = models.CharField(_("kế hoạch hay thực tế"), max_length=10, choices=Reality)
    happened_on = VagueDayField(_("ngày"))
    words = models.CharField(_("nguồn nêu"), max_length=300, blank=True, default="")
    source = models.ForeignKey("Source", models.PROTECT, null=True, blank=True, related_name="milestones",
                               verbose_name=_("nguồn"))

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("mốc tiến độ")
        verbose_name_plural = _("mốc tiến độ")
        constraints = [
            one_of("milestone", "kind", MilestoneKind),
            one_of("milestone", "reality", Reality),
            days_in_order("milestone", "happened"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.get_kind_display()}"

    def is_public(self) -> bool:
        return self.project.is_public()
