"""Who changed what, when and why: one register, its acts, and the changes of each act.

The changes form a chain: each carries the hash of the one before, so an edit, a deletion, a reordering
or a truncation is found by reading them again (``check_register``). A trigger on both databases refuses
to change or delete an act, a change or a ledger entry.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.models.fields import one_of
from registry.vocabulary.change import Door, Verb


class Register(models.Model):
    """The one row that every writer locks first.

    ``revision`` counts the acts; ``head`` is the number of the last change and ``head_hash`` its hash.
    """

    revision = models.BigIntegerField(_("số hiệu"), default=0)
    head = models.BigIntegerField(_("thay đổi cuối"), default=0)
    head_hash = models.CharField(_("mã băm cuối"), max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("sổ đăng ký")
        verbose_name_plural = _("sổ đăng ký")
        constraints = [models.CheckConstraint(name="register_is_one", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return f"revision {self.revision}, change {self.head}"


class CodeCounter(models.Model):
    """The last number given to a code of one kind; a code is never used again."""

    prefix = models.CharField(_("tiền tố"), max_length=4, primary_key=True)
    last = models.PositiveIntegerField(_("số cuối"), default=0)

    class Meta:
        verbose_name = _("bộ đếm mã")
        verbose_name_plural = _("bộ đếm mã")

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:06}"


class Act(models.Model):
    """One deed of one person: all of its changes stand or fall together. ``id`` is the revision it made.

    ``key`` is the mark of the form it came from, so that a form sent twice is one deed. ``batch`` is the import that
    it made, published or took back.
    """

    id = models.BigIntegerField(_("số hiệu"), primary_key=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("người thực hiện"), related_name="acts"
    )
    by_name = models.CharField(_("tên người thực hiện"), max_length=150)
    reason = models.TextField(_("lý do"))
    door = models.CharField(_("qua"), max_length=10, choices=Door)
    key = models.CharField(_("khóa biểu mẫu"), max_length=64, null=True, blank=True, editable=False)
    batch = models.ForeignKey("ImportBatch", models.PROTECT, null=True, blank=True, editable=False,
                              related_name="acts", verbose_name=_("lô nhập dữ liệu"))

    class Meta:
        verbose_name = _("hành động")
        verbose_name_plural = _("hành động")
        constraints = [
            one_of("act", "door", Door),
            # Not unique=True: SQLite would make the table anew for it, and lose its triggers.
            models.UniqueConstraint(name="act_key_once", fields=["key"], condition=models.Q(key__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.by_name}: {self.reason}"


class ChangeQuerySet(models.QuerySet):
    def in_feed(self, *, after: int):
        """The changes that partners see after number ``after``, in commit order."""
        return self.filter(seq__gt=after).exclude(feed_verb="").order_by("seq")


class Change(models.Model):
    """What an act did to one record, and the link of the chain.

    ``before`` and ``after`` are the record's columns as plain data (None before creation). The hash
    covers ``payload_digest`` and not the payload, so a payload can be redacted while the chain verifies.
    ``feed_verb`` is what partners are told, empty for what was never public.
    """

    seq = models.BigIntegerField(_("số thứ tự"), primary_key=True)
    act = models.ForeignKey(Act, models.PROTECT, related_name="changes", verbose_name=_("hành động"))
    kind = models.CharField(_("loại bản ghi"), max_length=20)
    code = models.CharField(_("mã"), max_length=60)
    verb = models.CharField(_("việc"), max_length=10, choices=Verb)
    feed_verb = models.CharField(_("việc báo cho đối tác"), max_length=10, blank=True, default="")
    merged_into = models.CharField(_("gộp vào"), max_length=60, blank=True, default="")
    before = models.JSONField(_("trước"), null=True)
    after = models.JSONField(_("sau"), null=True)
    salt = models.CharField(max_length=32)
    payload_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("thay đổi")
        verbose_name_plural = _("thay đổi")
        constraints = [
            one_of("change", "verb", Verb),
            models.UniqueConstraint(name="change_follows_one", fields=["previous_hash"]),
        ]
        indexes = [
            models.Index(name="change_of_record", fields=["kind", "code", "seq"]),
            # All that the public's changelog counts: no look into rows that carry whole records.
            models.Index(name="change_told_by_act", fields=["act", "feed_verb", "kind", "code"],
                         condition=~models.Q(feed_verb="")),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.kind} {self.code}"
