"""Who may see an instance (D5), and who may repair and end it."""

from collections.abc import Collection

from msgspec import Struct

from stepwell.identity.actor import Actor
from stepwell.identity.verdict import Verdict, listed, no, who, yes


class InstanceFacts(Struct, frozen=True):
    """What decides who sees an instance.

    ``participants`` are the principals that have or had one of its steps: a person to whom a step was
    assigned, who claimed or completed one, and the people and roles to whom one was offered. ``seen_by`` are
    the roles that the process names. ``is_open_to_all``: one of its open steps is offered to everybody.
    """

    starter: str = ""
    participants: Collection[str] = ()
    seen_by: Collection[str] = ()
    is_open_to_all: bool = False


def may_see(actor: Actor, instance: InstanceFacts) -> Verdict:
    """Its starter, everyone who has or had one of its steps, operators, and roles that the process names."""
    if actor.looks_at("operate"):
        return yes(f"{who(actor)} is an operator")
    if actor.name and actor.name == instance.starter:
        return yes(f"{who(actor)} started the instance")
    if f"user:{actor.name}" in instance.participants:
        return yes(f"{who(actor)} has or had one of its steps")
    seen = actor.roles.intersection(instance.seen_by)
    if seen:
        roles = listed(seen, "and")
        return yes(f"{who(actor)} is a member of {roles}, who may see the instances of this process")
    mine = [role for role in actor.roles if f"role:{role}" in instance.participants]
    if mine:
        return yes(f"{who(actor)} is a member of {listed(mine, 'and')}, who have or had one of its steps")
    if instance.is_open_to_all:
        return yes("one of its steps is open to everybody")
    return no(
        f"{who(actor)} did not start it, never had one of its steps, and is in no role that the process names"
    )


def may_repair(actor: Actor) -> Verdict:
    """Who sets variables, retries, moves and cancels: operators."""
    if actor.may("operate"):
        return yes(f"{who(actor)} is an operator")
    return no(f"only operators may, and {who(actor)} is none")


may_cancel = may_repair
