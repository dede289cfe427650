"""What tables share whose rows belong to projects."""

from decimal import Decimal
from functools import cached_property

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models import Project, Source
from registry.vocabulary.errors import RuleBroken
from registry.vocabulary.money import format_amount
from registry.vocabulary.publication import Publication

from .cells import Row
from .matching import projects_meant
from .setters import Ref, ref
from .table import Table


class NotEditable(RuleBroken):
    code = "not-editable"
    message = _("Bút toán %(code)s đã ghi thì không sửa. Hãy đảo bút toán đó và nhập bút toán đúng thành dòng mới.")


class OfProjects(Table):
    """A table whose rows belong to projects, named by code, by project number or by name."""

    def prepare(self, rows: list[Row]) -> None:
        named = [row.text("project.name") for row in rows if row.value("project.code") is None]
        self.projects = projects_meant((row.text("project.code") for row in rows), named)
        super().prepare(rows)

    @property
    def project(self) -> Ref:
        return ref("project", lambda word_: self.projects.one(word_, Project._meta.verbose_name), "project")

    @property
    def source_of_row(self) -> Ref:
        return ref("source", lambda word_: self.register.sources.one(word_, Source._meta.verbose_name), "source",
                   title="title")

    def check_in_sight(self, row: Row, project: Project) -> None:
        if project.publication != Publication.PUBLISHED:
            row.fail("project.code", self.register.out_of_sight(project))

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The words for kinds, translated once for a file."""
        return {kind: str(label) for kind, label in self.model._meta.get_field("kind").choices}

    def called(self, row: Row, record) -> str:
        return f"{record.project.code} {self.kinds.get(record.kind, record.kind)}" if record.project_id else ""


def in_usd(amount: Decimal) -> str:
    return format_amount(amount, "USD", get_language())
