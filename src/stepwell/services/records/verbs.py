"""What each request about records means within a batch."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from stepwell.errors import Rejection
from stepwell.services.records import importing
from stepwell.services.records.deleting import delete
from stepwell.services.records.presenting import present
from stepwell.services.records.requests import AddRecord, ChangeRecord, DeleteRecord, ImportRecords, OnRecords
from stepwell.services.records.work import Work
from stepwell.services.records.writing import Given, save, unknown
from stepwell.services.requests import Done, Request
from stepwell.store.records import rows

if TYPE_CHECKING:
    from stepwell.services.batch import Batch


TOUCHING = (ChangeRecord, DeleteRecord)


class Deleted(Struct, frozen=True):
    """How many records went: with the one that was meant, those that go along."""

    deleted: int


def in_batch(verb: Callable[[Work, Any], Struct]) -> "Callable[[Batch, Any], Done]":
    """The verb on the batch's transaction: its changes are the batch's, its answer is JSON."""

    def carry_out(batch: "Batch", request: OnRecords) -> Done:
        from stepwell.services.batch import SpoiledError

        batch.tx.limit_waits()
        work = Work(batch.tx, request.by)
        try:
            answer = verb(work, request)
        except (Rejection, *batch.spoilers):
            raise
        except Exception as error:
            raise SpoiledError from error  # part of it may be written
        batch.change(work.changes)
        return Done(at=batch.tx.now, answer=msgspec.json.encode(answer))

    return carry_out


def hold_records(batch: "Batch", requests: Sequence[Request]) -> None:
    """Lock the records that the requests of a batch change, in one order: otherwise two batches wait in a circle."""
    wanted: dict[str, set[int]] = {}
    for request in requests:
        if isinstance(request, TOUCHING) and request.id.isascii() and request.id.isdigit():
            wanted.setdefault(request.type, set()).add(int(request.id[:18]))
    tables = batch.tx.known_records.tables if wanted else {}
    for name in sorted(wanted.keys() & tables.keys()):
        batch.tx.limit_waits()
        rows.hold(batch.tx.session, tables[name], wanted[name])


def _add(work: Work, request: AddRecord) -> Struct:
    [row] = save(work, request.type, [Given(request.values)])
    table = work.known.tables[request.type]
    return present(work, table, [row])[0]


def _change(work: Work, request: ChangeRecord) -> Struct:
    given = Given(request.values, _number(work, request.type, request.id), request.revision)
    work.cancels_step = request.cancel_step
    [row] = save(work, request.type, [given])
    work.changes = [replace(change, by=request.by.name) for change in work.changes]
    return present(work, work.table(request.type), [row])[0]


def _delete(work: Work, request: DeleteRecord) -> Struct:
    given = Given({}, _number(work, request.type, request.id), request.revision)
    return Deleted(delete(work, request.type, [given]))


def _import(work: Work, request: ImportRecords) -> Struct:
    return importing.carry_out(work, request)


def _number(work: Work, type_name: str, id: str) -> int:
    """The number of a record; ``NotFound`` for what can be none."""
    if id.isascii() and id.isdigit() and len(id) <= 18 and int(id) > 0:
        return int(id)
    raise unknown(work.type(type_name), id[:60])


RECORD_VERBS: "dict[type[Request], Callable[[Batch, Any], Done]]" = {
    AddRecord: in_batch(_add),
    ChangeRecord: in_batch(_change),
    DeleteRecord: in_batch(_delete),
    ImportRecords: in_batch(_import),
}
