"""How often somebody may fail to log in from one address, whatever the names."""

import time
from collections import deque

from stepwell.errors import TooOften

MOST = 20  # failures from one address in a minute
SECONDS = 60.0
ADDRESSES = 10_000  # remembered


class Gate:
    """Counts failures by address in this process; successes do not count."""

    def __init__(self) -> None:
        self.failures: dict[str, deque[float]] = {}

    def expect_open(self, address: str) -> None:
        """Raise ``TooOften`` when too much failed from there in the last minute."""
        times = self.failures.get(address)
        now = time.monotonic()
        while times and times[0] <= now - SECONDS:
            times.popleft()
        if times and len(times) >= MOST:
            message = f"Expected at most {MOST} failed logins in a minute from one address, but found more."
            raise TooOften("login.too-often", message, times[0] + SECONDS - now)

    def failed(self, address: str) -> None:
        """Count a failure."""
        if len(self.failures) >= ADDRESSES:
            self.failures.clear()
        self.failures.setdefault(address, deque(maxlen=MOST)).append(time.monotonic())
