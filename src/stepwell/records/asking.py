"""Who asks, when and where: what defaults and relative conditions are worked out from."""

from datetime import UTC, date, datetime, tzinfo

from msgspec import Struct


class Asking(Struct, frozen=True):
    """The time, the zone in which a day begins for who asks, the person's name and roles."""

    now: datetime
    zone: tzinfo = UTC
    person: str = ""
    roles: frozenset[str] = frozenset()

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()
