"""Investors (nhà đầu tư)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.base import Named, NamedQuerySet, Publishable, publication_known, withdrawn_with_reason
from registry.models.fields import one_of
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.publication import Publication


class InvestorQuerySet(NamedQuerySet):
    def of_group(self, investor: "Investor"):
        """The organisations of its group: the parent's parent, else the parent, else itself, with what belongs to that
        at one remove and at two. What the public may not see ties nothing together. Reads the parent's parent: select
        it."""
        parent = investor.known_parent()
        top = (parent and parent.known_parent()) or parent or investor
        seen = Q(parent__kind=InvestorKind.ORGANISATION, parent__publication=Publication.PUBLISHED)
        within = Q(pk=top.pk) | (seen & (Q(parent=top) | Q(parent__parent=top)))
        return self.filter(within, kind=InvestorKind.ORGANISATION)


class Investor(Named, Publishable):
    """An organisation or a natural person who invests (nhà đầu tư).

    ``country`` is the country of registration (of a person: the nationality), which statistics use; null
    where sources are silent or disagree. ``parent_country`` is the ultimate parent's. A person appears in
    public as "nhà đầu tư cá nhân" with nationality, never by name, and search does not find the name.
    """

    KIND = "investor"

    code = models.CharField(_("mã"), max_length=20, unique=True)
    kind = models.CharField(_("loại"), max_length=12, choices=InvestorKind, default=InvestorKind.ORGANISATION)
    name_native = models.CharField(_("tên bản ngữ"), max_length=500, blank=True, default="")
    country = models.ForeignKey("Country", models.PROTECT, null=True, blank=True, related_name="investors",
                                verbose_name=_("nước đăng ký"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subsidiaries",
                               verbose_name=_("công ty mẹ"))
    parent_country = models.ForeignKey("Country", models.PROTECT, null=True, blank=True, related_name="groups",
                                       verbose_name=_("nước của công ty mẹ cao nhất"))

    objects = InvestorQuerySet.as_manager()

    class Meta:
        verbose_name = _("nhà đầu tư")
        verbose_name_plural = _("nhà đầu tư")
        constraints = [
            publication_known("investor"),
            withdrawn_with_reason("investor"),
            one_of("investor", "kind", InvestorKind),
        ]
        indexes = [models.Index(name="investor_by_name", fields=["name_sort", "code"])]

    @property
    def is_person(self) -> bool:
        return self.kind == InvestorKind.PERSON

    def known_parent(self) -> "Investor | None":
        """The parent, where the public may know it: it is published, and no natural person."""
        return self.parent if self.parent and self.parent.is_public() and not self.parent.is_person else None

    def sorted_as(self) -> str:
        """A person stands under the public name: the place in a list must not tell the real one."""
        return "nhà đầu tư cá nhân" if self.is_person else self.name

    def public_names(self) -> list[str]:
        """The names that the public may see; none of a natural person."""
        return [] if self.is_person else [self.name, self.name_en, self.name_native]

    def search_parts(self):
        return [self.code, *self.public_names()]
