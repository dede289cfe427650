"""An officer freezes the official forms: the quarter's A.IV.1, the agency's table and its heading sheet."""

from datetime import date

import pytest
from django.contrib.auth.models import Group

from registry.admin import freeze as door
from registry.models import Act, PublishedFigure
from registry.vocabulary.published import FigureKind
from tests import build
from tests.admin.clerk import Form

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/registry/publishedfigure/freeze/"


@pytest.fixture
def typed(clerk) -> dict:
    clerk.user.groups.set(Group.objects.filter(name="statistician"))
    build.make_project(capital_usd=5, decided_on=date(2023, 8, 1))
    office = build.make_registrar(name="Ban quản lý các KCN")
    fields = Form(clerk.client.get(ADDRESS).content.decode(), "freeze-form").fields
    return fields | {"title": ["Quý III/2023"], "office": [str(office.pk)], "by": ["section"], "first": ["1/7/2023"],
                     "last": ["30/9/2023"]}


@pytest.mark.parametrize("kind, first_row", [
    (FigureKind.A_IV_1, "I. Vốn thực hiện"), (FigureKind.AGENCY, "chưa ghi nhận"),
    (FigureKind.HEADING, "Vốn thực hiện"),
])
def test_it_is_looked_at_and_published(clerk, typed, kind, first_row):
    asked = typed | {"kind": [kind]}
    look = clerk.client.post(ADDRESS, asked | {"_look": ["1"]})
    assert look.status_code == 200 and first_row in look.content.decode()
    assert clerk.client.post(ADDRESS, asked | {"_freeze": ["1"]}).status_code == 302
    figure = PublishedFigure.objects.get()
    assert figure.kind == kind
    page = clerk.client.get(f"/admin/registry/publishedfigure/{figure.pk}/change/").content.decode()
    assert "Hỏi lại hôm nay vẫn đúng từng ô như đã công bố" in page


@pytest.mark.parametrize("changed, field", [
    ({"kind": ["a-iv-1"], "last": ["29/9/2023"]}, "last"), ({"kind": ["agency"], "by": ["status"]}, "by"),
    ({"kind": ["agency"], "former_province": ["bac-ninh"]}, "former_province"),
    ({"kind": ["heading"], "first": [""]}, "first"), ({"kind": ["a-iv-1"], "last": ["31/12/2099"]}, "last"),
])
def test_what_is_wrong_is_said_at_its_field(clerk, typed, changed, field):
    answer = clerk.client.post(ADDRESS, typed | changed | {"_freeze": ["1"]})
    assert list(answer.context["form"].errors) == [field]
    assert not PublishedFigure.objects.exists()


def test_it_is_drawn_before_the_lock_and_again_where_somebody_wrote(clerk, typed, monkeypatch):
    """Another officer writes while the table is drawn: the second time it has what was written."""
    draw, times = door.drawn, []

    def drawn(asked):
        table = draw(asked)
        times.append(table["change"])
        if len(times) == 1:
            build.make_project(capital_usd=7, decided_on=date(2023, 8, 2))
        return table

    monkeypatch.setattr(door, "drawn", drawn)
    assert clerk.client.post(ADDRESS, typed | {"_freeze": ["1"]}).status_code == 302
    assert len(times) == 2
    assert PublishedFigure.objects.get().table["total"]["new_usd"] == "12.00"


def test_where_somebody_goes_on_writing_nothing_is_frozen(clerk, typed, monkeypatch):
    draw = door.drawn

    def drawn(asked):
        table = draw(asked)
        build.make_project()
        return table

    monkeypatch.setattr(door, "drawn", drawn)
    answer = clerk.client.post(ADDRESS, typed | {"_freeze": ["1"]})
    assert "chưa chốt gì" in answer.content.decode()
    assert not PublishedFigure.objects.exists() and Act.objects.exists()
