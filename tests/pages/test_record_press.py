"""The page of a policy with the press facts: what the sources state."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]


def test_a_policy_tells_what_the_sources_state_of_it(reader):
    words = reader.words("/en/policies/POL-000001/")
    assert "up to 1,000 billion dong" in words.lower() or "VND 1,000 billion" in words
