"""Which dumps stand, and which of them is the newest."""

from datetime import date

import pytest

from registry.exchange.dump import shelf
from registry.exchange.dump.shelf import PublishingAlready, publishing, remove_old, superseded

TODAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def of_this_test(settings, tmp_path):
    settings.DUMPS_DIR = str(tmp_path / "dumps")


def make(*names: str) -> None:
    for name in names:
        with publishing(name) as folder:
            (folder / "datapackage.json").write_text('{"resources": []}')


def test_a_week_and_the_first_of_each_month_are_kept():
    standing = ["2026-09-30-1", "2026-10-02-4", "2026-10-02-5", "2026-10-03-6", "2026-11-01-7", "2026-11-20-8",
                "2026-11-21-9", "2026-11-21-10", "2026-11-27-11", "2026-11-27-12"]

    assert superseded(standing, today=TODAY) == {"2026-10-02-5", "2026-10-03-6", "2026-11-20-8", "2026-11-21-9"}


def test_the_latest_is_never_removed():
    make("2026-01-01-1", "2026-01-05-2")

    assert remove_old(TODAY) == []
    make("2026-11-27-3")
    assert remove_old(TODAY) == ["2026-01-05-2"]
    assert sorted(shelf.names()) == ["2026-01-01-1", "2026-11-27-3"]


def test_numbers_are_ordered_as_numbers():
    make("2026-11-27-9", "2026-11-27-10")

    assert [each.name for each in shelf.dumps()] == ["2026-11-27-10", "2026-11-27-9"]
    assert shelf.dump_of("latest").name == "2026-11-27-10"


def test_what_failed_is_not_there_and_the_latest_stays():
    make("2026-11-26-1")

    with pytest.raises(ZeroDivisionError), publishing("2026-11-27-2") as folder:
        (folder / "projects.csv").write_text("half")
        raise ZeroDivisionError

    assert shelf.names() == ["2026-11-26-1"]
    assert shelf.latest_name() == "2026-11-26-1"
    assert not (shelf.shelf() / shelf.HALF).exists()


def test_two_do_not_write_at_once():
    with publishing("2026-11-27-2"), pytest.raises(PublishingAlready), publishing("2026-11-27-3"):
        pass


@pytest.mark.parametrize("name", ["..", "2026-11-27", ".half", "", "2026-11-27-1/..", "latest"])
def test_no_other_name_is_a_dump(name):
    assert shelf.dump_of(name) is None
