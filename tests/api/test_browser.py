"""A partner's way in a real browser: from the page of the data to the API's page, a list, a record and the feed."""

import json
import re

import pytest

from tests.pages.conftest import site
from tests.watched import Watched
from tests.web.conftest import no_quota, static_files_where_they_lie

__all__ = ["no_quota", "site", "static_files_where_they_lie"]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_partner_finds_the_api_and_reads_it(new_context, site, width):
    watched = Watched(new_context(viewport={"width": width, "height": 900}).new_page(), site, width)
    page = watched.page
    watched.open("/en/data/")
    page.locator(".site-footer").get_by_role("link", name="API").click()
    page.wait_for_url("**/api/docs/")
    watched.look()

    # Every address that the page tells a partner to try has an answer.
    told = set(re.findall(r"curl[^\n]*?'(http[^'…]+)'", page.locator("main").inner_text()))
    assert told
    for address in sorted(told):
        if "after=1234" not in address:  # a mirror's own number
            assert page.request.get(address).status == (401 if address.endswith("/key/") else 200), address

    listed = json.loads(page.request.get(f"{site}/api/v1/projects/?page_size=2&count=true").body())
    assert listed["count"] == 6
    record = json.loads(page.request.get(listed["results"][0]["url"]).body())
    following = json.loads(page.request.get(listed["next"]).body())
    assert record["code"] == "BN-000001"
    assert [each["code"] for each in following["results"]] == ["BN-000003", "BN-000004"]
    feed = json.loads(page.request.get(f"{site}/api/v1/changes/?after=0").body())
    assert feed["results"][0]["seq"] < feed["head"]
    assert watched.wrong == []
