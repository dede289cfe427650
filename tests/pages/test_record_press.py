"""The page of an investor with the press facts: what the sources state, and where they disagree."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("press")]


def test_an_investor_tells_a_conflict_about_its_country(reader):
    words = reader.words("/investors/INV-000001/")
    assert "Quốc gia của nhà đầu tư: Amkor Technology" in words
    assert "Hàn Quốc theo SRC-000035, đoạn 7" in words and "Hoa Kỳ, Hàn Quốc theo SRC-000036, đoạn 2" in words


def test_a_policy_tells_what_the_sources_state_of_it(reader):
    words = reader.words("/en/policies/POL-000001/")
    assert "up to 1,000 billion dong" in words.lower() or "VND 1,000 billion" in words
