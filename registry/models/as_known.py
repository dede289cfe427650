"""What each project stood under, change by change, so that a table can be had again as it was known at any of them.

Nobody types it: ``actions/as_known.py`` writes it at the end of each act that touched what a project is grouped by, and
``check_register`` replays the changes and compares.
"""

from django.db import models
from django.db.models import Q


class ProjectAsKnownQuerySet(models.QuerySet):
    def at(self, change: int):
        """Those that held once change ``change``, the last of an act, was written."""
        return self.filter(seq_from__lte=change).filter(Q(seq_until=None) | Q(seq_until__gt=change))

    def open(self):
        """Those that hold now."""
        return self.filter(seq_until=None)


class ProjectAsKnown(models.Model):
    """A project as the register knew it (dự án theo thay đổi) from the change ``seq_from`` until before ``seq_until``.

    Both are the last changes of acts. A project has one from when it is public or has an entry. Records stand here by
    their codes of that time: one that has since been merged away keeps its own. ``shares`` is a JSON list of its
    holders in their order: investor, country of registration, parent's country, share in percent.
    """

    project = models.ForeignKey("Project", models.CASCADE, related_name="as_known")
    seq_from = models.BigIntegerField()
    seq_until = models.BigIntegerField(null=True)
    is_public = models.BooleanField()
    form = models.CharField(max_length=25, null=True)
    status = models.CharField(max_length=25, null=True)
    registrar = models.CharField(max_length=60, null=True)
    former_province = models.CharField(max_length=20, null=True)
    zone = models.CharField(max_length=60, null=True)
    sector = models.CharField(max_length=60, null=True)
    section = models.CharField(max_length=60, null=True)
    place = models.CharField(max_length=60, null=True)
    investor = models.CharField(max_length=60, null=True)
    country = models.CharField(max_length=60, null=True)
    parent_country = models.CharField(max_length=60, null=True)
    ended_on = models.DateField(null=True)
    shares = models.TextField()

    objects = ProjectAsKnownQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="as_known_by_end", fields=["ended_on"], condition=Q(ended_on__isnull=False))]
        constraints = [
            models.UniqueConstraint(name="as_known_once", fields=["project", "seq_from"]),
            models.UniqueConstraint(name="as_known_one_open", fields=["project"], condition=Q(seq_until=None)),
            models.CheckConstraint(name="as_known_from_before_until",
                                   condition=Q(seq_until=None) | Q(seq_from__lt=models.F("seq_until"))),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.seq_from}–{self.seq_until or ''}"
