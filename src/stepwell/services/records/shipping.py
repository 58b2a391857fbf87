"""Making the record types that Stepwell brings, where they are not there yet."""

from stepwell.identity import STEPWELL
from stepwell.identity.policies.record import EVERYBODY, RecordRight
from stepwell.records import shipped
from stepwell.records.types import RecordType
from stepwell.services.records import record_types, writing
from stepwell.services.records.viewer import Viewer
from stepwell.services.records.work import Work
from stepwell.services.records.writing import Given
from stepwell.store import Store
from stepwell.store.records import catalogue, queries
from stepwell.store.transaction import Transaction

FIRST_ID = 1 << 52
"""Ids of what Stepwell brings: those of an installation's own records begin at 1 and never come so far."""
OWN = RecordRight(role=EVERYBODY, see="own", add=True, change="own", delete="own")


def ensure(store: Store) -> None:
    """Make what is missing, once, whoever else begins to."""
    with store.transaction() as tx:
        tx.session.lock_name(record_types.LOCK)
        known = catalogue.load(tx.session).types
        for written in shipped.TYPES:
            if written["name"] not in known:
                _make(tx, written)


def _make(tx: Transaction, written: dict[str, object]) -> None:
    name = str(written["name"])
    record_types.put_in(tx, written, STEPWELL)
    if name in shipped.ROWS:
        work = Work(tx, STEPWELL)
        work.known = catalogue.load(tx.session)
        first = FIRST_ID + 100 * [*shipped.ROWS].index(name)
        given = [Given(values, new_id=first + at) for at, values in enumerate(shipped.ROWS[name])]
        writing.save(work, name, given)
    if name == shipped.ACTIVITY:
        catalogue.set_rights(tx.session, catalogue.load(tx.session).types[name], [OWN])
        tx.raise_epoch()


def is_as_shipped(viewer: Viewer, found: RecordType) -> bool:
    """Whether a record type, its values if it is a lookup, and its rights are as Stepwell brings them."""
    if found.name not in shipped.NAMES or found.revision != 1:
        return False
    rights = viewer.known.rights.get(found.name, ())
    if rights not in ((), (OWN,)):
        return False
    values = len(shipped.ROWS.get(found.name, ()))
    table = viewer.known.tables[found.name]
    return found.kind != "lookup" or queries.untouched(viewer.session, table, values)
