"""Who may do what with a step for a person.

Each function takes the plain facts of an open step. Whether the instance is seen at all is another
question (``policies.instance``): what one may not see is not there.
"""

from collections.abc import Collection
from typing import Protocol

from stepwell.identity.actor import Actor
from stepwell.identity.verdict import Verdict, listed, no, who, yes


class Details(Protocol):
    """How often an approval may still be handed on; -1: any number of times, as other steps."""

    @property
    def delegations_left(self) -> int: ...


class OpenStep(Protocol):
    """Who has an open step (empty: nobody), and to whom it is offered (to nobody at all: to everybody)."""

    @property
    def assignee(self) -> str: ...

    @property
    def candidate_users(self) -> Collection[str]: ...

    @property
    def candidate_roles(self) -> Collection[str]: ...

    @property
    def details(self) -> Details: ...


def has(actor: Actor, step: OpenStep) -> Verdict:
    """Whether the step is the actor's own."""
    if actor.name and step.assignee == actor.name:
        return yes(f"{who(actor)} has it")
    return no(f"{step.assignee} has it" if step.assignee else "nobody has it")


def is_candidate(actor: Actor, step: OpenStep) -> Verdict:
    """Whether the step was offered to the actor, whoever has it now."""
    if actor.name and actor.name in step.candidate_users:
        return yes(f"it is offered to {who(actor)}")
    mine = actor.roles.intersection(step.candidate_roles)
    if mine:
        return yes(f"{who(actor)} is a member of {listed(mine, 'and')}, to whom it is offered")
    if not (step.assignee or step.candidate_users or step.candidate_roles):
        return yes("it is open to everybody")
    return no(_offered(actor, step))


def _offered(actor: Actor, step: OpenStep) -> str:
    offered = [*step.candidate_users, *step.candidate_roles]
    if not offered:
        return f"{step.assignee} has it, and it was offered to nobody else"
    return f"it is offered to {listed(offered)}, and not to {who(actor)} or one of their roles"


def may_see_contents(actor: Actor, step: OpenStep, *, is_completed: bool = False) -> Verdict:
    """Values, comments and attachments of a step: its assignee, those to whom it is offered, operators, as long as it
    is open and when it was cancelled. When it is completed everybody who sees the instance may see them.
    """
    if is_completed:
        return yes("it is completed, and everybody who sees the instance may see what was in it")
    if actor.looks_at("operate"):
        return yes(f"{who(actor)} is an operator")
    return has(actor, step) or is_candidate(actor, step)


def may_open(actor: Actor, step: OpenStep) -> Verdict:
    """Who may see its contents: opening claims nothing (R4)."""
    if actor.may("operate"):
        return yes(f"{who(actor)} is an operator")
    return has(actor, step) or is_candidate(actor, step)


def may_claim(actor: Actor, step: OpenStep) -> Verdict:
    """Those to whom it is offered, as long as nobody has it, and operators; claiming what one has is nothing."""
    return _own(actor, step) or no(_hindrance(actor, step))


def may_complete(actor: Actor, step: OpenStep) -> Verdict:
    """Who has it; while nobody has it those to whom it is offered; operators for somebody."""
    return _own(actor, step) or no(_hindrance(actor, step))


def may_release(actor: Actor, step: OpenStep) -> Verdict:
    """Who has it, and operators. Giving back what nobody has changes nothing, so who could claim it may."""
    return _own(actor, step) or no(_hindrance(actor, step))


def may_reassign(actor: Actor, step: OpenStep) -> Verdict:
    """Who has it; while nobody has it those to whom it is offered; operators."""
    return _own(actor, step) or no(_hindrance(actor, step))


def may_hand_on(actor: Actor, step: OpenStep) -> Verdict:
    """The same for an approval, which its author may let be handed on once or not at all; operators always may."""
    allowed = may_reassign(actor, step)
    if allowed and step.details.delegations_left == 0 and not actor.may("operate"):
        return no("this approval may not be handed on (any more)")
    return allowed


def may_postpone(actor: Actor, step: OpenStep) -> Verdict:
    """Who has it; while nobody has it those to whom it is offered (then for all of them); operators."""
    return _own(actor, step) or no(_hindrance(actor, step))


def may_cancel(actor: Actor) -> Verdict:
    """Ending the step without going on: operators."""
    if actor.may("operate"):
        return yes(f"{who(actor)} is an operator")
    return no(f"only operators may, and {who(actor)} is none")


def is_taken(actor: Actor, step: OpenStep) -> bool:
    """Whether the step would be the actor's to do if a colleague had not taken it."""
    return bool(step.assignee) and step.assignee != actor.name and bool(is_candidate(actor, step))


def _own(actor: Actor, step: OpenStep) -> Verdict:
    """The actor's own, or free for the actor to take, or an operator's."""
    if step.assignee:
        mine = has(actor, step)
    else:
        mine = is_candidate(actor, step)
    if not mine and actor.may("operate"):
        return yes(f"{who(actor)} is an operator")
    return mine


def _hindrance(actor: Actor, step: OpenStep) -> str:
    if is_taken(actor, step):
        return f"{step.assignee} has it"
    return is_candidate(actor, step).reason
