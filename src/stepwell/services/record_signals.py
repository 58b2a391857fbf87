"""Record signals: changes of records become deliveries to whoever waits at that moment; when one is carried out,
the record is read again to see whether it meets the filter.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from stepwell import feel
from stepwell.engine import deliveries as d
from stepwell.engine.commands import CatchRecords, MissRecords, RecordChange, StartInstance
from stepwell.engine.record_filter import filled
from stepwell.engine.record_signal import RecordSignalDefinition, unpack
from stepwell.engine.run import DEEPEST
from stepwell.errors import Rejection
from stepwell.identity import STEPWELL
from stepwell.records import filters
from stepwell.records.bound import matches
from stepwell.records.changes import Change, Changes
from stepwell.records.stored import moment
from stepwell.records.values import reference
from stepwell.services import step_records
from stepwell.services.records.presenting import feel_values
from stepwell.services.records.reading import bound_of
from stepwell.services.records.viewer import Viewer
from stepwell.services.requests import Done
from stepwell.store.deliveries import Delivery, RecordArgs, record_args
from stepwell.store.records import queries, rows, watchers
from stepwell.store.records.queries import Scope
from stepwell.store.records.watchers import Watcher
from stepwell.store.transaction import Transaction
from stepwell.store.tuples import pack

if TYPE_CHECKING:
    from stepwell.services.batch import Batch

PORTION = 500  # changes in one delivery
STARTS = 100  # instances that one delivery starts in one transaction
NOTHING = Done()


# -- from a change to deliveries --------------------------------------------------------------------------


def tell(batch: "Batch", changes: Changes) -> None:
    """Make a delivery for everybody who waits for one of the changes, one for each 500 of them."""
    for type in dict.fromkeys(change.type for change in changes):
        of_type = [change for change in changes if change.type == type]
        for start in batch.catalogue.record_starts.get(type, ()):
            meant = [change for change in of_type if start.watch.counts(change)]
            batch.deliveries += _deliveries(0, "start_record", (start.definition_id, start.element), meant)
        ids = [change.id for change in of_type if change.kind != "added"]
        waiting = watchers.of_some(batch.tx.session, type, ids) if ids else []
        tell_some(batch, waiting, of_type)
        tell_any(batch, d.RecordsRest(record_type=type, before=batch.tx.now, changes=tuple(of_type)))
    tell_new(batch)


def tell_waiting(tx: Transaction, changes: Changes) -> None:
    """Tell the running instances that wait for one of the changes, where there is no batch: nothing starts of it."""
    found: list[Delivery] = []
    for type in dict.fromkeys(change.type for change in changes):
        of_type = tuple(change for change in changes if change.type == type)
        waiting = watchers.of_any(tx.session, type, watchers.FIRST, tx.now)
        if len(waiting) == watchers.MOST:
            rest = d.RecordsRest(record_type=type, after=waiting[-1].place, before=tx.now, changes=of_type)
            found.append(Delivery(0, "command", d.encode(rest)))
        waiting += watchers.of_some(tx.session, type, {change.id for change in of_type})
        for one in waiting:
            meant = [change for change in of_type if one.is_reached(change)]
            found += _deliveries(one.instance_id, "record", (one.key, one.element), meant)
    tx.deliver(found)


def tell_any(batch: "Batch", rest: d.RecordsRest) -> None:
    """Tell who waits for any record of the type; a thousand of them now, the others by a delivery of its own."""
    waiting = watchers.of_any(batch.tx.session, rest.record_type, rest.after, rest.before)
    tell_some(batch, waiting, rest.changes)
    if len(waiting) == watchers.MOST:
        batch.deliver(0, replace(rest, after=waiting[-1].place))


def tell_some(batch: "Batch", waiting: Iterable[Watcher], changes: Sequence[Change]) -> None:
    for one in waiting:
        meant = [change for change in changes if one.is_reached(change)]
        batch.deliveries += _deliveries(one.instance_id, "record", (one.key, one.element), meant)


def tell_new(batch: "Batch") -> None:
    """Tell who began to wait in this very batch, before the change."""
    found: dict[tuple[int, int, str], list[Change]] = {}
    for one, change in batch.reached:
        found.setdefault((one.instance_id, one.key, one.element), []).append(change)
    for (instance_id, key, element), meant in found.items():
        batch.deliveries += _deliveries(instance_id, "record", (key, element), meant)


def _deliveries(
    instance_id: int, kind: Any, subject: tuple[int, str], changes: Sequence[Change]
) -> Iterator[Delivery]:
    """Changes of different depth travel apart."""
    for depth in sorted({change.depth for change in changes}):
        same = [change for change in changes if change.depth == depth]
        for at in range(0, len(same), PORTION):
            args = RecordArgs(tuple(same[at : at + PORTION]), depth + 1)
            yield Delivery(instance_id, kind, pack(args), *subject)


def watch_awaited(batch: "Batch") -> None:
    """Have the records for which somebody begins to wait: whoever changes one meanwhile would not see that, and
    whoever changes it afterwards does.
    """
    tables = batch.tx.known_records.tables
    for type in sorted(batch.watching.keys() & tables.keys()):
        ids = {int(one.number) for one in batch.watching[type] if one.number}
        if ids:
            batch.tx.limit_waits()
            rows.watch(batch.tx.session, tables[type], ids)


# -- from a delivery to what waits -----------------------------------------------------------------------


def arrived(batch: "Batch", found: Delivery) -> Done:
    """Give changes to who waited for them, as far as the records meet the filter now."""
    args = record_args(found.args)
    state = batch.states[found.instance_id]
    row = state.subscriptions[found.subject]
    is_of_step = step_records.is_for_step(state, row)
    reaching = step_records.counting(batch, state, row, args.changes) if is_of_step else args.changes
    try:
        changes = meeting(batch, unpack(row.args).filter, reaching) if reaching else []
        changes = step_records.gone(reaching) or changes if is_of_step else changes
    except Rejection as error:
        return batch.decide(found.instance_id, MissRecords(row.key, error.code, error.message))
    if not changes:
        return NOTHING
    if args.depth > DEEPEST:
        names = ", ".join(change.record for change in changes[:3])
        message = f"{names} would be one more than {DEEPEST} causes without a person between them; the change is kept."
        return batch.decide(found.instance_id, MissRecords(row.key, "cause.too-deep", message))
    actor = step_records.saver(changes[-1]) if is_of_step else ""
    return batch.decide(
        found.instance_id, CatchRecords(row.key, tuple(changes), actor=actor, depth=args.depth)
    )


def start(batch: "Batch", found: Delivery) -> Done:
    """Start an instance for each change whose record meets the filter of the start event."""
    args = record_args(found.args)
    definition = batch.catalogue.definition(found.subject)
    now, later = args.changes[:STARTS], args.changes[STARTS:]
    [signal] = [
        one.signal
        for one in definition.elements[found.element].step.definitions  # type: ignore[attr-defined]
        if isinstance(one, RecordSignalDefinition)
    ]
    asked = signal.filter and feel.encode(filled(signal.filter, nothing_given, moment(batch.tx.now)))
    for change in meeting(batch, asked or b"", now):
        values: dict[str, object] = {"record": change.record, "change": change.kind}
        batch.start(
            StartInstance(
                batch.new_instance_id(), found.subject, values, start_event=found.element, depth=args.depth
            )
        )
    if later:
        rest = Delivery(0, "start_record", pack(RecordArgs(later, args.depth)), found.subject, found.element)
        batch.deliveries.append(rest)
    return Done(at=batch.tx.now)


def nothing_given(_name: str) -> object:
    """Before the start there is no variable."""
    return feel.MISSING


def meeting(batch: "Batch", packed: bytes, changes: Changes) -> list[RecordChange]:
    """The changes whose record is as the filter wants it at this moment, with the values that it has.

    Of a record that is gone only its deletion is told, and only its id can be asked for. Raises ``Rejection``
    when the type is gone, or the filter does not fit it any more.
    """
    type = changes[0].type
    viewer = Viewer(batch.tx.session, batch.tx.known_records, STEPWELL, batch.tx.now)
    table = viewer.table(type)
    bound = bound_of(viewer, table.type, filters.read(feel.decode(packed)) if packed else None)
    ids = [change.id for change in changes if change.kind != "deleted"]
    there = rows.fetch(viewer.session, table, ids, viewer.known.names) if ids else {}
    meant = queries.meeting(viewer.session, Scope(table, viewer.known.tables, bound), list(there))
    found = []
    for change in changes:
        name = reference(type, change.id)
        if change.kind == "deleted":
            if matches(bound, {"id": change.id}):
                found.append(RecordChange(name, change.kind, change.fields))
        elif change.id in meant:
            values = feel_values(table, there[change.id])
            found.append(RecordChange(name, change.kind, change.fields, values))
    return found
