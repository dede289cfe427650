"""``fields`` narrows an answer, ``expand`` puts records in place of the references to them."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.exchange.documents import Context
from registry.exchange.documents.nested import DEEPEST, Names, expanded, links_of, names_of, narrowed

FIELDS, EXPAND = "fields", "expand"
MOST_EXPANDED = 20
MOST_TOLD = 20
DESCRIBED = {
    FIELDS: gettext_lazy("chỉ lấy các trường này, cách nhau bằng dấu phẩy; phần bên trong ghi sau dấu chấm: "
                         "code,capital.registered_usd"),
    EXPAND: gettext_lazy("thay tham chiếu bằng cả bản ghi, cách nhau bằng dấu phẩy; sâu tối đa ba bậc: "
                         "zone,investors.country"),
}


@dataclass(frozen=True)
class Shaping:
    """What was asked of the shape of documents of one noun; ``errors`` name what is wrong."""

    kind: str
    expand: Names
    fields: Names
    errors: list[tuple[str, str]] = field(default_factory=list)

    def shape(self, documents: list[dict], context: Context) -> list[dict]:
        whole = expanded(documents, self.kind, self.expand, context) if self.expand else documents
        return [narrowed(each, self.fields) for each in whole]


def without(query: QueryDict, *names: str) -> QueryDict:
    """The other parameters: which rows, in what order."""
    if query.keys().isdisjoint(names):
        return query
    rest = query.copy()
    for name in names:
        rest.pop(name, None)
    return rest


def shaped_by(request, kind: str, reader: str) -> Shaping:
    """What a request says of the shape of its answer. As everywhere, an empty parameter says nothing."""
    errors: list[tuple[str, str]] = []
    expand = _expand(paths_in(request.GET, EXPAND), kind, reader, errors)
    fields: Names = {}
    wanted = paths_in(request.GET, FIELDS)
    known = names_of(kind, reader, expand) if wanted else {}
    for path in wanted:
        if _is_known(path, known):
            _add_wanted(fields, path)
        else:
            errors.append((FIELDS, _("Không có trường “%(name)s”; hãy xem /api/docs/.") % {"name": ".".join(path)}))
    return Shaping(kind=kind, expand=expand, fields=fields, errors=errors[:MOST_TOLD])


def paths_in(query: QueryDict, name: str) -> list[tuple[str, ...]]:
    """The dotted names of a parameter, each once; it may be repeated too."""
    words = (word.strip() for text in query.getlist(name) if text for word in text.split(","))
    return list(dict.fromkeys(tuple(word.split(".")) for word in words))


def _expand(paths: list[tuple[str, ...]], root: str, reader: str, errors: list) -> Names:
    found: Names = {}
    if len(paths) > MOST_EXPANDED:
        errors.append((EXPAND, _("Tối đa %(most)s tên trong một yêu cầu.") % {"most": MOST_EXPANDED}))
        return found
    for path in paths:
        if len(path) > DEEPEST:
            errors.append((EXPAND, _("Chỉ mở được sâu tối đa %(deepest)s bậc.") % {"deepest": DEEPEST}))
            continue
        kind, here = root, found
        for name in path:
            links = links_of(kind, reader)
            if name not in links:
                errors.append((EXPAND, _not_a_link(name, path, list(links))))
                break
            kind, here = links[name].kind, here.setdefault(name, {})
    return found


def _not_a_link(name: str, path: tuple[str, ...], known: list[str]) -> str:
    if not known:
        return _("“%(path)s”: không có gì để mở ở “%(name)s”.") % {"path": ".".join(path), "name": name}
    return _("“%(path)s”: không mở được “%(name)s”; hãy chọn một trong: %(names)s.") % {
        "path": ".".join(path), "name": name, "names": ", ".join(known)}


def _is_known(path: tuple[str, ...], known: Names) -> bool:
    for name in path:
        if name not in known:
            return False
        known = known[name]
    return True


def _add_wanted(fields: Names, path: tuple[str, ...]) -> None:
    """One more name; what is wanted whole is not narrowed by a part of it."""
    here = fields
    *above, last = path
    for name in above:
        if name in here and not here[name]:
            return
        here = here.setdefault(name, {})
    here[last] = {}
