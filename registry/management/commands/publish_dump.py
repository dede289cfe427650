"""``manage.py publish_dump``: all that is published, as files under ``/data/dumps/``."""

import os

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.exchange.dump.crew import ended_in_order
from registry.exchange.dump.publish import publish_dump
from registry.vocabulary.errors import RuleBroken

MOST_PROCESSES = 2  # there are two long lists


class Command(BaseCommand):
    help = _("Xuất mọi hồ sơ đã công bố thành CSV và NDJSON vào DUMPS_DIR, rồi bỏ các bản cũ: giữ bảy ngày gần nhất và "
             "bản đầu của mỗi tháng.")

    def add_arguments(self, parser):
        parser.add_argument("--parquet", action="store_true", help=_("ghi thêm Parquet; cần requirements-parquet.txt"))
        parser.add_argument("--site", default=settings.SITE_ADDRESS, metavar="URL",
                            help=_("địa chỉ của trang trong các tài liệu; mặc định là SITE_ADDRESS"))
        parser.add_argument("--processes", type=int, default=min(MOST_PROCESSES, os.cpu_count() or 1), metavar="N",
                            help=_("ghi các danh sách bằng N tiến trình song song (chỉ trên PostgreSQL); "
                                   "mặc định %(default)s"))

    def handle(self, *, parquet: bool, site: str, processes: int, **options):
        try:
            with ended_in_order():
                published = publish_dump(
                    base=f"{site.rstrip('/')}/api/v1/", at=timezone.now(), parquet=parquet, processes=processes,
                    tell=lambda path, rows: self.stdout.write(f"{path}: {rows}"),
                )
        except RuleBroken as error:
            raise CommandError(str(error)) from error
        for name in published.removed:
            self.stdout.write(_("Đã bỏ bản cũ %(name)s.") % {"name": name})
        if published.replaced:
            said = _("Đã xuất lại %(name)s, thay bản có địa chỉ hoặc dạng tệp khác: %(rows)d hồ sơ.")
        else:
            said = _("Đã xuất %(name)s: %(rows)d hồ sơ.") if published.new else _("Đã có %(name)s: không có gì mới.")
        self.stdout.write(said % {"name": published.name, "rows": sum(published.rows.values())})
