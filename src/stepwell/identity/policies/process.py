"""Who may deploy, see and run processes."""

from collections.abc import Collection
from typing import Protocol

from stepwell.identity.actor import Actor
from stepwell.identity.verdict import Verdict, listed, no, who, yes


class Process(Protocol):
    """What a process says about people: the roles that may run it (none: everybody), and see its instances."""

    @property
    def run_by(self) -> Collection[str]: ...

    @property
    def seen_by(self) -> Collection[str]: ...


def may_design(actor: Actor) -> Verdict:
    """Who deploys processes."""
    if actor.may("design"):
        return yes(f"{who(actor)} has the right to design")
    return no(f"{who(actor)} does not have the right to design")


def may_run(actor: Actor, process: Process) -> Verdict:
    """Everybody, unless the process names roles; then their members, and operators."""
    if not process.run_by:
        return yes("everybody may run it")
    mine = actor.roles.intersection(process.run_by)
    if mine:
        return yes(f"{who(actor)} is a member of {min(mine)}, who may run it")
    if actor.may("operate"):
        return yes(f"{who(actor)} is an operator")
    return no(f"only members of {listed(process.run_by)} may run it, and {who(actor)} is none of them")


def may_see(actor: Actor, process: Process) -> Verdict:
    """Who may run it, who may see its instances, operators, and those who design."""
    if actor.looks_at("operate") or actor.looks_at("design"):
        return yes(f"{who(actor)} has the right to see all processes")
    if may_run(actor, process):
        return may_run(actor, process)
    mine = actor.roles.intersection(process.seen_by)
    if mine:
        return yes(f"{who(actor)} is a member of {min(mine)}, who may see its instances")
    return no(f"{who(actor)} may neither run it nor see its instances")
