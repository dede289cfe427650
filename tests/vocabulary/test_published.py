"""The bytes of a frozen table."""

from datetime import date

import pytest

from registry.vocabulary.published import Asked, FigureKind, asked_of, canonical, checksum_of


def test_the_bytes_do_not_depend_on_the_order_of_keys():
    assert canonical({"b": "1.00", "a": None}) == b'{"a":null,"b":"1.00"}'
    assert checksum_of({"b": "1.00", "a": None}) == checksum_of({"a": None, "b": "1.00"})
    assert canonical({"name": "Hàn Quốc"}) == '{"name":"Hàn Quốc"}'.encode()


@pytest.mark.parametrize("asked", [
    Asked(FigureKind.CAPITAL, "country", date(2026, 9, 30), basis="share", country_of="parent"),
    Asked(FigureKind.FLOWS, "sector", date(2026, 9, 30), date(2026, 7, 1), known_on=date(2026, 10, 5),
          former_province="bac-ninh", registrar="REG-000001"),
], ids=lambda asked: asked.kind)
def test_what_was_asked_comes_back(asked):
    assert asked_of(asked.kind, asked.as_plain()) == asked
