"""What an earlier deployment brought and the folder has no more: kept and listed, or with ``prune`` taken away.

Nothing that holds data goes unless that is said too, and nothing goes that others still lead to.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from msgspec import Struct

from stepwell.errors import Rejection
from stepwell.records import definition
from stepwell.services import people, roles
from stepwell.services.applications import paths
from stepwell.services.applications.applying import Applying
from stepwell.services.applications.applying_types import set_rights
from stepwell.services.applications.report import Done, What
from stepwell.services.records import deleting, record_types
from stepwell.services.records.cells import ids_by_key
from stepwell.services.records.writing import Given
from stepwell.store import deploying, lookups
from stepwell.store import roles as role_rows
from stepwell.store.people import fetch
from stepwell.store.records import catalogue

NOT_SAID = "the folder has it no more; --prune takes it away"
WITH_DATA = "it may hold data; --prune --with-data takes it away"
_ORDER = (
    paths.PROCESSES, paths.PAGES, paths.DECISIONS, paths.MAIL, paths.DATA, paths.RIGHTS, paths.TYPES,
    paths.LOOKUPS, paths.USERS, paths.ROLES,
)  # fmt: skip


class Pruning(Struct, frozen=True):
    """What may go: nothing, what is empty, or (``with_data``) what holds data too."""

    is_on: bool = False
    with_data: bool = False


class Gone(Struct, frozen=True):
    """Something that the folder has no more: which file brought it under which key, and how it is taken away.

    ``loosen`` makes it lead to nothing else; whether it did before.
    """

    what: What
    name: str
    path: str
    key: str
    take: Callable[[], object]
    done: Done = "removed"
    holds_data: bool = False
    loosen: Callable[[], bool] | None = None


def prune(applying: Applying, pruning: Pruning) -> None:
    """List what is gone, and take away what may go."""
    found = [
        gone for path in sorted(applying.old, key=_order)
        for key in dict.fromkeys((*reversed(applying.gone(path)), *_whole(applying, path)))
        for gone in _found(applying, pruning, path, key)
    ]  # fmt: skip
    for gone in found:
        if not pruning.is_on:
            applying.keep(gone.what, gone.name, NOT_SAID, (gone.path, gone.key))
        elif gone.holds_data and not pruning.with_data:
            applying.keep(gone.what, gone.name, WITH_DATA, (gone.path, gone.key))
    if pruning.is_on:
        _take(applying, [gone for gone in found if pruning.with_data or not gone.holds_data])


def _order(path: str) -> tuple[int, str]:
    folder = path.removesuffix(".yaml").partition("/")[0]
    order = [name.removesuffix(".yaml") for name in _ORDER]
    return (order.index(folder) if folder in order else len(order), path)


def _take(applying: Applying, found: list[Gone]) -> None:
    """Take things away, again and again while that makes way for others; the rest stays, with its reason."""
    reasons: dict[int, str] = {}
    while found:
        left = [gone for gone in found if not _is_taken(applying, gone, reasons)]
        if len(left) == len(found) and not sum(map(_is_loosened, left)):
            break
        found = left
    for gone in found:
        applying.keep(gone.what, gone.name, reasons[id(gone)], (gone.path, gone.key))


def _is_taken(applying: Applying, gone: Gone, reasons: dict[int, str]) -> bool:
    try:
        gone.take()
    except Rejection as refusal:
        reasons[id(gone)] = refusal.message
        return False
    applying.note(gone.what, gone.name, gone.done)
    return True


def _is_loosened(gone: Gone) -> bool:
    """Whether it does not lead to others any more, and did before: types may lead to each other in a circle."""
    try:
        return gone.loosen is not None and gone.loosen()
    except Rejection:
        return False


def _whole(applying: Applying, path: str) -> Iterator[str]:
    """The empty key, for a record type that is gone altogether."""
    folder, _, name = path.partition("/")
    if path in applying.written.files:
        return
    as_type = f"{paths.TYPES}/{paths.stem(name)}.yaml"
    known = applying.written.files.keys() | applying.old.keys()
    if folder == paths.TYPES or (folder == paths.LOOKUPS and as_type not in known):
        yield ""


def _found(applying: Applying, pruning: Pruning, path: str, key: str) -> Iterator[Gone]:
    part = _PARTS.get(path.partition("/")[0])
    if part is None:
        return
    if not key:
        part = _type
    yield from part(applying, pruning, path, key)


Found = Iterator[Gone]


def _process(applying: Applying, _: Pruning, path: str, key: str) -> Found:
    start = f"{paths.PROCESSES}/"
    is_elsewhere = any(
        key in brought for other, brought in applying.brought.items() if other.startswith(start)
    )
    if not is_elsewhere and key in lookups.latest_definitions(applying.tx.session):
        take = partial(deploying.deactivate, applying.tx.session, key)
        yield Gone("process", key, path, key, take, "deactivated")


def _text(_applying: Applying, _: Pruning, path: str, key: str) -> Found:
    """A file that goes with its row, at the end."""
    whats: Mapping[str, What] = {paths.PAGES: "page", paths.DECISIONS: "decision", paths.MAIL: "mail"}
    yield Gone(whats[path.partition("/")[0]], key, path, key, lambda: None)


def _row(applying: Applying, _: Pruning, path: str, key: str) -> Found:
    """A record, or a value of a lookup; one to which others lead stays."""
    work = applying.work()
    name = paths.stem(path)
    found = ids_by_key(work, name, [key]) if name in work.known.types else {}
    if found:
        is_lookup = path.startswith(f"{paths.LOOKUPS}/")
        what: What = "lookup" if is_lookup else "records"

        def take() -> None:
            work = applying.work()
            deleting.delete(work, name, [Given({}, found[key])])
            applying.changes += work.changes

        yield Gone(what, f"{name}/{key}", path, key, take, holds_data=not is_lookup)


def _right(applying: Applying, _: Pruning, path: str, key: str) -> Found:
    name, role = key.split("/", 1)
    known = catalogue.load(applying.tx.session)
    if any(right.role == role for right in known.rights.get(name, ())):
        take = partial(set_rights, applying, name, {}, frozenset({role}))
        yield Gone("rights", key, path, key, take)


def _field(applying: Applying, pruning: Pruning, path: str, key: str) -> Found:
    """A field of a type that stays."""
    name = paths.stem(path)
    old = catalogue.load(applying.tx.session).types.get(name)
    if old is not None and name in applying.written.types and any(field.name == key for field in old.fields):

        def take() -> None:
            known = catalogue.load(applying.tx.session).types[name]
            data = definition.to_plain(known)
            data["fields"] = [field for field in data["fields"] if field["name"] != key]
            record_types.put_in(applying.tx, data, applying.actor, with_data=pruning.with_data)

        yield Gone("record type", f"{name}.{key}", path, key, take)


def _type(applying: Applying, pruning: Pruning, path: str, key: str) -> Found:
    """A type that is gone altogether; ``key`` is empty."""
    name = paths.stem(path)
    if name in catalogue.load(applying.tx.session).types:
        take = partial(record_types.remove_in, applying.tx, name, with_data=pruning.with_data)
        loosen = partial(_without_links, applying, name, with_data=pruning.with_data)
        yield Gone("record type", name, path, key, take, loosen=loosen)


def _without_links(applying: Applying, name: str, *, with_data: bool) -> bool:
    """Take the fields of a type away that lead to others; whether there were any."""
    data = definition.to_plain(catalogue.load(applying.tx.session).types[name])
    fields = data.get("fields", [])
    left = [field for field in fields if field["type"] not in {"lookup", "link", "links"}]
    if len(left) == len(fields):
        return False
    record_types.put_in(applying.tx, {**data, "fields": left}, applying.actor, with_data=with_data)
    return True


def _user(applying: Applying, _: Pruning, path: str, key: str) -> Found:
    """People are never deleted, only disabled."""
    name, slash, role = key.partition("/")
    session = applying.tx.session
    person = fetch(session, name)
    if person is None or not person.is_active:
        return
    if not slash:
        take = partial(people.set_active_in, applying.tx, name, is_active=False, actor=applying.actor)
        yield Gone("person", name, path, key, take, "deactivated")
    elif role_rows.is_member(session, name, role):
        take_out = partial(roles.remove_member_in, applying.tx, role, name, applying.actor)
        yield Gone("person", f"{name}, member of {role}", path, key, take_out)


def _role(applying: Applying, _: Pruning, path: str, key: str) -> Found:
    if role_rows.fetch(applying.tx.session, key) is not None:
        yield Gone("role", key, path, key, partial(roles.remove_in, applying.tx, key, applying.actor))


_PARTS: Mapping[str, Callable[[Applying, Pruning, str, str], Found]] = {
    paths.PROCESSES: _process, paths.PAGES: _text, paths.DECISIONS: _text, paths.MAIL: _text,
    paths.DATA: _row, paths.LOOKUPS: _row, paths.RIGHTS: _right, paths.TYPES: _field,
    paths.USERS: _user, paths.ROLES: _role,
}  # fmt: skip
