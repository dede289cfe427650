"""Two officers at one record: the later one sees both versions, keeps what was typed, and may save knowingly."""

import pytest

from registry.actions.record import amend
from registry.actions.writing import writing
from registry.models import Act, Investor, Project
from registry.vocabulary.period import read_day
from tests import build
from tests.admin.clerk import Form, words_of

pytestmark = pytest.mark.django_db


def amended(record, by, reason, **changes):
    with writing(by=by, reason=reason) as act:
        amend(act=act, record=type(record).objects.get(pk=record.pk), **changes)


def sides(answer) -> list[tuple[str, str, str]]:
    return [(side.label, side.mine, side.current) for side in answer.context["comparison"].sides]


def kept(answer, form_id: str) -> dict:
    return Form(answer.content.decode(), form_id).fields


def test_the_later_save_is_refused_and_shows_both_versions(clerk, second):
    investor = build.make_investor(name="Amkor", country=None)
    url, fields = clerk.opens(investor)
    amended(investor, second, "theo báo cáo quý III", name="Amkor Technology Inc.", name_en="Amkor Inc.")
    acts = Act.objects.count()

    answer = clerk.sends(url, fields, name="Amkor Technology")

    assert answer.status_code == 200
    assert Act.objects.count() == acts
    assert Investor.objects.get(pk=investor.pk).name == "Amkor Technology Inc."
    assert sides(answer) == [("Tên", "Amkor Technology", "Amkor Technology Inc."), ("Tên tiếng Anh", "", "Amkor Inc.")]
    words = words_of(answer)
    for said in ("chưa có gì bị ghi đè", "minh", "theo báo cáo quý III", "Bản của bạn", "Bản hiện tại"):
        assert said in words


def test_what_was_typed_is_kept_and_a_second_knowing_save_goes_through(clerk, second):
    investor = build.make_investor(name="Amkor")
    url, fields = clerk.opens(investor)
    amended(investor, second, "lý do", name="Amkor Inc.")
    refused = clerk.sends(url, fields, name="Amkor Technology", reason="theo công văn 12")

    fields = kept(refused, "investor_form")
    assert (fields["name"], fields["reason"], fields["version"]) == (["Amkor Technology"], ["theo công văn 12"], ["2"])
    assert clerk.sends(url, fields).status_code == 302

    investor.refresh_from_db()
    assert (investor.name, investor.version) == ("Amkor Technology", 3)
    assert Act.objects.latest("id").reason == "theo công văn 12"


def test_what_the_officer_had_not_touched_follows_the_other_s_version(clerk, second):
    zone, place = build.make_zone(), build.make_place()
    source, country = build.make_source(published_on=read_day("9/2023")), build.make_country()
    investor = build.make_investor(name="Amkor")
    opened = [clerk.opens(record) for record in (zone, source, investor)]
    amended(zone, second, "lý do", related={"communes": [place]}, established_year=2006)
    amended(source, second, "lý do", published_on=read_day("quý I/2025"), kind="report")
    amended(investor, second, "lý do", country=country, name_en="Amkor Inc.")

    for (url, fields), form_id, change in zip(opened, ("zone_form", "source_form", "investor_form"), (
            {"summary": "tóm tắt"}, {"publisher": "Báo Bắc Ninh"}, {"name": "Amkor Technology"}), strict=True):
        refused = clerk.sends(url, fields, **change)
        assert "Bạn không sửa ô này" in words_of(refused)
        assert clerk.sends(url, kept(refused, form_id)).status_code == 302

    for record in (zone, source, investor):
        record.refresh_from_db()
    assert (list(zone.communes.all()), zone.established_year, zone.summary) == ([place], 2006, "tóm tắt")
    assert (source.published_on, source.kind, source.publisher) == (read_day("quý I/2025"), "report", "Báo Bắc Ninh")
    assert (investor.country, investor.name_en, investor.name) == (country, "Amkor Inc.", "Amkor Technology")


def test_days_amounts_and_choices_are_shown_in_words(clerk, second):
    project = build.make_project(form="joint_venture")
    url, fields = clerk.opens(project)
    amended(project, second, "lý do", form="wholly_foreign", planned_workers=1500)

    answer = clerk.sends(url, fields, licensed_on="cuối tháng 10/2023", planned_workers="2.000", land_area_ha="23,5")

    assert sides(answer) == [
        ("Diện tích đất (ha)", "23,5", ""), ("Hình thức đầu tư", "liên doanh", "100% vốn nước ngoài"),
        ("Lao động dự kiến", "2.000", "1.500"), ("Ngày cấp lần đầu", "cuối tháng 10/2023", ""),
    ]


def test_a_project_moves_on_with_what_belongs_to_it(clerk):
    project = build.make_project()
    url, fields = clerk.opens(project)
    build.make_milestone(project)

    answer = clerk.sends(url, fields, address="Yên Phong")

    assert sides(answer) == [("Địa chỉ", "Yên Phong", "")]
    assert Project.objects.get(pk=project.pk).address == ""


def test_without_a_version_nothing_is_written(clerk):
    investor = build.make_investor(name="Amkor")
    url, fields = clerk.opens(investor)

    answer = clerk.sends(url, fields, name="Khác", version="")

    assert sides(answer) == [("Tên", "Khác", "Amkor")]
