"""What records are called in the caption of an instance."""

from collections import defaultdict
from collections.abc import Mapping

from stepwell import feel
from stepwell.records.values import parse_reference, reference
from stepwell.services.records.presenting import title_of
from stepwell.store.records import rows
from stepwell.store.transaction import Transaction


def called(tx: Transaction, caption: feel.Template | None, values: Mapping[str, object]) -> dict[str, str]:
    """The titles of the records that the caption names by their ids; those that are not there are left out."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for name in caption.names if caption else ():
        given = values.get(name)
        found = parse_reference(given) if isinstance(given, str) else None
        if found and found[0] in tx.known_records.tables:
            wanted[found[0]].append(found[1])
    return {
        reference(type_name, id): title_of(table.type, row)
        for type_name, ids in wanted.items()
        for table in (tx.known_records.tables[type_name],)
        for id, row in rows.fetch(tx.session, table, ids, tx.known_records.names).items()
    }
