"""Record types and the rights for them, as a folder says they are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from stepwell.errors import Invalid, Problem
from stepwell.identity.policies.record import EVERYBODY, RecordRight
from stepwell.records import definition
from stepwell.records.naming import shown
from stepwell.records.types import LOOKUP_FIELDS, RecordType
from stepwell.services.applications import paths
from stepwell.services.applications.applying import Applying
from stepwell.services.applications.paths import within
from stepwell.services.applications.written import TypeFile
from stepwell.services.records import record_types
from stepwell.store import roles
from stepwell.store.records import catalogue

Data = Mapping[str, Any]
_LEADING = {"lookup", "link", "links"}


def put_types(applying: Applying) -> None:
    """Make and change the record types of the folder; fields that it does not have stay."""
    there = set(catalogue.load(applying.tx.session).types)
    for name in _plain_lookups(applying):
        if name not in there:
            record_types.put_in(applying.tx, {"name": name, "kind": "lookup"}, applying.actor)
            applying.note("record type", name, "made")
            there.add(name)
    files = applying.written.types
    again = []
    for file in _in_order(files):
        late = _late(file, files, there)
        is_put = _put(applying, file, late)
        there |= {paths.stem(file.path)} if is_put else set()
        again += [file] if late and is_put else []
        applying.brought[file.path] = tuple(field["name"] for field in _fields(file.data))
    for file in again:  # links in a circle
        _put(applying, file, _late(file, files, there))


def _late(file: TypeFile, files: Mapping[str, TypeFile], there: set[str]) -> set[str]:
    """The types of the folder that it leads to and that are not there yet."""
    return (_targets(file.data) & files.keys()) - there - {paths.stem(file.path)}


def _plain_lookups(applying: Applying) -> Iterator[str]:
    """Lookups that are a table and nothing else."""
    for name in within(applying.written.files, paths.LOOKUPS):
        stem = paths.stem(name)
        if stem not in applying.written.types:
            yield stem


def _in_order(files: Mapping[str, TypeFile]) -> list[TypeFile]:
    """Each behind the types it leads to, as far as that can be."""
    placed: dict[str, TypeFile] = {}
    on_the_way: set[str] = set()

    def place(name: str) -> None:
        if name in placed or name in on_the_way:
            return
        on_the_way.add(name)
        for target in sorted(_targets(files[name].data)):
            if target in files:
                place(target)
        placed[name] = files[name]

    for name in sorted(files):
        place(name)
    return list(placed.values())


def _fields(data: Data) -> list[dict[str, Any]]:
    """The fields as far as they are any."""
    fields = data.get("fields")
    found = fields if isinstance(fields, list) else []
    return [field for field in found if isinstance(field, dict) and isinstance(field.get("name"), str)]


def _targets(data: Data) -> set[str]:
    """The types that fields lead to."""
    return {
        field["to"] for field in _fields(data)
        if field.get("type") in _LEADING and isinstance(field.get("to"), str) and field["to"]
    }  # fmt: skip


def _put(applying: Applying, file: TypeFile, late: set[str]) -> bool:
    """Put one type, but for the fields that lead to types which are not there yet; whether it fits."""
    name = paths.stem(file.path)
    old = catalogue.load(applying.tx.session).types.get(name)
    data = dict(file.data)
    if late and isinstance(data.get("fields"), list):
        data["fields"] = [field for field in data["fields"] if not _leads_to(field, late)]
    try:
        put = record_types.put_in(applying.tx, with_kept(data, old), applying.actor)
    except Invalid as refusal:
        found = refusal.problems or [Problem(refusal.code, refusal.message)]
        applying.written.problems += [file.moved(problem) for problem in found]
        return False
    if put.done != "nothing":
        _note(applying, put)
    return True


def _note(applying: Applying, put: record_types.Put) -> None:
    """One line for each type, also when it takes two steps."""
    mine = [item for item in applying.changed if (item.what, item.name) == ("record type", put.name)]
    if mine:
        applying.changed[applying.changed.index(mine[0])] = replace(
            mine[0], details=(*mine[0].details, *put.alterations) if mine[0].done == "changed" else ()
        )
    else:
        applying.note("record type", put.name, "made" if put.done == "made" else "changed", *put.alterations)


def _leads_to(field: Any, names: set[str]) -> bool:
    return isinstance(field, dict) and field.get("type") in _LEADING and field.get("to") in names


def with_kept(data: Data, old: RecordType | None, without: Sequence[str] = ()) -> dict[str, Any]:
    """The definition with the fields that the type has beside; but ``without`` these."""
    if old is None or not isinstance(data.get("fields", []), list):
        return dict(data)
    fields = _fields(data)
    said = {field["name"] for field in fields} | {field.get("was") for field in fields}
    said |= {field.name for field in LOOKUP_FIELDS} if old.kind == "lookup" else set()
    kept = [
        field for field in definition.to_plain(old).get("fields", [])
        if field["name"] not in said and field["name"] not in without
    ]  # fmt: skip
    return {**data, "fields": [*data.get("fields", []), *kept]}


# -- rights ---------------------------------------------------------------------------------------------


def put_rights(applying: Applying) -> None:
    """Give roles the rights of ``rights.yaml``; those of roles that it does not name stay."""
    wanted = applying.written.rights
    if wanted is None:
        return
    tree = {role.name for role in roles.everything(applying.tx.session)} | {EVERYBODY}
    for name, by_role in wanted.items():
        for role in by_role.keys() - tree:
            message = f'Expected a role or "*" for everybody, but there is no {shown(role)}.'
            applying.written.complain("role.unknown", message, paths.RIGHTS, f"{name}.{role}")
        if name in applying.written.types and name not in applying.known.types:
            continue  # what is wrong with it is told already
        if name not in applying.known.types:
            message = f"Expected a record type, but there is no {shown(name)}."
            applying.written.complain("record-type.unknown", message, paths.RIGHTS, name)
            continue
        with applying.telling(paths.RIGHTS, name):
            set_rights(applying, name, by_role)
    applying.brought[paths.RIGHTS] = tuple(
        f"{name}/{role}" for name, found in wanted.items() for role in found
    )


def set_rights(
    applying: Applying, name: str, by_role: Mapping[str, RecordRight], without: frozenset[str] = frozenset()
) -> None:
    """Give these roles their rights for a type; other roles keep theirs, but ``without`` some."""
    old = {right.role: right for right in catalogue.load(applying.tx.session).rights.get(name, ())}
    new = {role: right for role, right in old.items() if role not in without} | dict(by_role)
    if new == old:
        return
    record_types.put_rights_in(applying.tx, name, list(new.values()), applying.actor)
    words = [f"{role}: removed" for role in sorted(old.keys() - new.keys())]
    words += [_in_words(new[role]) for role in sorted(new) if new[role] != old.get(role)]
    applying.note("rights", name, "changed", *words)


def _in_words(right: RecordRight) -> str:
    said = f"see {right.see}, change {right.change}, delete {right.delete}"
    return f"{right.role}: {said}{', add' if right.add else ''}"
