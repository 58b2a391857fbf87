"""What the database holds, as the files of an application: one text for one state."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from stepwell.identity import User
from stepwell.identity.policies.record import RecordRight
from stepwell.records import definition
from stepwell.records.types import LOOKUP_FIELDS, Field, RecordType
from stepwell.services.applications import days, paths, yaml_text
from stepwell.services.records.cells import Writer, ids_by_key
from stepwell.services.records.exporting import columns
from stepwell.services.records.presenting import value_of
from stepwell.services.records.viewer import Viewer
from stepwell.store import people, roles
from stepwell.store.applications import Application
from stepwell.store.records import queries, rows
from stepwell.store.records.queries import Scope
from stepwell.store.records.table import Row, Table

_USER_DEFAULTS = User(name="")
_PERSON = ("display_name", "email", "manager", "time_zone", "language")
SLICE = 1000
MOST = 100_000


class Sifted(Struct, frozen=True):
    """What of a file is written: what was ``brought`` (None: everything), and with ``has_more`` all that somebody
    put beside it since, but not what is only ``kept``.
    """

    brought: tuple[str, ...] | None = None
    has_more: bool = False
    kept: tuple[str, ...] = ()

    def has(self, key: str) -> bool:
        """Whether it is written."""
        if self.brought is None or key in self.brought:
            return True
        return self.has_more and key not in self.kept


ALL = Sifted()


def application(found: Application, *, has_users: bool) -> bytes:
    """``app.yaml``."""
    said = {"name": found.name, "label": found.label, "version": found.version, "users": has_users}
    return yaml_text.write({name: value for name, value in said.items() if value})


def record_type(found: RecordType, sifted: Sifted) -> bytes:
    """A file of ``record_types/``: its name is that of the file."""
    plain = definition.to_plain(found)
    plain.pop("name")
    if "fields" in plain:
        plain["fields"] = [field for field in plain["fields"] if sifted.has(field["name"])]
    return yaml_text.write(plain)


def is_plain_lookup(found: RecordType) -> bool:
    """Whether a table of its values says everything about a lookup."""
    return found.kind == "lookup" and not found.fields and not found.label and not found.owner


def role_file(viewer: Viewer, names: Iterable[str]) -> bytes:
    """``roles.yaml`` with these roles, as far as they are there."""
    known = {role.name: role for role in roles.everything(viewer.session)}
    found = {}
    for name in names:
        if name in known:
            role = known[name]
            said = {
                "label": role.label, "kind": "" if role.kind == "organisational" else role.kind,
                "parent": role.parent, "rights": sorted(role.rights),
            }  # fmt: skip
            found[name] = {word: value for word, value in said.items() if value}
    return yaml_text.write(found)


def rights_file(viewer: Viewer, names: Iterable[str], sifted: Sifted) -> bytes:
    """``rights.yaml`` with the rights for these record types."""
    found = {}
    for name in names:
        held = viewer.known.rights.get(name, ())
        found[name] = {right.role: _right(right) for right in held if sifted.has(f"{name}/{right.role}")}
    return yaml_text.write({name: held for name, held in found.items() if held})


def _right(right: RecordRight) -> dict[str, Any]:
    said = {**asdict(right)}
    said.pop("role")
    return {name: value for name, value in said.items() if name == "see" or value not in (False, "none")}


def users_file(viewer: Viewer, names: Iterable[str], sifted: Sifted) -> bytes:
    """``users.yaml`` with these people; never with a password."""
    found = {}
    for name in names:
        user = people.fetch(viewer.session, name)
        if user is not None and user.is_active:
            said: dict[str, Any] = {
                word: getattr(user, word) for word in _PERSON
                if getattr(user, word) != getattr(_USER_DEFAULTS, word)
            }  # fmt: skip
            given = sorted(
                role for role in people.roles_of(viewer.session, name) if sifted.has(f"{name}/{role}")
            )
            found[name] = {**said, **({"roles": given} if given else {})}
    return yaml_text.write(found)


# -- tables ---------------------------------------------------------------------------------------------


def table(viewer: Viewer, name: str, sifted: Sifted, like: bytes | None) -> bytes:
    """The rows of a table, with the columns of a file that was before, and with the days that it counted from when
    a row came (``today-14``) where they still hold. Of records those that were brought, in their order; of a lookup,
    and without anything brought, all by their key or order.
    """
    found_table = viewer.known.tables[name]
    is_lookup = found_table.type.kind == "lookup"
    is_sifted = sifted.brought is not None and not (is_lookup and sifted.has_more)
    found = _rows(viewer, found_table, sifted.brought if is_sifted else None)
    header = _header(like)
    if is_lookup:
        found = [row for row in found if sifted.has(row["code"])]
        found.sort(key=lambda row: (row["order"] or 0, row["code"]))
    fields = _fields(found_table.type, header, found)
    cell = _cells(Writer(viewer, fields, found), found_table.type, like or b"")
    text = io.StringIO()
    made = csv.writer(text, lineterminator="\n")
    made.writerow([field.name for field in fields])
    made.writerows([[cell(field, row) for field in fields] for row in found])
    return text.getvalue().encode()


def _cells(writer: Writer, record_type: RecordType, like: bytes) -> Callable[[Field, Row], str]:
    """How a cell is written: as before if it named a day and that is still the record's."""
    said = days.said_by_key(record_type, like)
    key = record_type.field(record_type.key_field)

    def cell(field: Field, row: Row) -> str:
        before = said.get(str(value_of(key, row[key.name])), {}) if said and key else {}
        kept = before.get(field.name, "")
        return kept if kept and days.means(field, kept, row) else writer.cell(field, row)

    return cell


def _rows(viewer: Viewer, found: Table, keys: Sequence[str] | None) -> list[Row]:
    """The rows with these keys in their order, as far as they are there; or all, by key."""
    if keys is not None:
        ids = ids_by_key(viewer, found.type.name, keys)
        by_id = _fetched(viewer, found, sorted(ids.values()))
        return [by_id[ids[key]] for key in dict.fromkeys(keys) if ids.get(key) in by_id]
    ids_found = queries.ids(
        viewer.session, Scope(found, {}), (0, queries.highest_id(viewer.session, found)), MOST
    )
    key = found.type.field(found.type.key_field)
    return sorted(
        _fetched(viewer, found, ids_found).values(),
        key=lambda row: str(value_of(key, row[key.name])) if key else "",
    )


def _fetched(viewer: Viewer, found: Table, ids: Sequence[int]) -> dict[int, Row]:
    by_id: dict[int, Row] = {}
    for at in range(0, len(ids), SLICE):
        by_id |= rows.fetch(viewer.session, found, ids[at : at + SLICE], viewer.known.names)
    return by_id


def _header(like: bytes | None) -> list[str]:
    if like is None:
        return []
    text = like.decode(errors="replace").removeprefix("\ufeff")
    first = next(csv.reader(io.StringIO(text, newline="")), [])
    return [name.strip() for name in first]


def _fields(record_type: RecordType, header: Sequence[str], found: Sequence[Row]) -> list[Field]:
    """The columns that were there, and those in which something stands that is not as always."""
    every = columns(record_type, None)
    if not header:
        return every
    by_name = {field.name: field for field in every}
    own = [by_name[name] for name in header if name in by_name]
    passed = {"order"} if record_type.kind == "lookup" else set()
    more = [
        field for field in every
        if field.name not in header and field.name not in passed and any(_is_said(field, row) for row in found)
    ]  # fmt: skip
    return [*own, *more]


def _is_said(field: Field, row: Row) -> bool:
    value = value_of(field, row[field.name])
    is_empty = value is None or value == () or (value is False and field not in LOOKUP_FIELDS)
    return not is_empty and str(value) != str(field.default)


Render = Callable[[Viewer], bytes]


def renderer(path: str, sifted: Sifted, like: bytes | None) -> Render | None:
    """How a file of an application that is made of what the database holds is written; None for any other file."""
    folder, name = path.partition("/")[0], paths.stem(path)
    keys = sifted.brought or ()
    if folder == paths.TYPES:
        return lambda viewer: record_type(viewer.known.types[name], sifted)
    if folder in {paths.LOOKUPS, paths.DATA}:
        return lambda viewer: table(viewer, name, sifted, like)
    if path == paths.ROLES:
        return lambda viewer: role_file(viewer, keys)
    if path == paths.RIGHTS:
        types = tuple(dict.fromkeys(key.partition("/")[0] for key in keys))
        return lambda viewer: rights_file(viewer, types, sifted)
    if path == paths.USERS:
        return lambda viewer: users_file(viewer, [key for key in keys if "/" not in key], sifted)
    return None
