"""Records being changed within a transaction, by a person or by a step of a process.

Everything is checked before anything is written: what is refused has nothing to undo.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from stepwell.errors import Forbidden
from stepwell.identity import Actor
from stepwell.records.changes import Change
from stepwell.records.types import RecordType
from stepwell.services.records.viewer import Viewer
from stepwell.store.records import history
from stepwell.store.records.history import Cause, Fields
from stepwell.store.records.table import Row, Table
from stepwell.store.transaction import Transaction


class Work(Viewer):
    """What one command does to records. ``changes`` are told to whoever waits for them; at most ``most`` records are
    chosen by a filter at once, ``slice`` in each of several parts. ``is_of_step``: a step writes its own activity;
    ``cancels_step``: the step that waits for an activity may end with it.
    """

    most = 1000
    slice = 1000
    is_of_step = False
    cancels_step = False

    def __init__(self, tx: Transaction, actor: Actor, cause: Cause | None = None) -> None:
        super().__init__(tx.session, tx.known_records, actor, tx.now)
        self.tx = tx
        self.cause = cause or Cause(actor.name)
        self.changes: list[Change] = []

    def writable_table(self, name: str) -> Table:
        """The table of a type to whose records the person may add; who sees none of them may do that too."""
        found = self.known.types.get(name)
        if found is not None and self.access(name).add:
            return self.known.tables[name]
        table = self.table(name)
        raise self.forbidden("add", table.type)

    def forbidden(self, verb: str, record_type: RecordType) -> Forbidden:
        """That the person may see records of the type, but not do this to them."""
        who = f"'{self.actor.name}'" if self.actor.name else "the caller"
        message = (
            f"Expected the right to {verb} this record of '{record_type.name}', but {who} has not got it."
        )
        return Forbidden("record.not-allowed", message)

    def note(self, table: Table, found: "Sequence[Noted]") -> None:
        """Keep what happened in the history of each record, and tell of it."""
        if found:
            pairs = [(one.change, one.fields) for one in found]
            history.add(self.session, table.type.number, pairs, self.now, self.cause)
            self.changes += [one.change for one in found]


class Noted(Struct, frozen=True):
    """A change, and what each field was and is."""

    change: Change
    fields: Fields


def difference(table: Table, before: Row, after: Row) -> dict[str, tuple[Any, Any]]:
    """The fields whose stored form is another one."""
    pairs = {
        field.name: (_stored(before.get(field.name)), _stored(after.get(field.name)))
        for field in table.type.all_fields
    }
    return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def _stored(raw: Any) -> Any:
    """Several links are a tuple; none of them is nothing."""
    return (tuple(raw) or None) if isinstance(raw, tuple | list) else raw
