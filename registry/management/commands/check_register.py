from itertools import islice

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from registry.exchange.check.everything import counts, problems
from registry.exchange.moment import one_moment

MOST = 1000  # lines: one edited act spoils the hash of each of its changes


class Command(BaseCommand):
    help = _("Kiểm tra mọi quy tắc trên mọi dòng của sổ đăng ký; mỗi vấn đề một dòng.")

    def handle(self, *args, **options):
        with one_moment():
            found = 0
            for problem in islice(problems(), MOST):
                self.stdout.write(str(problem))
                found += 1
            if found == MOST:
                raise CommandError(_("Sổ đăng ký có từ %(count)d vấn đề; đã dừng ở đây.") % {"count": found})
            if found:
                raise CommandError(_("Sổ đăng ký có %(count)d vấn đề.") % {"count": found})
            checked = counts()
        self.stdout.write(_("Sổ đăng ký sạch: %(changes)d thay đổi trong %(acts)d hành động, %(records)d bản ghi.")
                          % {"changes": checked.changes, "acts": checked.acts, "records": checked.records})
