"""What others need for the same files: reading plus plain ``bulk_create``, and django-import-export.

None of them looks up investors, checks a rule or keeps a history; they are the floor, and the usual way.
"""

import io
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import CharWidget, DateWidget, DecimalWidget, ForeignKeyWidget
from python_calamine import CalamineWorkbook

from registry.models import CapitalEntry, Country, Enterprise, Investor, Project, Source, Stake, Zone

CHUNK = 500


def read(data: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]


def plain_projects(data: bytes) -> None:
    """The records that the file speaks of, and no more: no checks, no search text, no history, no undo."""
    rows, now = read(data), timezone.now()
    zones, countries = dict(Zone.objects.values_list("name", "pk")), dict(Country.objects.values_list("name", "pk"))
    source = Source.objects.first()
    investors = _made(Investor, {row[1]: Investor(code=f"P-{row[3]}", name=row[1], country_id=countries.get(row[2]),
                                                  updated_at=now) for row in rows})
    enterprises = _made(Enterprise, {row[11]: Enterprise(code=f"P-{row[3]}", name=row[11], updated_at=now)
                                     for row in rows})
    projects = _made(Project, {row[3]: Project(
        code=f"P-{row[3]}", name=row[0], irc_code=row[3], address=row[12], land_area_ha=Decimal(str(row[10])),
        status="not_started", licensed_earliest=row[4], licensed_latest=row[4], zone_id=zones.get(row[8]),
        enterprise=enterprises[row[11]], updated_at=now) for row in rows})
    Stake.objects.bulk_create([Stake(project=projects[row[3]], investor=investors[row[1]], position=1, lead=True)
                               for row in rows], batch_size=CHUNK)
    CapitalEntry.objects.bulk_create([CapitalEntry(
        code=f"P-{row[3]}-1", number=1, project=projects[row[3]], kind="opening", counts_as="opening",
        amount_usd=Decimal(str(row[6])), written_amount=Decimal(str(row[7])), written_currency="VND",
        counts_on=row[4], recorded_at=now, updated_at=now, source=source) for row in rows], batch_size=CHUNK)


def plain_entries(data: bytes) -> None:
    keys = dict(Project.objects.values_list("code", "pk"))
    source, now = Source.objects.first(), timezone.now()
    CapitalEntry.objects.bulk_create([
        CapitalEntry(code=f"P-{number}", number=1000 + number, project_id=keys[row[0]], kind=row[1], counts_as=row[1],
                     amount_usd=Decimal(str(row[2])), counts_on=row[3], decided_earliest=row[3], decided_latest=row[3],
                     recorded_at=now, updated_at=now, source=source, note=row[4])
        for number, row in enumerate(read(data))], batch_size=CHUNK)


def _made(model, records: dict) -> dict:
    model.objects.bulk_create(records.values(), batch_size=CHUNK)
    return records


class Simple(ModelResource):
    """Seven columns of one table, a zone by its exact name; nothing of investors, enterprises and the ledger.

    The settings as they come: each row is looked up by its number, compared, checked and saved by itself.
    """

    name = Field("name", "Tên dự án", CharWidget())
    irc_code = Field("irc_code", "Mã số dự án", CharWidget())
    address = Field("address", "Địa chỉ", CharWidget())
    land = Field("land_area_ha", "Diện tích (ha)", DecimalWidget())
    zone = Field("zone", "KCN", ForeignKeyWidget(Zone, "name"))
    earliest = Field("licensed_earliest", "Ngày cấp", DateWidget())
    latest = Field("licensed_latest", "Ngày cấp", DateWidget())

    class Meta:
        model = Project
        import_id_fields = ("irc_code",)
        fields = ("name", "irc_code", "address", "land", "zone", "earliest", "latest")

    moment: datetime | None = None

    def before_import(self, dataset, **kwargs):
        self.moment = timezone.now()

    def before_save_instance(self, instance, row, **kwargs):
        instance.code, instance.status, instance.updated_at = f"P-{instance.irc_code}", "not_started", self.moment


class Named(ForeignKeyWidget):
    """The record of this name, made where there is none."""

    def clean(self, value, row=None, **kwargs):
        record, _made = self.model.objects.get_or_create(name=value, defaults=self.columns(row))
        return record

    def columns(self, row) -> dict:
        return {"code": f"P-{row['Mã số dự án']}", "updated_at": timezone.now()}


class Whole(Simple):
    """The same records as the register's own import makes of a row, by the hooks that its manual names: enterprise,
    investor with country, stake and opening. Still no search text, no rule between columns, no history and no undo."""

    enterprise = Field("enterprise", "Tên doanh nghiệp", Named(Enterprise, "name"))

    class Meta(Simple.Meta):
        fields = (*Simple.Meta.fields, "enterprise")

    def after_save_instance(self, instance, row, **kwargs):
        country = Country.objects.get(name=row["Quốc tịch"])
        investor, _made = Investor.objects.get_or_create(name=row["Nhà đầu tư"], defaults={
            "code": instance.code, "country": country, "updated_at": self.moment})
        Stake.objects.create(project=instance, investor=investor, position=1, lead=True)
        CapitalEntry.objects.create(
            code=f"{instance.code}-1", number=1, project=instance, kind="opening", counts_as="opening",
            amount_usd=Decimal(str(row["Vốn đăng ký (USD)"])), written_amount=Decimal(str(row["Vốn đăng ký (VND)"])),
            written_currency="VND", counts_on=instance.licensed_earliest, recorded_at=self.moment,
            updated_at=self.moment, source=self.source)

    def before_import(self, dataset, **kwargs):
        super().before_import(dataset, **kwargs)
        self.source = Source.objects.first()


class Tuned(Simple):
    """As fast as its settings make it: one look at the table, no comparison for the preview, rows written in bulk."""

    class Meta(Simple.Meta):
        instance_loader_class = CachedInstanceLoader
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_html_diff = True


def import_export(resource: type[ModelResource], data: bytes, *, dry_run: bool) -> None:
    """From the file's bytes to the result, as its admin does. Raises where a row was refused."""
    result = resource().import_data(XLSX().create_dataset(data), dry_run=dry_run, raise_errors=True)
    if not dry_run and result.totals["new"] != result.total_rows:
        raise RuntimeError(f"django-import-export took {result.totals['new']} of {result.total_rows} rows")
