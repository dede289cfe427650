"""``manage.py check_dump URL-or-DIR``: a published dump looked at from outside."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.exchange.dump.check import problems_of


class Command(BaseCommand):
    help = _("Kiểm tra một bản xuất từ bên ngoài: tuổi, số byte, số dòng, SHA-256 của từng tệp; mỗi vấn đề một dòng.")

    def add_arguments(self, parser):
        parser.add_argument("place", metavar="URL-or-DIR")
        parser.add_argument("--hours", type=int, default=36, help=_("tuổi nhiều nhất, tính bằng giờ"))

    def handle(self, *, place: str, hours: int, **options):
        found = 0
        for problem in problems_of(place, now=timezone.now(), oldest=timedelta(hours=hours)):
            self.stdout.write(str(problem))
            found += 1
        if found:
            raise CommandError(_("Bản xuất có %(count)d vấn đề.") % {"count": found})
        self.stdout.write(_("Bản xuất mới và trọn vẹn."))
