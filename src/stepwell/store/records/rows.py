"""The rows of record tables: read, locked, written."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from stepwell.records.values import parse_reference, reference
from stepwell.store.records.layouts import DELETE_LINKS, INSERT_LINK
from stepwell.store.records.table import Row, Table, quoted
from stepwell.store.session import Pairs, Session
from stepwell.store.tuples import Tuple
from stepwell.store.writes import Write

PART = 500
_LINKS = (
    "with wanted(first, second) as ({pairs}) select l.record_id, l.field, l.to_type, l.to_id"
    " from wanted cross join record_link l where l.type_id = wanted.second and l.record_id = wanted.first"
    " order by l.record_id, l.field, l.to_type, l.to_id"
)
_WANTED = "with wanted(first, second) as ({pairs})"
_CHANGING = {"sqlite": "", "postgresql": " for no key update of t"}
_DELETING = {"sqlite": "", "postgresql": " for update of t"}
_KEEPING = {"sqlite": "", "postgresql": " for key share of t"}

TypeNames = dict[int, str]
"""The names of record types by their numbers."""


def fetch(session: Session, table: Table, ids: Sequence[int], names: TypeNames) -> dict[int, Row]:
    """Rows by id; one that is not there is left out."""
    return _fetched(session, table, (table.by_ids, ids), names)


def lock(
    session: Session, table: Table, ids: Sequence[int], names: TypeNames, *, for_deletion: bool = False
) -> dict[int, Row]:
    """The same, and nobody else changes these until the end of the transaction; locked in the order of ids.

    ``for_deletion``: nobody links to them meanwhile either.
    """
    statement = table.by_ids + (_DELETING if for_deletion else _CHANGING)[session.name]
    return _fetched(session, table, (statement, sorted(set(ids))), names)


def hold(session: Session, table: Table, ids: Iterable[int]) -> None:
    """Lock rows that several commands of a transaction will change, in the order of ids, before the first does."""
    if session.name != "sqlite":
        statement = f"{_WANTED} select t.id from wanted cross join {table.name} t where t.id = wanted.first"
        locked = f"{statement} order by t.id{_CHANGING[session.name]}"
        session.read_pairs((locked, [(id, 0) for id in sorted(ids)]))


def watch(session: Session, table: Table, ids: Iterable[int]) -> None:
    """Let nobody change these rows until the end of the transaction: who changes them afterwards sees what it wrote."""
    if session.name != "sqlite":
        statement = f"{_WANTED} select t.id from wanted cross join {table.name} t where t.id = wanted.first"
        session.read_pairs((f"{statement} order by t.id for share of t", [(id, 0) for id in sorted(ids)]))


def _fetched(
    session: Session, table: Table, asked: tuple[str, Sequence[int]], names: TypeNames
) -> dict[int, Row]:
    statement, ids = asked
    requests: list[tuple[str, Pairs]] = [(statement, [(id, 0) for id in ids])]
    if table.link_fields:
        requests.append((_LINKS, [(id, table.type.number) for id in ids]))
    found, *linked = session.read_pairs(*requests)
    rows = {row[0]: table.row(row) for row in found}
    add_links(table, rows, linked[0] if linked else [], names)
    return rows


def add_links(table: Table, rows: dict[int, Row], found: Iterable[Tuple], names: TypeNames) -> None:
    """Put what several links lead to into the rows."""
    by_number = {field.number: field.name for field in table.link_fields}
    for id, number, to_type, to_id in found:
        name = by_number.get(number)
        if id in rows and name is not None:
            rows[id][name] = (*rows[id][name], reference(names.get(to_type, "unknown"), to_id))


def links_of(session: Session, table: Table, ids: Sequence[int]) -> list[Tuple]:
    """Where the several links of these rows lead: (id, field, type, id)."""
    return session.read_pairs((_LINKS, [(id, table.type.number) for id in ids]))[0] if ids else []


def insert(session: Session, table: Table, rows: Sequence[Row], numbers: dict[str, int]) -> None:
    """Write new rows; ``numbers`` are those of record types by name."""
    if not rows:
        return
    writes: list[tuple[Write, list[Tuple]]] = [(table.insert, [table.tuple(row) for row in rows])]
    links = [link for row in rows for link in _link_rows(table, row, numbers)]
    session.write([*writes, *([(INSERT_LINK, links)] if links else [])])


def update(
    session: Session, table: Table, rows: Sequence[Row], changed: Iterable[str], numbers: dict[str, int]
) -> None:
    """Write the changed fields of rows that are locked."""
    names = set(changed)
    made = table.update(names)
    writes: list[tuple[Write, list[Tuple]]] = [(made.write, [made.tuple(row) for row in rows])]
    replaced = [field for field in table.link_fields if field.name in names]
    if replaced:
        gone = [(table.type.number, row["id"], field.number) for row in rows for field in replaced]
        links = [link for row in rows for link in _link_rows(table, row, numbers, names)]
        writes.append((DELETE_LINKS, gone))
        writes += [(INSERT_LINK, links)] if links else []
    session.write(writes)


def _link_rows(
    table: Table, row: Row, numbers: dict[str, int], only: set[str] | None = None
) -> Iterable[Tuple]:
    for field in table.link_fields:
        if only is not None and field.name not in only:
            continue
        for text in row[field.name] or ():
            parsed = parse_reference(text)
            assert parsed is not None
            yield table.type.number, row["id"], field.number, numbers[parsed[0]], parsed[1]


def delete(session: Session, table: Table, ids: Sequence[int]) -> None:
    """Delete rows that are locked, with their several links."""
    writes: list[tuple[Write, list[Tuple]]] = [(table.delete, [(id,) for id in ids])]
    if table.link_fields:
        keys = [(table.type.number, id, field.number) for id in ids for field in table.link_fields]
        writes.append((DELETE_LINKS, keys))
    session.write(writes)


def keep_linked(session: Session, table: Table, ids: Iterable[int]) -> set[int]:
    """Which of these ids there are; none of them can be deleted until the end of the transaction."""
    statement = (
        "with wanted(first, second) as ({pairs}) select t.id from wanted cross join "
        f"{table.name} t where t.id = wanted.first order by t.id{_KEEPING[session.name]}"
    )
    wanted = sorted(set(ids))
    return (
        {row[0] for row in session.read_pairs((statement, [(id, 0) for id in wanted]))[0]}
        if wanted
        else set()
    )


def keep_codes(session: Session, table: Table, codes: Iterable[str]) -> dict[str, bool]:
    """Which of these codes a lookup has, and whether each is active; none of them can be deleted meanwhile."""
    found: dict[str, bool] = {}
    for part in parts(sorted(set(codes))):
        statement = (
            f"select t.usr_code, t.usr_active from {table.name} t"
            f" where t.usr_code in ({marks(len(part))}) order by t.id{_KEEPING[session.name]}"
        )
        found |= {row[0]: bool(row[1]) for row in session.read(statement, *padded(part))}
    return found


def active_codes(session: Session, table: Table) -> list[str]:
    """Some codes that can be chosen."""
    statement = f"select t.usr_code from {table.name} t where t.usr_active = 1 order by t.id limit ?"
    return [row[0] for row in session.read(statement, PART)]


def choices(session: Session, table: Table, field: str) -> dict[str, str | None]:
    """The codes of a lookup that can be chosen, in their order, each with what it has in a field."""
    order = f"coalesce(t.{quoted('usr_order')}, 0), t.usr_code"
    statement = f"select t.usr_code, t.{quoted(f'usr_{field}')} from {table.name} t where t.usr_active = 1 order by {order}"
    return dict(session.read(statement))


def labels(session: Session, table: Table, codes: Iterable[str]) -> dict[object, str]:
    """The label of each code of a lookup."""
    found: dict[object, str] = {}
    for part in parts(sorted(codes)):
        statement = (
            f"select {table.mark} t.usr_code, t.usr_label from {table.name} t"
            f" where t.usr_code in ({marks(len(part))})"
        )
        found |= {row[0]: row[1] for row in session.read(statement, *padded(part))}
    return found


def taken(session: Session, table: Table, column: str, raws: Iterable[object]) -> dict[object, list[int]]:
    """The ids of the rows that have one of these values in a column, by the value."""
    found: dict[object, list[int]] = defaultdict(list)
    for part in parts(list(dict.fromkeys(raws))):
        statement = f"select {table.mark} t.{column}, t.id from {table.name} t where t.{column} in ({marks(len(part))})"
        for value, id in session.read(statement, *padded(part)):
            found[value].append(id)
    return found


def parts(items: Sequence[object]) -> Iterable[Sequence[object]]:
    """Some at a time."""
    return (items[at : at + PART] for at in range(0, len(items), PART))


def marks(count: int) -> str:
    """Question marks for so many values, in few different numbers: each makes another statement."""
    return ", ".join("?" * _rounded(count))


def padded(values: Sequence[object]) -> Sequence[object]:
    """The values, the last one repeated until there are as many as ``marks``."""
    return [*values, *[values[-1]] * (_rounded(len(values)) - len(values))]


def _rounded(count: int) -> int:
    return 1 << (count - 1).bit_length()
