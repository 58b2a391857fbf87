"""Who asks: what every policy judges by."""

from typing import Literal, get_args

from msgspec import Struct

Right = Literal["design", "operate", "administer"]
"""What a role may be given beside its steps: deploy processes and pages; see, repair and cancel any
instance; manage people, roles, record types and lookups."""


class Actor(Struct, frozen=True):
    """A person (or Stepwell itself, without a name) with everything that decides what is allowed.

    ``roles`` are effective: those given directly and those inherited along the tree of roles.
    """

    name: str = ""
    roles: frozenset[str] = frozenset()
    rights: frozenset[Right] = frozenset()
    language: str = "en"
    time_zone: str = "UTC"

    @property
    def principals(self) -> tuple[str, ...]:
        """The names under which steps and instances are kept for this person."""
        return (f"user:{self.name}", *(f"role:{role}" for role in sorted(self.roles)), "*")


STEPWELL = Actor(rights=frozenset(get_args(Right)))
"""Stepwell itself: timers, jobs, deliveries, the command line on the machine, an embedding program."""
