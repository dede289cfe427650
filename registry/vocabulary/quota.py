"""How much may be asked in how long: ``600/min, 50000/day``."""

import re
from dataclasses import dataclass
from datetime import datetime

from registry.vocabulary.errors import RuleBroken

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
NAMES = {1: "second", 60: "minute", 3600: "hour", 86400: "day"}
WRITTEN = re.compile(r"([0-9]{1,12})/(s|sec|second|m|min|minute|h|hour|d|day)")


class RateUnreadable(RuleBroken):
    """For the operator, who sets it in the environment."""

    code = "rate-unreadable"
    message = "%(text)s is no rate: write 120/min, or several as 600/min,50000/day"


@dataclass(frozen=True)
class Rate:
    """``count`` requests in each window of so many seconds."""

    count: int
    seconds: int

    @property
    def name(self) -> str:
        return NAMES[self.seconds]

    def window_of(self, at: datetime) -> int:
        """When the window of this moment began, in seconds since 1970: full minutes, hours and days where ``at`` is."""
        offset = int(at.utcoffset().total_seconds())
        moment = int(at.timestamp()) + offset
        return moment - moment % self.seconds - offset


def rates_of(text: str) -> tuple[Rate, ...]:
    """The rates of a setting, the shortest window first; none where it is empty. Raises RateUnreadable."""
    rates = []
    for part in text.replace(" ", "").split(","):
        if not part:
            continue
        read = WRITTEN.fullmatch(part)
        if read is None:
            raise RateUnreadable(text=part)
        rates.append(Rate(int(read[1]), SECONDS[read[2][0]]))
    return tuple(sorted(rates, key=lambda rate: rate.seconds))
