"""``manage.py export_package DIR``: everything as a Frictionless data package."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.exchange.package.export import export_package
from registry.vocabulary.errors import RuleBroken


class Command(BaseCommand):
    help = _("Ghi toàn bộ sổ đăng ký, cả bản nháp và nhật ký, thành một gói dữ liệu (CSV và datapackage.json). Gói có "
             "dữ liệu cá nhân: hãy giữ kín. Không có mật khẩu và yếu tố xác thực thứ hai của tài khoản.")

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder: Path, **options):
        try:
            packed = export_package(folder.absolute(), at=timezone.now(), tell=self.tell)
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        for name in packed.scans_missing:
            self.stderr.write(_("Bản chụp %(name)s không còn trên máy này: gói không có nó.") % {"name": name})
        self.stdout.write(_("Đã ghi %(rows)d dòng của %(tables)d bảng và %(scans)d bản chụp vào %(folder)s.") % {
            "rows": sum(packed.rows.values()), "tables": len(packed.rows), "scans": packed.scans, "folder": folder})

    def tell(self, table: str, rows: int) -> None:
        self.stdout.write(f"{table}: {rows}")
