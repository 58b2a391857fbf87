"""Who may publish messages and throw signals from outside: they may start and move any process."""

from stepwell.identity.actor import Actor
from stepwell.identity.verdict import Verdict, no, who, yes


def may_publish(actor: Actor) -> Verdict:
    """Operators; a system that sends messages is a person with this right, and an API token."""
    if actor.may("operate"):
        return yes(f"{who(actor)} is an operator")
    return no(f"only operators may, and {who(actor)} is none")
