"""Whether the house stands: its tables, its database, and whether rows are what the history tells."""

from collections.abc import Callable

from stepwell.errors import ConfigurationError
from stepwell.records import shipped
from stepwell.store import Store, open_store


def open_upgraded(url: str, clock: Callable[[], int] | None = None) -> Store:
    """Open a database; one that is new, or of an older version, gets its tables first."""
    try:
        return open_store(url, clock=clock)
    except ConfigurationError:
        from stepwell.store import migrate

        migrate.upgrade(url)
        return open_store(url, clock=clock)


def furnish(store: Store) -> None:
    """Have the record types that Stepwell brings; costs a look where they are there."""
    with store.reading() as session:
        known = store.records.known(session).types
    if not known.keys() >= shipped.NAMES:
        from stepwell.services.records import shipping

        shipping.ensure(store)


def is_ready(store: Store) -> bool:
    """Whether the database answers."""
    store.next_due_at()
    return True
