"""Who may see and manage people, roles and their members."""

from stepwell.identity.actor import Actor
from stepwell.identity.verdict import Verdict, no, who, yes


def may_see_people(actor: Actor) -> Verdict:
    """Everybody who is logged in: a step is handed to a colleague by name."""
    return yes(f"{who(actor)} is logged in")


def may_administer(actor: Actor) -> Verdict:
    """Who adds and changes people and roles, and gives rights."""
    if actor.may("administer"):
        return yes(f"{who(actor)} is an administrator")
    return no(f"only administrators may, and {who(actor)} is none")


def may_see_logins(actor: Actor, name: str) -> Verdict:
    """Where somebody is logged in and which API tokens there are: the person, and administrators."""
    if actor.name and actor.name == name:
        return yes("it is their own")
    if actor.looks_at("administer"):
        return yes(f"{who(actor)} is an administrator")
    return no(f"only {name} and administrators may, and {who(actor)} is neither")


def may_end_logins(actor: Actor, name: str) -> Verdict:
    """Ending sessions and revoking API tokens: the person, and administrators."""
    if actor.name and actor.name == name:
        return yes("it is their own")
    return may_administer(actor)


def may_see_audit(actor: Actor) -> Verdict:
    """Who changed who may do what: administrators."""
    if actor.looks_at("administer"):
        return yes(f"{who(actor)} is an administrator")
    return no(f"only administrators may, and {who(actor)} is none")


def may_see_inbox(actor: Actor, name: str) -> Verdict:
    """The panel of a person: that person's own, and operators."""
    if actor.name and actor.name == name:
        return yes("it is their own")
    if actor.looks_at("operate"):
        return yes(f"{who(actor)} is an operator")
    return no(f"only {name} and operators may, and {who(actor)} is neither")
