"""What stays out of the public's sight beside a project that is published."""

from django.utils.translation import gettext as _

from registry.models import Project


def hidden_beside(project: Project) -> list[str]:
    """One line for each record of the project that the public does not see yet."""
    beside = [project.enterprise, project.zone, *(stake.investor for stake in project.current_stakes())]
    return [
        _("%(record)s là “%(state)s” nên công chúng chưa thấy; công bố riêng khi sẵn sàng.") % {
            "record": each, "state": each.get_publication_display()}
        for each in beside if each and not each.is_public()
    ]
