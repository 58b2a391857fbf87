"""Who may deploy applications as folders, and see which there are."""

from stepwell.identity.actor import Actor
from stepwell.identity.verdict import Verdict, no, who, yes


def may_deploy_applications(actor: Actor) -> Verdict:
    """Who both designs and administers: an application brings processes, and people, roles and record types."""
    if actor.may("design") and actor.may("administer"):
        return yes(f"{who(actor)} has the rights to design and to administer")
    return no(f"{who(actor)} does not have both the right to design and the right to administer")


def may_see_applications(actor: Actor) -> Verdict:
    """Who designs or administers."""
    if actor.looks_at("design") or actor.looks_at("administer"):
        return yes(f"{who(actor)} designs or administers")
    return no(f"{who(actor)} has neither the right to design nor the right to administer")
