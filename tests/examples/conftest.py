from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tests import build

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def on(year: int, month: int, day: int) -> datetime:
    """The morning of a day in Bắc Ninh: when an officer records something."""
    return datetime.combine(date(year, month, day), time(9), tzinfo=HERE)


def recording(year: int, month: int, day: int):
    """``with recording(2024, 1, 10) as act:`` is an act of that morning."""
    return build.act(at=on(year, month, day))


@pytest.fixture(autouse=True)
def database(db):
    """Every story happens in a register with the reference lists and no projects."""
