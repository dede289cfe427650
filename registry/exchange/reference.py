"""The reference lists: countries, sectors, places, registrars, zones, and the agency's yearly tables.

Loading adds what is missing and leaves alone what is there: officers may have mended it.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal

from babel import Locale

from registry.actions import statement, zone
from registry.actions.record import create
from registry.actions.writing import Writing
from registry.models import AdministrativeUnit, Country, Registrar, Sector, Source, Statement, Zone
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import Review, StatementKind, SubjectKind

from .fixtures import BrokenRow, day, row_of, rows_of, vague_day

# Two-letter codes of CLDR that ISO 3166-1 does not assign: regions, reserved and private-use codes.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}


def load_reference(act: Writing, tell: Callable[[str], None] = lambda line: None) -> int:
    """Load what is missing from every list; return how many records were added."""
    added = 0
    for load in (countries, sectors, places, registrars, sources, zones, agency_tables):
        count = load(act)
        added += count
        if count:
            tell(f"{load.__name__}: {count}")
    return added


def countries(act: Writing) -> int:
    """All of ISO 3166-1 in Babel's words, with the agency's labels on top."""
    vi, en = Locale("vi").territories, Locale("en").territories
    labels = {row["code"]: row for row in rows_of("countries", "code")}
    codes = sorted(code for code in vi if len(code) == 2 and code.isalpha() and code not in NOT_ISO)
    if unknown := sorted(labels.keys() - set(codes)):
        raise BrokenRow(file="countries.json", row=unknown[0], problem="không phải là một mã của ISO 3166-1")
    return _add_missing(act, Country, "countries", ({"code": code} for code in codes), lambda row: Country(
        code=row["code"], name=labels.get(row["code"], {}).get("label") or vi[row["code"]], name_en=en[row["code"]],
        printed=labels.get(row["code"], {}).get("printed") or "",
        aliases=labels.get(row["code"], {}).get("aliases") or [],
    ))


def sectors(act: Writing) -> int:
    """VSIC 2018, levels 1 and 2, and VSIC 2025, level 1."""
    rows = [row | {"vsic_code": row["code"], "code": f"{row['version']}-{row['code']}"}
            for row in rows_of("sectors", "version", "code")]
    return _add_missing(act, Sector, "sectors", rows, lambda row: Sector(
        code=row["code"], vsic_version=row["version"], level=row["level"], vsic_code=row["vsic_code"],
        section=row["section"], name=row["name"], name_en=row["name_en"], checked=row["checked"],
        fia_label=row.get("fia_label") or "",
    ))


def places(act: Writing) -> int:
    """Administrative units before July 2025, after it, and after 20 September 2026, with successors."""
    known: dict[str, AdministrativeUnit] = {unit.code: unit for unit in AdministrativeUnit.objects.all()}

    def make(row: dict) -> AdministrativeUnit:
        unit = known[row["key"]] = AdministrativeUnit(
            code=row["key"], official_code=row["code"], name=row["name"], name_en=row["name_en"], kind=row["kind"],
            level=row["level"], parent=known[row["parent"]] if row["parent"] else None,
            successor=known[row["successor"]] if row["successor"] else None, in_force_from=day(row["from"]),
            in_force_until=day(row["until"]), former_province=row["former_province"], basis=row["basis"] or "",
            latitude=row.get("lat"), longitude=row.get("lon"),
        )
        return unit

    rows = _referred_first(rows_of("places", "key"), key="key")
    return _add_missing(act, AdministrativeUnit, "places", rows, make, key="key")


def registrars(act: Writing) -> int:
    known: dict[str, Registrar] = {registrar.code: registrar for registrar in Registrar.objects.all()}

    def make(row: dict) -> Registrar:
        registrar = known[row["code"]] = Registrar(
            code=row["code"], name=row["name"], name_en=row["name_en"], in_force_from=day(row["from"]),
            in_force_until=day(row["until"]), basis=row["basis"] or "",
            successor=known[row["successor"]] if row["successor"] else None,
        )
        return registrar

    added = _add_missing(act, Registrar, "registrars", _referred_first(rows_of("registrars", "code")), make)
    act.count_codes("REG", len(known))
    return added


def sources(act: Writing) -> int:
    """The pages on which the zones rest, and the agency's yearly tables."""
    known = set(Source.objects.values_list("reference", flat=True))
    return _add_missing(act, Source, "sources", rows_of("sources", "key"), lambda row: Source(
        reference=row["key"], kind=row["kind"], name=row["title"], name_en=row["title_en"] or "",
        publisher=row["publisher"] or "", url=row["url"] or "", published_on=vague_day(row["published"]),
        publication=Publication.PUBLISHED,
    ), key="key", known=known)


def zones(act: Writing) -> int:
    """The zones: kind, parent, what is known, and what was observed; positions approximate."""
    known: dict[str, Zone] = {each.code: each for each in Zone.objects.all()}
    cited = {each.reference: each for each in Source.objects.exclude(reference=None)}
    communes = {unit.code: unit for unit in AdministrativeUnit.objects.all()}
    added = 0
    for row in _referred_first(rows_of("zones", "code")):
        if row["code"] in known:
            continue
        with row_of("zones", row["code"]):
            made = known[row["code"]] = create(
                act=act, record=_zone(row, known),
                related={"communes": [communes[code] for code in row["communes"]],
                         "sources": [cited[key] for key in row["sources"]]},
            )
            for seen in row["observations"]:
                zone.observe(
                    act=act, zone=made, attribute=seen["attribute"], value=Decimal(seen["value"]),
                    value_high=Decimal(seen["value_high"]) if seen.get("value_high") else None,
                    observed_on=vague_day(seen["date"]), method=seen["method"] or "", source=cited[seen["source"]],
                )
        added += 1
    return added


def _zone(row: dict, known: dict[str, Zone]) -> Zone:
    return Zone(
        code=row["code"], kind=row["kind"], parent=known[row["parent"]] if row["parent"] else None,
        name=row["name"], name_en=row["name_en"], province=row["province"],
        former_province=row["former_province"], developer=row["developer"] or "",
        established_year=row["established_year"], area_ha=_decimal(row["area_ha"]),
        leasable_ha=_decimal(row["leasable_ha"]), communes_before=row["communes_before"] or "",
        latitude=row["lat"], longitude=row["lon"], position_basis=row["position_basis"] or "",
        investment=row["investment"] or "", summary=row["summary"] or "", publication=Publication.PUBLISHED,
    )


def agency_tables(act: Writing) -> int:
    """What the foreign-investment agency's tables state, 2015–2022; their years end on 20 December."""
    cited = {each.reference: each for each in Source.objects.exclude(reference=None)}
    units = {unit.code: unit for unit in AdministrativeUnit.objects.filter(level="province")}
    known = set(Statement.objects.exclude(reference=None).values_list("reference", flat=True))
    rows = [row for row in rows_of("fia", "reference") if row["reference"] not in known]
    for row in rows:
        with row_of("fia", row["reference"]):
            place = units[row["place"]]
            stated = statement.state(
                act=act, source=cited[row["source"]], subject_kind=SubjectKind.PLACE, subject=place,
                subject_name=place.name, attribute=row["attribute"], kind=StatementKind.STATISTIC,
                value=row["value"], unit=row["unit"], reference=row["reference"], date=vague_day(row),
            )
            statement.review(act=act, statement=stated, as_=Review.ACCEPTED)
    return len(rows)


def _add_missing(act: Writing, model, file: str, rows: Iterable[dict], make, *, key="code", known=None) -> int:
    known = set(model.objects.values_list("code", flat=True)) if known is None else known
    added = 0
    for row in rows:
        if row[key] not in known:
            with row_of(file, row[key]):
                create(act=act, record=make(row))
            added += 1
    return added


def _referred_first(rows: list[dict], *, key: str = "code") -> list[dict]:
    """The rows so that a parent or successor in the list stands before the row that names it."""
    by_key = {row[key]: row for row in rows}
    ordered: dict[str, dict] = {}

    def place(row: dict) -> None:
        if row[key] not in ordered:
            for name in ("parent", "successor"):
                if row.get(name) in by_key:
                    place(by_key[row[name]])
            ordered[row[key]] = row

    for row in rows:
        place(row)
    return list(ordered.values())


def _decimal(value) -> Decimal | None:
    return None if value is None else Decimal(str(value))
