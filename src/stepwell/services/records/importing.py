"""Importing a CSV file: all of it or nothing, every problem with its line."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from stepwell.errors import Invalid, Problem, how_many
from stepwell.records.filling import writable
from stepwell.records.naming import nearest, shown
from stepwell.records.types import TEXTS, Field, RecordType
from stepwell.services.records.cells import ids_by_key, raw_key, split, unescaped
from stepwell.services.records.checking import MOST_PROBLEMS
from stepwell.services.records.requests import ImportRecords
from stepwell.services.records.work import Work
from stepwell.services.records.writing import Given, prepare, write
from stepwell.store.records import rows
from stepwell.store.records.table import Table, compared_column

MOST_ROWS = 100_000
LONGEST_CELL = 200_000


class Imported(Struct, frozen=True):
    """How many records a file added and changed, and how many were as it says before."""

    added: int
    changed: int
    unchanged: int
    is_trial: bool = False


class Line(Struct, frozen=True):
    """A row of the file: where it begins to be read, and its cells by field."""

    number: int
    cells: dict[str, str]


def carry_out(work: Work, request: ImportRecords) -> Imported:
    """Add and change records as a file says; raises ``Invalid`` (``import.invalid`` or ``record.invalid``)."""
    table = work.known.tables[work.type(request.type).name]
    header, lines = read(request.text, table.type)
    return save(work, table, lines, _key(table.type, request.key, header), is_trial=request.is_trial)


def save(work: Work, table: Table, lines: Sequence[Line], key: str, *, is_trial: bool = False) -> Imported:
    """Add and change records as rows of a file say, known by the field ``key``; raises as ``carry_out`` does."""
    given = _given(work, table, lines, key)
    drafts = prepare(work, table.type.name, given)
    if not is_trial:
        write(work, table, drafts)
    added = sum(draft.before is None for draft in drafts)
    changed = sum(draft.before is not None and bool(draft.changed) for draft in drafts)
    return Imported(added, changed, len(drafts) - added - changed, is_trial)


def read(text: str, record_type: RecordType) -> tuple[list[str], list[Line]]:
    """The header and the rows; raises ``Invalid`` for what is no table of this type."""
    problems: list[Problem] = []
    found = _rows(text, problems)
    _, header = next(found, (1, []))
    header = [name.strip() for name in header]
    problems += _header_problems(header, record_type)
    lines = []
    for number, row in found:
        if len(row) != len(header):
            message = f"Expected {len(header)} cells as in the header, but found {len(row)}."
            problems.append(Problem("import.cells", message, line=number))
        lines.append(Line(number, dict(zip(header, row, strict=False))))
        if len(lines) > MOST_ROWS:
            problems.append(
                Problem("import.too-many", f"Expected at most {MOST_ROWS} records in a file.", line=number)
            )
            break
    _expect_none(problems)
    return header, lines


def _rows(text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the line in which it ends."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        for row in reader:
            if row:
                yield reader.line_num, row
    except csv.Error as error:
        message = f"Expected a table of comma-separated values, but found: {error}."
        problems.append(Problem("import.unreadable", message, line=reader.line_num))


def _header_problems(header: Sequence[str], record_type: RecordType) -> Iterator[Problem]:
    known = ["id", *(field.name for field in writable(record_type))]
    for name, count in Counter(header).items():
        if name not in known:
            message = f"Expected the name of a field of '{record_type.name}', but found {shown(name)}."
            yield Problem("import.header", message, line=1, field=name[:60], hint=nearest(name[:60], known))
        elif count > 1:
            yield Problem(
                "import.header",
                f"Expected {name} once, but it stands there {count} times.",
                line=1,
                field=name,
            )
    if not header:
        yield Problem(
            "import.header", "Expected a first line with the names of fields, but found none.", line=1
        )


def _key(record_type: RecordType, given: str, header: Sequence[str]) -> str:
    """The column by which records are known: that asked for, that of the type, or the id; empty: all are new."""
    key = given or next((name for name in (record_type.key_field, "id") if name and name in header), "")
    field = record_type.field(key) if key else None
    if key and (key not in header or field is None or not (field.unique or key == "id")):
        message = f"Expected a key that is a unique column of the file, but found {shown(key)}."
        raise Invalid("import.invalid", message, [Problem("import.key", message, field="key")])
    return key


def _given(work: Work, table: Table, lines: Sequence[Line], key: str) -> list[Given]:
    """What each row says for its record, links found by their keys."""
    problems: list[Problem] = []
    ids = _ids(work, table, lines, key, problems)
    new = [line for line in lines if not ids.get(_key_of(table, line, key))]
    numbers = iter(work.session.numbers("record_id", len(new)) if new else ())
    fresh = {line.number: next(numbers) for line in new}
    own = {_key_of(table, line, table.type.key_field): fresh.get(line.number, 0) for line in lines}
    links = _Links(work, table, lines, own)
    given = []
    for line in lines:
        values = {
            name: links.value(table.type.field(name), cell)
            for name, cell in line.cells.items()
            if name != "id"
        }
        problems += links.missing(line)
        id = ids.get(_key_of(table, line, key), 0)
        if id and table.type.kind == "lookup":
            values.pop("code", None)
        given.append(Given(values, id, line=line.number, new_id=0 if id else fresh[line.number]))
    _expect_none(problems)
    return given


def _ids(
    work: Work, table: Table, lines: Sequence[Line], key: str, problems: list[Problem]
) -> dict[Any, int]:
    """The id of each record that is there already, by its key."""
    if not key:
        return {}
    counts = Counter(_key_of(table, line, key) for line in lines)
    for line in lines:
        value = _key_of(table, line, key)
        if value is not None and counts[value] > 1:
            message = (
                f"Expected each {key} once, but {shown(line.cells[key])} stands in {counts[value]} lines."
            )
            problems.append(Problem("import.repeated", message, line=line.number, field=key))
    cells = {line.cells[key] for line in lines if _key_of(table, line, key) is not None}
    if key == "id":
        return {int(cell): int(cell) for cell in cells}
    field = table.type.field(key)
    assert field is not None
    found = _by_column(work, table, field, cells)
    return {raw_key(field, unescaped(cell)): id for cell, id in found.items()}


def _by_column(work: Work, table: Table, field: Field, cells: set[str]) -> dict[str, int]:
    raws = {cell: raw for cell in cells if (raw := raw_key(field, unescaped(cell))) is not None}
    held = rows.taken(work.session, table, compared_column(field), raws.values())
    return {cell: held[raw][0] for cell, raw in raws.items() if raw in held}


def _key_of(table: Table, line: Line, key: str) -> Any:
    """The key of a row in the form in which it is compared; None if it has none."""
    cell = line.cells.get(key, "").strip() if key else ""
    if not cell:
        return None
    if key == "id":
        return int(cell) if cell.isascii() and cell.isdigit() and len(cell) <= 18 else None
    field = table.type.field(key)
    return raw_key(field, unescaped(cell)) if field else None


class _Links:
    """The links in the cells of a file, looked up together."""

    def __init__(self, work: Work, table: Table, lines: Sequence[Line], own: dict[Any, int]) -> None:
        self.own = (table.type.name, own)
        self.work = work
        self.fields = [field for field in table.type.all_fields if field.type in {"link", "links"}]
        wanted: dict[str, set[str]] = {}
        for field in self.fields:
            for line in lines:
                for to, key in self.keys(field, line.cells.get(field.name, "")):
                    wanted.setdefault(to, set()).add(key)
        self.known = {to: ids_by_key(work, to, keys) for to, keys in wanted.items()}

    def keys(self, field: Field, cell: str) -> list[tuple[str, str]]:
        """Where a cell leads: types and keys."""
        if field.type == "link":
            return [(field.to, unescaped(cell.strip()))] if cell.strip() else []
        return [(to, key) for to, _, key in (part.partition("/") for part in split(cell))]

    def id(self, to: str, key: str) -> int:
        """The id of a record; 0 if there is none."""
        found = self.known[to].get(key, 0)
        name, own = self.own
        if found or to != name:
            return found
        record_type = self.work.known.types[name]
        field = record_type.field(record_type.key_field) if record_type.key_field else None
        return own.get(raw_key(field, key), 0) if field else 0

    def value(self, field: Field | None, cell: str) -> Any:
        """What the cell says for the field."""
        if field is None or not cell:
            return None
        if field.type == "link":
            return next((self.id(to, key) or None for to, key in self.keys(field, cell)), None)
        if field.type == "links":
            return [f"{to}/{id}" for to, key in self.keys(field, cell) if (id := self.id(to, key))]
        return unescaped(cell) if field.kind in TEXTS or field.kind == "lookup" else cell

    def missing(self, line: Line) -> Iterator[Problem]:
        """Links of a row that lead nowhere."""
        for field in self.fields:
            for to, key in self.keys(field, line.cells.get(field.name, "")):
                if not self.id(to, key):
                    message = (
                        f"Expected {field.name} to name a record of '{to}', but there is no {shown(key)}."
                    )
                    yield Problem("record.unknown", message, field=field.name, line=line.number)


def _expect_none(problems: Sequence[Problem]) -> None:
    if problems:
        found = sorted(problems, key=lambda problem: problem.line)[:MOST_PROBLEMS]
        message = f"Expected a file of records, but found {how_many(problems)}; nothing was imported."
        raise Invalid("import.invalid", message, found)
