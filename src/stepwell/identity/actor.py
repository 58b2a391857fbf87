"""Who asks: what every policy judges by."""

from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

Right = Literal["design", "operate", "administer"]
"""What a role may be given beside its steps: deploy processes and pages; see, repair and cancel any
instance; manage people, roles, record types and lookups."""

RIGHTS: tuple[Right, ...] = get_args(Right)


class Actor(Struct, frozen=True):
    """A person (or Stepwell itself, without a name) with everything that decides what is allowed.

    ``roles`` are effective: those given directly and those inherited along the tree of roles. ``looks``
    are rights that allow to see what they are about, but to do nothing: those of a person behind an API
    token that may only read or act.
    """

    name: str = ""
    roles: frozenset[str] = frozenset()
    rights: frozenset[Right] = frozenset()
    language: str = "en"
    time_zone: str = "UTC"
    looks: frozenset[Right] = frozenset()

    @property
    def principals(self) -> tuple[str, ...]:
        """The names under which steps and instances are kept for this person."""
        return (f"user:{self.name}", *(f"role:{role}" for role in sorted(self.roles)), "*")

    def may(self, right: Right) -> bool:
        """Whether the person has a right, to do what it is about."""
        return right in self.rights

    def looks_at(self, right: Right) -> bool:
        """Whether the person may see what a right is about."""
        return right in self.rights or right in self.looks


STEPWELL = Actor(rights=frozenset(RIGHTS))
"""Stepwell itself: timers, jobs, deliveries, the command line on the machine, an embedding program."""


def in_the_name_of(name: str) -> Actor:
    """Stepwell itself on behalf of somebody whom the history is to name; nobody judges what that person may."""
    return replace(STEPWELL, name=name) if name else STEPWELL
