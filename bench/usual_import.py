"""The usual way: django-import-export with the same files. It keeps no history and has no search text."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from import_export.fields import Field
from import_export.formats.base_formats import XLSX
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import CharWidget, DateWidget, DecimalWidget, ForeignKeyWidget

from registry.models import CapitalEntry, Country, Enterprise, Investor, Project, Source, Stake, Zone


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


def take(resource: type[ModelResource], data: bytes, *, dry_run: bool) -> None:
    """From the file's bytes to the result, as its admin does. Raises where a row was refused."""
    result = resource().import_data(XLSX().create_dataset(data), dry_run=dry_run, raise_errors=True)
    if not dry_run and result.totals["new"] != result.total_rows:
        raise RuntimeError(f"django-import-export took {result.totals['new']} of {result.total_rows} rows")
