"""Who may see, add, change and delete records (D4)."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from stepwell.identity.actor import Actor
from stepwell.identity.verdict import Verdict, no, who, yes

Verb = Literal["see", "add", "change", "delete"]


class Grant(Struct, frozen=True):
    """What the members of a role may do with the records of one type; ``only_own``: only with their own."""

    role: str
    verbs: frozenset[Verb]
    only_own: bool = False


def may(actor: Actor, verb: Verb, grants: Iterable[Grant], owner: str = "") -> Verdict:
    """Whether the actor may do it with a record of this owner; of a new record that is the actor."""
    mine = [grant for grant in grants if grant.role in actor.roles and verb in grant.verbs]
    for grant in mine:
        if not grant.only_own:
            return yes(f"{who(actor)} is a member of {grant.role}, who may {verb} all")
    if mine and actor.name and owner == actor.name:
        return yes(f"{who(actor)} is a member of {mine[0].role}, who may {verb} their own")
    if mine:
        return no(f"members of {mine[0].role} may {verb} only their own")
    return no(f"{who(actor)} is in no role that may {verb} them")


def may_manage_types(actor: Actor) -> Verdict:
    """Record types and lookups are made and changed by administrators."""
    if actor.may("administer"):
        return yes(f"{who(actor)} is an administrator")
    return no(f"only administrators may, and {who(actor)} is none")
