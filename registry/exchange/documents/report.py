"""A company's report as nested plain data, for officers: it is in no public list and no feed."""

from collections.abc import Sequence

from registry.models import OperatingReport

from .shape import Context, iso, moment


def load_reports(keys: list[int], context: Context, plain: Sequence[str]) -> list[dict]:
    """The reports of these keys, in their order; none for whoever is not staff. One query."""
    found = context.rows(OperatingReport).select_related("project", "source").in_bulk(keys)
    return [build_report(found[key], plain) for key in keys if key in found]


def build_report(record: OperatingReport, plain: Sequence[str]) -> dict:
    """``plain`` are the columns that it tells as they are: numbers, texts and lists, null where nothing is stated."""
    values = {name: getattr(record, name) for name in plain}
    return {
        "code": record.code, "project": {"code": record.project.code, "name": record.project.name},
        "received_on": iso(record.received_on),
        "state": record.state, "version": record.version, "updated_at": moment(record.updated_at),
        "source": {"code": record.source.code, "title": record.source.name} if record.source else None,
        **{name: None if value in (None, "") else value if isinstance(value, (int, str, list)) else str(value)
           for name, value in values.items()},
    }
