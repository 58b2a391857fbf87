"""What a policy says: allowed or not, and why, in words."""

from collections.abc import Iterable

from msgspec import Struct

from stepwell.identity.actor import Actor


class Verdict(Struct, frozen=True):
    """``reason`` is a clause that goes on behind *because* or *but*: "bob has it"."""

    is_allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.is_allowed


def yes(reason: str) -> Verdict:
    """It is allowed."""
    return Verdict(True, reason)


def no(reason: str) -> Verdict:
    """It is not."""
    return Verdict(False, reason)


def who(actor: Actor) -> str:
    """How a sentence names an actor."""
    return actor.name or "Stepwell"


def listed(names: Iterable[str], word: str = "or") -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    *others, last = sorted(names)
    return f"{', '.join(others)} {word} {last}" if others else last
