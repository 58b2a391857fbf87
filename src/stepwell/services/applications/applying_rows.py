"""Values of lookups and records, as the tables of a folder say they are."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from stepwell.errors import Invalid
from stepwell.records.naming import shown
from stepwell.records.types import Field, RecordType
from stepwell.services.applications import paths
from stepwell.services.applications.applying import Applying
from stepwell.services.applications.days import dated
from stepwell.services.applications.paths import within
from stepwell.services.applications.report import What
from stepwell.services.records import importing
from stepwell.services.records.cells import unescaped
from stepwell.services.records.importing import Imported, Line


class Sheet(Struct, frozen=True):
    """A table of the folder: its record type, the field by which rows are known, and the rows."""

    path: str
    type: RecordType
    header: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What each row is known by."""
        return tuple(unescaped(line.cells.get(self.type.key_field, "").strip()) for line in self.lines)


def put_lookups(applying: Applying) -> set[str]:
    """Give lookups the values of their tables, in the order of the lines if no column says it; gives those whose
    tables have problems.
    """
    broken: set[str] = set()
    for name in within(applying.written.files, paths.LOOKUPS):
        sheet = _sheet(applying, f"{paths.LOOKUPS}/{name}", "lookup")
        if sheet is not None:
            applying.brought[sheet.path] = sheet.keys
        if sheet is None or not _save(applying, numbered(sheet), "lookup"):
            broken.add(paths.stem(name))
    return broken


def numbered(sheet: Sheet) -> Sheet:
    """A table of a lookup in which the place of a line is its order."""
    if "order" in sheet.header:
        return sheet
    lines = [replace(line, cells={**line.cells, "order": str(at)}) for at, line in enumerate(sheet.lines, 1)]
    return replace(sheet, lines=tuple(lines))


def put_records(applying: Applying, broken: set[str]) -> None:
    """Add and change records; a row that the folder did not change stays as people left it.

    Where tables lead to each other in a circle they are saved twice, first without what is not there yet. What
    leads to a ``broken`` table is not looked at: every row of it would be a problem too.
    """
    files = within(applying.written.files, paths.DATA)
    sheets = {paths.stem(name): _sheet(applying, f"{paths.DATA}/{name}", "records") for name in files}
    found = [sheet for sheet in sheets.values() if sheet is not None]
    broken = broken | {name for name, sheet in sheets.items() if sheet is None}
    coming = {sheet.type.name for sheet in found}
    again: list[Sheet] = []
    for sheet in _in_order(found):
        applying.brought[sheet.path] = sheet.keys
        due = replace(sheet, lines=tuple(_changed_lines(applying, sheet)))
        coming.discard(sheet.type.name)
        is_whole = not any(field.required for field in _leading(sheet, broken))
        late = {field.name for field in _leading(sheet, coming | broken)}
        if not is_whole or not _save(applying, _without(due, late), "records"):
            broken = {*broken, sheet.type.name}
        again += [due] if late else []
    for sheet in again if not broken else []:
        _save(applying, sheet, "records", is_again=True)


def _leading(sheet: Sheet, types: set[str]) -> list[Field]:
    """The columns that lead to records of these types."""
    return [field for field in sheet.type.linking() if field.name in sheet.header and field.to in types]


def _sheet(applying: Applying, path: str, kind: str) -> Sheet | None:
    """A table that fits its record type; None if it does not, which is noted."""
    name = paths.stem(path)
    found = applying.known.types.get(name)
    if found is None or found.kind != kind:
        what = "a lookup" if kind == "lookup" else "a record type"
        message = f"Expected {what} for this table, but {shown(name)} is none."
        applying.written.complain("record-type.unknown", message, path)
        return None
    sheets = []
    with applying.telling(path):
        sheets.append(_read(path, found, applying.written.files[path]))
    return sheets[0] if sheets else None


def _read(path: str, found: RecordType, data: bytes) -> Sheet:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise Invalid("import.invalid", "Expected text in UTF-8, but found other bytes.") from None
    header, lines = importing.read(text, found)
    if not found.key_field:
        message = f"Expected a record type with a key, but '{found.name}' names none; its rows could not be known again."
        raise Invalid("application.no-key", message)
    if found.key_field not in header:
        raise Invalid("application.no-key", f"Expected a column {found.key_field}, by which rows are known.")
    if not all(line.cells.get(found.key_field, "").strip() for line in lines):
        raise Invalid("application.no-key", f"Expected a {found.key_field} in every row.")
    return Sheet(path, found, tuple(header), tuple(lines))


def _changed_lines(applying: Applying, sheet: Sheet) -> Iterator[Line]:
    """The rows that the last deployment did not bring just so."""
    old = applying.old.get(sheet.path)
    before: Mapping[str, dict[str, str]] = {}
    if old is not None:
        try:
            _, lines = importing.read(old.content.decode(), sheet.type)
            before = {line.cells.get(sheet.type.key_field, ""): line.cells for line in lines}
        except Invalid:  # its columns were others
            before = {}
    for line in sheet.lines:
        if before.get(line.cells[sheet.type.key_field]) != line.cells:
            yield line


def _in_order(found: Sequence[Sheet]) -> list[Sheet]:
    """Each behind those that its required links lead to, then behind the others, as far as that can be."""
    by_type = {sheet.type.name: sheet for sheet in found}
    placed: dict[str, Sheet] = {}
    on_the_way: set[str] = set()

    def place(name: str) -> None:
        if name in placed or name in on_the_way:
            return
        on_the_way.add(name)
        links = [field for field in by_type[name].type.linking() if field.type == "link"]
        for field in sorted(links, key=lambda one: not one.required):
            if field.to in by_type:
                place(field.to)
        placed[name] = by_type[name]

    for name in sorted(by_type):
        place(name)
    return sorted(placed.values(), key=_leads_anywhere)


def _leads_anywhere(sheet: Sheet) -> bool:
    return any(field.type == "links" and not field.to for field in sheet.type.all_fields)


def _without(sheet: Sheet, columns: set[str]) -> Sheet:
    if not columns:
        return sheet
    lines = [
        replace(line, cells={name: cell for name, cell in line.cells.items() if name not in columns})
        for line in sheet.lines
    ]
    return replace(sheet, lines=tuple(lines))


def _save(applying: Applying, sheet: Sheet, what: What, *, is_again: bool = False) -> bool:
    """Add and change the rows; whether they fit."""
    count = len(applying.written.problems)
    with applying.telling(sheet.path):
        work = applying.work()
        table = work.known.tables[sheet.type.name]
        done = importing.save(work, table, dated(work, table, sheet.lines), sheet.type.key_field)
        applying.changes += work.changes
        if not is_again:
            _note(applying, sheet, what, done)
    return len(applying.written.problems) == count


def _note(applying: Applying, sheet: Sheet, what: What, done: Imported) -> None:
    words = [f"{count} {word}" for count, word in ((done.added, "added"), (done.changed, "changed")) if count]
    if words:
        applying.note(what, sheet.type.name, "changed", *words)
