"""Questions about the records of one type: pages, counts, sums, ids in slices."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

from stepwell.records.bound import ALWAYS, Bound
from stepwell.records.types import Field
from stepwell.store.records import rows
from stepwell.store.records.filter_sql import Select, Tables
from stepwell.store.records.order import Key, Place, order_by, ranges
from stepwell.store.records.rows import TypeNames
from stepwell.store.records.seeing import Own
from stepwell.store.records.table import Row, Table, column
from stepwell.store.session import Session
from stepwell.store.tuples import Tuple

Measure = Literal["sum", "average", "minimum", "maximum"]
_HIGH = 1_000_000_000  # sums are added up in two halves: SQLite knows no number above 63 bits


class Scope(Struct, frozen=True):
    """Which records a question is about: a filter, what the person may see, and words to search for.

    ``seeing`` restricts types to a person's own records, by name; others are seen whole.
    """

    table: Table
    tables: Tables
    filter: Bound = ALWAYS
    seeing: dict[str, Own] = {}
    words: tuple[str, ...] = ()
    searched: tuple[Field, ...] = ()


class Sorting(Struct, frozen=True):
    """A field by which a list is sorted, along links."""

    hops: tuple[Any, ...]
    field: Field
    descending: bool = False


class Asked(Struct, frozen=True):
    """Which part of a list: its order (at last always the id), how many, and behind which place."""

    sorting: tuple[Sorting, ...] = ()
    limit: int = 50
    after: Place | None = None
    descending: bool = True


class Found(Struct, frozen=True):
    """Records in order, and the place of each."""

    rows: tuple[Row, ...]
    places: tuple[Place, ...]


class _Question:
    """A scope as SQL."""

    def __init__(self, session: Session, scope: Scope) -> None:
        self.select = Select(session.name, scope.table, scope.tables, scope.seeing)
        parts = [self.select.where(scope.filter)] if scope.filter is not ALWAYS else []
        own = scope.seeing.get(scope.table.type.name)
        if own is not None:
            parts.append((own.condition("t"), list(own.values)))
        if scope.words:
            parts.append(self.select.search(scope.words, scope.searched))
        self.conditions = [text for text, _ in parts]
        self.values = [value for _, values in parts for value in values]

    def where(self, *more: str) -> str:
        found = [*self.conditions, *more]
        return f" where {' and '.join(found)}" if found else ""

    def given(self, *more: Any) -> list[Any]:
        return [*self.select.join_values, *self.values, *more]


def page(session: Session, scope: Scope, asked: Asked, names: TypeNames) -> Found:
    """Records in the order asked for."""
    question, table = _Question(session, scope), scope.table
    keys = [Key(question.select.expression(one.hops, one.field), one.descending) for one in asked.sorting]
    keys.append(
        Key("t.id", asked.sorting[0].descending if asked.sorting else asked.descending, nullable=False)
    )
    order = order_by(keys, session.name)
    columns = ", ".join([table.selected, *(key.expression for key in keys)])
    found: list[Tuple] = []
    for part in ranges(keys, asked.after):
        statement = (
            f"select {columns} from {question.select.source}{question.where(*part.conditions)}"
            f" order by {order} limit ?"
        )
        found += session.read(statement, *question.given(*part.values, asked.limit - len(found)))
        if len(found) >= asked.limit:
            break
    width = len(table.names)
    made = {row[0]: table.row(row[:width]) for row in found}
    rows.add_links(table, made, rows.links_of(session, table, list(made)) if table.link_fields else (), names)
    return Found(tuple(made.values()), tuple(tuple(row[width:]) for row in found))


def count(session: Session, scope: Scope, cap: int) -> int:
    """How many records there are, exactly up to ``cap``, else ``cap`` + 1."""
    question = _Question(session, scope)
    inner = f"select 1 from {question.select.source}{question.where()} limit ?"
    return int(session.read(f"select count(*) from ({inner}) found", *question.given(cap + 1))[0][0])


def ids(session: Session, scope: Scope, between: tuple[int, int], limit: int) -> list[int]:
    """The lowest ids above the first number, up to the second one."""
    question = _Question(session, scope)
    statement = f"select t.id from {question.select.source}{question.where('t.id > ?', 't.id <= ?')} order by t.id limit ?"
    return [row[0] for row in session.read(statement, *question.given(*between, limit))]


def meeting(session: Session, scope: Scope, ids: Sequence[int]) -> set[int]:
    """Which of these records are in the scope."""
    found: set[int] = set()
    for part in rows.parts(sorted(set(ids))):
        question = _Question(session, scope)
        where = question.where(f"t.id in ({rows.marks(len(part))})")
        statement = f"select t.id from {question.select.source}{where}"
        found |= {row[0] for row in session.read(statement, *question.given(*rows.padded(part)))}
    return found


def untouched(session: Session, table: Table, count: int) -> bool:
    """Whether there are so many rows, none of which was ever changed."""
    found = session.read(f"select count(*), coalesce(max(t.revision), 1) from {table.name} t")[0]
    return tuple(found) == (count, 1)


def highest_id(session: Session, table: Table) -> int:
    """The highest id there is; 0 if there are no records."""
    return session.read(f"select coalesce(max(t.id), 0) from {table.name} t")[0][0] or 0


def id_behind(session: Session, table: Table, after: int, many: int, highest: int) -> int:
    """The id so many records behind another one, at most ``highest``."""
    statement = f"select t.id from {table.name} t where t.id > ? order by t.id limit 1 offset ?"
    found = session.read(statement, after, many - 1)
    return min(int(found[0][0]), highest) if found else highest


def measure(session: Session, scope: Scope, field: Field, what: Measure) -> Any:
    """The sum or average as an exact number, the least or the greatest in stored form; None without records.

    A sum and an average are in units of the field's last digit.
    """
    question, name = _Question(session, scope), f"t.{column(field)}"
    where = f" from {question.select.source}{question.where(f'{name} is not null')}"
    if what in {"minimum", "maximum"}:
        function = "min" if what == "minimum" else "max"
        return session.read(f"select {function}({name}){where}", *question.given())[0][0]
    parts = f"sum({name} / {_HIGH}), sum({name} % {_HIGH}), count(*)"
    high, low, number = session.read(f"select {parts}{where}", *question.given())[0]
    if not number:
        return None
    total = Decimal(high) * _HIGH + Decimal(low)
    return total if what == "sum" else total / number


def newest(
    session: Session, scope: Scope, looked_at: int, limit: int, names: TypeNames
) -> tuple[tuple[Row, ...], bool]:
    """The newest records that fit among so many that are looked at; and whether that were all of them."""
    question, table = _Question(session, scope), scope.table
    ends = f"select t.id from {table.name} t order by t.id desc limit 1 offset ?"
    last = session.read(ends, looked_at)
    where = question.where("t.id > ?")
    statement = f"select {table.selected} from {question.select.source}{where} order by t.id desc limit ?"
    found = session.read(statement, *question.given(last[0][0] if last else 0, limit))
    made = {row[0]: table.row(row) for row in found}
    rows.add_links(table, made, rows.links_of(session, table, list(made)) if table.link_fields else (), names)
    return tuple(made.values()), not last
