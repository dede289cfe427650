"""Every list on the site as a file: the rows of its API, whatever the form."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]

LISTS = ["projects", "investors", "zones", "sectors", "countries", "sources", "policies", "engagements",
         "opportunities"]


@pytest.fixture(params=LISTS)
def path(request) -> str:
    return request.param


def content(client, path: str, form: str) -> bytes:
    answer = client.get(f"/{path}/", {"format": form})
    body = b"".join(answer.streaming_content)
    assert answer["Content-Length"] == str(len(body))
    return body


def test_csv_json_and_xlsx_hold_what_the_api_says(client, path):
    listed = client.get(f"/api/v1/{path}/", {"page_size": 500, "count": "true"}).json()
    codes = [each["code"] for each in listed["results"]]
    assert json.loads(content(client, path, "json")) == listed
    text = content(client, path, "csv").decode("utf-8-sig")
    assert [row["code"] for row in csv.DictReader(StringIO(text, newline=""))] == codes
    sheet = openpyxl.load_workbook(BytesIO(content(client, path, "xlsx"))).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == codes
