"""Record types: what there are, made, changed and removed while everything runs; and the rights for each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace

from stepwell.errors import Conflict, Contended, Invalid, NotFound, Problem, Unavailable
from stepwell.identity import Actor
from stepwell.identity.policies import record as policy
from stepwell.identity.policies.record import RecordRight
from stepwell.records import definition, shipped
from stepwell.records.altering import AddField, Alteration, RemoveField, alterations
from stepwell.records.asking import Asking
from stepwell.records.naming import shown
from stepwell.records.types import Field, RecordType
from stepwell.services.allowing import allow
from stepwell.services.auditing import note_change
from stepwell.services.moments import moment
from stepwell.services.records import formulas
from stepwell.services.records.checking import Draft
from stepwell.services.records.type_views import RecordTypeView, view
from stepwell.services.records.viewer import ask, zone_of
from stepwell.services.records.work import difference
from stepwell.services.repeating import repeatable
from stepwell.store import Store
from stepwell.store.records import attachments, catalogue, ddl, queries, rows
from stepwell.store.records.altering import Altering
from stepwell.store.records.catalogue import Known
from stepwell.store.records.table import Table
from stepwell.store.session import TakenError
from stepwell.store.transaction import Transaction

Done = TypeVar("Done")

SLICE = 1000
LOCK = "record types"


class Put(Struct, frozen=True):
    """What came of keeping a definition: ``done`` is made, changed or nothing, ``alterations`` in words."""

    name: str
    done: str
    alterations: tuple[str, ...] = ()
    revision: int = 1


def page(store: Store, actor: Actor) -> tuple[RecordTypeView, ...]:
    """The record types that the person may see, by name."""
    return ask(store, actor, lambda viewer: tuple(view(viewer, found) for found in viewer.visible.values()))


def load(store: Store, actor: Actor, name: str) -> RecordTypeView:
    """One record type; raises ``NotFound``."""
    return ask(store, actor, lambda viewer: view(viewer, viewer.type(name)))


def rights(store: Store, actor: Actor, name: str) -> tuple[RecordRight, ...]:
    """Who may do what with the records of a type; for those who administer."""
    allow(
        policy.may_see_rights(actor),
        "record-type.forbidden",
        f"Expected to be allowed to see the rights for {shown(name)}",
    )
    return ask(store, actor, lambda viewer: viewer.known.rights.get(viewer.type(name).name, ()))


class Change(Struct, frozen=True, kw_only=True):
    """A change of record types that somebody asks for; ``key`` makes a repetition answer as the first time.

    ``is_new``: the type must not be there yet, or must be there; None is either. ``seen``: the rights that are changed,
    as they were when somebody began to; None is whatever they are.
    """

    actor: Actor
    key: str = ""
    with_data: bool = False
    is_new: bool | None = None
    seen: tuple[RecordRight, ...] | None = None


def put(store: Store, data: Mapping[str, Any], asked: Change) -> Put:
    """Make a record type, or change the one of that name to be as ``data`` says.

    Raises ``Invalid``: ``record-type.invalid`` with everything that is wrong with it,
    ``record-type.in-the-way`` with the records that keep it from being changed so, and how many these are;
    with ``with_data`` the values of fields that go are lost.
    """
    _allow(asked.actor)

    def carry_out(tx: Transaction) -> Put:
        _expect_new(tx, data.get("name"), asked.is_new)
        return put_in(tx, data, asked.actor, with_data=asked.with_data)

    return _repeatable(store, asked, ("put", dict(data), asked.with_data), carry_out, Put)


def remove(store: Store, name: str, asked: Change) -> Put:
    """Remove a record type; raises ``Conflict`` when others lead to it, or when it has records and not ``with_data``."""
    _allow(asked.actor)

    def carry_out(tx: Transaction) -> Put:
        return remove_in(tx, name, with_data=asked.with_data)

    return _repeatable(store, asked, ("remove", name, asked.with_data), carry_out, Put)


class Rights(Struct, frozen=True):
    """All rights for the records of a type."""

    rights: tuple[RecordRight, ...]


def put_rights(store: Store, name: str, wanted: Sequence[RecordRight], asked: Change) -> Rights:
    """Give the roles these rights for the records of a type, and no others.

    Raises ``Conflict`` (``record-rights.outdated``) when somebody gave others since those of ``asked.seen``.
    """
    _allow(asked.actor)

    def carry_out(tx: Transaction) -> Rights:
        if asked.seen is not None:
            _expect_seen(tx, name, asked.seen, wanted)
        return Rights(put_rights_in(tx, name, wanted, asked.actor))

    content = ("rights", name, repr(tuple(wanted)), *([repr(asked.seen)] if asked.seen is not None else []))
    return _repeatable(store, asked, content, carry_out, Rights)


def _allow(actor: Actor) -> None:
    verdict = policy.may_manage_types(actor)
    allow(verdict, "record-type.forbidden", "Expected to be allowed to change record types")


def _repeatable(
    store: Store, asked: Change, content: object, carry_out: Callable[[Transaction], Done], kind: type[Done]
) -> Done:
    try:
        with store.transaction() as tx:
            return repeatable(tx, (asked.actor.name, asked.key), content, lambda: carry_out(tx), kind)
    except Contended:
        message = "Expected to have the records for a moment, but others work with them; try again."
        raise Unavailable("record-type.busy", message) from None
    except TakenError:
        message = "Expected unique values to stay different, but some would become the same."
        raise Invalid("record-type.in-the-way", message) from None


# -- within a transaction -------------------------------------------------------------------------------


def put_in(tx: Transaction, data: Mapping[str, Any], actor: Actor, *, with_data: bool = False) -> Put:
    """``put`` inside the caller's transaction, which is of no use any more when this raises."""
    tx.session.lock_name(LOCK)
    known = catalogue.load(tx.session)
    read = definition.read(data, known.types)
    problems = (*formulas.problems(read.record_type), *_not_as_shipped(read.record_type))
    if problems:
        message = f"Expected a record type, but {shown(read.record_type.name)} has problems."
        raise Invalid("record-type.invalid", message, problems)
    asking = Asking(moment(tx.now), zone_of(actor.time_zone), actor.name, actor.roles)
    old = known.types.get(read.record_type.name)
    if old is None:
        return _make(tx, read.record_type)
    return _alter(tx, (known, old), read, asking, with_data=with_data)


def _expect_new(tx: Transaction, name: object, is_new: bool | None) -> None:
    known = catalogue.load(tx.session).types if is_new is not None else {}
    if is_new and name in known:
        raise Conflict("record-type.exists", f"Expected a new record type, but there is a {shown(name)}.")
    if is_new is False and name not in known:
        raise NotFound("record-type.unknown", f"Expected a record type, but there is no {shown(name)}.")


def _not_as_shipped(found: RecordType) -> Iterator[Problem]:
    """Fields without which the steps of processes could not rely on what Stepwell brings."""
    for written in shipped.TYPES:
        for wanted in written.get("fields", ()) if written["name"] == found.name else ():
            field = found.field(wanted["name"])
            if field is None or (field.type, field.to) != (wanted["type"], wanted.get("to", "")):
                message = f"Expected field {wanted['name']} of '{found.name}' to stay as Stepwell brings it."
                yield Problem("field.shipped", message, field=wanted["name"])


def _make(tx: Transaction, new: RecordType) -> Put:
    made = catalogue.insert(tx.session, new)
    ddl.create(tx.session, Table(made))
    tx.raise_epoch()
    return Put(made.name, "made")


def _alter(
    tx: Transaction,
    place: tuple[Known, RecordType],
    read: definition.Read,
    asking: Asking,
    *,
    with_data: bool,
) -> Put:
    known, old = place
    new = _with_numbers(old, read)
    found = alterations(old, new, read.renamed)
    if not found and replace(new, number=old.number, revision=old.revision) == old:
        return Put(old.name, "nothing", revision=old.revision)
    work = Altering(tx.session, known.tables[old.name], known.tables, asking)
    work.check(found, with_data=with_data)
    made = catalogue.update(tx.session, old, new)
    work.apply(found, made, lambda table, fields: _recalculate(tx, table, fields, asking))
    tx.raise_epoch()
    return Put(made.name, "changed", tuple(map(words, found)), made.revision)


def _with_numbers(old: RecordType, read: definition.Read) -> RecordType:
    """The new definition in which fields that stay have the numbers of the old one."""
    numbers = {field.name: field.number for field in old.fields}
    fields = []
    for field in read.record_type.fields:
        was = read.renamed.get(field.name, "")
        number = numbers.get(was if was in numbers else field.name, 0)
        fields.append(replace(field, number=number))
    return replace(read.record_type, fields=tuple(fields))


def words(found: Alteration) -> str:
    """An alteration as people read it."""
    kind = type(found).__name__
    if isinstance(found, AddField | RemoveField):
        return f"{kind.removesuffix('Field').lower()} {found.field.name}"
    verb = {
        "RenameField": "rename",
        "ConvertField": "convert",
        "CheckField": "restrict",
        "IndexField": "index",
    }
    name = f"{found.old.name} to {found.new.name}" if kind == "RenameField" else found.new.name
    return f"{verb.get(kind, 'recalculate')} {name}"


def _recalculate(tx: Transaction, table: Table, fields: Sequence[Field], asking: Asking) -> None:
    """Work out calculated fields of all records anew, some at a time."""
    scope = queries.Scope(table, {})
    last, highest = 0, queries.highest_id(tx.session, table)
    names = {field.name for field in fields}
    while ids := queries.ids(tx.session, scope, (last, highest), SLICE):
        found = rows.fetch(tx.session, table, ids, {})
        drafts = [Draft(dict(row), row) for row in found.values()]
        for draft in drafts:
            formulas.calculate(table.type, draft.row, asking)
            draft.changed = difference(table, draft.before or {}, draft.row)
        changed = [draft.row for draft in drafts if draft.changed]
        if changed:
            rows.update(tx.session, table, changed, names, {})
        last = ids[-1]


def remove_in(tx: Transaction, name: str, *, with_data: bool = False) -> Put:
    """``remove`` inside the caller's transaction."""
    tx.session.lock_name(LOCK)
    known = catalogue.load(tx.session)
    found = _known(known, name)
    if name in shipped.NAMES:
        message = f"Expected a record type of this installation, but '{name}' belongs to Stepwell and stays."
        raise Conflict("record-type.shipped", message)
    using = [
        f"{other.name}.{field.name}" for other in known.types.values() for field in other.linking()
        if field.to == name and other.name != name
    ]  # fmt: skip
    if using:
        message = f"Expected that no field leads to '{name}', but there are: {', '.join(using)}."
        raise Conflict("record-type.in-use", message)
    table = known.tables[name]
    ddl.lock(tx.session, table)
    count = queries.count(tx.session, queries.Scope(table, {}), 1_000_000)
    linked = tx.session.read("select count(*) from record_link where to_type = ?", found.number)[0][0]
    if (count or linked) and not with_data:
        message = f"Expected '{name}' to be empty before it is removed, but it has {count} records; say with_data to lose them."
        raise Conflict("record-type.not-empty", message, {"records": count})
    tx.session.run("delete from record_link where to_type = ?", found.number)
    attachments.mark_of_type(tx.session, name, tx.now)
    ddl.drop(tx.session, table)
    catalogue.delete(tx.session, found)
    tx.raise_epoch()
    return Put(name, "removed", revision=found.revision)


def put_rights_in(
    tx: Transaction, name: str, wanted: Sequence[RecordRight], actor: Actor
) -> tuple[RecordRight, ...]:
    """``put_rights`` inside the caller's transaction."""
    tx.session.lock_name(LOCK)
    known = catalogue.load(tx.session)
    found = _known(known, name)
    by_role = {right.role: right for right in wanted}
    if len(by_role) < len(wanted) or not all(role.strip() and len(role) <= 255 for role in by_role):
        raise Invalid("right.invalid", "Expected each role once, by its name, but found otherwise.")
    sorted_rights = tuple(by_role[role] for role in sorted(by_role))
    catalogue.set_rights(tx.session, found, sorted_rights)
    before = known.rights.get(name, ())
    note_change(tx, actor, ("record-rights.changed", name), _facts(before), _facts(sorted_rights))
    tx.raise_epoch()
    return sorted_rights


def _expect_seen(
    tx: Transaction, name: str, seen: Sequence[RecordRight], wanted: Sequence[RecordRight]
) -> None:
    """That nobody has given other rights since these were seen; told with what stands there now and what was meant."""
    tx.session.lock_name(LOCK)
    now = catalogue.load(tx.session).rights.get(name, ())
    if _facts(now) != _facts(seen):
        message = f"Expected the rights for {shown(name)} to be as they were seen, but somebody has changed them since."
        raise Conflict("record-rights.outdated", message, {"theirs": list(now), "yours": list(wanted)})


def _facts(rights: Sequence[RecordRight]) -> dict[str, Any]:
    """What is noted of rights when they change: those of each role."""
    found: dict[str, Any] = {right.role: asdict(right) for right in rights}
    return found


def _known(known: Known, name: str) -> RecordType:
    found = known.types.get(name)
    if found is None:
        raise NotFound("record-type.unknown", f"Expected a record type, but there is no {shown(name)}.")
    return found
