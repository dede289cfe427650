"""Records for tests, every one made through the actions: ``check_register`` stays clean after them.

A builder opens an act of its own, or works in the one it is given. What a record needs and nobody named is
made with it. Records are published unless ``publication`` says otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from registry.actions import (
    a_iv_1,
    batch,
    capital,
    certificate,
    correction,
    distinct,
    milestone,
    partner,
    report,
    statement,
    zone,
)
from registry.actions.project import StakeGiven, open_project
from registry.actions.published import freeze as freeze_table
from registry.actions.record import create
from registry.actions.writing import Writing, writing
from registry.exchange.imports.preview import preview_file
from registry.models import (
    AdministrativeUnit,
    ApiKey,
    CapitalEntry,
    Certificate,
    CorrectionRequest,
    Country,
    DistinctPair,
    Enterprise,
    FormFigure,
    ImportBatch,
    Investor,
    Milestone,
    OperatingReport,
    Partner,
    Project,
    PublishedFigure,
    Registrar,
    RowProblem,
    Sector,
    Source,
    Statement,
    Zone,
    ZoneObservation,
)
from registry.statistics.capital import CapitalTotals, capital_by, totals_of
from registry.statistics.published import drawn
from registry.vocabulary.capital import CapitalKind
from registry.vocabulary.certificate import CertificateKind
from registry.vocabulary.change import Door
from registry.vocabulary.milestone import MilestoneKind, Reality
from registry.vocabulary.partner import KeyState, Scope
from registry.vocabulary.period import VagueDay
from registry.vocabulary.place import UnitKind, UnitLevel
from registry.vocabulary.project import ProjectStatus
from registry.vocabulary.publication import Publication
from registry.vocabulary.published import Asked
from registry.vocabulary.report import Quarter
from registry.vocabulary.role import Role
from registry.vocabulary.statement import SourceKind, StatementKind, SubjectKind
from registry.vocabulary.zone import ObservationKind, ZoneKind

A_DAY = date(2023, 5, 15)
IMPORTED_AT = datetime(2026, 11, 20, 3, tzinfo=UTC)

numbers = count(1)


def a_word() -> str:
    """Another each time, and without a figure: a test that looks for one on a page would find it in an address."""
    return "".join(chr(ord("a") + int(figure)) for figure in f"{next(numbers):05d}")


def act(**changes):
    """``with build.act() as act:`` opens an act."""
    return writing(**{"by": "test", "reason": "test", "door": Door.SHELL} | changes)


@contextmanager
def inside(given: Writing | None) -> Iterator[Writing]:
    """The act that was given, or a new one."""
    if given is not None:
        yield given
    else:
        with act() as opened:
            yield opened


def exactly(day: date | VagueDay | None) -> VagueDay | None:
    return VagueDay.exact(day) if isinstance(day, date) else day


def make_user(username: str = "officer", **changes):
    return get_user_model().objects.create_user(username, **changes)


def make_officer(username: str = "lan", *roles: str, **changes):
    """Somebody who may enter the officers' door: an officer who also publishes, unless roles are named."""
    user = make_user(username, **{"is_staff": True} | changes)
    user.groups.set(Group.objects.filter(name__in=roles or (Role.OFFICER, Role.REVIEWER)))
    return user


def make(model, *, act: Writing | None = None, related=None, **fields):
    """Any plain noun."""
    with inside(act) as opened:
        return create(act=opened, record=model(**fields), related=related)


def published(**fields) -> dict:
    return {"publication": Publication.PUBLISHED} | fields


def make_source(**changes) -> Source:
    return make(Source, **published(kind=SourceKind.ARTICLE, name="Bài báo thử nghiệm") | changes)


def make_row_problem(**changes) -> RowProblem:
    """What was wrong in a file of projects: one cell of it."""
    return RowProblem.objects.create(**{
        "table": "projects", "file_name": "du-an.xlsx", "sha256": "0" * 64, "by_name": "lan", "at": IMPORTED_AT,
        "sheet": "Sheet", "cell": "H3", "code": "unreadable-amount", "message": "Không đọc được số tiền"} | changes)


def make_investor(**changes) -> Investor:
    return make(Investor, **published(name="Nhà đầu tư thử nghiệm") | changes)


def make_enterprise(**changes) -> Enterprise:
    return make(Enterprise, **published(name="Công ty thử nghiệm") | changes)


def make_correction(*, act: Writing | None = None, **changes) -> CorrectionRequest:
    """A reader's report about the page of the data."""
    with inside(act) as opened:
        return correction.receive(act=opened, **{"about": "/data/", "words": "Có chỗ sai", "language": "vi"} | changes)


def make_distinct_pair(*, act: Writing | None = None) -> DistinctPair:
    """Two new investors that are not one."""
    with inside(act) as opened:
        one, other = (make_investor(act=opened, name=f"SYN Hoa Sen {which}") for which in ("A", "B"))
        return distinct.tell_apart(act=opened, one=one, other=other)


def make_partner(**changes) -> Partner:
    return make(Partner, **{"name": f"SYN Đối tác {a_word()}"} | changes)


def make_key(*, act: Writing | None = None, state: str = KeyState.ISSUED, **changes) -> ApiKey:
    """A key in one of its states, for a year unless another day is named."""
    return issue_key(act=act, state=state, **changes)[0]


def issue_key(*, act: Writing | None = None, state: str = KeyState.ISSUED, **changes) -> tuple[ApiKey, str]:
    """A key, and what its holder sends: empty where it was never issued."""
    with inside(act) as opened:
        owner = changes.pop("partner", None) or make_partner(act=opened)
        key = partner.ask_for_key(act=opened, partner=owner, **{
            "purpose": "thử nghiệm", "scope": Scope.PUBLIC, "expires_on": opened.on + timedelta(days=365)} | changes)
        token = ""
        if state == KeyState.REFUSED:
            partner.refuse(act=opened, key=key)
        elif state != KeyState.ASKED:
            partner.approve(act=opened, key=key)
        if state in (KeyState.ISSUED, KeyState.REVOKED):
            token = partner.issue(act=opened, key=key).token
        if state == KeyState.REVOKED:
            partner.revoke(act=opened, key=key)
        return key, token


def make_zone(**changes) -> Zone:
    return make(Zone, **published(
        code=f"thu-nghiem-{a_word()}", kind=ZoneKind.INDUSTRIAL_PARK, name="KCN Thử nghiệm",
    ) | changes)


def make_country(**changes) -> Country:
    """A country that ISO 3166-1 does not know; take the others from the reference list."""
    return make(Country, **{"code": "ZZ", "name": "Nước thử nghiệm"} | changes)


def make_sector(**changes) -> Sector:
    return make(Sector, **{"code": "2018-00", "vsic_version": "2018", "level": 2, "vsic_code": "00", "section": "C",
                           "name": "Ngành thử nghiệm"} | changes)


def make_place(**changes) -> AdministrativeUnit:
    return make(AdministrativeUnit, **{"code": "99999", "official_code": "99999", "name": "Phường Thử Nghiệm",
                                       "kind": UnitKind.WARD, "level": UnitLevel.COMMUNE} | changes)


def make_project(
    *, act: Writing | None = None, investors=None, capital_usd=None, decided_on: date | VagueDay | None = A_DAY,
    source: Source | None = None, **changes,
) -> Project:
    """A project with one new investor, or with the ``investors`` named (investors or StakeGiven); with
    ``capital_usd`` it has a new entry of that many dollars, decided on ``decided_on``."""
    with inside(act) as opened:
        given = [make_investor(act=opened)] if investors is None else investors
        project = open_project(
            act=opened, project=Project(**published(name="Nhà máy thử nghiệm", status=ProjectStatus.OPERATING)
                                        | {"source": source} | changes),
            stakes=[each if isinstance(each, StakeGiven) else StakeGiven(each) for each in given],
        )
        if capital_usd is not None:
            make_entry(project, capital_usd, act=opened, kind=CapitalKind.NEW, decided_on=decided_on, source=source)
    return project


def make_entry(
    project: Project | None, amount_usd, *, act: Writing | None = None, kind: str = CapitalKind.INCREASE,
    decided_on: date | VagueDay | None = A_DAY, source: Source | None = None, **changes,
) -> CapitalEntry:
    """An entry of a project, from a new source unless one or a certificate is named."""
    with inside(act) as opened:
        if source is None and "certificate" not in changes:
            source = make_source(act=opened)
        return capital.enter(act=opened, project=project, kind=kind, amount_usd=Decimal(amount_usd),
                             decided_on=exactly(decided_on), source=source, **changes)


def make_certificate(
    project: Project, *, act: Writing | None = None, kind: str = CertificateKind.FIRST_ISSUE,
    decided_on: date | VagueDay = A_DAY, **changes,
) -> Certificate:
    with inside(act) as opened:
        return certificate.grant(act=opened, project=project, kind=kind, decided_on=exactly(decided_on), **changes)


def make_dossier(project: Project, *, act: Writing | None = None, **changes) -> Certificate:
    """A dossier that was received and waits for its outcome."""
    with inside(act) as opened:
        return certificate.receive(act=opened, project=project,
                                   **{"kind": CertificateKind.AMENDMENT, "step": 1, "received_on": A_DAY} | changes)


def make_batch(data: bytes, *, table: str = "projects", name: str = "a.xlsx") -> ImportBatch:
    """A file as a batch in review, in an act of its own."""
    preview = preview_file(data, name, table, now=IMPORTED_AT)
    assert preview.problems == (), preview.problems
    with act() as opened:
        return batch.apply(act=opened, preview=preview)


def make_milestone(project: Project, *, act: Writing | None = None, happened_on=A_DAY, **changes) -> Milestone:
    with inside(act) as opened:
        return milestone.mark(act=opened, project=project, happened_on=exactly(happened_on), **{
            "kind": MilestoneKind.GROUND_BREAKING, "reality": Reality.ACTUAL} | changes)


def make_report(
    project: Project, *, act: Writing | None = None, quarter: tuple[int, int] = (2026, 3), realised_usd="5000000",
    **changes,
) -> OperatingReport:
    """A report of the third quarter of 2026 that waits to be accepted."""
    with inside(act) as opened:
        year, number = quarter
        return report.receive(act=opened, project=project, year=year, quarter=number,
                              realised_usd=None if realised_usd is None else Decimal(realised_usd), **changes)


def make_form_figure(*, act: Writing | None = None, **changes) -> FormFigure:
    """What an officer expects of 2026: new projects of the whole year."""
    with inside(act) as opened:
        return a_iv_1.type_figure(act=opened, **{
            "quarter": Quarter(2026, 3), "registrar": None, "row": "granted_new", "column": "expected",
            "value": Decimal(12)} | changes)


def make_observation(*, act: Writing | None = None, source: Source | None = None, **changes) -> ZoneObservation:
    """Occupancy of a zone, unless other fields are named."""
    with inside(act) as opened:
        if "zone" not in changes and "place" not in changes:
            changes["zone"] = make_zone(act=opened)
        return zone.observe(act=opened, source=source or make_source(act=opened), **{
            "attribute": ObservationKind.OCCUPANCY, "value": Decimal(80)} | changes)


def make_statement(*, act: Writing | None = None, source: Source | None = None, date=None, **changes) -> Statement:
    """What a source says about a project: its total capital, unless other fields are named."""
    with inside(act) as opened:
        return statement.state(act=opened, source=source or make_source(act=opened), date=exactly(date), **{
            "subject_kind": SubjectKind.PROJECT, "subject_name": "Nhà máy thử nghiệm",
            "attribute": "total_investment_capital", "kind": StatementKind.REPORTED,
            "value": "1600", "unit": "USD million"} | changes)


def make_registrar(**changes) -> Registrar:
    return make(Registrar, **{"name": "Ban quản lý thử nghiệm"} | changes)


def freeze(asked: Asked, *, act: Writing | None = None, office: Registrar | None = None, **changes) -> PublishedFigure:
    """A table, frozen by an act of its own."""
    office = office or make_registrar(act=act)
    with inside(act) as opened:
        return freeze_table(act=opened, asked=asked, table=drawn(asked), office=office,
                            **{"title": "Bảng thử nghiệm"} | changes)


def totals(*, as_of: date, known_on: date | None = None) -> CapitalTotals:
    """What the first page says, as of a day and as known on one."""
    return totals_of(capital_by("zone", as_of=as_of, known_on=known_on))
