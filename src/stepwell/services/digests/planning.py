"""Who gets a digest, and when the next one is due: planned whenever something of this changes about a person."""

from stepwell.identity import User
from stepwell.services.digests.periods import next_at
from stepwell.store import digests
from stepwell.store.transaction import Transaction


def wanted(user: User) -> str:
    """What is planned for a person, empty for nothing: who was disabled or has no address gets no mail."""
    if user.settings.digest == "none" or not (user.is_active and user.email):
        return ""
    return f"{user.settings.digest}|{user.time_zone}"


def plan(tx: Transaction, user: User) -> None:
    """Plan the digests of a person as they are now. Comes behind the change of the person itself."""
    if planned := wanted(user):
        due_at = next_at(user.settings.digest, user.time_zone, tx.now)
        digests.plan(tx.session, user.name, planned, due_at)
    else:
        digests.forget(tx.session, user.name)
