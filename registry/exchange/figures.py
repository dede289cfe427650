"""What press and official pages state about the economy and the investment of the province, as fixtures have it."""

from registry.actions import statement
from registry.actions.record import create
from registry.actions.writing import Writing
from registry.models import AdministrativeUnit, Country, Source, Statement
from registry.vocabulary.publication import Publication
from registry.vocabulary.statement import Review, StatementKind, SubjectKind

from .fixtures import read, row_of, rows_of, vague_day

FILE = "figures"
REASON = "Nạp chỉ tiêu kinh tế và thu hút đầu tư"


def load_figures(act: Writing) -> int:
    """Add the figures that are missing, with their sources; return how many. What is there is left alone: an officer
    may have mended it. Two sources that disagree wait for an officer (``review`` is open)."""
    known = set(Statement.objects.exclude(reference=None).values_list("reference", flat=True))
    rows = [row for row in rows_of(FILE, "reference") if row["reference"] not in known]
    if not rows:
        return 0
    cited = _sources(act)
    subjects = {SubjectKind.PLACE: {each.code: each for each in AdministrativeUnit.objects.filter(level="province")},
                SubjectKind.COUNTRY: {each.code: each for each in Country.objects.all()}}
    for row in rows:
        with row_of(FILE, row["reference"]):
            kind = SubjectKind.COUNTRY if row.get("country") else SubjectKind.PLACE
            subject = subjects[kind][row[kind]]
            stated = statement.state(
                act=act, source=cited[row["source"]], subject_kind=kind, subject=subject, subject_name=subject.name,
                attribute=row["attribute"], kind=StatementKind.STATISTIC, value=row["value"], unit=row["unit"],
                qualifier=row["qualifier"], reference=row["reference"], date=vague_day(row["date"]), note=row["note"],
            )
            if row["review"] != Review.OPEN:
                statement.review(act=act, statement=stated, as_=row["review"])
    return len(rows)


def _sources(act: Writing) -> dict[str, Source]:
    """Every source by its key; those of the file are added where they are missing."""
    cited = {each.reference: each for each in Source.objects.exclude(reference=None)}
    for row in read(FILE)["sources"]:
        if row["key"] not in cited:
            with row_of(FILE, row["key"]):
                cited[row["key"]] = create(act=act, record=Source(
                    reference=row["key"], kind=row["kind"], name=row["title"], name_en=row["title_en"],
                    publisher=row["publisher"], url=row["url"] or "", published_on=vague_day(row["published"]),
                    known_from=row["known_from"], publication=Publication.PUBLISHED,
                ))
    return cited
