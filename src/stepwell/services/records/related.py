"""What belongs to a record: the records of other types that link to it, and how many of each."""

from collections.abc import Iterator

from msgspec import Struct

from stepwell.identity import Actor
from stepwell.records.bound import Test
from stepwell.records.types import Field
from stepwell.records.values import reference
from stepwell.services.records.reading import find
from stepwell.services.records.viewer import Viewer, ask
from stepwell.store import Store
from stepwell.store.records import queries
from stepwell.store.records.queries import Scope
from stepwell.store.records.table import Row, Table

COUNTED = 99


class Related(Struct, frozen=True, kw_only=True):
    """Records that link here through one field: how many, exactly up to 99, and the filter that lists them."""

    type: str
    type_label: str
    field: str
    field_label: str
    count: int
    is_exact: bool
    filter: dict[str, str]


def related(store: Store, actor: Actor, place: tuple[str, str]) -> tuple[Related, ...]:
    """The lists of records that link to one, as far as the person may see them; raises ``NotFound``."""

    def question(viewer: Viewer) -> tuple[Related, ...]:
        table, row = find(viewer, *place)
        return tuple(_lists(viewer, table, row))

    return ask(store, actor, question)


def _lists(viewer: Viewer, table: Table, row: Row) -> Iterator[Related]:
    for name, other in viewer.visible.items():
        for field in other.linking():
            if field.to == table.type.name or (field.type == "links" and not field.to):
                yield _list(viewer, viewer.known.tables[name], field, (table, row))


def _list(viewer: Viewer, other: Table, field: Field, to: tuple[Table, Row]) -> Related:
    table, row = to
    public = reference(table.type.name, row["id"])
    if field.type == "links":
        test, filter = (
            Test((), field, "has", (public,)),
            {"field": field.name, "op": "contains", "value": public},
        )
    else:
        value = row["code"] if field.type == "lookup" else row["id"]
        test, filter = Test((), field, "=", (value,)), {"field": field.name, "op": "=", "value": str(value)}
    scope = Scope(other, viewer.known.tables, test, viewer.seeing)
    count = queries.count(viewer.session, scope, COUNTED)
    return Related(
        type=other.type.name, type_label=other.type.label or other.type.name, field=field.name,
        field_label=field.title, count=min(count, COUNTED), is_exact=count <= COUNTED, filter=filter,
    )  # fmt: skip
