"""The benchmark's folder into a register without projects: every row or none, all published by one act.

What becomes of each column stands in the contract, section 4. The files are read as streams and written in
batches; in memory stays what later rows refer to: investors, stakes, the codes of enterprises and projects,
and the running sum of each project.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from registry.actions.bulk import check_columns, create_many
from registry.actions.writing import BATCH, Writing
from registry.models import Country, Investor, Project, Sector, Source, Zone
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.investor import InvestorKind
from registry.vocabulary.period import VagueDay
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import SourceKind
from registry.vocabulary.zone import FormerProvince, Province, ZoneKind

from . import benchmark_rows as files
from .benchmark_ledger import CitedSource, Ledger
from .benchmark_projects import Projects
from .benchmark_rows import Folder, Row, Tell, by_value, day, decimal, found, hectares, once, unless_empty, word
from .reference import load_reference

REASON = "Nạp bộ số liệu thử của bench/make_dataset.py"
POSITION_BASIS = "theo bộ số liệu thử"
VSIC = "2018"
FORMER_PROVINCES = {"Bắc Ninh": FormerProvince.BAC_NINH.value, "Bắc Giang": FormerProvince.BAC_GIANG.value}
SOURCE_KINDS, INVESTOR_KINDS = by_value(SourceKind), by_value(InvestorKind)


class RegisterNotEmpty(RuleBroken):
    code = "register-not-empty"
    message = _("Sổ đăng ký đã có %(projects)s dự án; bộ số liệu thử chỉ nạp vào sổ chưa có dự án nào. Hãy dùng một "
                "cơ sở dữ liệu mới (DATABASE_URL), với LOAD_PRESS=0 nếu chạy make run; chưa có gì được ghi.")


@dataclass(frozen=True)
class Loaded:
    """How many rows each file had."""

    by_file: dict[str, int]

    @property
    def rows(self) -> int:
        return sum(self.by_file.values())


def load_benchmark(act: Writing, folder: Path, tell: Tell = lambda file, read, rows: None) -> Loaded:
    """Load the folder, after the reference lists where they are missing; return how many rows there were.

    ``tell`` hears of every thousand rows and of the end of each file. Raises RegisterNotEmpty, FileMissing,
    ColumnMissing, BrokenLine, StartedTwice, SumsDiffer; the caller gives the act up then.
    """
    projects = Project.objects.count()
    if projects:
        raise RegisterNotEmpty(projects=projects)
    opened = Folder(folder, tell)
    load_reference(act)
    return Loader(act, opened).load()


class Loader:
    """One run over the folder; each mapping finds what a file made by the id that the folder gives it."""

    def __init__(self, act: Writing, folder: Folder):
        self.act, self.folder = act, folder
        self.zones: dict[str, Zone] = {}
        self.sources: dict[str, CitedSource] = {}
        self.investors: dict[str, Investor] = {}
        # These are found by their codes; what the register has, it keeps as it is.
        self.countries: dict[str, int] = dict(Country.objects.values_list("code", "pk"))
        self.sectors: dict[str, int] = dict(
            Sector.objects.filter(vsic_version=VSIC).values_list("vsic_code", "pk")
        )

    def load(self) -> Loaded:
        read = {
            files.COUNTRIES: self._each(files.COUNTRIES, self._country, self.countries, by="code"),
            files.SECTORS: self._each(files.SECTORS, self._sector, self.sectors, by="code"),
            files.ZONES: self._zones(),
            files.SOURCES: self._sources(),
            files.INVESTORS: self._investors(),
        }
        projects = Projects(self.act, self.folder, zones=self.zones, sectors=self.sectors, sources=self.sources,
                            investors=self.investors)
        read |= {files.STAKES: projects.read_stakes(), files.PROJECTS: projects.load()}
        ledger = Ledger(self.act, self.folder, projects=projects.made, sources=self.sources, investors=self.investors)
        return Loaded(read | {files.EVENTS: ledger.load()})

    def _each(self, file: str, make: Callable, known: dict, *, by: str = "id", keep=lambda record: record.pk) -> int:
        """Write what ``make`` makes of every row (None: nothing), and keep it in ``known`` by its id."""
        seen: set[str] = set()
        waiting: dict[str, object] = {}

        def write() -> None:
            create_many(act=self.act, records=list(waiting.values()))
            known.update((key, keep(record)) for key, record in waiting.items())
            waiting.clear()

        def take(row: Row) -> None:
            seen.add(once(row, by, seen))
            record = make(row)
            if record:
                check_columns(record)
                waiting[row[by]] = record
            if len(waiting) >= BATCH:
                write()

        count = self.folder.each(file, take)
        write()
        return count

    def _country(self, row: Row) -> Country | None:
        if row["code"] in self.countries:
            return None
        return Country(code=row["code"], name=row["name_vi"], name_en=row["name_en"])

    def _sector(self, row: Row) -> Sector | None:
        if row["code"] in self.sectors:
            return None
        return Sector(
            code=f"{VSIC}-{row['code']}", vsic_version=VSIC, level=2, vsic_code=row["code"], section=row["section"],
            name=row["name_vi"], name_en=row["name_en"],
        )

    def _zones(self) -> int:
        """Zones with the codes of the file, beside the province's own."""
        taken = set(Zone.objects.values_list("code", flat=True))

        def make(row: Row) -> Zone:
            taken.add(once(row, "code", taken))
            established = unless_empty(day, row, "established_on")
            return Zone(
                code=row["code"], kind=ZoneKind.INDUSTRIAL_PARK.value, name=row["name"], name_en=row["name_en"],
                province=Province.BAC_NINH.value,
                former_province=unless_empty(word, row, "former_province", FORMER_PROVINCES),
                established_year=established and established.year, area_ha=unless_empty(hectares, row, "area_ha"),
                leasable_ha=unless_empty(hectares, row, "leasable_ha"), latitude=unless_empty(_degrees, row, "lat"),
                longitude=unless_empty(_degrees, row, "lon"), position_basis=POSITION_BASIS,
                publication=Publication.PUBLISHED.value,
            )

        return self._each(files.ZONES, make, self.zones, keep=lambda zone: zone)

    def _sources(self) -> int:
        synthetic = Source.objects.filter(reference__startswith="SYN-").values_list("reference", flat=True)
        taken = {reference.removeprefix("SYN-") for reference in synthetic}

        def make(row: Row) -> Source:
            issued = unless_empty(day, row, "issued_on")
            return Source(
                reference=f"SYN-{once(row, 'id', taken)}", kind=word(row, "kind", SOURCE_KINDS),
                number=row["number"], name=row["title"], publisher=row["publisher"], url=row["url"],
                published_on=issued and VagueDay.exact(issued), publication=Publication.PUBLISHED.value,
            )

        return self._each(files.SOURCES, make, self.sources,
                          keep=lambda source: CitedSource(source.pk, source.confirms))

    def _investors(self) -> int:
        taken = set(Investor.objects.values_list("code", flat=True))

        def make(row: Row) -> Investor:
            taken.add(once(row, "code", taken))
            return Investor(
                code=row["code"], kind=word(row, "kind", INVESTOR_KINDS), name=row["name"],
                name_native=row["name_native"], country_id=unless_empty(found, row, "country_code", self.countries),
                publication=Publication.PUBLISHED.value,
            )

        return self._each(files.INVESTORS, make, self.investors, keep=lambda investor: investor)


def _degrees(row: Row, column: str) -> float:
    return float(decimal(row, column))
