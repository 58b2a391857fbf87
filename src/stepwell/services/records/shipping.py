"""Making the record types that Stepwell brings, where they are not there yet."""

from stepwell.identity import STEPWELL
from stepwell.identity.policies.record import EVERYBODY, RecordRight
from stepwell.records import shipped
from stepwell.services.records import record_types, writing
from stepwell.services.records.work import Work
from stepwell.store import Store
from stepwell.store.records import catalogue
from stepwell.store.transaction import Transaction

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
        writing.add(work, name, shipped.ROWS[name])
    if name == shipped.ACTIVITY:
        record_types.put_rights_in(tx, name, [OWN])
