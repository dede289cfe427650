"""What the rows of an import say of records that are there, against what stands in these by now."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from registry.models import NOUNS, Change, ImportBatch, ImportRow
from registry.models.rows import in_chunks
from registry.vocabulary.errors import RuleBroken

from .payload import plain

MOST_NAMED = 20


class OutdatedBatch(RuleBroken):
    """The batch would write over what others have written since; ``items`` names the first records concerned."""

    code = "outdated-batch"
    message = _("Không công bố được lô %(code)s: lô được lập trên bản cũ của %(count)s bản ghi mà từ đó đã có người "
                "sửa (%(items)s). Cần hoàn tác cả lô, xem trước lại tệp rồi áp dụng lại; chưa có gì được ghi.")

    def __init__(self, batch: ImportBatch, rows: Sequence[ImportRow]):
        self.items = [told(last_change(row)) for row in rows[:MOST_NAMED]]
        super().__init__(code=batch.code, count=len(rows), items=named(self.items, len(rows)))


def check_up_to_date(*, batch: ImportBatch, rows: Sequence[ImportRow]) -> None:
    """Raises OutdatedBatch where a record that a row would change has moved on since the preview, or is gone."""
    changing = [row for row in rows if row.after]
    there = {row.pk: record for record, row in with_records(changing)}
    if behind := [row for row in changing if _is_behind(row, there.get(row.pk))]:
        raise OutdatedBatch(batch, behind)


def _is_behind(row: ImportRow, record) -> bool:
    return record is None or row.version != record.version and not says_same(record, row)


def with_records(rows: Sequence[ImportRow]) -> Iterator[tuple[object, ImportRow]]:
    """The records of these rows that are there, each with its row. One query for 500."""
    for model in {NOUNS[row.kind] for row in rows}:
        mine = {row.code: row for row in rows if row.kind == model.KIND}
        for some in in_chunks(mine):
            for record in model._default_manager.filter(code__in=some).order_by("pk"):
                yield record, mine[record.code]


def says_same(record, row: ImportRow) -> bool:
    """Whether the columns of the row stand in the record as the row would write them."""
    return all(_same(record, name, value) for name, value in row.after.items())


def last_change(row: ImportRow) -> Change:
    """The last change of the record of a row."""
    return Change.objects.filter(kind=row.kind, code=row.code).select_related("act").latest("seq")


def told(change: Change) -> str:
    """Which record a change is of, whose it is and from which day."""
    return str(_("%(code)s: %(by)s, %(day)s") % {
        "code": change.code, "by": change.act.by_name, "day": f"{change.act.at:%d/%m/%Y}"})


def named(items: Sequence[str], count: int) -> str:
    """The first of so many items in one line."""
    return "; ".join(items[:MOST_NAMED]) + ("; …" if count > MOST_NAMED else "")


def _same(record, name: str, value) -> bool:
    field = next(field for field in record._meta.concrete_fields if field.attname == name)
    present = getattr(record, name)
    return present == field.to_python(value) or plain(present) == value
