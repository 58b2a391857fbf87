"""Reading records: lists that are filtered, searched and sorted, single ones, counts, sums, history."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Literal

import msgspec
from msgspec import Struct

from stepwell.errors import Invalid, Problem
from stepwell.identity import Actor
from stepwell.records import filters
from stepwell.records.binding import bind, resolve
from stepwell.records.bound import ALWAYS, Bound
from stepwell.records.naming import nearest, shown
from stepwell.records.stored import from_raw
from stepwell.records.types import EXACT, MOMENTS, NUMBERS, SYSTEM_FIELDS, TEXTS, Field, RecordType
from stepwell.records.values import to_plain
from stepwell.services import cursors
from stepwell.services.moments import moment
from stepwell.services.records.presenting import Record, present
from stepwell.services.records.viewer import Viewer, ask
from stepwell.services.records.writing import unknown
from stepwell.store import Store
from stepwell.store.records import history, queries, rows
from stepwell.store.records.order import Place
from stepwell.store.records.queries import Asked, Scope, Sorting
from stepwell.store.records.table import Row, Table

MOST_SORTED = 3
MOST_WORDS = 8
LONGEST_SEARCH = 200
COUNTED = 10_000
"""Up to so many records a count is exact."""

Measure = Literal["sum", "average", "minimum", "maximum"]


class ListAsked(Struct, frozen=True, kw_only=True):
    """Which records of a type, in which order, with which fields.

    ``filter`` is plain JSON; ``sort`` names fields, along links too, with ``-`` before one that begins with
    the largest; ``columns`` names fields, None is all; ``search`` is words that stand in text fields.
    """

    type: str
    filter: Any = None
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    search: str = ""
    limit: int = 50
    after: str | None = None


class RecordPage(Struct, frozen=True):
    """Records in order; ``after`` asks for the next ones, None if there are none."""

    items: tuple[Record, ...]
    after: str | None = None


class Counted(Struct, frozen=True):
    """How many records; ``is_exact`` is false when there are more than were counted."""

    count: int
    is_exact: bool = True


class Measured(Struct, frozen=True):
    """What a sum, average, least or greatest is, as JSON has it; None without any value."""

    value: Any


class HistoryChange(Struct, frozen=True):
    """A field that became another value."""

    field: str
    label: str
    old: Any
    new: Any


class HistoryEntry(Struct, frozen=True, kw_only=True):
    """One change of a record. ``instance_id`` and ``element`` say which step of a process made it, if one did."""

    revision: int
    at: datetime
    actor: str
    kind: str
    instance_id: str | None
    element: str
    changes: tuple[HistoryChange, ...]


class HistoryPage(Struct, frozen=True):
    """Changes, the newest first; ``after`` is the revision below which it goes on."""

    items: tuple[HistoryEntry, ...]
    after: int | None = None


def page(store: Store, actor: Actor, asked: ListAsked) -> RecordPage:
    """A page of records; raises ``NotFound`` and ``Invalid``."""
    return ask(store, actor, lambda viewer: page_of(viewer, asked))


def load(store: Store, actor: Actor, type_name: str, id: str | int) -> Record:
    """One record; raises ``NotFound``."""

    def question(viewer: Viewer) -> Record:
        table, row = find(viewer, type_name, id)
        return present(viewer, table, [row])[0]

    return ask(store, actor, question)


def count(store: Store, actor: Actor, asked: ListAsked, cap: int = COUNTED) -> Counted:
    """How many records there are, exactly up to ``cap``."""

    def question(viewer: Viewer) -> Counted:
        found = queries.count(viewer.session, scope(viewer, asked), cap)
        return Counted(min(found, cap), found <= cap)

    return ask(store, actor, question)


def measure(store: Store, actor: Actor, asked: ListAsked, what: Measure, field: str) -> Measured:
    """The sum, average, least or greatest of a field over records; raises ``Invalid`` for one that has none."""
    return ask(store, actor, lambda viewer: measured(viewer, scope(viewer, asked), what, field))


def history_page(
    store: Store, actor: Actor, place: tuple[str, str], before: int | None, limit: int
) -> HistoryPage:
    """What happened to a record, the newest first; raises ``NotFound``."""
    most = cursors.limit(limit)

    def question(viewer: Viewer) -> HistoryPage:
        table, row = find(viewer, *place)
        asked = (table.type.number, row["id"])
        found = history.page(viewer.session, asked, before or history.LAST, most + 1)
        more = found[most - 1].revision if len(found) > most else None
        return HistoryPage(tuple(_entry(table.type, one) for one in found[:most]), more)

    return ask(store, actor, question)


# -- within a session -----------------------------------------------------------------------------------


def find(viewer: Viewer, type_name: str, id: str | int) -> tuple[Table, Row]:
    """A record that the person may see, by its type and id; raises ``NotFound``."""
    table = viewer.table(type_name)
    number = int(id) if str(id).isascii() and str(id).isdigit() and len(str(id)) <= 18 else 0
    row = rows.fetch(viewer.session, table, [number], viewer.known.names).get(number)
    if row is None or not viewer.sees(table.type, row):
        raise unknown(table.type, str(id)[:60])
    return table, row


def page_of(viewer: Viewer, asked: ListAsked) -> RecordPage:
    """A page of records."""
    found, more = rows_of(viewer, asked)
    table = viewer.table(asked.type)
    return RecordPage(tuple(present(viewer, table, found, asked.columns)), more)


def rows_of(viewer: Viewer, asked: ListAsked) -> tuple[Sequence[Row], str | None]:
    """The rows of a page, and where the list goes on."""
    limit = cursors.limit(asked.limit)
    table = viewer.table(asked.type)
    _expect_fields(table.type, asked.columns or ())
    sorting = sorting_of(viewer, table.type, asked.sort)
    wanted = Asked(sorting, limit + 1, decoded(asked.after, sorting))
    found = queries.page(viewer.session, scope(viewer, asked), wanted, viewer.known.names)
    more = encoded(found.places[limit - 1]) if len(found.rows) > limit else None
    return found.rows[:limit], more


def scope(viewer: Viewer, asked: ListAsked) -> Scope:
    """Which records are asked for, and may be seen."""
    table = viewer.table(asked.type)
    bound = bound_of(viewer, table.type, asked.filter)
    words = tuple(asked.search[:LONGEST_SEARCH].replace("\0", "").split())[:MOST_WORDS]
    searched = tuple(field for field in table.fields if field.kind in TEXTS)
    return Scope(table, viewer.known.tables, bound, viewer.seeing, words, searched)


def bound_of(viewer: Viewer, record_type: RecordType, given: Any) -> Bound:
    """The filter, from JSON or as data; everything without one."""
    if given is None:
        return ALWAYS
    found = given if isinstance(given, filters.Condition | filters.Group) else filters.read(given)
    return bind(found, record_type, viewer.visible, viewer.asking)


def sorting_of(viewer: Viewer, record_type: RecordType, names: Sequence[str]) -> tuple[Sorting, ...]:
    """The fields by which a list is sorted; a lookup is sorted as its values are ordered."""
    problems, found = [], []
    for name in names[:MOST_SORTED]:
        resolved = resolve(name.removeprefix("-"), record_type, viewer.visible)
        if isinstance(resolved, Problem):
            problems.append(resolved)
            continue
        hops, field = resolved
        if field.type in {"links", "file"} or field.kind == "long_text":
            message = f"Expected to sort by a field that can be compared, but {name} is {field.type}."
            problems.append(Problem("sort.unfit", message, field=name[:60]))
        elif field.type == "lookup" and field.to in viewer.visible:
            for inner in ("order", "label"):
                path = f"{name.removeprefix('-')}.{inner}"
                way = resolve(path, record_type, viewer.visible)
                assert not isinstance(way, Problem)
                found.append(Sorting(*way, name.startswith("-")))
        else:
            found.append(Sorting(hops, field, name.startswith("-")))
    if problems or len(names) > MOST_SORTED:
        message = f"Expected to sort by at most {MOST_SORTED} fields of '{record_type.name}'."
        raise Invalid("sort.invalid", message, problems)
    return tuple(found)


def encoded(place: Place) -> str:
    """A place in a list as callers hand it back."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(place)).decode().rstrip("=")


def decoded(cursor: str | None, sorting: Sequence[Sorting]) -> Place | None:
    """The place that a cursor stands for; raises ``Invalid`` for anything that is none of this list."""
    if not cursor:
        return None
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        place = msgspec.msgpack.decode(packed, type=tuple[int | str | None, ...])
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        place = ()
    kinds = [*((int if one.field.is_stored_as_number else str) for one in sorting), int]
    fits = len(place) == len(kinds) and place[-1] is not None and all(map(_can_be, place, kinds))
    if not fits:
        message = "Expected what an earlier answer gave as its after, but found something else."
        raise Invalid("cursor.invalid", message, [Problem("cursor.invalid", message, field="after")])
    return place


def _can_be(value: int | str | None, kind: type) -> bool:
    if value is None:
        return True
    return type(value) is kind and (
        value < 1 << 63 and value >= -(1 << 63) if isinstance(value, int) else "\0" not in value
    )


def _expect_fields(record_type: RecordType, names: Sequence[str]) -> None:
    known = [field.name for field in record_type.all_fields]
    unknown_names = [name for name in names if name not in known and name not in SYSTEM_FIELDS]
    if unknown_names:
        problems = [
            Problem("field.unknown", f"Expected a field of '{record_type.name}', but found {shown(name)}.",
                    field="columns", hint=nearest(name, known))
            for name in unknown_names
        ]  # fmt: skip
        raise Invalid(
            "columns.invalid", f"Expected columns that are fields of '{record_type.name}'.", problems
        )


def measured(viewer: Viewer, found: Scope, what: Measure, name: str) -> Measured:
    """The sum, average, least or greatest of a field."""
    field = measurable(found, what, name)
    raw = queries.measure(viewer.session, found, field, what)
    return Measured(None if raw is None else _measured(field, what, raw))


def measurable(found: Scope, what: Measure, name: str) -> Field:
    """The field, which has such a measure; raises ``Invalid``."""
    field = found.table.type.field(name)
    can = NUMBERS if what in {"sum", "average"} else NUMBERS | MOMENTS | {"time"}
    if field is None or field.kind not in can:
        message = f"Expected a field of '{found.table.type.name}' that has a {what}, but found {shown(name)}."
        raise Invalid("measure.unfit", message, [Problem("measure.unfit", message, field=name[:60])])
    return field


def _measured(field: Field, what: Measure, raw: Any) -> Any:
    if what in {"minimum", "maximum"}:
        return to_plain(field, from_raw(field, raw))
    exact = Decimal(raw).scaleb(-field.digits) if field.kind in EXACT else Decimal(raw)
    if what == "average":
        return str(exact.quantize(Decimal(1).scaleb(-field.digits - 4), ROUND_HALF_EVEN).normalize())
    return str(exact) if field.kind in EXACT else int(exact)


def _entry(record_type: RecordType, found: history.Entry) -> HistoryEntry:
    return HistoryEntry(
        revision=found.revision,
        at=moment(found.at),
        actor=found.actor,
        kind=found.kind,
        instance_id=str(found.instance_id) if found.instance_id else None,
        element=found.element,
        changes=tuple(_history_change(record_type, name, pair) for name, pair in found.fields.items()),
    )


def _history_change(record_type: RecordType, name: str, pair: tuple[Any, Any]) -> HistoryChange:
    field = record_type.field(name)
    old, new = (_as_it_was(field, raw) for raw in pair)
    return HistoryChange(name, field.title if field else name, old, new)


def _as_it_was(field: Field | None, raw: Any) -> Any:
    """A value of the past; what the field can not hold any more is shown as it was stored."""
    if field is None or raw is None or field.type == "links":
        return list(raw) if isinstance(raw, tuple | list) else raw
    try:
        return to_plain(field, from_raw(field, raw))
    except (ValueError, TypeError, ArithmeticError, AssertionError):
        return raw


def plain_filter(text: str | None) -> Mapping[str, Any] | None:
    """A filter that came as JSON text; raises ``Invalid``."""
    if not text:
        return None
    try:
        found: Mapping[str, Any] = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        message = "Expected a filter as JSON, but it can not be read."
        raise Invalid("filter.invalid", message, [Problem("filter.shape", message, field="filter")]) from None
    return found
