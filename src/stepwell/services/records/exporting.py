"""Records as a CSV file, a piece at a time; an import of it changes nothing."""

import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from msgspec.structs import replace

from stepwell.identity import Actor
from stepwell.records.filling import writable
from stepwell.records.types import SYSTEM_FIELDS, Field, RecordType
from stepwell.services.cursors import LARGEST_PAGE
from stepwell.services.records.cells import Writer
from stepwell.services.records.reading import ListAsked, rows_of
from stepwell.services.records.viewer import Viewer, ask
from stepwell.store import Store


def export_csv(store: Store, actor: Actor, asked: ListAsked) -> Iterator[str]:
    """The records that are asked for, in pieces of text; the first has the header.

    The order is that asked for, else that of the ids. Raises ``NotFound`` and ``Invalid`` at the first piece.
    """
    asked = replace(asked, limit=LARGEST_PAGE, sort=asked.sort or ("id",))
    is_first = True
    while True:
        text, after = ask(store, actor, partial(_piece, asked=asked, is_first=is_first))
        yield text
        if after is None:
            return
        is_first, asked = False, replace(asked, after=after)


def columns(record_type: RecordType, wanted: Sequence[str] | None) -> list[Field]:
    """The fields of the file: the key or the id first, then those wanted, or all whose values are given."""
    own = [field for field in writable(record_type) if field.type != "file"]
    if wanted is not None:
        own = [field for field in record_type.all_fields if field.name in wanted]
    key = record_type.field(record_type.key_field) if record_type.key_field else None
    first = key or SYSTEM_FIELDS["id"]
    return [first, *(field for field in own if field.name != first.name)]


def _piece(viewer: Viewer, *, asked: ListAsked, is_first: bool) -> tuple[str, str | None]:
    fields = columns(viewer.type(asked.type), asked.columns)
    found, after = rows_of(viewer, asked)
    cells = Writer(viewer, fields, found)
    lines: list[list[Any]] = [[field.name for field in fields]] if is_first else []
    lines += [[cells.cell(field, row) for field in fields] for row in found]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue(), after
