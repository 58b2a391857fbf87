"""Days of a table that are said relative to the one on which its row came: ``today``, ``today-14``, ``today+3T09:30``."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from stepwell.errors import Invalid
from stepwell.records.stored import to_raw
from stepwell.records.types import Field, RecordType
from stepwell.records.values import UnfitError, coerce
from stepwell.services.moments import moment
from stepwell.services.records.cells import ids_by_key, unescaped
from stepwell.services.records.importing import Line, read
from stepwell.services.records.work import Work
from stepwell.store.records import rows
from stepwell.store.records.table import Row, Table

DATED = ("date", "date_time")
_DAY = re.compile(r"today(?:([+-][0-9]{1,5}))?(?=T|\Z)")


def dated(work: Work, table: Table, lines: Sequence[Line]) -> Sequence[Line]:
    """The rows with the days that they mean.

    They are counted from the day, in UTC, on which the record was made: it stays the same however often the row is
    deployed again.
    """
    fields = dated_fields(table.type)
    said = {line.number: found for line in lines if (found := _said(fields, line))}
    if not said:
        return lines
    made = _made_on(work, table, [line for line in lines if line.number in said])
    return [
        replace(
            line, cells={**line.cells, **_days(said.get(line.number, {}), made.get(line.number, work.now))}
        )
        for line in lines
    ]


def said_by_key(record_type: RecordType, table: bytes) -> Mapping[str, Mapping[str, str]]:
    """The cells of a table that name a day so, by the keys of their rows; none if its columns are others by now."""
    if b"today" not in table:
        return {}
    try:
        _, lines = read(table.decode(), record_type)
    except Invalid:
        return {}
    fields = dated_fields(record_type)
    return {
        unescaped(line.cells.get(record_type.key_field, "").strip()): _said(fields, line) for line in lines
    }


def means(field: Field, cell: str, row: Row) -> bool:
    """Whether a cell that names a day so still means what the record holds."""
    try:
        value = coerce(field, _days({field.name: cell}, row["created_at"])[field.name])
    except UnfitError:
        return False
    return bool(to_raw(field, value) == row[field.name])


def dated_fields(record_type: RecordType) -> list[Field]:
    """The fields that hold days."""
    return [field for field in record_type.all_fields if field.type in DATED]


def _said(fields: Sequence[Field], line: Line) -> dict[str, str]:
    """The cells that name a day so."""
    cells = {field.name: line.cells.get(field.name, "").strip() for field in fields}
    return {name: cell for name, cell in cells.items() if _DAY.match(cell)}


def _days(said: Mapping[str, str], at: int) -> dict[str, str]:
    day = moment(at).date()
    return {name: _DAY.sub(lambda found: _day(day, found[1] or "0"), cell) for name, cell in said.items()}


def _day(day: date, days: str) -> str:
    return (day + timedelta(days=int(days))).isoformat()


def _made_on(work: Work, table: Table, lines: Sequence[Line]) -> dict[int, int]:
    """When the records were made that are there already, by the numbers of their rows."""
    keys = {line.number: unescaped(line.cells.get(table.type.key_field, "").strip()) for line in lines}
    ids = ids_by_key(work, table.type.name, keys.values())
    there = rows.fetch(work.session, table, sorted(ids.values()), work.known.names)
    return {number: there[ids[key]]["created_at"] for number, key in keys.items() if ids.get(key) in there}
