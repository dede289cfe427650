"""The benchmark's projects: each with its enterprise, its stakes and, where it ended, its certificate."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from registry.actions.bulk import check_columns, create_many, open_many
from registry.actions.project import HUNDRED, check_shares
from registry.actions.writing import BATCH, Writing
from registry.models import Certificate, Enterprise, Investor, Project, Stake, Zone
from registry.vocabulary.certificate import CertificateKind, Outcome
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.period import VagueDay
from registry.vocabulary.project import ENDED, InvestmentForm, ProjectStatus
from registry.vocabulary.publication import Publication

from .benchmark_ledger import CitedSource, Standing
from .benchmark_rows import (
    PROJECTS,
    STAKES,
    Folder,
    Row,
    UnfitValue,
    UsedTwice,
    by_value,
    day,
    found,
    hectares,
    hundredths,
    once,
    unless_empty,
    whole,
    word,
)

LEAD, LAST_POSITION = 1, 99
FORMS = by_value(InvestmentForm)
# The file's only way to end a project is its termination.
STATUSES = {status: status for status in by_value(ProjectStatus)
            if status not in ENDED or status == ProjectStatus.TERMINATED}


class EndedWithoutDay(RuleBroken):
    code = "ended-without-day"
    message = _("tình trạng “%(status)s” và terminated_on “%(day)s” không khớp: dự án terminated có ngày chấm dứt, "
                "dự án khác để trống.")


class Held(NamedTuple):
    """A stake as the file has it, before its project is made."""

    investor: Investor
    position: int
    share_percent: Decimal | None

    @property
    def lead(self) -> bool:
        return self.position == LEAD


class Made(NamedTuple):
    """A project that waits to be written."""

    key: str
    project: Project
    stakes: list[Stake]


class Projects:
    """One run over the projects; ``made`` finds each by its id in the folder."""

    def __init__(self, act: Writing, folder: Folder, *, zones: Mapping[str, Zone], sectors: Mapping[str, int],
                 sources: Mapping[str, CitedSource], investors: Mapping[str, Investor]):
        self.act, self.folder = act, folder
        self.zones, self.sectors, self.sources, self.investors = zones, sectors, sources, investors
        self.made: dict[str, Standing] = {}
        self.codes: set[str] = set()
        self.stakes: dict[str, list[Held]] = defaultdict(list)
        self.enterprises: dict[str, tuple[int, str]] = {}
        self.new_enterprises: dict[str, Enterprise] = {}
        self.waiting: list[Made] = []

    def read_stakes(self) -> int:
        """Keep every stake until its project is made."""
        return self.folder.each(STAKES, self._take_stake)

    def load(self) -> int:
        """Write every project with what belongs to it; return how many."""
        count = self.folder.each(PROJECTS, self._take)
        self._write()
        if self.stakes:  # of projects that the folder does not have: find the line
            self.folder.each(STAKES, lambda row: found(row, "project_id", self.made), quietly=True)
        return count

    def _take_stake(self, row: Row) -> None:
        held = self.stakes[row["project_id"]]
        investor = found(row, "investor_id", self.investors)
        if any(investor is stake.investor for stake in held):
            raise UsedTwice(column="investor_id", value=row["investor_id"])
        position, share = whole(row, "position"), unless_empty(hundredths, row, "share_percent")
        if not LEAD <= position <= LAST_POSITION:
            raise UnfitValue(column="position", value=position, expected=f"{LEAD}–{LAST_POSITION}")
        if share is not None and not 0 < share <= HUNDRED:
            raise UnfitValue(column="share_percent", value=share, expected=_("tỷ lệ lớn hơn 0, không quá 100"))
        if any(position == stake.position for stake in held):
            raise UsedTwice(column="position", value=row["position"])
        held.append(Held(investor, position, share))
        check_shares(held)

    def _take(self, row: Row) -> None:
        once(row, "id", self.made)
        self.codes.add(once(row, "code", self.codes))
        ended = self._end(row)
        project = self._project(row, ended)
        check_columns(project)
        held = sorted(self.stakes.pop(row["id"], ()), key=lambda stake: stake.position)
        stakes = [Stake(project=project, investor=stake.investor, position=stake.position,
                        lead=stake.lead, share_percent=stake.share_percent) for stake in held]
        stated = hundredths(row, "registered_capital_usd")
        if stated < 0:
            raise UnfitValue(column="registered_capital_usd", value=stated, expected=_("số không âm"))
        self.made[row["id"]] = Standing(code=project.code, ended_on=ended and ended.latest, stated_usd=stated)
        self.waiting.append(Made(row["id"], project, stakes))
        if len(self.waiting) >= BATCH:
            self._write()

    def _end(self, row: Row) -> VagueDay | None:
        if (row["status"] == ProjectStatus.TERMINATED) != bool(row["terminated_on"]):
            raise EndedWithoutDay(status=row["status"], day=row["terminated_on"])
        return _exact(row, "terminated_on")

    def _project(self, row: Row, ended: VagueDay | None) -> Project:
        source = unless_empty(found, row, "source_id", self.sources)
        return Project(
            code=row["code"], name=row["name"], name_en=row["name_en"], objective=row["objective"],
            address=row["address"], enterprise=self._enterprise(row),
            zone=unless_empty(found, row, "zone_id", self.zones),
            sector_id=unless_empty(found, row, "sector_code", self.sectors),
            source_id=source and source.pk, status=word(row, "status", STATUSES),
            form=unless_empty(word, row, "form", FORMS), licensed_on=_exact(row, "licensed_on"),
            expires_on=_exact(row, "expires_on"), ended_on=ended,
            land_area_ha=unless_empty(hectares, row, "land_area_ha"),
            planned_workers=unless_empty(whole, row, "planned_workers"), publication=Publication.PUBLISHED.value,
        )

    def _enterprise(self, row: Row) -> Enterprise | None:
        """The enterprise of that name: one for each distinct name, whichever project came first."""
        name = row["enterprise_name"]
        if not name:
            return None
        if name in self.enterprises:
            pk, code = self.enterprises[name]
            return Enterprise(pk=pk, code=code, name=name, publication=Publication.PUBLISHED.value)
        if name not in self.new_enterprises:
            enterprise = Enterprise(name=name, publication=Publication.PUBLISHED.value)
            check_columns(enterprise)
            self.new_enterprises[name] = enterprise
        return self.new_enterprises[name]

    def _write(self) -> None:
        create_many(act=self.act, records=list(self.new_enterprises.values()))
        self.enterprises |= {name: (each.pk, each.code) for name, each in self.new_enterprises.items()}
        self.new_enterprises = {}
        for each in self.waiting:
            each.project.enterprise = each.project.enterprise  # again, now that it has its key
        open_many(act=self.act, projects=[(each.project, each.stakes) for each in self.waiting])
        for each in self.waiting:
            self.made[each.key].pk = each.project.pk
        create_many(act=self.act, records=[_termination(each.project) for each in self.waiting
                                           if each.project.ended_on])
        self.waiting = []


def _termination(project: Project) -> Certificate:
    return Certificate(
        code=f"{project.code}-1", number=1, project=project, kind=CertificateKind.TERMINATION.value,
        outcome=Outcome.GRANTED.value, decided_on=project.ended_on, publication=Publication.PUBLISHED.value,
    )


def _exact(row: Row, column: str) -> VagueDay | None:
    stated = unless_empty(day, row, column)
    return stated and VagueDay.exact(stated)
