"""A filter of lists by a record that stands in theirs."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q


class HeldFilter(admin.RelatedFieldListFilter):
    """Offers the records that some record of the list holds. The stock one reads the whole list to know them."""

    def field_choices(self, field, request, model_admin):
        holding = model_admin.get_queryset(request).order_by().filter(**{self.field_path: OuterRef("pk")})
        return field.get_choices(
            include_blank=False, ordering=self.field_admin_ordering(field, request, model_admin),
            limit_choices_to=Q(Exists(holding)))
