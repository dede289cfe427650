"""The projects of an enterprise, an investor or a zone, below its form."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Project
from registry.templatetags.register_format import amount

from .address import list_of
from .panel import Cell, Panel, Row, link, shortened


def projects_panel(projects, **which) -> Panel:
    """The first of these projects; ``which`` filters the list of all projects to the same. One query."""
    rows = projects.with_registered(as_of=timezone.localdate()).order_by("name_sort", "code")
    shown, more = shortened(rows, url=list_of(Project, **which))
    return Panel(
        title=_("Dự án"), numbers=(3,), more=more,
        columns=[_("Mã"), _("Tên"), _("Tình trạng"), _("Vốn đăng ký (USD)"), _("Công bố")],
        empty=_("Chưa có dự án nào."),
        rows=[
            Row([
                link(each, each.code), Cell(each.name), Cell(each.get_status_display()),
                Cell(amount(each.registered_usd) if each.registered_usd else ""), Cell(each.get_publication_display()),
            ])
            for each in shown
        ],
    )
