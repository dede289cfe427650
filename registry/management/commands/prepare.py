"""Make the register ready to serve: what ``make run`` and ``make serve`` do before the server starts."""

import os
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from registry.actions.report_conflict import follow
from registry.actions.writing import writing
from registry.exchange.figures import REASON as FIGURES
from registry.exchange.figures import load_figures
from registry.exchange.messages import compile_messages
from registry.exchange.press import REASON, is_loaded, load_press
from registry.exchange.reference import load_reference
from registry.models import Conflict, OperatingReport, Project
from registry.models.rows import weigh_tables
from registry.vocabulary.change import Door
from registry.vocabulary.role import Role

LOADER = "nạp dữ liệu"

NEEDED = {
    "SECRET_KEY": "the key that signs sessions and cursors, 50 random characters",
    "DATABASE_URL": "where the register lives: postgres://user:password@host:5432/name",
    "ALLOWED_HOSTS": "the names under which the site is reached, separated by commas",
}

# Name, what is said of it, and its roles. Without the two-person rule the officer publishes and accepts too, and the
# administrator has every role: a newcomer can try everything alone.
DEMO_ACCOUNTS = (
    ("canbo", "officer (cán bộ), who also publishes and accepts reports here",
     (Role.OFFICER, Role.REVIEWER, Role.STATISTICIAN)),
    ("lanhdao", "reviewer (lãnh đạo)", (Role.REVIEWER,)),
    ("quantri", "administrator (quản trị), and every other role", tuple(Role)),
)


class Command(BaseCommand):
    help = "Migrate, load the reference lists and the press facts, and collect and compile what the pages need."

    def add_arguments(self, parser):
        parser.add_argument("--serve-check", action="store_true",
                            help="first refuse to go on without the settings that production needs; "
                                 "no press facts and no demo accounts")

    def handle(self, *args, serve_check: bool, **options):
        if serve_check:
            self.check_production()
        call_command("migrate", verbosity=0, interactive=False)
        with writing(by=LOADER, reason="Nạp danh mục", door=Door.LOADER) as act:
            load_reference(act, self.stdout.write)
        self.propose_conflicts()
        if not serve_check:
            self.load_press()
            self.make_demo_accounts()
        weigh_tables()
        compile_messages(settings.LOCALE_PATHS[0])
        call_command("collectstatic", verbosity=0, interactive=False)

    def check_production(self) -> None:
        missing = [f"  {name}: {why}" for name, why in NEEDED.items() if not os.environ.get(name)]
        if missing:
            raise CommandError("make serve needs these environment variables:\n" + "\n".join(missing))
        if settings.DEBUG:
            raise CommandError("make serve refuses DEBUG=1: error pages would show settings to anyone")

    def propose_conflicts(self) -> None:
        """Of reports that were accepted before such differences were conflicts."""
        if Conflict.objects.of_reports().exists():
            return
        projects = Project.objects.filter(reports__in=OperatingReport.objects.differing().values("pk")).distinct()
        with writing(by=LOADER, reason="Lũy kế báo cáo khác sổ vốn thành mâu thuẫn", door=Door.LOADER) as act:
            follow(act=act, projects=projects)

    def load_press(self) -> None:
        if not settings.LOAD_PRESS:
            return
        if not is_loaded():
            with writing(by=LOADER, reason=REASON, door=Door.LOADER) as act:
                count = load_press(act)
            self.stdout.write(f"press statements: {count}")
        with writing(by=LOADER, reason=FIGURES, door=Door.LOADER) as act:
            if count := load_figures(act):
                self.stdout.write(f"figures of the province: {count}")

    def make_demo_accounts(self) -> None:
        """On the first run only: accounts to try the officers' door, with passwords made up now."""
        users = get_user_model()
        if users.objects.exists():
            return
        self.stdout.write(f"Demo accounts for /admin/, made on {timezone.localdate():%d/%m/%Y}; "
                          "the passwords are not shown again:")
        for name, told, roles in DEMO_ACCOUNTS:
            password = secrets.token_urlsafe(12)
            user = users.objects.create_user(name, password=password, is_staff=True,
                                             is_superuser=Role.ADMINISTRATOR in roles)
            user.groups.set(Group.objects.filter(name__in=roles))
            self.stdout.write(f"  {name:8} {password}   {told}")
