"""Who may do what with the records of a type (D4).

A right is given to a role, or to everybody; who has several roles may do what any of them may. Whoever
administers may do everything, so may Stepwell itself. What one may not see is not there.
"""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from stepwell.identity.actor import Actor
from stepwell.identity.verdict import Verdict, no, who, yes

Extent = Literal["none", "own", "all"]
EVERYBODY = "*"


class RecordRight(Struct, frozen=True, kw_only=True):
    """What a role (``*``: everybody) may do. *Own* is what a person made, or what is kept as belonging to them."""

    role: str
    see: Extent = "all"
    add: bool = False
    change: Extent = "none"
    delete: Extent = "none"


class Access(Struct, frozen=True):
    """What one person may do with the records of one type."""

    see: Extent = "none"
    add: bool = False
    change: Extent = "none"
    delete: Extent = "none"


EVERYTHING = Access("all", add=True, change="all", delete="all")
_ORDER: tuple[Extent, ...] = ("none", "own", "all")


def record_access(actor: Actor, rights: Iterable[RecordRight], *, is_lookup: bool = False) -> Access:
    """What the rights of a record type give to a person; lookups are seen by everybody."""
    if actor.may("administer"):
        return EVERYTHING
    mine = [right for right in rights if right.role == EVERYBODY or right.role in actor.roles]
    return Access(
        "all" if is_lookup or actor.looks_at("administer") else _widest(actor, (right.see for right in mine)),
        any(right.add for right in mine),
        _widest(actor, (right.change for right in mine)),
        _widest(actor, (right.delete for right in mine)),
    )


def may_manage_types(actor: Actor) -> Verdict:
    """Record types and lookups, and the rights for their records, are made and changed by administrators."""
    if actor.may("administer"):
        return yes(f"{who(actor)} is an administrator")
    return no(f"only administrators may, and {who(actor)} is none")


def may_see_rights(actor: Actor) -> Verdict:
    """Who may do what with the records of a type is shown to those who manage it."""
    if actor.looks_at("administer"):
        return yes(f"{who(actor)} is an administrator")
    return may_manage_types(actor)


def is_allowed(extent: Extent, *, is_own: bool) -> bool:
    """Whether it reaches a record that is the person's own, or is not."""
    return extent == "all" or (extent == "own" and is_own)


def narrower(one: Extent, other: Extent) -> Extent:
    """What both allow: nobody changes what they do not see."""
    return min(one, other, key=_ORDER.index)


def _widest(actor: Actor, extents: Iterable[Extent]) -> Extent:
    """Somebody without a name owns nothing."""
    widest: Extent = max(extents, key=_ORDER.index, default="none")
    return "none" if widest == "own" and not actor.name else widest
