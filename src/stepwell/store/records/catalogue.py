"""Which record types there are, and who may do what with their records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from stepwell.identity.policies.record import RecordRight
from stepwell.records.types import Field, RecordType
from stepwell.store import statements
from stepwell.store.records.layouts import INSERT_RIGHT
from stepwell.store.records.table import Table
from stepwell.store.session import Session

_LOAD = "select id, revision, definition from record_type order by name"
_RIGHTS = (
    "select type_id, role, see, may_add, may_change, may_delete from record_right order by type_id, role"
)
_INSERT = "insert into record_type (id, name, revision, last_field, definition) values (?, ?, ?, ?, ?)"
_UPDATE = "update record_type set revision = ?, last_field = ?, definition = ? where id = ?"
_LAST_FIELD = "select last_field from record_type where id = ?"
_DELETE = (
    "delete from record_type where id = ?",
    "delete from record_right where type_id = ?",
    "delete from record_link where type_id = ?",
    "delete from record_history where type_id = ?",
)
_FORGET_RIGHTS = "delete from record_right where type_id = ?"


class Known(Struct, frozen=True, dict=True):
    """All record types by name, and the rights for each."""

    types: Mapping[str, RecordType]
    rights: Mapping[str, tuple[RecordRight, ...]]

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The table of each type."""
        return {name: Table(found) for name, found in self.types.items()}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each type by its name."""
        return {name: found.number for name, found in self.types.items()}

    @cached_property
    def names(self) -> dict[int, str]:
        """The name of each type by its number."""
        return {found.number: name for name, found in self.types.items()}


class RecordCatalogue:
    """Remembers what is known for one epoch of the database; every change raises the epoch."""

    def __init__(self) -> None:
        self._epoch = -1
        self._known = Known({}, {})

    def known(self, session: Session, epoch: int | None = None) -> Known:
        """What is known; ``epoch`` if the caller has read it. Not for who changes record types: ``load``."""
        current = session.read(statements.EPOCH)[0][0] if epoch is None else epoch
        if current != self._epoch:
            self._known = load(session)
            self._epoch = current
        return self._known


def load(session: Session) -> Known:
    """Everything, as this transaction sees it."""
    types = {}
    for number, revision, definition in session.read(_LOAD):
        found = msgspec.json.decode(definition, type=RecordType)
        types[found.name] = replace(found, number=number, revision=revision)
    names = {found.number: name for name, found in types.items()}
    rights: dict[str, list[RecordRight]] = defaultdict(list)
    for number, role, see, add, change, delete in session.read(_RIGHTS):
        if number in names:
            right = RecordRight(role=role, see=see, add=bool(add), change=change, delete=delete)
            rights[names[number]].append(right)
    return Known(types, {name: tuple(found) for name, found in rights.items()})


def insert(session: Session, found: RecordType) -> RecordType:
    """Keep a new type; gives it with its numbers."""
    number = session.numbers("record_type_id", 1)[0]
    fields, last = _numbered(found.fields, 100)
    made = replace(found, number=number, revision=1, fields=fields)
    session.run(_INSERT, number, made.name, 1, last, _packed(made))
    return made


def update(session: Session, old: RecordType, new: RecordType) -> RecordType:
    """Keep another definition of a type; fields of it that have no number yet get one."""
    last = session.read(_LAST_FIELD, old.number)[0][0]
    fields, last = _numbered(new.fields, last)
    made = replace(new, number=old.number, revision=old.revision + 1, fields=fields)
    session.run(_UPDATE, made.revision, last, _packed(made), made.number)
    return made


def delete(session: Session, found: RecordType) -> None:
    """Forget a type, its rights, and what happened to its records."""
    for statement in _DELETE:
        session.run(statement, found.number)


def set_rights(session: Session, found: RecordType, rights: Sequence[RecordRight]) -> None:
    """Give a type these rights and no others."""
    session.run(_FORGET_RIGHTS, found.number)
    rows = [
        (found.number, right.role, right.see, int(right.add), right.change, right.delete) for right in rights
    ]
    if rows:
        session.write([(INSERT_RIGHT, rows)])


def _numbered(fields: Sequence[Field], last: int) -> tuple[tuple[Field, ...], int]:
    made = []
    for field in fields:
        if not field.number:
            last += 1
        made.append(field if field.number else replace(field, number=last))
    return tuple(made), last


def _packed(found: RecordType) -> str:
    return msgspec.json.encode(replace(found, number=0, revision=0)).decode()
