"""Which version of a process new instances run: an older one can be brought back (O4)."""

from stepwell.identity import Actor
from stepwell.identity.policies import process as policy
from stepwell.services import definitions
from stepwell.services.allowing import allow
from stepwell.services.catalogue import Catalogue
from stepwell.services.definitions import Definition
from stepwell.store import Store


def activate(store: Store, definition_id: str | int, actor: Actor) -> Definition:
    """Let new instances run this version; running ones stay on theirs. What starts the process by itself is from now
    on what this version says. Raises ``NotFound``, ``Forbidden``.
    """
    found = definitions.load(store, definition_id, actor)
    allow(policy.may_design(actor), "process.forbidden", "Expected to be allowed to activate processes")
    number = int(found.id)
    definition = Catalogue(store).read(number)
    with store.transaction() as tx:
        if not found.is_current:
            tx.activate(number, definitions.new_of(definition, tx.now))
    return definitions.load(store, number, actor)


def activate_version(store: Store, process_id: str, version: int, actor: Actor) -> Definition:
    """The same by the number of the version."""
    return activate(store, definitions.number(store, process_id, version, actor), actor)
