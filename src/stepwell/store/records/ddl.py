"""Tables of record types, made and altered inside the transaction of whoever asks for it."""

from collections.abc import Iterator

from stepwell.records.types import Field, RecordType
from stepwell.store.records.table import Table, column, compared_column, folded_column, quoted
from stepwell.store.session import Session

PATIENCE = 2000  # milliseconds that a change of a type waits for those who work with its records
_TEXT = {"sqlite": "text", "postgresql": 'text collate "C"'}
_ID = {"sqlite": "integer primary key", "postgresql": "bigint primary key"}


def create(session: Session, table: Table) -> None:
    """Make the table of a type, with its indexes."""
    names = table.layout.columns[1:]
    system = {quoted(name) for name in ("revision", "created_at", "created_by", "changed_at", "changed_by")}
    parts = [f"{quoted('id')} {_ID[session.name]}"]
    for item in names:
        kind = "bigint" if item.type == "integer" else _TEXT[session.name]
        parts.append(f"{item.name} {kind}{' not null' if item.name in system else ''}")
    session.run(f"create table {table.name} ({', '.join(parts)})")
    session.run(f"create index {quoted(f'rec_ix_{table.type.number}_by')} on {table.name} (created_by)")
    if table.type.kind == "lookup":
        session.run(
            f"create unique index {quoted(f'rec_ix_{table.type.number}_code')} on {table.name} (usr_code)"
        )
    for field in table.type.all_fields:
        add_index(session, table, field)


def drop(session: Session, table: Table) -> None:
    """Take the table away, with everything in it."""
    session.run(f"drop table {table.name}")


def lock(session: Session, table: Table) -> None:
    """Have the table alone; waits a little for those who work with it (``Contended``)."""
    session.wait_at_most(PATIENCE)
    if session.name == "postgresql":
        session.run(f"lock table {table.name} in access exclusive mode")


def add_columns(session: Session, table: Table, field: Field, prefix: str = "") -> None:
    """Make the empty columns of a field; ``prefix`` for one that takes the place of another later."""
    for name, kind in _columns(session, field):
        session.run(f"alter table {table.name} add column {prefixed(prefix, name)} {kind}")


def drop_columns(session: Session, table: Table, field: Field) -> None:
    """Take the columns of a field away, and its index."""
    drop_index(session, table, field)
    for name, _ in _columns(session, field):
        session.run(f"alter table {table.name} drop column {name}")


def rename_columns(session: Session, table: Table, old: Field, new: Field, prefix: str = "") -> None:
    """Give the columns of ``old`` (behind ``prefix``) the names of ``new``."""
    for (before, _), (after, _) in zip(_columns(session, old), _columns(session, new), strict=True):
        session.run(f"alter table {table.name} rename column {prefixed(prefix, before)} to {after}")


def prefixed(prefix: str, name: str) -> str:
    """The name of a column that is not in use yet."""
    return quoted(prefix + name.strip('"')) if prefix else name


def _columns(session: Session, field: Field) -> Iterator[tuple[str, str]]:
    if field.type == "links":
        return
    yield column(field), "bigint" if field.is_stored_as_number else _TEXT[session.name]
    if field.is_folded:
        yield folded_column(field), _TEXT[session.name]


def index_name(record_type: RecordType, field: Field) -> str:
    """The name of a field's index; it stays when the field is renamed."""
    return quoted(f"rec_ix_{record_type.number}_{field.number}")


def add_index(session: Session, table: Table, field: Field) -> None:
    """Make the index of a field if it has one: unique, or with the id behind it for sorted lists."""
    if not (field.has_index or field.name == table.type.owner) or field.type == "links":
        return
    name, target = index_name(table.type, field), compared_column(field)
    if field.unique:
        session.run(f"create unique index {name} on {table.name} ({target})")
    elif session.name == "postgresql":
        session.run(f"create index {name} on {table.name} ({target} nulls first, id)")
    else:
        session.run(f"create index {name} on {table.name} ({target})")


def drop_index(session: Session, table: Table, field: Field) -> None:
    """Take the index of a field away if there is one."""
    session.run(f"drop index if exists {index_name(table.type, field)}")
