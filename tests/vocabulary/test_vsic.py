"""Sections of one version of the classification in the other."""

import pytest

from registry.vocabulary.vsic import Vsic, is_converted, section_in


@pytest.mark.parametrize(("version", "sector", "section", "key"), [
    ("2025", "2018-26", "2018-C", "2025-C"), ("2025", "2018-C", "2018-C", "2025-C"),
    ("2025", "2018-58", "2018-J", "2025-J"), ("2025", "2018-62", "2018-J", "2025-K"), ("2025", "2018-J", "2018-J", "J"),
    ("2025", "2018-46", "2018-G", "2025-G"), ("2025", "2018-45", "2018-G", "2018-45"),
    ("2025", "2018-G", "2018-G", "G"), ("2025", "2018-68", "2018-L", "2025-M"), ("2025", "2018-U", "2018-U", "2025-V"),
    ("2025", "2025-T", "2025-T", "2025-T"),
    ("2018", "2025-C", "2025-C", "C"), ("2018", "2025-J", "2025-J", "J"), ("2018", "2025-K", "2025-K", "J"),
    ("2018", "2025-M", "2025-M", "L"), ("2018", "2025-V", "2025-V", "U"), ("2018", "2025-T", "2025-T", "2025-T"),
    ("2018", "2018-45", "2018-G", "G"),
])
def test_a_section_in_a_version(version, sector, section, key):
    assert section_in(version, sector, section) == key
    assert is_converted(version, key) == (key not in ("J", "G", "2018-45") if version == "2025" else key != "2025-T")


def test_both_versions_are_known():
    assert Vsic.values == ["2018", "2025"]
