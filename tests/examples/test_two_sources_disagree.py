"""Two sources disagree about an investor's country: both stay, and the record stays open.

The first says Hàn Quốc; the second says founded in parallel in the United States and Korea.
"""

from registry.actions import statement
from registry.models import Conflict
from registry.statistics.capital import capital_by
from registry.vocabulary.statement import ConflictState, Review, SubjectKind
from tests import build

from .conftest import recording


def test_two_sources_disagree():
    with recording(2026, 1, 5) as act:
        investor = build.make_investor(act=act, name="Amkor")
        korea, both = (
            build.make_statement(act=act, subject=investor, subject_kind=SubjectKind.INVESTOR, subject_name="Amkor",
                                 attribute="home_country", value=value, unit="")
            for value in ("KR", "US; KR")
        )
    with recording(2026, 1, 6) as act:
        proposed = statement.propose_conflicts(act=act, statement=both)

    # The register proposes,
    assert [(each.first, each.second, each.state, each.found_by_rule) for each in proposed] == [
        (korea, both, ConflictState.OPEN, True)
    ]
    # an officer confirms,
    with recording(2026, 1, 7) as act:
        statement.confirm(act=act, conflict=proposed[0], outcome="Để trống cho đến khi thấy giấy chứng nhận.")
    korea.refresh_from_db()
    both.refresh_from_db()
    assert (korea.review, both.review) == (Review.DISPUTED, Review.DISPUTED)
    # and the country that statistics use stays open: it is a row of its own, not a guess.
    project = build.make_project(investors=[investor], capital_usd="1.00")
    assert [row.key for row in capital_by("country", as_of=project.updated_at.date()).rows] == [None]
    # Asked again, the rule proposes nothing twice.
    with recording(2026, 1, 8) as act:
        assert statement.propose_conflicts(act=act, statement=korea) == []
    assert Conflict.objects.count() == 1
