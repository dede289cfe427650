"""Which record of the register a row means: by code, then tax code, then folded name."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz, process

from registry.actions.plan import Candidate
from registry.models import (
    AdministrativeUnit,
    Certificate,
    Change,
    Country,
    Enterprise,
    Investor,
    Project,
    Registrar,
    Sector,
    Source,
    Zone,
)
from registry.models.rows import in_chunks
from registry.models.sector import split_word
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.project_number import former_numbers, read_project_number
from registry.vocabulary.publication import Publication
from registry.vocabulary.vietnamese import sort_key

from .headings import comparable
from .name_keys import registrar_key, zone_key

MOST_NAMED, MOST_NEAR, MOST_IN_PART, NEAR_PERCENT = 5, 3, 20, 75
OUTSIDE = {"ngoai kcn", "ngoai khu cong nghiep", "ngoai cac kcn", "ngoai khu", "outside", "khong"}
DEFAULT_VSIC = "2018"
LETTER_AND_DIVISION = re.compile(r"([A-Za-z])\.?([0-9]{2})")


class NoSuch(RuleBroken):
    code = "no-such-record"
    message = _("Sổ đăng ký không có %(noun)s “%(text)s”%(near)s. Hãy sửa theo sổ, hoặc nhập %(noun)s đó trước.")

    def __init__(self, *, noun, text: str, near: Iterable = ()):
        named = ", ".join(f"{each.code} ({each.name})" for each in near)
        super().__init__(noun=noun, text=text, near=_("; gần giống: %(named)s") % {"named": named} if named else "")


class NoSector(NoSuch):
    message = _("Sổ đăng ký không có ngành kinh tế “%(text)s”. Hãy ghi mã ngành VSIC (như 26) hoặc tên ngành như trong "
                "sổ; cột ghi mục tiêu của dự án thì đặt tiêu đề là “Mục tiêu”.")


class NotInSight(RuleBroken):
    code = "not-in-sight"
    message = _("%(code)s %(state)s, nên chưa dùng qua tệp được. Hãy công bố hồ sơ hoặc xử lý lô nhập đang chờ trước.")


class WithdrawnAsDouble(RuleBroken):
    code = "withdrawn-as-double"
    message = _("%(code)s đã rút vì trùng với %(other)s. Hãy ghi mã %(other)s vào dòng này, hoặc xóa dòng.")


class NotThisName(RuleBroken):
    code = "not-this-name"
    message = _("%(code)s trong sổ là “%(name)s”, tệp ghi “%(text)s”. Hãy sửa mã hoặc tên cho khớp.")


class Several(Exception):
    """More than one record fits, or one may: no rule is broken, the officer chooses among ``records``. ``of_row``: they
    are what the row itself may be about, which no two rows are."""

    def __init__(self, text: str, candidates: Iterable, *, of_row: bool = False):
        self.text, self.records, self.of_row = text, list(candidates), of_row
        named = [f"{each.code} ({each.name})" for each in self.records[:MOST_NAMED]]
        shown = ", ".join(named) + (", …" if len(self.records) > MOST_NAMED else "")
        super().__init__(str(_("“%(text)s” có thể là: %(candidates)s. Hãy ghi mã.")
                             % {"text": text, "candidates": shown}))

    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(Candidate(each.code, each.name, _country_of(each)) for each in self.records)

    def asked(self, may_be_new: bool) -> str:
        """Names the question: the same text that may mean the same records. Empty where it is of one row alone."""
        if self.of_row:
            return ""
        said = "\n".join((self.text, str(may_be_new), *(f"{each._meta.label} {each.code}" for each in self.records)))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def meant(self, answer: str):
        """The record that an answer names, or None."""
        return next((each for each in self.records if each.code == answer), None)


def _country_of(record) -> str:
    country = getattr(record, "country", None)
    return country.name if country else ""


class Records:
    """The records of one noun by code, and by a key made of each of their names. ``near_may_be_meant``: a short list,
    of which the officer may choose what a name is near to."""

    def __init__(self, rows: Iterable, *, key=comparable, names=lambda record: (record.name, record.name_en),
                 near_may_be_meant: bool = False):
        self.key, self.near_may_be_meant = key, near_may_be_meant
        self.near_to: dict[str, list] = {}
        self.by_code, self.by_name = {}, defaultdict(list)
        for record in rows:
            self.by_code[record.code.lower()] = record
            for name in {key(name) for name in names(record) if name}:
                if name:
                    self.by_name[name].append(record)

    def code(self, text: str):
        return self.by_code.get(text.strip().lower())

    def named(self, text: str) -> list:
        return self.by_name.get(self.key(text), [])

    def one(self, text: str, noun):
        """The record of this code or name. Raises NoSuch, Several."""
        if found := self.code(text):
            return found
        found = self.named(text)
        if len(found) > 1:
            raise Several(text, found)
        if found:
            return found[0]
        if near := self.near(text) if self.near_may_be_meant else []:
            raise Several(text, near)
        raise NoSuch(noun=noun, text=text, near=self.near(text))

    def near(self, text: str) -> list:
        """What may have been meant by a name that nothing has. Looked for once: a list has the same name in many
        rows."""
        if text not in self.near_to:
            names = _nearest(key := self.key(text), self.by_name, most=MOST_NEAR, at_least=NEAR_PERCENT)
            names = [*(self._in_part(key) if self.near_may_be_meant else ()), *names]
            self.near_to[text] = list(dict.fromkeys(record for name in names for record in self.by_name[name]))
        return self.near_to[text]

    def _in_part(self, key: str) -> list[str]:
        """The names that have all these words one after another, and those that stand among them."""
        names = [name for name in self.by_name if f" {key} " in f" {name} " or f" {name} " in f" {key} "]
        return _nearest(key, names, most=MOST_IN_PART)


def _nearest(key: str, names: Iterable[str], *, most: int, at_least: int = 0) -> list[str]:
    """The names that share most with it, in percent, best first. A list may have thousands of names of its own."""
    return [name for name, _percent, _at in process.extract(
        key, list(names), scorer=fuzz.ratio, limit=most, score_cutoff=at_least)]


class Register:
    """The records that rows may mean, each noun fetched when the first row asks for it. Withdrawn ones are not meant.
    """

    @cached_property
    def zones(self) -> Records:
        return Records(_kept(Zone), key=zone_key, names=lambda each: (each.name, each.name_en, each.code),
                       near_may_be_meant=True)

    @cached_property
    def countries(self) -> Records:
        return Records(Country.objects.all(), names=lambda each: (each.name, each.name_en, each.printed, *each.aliases),
                       near_may_be_meant=True)

    @cached_property
    def investors(self) -> Records:
        return Records(_kept(Investor), names=lambda each: (each.name, each.name_en, each.name_native))

    @cached_property
    def enterprises(self) -> Records:
        return Records(_kept(Enterprise))

    @cached_property
    def enterprises_by_tax_code(self) -> dict[str, Enterprise]:
        return {each.tax_code: each for each in self.enterprises.by_code.values() if each.tax_code}

    @cached_property
    def withdrawn_by_tax_code(self) -> dict[str, Enterprise]:
        """A tax code belongs to one enterprise, even where that one was withdrawn."""
        gone = Enterprise.objects.filter(publication=Publication.WITHDRAWN, tax_code__isnull=False)
        return {each.tax_code: each for each in gone}

    @cached_property
    def registrars(self) -> Records:
        return Records(Registrar.objects.all(), key=registrar_key, near_may_be_meant=True)

    @cached_property
    def places(self) -> Records:
        return Records(AdministrativeUnit.objects.all(), near_may_be_meant=True)

    @cached_property
    def sectors(self) -> Records:
        return Records(Sector.objects.all(), names=lambda each: (each.name, each.name_en, each.fia_label),
                       near_may_be_meant=True)

    @cached_property
    def sources(self) -> Records:
        return Records(_kept(Source), names=lambda each: (each.name, each.number))

    @cached_property
    def certificates(self) -> Records:
        return Records(Certificate.objects.select_related("project"), names=lambda each: ())

    def out_of_sight(self, record) -> RuleBroken:
        """Why a file cannot be about a record that is not published."""
        other = self.merged_into.get((record.KIND, record.code))
        if other and record.publication == Publication.WITHDRAWN:
            return WithdrawnAsDouble(code=record.code, other=other)
        return NotInSight(code=record.code, state=record.get_publication_display())

    @cached_property
    def merged_into(self) -> dict[tuple[str, str], str]:
        """What was withdrawn last, by noun and code, with the code of the record of which it was a double."""
        gone = Change.objects.filter(feed_verb__in=(Verb.MERGED, Verb.WITHDRAWN)).order_by("seq")
        return {(kind, code): other for kind, code, other in gone.values_list("kind", "code", "merged_into")}

    def sector(self, text: str) -> Sector:
        """As ``_sector``, asked once for each text. Raises NoSuch, Several."""
        if text not in self.sectors_found:
            self.sectors_found[text] = self._sector(text)
        return self.sectors_found[text]

    @cached_property
    def sectors_found(self) -> dict[str, Sector]:
        return {}

    def _sector(self, text: str) -> Sector:
        """By "26", "C26", "2018-26", a section's letter, or a name, of which that of 2018 comes first. Raises NoSuch,
        Several."""
        version, code = split_word(text.strip())
        lettered = LETTER_AND_DIVISION.fullmatch(code)
        section, code = lettered.groups() if lettered else ("", code)
        by_code = [each for each in self.sectors.by_code.values()
                   if each.vsic_version == version and each.vsic_code.lower() == code.lower()
                   and section.upper() in ("", each.section)]
        usual = _usual(by_code or self.sectors.named(text))
        # A section and its only division may share a name: the section is meant.
        usual = [each for each in usual if each.level == min(other.level for other in usual)]
        if len(usual) == 1:
            return usual[0]
        if meant := usual or _usual(self.sectors.near(text)):
            raise Several(text, meant)
        raise NoSector(noun=Sector._meta.verbose_name, text=text)

    def place(self, text: str) -> AdministrativeUnit:
        """By key or name; of several by one name the one in force. Raises NoSuch, Several."""
        found = self.places.named(text)
        in_force = [each for each in found if each.in_force_until is None]
        if not self.places.code(text) and len(in_force) == 1:
            return in_force[0]
        return self.places.one(text, AdministrativeUnit._meta.verbose_name)


def _usual(sectors: list[Sector]) -> list[Sector]:
    """Those of the classification that is meant where none is named, if there are some."""
    return [each for each in sectors if each.vsic_version == DEFAULT_VSIC] or sectors


def _kept(model):
    rows = model.objects.exclude(publication=Publication.WITHDRAWN).order_by("pk")
    columns = {field.name for field in model._meta.concrete_fields}
    return rows.defer(*({"search_folded", "search_marked"} & columns))


class ProjectsMeant(Records):
    def code(self, text: str):
        return super().code(read_project_number(text))


def projects_meant(texts: Iterable[str], names: Iterable[str] = ()) -> Records:
    """The projects of these codes or project numbers (mã số dự án), also former ones, and those of these names. A few
    queries for each 500."""
    found = {}
    rows = Project.objects.select_related("enterprise", "zone", "sector", "place", "registrar")
    texts, keys = {read_project_number(text) for text in texts if text}, {sort_key(name) for name in names if name}
    for some in in_chunks(texts):
        found |= {each.pk: each for each in rows.filter(Q(code__in=some) | Q(irc_code__in=some))}
    for some in in_chunks(keys):
        found |= {each.pk: each for each in rows.filter(name_sort__in=some)}
    former = {}
    for each in rows.exclude(former_irc_codes="").order_by("pk") if texts else ():
        former |= {number.lower(): each for number in former_numbers(each.former_irc_codes) if number in texts}
    records = ProjectsMeant({each.pk: each for each in (*found.values(), *former.values())}.values(),
                            names=lambda each: (each.name,))
    records.by_code |= former
    records.by_code |= {each.irc_code.lower(): each for each in found.values() if each.irc_code}
    return records
