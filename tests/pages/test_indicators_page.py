"""The page of indicators: each a table, each province apart, with files that say the same as the API."""

import csv
import io
import json
import re

import pytest

from registry.exchange.figures import load_figures
from tests import build

from .conftest import content_of

pytestmark = pytest.mark.django_db

ADDRESS, API = "/statistics/indicators/", "/api/v1/statistics/indicators/"


@pytest.fixture(scope="module")
def loaded(press, lasting):
    with lasting(load_them):
        yield


def load_them() -> None:
    with build.act() as act:
        load_figures(act)


def test_nothing_yet(reader):
    words = reader.words(ADDRESS, {"indicator": "exports"})
    assert "Chưa có nguồn công khai nào nêu chỉ tiêu này trong phạm vi đã chọn" in words


def test_a_series_with_its_scopes_and_sources(reader, loaded):
    asked = {"indicator": "grdp_growth"}
    html, words = reader.html(ADDRESS, asked), reader.words(ADDRESS, asked)
    assert re.search(r"Mới nhất – Bắc Ninh \(trước 01/7/2025\), 9 tháng đầu năm 2024: 5,52 % · Bắc Giang", words)
    assert html.count('scope="rowgroup"') == 3
    assert html.count("<svg") == html.count('class="bars-drawn"') == 12
    assert "6 tháng đầu năm 2023 -12,59 % Các nguồn khác nhau : SRC-" in words
    assert "6 tháng đầu năm 2023 ước 14,7 % Các nguồn khác nhau : SRC-" in words
    assert html.count('href="/sources/SRC-') == 12


def test_ranks_have_no_bars(reader, loaded):
    html = reader.html(ADDRESS, {"indicator": "pci_rank"})
    assert "<svg" not in html and "thứ 7" in html


def test_the_page_of_all_leaves_older_values_to_each_ones_own_page(reader, loaded):
    html, words = reader.html(ADDRESS), reader.words(ADDRESS)
    assert "giá trị cũ hơn" in words
    assert 'href="/statistics/indicators/?indicator=fdi_projects"' in html
    assert "giá trị cũ hơn" not in reader.words(ADDRESS, {"indicator": "fdi_projects"})


def test_one_province(reader, loaded):
    words = reader.words(ADDRESS, {"former_province": "none", "indicator": "fdi_projects"})
    assert "3.363 dự án" in words and "2.170 dự án" not in words
    assert 'aria-current="true">Bắc Ninh (từ ngày sáp nhập' in reader.html(ADDRESS, {"former_province": "none"})


def test_files_are_whole_and_say_what_the_api_says(reader, loaded):
    answer = reader.open(API).json()
    assert json.loads(content_of(reader.open(ADDRESS, {"format": "json"}))) == answer
    rows = list(csv.DictReader(io.StringIO(content_of(reader.open(ADDRESS, {"format": "csv"})).decode("utf-8-sig"))))
    assert len(rows) == len(answer["results"])
    assert (rows[0]["indicator"], rows[0]["source.code"]) == ("grdp_growth", answer["results"][0]["source"]["code"])
    assert content_of(reader.open(ADDRESS, {"format": "xlsx"}))[:2] == b"PK"


def test_the_api_narrows_and_names_what_is_wrong(reader, loaded):
    answer = reader.open(API, {"indicator": "grdp_growth", "former_province": "bac-ninh"}).json()
    assert answer["next"] is None
    half = [row for row in answer["results"] if row["differs_from"]]
    assert [(row["value"], row["unit"], row["former_province"]) for row in half] == [
        ("-12.59", "percent", "bac-ninh"), ("14.7", "percent", "bac-ninh")]
    assert half[0]["differs_from"] == [half[1]["statement"]]
    assert (half[0]["name"], half[0]["date"]["label"]) == ("tăng trưởng GRDP", "6 tháng đầu năm 2023")
    errors = reader.open(API, {"indicator": "nix", "colour": "red"}).json()["errors"]
    assert [each["pointer"] for each in errors] == ["colour", "indicator"]


def test_a_wrong_parameter_is_named_and_the_rest_kept(reader, loaded):
    html = reader.html(ADDRESS, {"indicator": "nix", "former_province": "none", "lạ": "1"}, status=400)
    assert "<b>indicator</b>" in html and "3.363" in html
    assert "“pdf”" in reader.html(ADDRESS, {"format": "pdf"}, status=400)


def test_same_queries_for_nothing_and_for_all(reader, press):
    first = reader.queries(ADDRESS)
    with build.act() as act:
        load_figures(act)
    assert reader.queries(ADDRESS) == first


class TestOnStatistics:
    def test_the_newest_of_the_main_ones(self, reader, loaded):
        words = reader.words("/statistics/")
        assert "Kim ngạch xuất khẩu Bắc Ninh (từ ngày sáp nhập 01/7/2025) Tháng 7/2025" in words
        assert 'href="/statistics/indicators/"' in reader.html("/statistics/")

    def test_as_of_a_day_and_not_of_some_projects(self, reader, loaded):
        words = reader.words("/statistics/", {"as_of": "2023-12-31"})
        assert "Kim ngạch xuất khẩu Bắc Ninh (trước 01/7/2025) Năm 2022" in words and "Tháng 7/2025" not in words
        assert "Kim ngạch" not in reader.words("/statistics/", {"status": "operating"})
        assert "Kim ngạch" not in reader.words("/statistics/", {"by": "zone"})


def test_as_of_a_day_leaves_later_values_out(reader, loaded):
    asked = {"indicator": "grdp_growth", "as_of": "2024-06-30"}
    words = reader.words(ADDRESS, asked)
    assert "Tính đến ngày 30/06/2024" in words
    assert "6 tháng đầu năm 2023" in words and "9 tháng đầu năm 2024" not in words
    told = json.loads(content_of(reader.open(API, asked)))["results"]
    assert told and all(row["counted_on"]["latest"] <= "2024-06-30" for row in told)
    assert told == json.loads(content_of(reader.open(ADDRESS, asked | {"format": "json"})))["results"]
