"""Industrial zones and what is observed about them, at the officers' door."""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from registry.actions.zone import amend_observation, observe
from registry.models import Zone, ZoneObservation
from registry.templatetags.register_format import number, unit
from registry.vocabulary.role import Deed
from registry.vocabulary.zone import OBSERVATION_UNIT, YEAR

from .address import list_of
from .held import HeldFilter
from .named import NamedAdmin, code_of, day_of, name_of
from .panel import Button, Cell, Panel, Row, link, shortened
from .project_panel import projects_panel
from .record import RecordAdmin


class ZoneAdmin(NamedAdmin):
    asks_code = True
    fieldsets = (
        (None, {"fields": ["code", "kind", "name", "name_en", "parent", "developer", "established_year"]}),
        (_("Diện tích"), {"fields": ["area_ha", "leasable_ha", "investment"]}),
        (_("Địa bàn"), {"fields": ["province", "former_province", "communes", "communes_before"]}),
        (_("Vị trí"), {"fields": ["latitude", "longitude", "position_basis"]}),
        (_("Cho người đọc"), {"fields": ["summary", "contact", "sources"]}),
    )
    list_display = ("code", "named", "kind", "former_province", "area_ha", "part_of", "published", "updated")
    list_filter = ("publication", "kind", "province", "former_province")
    list_select_related = ("parent",)

    part_of = name_of("parent", _("Thuộc khu"))

    def panels(self, record: Zone) -> list[Panel]:
        return [projects_panel(record.projects.all(), zone__id__exact=record.pk), observations_panel(record)]


class ZoneObservationAdmin(RecordAdmin):
    settled = ("zone", "place")
    fieldsets = (
        (None, {"fields": ["code", "zone", "place", "attribute", "value", "value_high", "qualifier"]}),
        (_("Ngày, cách tính, nguồn"), {"fields": ["observed_on", "method", "source"]}),
    )
    list_display = ("code", "in_zone", "in_place", "attribute", "seen", "observed", "from_source")
    list_filter = ("attribute", ("zone", HeldFilter))
    list_select_related = ("zone", "place", "source")
    ordering = ("-observed_latest", "-pk")

    in_zone = name_of("zone", _("Khu công nghiệp"))
    in_place = name_of("place", _("Địa bàn"))
    from_source = code_of("source", _("Nguồn"))
    observed = day_of("observed_on", _("Ngày"))

    def create(self, *, act, form):
        return observe(act=act, **form.given())

    def amend(self, *, act, record, form):
        return amend_observation(act=act, record=record, version=form.cleaned_data["version"], **form.given())

    @admin.display(description=_("Giá trị"), ordering="value")
    def seen(self, record):
        return value_of(record)

    def title_of(self, record) -> str:
        return f"{record.code}: {record.get_attribute_display()} {value_of(record)}"


def value_of(seen: ZoneObservation) -> str:
    """The value with its unit, and the higher one of a range."""
    if OBSERVATION_UNIT[seen.attribute] == YEAR:
        return f"{seen.value:.0f}"
    value = number(seen.value) if seen.value_high is None else f"{number(seen.value)}–{number(seen.value_high)}"
    return f"{value} {unit(OBSERVATION_UNIT[seen.attribute])}"


def observations_panel(zone: Zone) -> Panel:
    seen, more = shortened(zone.observations.select_related("source").order_by("attribute", "-observed_latest", "-pk"),
                           url=list_of(ZoneObservation, zone__id__exact=zone.pk))
    add = f"{list_of(ZoneObservation)}add/?zone={zone.pk}"
    return Panel(
        title=_("Số liệu quan sát"), numbers=(1,), more=more,
        works=[Button(_("Thêm số liệu quan sát"), add, Deed.EDIT)],
        columns=[_("Nội dung"), _("Giá trị"), _("Ngày"), _("Cách tính"), _("Nguồn")],
        empty=_("Chưa có số liệu quan sát nào."),
        rows=[
            Row([
                link(each, capfirst(each.get_attribute_display())), Cell(value_of(each)),
                Cell(str(each.observed_on or "")), Cell(each.method), link(each.source, each.source.code),
            ])
            for each in seen
        ],
    )
