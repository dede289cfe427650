"""Two records of one investor, or of one enterprise, become one."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, ForeignObjectRel, OuterRef
from django.utils.translation import gettext_lazy as _

from registry.models import CapitalEntry, Enterprise, Investor, Project, Stake, Statement
from registry.vocabulary.change import Verb
from registry.vocabulary.errors import RuleBroken

from .record import amend, check_seen, reindex_projects, touch
from .writing import Writing

# What an officer chooses between the two records, field by field.
CHOSEN = {
    Investor: ("kind", "name", "name_en", "name_native", "country", "parent", "parent_country"),
    Enterprise: ("tax_code", "name", "name_en", "activity"),
}


class NotTheSameNoun(RuleBroken):
    code = "not-the-same-noun"
    message = _("Chỉ gộp được hai nhà đầu tư, hoặc hai tổ chức kinh tế, và phải là hai hồ sơ khác nhau.")


class BothInOneProject(RuleBroken):
    code = "both-in-one-project"
    message = _("Cả hai cùng có phần vốn góp ở %(projects)s, nên không biết hai tỷ lệ là một hay phải cộng lại. Hãy "
                "ghi lại phần vốn góp của dự án ấy cho một nhà đầu tư, rồi gộp.")


class WouldVanish(RuleBroken):
    code = "would-vanish"
    message = _("%(loser)s đang công khai còn %(winner)s thì không: gộp như vậy, công chúng không còn thấy hồ sơ nào. "
                "Hãy giữ %(loser)s, hoặc công bố %(winner)s trước.")


def merge(
    *, act: Writing, winner: Investor | Enterprise, loser: Investor | Enterprise, take: Collection[str] = (),
    loser_version: int | None = None,
) -> Investor | Enterprise:
    """Move all that points to ``loser`` to ``winner``, with the fields of ``take`` from the loser, and delete the
    loser: its code leads to the winner's from now on. Returns the winner.

    Raises NotTheSameNoun, WouldVanish, BothInOneProject, StaleVersion where the loser has moved on since
    ``loser_version``, InvalidRecord; nothing is written then.
    """
    check_mergeable(winner, loser)
    if loser_version is not None:
        check_seen(record=loser, version=loser_version)
    fields = {name: getattr(loser if name in take else winner, name) for name in CHOSEN[type(winner)]}
    if fields.get("parent") in (winner, loser):
        fields["parent"] = None
    act.see(winner)
    act.see(loser, verb=Verb.MERGED, merged_into=winner.code)
    for relation in relations_to(type(loser)):
        if relation.related_model is not Stake:
            for row in list(relation.related_model.objects.filter(**{relation.field.name: loser})):
                point(act=act, row=row, **{relation.field.attname: winner.pk})
    if isinstance(loser, Investor):
        move_stakes(act=act, stakes=loser.stakes.all(), investor=winner)
    for statement in Statement.objects.filter(promoted_kind=loser.KIND, promoted_code=loser.code):
        amend(act=act, record=statement, promoted_code=winner.code)
    type(loser).objects.filter(pk=loser.pk).delete()
    seen, winner = winner.version, type(winner).objects.get(pk=winner.pk)
    return raise_version(act=act, record=amend(act=act, record=winner, **fields), seen=seen)


def check_mergeable(winner, loser) -> None:
    """Raises NotTheSameNoun, WouldVanish, BothInOneProject."""
    check_two(winner, loser)
    if loser.is_public() and not winner.is_public():
        raise WouldVanish(winner=winner.code, loser=loser.code)
    if isinstance(winner, Investor):
        other = Stake.objects.current().filter(project=OuterRef("pk"), investor=winner)
        both = Project.objects.filter(Exists(other), stakes__investor=loser, stakes__until_certificate=None)
        if codes := both.order_by("code").values_list("code", flat=True):
            raise BothInOneProject(projects=", ".join(codes))


def check_two(one, other) -> None:
    """Raises NotTheSameNoun where these are not two records of a noun that can be merged."""
    if type(one) is not type(other) or type(one) not in CHOSEN or one.pk == other.pk:
        raise NotTheSameNoun()


def relations_to(model) -> Iterator[ForeignObjectRel]:
    """Every column of the register that can point to a record of this noun."""
    return (each for each in model._meta.related_objects if not each.many_to_many)


def point(*, act: Writing, row, **keys) -> None:
    """Let a row point to other records, whatever it is a row of."""
    if isinstance(row, CapitalEntry):
        act.see(row)
        CapitalEntry.objects.filter(pk=row.pk).update(**keys)
    else:
        amend(act=act, record=row, **keys)


def move_stakes(*, act: Writing, stakes, investor: Investor) -> None:
    """Give these stakes to another investor; the past ones too."""
    projects = {stake.project_id: stake.project for stake in stakes.select_related("project")}
    for project in projects.values():
        touch(act=act, record=project)
    stakes.update(investor=investor)
    reindex_projects(pk__in=list(projects))


def raise_version(*, act: Writing, record, seen: int):
    """Let the record's history show the act also where none of its own fields changed."""
    if record.version == seen:
        type(record).objects.filter(pk=record.pk).update(version=seen + 1, updated_at=act.at)
        record.refresh_from_db(fields=["version", "updated_at"])
    return record
