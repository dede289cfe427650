"""The page of statistics of a register that holds the press facts: page, files and API say the same."""

import csv
import re
from io import BytesIO, StringIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from registry.statistics.groups import GROUPS, TIMES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]

BY = ["country", *GROUPS, *TIMES]
VIETNAMESE = re.compile("[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]", re.IGNORECASE)


def main_of(html: str) -> str:
    return html[html.index("<main"):html.index("</main>")]


def rows_of(answer) -> list[dict]:
    return list(csv.DictReader(StringIO(b"".join(answer).decode("utf-8-sig"))))


def json_of(answer):
    return b"".join(answer.streaming_content)


class TestThePressFacts:
    def test_each_table_says_what_it_finds(self, reader):
        words = reader.words("/statistics/")
        assert "Năm 2023 nhiều vốn đăng ký nhất: 1,6 tỷ USD" in words
        assert "Toàn bộ vốn đăng ký chưa ghi nhận quốc gia: 1,69 tỷ USD" in words
        assert "máy vi tính và sản phẩm quang học chiếm 95 % vốn đăng ký: 1,6 tỷ USD" in words
        assert "KCN Yên Phong II-C chiếm 95 % vốn đăng ký: 1,6 tỷ USD" in words

    def test_rows_and_sum_to_the_dollar(self, reader):
        words = reader.words("/statistics/", {"by": "zone"})
        assert "KCN Yên Phong II-C 1.600.000.000 0 0 0 1" in words
        assert "KCN Yên Phong (I) 90.000.000 0 0 0 1" in words
        assert "Tổng 1.690.000.000 0 0 0 2" in words

    def test_what_has_no_value_stands_last_and_says_so(self, reader):
        assert "nguồn không nêu 90.000.000 0 0 0 90.000.000 0 1 Tổng" in reader.words("/statistics/", {"by": "year"})
        assert "chưa ghi nhận 1.690.000.000 0 0 0 2 Tổng" in reader.words("/statistics/", {"by": "country"})

    def test_as_of_a_day(self, reader):
        words = reader.words("/statistics/", {"by": "zone", "as_of": "2024-12-31"})
        assert "Vốn theo khu công nghiệp, tính đến ngày 31/12/2024" in words
        assert "chiếm toàn bộ vốn đăng ký: 1,6 tỷ USD" in words
        assert "Tổng 1.600.000.000 0 0 0 1" in words

    def test_before_the_first_entry_are_zeros_and_a_word_why(self, reader):
        words = reader.words("/statistics/", {"as_of": "2010-01-01"})
        assert "Bút toán đầu tiên trong sổ tính từ ngày 31/05/2023" in words
        assert words.count("Tổng 0 0 0 0 0") == 5
        assert "Chưa có vốn đăng ký theo khu công nghiệp tính đến 01/01/2010" in words

    def test_before_the_register_knew_anything(self, reader):
        words = reader.words("/statistics/", {"known_on": "2020-12-31"})
        assert "Sổ đăng ký chưa ghi nhận gì đến ngày 31/12/2020" in words
        assert "theo số liệu đã ghi nhận đến ngày 31/12/2020" in words

    def test_rows_lead_to_their_projects(self, reader):
        html = reader.html("/statistics/", {"as_of": "2026-01-02"})
        for query in ("sector=2018-26", "zone=yen-phong-2c", "missing=country", "missing=sector"):
            found = re.search(rf'<a class="row-link" href="/projects/\?({query}&amp;as_of=2026-01-02)"', html)
            assert found, query
        assert reader.codes({"zone": "yen-phong-2c", "as_of": "2026-01-02"}) == ["BN-000001"]

    def test_how_to_cite_gives_the_same_again_on_any_day(self, reader):
        today = timezone.localdate().isoformat()
        html = reader.html("/statistics/", {"by": "zone"})
        assert f"/statistics/?by=zone&amp;as_of={today}&amp;known_on={today}" in html

    def test_in_english(self, reader):
        html = reader.html("/en/statistics/")
        assert "Yen Phong II-C Industrial Park: 95% of registered capital, USD 1.6 billion" in html
        assert "All registered capital has no country on record: USD 1.69 billion" in html
        page = re.sub(r'<(\w+) [^>]*lang="vi"[^>]*>.*?</\1>|Bắc Ninh|Bắc Giang', "", main_of(html))
        assert not VIETNAMESE.findall(page)
        assert "There is no value “nix”" in reader.html("/en/statistics/", {"by": "nix"}, status=400)


class TestPageFileAndApiAgree:
    @pytest.mark.parametrize("more", [{}, {"as_of": "2024-12-31"}, {"known_on": "2020-01-01"}, {"basis": "share"},
                                      {"country_of": "parent"}, {"zone": "yen-phong-1"}])
    @pytest.mark.parametrize("by", ["country", "zone", "year", "investor"])
    def test_json_is_the_answer_of_the_api(self, client, by, more):
        page = client.get("/statistics/", {"by": by, "format": "json", **more})
        api = client.get("/api/v1/statistics/capital/", {"by": by, **more})
        assert json_of(page) == api.content

    @pytest.mark.parametrize("by", BY)
    def test_every_group_has_a_page_and_a_file_of_the_same_rows(self, reader, client, by):
        reader.html("/statistics/", {"by": by})
        api = client.get("/api/v1/statistics/capital/", {"by": by}).json()
        rows = rows_of(client.get("/statistics/", {"by": by, "format": "csv"}))
        for column in ("key", "name", "name_en", "projects", "registered_usd", "realised_usd", "share_purchase_usd"):
            assert [row[column] for row in rows] == [str(row[column] or "") if column != "projects"
                                                     else str(row[column]) for row in api["rows"]]

    def test_all_tables_in_one_file(self, client):
        answer = client.get("/statistics/", {"format": "csv"})
        rows = rows_of(answer)
        assert next(iter(rows[0])) == "by"
        assert list(dict.fromkeys(row["by"] for row in rows)) == ["year", "country", "sector", "zone", "investor"]
        assert {row["registered_usd"] for row in rows if row["by"] == "zone"} == {"1600000000.00", "90000000.00"}
        assert int(answer["Content-Length"]) > 0
        document = client.get("/statistics/", {"format": "json"})
        assert b'{"tables":[{"by":"year"' in json_of(document)

    def test_excel(self, client):
        answer = client.get("/statistics/", {"by": "zone", "format": "xlsx"})
        sheet = load_workbook(BytesIO(b"".join(answer))).active
        heads = [cell.value for cell in sheet[1]]
        assert heads[:5] == ["Mã", "Tên", "Tên tiếng Anh", "Số dự án", "Vốn đăng ký (USD)"]
        assert [cell.value for cell in sheet[2]][3:5] == [1, 1_600_000_000]


class TestWrong:
    @pytest.mark.parametrize("name, value, words", [
        ("as_of", "abc", "“abc” không phải là một ngày; hãy viết như 2025-12-31."),
        ("as_of", "1500-01-01", "Năm phải từ 1900 đến 2200."),
        ("known_on", "31/12/2024", "không phải là một ngày"),
        ("by", "nix", "Không có giá trị “nix”; hãy chọn một trong: country"),
        ("basis", "both", "Không có giá trị “both”"), ("country_of", "birth", "Không có giá trị “birth”"),
        ("zone", "nowhere", "Không có mã “nowhere”"), ("format", "pdf", "Không có định dạng “pdf”"),
    ])
    def test_names_the_parameter_and_the_remedy_and_keeps_the_rest(self, reader, name, value, words):
        html = reader.html("/statistics/", {"sector": "26", "search": "amkor", name: value}, status=400)
        assert f"<b>{name}</b>: " in html and words in html
        assert "<title>Lỗi:" in html
        assert "Tìm kiếm: amkor" in html
        assert "Tổng</th>" in html and "90.000.000" not in html

    def test_the_default_stands_in(self, reader):
        html = reader.html("/statistics/", {"by": "nix", "as_of": "abc"}, status=400)
        assert html.count("<table") == 7
        assert f"{timezone.localdate():%d/%m/%Y}" in html

    def test_a_wrong_day_stays_in_its_field_as_typed(self, reader):
        html = reader.html("/statistics/", {"as_of": "31/12/2024"}, status=400)
        assert '<input id="f-as_of" name="as_of" type="text" inputmode="numeric" value="31/12/2024"' in html
        assert '<input id="f-known_on" name="known_on" type="date"' in html

    def test_a_wrong_file_is_no_file(self, client):
        answer = client.get("/statistics/", {"as_of": "abc", "format": "csv"})
        assert answer.status_code == 400
        assert answer["Content-Type"].startswith("text/html")

    def test_given_twice(self, reader):
        assert "<b>by</b>: Tham số này chỉ nhận một giá trị." in reader.html("/statistics/?by=zone&by=year", status=400)

    def test_unknown_and_empty_parameters_are_ignored(self, reader):
        words = reader.words("/statistics/", {"fbclid": "x", "page_size": "zzz", "as_of": "", "by": " "})
        assert "Có chỗ cần sửa" not in words

    def test_what_was_typed_comes_back_escaped(self, reader):
        assert "<script>" not in reader.html("/statistics/", {"by": "<script>alert(1)</script>"}, status=400)
