"""Projects: the register's own file, and the list that officers keep, one row a project.

A new row makes a project, its investors and its enterprise where they are new, and an opening with the registered
total as printed. A row without a code is found by its project number (mã số dự án).
"""

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from registry.actions.capital_many import Ledgers
from registry.actions.plan import NEW_RECORD, Difference
from registry.actions.project_number import NumberTaken
from registry.models import (
    AdministrativeUnit,
    CapitalEntry,
    Enterprise,
    Investor,
    Project,
    Registrar,
    Stake,
    Zone,
)
from registry.models.rows import blank, in_chunks, relate
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import Money
from registry.vocabulary.project import ENDED, InvestmentForm, ProjectStatus
from registry.vocabulary.project_number import doubt_of_number, former_numbers, read_project_number
from registry.vocabulary.publication import Publication

from . import headings_of_projects as called
from .cells import Row, as_text
from .headings import comparable
from .holders import Holders
from .matching import Several, projects_meant
from .rates import doubt_of_rate
from .setters import Plain, Setter, ref, stated, text, whole, word
from .setters_of_projects import Area, OneSector, ZoneOrOutside
from .table import ComputedChanged, RowTwice, Table
from .words_between import NOTHING_BUT_NAME, has_only_name


class DollarsMissing(RuleBroken):
    code = "dollars-missing"
    message = _("Sổ vốn ghi bằng USD. Hãy ghi thêm vốn đăng ký bằng USD như giấy chứng nhận in.")


class EndsByAct(RuleBroken):
    code = "ends-by-act"
    message = _("Tình trạng “%(status)s” kết thúc dự án, nên phải ghi ngày và bút toán giảm. Hãy nhập dự án với tình "
                "trạng trước đó, rồi ghi việc chấm dứt trong trang quản trị.")


class SameProjectTwice(RuleBroken):
    code = "same-project-twice"
    message = _("Dòng %(row)s của tệp đã có dự án “%(name)s” của cùng nhà đầu tư. Hãy bỏ một dòng; nếu là hai dự án, "
                "hãy ghi mã số dự án của từng dòng.")


class NumberReplaced(RuleBroken):
    code = "number-replaced"
    message = _("Mã số dự án %(number)s của %(code)s nay là %(now)s. Hãy ghi mã hiện nay.")


class AreaNegative(RuleBroken):
    code = "area-negative"
    message = _("Diện tích không được âm.")


class Projects(Table):
    name = "projects"
    model = Project
    required = ("name",)
    also = called.ALSO
    extra = called.EXTRA
    sums = called.SUMS
    related = ("enterprise", "registrar", "zone", "place", "sector")
    own = called.OWN
    shared = called.SHARED

    @cached_property
    def setters(self) -> tuple[Setter, ...]:
        register = self.register
        sector = OneSector(("sector.version", "sector.code", "sector.section", "sector.name"), "sector",
                           register.sector)
        return (
            Plain(("irc_code",), "irc_code", _number, None), text("name"), text("name_en"), text("objective"),
            text("objective_en"), text("address"),
            ref("registrar", lambda word: register.registrars.one(word, Registrar._meta.verbose_name), "registrar"),
            ZoneOrOutside(("zone.code", "zone.name"), "zone",
                          lambda word: register.zones.one(word, Zone._meta.verbose_name)),
            ref("place", register.place, AdministrativeUnit._meta.verbose_name), sector,
            word("form", InvestmentForm), word("status", ProjectStatus), stated("licensed_on"), stated("expires_on"),
            Area(("land_area_ha", "land_area_m2"), "land_area_ha"), whole("planned_workers"),
        )

    def prepare(self, rows: list[Row]) -> None:
        self.holders = Holders(self.register)
        self.alike: dict[tuple, tuple[int, str | None]] = {}
        names = [row.text("name") for row in rows if row.value("code") is None]
        self.meant = projects_meant((row.text("irc_code") for row in rows), names)
        super().prepare(rows)
        projects = [*self.targets.values(), *self.meant.by_code.values()]
        self.stakes: dict[int, set[int]] = {}
        for some in in_chunks({project.pk for project in projects}):
            held = Stake.objects.current().filter(project__in=some)
            for project, investor in held.values_list("project", "investor"):
                self.stakes.setdefault(project, set()).add(investor)
        self.ledgers = Ledgers(self.targets.values())

    def find(self, rows: list[Row]) -> None:
        """By code, and where there is none by project number."""
        super().find(rows)
        taken: dict[str, Row] = {}
        for row in rows:
            number = _number(row).lower()
            if number and number in taken:
                row.fail("irc_code", RowTwice(text=row.text("irc_code"), row=taken[number].number))
            elif number:
                taken[number] = row
            if row.value("code") is None and (found := self.meant.code(number) or self._chosen(row)):
                self.silent.add(row.index)
                self._set_target(row, "irc_code", found, None)
                if number in map(str.lower, former_numbers(found.former_irc_codes)):
                    row.fail("irc_code", NumberReplaced(number=number, code=found.code, now=found.irc_code))

    def _chosen(self, row: Row) -> Project | None:
        """The project that the officer has said this row means."""
        for key, code in row.chosen.items():
            if key.startswith("project ") and code != NEW_RECORD and (found := self.meant.code(code)):
                return row.pick(key, Several(row.text("name"), [found], of_row=True), may_be_new=True)
        return None

    def moment_of(self, row: Row) -> tuple[date, date | None]:
        if not row.has("capital.as_of"):
            return self.today, None
        return row.day("capital.as_of") or self.today, row.day("capital.known_on")

    def complete(self, row: Row, project: Project) -> dict:
        if has_only_name(row):
            row.notes.append(str(NOTHING_BUT_NAME))
        parts = self.holders.of(row)
        enterprise, makes = self.holders.enterprise(row)
        relate(project, enterprise=enterprise)
        if not row.value("status"):
            licensed = project.irc_code or project.licensed_earliest or self._registered(row)[1]
            project.status = (ProjectStatus.NOT_STARTED if licensed else ProjectStatus.PROPOSED).value
        self._look_for_double(row, project, parts.investors)
        self._check_once(row, project, parts.investors)
        entry = self._opening(row, project)
        if entry or project.irc_code or project.licensed_on:
            relate(project, source=self.source)
        return {"makes": (*parts.makes, *makes, project), "stakes": parts.stakes, "proposed": (entry,) if entry else ()}

    def amend(self, row: Row, project: Project, changed: Project) -> dict:
        self._compare_holders(row, project)
        self._compare_enterprise(row, project)
        self._compare_former_numbers(row, project)
        name, amount = self._registered(row)
        present = self.ledgers.registered_usd(project)
        if amount is None or amount == present or self._is_as_exported(row, project, name):
            return {}
        if present or self.ledgers.start_of(project):
            row.fail(name, ComputedChanged(label=self.labels["capital.registered_usd"], present=f"{present:f}",
                                           text=as_text(row.value(name))))
            return {}
        entry = self._opening(row, project)
        told = Difference(str(CapitalKind.OPENING.label), "", f"{amount:f} USD")
        return {"proposed": (entry,), "differences": (told,)} if entry else {}

    def check(self, row: Row, project: Project, before: Project | None = None) -> None:
        if project.status in ENDED and (before is None or before.status != project.status):
            row.fail("status", EndsByAct(status=project.get_status_display()))
        other = self.meant.code(project.irc_code) if project.irc_code else None
        if other is not None and other.pk != project.pk:
            row.fail("irc_code", NumberTaken(number=project.irc_code, code=other.code))
        if (before is None or before.irc_code != project.irc_code) and (doubt := doubt_of_number(project.irc_code)):
            row.notes.append(doubt)
        if project.land_area_ha is not None and project.land_area_ha < 0:
            row.fail(self.column_of(row, "land_area_ha"), AreaNegative())

    def _is_as_exported(self, row: Row, project: Project, name: str) -> bool:
        return name == "capital.registered_usd" and any(
            document and Decimal(document["capital"]["registered_usd"]) == self._registered(row)[1]
            for document in self._documents(row, project))

    def _registered(self, row: Row) -> tuple[str, Decimal | None]:
        """The registered total in dollars and the column that has it."""
        for name, (currency, power) in called.AMOUNTS.items():
            if currency == "USD" and row.value(name) is not None:
                amount = row.amount(name, "USD")
                return name, amount and amount.scaleb(power)
        if row.value("capital") is not None:
            money = row.money("capital")
            return "capital", money.amount if money and money.currency == "USD" else None
        return "capital.registered_usd", None

    def _written(self, row: Row) -> tuple[str, Money | None]:
        """The total in dong as printed, and its column."""
        for name, (currency, power) in called.AMOUNTS.items():
            if currency == "VND" and row.value(name) is not None:
                amount = row.amount(name, "VND")
                return name, amount and Money(amount.scaleb(power), "VND")
        money = row.money("capital") if row.value("capital") is not None else None
        return "capital", money if money and money.currency == "VND" else None

    def _opening(self, row: Row, project: Project) -> CapitalEntry | None:
        name, amount = self._registered(row)
        at, dong = self._written(row)
        if amount is None and dong and not row.problems:
            row.fail(at, DollarsMissing())
        if not amount or row.problems:
            return None
        if dong and (doubt := doubt_of_rate(amount, dong.amount)):
            row.notes.append(doubt)
        written = dong or Money(amount, "USD")
        stated_on = row.vague_day("amended_on") or project.licensed_on
        entry = blank(CapitalEntry)
        relate(entry, project=project, source=self.source)
        entry.kind, entry.amount_usd, entry.decided_on = CapitalKind.OPENING.value, amount, stated_on
        entry.written_amount, entry.written_currency = written.amount, written.currency
        entry.rate_as_printed, entry.note = row.text("rate_as_printed"), row.text("note")
        columns = {"amount_usd": name, "written_amount": at if dong else name, "rate_as_printed": "rate_as_printed",
                   "decided_on": "amended_on" if row.value("amended_on") is not None else "licensed_on"}
        row.take_entry(self.ledgers, entry, columns, at=self.now, on=self.today)
        return entry

    def _look_for_double(self, row: Row, project: Project, investors: list[Investor]) -> None:
        """A project of the same name with the same investor may be this one under its other, missing number."""
        held = {investor.pk for investor in investors if investor.pk}
        for other in self.meant.named(project.name):
            numbers = {project.irc_code, other.irc_code} - {None}
            if len(numbers) > 1 or other.publication == Publication.WITHDRAWN:
                continue
            if held & self.stakes.get(other.pk, set()) or not (held or self.stakes.get(other.pk)):
                row.pick(f"project {other.code}", Several(project.name, [other], of_row=True), may_be_new=True)

    def _check_once(self, row: Row, project: Project, investors: list[Investor]) -> None:
        """Two new rows of one name and the same investors are two projects only by their numbers."""
        key = comparable(project.name), *sorted({id(investor) for investor in investors})  # a set is larger
        first, number = self.alike.setdefault(key, (row.number, project.irc_code))
        if first != row.number and not (number and project.irc_code):
            row.fail("name", SameProjectTwice(row=first, name=project.name))

    def _compare_holders(self, row: Row, project: Project) -> None:
        if row.index not in self.silent or row.value("investors.name") is None:
            return
        investors = self.holders.of(row).investors
        if {investor.pk for investor in investors} != self.stakes.get(project.pk, set()):
            row.conflict(str(_("Nhà đầu tư trong tệp (%(names)s) khác trong sổ. Hãy ghi lại phần vốn góp của %(code)s "
                               "trong trang quản trị, hoặc sửa tệp.")
                             % {"names": row.text("investors.name"), "code": project.code}))

    def _compare_enterprise(self, row: Row, project: Project) -> None:
        if row.index not in self.silent:
            self.refuse(row, self.present(row, project), self.own - {"capital.registered_usd"})
            return
        named, _makes = self.holders.enterprise(row)
        if named is not None and named.pk != project.enterprise_id:
            row.conflict(str(_("%(noun)s trong tệp (%(name)s) khác trong sổ. Hãy sửa hồ sơ %(code)s hoặc sửa tệp.")
                             % {"noun": Enterprise._meta.verbose_name, "name": named.name, "code": project.code}))

    def _compare_former_numbers(self, row: Row, project: Project) -> None:
        """Certificates alone write them. Of a row with a code what is computed is compared anyway."""
        if row.index in self.silent and row.value("former_irc_codes") is not None:
            self.refuse(row, self.present(row, project), {"former_irc_codes"})


def _number(row: Row, name: str = "irc_code") -> str:
    return read_project_number(row.text(name))
