"""How long somebody waits after wrong passwords: longer each time, never for ever."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Pace:
    """``free`` tries without a wait; then one second, two, four … up to ``longest`` seconds."""

    free: int
    longest: int

    def wait_after(self, tries: int) -> timedelta:
        if tries < self.free:
            return timedelta(0)
        # No office needs the power of a thousand tries.
        return timedelta(seconds=min(2 ** min(tries - self.free, 30), self.longest))


# What is counted: tries at one account from anywhere, from a browser that this account has used before, from one
# address at any account, and codes of the second factor.
PACES = {"account": Pace(3, 60), "device": Pace(3, 60), "address": Pace(20, 300), "code": Pace(3, 300)}

# After so long without a try the count begins anew.
FORGOTTEN_AFTER = timedelta(hours=1)
