"""Values in the cells of a CSV file: how they are written and read back, exactly.

Links stand there by the key of the record they lead to if its type has one, else by its id. A text that a
spreadsheet would take for a formula gets an apostrophe in front, which goes again when it is read.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from stepwell.records.stored import fold
from stepwell.records.types import TEXTS, Field
from stepwell.records.values import reference, to_plain
from stepwell.services.records.presenting import value_of
from stepwell.services.records.viewer import Viewer
from stepwell.store.records import rows
from stepwell.store.records.table import Row, compared_column

SEPARATOR = ";"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def escaped(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unescaped(text: str) -> str:
    """The text that was written so."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def joined(several: Sequence[str]) -> str:
    """Several texts in one cell."""
    text = io.StringIO()
    csv.writer(text, delimiter=SEPARATOR, lineterminator="").writerow(several)
    return text.getvalue()


def split(cell: str) -> list[str]:
    """The texts that were joined."""
    found = next(csv.reader([cell], delimiter=SEPARATOR, skipinitialspace=True), [])
    return [part.strip() for part in found if part.strip()]


class Writer:
    """The cells of some rows: their links are looked up together."""

    def __init__(self, viewer: Viewer, fields: Sequence[Field], found: Sequence[Row]) -> None:
        wanted: dict[str, set[int]] = defaultdict(set)
        for field in fields:
            for row in found:
                for to, id in links_in(field, row.get(field.name)):
                    wanted[to].add(id)
        self.keys = {to: _keys(viewer, to, ids) for to, ids in wanted.items()}

    def cell(self, field: Field, row: Row) -> str:
        """The value of a field as text."""
        raw = row[field.name]
        if raw is None:
            return ""
        if field.type in {"link", "links"}:
            several = [self.link(field, to, id) for to, id in links_in(field, raw)]
            return several[0] if field.type == "link" else joined(several)
        value = to_plain(field, value_of(field, raw))
        if isinstance(value, bool):
            return "true" if value else "false"
        return escaped(str(value)) if field.kind in TEXTS or field.kind == "lookup" else str(value)

    def link(self, field: Field, to: str, id: int) -> str:
        key = self.keys[to].get(id)
        if field.type == "link":
            return escaped(key) if key is not None else str(id)
        return reference(to, id) if key is None else f"{to}/{key}"


def links_in(field: Field, raw: Any) -> Iterable[tuple[str, int]]:
    """Where a stored value leads."""
    if field.type == "link":
        return [] if raw is None else [(field.to, raw)]
    if field.type == "links":
        pairs = (text.split("/", 1) for text in raw or ())
        return [(to, int(id)) for to, id in pairs]
    return []


def _keys(viewer: Viewer, to: str, ids: set[int]) -> dict[int, str]:
    """The key of each record by its id, for a type that has one."""
    record_type = viewer.known.types.get(to)
    field = record_type.field(record_type.key_field) if record_type and record_type.key_field else None
    if record_type is None or field is None:
        return {}
    found = rows.fetch(viewer.session, viewer.known.tables[to], sorted(ids), viewer.known.names)
    keys = ((id, to_plain(field, value_of(field, row[field.name]))) for id, row in found.items())
    return {id: str(key) for id, key in keys if key is not None}


def ids_by_key(viewer: Viewer, to: str, keys: Iterable[str]) -> dict[str, int]:
    """The id of each record by its key, as it stands in a file; without a key field the keys are ids."""
    record_type = viewer.known.types.get(to)
    field = record_type.field(record_type.key_field) if record_type and record_type.key_field else None
    if field is None:
        return {key: int(key) for key in keys if key.isascii() and key.isdigit() and len(key) <= 18}
    raws = {key: raw for key in keys if (raw := raw_key(field, key)) is not None}
    held = rows.taken(viewer.session, viewer.known.tables[to], compared_column(field), raws.values())
    return {key: held[raw][0] for key, raw in raws.items() if raw in held}


def raw_key(field: Field, cell: str) -> Any:
    """The stored form of a key as it is compared; None for what can be none."""
    from stepwell.records.stored import to_raw
    from stepwell.records.values import UnfitError, coerce

    try:
        raw = to_raw(field, coerce(field, cell))
    except UnfitError:
        return None
    return fold(str(raw)) if field.is_folded and raw is not None else raw
