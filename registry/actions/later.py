"""What later changes have left: what was changed and changed back does not count."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from registry.models import Change

from .undo import touched


def left_of(
    changes: Sequence[Change], *, own: Collection[int] = (), said: Callable[[object], object] = lambda value: value
) -> set[str]:
    """The columns and lists in which a record's last state differs from that before its ``changes``, which are all from
    some moment on, in their order.

    What the acts of ``own`` wrote is no difference, nor what they wrote over. ``said``: what of a value is compared.
    """
    before: dict[str, object] = {}
    for each in changes:
        for name in touched(each):
            if each.act_id in own:
                before.pop(name, None)
            else:
                before.setdefault(name, (each.before or {}).get(name))
    now = changes[-1].after or {}
    return {name for name, value in before.items() if said(value) != said(now.get(name))}


def felt(changes: Sequence[Change], left: Collection[str], *, own: Collection[int] = ()) -> list[Change]:
    """Those of a record's changes, but those of ``own`` acts, that touched what is left; always one whose payload is
    gone, which may have, and the last where it took the record away."""
    last = changes[-1]
    return [
        each for each in changes if each.act_id not in own
        and (touched(each).intersection(left) or each.after is None and (each is last or each.before is None))
    ]


def by_record(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Changes of one noun, record by record."""
    found: dict[str, list[Change]] = defaultdict(list)
    for each in changes:
        found[each.code].append(each)
    yield from found.values()
