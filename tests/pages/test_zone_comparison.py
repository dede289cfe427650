"""Zones side by side: each cell with its day and source; what is wrong is named, and the rest compared."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from registry.vocabulary.period import VagueDay
from tests import build

pytestmark = pytest.mark.django_db

PATH = "/zones/compare/"


def test_each_cell_has_its_day_method_and_source(reader):
    source = build.make_source()
    one = build.make_zone(name="KCN Một", area_ha=Decimal("250.5"), related={"sources": [source]})
    two = build.make_zone(name="KCN Hai", developer="Công ty B")
    phase = build.make_zone(name="Giai đoạn 2", parent=two)
    build.make_observation(zone=one, source=source, value=Decimal("71"), method="chủ đầu tư công bố",
                           observed_on=VagueDay.exact(date(2026, 3, 1)))
    build.make_observation(zone=one, source=source, attribute="land_price", value=Decimal("90"),
                           value_high=Decimal("120"))
    build.make_project(zone=phase, capital_usd="5000000")
    path = f"{PATH}?zone={two.code}&zone={one.code}"
    html, words = reader.html(path), reader.words(path)
    assert html.index(">KCN Hai</a>") < html.index(">KCN Một</a>")
    assert "Diện tích (ha) chưa ghi nhận 250,5 [1]" in words
    assert "Tỷ lệ lấp đầy (%) chưa ghi nhận 71 [1] 01/03/2026, chủ đầu tư công bố" in words
    assert "Giá thuê đất (USD/m²) chưa ghi nhận 90–120 [1] nguồn không nêu ngày" in words
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert f"Dự án còn hiệu lực 1 {today} chưa ghi nhận" in words
    assert f"Vốn đăng ký (USD) 5.000.000 {today} chưa ghi nhận" in words
    assert "Chưa ghi nhận ở khu nào trong số này: Địa bàn; Năm thành lập" in words
    english = reader.words(f"/en{path}")
    assert "90–120 [1]" in english and "250.5 [1]" in english


def test_the_values_at_odds_lead_to_the_zone(reader):
    zone = build.make_zone()
    for value in (61, 80):
        build.make_observation(zone=zone, value=Decimal(value))
    assert (f'href="/zones/{zone.code}/#h-observations">các nguồn nêu khác nhau' in
            reader.html(f"{PATH}?zone={zone.code}"))


def test_nothing_chosen_offers_all(reader):
    zone = build.make_zone(name="KCN Một")
    hidden = build.make_zone(publication="draft")
    html, words = reader.html(PATH), reader.words(PATH)
    assert html.count(f'<option value="{zone.code}">') == 4
    assert hidden.code not in html
    assert "Chọn hai đến bốn khu" in words and 'id="h-sources"' not in html


def test_the_choice_stands_in_the_form(reader):
    one, two = build.make_zone(), build.make_zone()
    html = reader.html(f"{PATH}?zone={one.code}&zone=&zone={two.code}&zone={one.code}")
    assert html.count(" selected>") == 2
    first, second = html.split('id="f-zone-2"')
    assert f'value="{one.code}" selected' in first and f'value="{two.code}" selected' in second


def test_nonsense_is_named_and_the_rest_compared(reader):
    zones = [build.make_zone(name=f"KCN {number}", developer=f"Công ty {number}") for number in range(5)]
    hidden = build.make_zone(publication="draft")
    words = reader.words(f"{PATH}?zone={zones[0].code}&zone=nix&zone={hidden.code}", status=400)
    assert "Không có khu nào có mã “nix”" in words and f"Không có khu nào có mã “{hidden.code}”" in words
    assert "Nhà đầu tư hạ tầng Công ty 0" in words
    query = "&".join(f"zone={zone.code}" for zone in zones)
    words = reader.words(f"{PATH}?{query}", status=400)
    assert "Chỉ so sánh được bốn khu một lần" in words
    assert "Nhà đầu tư hạ tầng Công ty 0 Công ty 1 Công ty 2 Công ty 3" in words and "Công ty 4" not in words


def test_same_queries_for_one_and_for_four(reader):
    zones = [build.make_zone(related={"sources": [build.make_source()]}) for _ in range(4)]
    for zone in zones:
        build.make_observation(zone=zone)
        build.make_project(zone=zone, capital_usd=1)
    one = reader.queries(f"{PATH}?zone={zones[0].code}")
    assert reader.queries(PATH + "?" + "&".join(f"zone={zone.code}" for zone in zones)) == one <= 12
