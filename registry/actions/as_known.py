"""What projects stood under at each change: an act that touched it writes it before it ends."""

from collections.abc import Iterable

from registry.models import ProjectAsKnown
from registry.models.rows import in_chunks, insert_values
from registry.statistics.standing import Spell, Stand, replayed, stands_now

NAMES = ("project", "seq_from", "seq_until", *Stand._fields)
FIELDS = [ProjectAsKnown._meta.get_field(name) for name in NAMES]


def keep_as_known(owners: Iterable[int], *, change: int) -> None:
    """Write what these projects stand under from ``change`` on, the last of its act, where it is anything new. At most
    six queries for every thousand of them."""
    for some in in_chunks(owner for owner in owners if owner > 0):
        now, was = stands_now(some), open_stands(some)
        differ = [project for project in some if now.get(project) != was.get(project)]
        ended = [project for project in differ if project in was]
        if ended:
            ProjectAsKnown.objects.open().filter(project__in=ended).update(seq_until=change)
        _insert((project, (change, None, now[project])) for project in differ if project in now)


def open_stands(projects: Iterable[int]) -> dict[int, Stand]:
    """What these projects stand under, as it is kept. One query."""
    rows = ProjectAsKnown.objects.open().filter(project__in=projects).values_list("project_id", *Stand._fields)
    return {project: Stand(*columns) for project, *columns in rows}


def make_as_known_anew() -> None:
    """All of it from the log alone: for a register that was kept before this was."""
    ProjectAsKnown.objects.all().delete()
    rows = []
    for project, spells in replayed():
        rows += ((project, spell) for spell in spells)
        if len(rows) >= 1000:
            _insert(rows)
            rows = []
    _insert(rows)


def _insert(rows: Iterable[tuple[int, Spell]]) -> None:
    prepared = [[project, since, until, *stand[:-2], stand.ended_on and stand.ended_on.isoformat(), stand.shares]
                for project, (since, until, stand) in rows]
    if prepared:
        insert_values(ProjectAsKnown, FIELDS, prepared)
