"""Capital by section in either version of the classification: what the function and the database say is one."""

from datetime import date

import pytest

from registry.models import Project, Sector
from registry.statistics.capital import capital_by
from registry.vocabulary.vsic import Vsic, section_in
from tests import build

pytestmark = pytest.mark.django_db


def test_every_sector_stands_where_the_vocabulary_says():
    sectors = list(Sector.objects.order_by("code"))
    with build.act() as act:
        source = build.make_source(act=act)
        for amount, sector in enumerate(sectors, 1):
            build.make_project(act=act, investors=[], sector=sector, capital_usd=amount, source=source,
                               decided_on=date(2024, 1, 1))
        build.make_project(act=act, investors=[], capital_usd=7, source=source, decided_on=date(2024, 1, 1))
    whole = capital_by("section", as_of=date(2024, 12, 31)).total
    for version in Vsic.values:
        expected = {None: 7}
        for amount, sector in enumerate(sectors, 1):
            key = section_in(version, sector.code, f"{sector.vsic_version}-{sector.section}")
            expected[key] = expected.get(key, 0) + amount
        for projects in (None, Project.objects.public()):
            table = capital_by("section", as_of=date(2024, 12, 31), vsic=version, projects=projects)
            assert {row.key: row.registered_usd for row in table.rows} == expected
            assert table.total == whole
