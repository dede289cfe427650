"""``manage.py import_package DIR``: what ``export_package`` wrote, into an empty migrated register."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from registry.exchange.package.taken_in import import_package
from registry.vocabulary.errors import RuleBroken


class Command(BaseCommand):
    help = _("Nhập gói do export_package ghi vào một sổ đăng ký trống: mọi dòng hoặc không dòng nào.")

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder: Path, **options):
        try:
            taken = import_package(folder, tell=self.tell)
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_(
            "Đã nhập %(rows)d dòng và %(scans)d bản chụp, đến thay đổi số %(change)d. Hãy chạy manage.py "
            "check_register, rồi đặt mật khẩu mới cho từng tài khoản (manage.py changepassword TÊN): gói không mang "
            "theo mật khẩu."
        ) % {"rows": sum(taken.rows.values()), "scans": taken.scans, "change": taken.change})

    def tell(self, table: str, rows: int) -> None:
        self.stdout.write(f"{table}: {rows}")
