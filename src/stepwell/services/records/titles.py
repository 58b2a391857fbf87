"""How records are called that something leads to, as far as a person may see them."""

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from stepwell.records.values import parse_reference
from stepwell.services.records.presenting import title_of
from stepwell.services.records.viewer import Viewer
from stepwell.store.records import rows


class Connection(Struct, frozen=True):
    """A record that a step is about: its public id (``contact/17``), and how it is called."""

    id: str
    title: str
    type: str


def connections_of(viewer: Viewer, references: Iterable[str]) -> dict[str, Connection]:
    """The records of these public ids that the person may see, by these ids."""
    wanted: dict[str, dict[int, str]] = defaultdict(dict)
    for name in references:
        found = parse_reference(name)
        if found and found[0] in viewer.visible:
            wanted[found[0]][found[1]] = name
    known: dict[str, Connection] = {}
    for type_name, ids in wanted.items():
        table = viewer.known.tables[type_name]
        for id, row in rows.fetch(viewer.session, table, sorted(ids), viewer.known.names).items():
            if viewer.sees(table.type, row):
                known[ids[id]] = Connection(ids[id], title_of(table.type, row), type_name)
    return known
