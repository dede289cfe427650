"""The map of a register that holds the press facts: what is drawn, what the table says, where both lead."""

import re

import pytest

from registry.models import Zone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]

VIETNAMESE = re.compile("[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]", re.IGNORECASE)


class TestThePressFacts:
    def test_every_commune_and_every_zone_with_a_position(self, reader):
        html = reader.html("/map/")
        paths = re.findall(r'<path id="map-bac-(?:ninh|giang)" d="([^"]+)"', html)
        assert sum(path.count("M") for path in paths) == 99
        placed = Zone.objects.filter(province="bac-ninh", latitude__isnull=False)
        assert set(re.findall(r'<a id="([^"]+)" class="map-zone"', html)) == {zone.code for zone in placed}

    def test_a_zone_is_a_link_with_a_title(self, reader):
        html = reader.html("/map/")
        assert '<a id="yen-phong-2c" class="map-zone" href="/zones/yen-phong-2c/" tabindex="-1"' in html
        assert "<title>KCN Yên Phong II-C: 1,6 tỷ USD</title>" in html
        assert "<title>KCN Tiên Sơn: chưa có vốn đăng ký</title>" in html

    def test_the_largest_have_labels(self, reader):
        html = reader.html("/map/")
        assert re.findall(r'class="map-label-name"[^>]*>([^<]+)<', html) == ["KCN Yên Phong II-C", "KCN Yên Phong (I)"]
        assert ">1,6 tỷ USD</text>" in html
        assert ">20 km</text>" in html

    def test_the_table_by_capital_then_by_name(self, reader):
        html = reader.html("/map/")
        codes = re.findall(r'class="row-link" href="/zones/([^/]+)/"', html)
        assert codes[:3] == ["yen-phong-2c", "yen-phong-1", "an-viet-que-vo-6"]
        assert len(codes) == 35
        words = reader.words("/map/")
        assert "Khu công nghiệp, Bắc Ninh cũ Phường Yên Phong, Xã Tam Giang 1.600.000.000 1 chưa ghi nhận" in words
        assert "Tổng của 35 khu 1.690.000.000 2" in words

    def test_another_provinces_zones_are_named_and_not_drawn(self, reader):
        html = reader.html("/map/")
        assert "Không vẽ và không tính các khu ở tỉnh khác" in html
        assert html.count("/zones/hung-phu/") == 1
        assert "4 khu chưa có vị trí" in html
        assert '<tr role="row" id="hoa-yen">' in html

    def test_positions_are_called_approximate(self, reader):
        words = reader.words("/map/")
        assert "Vị trí các khu là gần đúng" in words
        assert "gần đúng: tâm phường Yên Phong" in words

    def test_in_english(self, reader):
        html = reader.html("/en/map/")
        assert "2 of 35 parks have registered capital in the register" in html
        assert ">Yen Phong II-C</text>" in html
        main = html[html.index("<main"):html.index("</main>")]
        page = re.sub(r'<(\w+) [^>]*lang="vi"[^>]*>.*?</\1>', "", main)
        for name in ("Bắc Ninh", "Bắc Giang", "Hưng Yên"):
            page = page.replace(name, "")
        assert not VIETNAMESE.findall(page)

    def test_the_first_page_has_it_small_and_without_links(self, reader):
        html = reader.html("/")
        assert 'class="map map-crops"' in html and 'role="img"' in html
        assert 'class="map-zone"' not in html
        assert '<a href="/map/">' in html

    def test_queries_and_weight(self, reader):
        assert reader.queries("/map/") <= 6
        assert len(reader.html("/map/")) < 60_000
