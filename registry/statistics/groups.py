"""By what capital is grouped: the key of an entry in each group, and the names of keys."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registry.models import AdministrativeUnit, Country, Investor, Registrar, Sector, Zone
from registry.models.capital import CapitalEntryQuerySet
from registry.models.project import former_province
from registry.models.sector import split_word
from registry.vocabulary.capital import CapitalKind, CountryOf
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.investor import INDIVIDUAL, InvestorKind
from registry.vocabulary.period import month_key, quarter_key, year_key
from registry.vocabulary.project import InvestmentForm, ProjectStatus
from registry.vocabulary.publication import Publication
from registry.vocabulary.vsic import BY_SECTION, BY_SECTOR, section_in
from registry.vocabulary.zone import FormerProvince

Names = tuple[str | None, str | None]

# Of more keys than these all names are read: SQLite takes no list of more than 32,766.
MOST_KEYS = 1000

TIMES = {"year": year_key, "quarter": quarter_key, "month": month_key}


class UnknownGroup(RuleBroken):
    code = "unknown-group"
    message = _("Không có nhóm “%(by)s”; hãy chọn một trong: %(groups)s.")


@dataclass(frozen=True)
class Group:
    """``key`` is an expression over entries; ``names`` finds Vietnamese and English names of keys.

    ``column`` is what a project, with its lead investor, stands under in ``by_project``, and ``said`` the SQL that
    makes the key of that column; ``values`` is what of that column stands under some keys. ``path`` leads from an
    investor to the key where an entry stands under its buyer or lead.
    """

    key: object
    names: Callable[[Iterable[str]], dict[str, Names]]
    column: str
    said: str
    values: Callable[[list[str]], object]
    path: str = ""

    @property
    def of_buyer(self) -> str:
        """The path from an entry to what ``column`` is of its buyer."""
        return f"buyer__{self.path}".removesuffix("__code")


def with_lead(entries: CapitalEntryQuerySet) -> CapitalEntryQuerySet:
    """Join the project's one lead stake as ``lead``: a join that cannot multiply rows."""
    return entries.annotate(lead=FilteredRelation(
        "project__stakes",
        condition=Q(project__stakes__lead=True, project__stakes__until_certificate__isnull=True),
    ))


def _bought_or_led(path: str) -> Case:
    """A share purchase stands under its buyer where one is recorded, anything else under the lead."""
    return Case(
        When(counts_as=CapitalKind.SHARE_PURCHASE, buyer__isnull=False, then=F(f"buyer__{path}")),
        default=F(f"lead__investor__{path}"),
    )


def _section() -> Case:
    return Case(
        When(project__sector__vsic_version="2018", then=F("project__sector__section")),
        When(project__sector__isnull=False,
             then=Concat("project__sector__vsic_version", Value("-"), "project__sector__section")),
        output_field=CharField(null=True),
    )


def group(by: str, *, country_of: str = CountryOf.REGISTRATION, vsic: str = "") -> Group:
    """The group of this name; sections as they are coded, or in one version (``vsic``). Raises UnknownGroup."""
    if by == "section" and vsic:
        return _sections_in(vsic)
    if by == "country":
        column = "country" if country_of == CountryOf.REGISTRATION else "parent_country"
        return _of(Country, f"{column}_id", key=_bought_or_led(f"{column}__code"), path=f"{column}__code")
    if by not in GROUPS:
        raise UnknownGroup(by=by, groups=", ".join([*GROUPS, "country", *TIMES]), field="by")
    return GROUPS[by]


def _names_of(model) -> Callable[[Iterable[str]], dict[str, Names]]:
    def find(keys: Iterable[str]) -> dict[str, Names]:
        rows = model.objects.public().filter(code__in=list(keys))
        return {code: (name, name_en or None) for code, name, name_en in rows.values_list("code", "name", "name_en")}

    return find


def _section_names(keys: Iterable[str]) -> dict[str, Names]:
    codes = {key if "-" in key else f"2018-{key}": key for key in keys}
    found = _names_of(Sector)(codes)
    return {codes[code]: names for code, names in found.items()}


def _investor_names(keys: Iterable[str]) -> dict[str, Names]:
    """A natural person is never named in public."""
    keys = set(keys)
    rows = Investor.objects.filter(publication=Publication.PUBLISHED)
    if len(keys) <= MOST_KEYS:
        rows = rows.filter(code__in=keys)
    person = in_both(INDIVIDUAL)
    return {code: person if kind == InvestorKind.PERSON else (name, name_en or None)
            for code, kind, name, name_en in rows.values_list("code", "kind", "name", "name_en") if code in keys}


def _labels_of(choices) -> Callable[[Iterable[str]], dict[str, Names]]:
    return lambda keys: {key: in_both(choices(key).label) for key in keys}


def in_both(label) -> Names:
    """A translatable label in Vietnamese and in English."""
    with translation.override("vi"):
        vietnamese = str(label)
    with translation.override("en"):
        return vietnamese, str(label)


def _of(model, column: str, *, key=None, names=None, path: str = "") -> Group:
    """The group of a record with a code, which ``column`` holds."""
    said = f"(SELECT code FROM {model._meta.db_table} WHERE id = own.{column})"
    key = key or F(f"project__{column.removesuffix('_id')}__code")
    return Group(key, names or _names_of(model), column, said, _coded(model), path)


def _word(column: str, choices) -> Group:
    """The group of a word that ``column`` holds."""
    return Group(F(f"project__{column}"), _labels_of(choices), column, f"own.{column}", _words(choices))


def _words(choices) -> Callable[[list[str]], list[str]]:
    return lambda keys: [key for key in keys if key in choices]


def _coded(model) -> Callable[[list[str]], QuerySet]:
    return lambda keys: model.objects.filter(code__in=keys).values("pk")


def _of_sections(keys: list[str]) -> QuerySet:
    words = map(split_word, keys)
    of_each = (Q(vsic_version=version, section=section) for version, section in words)
    return Sector.objects.filter(reduce(or_, of_each)).values("pk")


def _sections_in(version: str) -> Group:
    """Sections in one version of the classification; what cannot be converted under a key of its own."""
    by_sector, by_section = BY_SECTOR[version], BY_SECTION[version]

    def of_sectors(keys: list[str]) -> list[int]:
        rows = Sector.objects.values_list("pk", "code", "vsic_version", "section")
        return [key for key, code, own, section in rows if section_in(version, code, f"{own}-{section}") in keys]

    whens = [f"WHEN {own} = '{word}' THEN '{key}'"
             for own, keys in (("code", by_sector), ("vsic_version || '-' || section", by_section))
             for word, key in keys.items()]
    said = SECTION.replace("CASE", f"CASE {' '.join(whens)}")
    key = Case(
        *(When(project__sector__code=code, then=Value(key)) for code, key in by_sector.items()),
        *(When(project__sector__vsic_version=section[:4], project__sector__section=section[5:], then=Value(key))
          for section, key in by_section.items()), default=_section())
    return Group(key, _section_names, "sector_id", said, of_sectors)


SECTION = (
    "(SELECT CASE WHEN vsic_version = '2018' THEN section ELSE vsic_version || '-' || section END "
    f"FROM {Sector._meta.db_table} WHERE id = own.sector_id)"
)

GROUPS = {
    "sector": _of(Sector, "sector_id"),
    "section": Group(_section(), _section_names, "sector_id", SECTION, _of_sections),
    "zone": _of(Zone, "zone_id"),
    "place": _of(AdministrativeUnit, "place_id"),
    "registrar": _of(Registrar, "registrar_id"),
    "form": _word("form", InvestmentForm),
    "status": _word("status", ProjectStatus),
    "former_province": Group(
        former_province("project__"), _labels_of(FormerProvince), "former_province", "own.former_province",
        _words(FormerProvince)),
    "investor": _of(Investor, "investor_id", key=_bought_or_led("code"), names=_investor_names, path="code"),
}
