"""What the database holds, as the files of an application: one text for one state."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import asdict

from stepwell.identity import User
from stepwell.identity.policies.record import RecordRight
from stepwell.records import definition
from stepwell.records.types import LOOKUP_FIELDS, Field, RecordType
from stepwell.services.applications import paths, yaml_text
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


def application(found: Application, *, has_users: bool) -> bytes:
    """``app.yaml``."""
    said = {"name": found.name, "label": found.label, "version": found.version, "users": has_users}
    return yaml_text.write({name: value for name, value in said.items() if value})


def record_type(found: RecordType) -> bytes:
    """A file of ``record_types/``: its name is that of the file."""
    plain = definition.to_plain(found)
    plain.pop("name")
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


def rights_file(viewer: Viewer, names: Iterable[str]) -> bytes:
    """``rights.yaml`` with the rights for these record types."""
    found = {
        name: {right.role: _right(right) for right in viewer.known.rights[name]}
        for name in names
        if viewer.known.rights.get(name)
    }
    return yaml_text.write(found)


def _right(right: RecordRight) -> dict[str, Any]:
    said = {**asdict(right)}
    said.pop("role")
    return {name: value for name, value in said.items() if name == "see" or value not in (False, "none")}


def users_file(viewer: Viewer, names: Iterable[str]) -> bytes:
    """``users.yaml`` with these people; never with a password."""
    found = {}
    for name in names:
        user = people.fetch(viewer.session, name)
        if user is not None and user.is_active:
            said: dict[str, Any] = {
                word: getattr(user, word) for word in _PERSON
                if getattr(user, word) != getattr(_USER_DEFAULTS, word)
            }  # fmt: skip
            given = sorted(people.roles_of(viewer.session, name))
            found[name] = {**said, **({"roles": given} if given else {})}
    return yaml_text.write(found)


# -- tables ---------------------------------------------------------------------------------------------


def table(viewer: Viewer, name: str, keys: Sequence[str] | None, like: bytes | None) -> bytes:
    """The rows with these keys, in their order (None: all, by key), with the columns of a file that was before."""
    found_table = viewer.known.tables[name]
    found = _rows(viewer, found_table, keys)
    header = _header(like)
    if found_table.type.kind == "lookup" and (keys is None or "order" not in header):
        found.sort(key=lambda row: (row["order"] or 0, row["code"]))
    fields = _fields(found_table.type, header, found)
    writer = Writer(viewer, fields, found)
    text = io.StringIO()
    made = csv.writer(text, lineterminator="\n")
    made.writerow([field.name for field in fields])
    made.writerows([[writer.cell(field, row) for field in fields] for row in found])
    return text.getvalue().encode()


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


def renderers(brought: Mapping[str, Sequence[str]], like: Mapping[str, bytes]) -> dict[str, Render]:
    """How each file of an application that is made of what the database holds is written."""
    made: dict[str, Render] = {}
    for path, keys in brought.items():
        folder, name = path.partition("/")[0], paths.stem(path)
        if folder == paths.TYPES:
            made[path] = _of_type(name)
        elif folder in {paths.LOOKUPS, paths.DATA}:
            all_rows = folder == paths.LOOKUPS
            made[path] = _of_table(name, None if all_rows else keys, like.get(path))
        elif path == paths.ROLES:
            made[path] = _of(role_file, keys)
        elif path == paths.RIGHTS:
            made[path] = _of(rights_file, tuple(dict.fromkeys(key.partition("/")[0] for key in keys)))
        elif path == paths.USERS:
            made[path] = _of(users_file, tuple(key for key in keys if "/" not in key))
    return made


def _of(render: Callable[[Viewer, Iterable[str]], bytes], keys: Sequence[str]) -> Render:
    return lambda viewer: render(viewer, keys)


def _of_type(name: str) -> Render:
    return lambda viewer: record_type(viewer.known.types[name])


def _of_table(name: str, keys: Sequence[str] | None, like: bytes | None) -> Render:
    return lambda viewer: table(viewer, name, keys, like)
