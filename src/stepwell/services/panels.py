"""Whose panel of steps somebody may look at."""

from msgspec import Struct

from stepwell.errors import Invalid, Problem
from stepwell.identity import Actor
from stepwell.identity.policies import person as policy
from stepwell.services import given
from stepwell.services.allowing import allow
from stepwell.services.directory import Directory
from stepwell.services.user_tasks import Person


class Asked(Struct, frozen=True):
    """Whose panel: empty for one's own. With ``roles`` those are taken for the person's."""

    user: str = ""
    roles: tuple[str, ...] = ()


def person(directory: Directory, actor: Actor, asked: Asked) -> Person:
    """The person and the roles that count; raises ``Forbidden`` for somebody else's panel."""
    user = given.text(asked.user, "user") or actor.name
    if not user:
        message = "Expected the user whose inbox it is, but found none."
        raise Invalid("input.invalid", message, [Problem("text.missing", message, field="user")])
    allow(
        policy.may_see_inbox(actor, user),
        "inbox.forbidden",
        f"Expected to be allowed to see the inbox of {user}",
    )
    if asked.roles and actor.may("operate"):
        return Person(user, asked.roles)
    roles = actor.roles if user == actor.name else directory.actor(user).roles
    return Person(user, tuple(sorted(roles)))
